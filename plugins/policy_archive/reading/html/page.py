"""Saved HTML to blocks: the policy itself, and in the ledger what stood around it."""

from policy_archive.model import Notice, Repair
from policy_archive.reading import Reading, limits
from policy_archive.reading.html.blocks import blocks_of
from policy_archive.reading.html.boilerplate import mark
from policy_archive.reading.html.boxes import Box, InlineText, Page
from policy_archive.reading.html.layout import page_of
from policy_archive.reading.struck import STRUCK, settled


def read(text: str) -> Reading:
    """Read the policy from a page as a browser or an archive saved it.

    Menus, banners, footers and hidden elements are left out, each with a repair that holds its
    words; what cannot be told from a clause stays.

    Raises:
        BeyondLimitsError: the page is too large to be read.
    """
    limits.require(len(text), limits.PAGE_CHARACTERS, "characters")
    page = page_of(text) if text.strip() else None
    if page is None:
        return Reading(())
    mark(page)
    blocks = tuple(blocks_of(page.root))
    removals = _removals(page.root)
    if any(repair.rule == STRUCK for repair in removals):
        blocks = settled(blocks)
    return Reading(
        blocks,
        repairs=(*removals, *page.repairs),
        notices=_notices(page),
        title=page.title,
        language=page.language,
    )


def _notices(page: Page) -> tuple[Notice, ...]:
    if not page.frameset:
        return ()
    message = "The page is a frameset: the text of its frames was not saved with it."
    return (Notice("frameset", message),)


def _removals(root: Box) -> list[Repair]:
    """One repair for each removed element, in document order."""
    repairs: list[Repair] = []
    stack: list[Box | InlineText] = [root]
    while stack:
        node = stack.pop()
        # What was removed inside a removed box (hidden text in a menu) has its own repair.
        if node.removed and (text := node.text):
            repairs.append(Repair(node.removed, (node.first, node.last), text, ""))
        if isinstance(node, Box):
            stack.extend(reversed(node.children))
    return repairs
