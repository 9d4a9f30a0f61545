"""Blocks to a document and its ledger: one rule a file, in one ordered list.

A rule sees the result of those before it, so order matters: characters first, then what a block
is, then how blocks belong together, and heading levels last.
"""

from collections.abc import Collection

from policy_archive.cleaning.outline import outline
from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.cleaning.rules import (
    back_to_top,
    bare_heading,
    bold_heading,
    continued_list,
    empty_block,
    heading_in_list,
    heading_level,
    leftover_mark,
    mojibake,
    numbered_paragraph,
    printed_bullet,
    repeated_title,
    semicolon_list,
    site_menu,
    stray_character,
)
from policy_archive.model import Document, Repair
from policy_archive.reading import Reading

RULES: tuple[Rule, ...] = (
    stray_character.RULE,
    mojibake.RULE,
    leftover_mark.RULE,
    empty_block.RULE,
    back_to_top.RULE,
    heading_in_list.RULE,
    printed_bullet.RULE,
    site_menu.RULE,
    bare_heading.RULE,
    bold_heading.RULE,
    repeated_title.RULE,
    semicolon_list.RULE,
    numbered_paragraph.RULE,
    continued_list.RULE,
    heading_level.RULE,
)


def clean(
    reading: Reading, *, fallback_title: str, disabled: Collection[str] = ()
) -> tuple[Document, tuple[Repair, ...]]:
    """Apply every rule that is not `disabled`, in order, and divide the result into sections.

    `fallback_title` names a text that has no title of its own. To one that could not be read no
    rule is applied.
    """
    if reading.unread:
        return outline(list(reading.blocks), fallback_title), ()
    ledger = Ledger()
    blocks = list(reading.blocks)
    for rule in RULES:
        if rule.name not in disabled:
            ledger.rule = rule.name
            blocks = rule.apply(blocks, ledger)
    return outline(blocks, fallback_title, reading.title), tuple(ledger.repairs)
