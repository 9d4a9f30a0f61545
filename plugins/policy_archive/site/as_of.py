"""The archive as it stood at the end of a year, for comparisons with a time axis."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from policy_archive.archive import Policy
from policy_archive.comparison import tallies
from policy_archive.site.edition import Edition
from policy_archive.topics.taxonomy import Topic

_MOST_POLICIES = 500
"""Larger archives have the picture of all years, but no page for each of them."""


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
    return years(edition)[:-1] if len(edition.policies) <= _MOST_POLICIES else ()


def at_end_of(policy: Policy, year: str) -> Policy | None:
    """`policy` with its snapshots up to the end of `year`; None where there was none yet."""
    entries = tuple(e for e in policy.entries if "" < e.snapshot.captured[:4] <= year)
    return replace(policy, entries=entries) if entries else None


def edition_of(edition: Edition, year: str) -> Edition:
    """The edition that the archive would have been at the end of `year`."""
    found = (at_end_of(policy, year) for policy in edition.policies)
    policies = tuple(policy for policy in found if policy)
    archive = replace(edition.archive, policies=policies)
    figures = tallies(policies, archive.taxonomy)
    return replace(edition, archive=archive, tallies=figures, answering={}, echoing={})


class Past:
    """What the policies said at the end of each year, worked out once for all topics."""

    def __init__(self, edition: Edition) -> None:
        """Keeps figures only."""
        self._figures: dict[str, list[tuple[str, int, int]]] = {
            topic.id: [] for topic in edition.archive.taxonomy.topics
        }
        for year in years(edition):
            found = [p for policy in edition.policies if (p := at_end_of(policy, year))]
            checked = [policy.newest for policy in found if policy.newest.checked]
            for topic, figures in self._figures.items():
                speaking = sum(topic in entry.findings for entry in checked)
                figures.append((year, speaking, len(checked)))

    def of(self, topic: Topic) -> tuple[tuple[str, int, int], ...]:
        """Year, policies that spoke to the topic, policies that were checked."""
        return tuple(self._figures[topic.id])


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
        yield from ((year, number) for number in range(1, edition_of(edition, year).pages + 1))
