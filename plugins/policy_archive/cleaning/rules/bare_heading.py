"""Headings without any mark: lines of plain text that only look, and act, like headings."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from policy_archive.cleaning.headings.features import TextLine
from policy_archive.cleaning.headings.score import heading_scores
from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.title import names_policy
from policy_archive.model import Block, Run, Runs, plain
from policy_archive.reading.runs import join_lines, lines_of

_LEVEL = 2
_ENOUGH = (0.5, 0.65, 0.97)
"""The likelihood asked for where there is no heading yet, one (a title), or several."""

_PARTS = re.compile(
    r"(\d{1,2}(?:\.\d{1,2})*)[.):]?\s|(?:[IVX]+[.)]|(?:article|section|part)\b)\s", re.I
)


_ANSWER = re.compile(
    r"(?:yes|no|none|n/?a|not applicable|[\d/ -]+ (?:hour|day|week|month|year)s?)\W*", re.I
)
"""What stands in the cells of tables: what is collected, how long it is kept."""


class _Place(NamedTuple):
    """Where a line came from: which block, which line of it, and whether it is unmarked text."""

    block: int
    line: int
    bare: bool
    heading: bool = False


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Make headings of unmarked paragraphs, and of the first lines of paragraphs.

    A text that already has headings gets new ones only beyond doubt.
    """
    lines, places = _view(blocks)
    headings = sum(place.heading for place in places)
    enough = _ENOUGH[min(headings, 2)]
    scores = heading_scores(lines)
    found: dict[int, set[int]] = {}
    for position in range(len(places) - 1):
        place = places[position]
        if not place.bare or scores[position] < enough:
            continue
        if _ANSWER.fullmatch(lines[position].text) or _introduces(lines, position):
            continue
        # Only at a paragraph's beginning, or right below another heading there.
        if place.line == 0 or place.line - 1 in found.get(place.block, ()):
            found.setdefault(place.block, set()).add(place.line)
    if not found:
        return blocks
    levels = _levels(blocks, found)
    result: list[Block] = []
    for index, block in enumerate(blocks):
        if index in found:
            result.extend(_divide(block, [levels[index, n] for n in sorted(found[index])], ledger))
        else:
            result.append(block)
    return result


def _introduces(lines: Sequence[TextLine], position: int) -> bool:
    """Whether a line is the beginning of the sentence that a list goes on with."""
    return lines[position].text.endswith(":") and lines[position + 1].enclosed


def _view(blocks: Sequence[Block]) -> tuple[list[TextLine], list[_Place]]:
    """All lines of the text, menus left out, and where each came from."""
    lines: list[TextLine] = []
    places: list[_Place] = []
    for index, block in enumerate(blocks):
        if block.folded:
            continue
        if block.kind == "paragraph":
            for number, runs in enumerate(_lines(block)):
                lines.append(TextLine(plain(runs).strip()))
                places.append(_Place(index, number, bool(runs) and all(map(_unmarked, runs))))
        elif block.kind == "heading":
            lines.append(TextLine(block.text.replace("\n", " ")))
            places.append(_Place(index, 0, bare=False, heading=True))
        else:
            for text in block.text.split("\n"):
                lines.append(TextLine(text, enclosed=True))
                places.append(_Place(index, 0, bare=False))
    return lines, places


def _lines(block: Block) -> Sequence[Runs]:
    runs = block.runs
    return lines_of(runs) if len(runs) > 1 or "\n" in block.text else (runs,)


def _unmarked(run: Run) -> bool:
    return not (run.bold or run.italic or run.href)


def _divide(block: Block, levels: Sequence[int], ledger: Ledger) -> Iterator[Block]:
    """`block` with one heading for each of `levels` taken off its beginning."""
    lines = lines_of(block.runs)
    first, last = block.lines
    # A printed line is a source line only where the source breaks as the text does.
    aligned = last - first + 1 == len(lines)
    for number, level in enumerate(levels):
        span = (first + number,) * 2 if aligned else block.lines
        text = plain(lines[number]).strip()
        ledger.changed(span, text, f"{'#' * level} {text}")
        yield Block("heading", span, runs=(Run(text),), level=level)
    rest: Runs = join_lines(lines[len(levels) :])
    if rest:
        yield replace(
            block, runs=rest, lines=(first + len(levels), last) if aligned else block.lines
        )


def _levels(blocks: Sequence[Block], found: dict[int, set[int]]) -> dict[tuple[int, int], int]:
    """Levels by printed numbers; below headings that are numbered or in capitals, one deeper."""
    titles: dict[tuple[int, int], str] = {}
    for index in sorted(found):
        lines = lines_of(blocks[index].runs)
        titles |= {(index, number): plain(lines[number]).strip() for number in sorted(found[index])}
    major = _major_style(list(titles.values()))
    levels: dict[tuple[int, int], int] = {}
    below_major = False
    marked = _marked_levels(blocks)
    for (index, number), title in titles.items():
        depth = _depth(title)
        if marked[index]:
            level = marked[index]
        elif depth > 1:
            level = _LEVEL + depth - 1
        else:
            below_major |= bool(major) and _styled(title, major)
            level = _LEVEL + (below_major and not _styled(title, major))
        levels[index, number] = min(level, 6)
    return levels


def _marked_levels(blocks: Sequence[Block]) -> list[int]:
    """For each block, the level of the nearest marked heading above; 0 below the title."""
    levels: list[int] = []
    level = 0
    for block in blocks:
        levels.append(level)
        if block.kind == "heading" and not block.folded:
            title = block.level < _LEVEL or (not level and names_policy(block.text))
            level = 0 if title else block.level
    return levels


def _depth(title: str) -> int:
    found = _PARTS.match(title)
    return 0 if not found else found[1].count(".") + 1 if found[1] else 1


def _major_style(titles: Sequence[str]) -> str:
    numbered = sum(_styled(title, "numbered") for title in titles)
    capitals = sum(_styled(title, "capitals") for title in titles)
    if numbered >= 3:
        return "numbered"
    return "capitals" if capitals >= 2 and len(titles) - capitals >= 2 else ""


def _styled(title: str, style: str) -> bool:
    return title.isupper() if style == "capitals" else _depth(title) > 0


RULE = Rule("bare-heading", "Makes headings of unmarked lines that stand for headings.", apply)
