"""What each unit of a text is known by, for whoever compares two texts without this program.

The browser does, with two captures that a reader picks.
"""

import hashlib
from collections.abc import Mapping

from policy_archive.diff.change import Unit
from policy_archive.diff.furniture import is_furniture, without_buttons
from policy_archive.diff.tokens import without_marks
from policy_archive.diff.units import units
from policy_archive.model import Document

_WORDS = 8
"""Hex digits for a unit's words: of 1,000 units two are taken for each other once in 10,000 texts.
"""
_CAPITALS = 4
"""Hex digits for how it is written: two spellings are taken for each other once in 65,536 times."""


def unit_keys(document: Document) -> Mapping[str, list[str]]:
    """By the id of each heading and block, the keys of its units, in order.

    Units whose keys begin with the same eight digits have the same words, whatever their numbers,
    quotation marks and stops; the last four are equal where capitals are, too. Empty keys are of
    what is no part of the policy: buttons, counters and the like. The archived site's own menus
    have keys, since a text may be taken for one in one capture and not in the next.
    """
    found: dict[str, list[str]] = {}
    for unit in units(document):
        found.setdefault(unit.block, []).append(_key(unit))
    return found


def _key(unit: Unit) -> str:
    text = without_marks(without_buttons(unit.text))
    if not text or (is_furniture(unit) and not unit.folded):
        return ""
    return _digits(text.casefold(), _WORDS) + _digits(text, _CAPITALS)


def _digits(text: str, count: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:count]
