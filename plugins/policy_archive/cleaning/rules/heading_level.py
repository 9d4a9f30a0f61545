"""Heading levels that skip, or begin in the middle."""

from msgspec.structs import replace

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.title import names_document, names_policy
from policy_archive.model import Block

_LINES_ABOVE, _BRIEF = 2, 90
"""Lines that may stand above a title, such as a date, and how long they are."""


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Give the title level 1 and every other heading one level more than the one it is under.

    The title is a heading above all other text that outranks every other heading, or that names a
    policy. Which heading is under which follows from the source's levels.
    """
    title = _title(blocks)
    result: list[Block] = []
    ancestors: list[int] = []
    for block in blocks:
        if block.kind != "heading":
            result.append(block)
            continue
        level = 1
        if block is not title:
            while ancestors and ancestors[-1] >= block.level:
                ancestors.pop()
            level = min(2 + len(ancestors), 6)
            ancestors.append(block.level)
        if level != block.level:
            before, after = "#" * block.level, "#" * level
            ledger.changed(block.lines, f"{before} {block.text}", f"{after} {block.text}")
            block = replace(block, level=level)  # noqa: PLW2901
        result.append(block)
    return result


def _title(blocks: list[Block]) -> Block | None:
    """The title: a heading above all other text, or one that says so below a few brief lines."""
    shown = [block for block in blocks if not block.folded]
    place = next((n for n, block in enumerate(shown) if block.kind == "heading"), None)
    if place is None or place > _LINES_ABOVE:
        return None
    first = shown[place]
    if place:
        brief = all(
            block.kind == "paragraph" and len(block.text) <= _BRIEF for block in shown[:place]
        )
        return first if brief and names_document(first.text) else None
    others = [b.level for b in blocks if b.kind == "heading" and b is not first]
    outranks = all(level > first.level for level in others)
    return first if outranks or names_policy(first.text) else None


RULE = Rule("heading-level", "Makes heading levels follow one another.", apply, routine=True)
