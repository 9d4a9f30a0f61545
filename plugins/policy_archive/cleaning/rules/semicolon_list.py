"""Lists that lost their bullets: short paragraphs, each ending with a semicolon."""

import re

from msgspec.structs import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block, Item, Runs, plain
from policy_archive.reading.runs import join_lines, lines_of, tidy

_FEWEST = 3
_LONGEST = 400
_ENDS = re.compile(r";(\s+(and|or))?$", re.I)
_LAST = re.compile(r"[.;]$")
_NUMBERED = re.compile(r"\W?(\d{1,2}|[a-z]|[ivx]{1,5})[.)]", re.I)


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Make a list of three or more such paragraphs, or of such lines inside one paragraph."""
    divided = [part for block in blocks for part in _inside(block, ledger)]
    result: list[Block] = []
    index = 0
    while index < len(divided):
        end = _run_end(divided, index)
        if end - index >= _FEWEST:
            result.append(_as_list(divided[index:end], ledger))
            index = end
        else:
            result.append(divided[index])
            index += 1
    return result


def _inside(block: Block, ledger: Ledger) -> list[Block]:
    """A paragraph whose lines end with semicolons, as an introduction and a list."""
    if block.kind != "paragraph" or block.folded or ";\n" not in block.text:
        return [block]
    lines = lines_of(block.runs)
    ends = [bool(_ENDS.search(plain(line).strip())) for line in lines]
    first = ends.index(True) if True in ends else len(ends)
    last = first
    while last < len(lines) and ends[last]:
        last += 1
    if last < len(lines) and _LAST.search(plain(lines[last]).strip()):
        last += 1
    if last - first < _FEWEST:
        return [block]
    items = tuple(
        Item("", (Block("paragraph", block.lines, runs=tidy(line)),)) for line in lines[first:last]
    )
    made = replace(block, kind="list", runs=(), items=items)
    ledger.changed(block.lines, _shown(lines[first:last], ""), _shown(lines[first:last], "• "))
    parts = [(lines[:first], None), ([], made), (lines[last:], None)]
    return [
        built or replace(block, runs=runs)
        for text, built in parts
        if (runs := tidy(join_lines(text))) or built
    ]


def _shown(lines: list[Runs], mark: str) -> str:
    return "\n".join(f"{mark}{plain(line).strip()}" for line in lines)


def _run_end(blocks: list[Block], start: int) -> int:
    """Where a run of item-like paragraphs beginning at `start` ends; `start` for none."""
    end = start
    while end < len(blocks) and _ends_item(blocks[end].text) and _is_item(blocks[end]):
        end += 1
    if start < end < len(blocks) and _is_item(blocks[end]) and _LAST.search(blocks[end].text):
        end += 1
    return end


def _ends_item(text: str) -> bool:
    # Most texts have no semicolon at all, which is seen at once.
    return ";" in text and _ENDS.search(text) is not None


def _is_item(block: Block) -> bool:
    return (
        block.kind == "paragraph"
        and not block.folded
        and len(block.text) <= _LONGEST
        and not _NUMBERED.match(block.text)
    )


def _as_list(blocks: list[Block], ledger: Ledger) -> Block:
    lines = (blocks[0].lines[0], blocks[-1].lines[1])
    text = [block.text for block in blocks]
    ledger.changed(lines, "\n".join(text), "\n".join(f"• {line}" for line in text))
    return Block("list", lines, items=tuple(Item("", (block,)) for block in blocks))


RULE = Rule("semicolon-list", "Makes lists of paragraphs that each end with a semicolon.", apply)
