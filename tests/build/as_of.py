"""What `catalogue.timeline` must say of years, worked out in memory."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from policy_archive.catalogue.archive import Entry, Policy

from .comparison import findings


def years_of(policies: Sequence[Policy]) -> tuple[str, ...]:
    """The years that a comparison can go back to; none where no policy has a past to show."""
    spans = [
        {entry.snapshot.captured[:4] for entry in policy.entries if entry.snapshot.captured}
        for policy in policies
    ]
    if not any(len(span) > 1 for span in spans):
        return ()
    captured = set().union(*spans)
    return tuple(str(year) for year in range(int(min(captured)), int(max(captured)) + 1))


def at_end_of(policy: Policy, year: str) -> Policy | None:
    """`policy` with its snapshots up to the end of `year`; None where there was none yet."""
    entries = tuple(e for e in _sound(policy) if e.snapshot.captured[:4] <= year)
    return replace(policy, entries=entries) if entries else None


class YearFigures:
    """How many policies spoke to each topic at the end of each year, counted once."""

    def __init__(self, policies: Sequence[Policy], topics: Sequence[str]) -> None:
        """`topics` are ids."""
        self.years = years_of(policies)
        self._checked = Counter[str]()
        self._speaking: dict[str, Counter[str]] = {topic: Counter() for topic in topics}
        for policy in policies if self.years else ():
            for entry, lasting in _spans(policy, self.years):
                self._count(entry, lasting)

    def _count(self, entry: Entry, lasting: Sequence[str]) -> None:
        if entry.checked:
            self._checked.update(lasting)
            for topic in findings(entry).keys() & self._speaking.keys():
                self._speaking[topic].update(lasting)

    def of(self, topic: str) -> tuple[tuple[str, int, int], ...]:
        """Year, policies that spoke to the topic, policies that were checked."""
        speaking = self._speaking[topic]
        return tuple((year, speaking[year], self._checked[year]) for year in self.years)


def _spans(policy: Policy, all_years: Sequence[str]) -> Iterator[tuple[Entry, Sequence[str]]]:
    """The last snapshot of each year, with the years until another took its place."""
    last = {e.snapshot.captured[:4]: e for e in _sound(policy)}
    starts = [all_years.index(year) for year in last]
    for entry, (start, end) in zip(last.values(), pairwise([*starts, len(all_years)]), strict=True):
        yield entry, all_years[start:end]


def _sound(policy: Policy) -> list[Entry]:
    """The dated snapshots that can speak for the policy."""
    return [e for e, fault in zip(policy.entries, policy.faults, strict=False) if not fault]
