"""Going through blocks to the runs inside them, whatever holds them."""

from collections.abc import Callable

from msgspec.structs import replace

from policy_archive.model import Block, Item, Runs


def rewrite(block: Block, change: Callable[[Runs], Runs]) -> Block:
    """`block` with `change` applied to all runs in it; the same object when nothing changes."""
    if block.kind == "list":
        items = tuple(
            Item(item.number, tuple(rewrite(inner, change) for inner in item.blocks))
            for item in block.items
        )
        return block if items == block.items else replace(block, items=items)
    if block.kind == "table":
        rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
        return block if rows == block.rows else replace(block, rows=rows)
    if block.kind == "quote":
        blocks = tuple(rewrite(inner, change) for inner in block.blocks)
        return block if blocks == block.blocks else replace(block, blocks=blocks)
    runs = change(block.runs)
    return block if runs == block.runs else replace(block, runs=runs)
