"""A policy's history: which of its snapshots are compared with which, and what that showed.

Captures that look broken are bridged, and said so; a change that only an archive's own tools
caused is technical.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_archive.analysis.speaking import BROKEN
from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.diff import ChangeSummary

_DIP = 0.4
"""A capture with less than this share of the words before and after it lost most of the text."""
_BACK = 0.75
"""Share of the words before a dip from which the text is back after it."""
_AHEAD = 4
"""How many captures a dip may last."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A snapshot of a policy and the next that can be compared with it."""

    before: Entry
    after: Entry
    bridged: tuple[Entry, ...]
    """Captures in between that look broken."""
    since: Entry
    """When the old words were last seen: a technical record is an old capture extracted anew."""

    @property
    def technical(self) -> bool:
        """Whether only the tools of the archive that recorded it caused the change."""
        return self.after.snapshot.technical

    @property
    def segment(self) -> str:
        """The last segment of its URL."""
        return f"{self.before.segment}..{self.after.segment}"


@dataclass(frozen=True, slots=True)
class Step(Pair):
    """A pair that was compared."""

    summary: ChangeSummary
    key: str = ""
    """Of what was made of both texts."""

    @property
    def counts(self) -> bool:
        """Whether it is a change of the site's own words."""
        return self.summary.substantive and not self.technical


def pairs(policy: Policy) -> tuple[Pair, ...]:
    """Consecutive dated snapshots, oldest first; what looks broken between good ones is bridged.

    What looks broken at either end of a history is in no pair: nothing tells yet whether it is.
    """
    entries = [entry for entry in policy.entries if entry.snapshot.captured]
    broken = _broken(entries)
    if all(broken):  # then nothing tells which of them is
        broken = [False] * len(entries)
    good = [at for at in range(len(entries)) if not broken[at]]
    seen = _seen(entries)
    return tuple(
        Pair(
            before=entries[last],
            after=entries[at],
            bridged=tuple(entries[last + 1 : at]),
            since=seen[last],
        )
        for last, at in pairwise(good)
    )


def _seen(entries: Sequence[Entry]) -> list[Entry]:
    """The capture whose text each record holds: a technical one's is the last other one before."""
    seen: list[Entry] = []
    own = None
    for entry in entries:
        if not entry.snapshot.technical:
            own = entry
        seen.append(own or entry)
    return seen


def _broken(entries: Sequence[Entry]) -> list[bool]:
    """Which captures look broken, by their own doubts or beside those around them."""
    broken = [any(notice.code in BROKEN for notice in entry.notices) for entry in entries]
    before = None
    for at, entry in enumerate(entries):
        if before is not None and not broken[at]:
            ahead = (k for k in range(at + 1, min(at + _AHEAD, len(entries))) if not broken[k])
            broken[at] = any(_dips(before, entry, entries[after]) for after in ahead)
        if not broken[at]:
            before = entry
    return broken


def _dips(before: Entry, entry: Entry, after: Entry) -> bool:
    """Whether an entry lacks most of what stood before and stands there again after it."""
    if before.language == after.language not in ("und", entry.language) and entry.language != "und":
        return True
    least = min(before.words, after.words)
    return entry.words < _DIP * least and after.words > _BACK * before.words
