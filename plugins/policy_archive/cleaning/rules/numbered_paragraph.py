"""Lists written as paragraphs that begin with `1)`, `(a)` or `iv.`."""

import re
from dataclasses import dataclass

from msgspec.structs import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block, Item, Runs
from policy_archive.reading.runs import tidy
from policy_archive.text.numerals import roman_value

_NUMBER = re.compile(r"\(?(\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s*(?=\S)", re.I)
_DEEPEST = 8
"""Lists inside of one another."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    shape: str
    value: int
    number: str
    body: Runs


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Make one list of two or more such paragraphs that count on.

    A list between two of them belongs to the item before it. Inner lists show first; with them in
    one piece, the outer one may count on.
    """
    for _ in range(_DEEPEST):
        made = _lists(blocks, ledger)
        if len(made) == len(blocks):
            break
        blocks = made
    return blocks


def _lists(blocks: list[Block], ledger: Ledger) -> list[Block]:
    result: list[Block] = []
    index = 0
    while index < len(blocks):
        items, end = _collect(blocks, index)
        if len(items) > 1:
            result.append(_as_list(blocks[index:end], items, ledger))
            index = end
        else:
            result.append(blocks[index])
            index += 1
    return result


def _collect(blocks: list[Block], start: int) -> tuple[list[Item], int]:
    """Items of the list that begins at `start`, and where it ends."""
    items: list[Item] = []
    previous: _Numbered | None = None
    end = index = start
    inside: list[Block] = []
    while index < len(blocks):
        block = blocks[index]
        numbered = _numbered(block, previous)
        if numbered:
            if inside:
                items[-1] = Item(items[-1].number, (*items[-1].blocks, *inside))
                inside = []
            items.append(Item(numbered.number, (replace(block, runs=numbered.body),)))
            previous, end = numbered, index + 1
        elif previous and block.kind == "list" and not inside:
            inside.append(block)
        else:
            break
        index += 1
    return items, end


def _numbered(block: Block, previous: _Numbered | None) -> _Numbered | None:
    """The number that `block` begins with, if it starts a list or counts on from `previous`."""
    if block.kind != "paragraph" or block.folded or not block.runs:
        return None
    first = block.runs[0]
    match = _NUMBER.match(block.text)
    if not match or len(match[0].rstrip()) > len(first.text):
        return None
    for shape, value in _readings(match[0].strip(), match[1]):
        expected = 1 if previous is None else previous.value + 1
        if value == expected and (previous is None or previous.shape == shape):
            rest = first._replace(text=first.text[match.end() :])
            body = tidy((rest, *block.runs[1:]))
            return _Numbered(shape, value, match[0].strip(), body) if body else None
    return None


def _readings(printed: str, digits: str) -> list[tuple[str, int]]:
    """What a printed number may mean: `i)` is a roman one and the ninth letter."""
    frame = printed.replace(digits, "#")
    if digits.isdigit():
        return [(f"{frame}digit", int(digits))]
    readings = []
    if value := roman_value(digits):
        readings.append((f"{frame}roman", value))
    if len(digits) == 1:
        readings.append((f"{frame}letter", ord(digits.lower()) - ord("a") + 1))
    return readings


def _as_list(blocks: list[Block], items: list[Item], ledger: Ledger) -> Block:
    lines = (blocks[0].lines[0], blocks[-1].lines[1])
    made = Block("list", lines, items=tuple(items))
    ledger.changed(lines, "\n\n".join(block.text for block in blocks), made.text)
    return made


RULE = Rule("numbered-paragraph", "Makes lists of paragraphs that are numbered in a row.", apply)
