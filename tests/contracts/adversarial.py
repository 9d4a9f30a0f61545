"""Texts that may slow the package's patterns down, derived from the patterns themselves.

A pattern is found in the module that compiles it, read with the parser of `re`, and answered with
what it is made of: the characters that it names, texts that it matches, and the beginnings of such
texts up to each place where it may repeat something.
"""

import ast
import importlib
import pkgutil
import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import policy_archive

from .reading_code import PACKAGE

ROOMS = ("analysis", "cleaning", "reading", "sources.provenance", "text", "topics")
"""Where archived text meets patterns."""
USES = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")
"""What can be done with a pattern."""
_SAMPLE = " \n\t\xa0aA09_.-()é漢©•|\u200b"
"""Characters of all kinds, of which those stand for a class that it holds."""
_MANY = 20
"""Repetitions from which a pattern may go on as long as a text does."""

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)

Node = tuple[Any, Any]


class Found(NamedTuple):
    """A compiled pattern of the package, where it is, and what is done with it."""

    name: str
    pattern: re.Pattern[str]
    uses: tuple[str, ...]


def modules() -> Iterator[ModuleType]:
    """The modules of `ROOMS`."""
    for found in pkgutil.walk_packages(policy_archive.__path__, "policy_archive."):
        if found.name.removeprefix("policy_archive.").startswith(ROOMS):
            yield importlib.import_module(found.name)


@cache
def patterns() -> tuple[Found, ...]:
    """Every pattern that a module of `ROOMS` holds, alone or among others; of text, not of bytes."""
    uses = {path: _uses(ast.parse(path.read_text("utf-8"))) for path in PACKAGE.rglob("*.py")}
    found: dict[int, Found] = {}
    for module in modules():
        own = uses[source(module)]
        for name, value in vars(module).items():
            done = own.get(name) or set[str]().union(*(it.get(name, set()) for it in uses.values()))
            for pattern in _compiled(value):
                place = f"{module.__name__}.{name}"
                found.setdefault(id(pattern), Found(place, pattern, tuple(sorted(done))))
    return tuple(it for it in found.values() if isinstance(it.pattern.pattern, str))


def source(module: ModuleType) -> Path:
    """The file of one of our modules."""
    return Path(str(module.__file__))


def _compiled(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_compiled, value.values()))
    elif isinstance(value, tuple | list):
        yield from chain.from_iterable(map(_compiled, value))


def _uses(tree: ast.AST) -> dict[str, set[str]]:
    """By name: `search` for `NAME.search`, `module.NAME.search`, `for each in NAME: each.search`."""
    uses: dict[str, set[str]] = {"": set()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in USES:
            uses.setdefault(_name(node.value), set()).add(node.attr)
    del uses[""]  # of what has no name
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            done = [uses.get(_name(it), set()) for it in ast.walk(node.target)]
            for it in ast.walk(node.iter):
                if name := _name(it):
                    uses.setdefault(name, set()).update(*done)
    return uses


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def parsed(pattern: re.Pattern[str]) -> Sequence[Node]:
    """What the pattern is made of."""
    tree: Sequence[Node] = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return tree


def _parts(node: Node) -> list[Sequence[Node]]:
    """The sequences inside a node: its alternatives, what it repeats, groups, or asserts."""
    code, argument = node
    if code is codes.BRANCH:
        return list(argument[1])
    if code is codes.ATOMIC_GROUP:
        return [argument]
    if code in (codes.SUBPATTERN, codes.ASSERT, codes.ASSERT_NOT) or code in _REPEATS:
        return [argument[-1]]
    return []


def characters(nodes: Iterable[Node]) -> set[str]:
    """One character at least of each kind that is named."""
    found: set[str] = set()
    for node in nodes:
        found.update(_characters(node))
        for part in _parts(node):
            found |= characters(part)
    return found


def _characters(node: Node) -> list[str]:
    """Characters that a node stands for by itself."""
    code, argument = node
    if code is codes.LITERAL:
        return [chr(argument)]
    if code is codes.NOT_LITERAL:
        return [c for c in _SAMPLE if ord(c) != argument]
    if code is codes.ANY:
        return ["a", "."]
    if code is not codes.IN:
        return []
    if argument[0][0] is codes.NEGATE:
        return [c for c in _SAMPLE if not any(_holds(it, c) for it in argument[1:])]
    ends = [chr(end) for kind, it in argument if kind is codes.RANGE for end in it]
    named = [chr(it) for kind, it in argument if kind is codes.LITERAL]
    return named + ends + [c for c in _SAMPLE if any(_holds(it, c) for it in argument)]


_CATEGORIES = {
    codes.CATEGORY_DIGIT: re.compile(r"\d"),
    codes.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    codes.CATEGORY_SPACE: re.compile(r"\s"),
    codes.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    codes.CATEGORY_WORD: re.compile(r"\w"),
    codes.CATEGORY_NOT_WORD: re.compile(r"\W"),
}


def _holds(item: Node, character: str) -> bool:
    """Whether an item of a class of characters holds one."""
    code, argument = item
    if code is codes.LITERAL:
        return bool(argument == ord(character))
    if code is codes.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    return _CATEGORIES[argument].match(character) is not None


def examples(nodes: Iterable[Node]) -> list[str]:
    """Texts that match, or nearly: each alternative once, and what is optional left out or not."""
    choices = [_examples(node) for node in nodes]
    plain = [choice[0] for choice in choices]
    found = ["".join(plain)]
    for at, choice in enumerate(choices):
        found += ["".join([*plain[:at], other, *plain[at + 1 :]]) for other in choice[1:]]
    return list(dict.fromkeys(found))


def _examples(node: Node) -> list[str]:
    code, argument = node
    if code in (codes.ASSERT, codes.ASSERT_NOT, codes.AT):
        return [""]
    if code is codes.GROUPREF:
        return ["-"]
    found = [text for part in _parts(node) for text in examples(part)] or _characters(node)[:1]
    if code in _REPEATS:
        return [text * argument[0] for text in found] if argument[0] else ["", *found]
    return found


def beginnings(nodes: Iterable[Node], before: str = "") -> list[str]:
    """What may stand before each place at which a pattern repeats as often as it likes."""
    found: list[str] = []
    for node in nodes:
        if node[0] in _REPEATS and node[1][1] > _MANY:
            found.append(before)
        for part in _parts(node):
            found += beginnings(part, before)
        before += next((text for text in _examples(node) if text), "")
    return list(dict.fromkeys(found))
