"""The archive as it stood at the end of a year, for comparisons with a time axis."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.comparison import tallies
from policy_archive.pages.edition import Edition
from policy_archive.topics.taxonomy import Topic

MOST_POLICIES = 5_000
"""Larger archives have the picture of all years, but no pages for each of them: these repeat every
policy for each topic and year, which is half of what the snapshots themselves take."""


def years(edition: Edition) -> tuple[str, ...]:
    """The years that a comparison can go back to; none where no policy has a past to show."""
    spans = [
        {entry.snapshot.captured[:4] for entry in policy.entries if entry.snapshot.captured}
        for policy in edition.policies
    ]
    if not any(len(span) > 1 for span in spans):
        return ()
    captured = set().union(*spans)
    return tuple(str(year) for year in range(int(min(captured)), int(max(captured)) + 1))


def page_years(edition: Edition) -> tuple[str, ...]:
    """The years that have pages of their own: all but the last, whose end is now."""
    return years(edition)[:-1] if len(edition.policies) <= MOST_POLICIES else ()


def at_end_of(policy: Policy, year: str) -> Policy | None:
    """`policy` with its snapshots up to the end of `year`; None where there was none yet."""
    entries = tuple(e for e in policy.entries if "" < e.snapshot.captured[:4] <= year)
    return replace(policy, entries=entries) if entries else None


class Past:
    """What the policies said at the end of each year, worked out once for all topics and pages."""

    def __init__(self, edition: Edition) -> None:
        """Keeps figures, and the archive of a year once a page of that year asks for it."""
        self._edition = edition
        self._editions: dict[str, Edition] = {}
        self._years = years(edition)
        self._checked = Counter[str]()
        self._speaking: dict[str, Counter[str]] = {
            topic.id: Counter() for topic in edition.archive.taxonomy.topics
        }
        for policy in edition.policies if self._years else ():
            for entry, lasting in _spans(policy, self._years):
                self._count(entry, lasting)

    def _count(self, entry: Entry, lasting: Sequence[str]) -> None:
        if entry.checked:
            self._checked.update(lasting)
            for topic in entry.findings.keys() & self._speaking.keys():
                self._speaking[topic].update(lasting)

    def of(self, topic: Topic) -> tuple[tuple[str, int, int], ...]:
        """Year, policies that spoke to the topic, policies that were checked."""
        speaking = self._speaking[topic.id]
        return tuple((year, speaking[year], self._checked[year]) for year in self._years)

    def edition(self, year: str) -> Edition:
        """The edition that the archive would have been at the end of `year`."""
        if year not in self._editions:
            self._editions[year] = _at_end_of(self._edition, year)
        return self._editions[year]


def _at_end_of(whole: Edition, year: str) -> Edition:
    found = (at_end_of(policy, year) for policy in whole.policies)
    policies = tuple(policy for policy in found if policy)
    archive = replace(whole.archive, policies=policies)
    figures = tallies(policies, archive.taxonomy)
    return replace(whole, archive=archive, tallies=figures, answering={}, echoing={})


def _spans(policy: Policy, all_years: Sequence[str]) -> Iterator[tuple[Entry, Sequence[str]]]:
    """The last snapshot of each year, with the years until another took its place."""
    last = {e.snapshot.captured[:4]: e for e in policy.entries if e.snapshot.captured}
    starts = [all_years.index(year) for year in last]
    for entry, (start, end) in zip(last.values(), pairwise([*starts, len(all_years)]), strict=True):
        yield entry, all_years[start:end]


class _Same:
    """An edition by identity, since its figures are worked out once a build."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __hash__(self) -> int:
        return id(self.edition.archive)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.edition.archive is self.edition.archive


@lru_cache(maxsize=1)
def _past(edition: _Same) -> Past:
    return Past(edition.edition)


def past(edition: Edition) -> Past:
    """The figures of all years."""
    return _past(_Same(edition))


def numbers(edition: Edition) -> Iterator[tuple[str, int]]:
    """Year and page number of every comparison in the past."""
    for year in page_years(edition):
        pages = past(edition).edition(year).pages
        yield from ((year, number) for number in range(1, pages + 1))
