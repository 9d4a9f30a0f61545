"""Marks of Markdown that are printed as if they had been text, in the texts of Open Terms Archive.

    python -m benchmarks.cleaning.leftovers [--each] [--write]

A converter escapes the asterisks that a page itself prints (footnotes): as many as are escaped may
be printed. `--each` shows every mark with its surroundings.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpora
from policy_archive.cleaning import clean
from policy_archive.model import Block, Document
from policy_archive.reading import markdown
from policy_archive.reading.decode import decode

KINDS = {
    "emphasis": re.compile(r"\*\*|(?<=\w)\*|\*(?=\w)"),
    "heading": re.compile(r"^#{1,6}\s|\s#{2,6}\s|(?<=\S)\s#$", re.MULTILINE),
    "rule": re.compile(r"-{3,}:?[ \t]*\||\|[ \t]*:?-{3,}"),
    "link": re.compile(r"\]\((?!\s)"),
    "bullet": re.compile(r"^(?:[*+]|[•·▪●■§\uf0b7\uf0a7])\s", re.MULTILINE),
    "bars": re.compile(r"^\|.*\|$|\|[^|\n]*\|[^|\n]*\|", re.MULTILINE),
}
"""What is looked for; bullets and bars only where no table prints them."""
NOTES = (
    "One by one, and none that a reader would call a mistake:",
    "",
    "- Donkey Republic, Freja eID and Orange: footnotes, marked with asterisks by the page itself",
    "- Disqus: figures of a year, which the page sets between bars",
    "- WebProNews: the bars between the links of a footer",
    "- Wolfram|Alpha (two texts): a name with a bar",
)
OUTSIDE_TABLES = {"bullet", "bars"}
_ESCAPED = re.compile(r"(?:\\\*)+")


def printed(document: Document) -> Iterator[tuple[str, bool]]:
    """Each title and each block's text, lists and quotes taken apart, and whether it is a table."""
    for section in document.sections:
        yield section.title or "", False
        stack: list[Block] = [*reversed(section.blocks)]
        while stack:
            block = stack.pop()
            inner = [inner for item in block.items for inner in item.blocks] or [*block.blocks]
            stack += reversed(inner)
            if not inner:
                yield block.text, block.kind == "table"


def leftovers(text: str) -> Iterator[tuple[str, str]]:
    """The kind and the surroundings of each mark that is printed and should not be."""
    document, _ = clean(markdown.read(text), fallback_title="")
    allowed = Counter(found[0].replace("\\", "") for found in _ESCAPED.finditer(text))
    for shown, in_table in printed(document):
        for kind, pattern in KINDS.items():
            if in_table and kind in OUTSIDE_TABLES:
                continue
            for found in pattern.finditer(shown):
                if kind == "emphasis":
                    stars = re.search(r"\**$", shown[: found.end()])[0]  # type: ignore[index]
                    stars += re.match(r"\**", shown[found.end() :])[0]  # type: ignore[index]
                    if allowed.total():
                        allowed[stars] -= 1
                        continue
                yield kind, shown[max(0, found.start() - 50) : found.end() + 50]


def texts() -> Iterator[tuple[str, str]]:
    """Name and Markdown of every version in the bundle and of the further services."""
    for name, data in (*corpora.open_terms(), *corpora.open_terms_more()):
        yield name, decode(data, html=False).text


def main() -> None:
    """Print the table; `--write` keeps it beside this file."""
    files = 0
    marks: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for name, text in texts():
        found = list(leftovers(text))
        files += 1
        marks.update(kind for kind, _ in found)
        marked.update({kind for kind, _ in found} | ({"any"} if found else set()))
        if "--each" in sys.argv:
            for kind, around in found:
                print(f"{kind:9} {name:20} {around!r}")
    rows = [f"| {kind} | {marks[kind]} | {marked[kind]} |" for kind in KINDS]
    page = "\n".join(
        (
            "# Marks left over",
            "",
            "`python -m benchmarks.cleaning.leftovers --write`",
            "",
            f"| printed in {files} texts of Open Terms Archive | marks | texts |",
            "|---|---|---|",
            *rows,
            f"| any | {marks.total()} | {marked['any']} |",
            "",
            *NOTES,
        )
    )
    print(page)
    if "--write" in sys.argv:
        Path(__file__).with_suffix(".md").write_text(page + "\n")


if __name__ == "__main__":
    main()
