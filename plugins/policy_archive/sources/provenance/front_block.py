"""The block of keys above a text, as YAML, TOML or JSON: where it is, and what it holds.

Values are data: nothing is constructed from them (docs/decisions/0011). What Jekyll, Hugo and other
programs write is front matter as well; prose between two rules is not.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

KEYS = ("site", "captured", "original_url", "memento_url", "kind", "collection", "encoding")
"""What front matter may say; `snapshot.schema.json` describes each."""

_OF_OTHERS = (
    *("layout", "title", "permalink", "slug", "draft", "published", "tags", "categories", "weight"),
    *("lang", "template", "sidebar", "sidebar_label", "sidebar_position", "nav_order", "nav_title"),
    *("aliases", "redirect_from", "last_modified_at", "lastmod", "hide_title", "toc", "canonical"),
)
"""Keys of programs that make sites: without one, or one of ours, a block is prose."""

_NAMES = "|".join(name.replace("_", "[ _-]") for name in (*KEYS, *_OF_OTHERS))
_KNOWN = re.compile(rf"^[ \t{{\"']*(?:{_NAMES})[\"']?[ \t]*[:=]", re.MULTILINE | re.IGNORECASE)
_FIRST_KEY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[\"']?[\w-]+[\"']?[ \t]*[:=]")
_ABOVE = re.compile(r"(?:[ \t]*\n)*")
_YAML = re.compile(r"---(?:ya?ml)?[ \t]*\n")
_YAML_END = re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_TOML = re.compile(r"(?:\+\+\+|---toml)[ \t]*\n")
_TOML_END = re.compile(r"^(?:\+\+\+|---)[ \t]*(?:\n|\Z)", re.MULTILINE)
_JSON = re.compile(r"(?:(?:---json|;;;)[ \t]*\n)?(?=\{)")
_JSON_END = re.compile(r"[ \t]*(?:\n(?:---|;;;)[ \t]*)?(?:\n|\Z)")

_JSON_KEY = re.compile(r"\{\s{0,99}\"[\w -]{1,99}\"\s{0,99}:")
_JSON_CLOSE = re.compile(r"^\}[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"[ \t{]*[\"']?([\w-]+)[\"']?[ \t]*[:=]")
_ONE_WORD = re.compile(r"[\w.-]+")
_BRACKET = re.compile(r"[\[{]")
_MOST_BRACKETS = 200
_LONGEST = 32_000

_HOW = {
    "YAML": "Write one `key: value` a line, and quote values that hold a colon.",
    "TOML": 'Write one `key = "value"` a line.',
    "JSON": 'Write an object: `{ "key": "value" }`.',
}


class Field(NamedTuple):
    """A key with its value."""

    key: str
    """In lower case, with `_`, if it is one of ours; else as it stands."""
    value: str | None
    """None: not a single value."""
    line: int
    """Of the file, counted from 1."""


class Block(NamedTuple):
    """Front matter; either its fields or its fault say something."""

    end: int
    """Where the text below it begins: 0 if nobody can say."""
    line: int
    """Its first."""
    fields: tuple[Field, ...] = ()
    fault: str = ""
    fault_line: int = 1


class _Fields(yaml.BaseLoader):
    """Composes the text and constructs nothing: tags, aliases and types are never acted on.

    Not the C loader: it overflows its stack on deep nesting and takes the process along.
    """

    def construct_document(self, node: yaml.Node) -> list[tuple[str, str | None, int]] | None:
        if not isinstance(node, yaml.MappingNode):
            return None
        return [
            (
                str(key.value) if isinstance(key, yaml.ScalarNode) else "",
                value.value if isinstance(value, yaml.ScalarNode) else None,
                key.start_mark.line,
            )
            for key, value in node.value
        ]


def find(text: str) -> Block | None:
    """The front matter of `text`; None where a rule on its first line is only a rule."""
    start = _ABOVE.match(text).end()  # type: ignore[union-attr]  # matches the empty string too
    line = text.count("\n", 0, start) + 1
    if _YAML.match(text, start):
        return _yaml(text, start, line)
    if _TOML.match(text, start):
        return _toml(text, start, line)
    if found := _JSON.match(text, start):
        return _json(text, found.end(), text.count("\n", 0, found.end()) + 1)
    return None


def _yaml(text: str, start: int, line: int) -> Block | None:
    first = line + 1
    opening = text.index("\n", start) + 1
    close = _YAML_END.search(text, opening)
    if close is None:
        return _unclosed(line, "---") if _KNOWN.match(text, opening) else None
    inside, end = text[opening : close.start()], close.end()
    if len(inside) > _LONGEST or not _KNOWN.search(inside):
        return None
    try:
        if len(_BRACKET.findall(inside)) > _MOST_BRACKETS:
            raise RecursionError  # PyYAML finds that too, but at the cube of the cost
        # Tabs, which YAML forbids where it may see indentation, are meant as spaces.
        spaced = inside.replace("\t", "  ").replace("\u00a0", " ")
        fields = YAMLHandler().load(spaced, Loader=_Fields)
    except (yaml.YAMLError, RecursionError) as error:
        # Broken, but front matter nevertheless? Prose between two rules must stay text.
        if not _FIRST_KEY.match(inside):
            return None
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it is nested too deeply"
        return _broken("YAML", end, line, what, first + (mark.line if mark else 0))
    if fields is None and all(map(_KEY.match, filter(str.strip, inside.split("\n")))):
        return _broken("YAML", end, line, "a colon needs a space behind it", first)
    return _block(end, line, ((key, value, first + at) for key, value, at in fields or ()))


def _unclosed(line: int, mark: str) -> Block:
    fault = f"The front matter has no end; put a line `{mark}` after its last key."
    return Block(0, line, fault=fault, fault_line=line)


def _toml(text: str, start: int, line: int) -> Block | None:
    opening = text.index("\n", start) + 1
    close = _TOML_END.search(text, opening)
    inside = text[opening : close.start()] if close else text[opening:]
    if len(inside) > _LONGEST or not _KNOWN.search(inside):
        return None
    if close is None:
        return _unclosed(line, "+++")
    try:
        found = tomllib.loads(inside)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _broken("TOML", close.end(), line, str(error), line + 1)
    lines = _lines(inside, line + 1)
    fields = ((k, _written(v), lines.get(k, line + 1)) for k, v in found.items())
    return _block(close.end(), line, fields)


def _json(text: str, start: int, line: int) -> Block | None:
    if not _KNOWN.search(text, start, start + _LONGEST):
        return None
    decoder = json.JSONDecoder(object_pairs_hook=list)
    try:
        found, end = decoder.raw_decode(text[: start + _LONGEST], start)
    except (ValueError, RecursionError) as error:
        if not _JSON_KEY.match(text, start):
            return None
        close = _JSON_CLOSE.search(text, start)
        return _broken("JSON", close.end() if close else 0, line, str(error), line)
    closing = _JSON_END.match(text, end)
    if closing is None:
        return None  # words go on behind it
    lines = _lines(text[start:end], line)
    fields = ((str(k), _written(v), lines.get(str(k), line)) for k, v in found)
    return _block(closing.end(), line, fields)


def _lines(inside: str, first: int) -> dict[str, int]:
    """On which line each key stands."""
    found = ((_KEY.match(text), at) for at, text in enumerate(inside.split("\n"), first))
    return {match[1]: at for match, at in found if match}


def _written(value: object) -> str | None:
    """A single value as it was written, or nearly so."""
    if isinstance(value, str):
        return value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return "" if value is None else None


def _block(end: int, line: int, fields: Iterable[tuple[str, str | None, int]]) -> Block | None:
    found = tuple(_named(fields))
    ours = any(it.key in KEYS for it in found)
    others = all(_ONE_WORD.fullmatch(it.key) for it in found)
    if not ours and not (others and any(it.key.lower() in _OF_OTHERS for it in found)):
        return None
    return Block(end, line, found)


def _named(fields: Iterable[tuple[str, str | None, int]]) -> Iterator[Field]:
    for key, value, line in fields:
        name = key.strip().lower().replace(" ", "_").replace("-", "_")
        yield Field(name if name in KEYS else key, value, line)


def _broken(form: str, end: int, line: int, what: str, fault_line: int) -> Block:
    fault = f"The front matter is not valid {form}: {what}. {_HOW[form]}"
    return Block(end, line, fault=fault, fault_line=fault_line)
