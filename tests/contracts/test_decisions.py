"""Records of decisions are numbered, dated and listed."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from .documents import same, table
from .reading_code import ROOT

FOLDER = ROOT / "docs/decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))


class Head(NamedTuple):
    number: int
    title: str
    status: str
    day: date


def head(path: Path) -> Head:
    """The first three lines of a record."""
    found = re.match(
        r"# (?P<number>\d+)\. (?P<title>[^\n]+)\n\n"
        r"\*(?P<status>Accepted|Superseded by \[(?P<by>\d+)\]\((?P<file>[^)\n]+)\)), (?P<day>[\d-]+)\.\*\n",
        path.read_text("utf-8"),
    )
    assert found, f"{path.name}: no title, or no status and day below it"
    if found["file"]:
        assert int(found["by"]) == head(FOLDER / found["file"]).number
    return Head(
        int(found["number"]), found["title"], found["status"], date.fromisoformat(found["day"])
    )


def test_each_number_is_given_once() -> None:
    numbers = [head(path).number for path in RECORDS]
    assert numbers == sorted(set(numbers))
    assert numbers == [int(path.name.split("-")[0]) for path in RECORDS]


def test_the_index_lists_every_record() -> None:
    body = []
    for path in RECORDS:
        number, title, status, day = head(path)
        body.append(
            (str(number), f"[{title}]({path.name})", status[0].lower() + status[1:], str(day))
        )
    same(FOLDER / "README.md", "decisions", table(("number", "decision", "status", "day"), body))
