"""A title that stands twice at the top, as a page's title and again above its text."""

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block
from policy_archive.text.words import words


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take out what repeats the title right below it.

    A bare repetition of the title's first words (“Privacy Policy” under “Privacy Policy – Name”)
    counts as one. A repetition further down is the text's own business.
    """
    top = next((i for i, block in enumerate(blocks) if not block.folded), None)
    if top is None or blocks[top].kind != "heading" or top + 1 >= len(blocks):
        return blocks
    title = words(blocks[top].text)
    end = top + 1
    while end < len(blocks) and _repeats(title, blocks[end]):
        ledger.removed(blocks[end].lines, blocks[end].text)
        end += 1
    return [*blocks[: top + 1], *blocks[end:]]


def _repeats(title: list[str], block: Block) -> bool:
    if block.folded or block.kind not in ("heading", "paragraph"):
        return False
    other = words(block.text)
    return bool(other) and (other == title or (len(other) > 1 and title[: len(other)] == other))


RULE = Rule("repeated-title", "Takes out a title that stands twice at the top.", apply)
