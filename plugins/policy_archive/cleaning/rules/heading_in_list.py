"""Headings caught inside list items, as converters leave headings of styled lists."""

from msgspec.structs import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block, Item


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take headings, with what follows them in their item, out of the list."""
    result: list[Block] = []
    for block in blocks:
        if block.kind == "list" and any(_holds_heading(item) for item in block.items):
            result.extend(_split(block, ledger))
        else:
            result.append(block)
    return result


def _holds_heading(item: Item) -> bool:
    return any(
        block.kind == "heading"
        or (block.kind == "list" and any(_holds_heading(inner) for inner in block.items))
        for block in item.blocks
    )


def _split(block: Block, ledger: Ledger) -> list[Block]:
    result: list[Block] = []
    plain: list[Item] = []

    def close() -> None:
        if plain:
            spans = [inner.lines for item in plain for inner in item.blocks] or [block.lines]
            lines = (min(s[0] for s in spans), max(s[1] for s in spans))
            result.append(replace(block, items=tuple(plain), lines=lines))
            plain.clear()

    for item in block.items:
        if not _holds_heading(item):
            plain.append(item)
            continue
        close()
        result.extend(_freed(item, ledger))
    close()
    return result


def _freed(item: Item, ledger: Ledger) -> list[Block]:
    """The blocks of an item; a printed number goes to the first of them, so that it is kept."""
    number, result = item.number, []
    freed = [(inner, block) for inner in item.blocks for block in apply([inner], ledger)]
    for original, inner in freed:
        block = inner
        if number and block.kind in ("heading", "paragraph"):
            block, number = _with_number(inner, number, ledger), ""
        if block.kind == "heading" and inner is original:
            kept = f"{item.number} " if block is not inner else "• "
            ledger.changed(block.lines, f"{kept}{inner.text}", f"{'#' * block.level} {block.text}")
        result.append(block)
    return result


def _with_number(block: Block, number: str, ledger: Ledger) -> Block:
    """The list's number goes before the text, unless the text prints a number of its own."""
    if block.text[:1].isdigit():
        ledger.removed(block.lines, number)
        return block
    first = block.runs[0]
    return replace(block, runs=(first._replace(text=f"{number} {first.text}"), *block.runs[1:]))


RULE = Rule("heading-in-list", "Takes headings out of the list items they were caught in.", apply)
