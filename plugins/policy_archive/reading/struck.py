"""Text that a page had struck out: marked where it stood, and no part of any block's text.

A run holds what was struck out behind its text. What was struck out whole, a paragraph or an item,
is a block without text; it goes to the end of the one above, or to the beginning of that below.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from policy_archive.model import Block, Item, Run

STRUCK = "struck-text"
"""The ledger's rule."""


def settled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks` without those that are struck out whole; others hold what these said."""
    kept: list[Block] = []
    waiting = ""
    for block in blocks:
        inner = _within(block)
        if not inner.text:
            said = _said(inner)
            if kept and (ended := _ended(kept[-1], said)):
                kept[-1] = ended
            else:
                waiting += f"{said}\n" if said else ""
            continue
        if waiting and (begun := _begun(inner, waiting)):
            inner, waiting = begun, ""
        kept.append(inner)
    return tuple(kept)


def _within(block: Block) -> Block:
    """`block`, in which the blocks of items and quotations are settled."""
    if block.kind == "quote":
        return replace(block, blocks=settled(block.blocks))
    if block.kind != "list":
        return block
    items: list[Item] = []
    waiting = ""
    for item in block.items:
        blocks = settled(item.blocks)
        said = "" if blocks else " ".join(_said(it) for it in item.blocks)
        if said and items and items[-1].blocks and (ended := _ended(items[-1].blocks[-1], said)):
            items[-1] = Item(items[-1].number, (*items[-1].blocks[:-1], ended))
        elif said:
            waiting += f"{said}\n"
        if blocks or (item.number and not said):
            if waiting and blocks and (begun := _begun(blocks[0], waiting)):
                blocks, waiting = (begun, *blocks[1:]), ""
            items.append(Item(item.number, blocks))
    return replace(block, items=tuple(items)) if items else block


def _said(block: Block) -> str:
    """What is struck out in a block without text."""
    cells = [run for row in block.rows for cell in row for run in cell]
    own = [run.struck for run in (*block.runs, *cells) if run.struck]
    inner = [*block.blocks, *(it for item in block.items for it in item.blocks)]
    return " ".join([*own, *filter(None, map(_said, inner))])


def _ended(block: Block, said: str) -> Block | None:
    """`block` with what is struck out on a line at its end, if it has a place for it."""
    if block.kind in ("paragraph", "preformatted"):
        return replace(block, runs=(*block.runs, Run("", struck=f"\n{said}")))
    if block.kind == "list" and block.items[-1].blocks:
        *above, item = block.items
        ended = _ended(item.blocks[-1], said)
        last = Item(item.number, (*item.blocks[:-1], ended)) if ended else None
        return replace(block, items=(*above, last)) if last else None
    return None


def _begun(block: Block, said: str) -> Block | None:
    """`block` with what is struck out on lines at its beginning, if it has a place for it."""
    if block.kind in ("paragraph", "preformatted"):
        return replace(block, runs=(Run("", struck=said), *block.runs))
    if block.kind == "list" and block.items[0].blocks:
        item, *below = block.items
        begun = _begun(item.blocks[0], said)
        first = Item(item.number, (begun, *item.blocks[1:])) if begun else None
        return replace(block, items=(first, *below)) if first else None
    return None
