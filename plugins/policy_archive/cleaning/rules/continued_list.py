"""A numbered list that was broken in two: 1) 2) 3), something in between, 4)."""

import re
from dataclasses import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block, Item

_MOST = 20
"""Parts of one list: so many times no list was broken by accident."""
_PRINTED = re.compile(r"(\W?)(\d{1,3})(\W?)")


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Join lists whose printed numbers count on; a list in between belongs to the last item."""
    result: list[Block] = []
    parts: list[int] = []
    """Of how many blocks each of `result` was joined."""
    for block in blocks:
        head = result[-1] if result else None
        before = result[-2] if len(result) > 1 else None
        if head and parts[-1] < _MOST and _continues(head, block):
            result[-1] = _joined(head, block, ledger)
            parts[-1] += 1
        elif (
            before
            and head
            and parts[-2] < _MOST
            and _is_bulleted(head)
            and _continues(before, block)
        ):
            last = before.items[-1]
            holder = Item(last.number, (*last.blocks, head))
            widened = replace(
                before,
                items=(*before.items[:-1], holder),
                lines=(before.lines[0], head.lines[1]),
            )
            result[-2:] = [_joined(widened, block, ledger)]
            parts[-2:] = [parts[-2] + 1]
        else:
            result.append(block)
            parts.append(1)
    return result


def _is_bulleted(block: Block) -> bool:
    return block.kind == "list" and not block.folded and not block.items[0].number


def _continues(first: Block, second: Block) -> bool:
    if not (first.kind == second.kind == "list" and first.folded == second.folded):
        return False
    last, following = _PRINTED.fullmatch(first.items[-1].number), second.items[0].number
    return last is not None and following == f"{last[1]}{int(last[2]) + 1}{last[3]}"


def _joined(first: Block, second: Block, ledger: Ledger) -> Block:
    lines = (first.lines[0], second.lines[1])
    joined = replace(first, items=(*first.items, *second.items), lines=lines)
    ledger.changed(lines, f"{first.text}\n\n{second.text}", joined.text)
    return joined


RULE = Rule("continued-list", "Joins numbered lists that were broken in two.", apply, routine=True)
