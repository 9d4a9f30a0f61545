"""Texts that stood before: what only goes back to an earlier capture is no news.

Regional notices and A/B tests come and go; what they bring is told as changed the first time only.
Of each text a few bytes a passage are kept (`passage_keys`), so that no earlier one is read again.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from policy_archive.diff.change import Change, Edit, Unit
from policy_archive.diff.tokens import is_word, tokens
from policy_archive.diff.units import units
from policy_archive.model import Document

_BYTES = 6
"""Of a key: two passages in a hundred million are taken for each other."""
_KNOWN_WORDS = 8
"""Words from which a passage is known wherever it stands; shorter ones with their neighbours."""


def passage_keys(document: Document) -> bytes:
    """What a text is known by later: six bytes a passage, and six a pair of neighbours.

    Looks, marks and hidden addresses make no difference.
    """
    keys = _keys(units(document))
    return b"".join(sorted({*keys, *_pairs([b"", *keys, b""])}))


class Past:
    """The passages of a policy's earlier captures."""

    def __init__(self) -> None:
        self._latest: dict[bytes, str] = {}

    def add(self, capture: str, keys: bytes) -> None:
        """Remember a capture by its name and `passage_keys`; in time order."""
        for start in range(0, len(keys), _BYTES):
            self._latest[keys[start : start + _BYTES]] = capture

    def capture_of(self, keys: Iterable[bytes]) -> str:
        """The capture that had these keys last, empty where one of them is new."""
        found = [self._latest.get(key, "") for key in keys]
        return min(found) if found and all(found) else ""


def returning(change: Change, past: Past) -> Change:
    """`change` with `returns` set on edits whose new text stood in `past` already.

    `past` holds the captures before the older of the two texts, not that one: a text that stands in
    it stands still. Names of captures must sort by time.
    """
    after = [(unit, at) for at, edit in enumerate(change.edits) if edit.kind != "moved-away"
             for unit in edit.new]  # fmt: skip
    keys = [b"", *_keys([unit for unit, _ in after]), b""]
    places: dict[int, list[int]] = {}
    for place, (_, at) in enumerate(after, 1):
        places.setdefault(at, []).append(place)
    edits, place = [], 0
    for at, edit in enumerate(change.edits):
        held = places.get(at, [])
        place = held[-1] if held else place
        edits.append(_told(edit, keys, held or [place], past) if edit.substantive else edit)
    return Change(tuple(edits))


def _told(edit: Edit, keys: Sequence[bytes], held: Sequence[int], past: Past) -> Edit:
    """An edit, with the capture that it returns to; `held`: its new units, or the one before it."""
    asked: list[bytes] = []
    if edit.new and all(_words(unit) >= _KNOWN_WORDS for unit in edit.new):
        asked = [keys[place] for place in held]
    else:
        first = held[0] - 1 if edit.new else held[0]
        asked = _pairs(keys[first : held[-1] + 2])
    return replace(edit, returns=past.capture_of(asked))


def _keys(found: Sequence[Unit]) -> list[bytes]:
    return [_digest("\x1f".join(token.folded for token in tokens(unit)).encode()) for unit in found]


def _pairs(keys: Sequence[bytes]) -> list[bytes]:
    return [_digest(before + b"\0" + after) for before, after in pairwise(keys)]


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_BYTES).digest()


def _words(unit: Unit) -> int:
    return sum(is_word(token.key) for token in tokens(unit))
