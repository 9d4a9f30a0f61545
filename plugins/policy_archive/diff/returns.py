"""Texts that stood before: what only goes back to an earlier capture is no news.

Regional notices and A/B tests come and go; what they bring is told as changed the first time only.
Of each text a few bytes a passage are kept (`passage_keys`), so that no earlier one is read again.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from policy_archive.diff.change import Change, Edit, Unit
from policy_archive.diff.tokens import OF_ADDRESSES
from policy_archive.diff.units import units
from policy_archive.model import Document
from policy_archive.text.words import words

_BYTES = 6
"""Of a key: two passages in a hundred million are taken for each other."""
_KNOWN_WORDS = 8
"""Words from which a passage is known wherever it stands; shorter ones with their neighbours."""
_ADDRESS = re.compile(
    r"\[email.protected\]|\[?\(email protected[^()]{0,150}\)(?:\]\(mailto:\(email[^()]{0,150}\)\))?"
    r"|\S*@\S*"
    r"|[\w.+-]{1,64}\s?[\[(]at[\])]\s?[\w-]{1,63}(?:(?:\s?[\[(]dot[\])]\s?|\.)[\w-]{1,63}){1,4}"
)
"""An e-mail address, or what hides one from robots."""
_EDGE = bytes(_BYTES)
"""Stands before the first passage of a text and after its last."""


def passage_keys(document: Document) -> bytes:
    """What a text is known by later: six bytes a passage, in order.

    Looks, marks and hidden addresses make no difference.
    """
    return b"".join(map(_key, units(document)))


class Past:
    """The passages of a policy's earlier captures, each alone and beside the one behind it."""

    def __init__(self) -> None:
        self._latest: dict[bytes, str] = {}

    def add(self, capture: str, keys: bytes) -> None:
        """Remember a capture by its name and `passage_keys`; in time order."""
        self._latest.update(dict.fromkeys(_known_by(keys), capture))

    def of(self, old: bytes, new: bytes) -> Mapping[bytes, str]:
        """What `returning` asks of two later texts, by their `passage_keys`.

        That is, of passages and neighbours that `new` alone has: the last capture that had them.
        """
        here = set(_known_by(old))
        latest = self._latest
        return {key: latest[key] for key in _known_by(new) if key in latest and key not in here}


def returning(change: Change, past: Mapping[bytes, str]) -> Change:
    """`change` with `returns` set on edits whose new text stood before.

    `past` holds the captures before the older of the two texts, not that one: a text that stands in
    it stands still, and says neither that something returns nor that it does not. Names of captures
    must sort by time.
    """
    if not past:
        return change
    after = [(unit, at) for at, edit in enumerate(change.edits) if edit.kind != "moved-away"
             for unit in edit.new]  # fmt: skip
    keys = [_EDGE, *(_key(unit) for unit, _ in after), _EDGE]
    before = (unit for edit in change.edits if edit.kind != "moved" for unit in edit.old)
    standing = frozenset(_known_by(b"".join(map(_key, before))))
    places: dict[int, list[int]] = {}
    for place, (_, at) in enumerate(after, 1):
        places.setdefault(at, []).append(place)
    edits, place = [], 0
    for at, edit in enumerate(change.edits):
        held = places.get(at, [])
        place = held[-1] if held else place
        if not edit.substantive:
            edits.append(edit)
            continue
        asked = _asked(edit, keys, held or [place])
        found = [past.get(key, "") for key in asked if key not in standing]
        edits.append(replace(edit, returns=min(found) if found and all(found) else ""))
    return Change(tuple(edits))


def _asked(edit: Edit, keys: Sequence[bytes], held: Sequence[int]) -> Sequence[bytes]:
    """By what an edit's new text is known; `held`: its new units, or the one before it."""
    if edit.new and all(len(_words(unit)) >= _KNOWN_WORDS for unit in edit.new):
        return [keys[place] for place in held]
    first = held[0] - 1 if edit.new else held[0]
    return [one + other for one, other in pairwise(keys[first : held[-1] + 2])]


def _known_by(keys: bytes) -> Iterator[bytes]:
    """Each passage's key, and each two neighbours' together."""
    single = [keys[start : start + _BYTES] for start in range(0, len(keys), _BYTES)]
    yield from single
    yield from (one + other for one, other in pairwise([_EDGE, *single, _EDGE]))


def _key(unit: Unit) -> bytes:
    return hashlib.blake2b(" ".join(_words(unit)).encode(), digest_size=_BYTES).digest()


def _words(unit: Unit) -> Sequence[str]:
    """The words of a unit as they are compared here: without marks, case, number and addresses."""
    text = unit.text
    if any(map(text.__contains__, OF_ADDRESSES)):
        text = _ADDRESS.sub(" ", text)
    found = words(text)
    first = next((n for n, word in enumerate(found) if len(word) > 1 and not word.isdigit()), 0)
    return found[first:]


def latest(captures: Iterable[str]) -> str:
    """Of the captures that passages return to, the one most of them do; the later of equal ones."""
    counts: dict[str, int] = {}
    for capture in captures:
        counts[capture] = counts.get(capture, 0) + 1
    return max(counts, key=lambda it: (counts[it], it), default="")
