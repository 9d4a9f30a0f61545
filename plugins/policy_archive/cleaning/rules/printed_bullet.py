"""Lists of a word processor: paragraphs and lines that begin with a bullet as a character."""

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec.structs import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block, Item, Lines, Runs, plain
from policy_archive.reading.runs import join_lines, lines_of, tidy

_BULLET = re.compile(r"\s*([•‣⁃▪●■□○◦·\uf0a7\uf0b7\uf0d8])\s*(?=\S)")
_PERHAPS = re.compile(r"\s*(?:([-–—*])\s+(?=\w)|(§)\s+(?=[^\W\d])|(o)\s+(?=[A-Z]))")
"""A dash, a sign, a letter: a bullet where the next line has one as well."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line of a paragraph: the bullet it begins with, if any, and what it says."""

    bullet: str
    sure: bool
    body: Runs
    lines: Lines
    block: int
    """The place of its paragraph."""


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Make lists of such lines, those with another bullet inside of them; no bullet is printed."""
    result: list[Block] = []
    index = 0
    while index < len(blocks):
        lines: list[_Line] = []
        end = index
        while end < len(blocks) and (found := _lines(blocks[end], end)):
            lines += found
            end += 1
            if not found[-1].bullet:
                break
        if any(line.sure for line in lines) or _weak_list(lines):
            result += _divided(lines, blocks, ledger)
            index = end
        else:
            result.append(_unprinted(blocks[index], ledger))
            index += 1
    return result


def _lines(block: Block, place: int) -> list[_Line]:
    """The lines of a paragraph in which there is a bullet."""
    if block.kind != "paragraph" or block.folded or not _might(block.text):
        return []
    lines = [_line(runs, block, place) for runs in lines_of(block.runs)]
    return lines if any(line.bullet for line in lines) else []


def _might(text: str) -> bool:
    return not text[:1].isalnum() or text[:2] == "o " or "\n" in text


def _line(runs: Runs, block: Block, place: int) -> _Line:
    text = plain(runs)
    sure = _BULLET.match(text)
    found = sure or _PERHAPS.match(text)
    if found is None:
        return _Line("", False, runs, block.lines, place)
    bullet = found[found.lastindex or 0]
    return _Line(bullet, sure is not None, _from(runs, found.end()), block.lines, place)


def _from(runs: Runs, start: int) -> Runs:
    """`runs` without their first `start` characters."""
    kept = []
    for run in runs:
        if start < len(run.text):
            kept.append(run._replace(text=run.text[start:]))
        start = max(0, start - len(run.text))
    return tidy(kept)


def _weak_list(lines: Sequence[_Line]) -> bool:
    """Two or more lines in a row begin with one sign that may be a bullet."""
    return any(one.bullet and one.bullet == other.bullet for one, other in pairwise(lines))


def _divided(lines: Sequence[_Line], blocks: Sequence[Block], ledger: Ledger) -> list[Block]:
    """Lists of the lines with bullets; the others are paragraphs, or go on in an item."""
    result: list[Block] = []
    items: list[_Line] = []
    text: list[_Line] = []

    def close() -> None:
        if text:
            runs = tidy(join_lines([line.body for line in text]))
            if runs:
                result.append(replace(blocks[text[0].block], runs=runs))
            text.clear()
        if items:
            result.append(_list(items, ledger))
            items.clear()

    for line in lines:
        if line.bullet:
            if text:
                close()
            items.append(line)
        elif items and line.body and plain(line.body)[0].islower():
            last = items[-1]
            items[-1] = dataclasses.replace(last, body=join_lines([last.body, line.body]))
        else:
            if items:
                close()
            text.append(line)
    close()
    return result


def _list(entries: Sequence[_Line], ledger: Ledger) -> Block:
    """One list; an entry with a bullet that no open list has begins one in the item above."""
    styles: list[str] = []
    open_lists: list[list[Item]] = []
    for entry in entries:
        while len(styles) > 1 and entry.bullet in styles[:-1]:
            _close(styles, open_lists)
        if entry.bullet not in styles:
            styles.append(entry.bullet)
            open_lists.append([])
        paragraph = Block("paragraph", entry.lines, runs=entry.body)
        open_lists[-1].append(Item("", (paragraph,)))
    while len(styles) > 1:
        _close(styles, open_lists)
    lines = (entries[0].lines[0], entries[-1].lines[1])
    printed = "\n".join(f"{entry.bullet} {plain(entry.body)}" for entry in entries)
    ledger.changed(lines, printed, "\n".join(f"• {plain(entry.body)}" for entry in entries))
    return Block("list", lines, items=tuple(open_lists[0]))


def _close(styles: list[str], open_lists: list[list[Item]]) -> None:
    """Put the innermost list into the last item of the one around it."""
    styles.pop()
    items = open_lists.pop()
    lines = (items[0].blocks[0].lines[0], items[-1].blocks[-1].lines[1])
    above = open_lists[-1][-1]
    inner = Block("list", lines, items=tuple(items))
    open_lists[-1][-1] = Item(above.number, (*above.blocks, inner))


def _unprinted(block: Block, ledger: Ledger) -> Block:
    """A list whose items print a bullet of their own, or hold such lines, without them."""
    if block.kind != "list" or block.folded:
        return block
    items = tuple(_bare(item, ledger) for item in block.items)
    return block if items == block.items else replace(block, items=items)


def _bare(item: Item, ledger: Ledger) -> Item:
    blocks = [*item.blocks]
    first = blocks[0] if blocks else None
    if first and first.kind == "paragraph" and (found := _BULLET.match(first.text)):
        blocks[0] = replace(first, runs=_from(first.runs, found.end()))
        ledger.removed(first.lines, found[1])
    blocks = apply(blocks, ledger)
    return Item(item.number, tuple(blocks)) if tuple(blocks) != item.blocks else item


RULE = Rule(
    "printed-bullet",
    "Makes lists of lines that begin with a bullet.",
    apply,
    routine=True,
)
