"""Blocks without a word: rules of dashes, empty layout tables, lone bullets."""

import re

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block

_WORD = re.compile(r"\w")


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Take such blocks out; what they printed goes to the ledger."""
    kept = []
    for block in blocks:
        text = block.text
        if _WORD.search(text):
            kept.append(block)
        elif text.strip():
            ledger.removed(block.lines, text)
    return kept


RULE = Rule("empty-block", "Takes out blocks that hold no word.", apply, routine=True)
