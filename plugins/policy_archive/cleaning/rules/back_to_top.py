"""Links that led up or about the page: “Back to top”, “Print this page”."""

import re

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block

_LINK = re.compile(
    r"\W*(?:(?:(?:go |return )?back )?to (?:the )?top(?: of (?:the |this )?page)?|return to top"
    r"|top of (?:the )?page|(?:skip|jump) to (?:main )?content|print(?: this)? page)\W*",
    re.I,
)


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take out blocks that are nothing but such a link."""
    kept = []
    for block in blocks:
        if block.kind in ("paragraph", "heading", "list") and _LINK.fullmatch(block.text):
            ledger.removed(block.lines, block.text)
        else:
            kept.append(block)
    return kept


RULE = Rule("back-to-top", "Takes out links that only moved about the old page.", apply)
