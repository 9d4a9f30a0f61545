"""Parts of the documents that tests hold to the code, or write from it.

Tables between `<!-- begin: … -->` and `<!-- end: … -->` are made by tests, which write them anew
with `POLICY_ARCHIVE_ACCEPT=1`.
"""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path


def between(document: Path, name: str) -> str:
    """What stands between the marks of a table."""
    found = re.search(marks(name), document.read_text("utf-8"), re.DOTALL)
    assert found, f"{document.name} has no table {name!r}"
    return found[2]


def marks(name: str) -> str:
    return rf"(<!-- begin: {name} -->\n)(.*?)(<!-- end: {name} -->)"


def rows(document: Path, name: str) -> list[list[str]]:
    lines = between(document, name).splitlines()[2:]
    return [[c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def first_cells(document: Path, name: str) -> list[str]:
    return [row[0].strip("`") for row in rows(document, name)]


def table(head: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    first, *rest = (
        "| " + " | ".join(" ".join(c.split()) for c in row) + " |\n" for row in [head, *body]
    )
    return "".join([first, f"|{'---|' * len(head)}\n", *rest])


def same(document: Path, name: str, expected: str) -> None:
    if os.environ.get("POLICY_ARCHIVE_ACCEPT"):
        text = document.read_text("utf-8")
        new = re.sub(marks(name), lambda m: m[1] + expected + m[3], text, flags=re.DOTALL)
        document.write_text(new, "utf-8")
    assert between(document, name) == expected


def section(document: Path, heading: str) -> str:
    text = document.read_text("utf-8")
    level = heading.split(maxsplit=1)[0]
    found = re.search(
        rf"^{re.escape(heading)}[^\n]*\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.M | re.S
    )
    assert found, f"{document.name} has no {heading!r}"
    return found[1]
