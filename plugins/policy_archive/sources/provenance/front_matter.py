"""Provenance from YAML front matter: values are data, never code, markup or page settings."""

import re
from typing import NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

from policy_archive.model import Notice
from policy_archive.sources import capture_urls
from policy_archive.sources.provenance.claims import Claims, line_at
from policy_archive.sources.site_names import printed
from policy_archive.sources.urls import clean
from policy_archive.text.dates import moment
from policy_archive.text.words import slug, words

KEYS = ("site", "captured", "original_url", "memento_url", "kind", "collection")
"""What front matter may say; `snapshot.schema.json` describes each."""

PLACE = "the front matter"

_OPENING = re.compile(r"---[ \t]*\n")
_KNOWN = re.compile(rf"^[ \t]*[{{\"']?(?:{'|'.join(KEYS)})[\"']?[ \t]*:", re.MULTILINE)
_FIRST_KEY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[\"']?\w+[\"']?[ \t]*:")
_RESERVED_KIND = re.compile(r"[0-9-]+|latest|source|timemap")
_BRACKET = re.compile(r"[\[{]")
_MOST_BRACKETS = 200
_LONGEST = 32_000
_LONGEST_VALUE = 4_000

_REMEDIES = {
    "site": "write the domain, such as `site: example.com`",
    "captured": "write `captured: 2014-05-21` or `captured: 2014-05-21T17:33:13Z`",
    "original_url": "give the page's full http or https address",
    "memento_url": "give the full http or https address of the capture",
    "kind": "write words such as `kind: terms-of-service`",
    "collection": "write the collection's name on one line",
}


class _Field(NamedTuple):
    key: str
    value: str | None
    """None: not a single value."""
    line: int
    """Counted from the front matter's first line, 0-based."""


class _Fields(yaml.BaseLoader):
    """Composes the text and constructs nothing: tags, aliases and types are never acted on.

    Not the C loader: it overflows its stack on deep nesting and takes the process along.
    """

    def construct_document(self, node: yaml.Node) -> list[_Field] | None:
        if not isinstance(node, yaml.MappingNode):
            return None
        return [
            _Field(
                str(key.value) if isinstance(key, yaml.ScalarNode) else "",
                value.value if isinstance(value, yaml.ScalarNode) else None,
                key.start_mark.line,
            )
            for key, value in node.value
        ]


def read(text: str) -> Claims | None:
    """What the front matter of `text` says; None where a `---` on the first line is only a rule."""
    if not _OPENING.match(text):
        return None
    handler = YAMLHandler()
    try:
        inside, content = handler.split(text)
    except ValueError:
        return _unclosed(text)
    if len(inside) > _LONGEST or not _KNOWN.search(inside):
        return None
    line = line_at(text, text.index(inside))
    claims = Claims(PLACE, line, (0, len(text) - len(content)))
    try:
        if len(_BRACKET.findall(inside)) > _MOST_BRACKETS:
            raise RecursionError  # PyYAML finds that too, but at the cube of the cost
        fields = handler.load(inside, Loader=_Fields)
    except (yaml.YAMLError, RecursionError) as error:
        # Broken, but front matter nevertheless? Prose between two rules must stay text.
        if not _FIRST_KEY.match(inside):
            return None
        claims.line = 1
        claims.notices.append(_invalid_yaml(error, line))
        return claims
    if fields is None or not any(field.key in KEYS for field in fields):
        return None
    _say(claims, fields)
    return claims


def _unclosed(text: str) -> Claims | None:
    first = text.split("\n", 2)[1]
    if not _KNOWN.match(first):
        return None
    message = "The front matter has no end; put a line `---` after its last key."
    return Claims(PLACE, notices=[_problem(message, 1)])


def _invalid_yaml(error: Exception, start: int) -> Notice:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "it is nested too deeply"
    line = start + (mark.line if mark else 0)
    return _problem(
        f"The front matter is not valid YAML: {what}. "
        "Write one `key: value` a line, and quote values that hold a colon.",
        line,
    )


def _problem(message: str, line: int) -> Notice:
    return Notice("invalid-front-matter", message, "problem", line)


def _say(claims: Claims, fields: list[_Field]) -> None:
    start = claims.line
    seen: set[str] = set()
    for key, value, offset in sorted(fields, key=_order):
        line = start + offset
        fault = ""
        if key not in KEYS:
            known = ", ".join(KEYS)
            message = f"The front matter's key “{key[:60]}” means nothing here; known are {known}."
            claims.doubt("unknown-key", message, line)
        elif key in seen:
            fault = "stands twice"
        elif value is None or len(value) > _LONGEST_VALUE:
            fault = "is not a single value"
        elif (
            value.strip() and value not in ("~", "null") and not _say_one(claims, key, value, line)
        ):
            fault = f"is “{printed(value)[:80]}”, which says nothing usable"
        if fault:
            message = f"`{key}` in the front matter {fault}; {_REMEDIES[key]}."
            claims.notices.append(_problem(message, line))
        seen.add(key)


def _order(field: _Field) -> int:
    # original_url before memento_url, since what is said outright goes before what follows.
    return KEYS.index(field.key) if field.key in KEYS else len(KEYS)


def _say_one(claims: Claims, key: str, value: str, line: int) -> bool:
    """Add the value of one key; False when it cannot be used."""
    text = printed(value)
    match key:
        case "site" if text and len(text) <= 253:
            claims.say_site(value)
        case "captured" if found := moment(value):
            claims.captured = found
        case "original_url" if clean(value).url:
            claims.say_original(value, line)
        case "memento_url" if clean(value).url or capture_urls.parse(value):
            claims.say_memento(value, line)
        case "kind" if words(text) and not _RESERVED_KIND.fullmatch(slug(text)):
            claims.kind = slug(text)
        case "collection":
            claims.collection = text
        case _:
            return False
    return True
