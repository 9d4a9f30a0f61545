"""Whatever the README claims is held by a test, and each part of the how-to as well.

`claims.txt` says by which: each claim, and indented below it the tests. A claim is a sentence or a
block of code of the README, or a heading of the how-to. Who changes a claim looks at its tests anew.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from .reading_code import ROOT

README = (ROOT / "README.md").read_text("utf-8")
HOW_TO = (ROOT / "docs/how-to.md").read_text("utf-8")
LISTED = (Path(__file__).with_name("claims.txt")).read_text("utf-8")

BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def sentences(text: str) -> Iterator[str]:
    """Of running text in Markdown: without headings, targets of links and emphasis."""
    for paragraph in re.split(r"\n\n|\n(?=- )", text):
        if not paragraph.lstrip().startswith("#"):
            words = re.sub(r"\]\([^)]*\)", "]", " ".join(paragraph.split()))
            words = re.sub(r"^- |\*\*|!(?=\[)", "", words)
            yield from filter(None, re.split(r'(?<=\.) (?=[A-Z"[])', words))


def claims() -> list[str]:
    code = [" ".join(block.split()) for block in BLOCK.findall(README)]
    headings = re.findall(r"^##+ .*", BLOCK.sub("", HOW_TO), re.MULTILINE)
    return [*sentences(BLOCK.sub("", README)), *code, *headings]


def held() -> dict[str, list[str]]:
    """Each claim, and its tests."""
    entries = re.findall(r"^(\S.*)\n((?: .*\n)*)", LISTED, re.MULTILINE)
    found = {claim: tests.split() for claim, tests in entries}
    assert len(found) == len(entries), "a claim is listed twice"
    return found


@cache
def defined_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_claim_is_held_by_a_test() -> None:
    assert [claim for claim in claims() if claim not in held()] == []


def test_nothing_is_listed_that_is_not_claimed() -> None:
    assert [claim for claim in held() if claim not in claims()] == []


@pytest.mark.parametrize("claim", held(), ids=lambda claim: claim[:40])
def test_its_tests_exist(claim: str) -> None:
    assert held()[claim], "no test"
    for test in held()[claim]:
        file, _, name = test.partition("::")
        assert f"test_{name}" in defined_in(file), test


def test_a_sentence_and_its_block_of_code_are_told_apart() -> None:
    assert list(sentences("# A\n\nOne [two](x.md). **Three**\nfour.\n- Five.\n- Six")) == [
        "One [two].",
        "Three four.",
        "Five.",
        "Six",
    ]


@pytest.mark.parametrize(
    ("target", "commands"),
    {
        "site": ["mkdocs build --strict"],
        "serve": ["mkdocs serve"],
        "test": ["ruff format --check", "ruff check", "mypy", "oxlint", "CHROMIUM=", "pytest"],
    }.items(),
)
def test_make_does_what_is_said(target: str, commands: list[str]) -> None:
    """From nothing: with an environment that is not there yet."""
    printed = subprocess.run(
        ["make", "--dry-run", "READY=.venv/not-there", target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    places = [printed.index(command) for command in ["-m venv .venv", *commands]]
    assert places == sorted(places)
