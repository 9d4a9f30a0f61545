"""A title that stands twice at the top, as a page's title and again above its text."""

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block
from policy_archive.text.words import words


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take out the second of two equal titles at the top.

    A bare repetition of the title's first words (“Privacy Policy” under “Privacy Policy – Name”)
    counts as one. A repetition further down is the text's own business.
    """
    top = next((i for i, block in enumerate(blocks) if not block.folded), None)
    if top is None or blocks[top].kind != "heading" or top + 1 >= len(blocks):
        return blocks
    title, second = words(blocks[top].text), blocks[top + 1]
    repeats = second.kind in ("heading", "paragraph") and _repeats(title, words(second.text))
    if not repeats or second.folded:
        return blocks
    ledger.removed(second.lines, second.text)
    return apply([*blocks[: top + 1], *blocks[top + 2 :]], ledger)


def _repeats(title: list[str], other: list[str]) -> bool:
    return bool(other) and (other == title or (len(other) > 1 and title[: len(other)] == other))


RULE = Rule("repeated-title", "Takes out a title that stands twice at the top.", apply)
