"""The page on architecture is true: its picture is that of the imports, and what it names exists."""

import ast
import re
from collections.abc import Mapping

import pytest

from .documents import same, section
from .reading_code import PACKAGE, ROOT, room, rooms
from .test_imports import LAYERS

PAGE = ROOT / "docs/architecture.md"
WALKS = ("## A snapshot", "## A change", "## A topic row")
FEW = 8
"""Modules, and types, that a newcomer can follow."""


def reachable(imports: Mapping[str, set[str]], start: str) -> set[str]:
    """All rooms that `start` imports, or that these import, and so on."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = imports[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def arrows() -> list[tuple[str, str]]:
    """The imports between rooms, without those that follow from others."""
    imports = rooms()
    return sorted(
        (one, other)
        for one, others in imports.items()
        for other in others
        if not any(other in reachable(imports, between) for between in others - {other})
    )


def test_the_picture_shows_the_imports_between_rooms() -> None:
    lines = [f"  {one} --> {other}\n" for one, other in arrows()]
    same(PAGE, "rooms", "".join(["```mermaid\n", "flowchart TD\n", *lines, "```\n"]))


def test_the_picture_has_every_room_and_points_one_way() -> None:
    drawn = re.findall(r"^  (\w+) --> (\w+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {name for arrow in drawn for name in arrow} == set(LAYERS)
    for one, other in drawn:
        assert LAYERS[other] < LAYERS[one] or LAYERS[other] == 0


def test_the_table_has_every_room() -> None:
    named = re.findall(
        r"`(\w+)(?:/|\.py)`",
        "".join(re.findall(r"^\| `.*?\|", section(PAGE, "## The rooms"), re.M)),
    )
    assert set(named) == set(LAYERS)


def types_of(path: str) -> set[str]:
    """The types that a module defines or imports."""
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / path).read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize("heading", WALKS)
def test_a_walk_is_short_and_names_what_exists(heading: str) -> None:
    code = re.findall(r"`([^`\n]+)`", section(PAGE, heading))
    modules = {name for name in code if name.endswith(".py")}
    types = {name for name in code if re.fullmatch(r"[A-Z][a-z]\w+", name)}
    assert 3 <= len(modules) <= FEW
    assert 3 <= len(types) <= FEW
    assert {name for name in modules if not (PACKAGE / name).is_file()} == set()
    assert types - set[str]().union(*map(types_of, modules)) == set()
    assert len({room(PACKAGE / name) for name in modules}) >= 3


def test_types_of_the_glossary_exist() -> None:
    """A word whose type is renamed needs another name there, or none."""
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    named = re.findall(r"^- \*\*[^*]+\*\* \(`([A-Z]\w+)`\)", text, re.MULTILINE)
    assert len(named) >= 10
    defined = {
        node.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert set(named) - defined == set()


def test_words_of_the_glossary_stand_there_once() -> None:
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    words = re.findall(r"^- \*\*([^*]+)\*\*", text, re.MULTILINE)
    assert len(words) == len(set(words)) > 50
