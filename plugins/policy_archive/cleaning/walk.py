"""Going through blocks to the runs inside them, whatever holds them."""

from collections.abc import Callable

from msgspec.structs import replace

from policy_archive.model import Block, Item, Run, Runs


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


def lines_of(runs: Runs) -> list[Runs]:
    """`runs` divided at their printed line breaks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        for count, part in enumerate((first, *rest)):
            if count:
                lines.append([])
            if part:
                lines[-1].append(run._replace(text=part))
    return [tuple(line) for line in lines]


def join_lines(lines: list[Runs]) -> Runs:
    """The inverse of `lines_of`."""
    joined: list[Run] = []
    for count, line in enumerate(lines):
        if count:
            joined.append(Run("\n"))
        joined.extend(line)
    return tuple(joined)
