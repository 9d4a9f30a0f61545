"""Our words: the messages of templates, code and scripts, and the catalogues that translate them.

`POLICY_ARCHIVE_ACCEPT=1 pytest tests/pages/test_words.py` writes the catalogues anew: messages that
are new stand in them without a translation, those that are no longer said are gone.
"""

import json
import re
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_javascript, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from policy_archive.cleaning import RULES
from policy_archive.diagnostics import NOTICES
from policy_archive.pages.language import LOCALE
from policy_archive.reading import REPAIRS
from policy_archive.topics import taxonomy
from policy_archive.topics.facts.fact import FACTS

PACKAGE = Path(__file__).parents[2] / "plugins/policy_archive"
TEMPLATES = [*PACKAGE.glob("pages/templates/*.html"), *PACKAGE.glob("standalone/*.html")]
FRAMES = [*PACKAGE.glob("site/templates/**/*.html")]
"""Templates of the theme, whose own words come from the theme."""
CODE = [*PACKAGE.glob("pages/**/*.py"), *PACKAGE.glob("s[it][ta]*/**/*.py")]
SCRIPTS = [*PACKAGE.glob("site/assets/*/*.js"), *PACKAGE.glob("site/assets/*.js")]

Message = tuple[str, ...]
"""A message, or its two English forms."""

_KEYWORDS = {"gettext": None, "ngettext": (1, 2), "marked": None}
_DATED = re.compile(
    r'^"(?:[\w-]+-(?:Date|By|To|Bugs-To)|Last-Translator|Language-Team|Project-.*?):.*\n', re.M
)


def messages() -> dict[Message, set[str]]:
    """Every message with the files that say it."""
    found: dict[Message, set[str]] = {}
    for place, message in (*_said(), *_of_data()):
        found.setdefault(message, set()).add(place)
    return found


def of_scripts() -> set[Message]:
    """Those that scripts say."""
    return {message for place, message in _said() if place.endswith(".js")}


def _said() -> Iterator[tuple[str, Message]]:
    jinja = {"newstyle_gettext": "true", "silent": "false"}
    kinds: tuple[tuple[list[Path], Any, Any, Any], ...] = (
        (TEMPLATES, babel_extract, _KEYWORDS, jinja),
        (FRAMES, babel_extract, {"pa_gettext": None}, jinja),
        (CODE, extract_python, _KEYWORDS, {}),
        (SCRIPTS, extract_javascript, _KEYWORDS, {"parse_template_string": True}),
    )
    for paths, extract, keywords, options in kinds:
        for path in sorted(paths):
            with path.open("rb") as file:
                for _, function, said, _ in extract(file, keywords, [], options):
                    message = _message(said)
                    if function in keywords and message:
                        yield path.relative_to(PACKAGE).as_posix(), message


def _message(said: object) -> Message:
    """The texts that a call begins with; none where it says what others have marked."""
    parts = said if isinstance(said, tuple) else (said,)
    return tuple(part for part in parts[:2] if isinstance(part, str))


def _of_data() -> Iterator[tuple[str, Message]]:
    for rule in RULES:
        yield "cleaning/rules", (rule.summary,)
    for summary, _ in REPAIRS.values():
        yield "reading/__init__.py", (summary,)
    for meaning in NOTICES.values():
        yield "diagnostics.py", (meaning,)
    for about in FACTS.values():
        for text in (about.label, about.first, about.last):
            yield "topics/facts/fact.py", (text,)
    for topic in taxonomy.load().topics:
        for text in (topic.name, topic.question, topic.explanation):
            yield "topics/taxonomy.toml", (text,)


def catalogue(code: str) -> Catalog:
    """The catalogue of a language, as translators have it."""
    with (LOCALE / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def translations(code: str) -> dict[Message, Message]:
    """Each message of a catalogue with its forms; empty ones where it has none."""
    return {
        _forms(it.id): _forms(it.string) if it.string else () for it in catalogue(code) if it.id
    }


def _forms(text: str | tuple[str, ...] | list[str]) -> Message:
    return (text,) if isinstance(text, str) else tuple(text)


def updated(code: str) -> str:
    """The catalogue with every message that is said now, and no other, as a text."""
    old = catalogue(code)
    new = Catalog(locale=code, fuzzy=False)
    for message, places in messages().items():
        id = message if len(message) > 1 else message[0]
        known = old.get(message[0])
        strings = known.string if known and _forms(known.id) == message else None
        locations = [(place, 0) for place in sorted(places)]
        new.add(id, strings, locations=locations, flags=())
    return _printed(new)


def _printed(new: Catalog) -> str:
    out = BytesIO()
    write_po(out, new, width=100, sort_output=True, include_lineno=False)
    text = out.getvalue().decode()
    return _DATED.sub("", text[text.index("msgid") :])


def compiled(code: str) -> bytes:
    """A catalogue as gettext reads it: the format of GNU's `.mo` files, in the order of messages."""
    forms = catalogue(code).plural_forms
    texts = {"": f"Content-Type: text/plain; charset=utf-8\nPlural-Forms: {forms}\n"}
    for message, strings in translations(code).items():
        texts["\0".join(message)] = "\0".join(strings)
    pairs = sorted((id.encode(), text.encode()) for id, text in texts.items() if text)
    count = len(pairs)
    at = 28 + 16 * count
    tables, data = [], b""
    for side in zip(*pairs, strict=True):
        for text in side:
            tables.append((len(text), at + len(data)))
            data += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return head + b"".join(struct.pack("<2I", *entry) for entry in tables) + data


def script(code: str, direction: str) -> str:
    """The part of a catalogue that scripts have use for, as the module that they import."""
    known, said = translations(code), of_scripts()
    found = {message[0]: known.get(message) or message for message in sorted(said)}
    plain = {key: forms if (len(forms) > 1) else forms[0] for key, forms in found.items()}
    expression = re.sub("([!=])=", r"\1==", catalogue(code).plural_expr)
    lines = [
        f'export const language = "{code}";',
        f'export const direction = "{direction}";',
        f"export const messages = {json.dumps(plain, ensure_ascii=False, indent=1)};",
        f"export const formOf = (n) => Number({expression});",
    ]
    return "\n".join(lines) + "\n"
