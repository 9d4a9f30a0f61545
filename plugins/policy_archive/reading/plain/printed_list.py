"""Lists in plain text: lines that begin with a bullet or a printed number, nested where evident.

A numbered line is not always an item: "3. Cookies" above a paragraph is a heading, and stays text
for the headings' own rule. Items follow one another in one sequence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from policy_archive.model import Block, Item, Lines, Run
from policy_archive.reading.plain.wrapped import Line
from policy_archive.text.numerals import roman_value

_BULLET = re.compile(r"(?:([•·▪●○■□◦‣⁃\uf0b7\uf0a7])\s*|([*+–—-]|o)\s+)(?=\S)|[•·▪●○■□◦‣⁃]$")
_NUMBER = re.compile(
    r"(\(?(?:\d{1,3}|[a-z]|[A-Z]|[ivx]{2,5}|[IVX]{2,5})(?:[.)]|\)\.)|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?)(?:\s+|$)"
)
_TITLE_LENGTH = 90


@dataclass(slots=True)
class MarkedLine:
    """One marked line: its style ("•", "1.", "(a)"), its place in the sequence, its words."""

    style: str
    value: int
    number: str
    text: str
    lines: Lines
    nested: "list[MarkedLine]" = field(default_factory=list)

    @property
    def like_title(self) -> bool:
        """Short and without an end, as headings are."""
        return (
            bool(self.number) and len(self.text) <= _TITLE_LENGTH and self.text[-1:] not in ".;,:"
        )


def marked(line: Line) -> MarkedLine | None:
    """`line` as a list entry, if it begins like one."""
    if found := _BULLET.match(line.text):
        char = found[1] or found[2] or found[0]
        style = char + " " * (line.indent // 2)
        return MarkedLine(style, 0, "", line.text[found.end() :], line.lines)
    if found := _NUMBER.match(line.text):
        style, value = _style(found[1])
        return MarkedLine(style, value, found[1], line.text[found.end() :], line.lines)
    return None


def with_lone_marks(lines: Sequence[Line]) -> list[Line]:
    """`lines`, where a bullet or number alone on its line is put before the line after it."""
    result: list[Line] = []
    for line in lines:
        before = result[-1] if result else None
        entry = marked(before) if before and len(before.text) <= 8 else None
        if before and entry and not entry.text and marked(line) is None:
            lines_of_both = (before.lines[0], line.lines[1])
            text = f"{before.text} {line.text}"
            result[-1] = Line(text, lines_of_both, before.indent, before.after_blank)
        else:
            result.append(line)
    return result


def blocks_of(
    run: Sequence[Line], entries: Sequence[MarkedLine], *, before_text: bool
) -> list[Block]:
    """Blocks for adjacent marked lines; `before_text` if a line of text follows them."""
    blocks: list[Block] = []
    by_line = {entry.lines: line for entry, line in zip(entries, run, strict=True)}
    for series in _series(entries):
        if _is_list(series, before_text=before_text and series[-1] is entries[-1]):
            blocks.append(_list(series))
            continue
        for entry in series:
            blocks.append(Block("paragraph", entry.lines, (Run(by_line[entry.lines].text),)))
            if entry.nested:
                lines = [by_line[nested.lines] for nested in _flat(entry.nested)]
                blocks += blocks_of(lines, _bare(entry.nested), before_text=False)
    return blocks


def _style(number: str) -> tuple[str, int]:
    core = number.strip("().")
    if core.isdigit():
        return number.replace(core, "1"), int(core)
    if core[0].isdigit():
        head, _, tail = core.rpartition(".")
        return f"{head}.1", int(tail)
    if len(core) > 1:
        return number.replace(core, "i" if core.islower() else "I"), roman_value(core)
    return number.replace(core, "a" if core.islower() else "A"), ord(core.lower()) - ord("a") + 1


def _as_roman(entry: MarkedLine) -> MarkedLine:
    """A single letter that may as well be a Roman number, read as one."""
    core = entry.number.strip("().")
    if len(core) != 1 or not roman_value(core):
        return entry
    style = entry.number.replace(core, "i" if core.islower() else "I")
    return MarkedLine(style, roman_value(core), entry.number, entry.text, entry.lines)


def _series(entries: Sequence[MarkedLine]) -> list[list[MarkedLine]]:
    """Entries as series of one style, those of another style nested in the entry before."""
    top: list[list[MarkedLine]] = []
    stack: list[list[MarkedLine]] = []
    for given in entries:
        entry = given
        depth = _depth(stack, entry)
        if depth is None and _depth(stack, _as_roman(entry)) is not None:
            entry = _as_roman(entry)
            depth = _depth(stack, entry)
        if depth is None:
            if entry.value == 9 and entry.style != _as_roman(entry).style:
                entry = _as_roman(entry)  # a series begins at i, not at the ninth letter
            opens = entry.value <= 1 and stack and stack[0][-1].style != entry.style
            if opens and len(stack) < 4:
                stack[-1][-1].nested.append(entry)
                stack.append(stack[-1][-1].nested)
            else:
                top.append([entry])
                stack = [top[-1]]
        else:
            stack[depth].append(entry)
            del stack[depth + 1 :]
    return top


def _depth(stack: list[list[MarkedLine]], entry: MarkedLine) -> int | None:
    """Which open series `entry` goes on, innermost first."""
    for depth in range(len(stack) - 1, -1, -1):
        last = stack[depth][-1]
        if last.style == entry.style and entry.value in (last.value + bool(entry.number),):
            return depth
    return None


def _is_list(series: Sequence[MarkedLine], *, before_text: bool) -> bool:
    first = series[0]
    if len(series) == 1:
        # One dash or star may begin a signature or a footnote; only real bullets stand alone.
        return not first.number and first.style[0] not in "*+–—-o"
    if not first.number or not all(entry.like_title for entry in series):
        return True
    if any(entry.nested for entry in series):
        return False
    return first.value == 1 and (len(series) > 2 or not before_text)


def _flat(entries: Sequence[MarkedLine]) -> list[MarkedLine]:
    return [found for entry in entries for found in (entry, *_flat(entry.nested))]


def _bare(entries: Sequence[MarkedLine]) -> list[MarkedLine]:
    return [MarkedLine(e.style, e.value, e.number, e.text, e.lines) for e in _flat(entries)]


def _list(series: Sequence[MarkedLine]) -> Block:
    items = tuple(_item(entry) for entry in series)
    last = items[-1].blocks[-1].lines[1] if items[-1].blocks else series[-1].lines[1]
    return Block("list", (series[0].lines[0], last), items=items)


def _item(entry: MarkedLine) -> Item:
    blocks = [Block("paragraph", entry.lines, (Run(entry.text),))] if entry.text else []
    if entry.nested:
        blocks.append(_list(entry.nested))
    return Item(entry.number, tuple(blocks))
