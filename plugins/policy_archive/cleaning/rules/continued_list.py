"""A numbered list that was broken in two: 1) 2) 3), something in between, 4)."""

import re

from msgspec.structs import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block, Item

_SHOWN_WHOLE = 20
"""Parts of one list that the ledger shows with the list so far; of further ones it shows the seam,
since a list of a thousand parts would be printed a thousand times."""
_PRINTED = re.compile(r"(\W?)(\d{1,3})(\W?)")


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Join lists whose printed numbers count on; a list in between belongs to the last item."""
    result: list[Block] = []
    parts: list[int] = []
    """Of how many blocks each of `result` was joined."""
    for block in blocks:
        head = result[-1] if result else None
        before = result[-2] if len(result) > 1 else None
        if head and _continues(head, block):
            result[-1] = _joined(head, block, parts[-1], ledger)
            parts[-1] += 1
        elif before and head and _is_bulleted(head) and _continues(before, block):
            last = before.items[-1]
            holder = Item(last.number, (*last.blocks, head))
            widened = replace(
                before,
                items=(*before.items[:-1], holder),
                lines=(before.lines[0], head.lines[1]),
            )
            result[-2:] = [_joined(widened, block, parts[-2], ledger)]
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


def _joined(first: Block, second: Block, parts: int, ledger: Ledger) -> Block:
    """Both lists as one; the first was joined of so many `parts` already."""
    lines = (first.lines[0], second.lines[1])
    shown = first if parts < _SHOWN_WHOLE else replace(first, items=first.items[-1:])
    after = replace(shown, items=(*shown.items, *second.items)).text
    ledger.changed(lines, f"{shown.text}\n\n{second.text}", after)
    return replace(first, items=(*first.items, *second.items), lines=lines)


RULE = Rule("continued-list", "Joins numbered lists that were broken in two.", apply, routine=True)
