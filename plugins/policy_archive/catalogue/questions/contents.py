"""What stands on a site, policy by policy, with digests of what each page shows.

One pass over it tells which pages are as they were; nothing else is looked up for those.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from policy_archive.catalogue.catalogue import Catalogue


class SnapshotRow(NamedTuple):
    """A snapshot's page."""

    segment: str
    shown: str
    """Digest of all that the page shows."""
    sha256: str
    captured: str
    original_url: str


class ChangeRow(NamedTuple):
    """A change's page."""

    segment: str
    shown: str
    counts: bool
    """Whether it is a change of the site's own words."""
    replaces: bool
    """Whether the site's words are others behind it: such a change, or a return to older ones."""

    @property
    def before(self) -> str:
        """The segment of the capture that it leads away from."""
        return self.segment.partition("..")[0]

    @property
    def after(self) -> str:
        """The segment of the capture that it leads to."""
        return self.segment.partition("..")[2]


class PolicyRow(NamedTuple):
    """A policy's page, and those below it."""

    id: int
    url: str
    site: str
    kind: str
    shown: str
    newest: str
    """The segment of the newest snapshot."""
    speaking: str
    """That of the one which speaks for the policy."""
    snapshots: Sequence[SnapshotRow]
    """Oldest first, undated ones last."""
    changes: Sequence[ChangeRow]
    """Oldest first."""


_SNAPSHOTS = """
    SELECT p.id, p.url, p.site, p.kind, p.shown, n.segment, t.segment,
        s.segment, s.shown, s.sha256, s.captured, s.original_url
    FROM policies p JOIN snapshots s ON s.policy = p.id AND s.position IS NOT NULL
    JOIN snapshots n ON n.id = p.newest JOIN snapshots t ON t.id = p.speaking {}
    ORDER BY p.collation, s.position
"""
_CHANGES = """
    SELECT c.policy, c.segment, c.shown, NOT c.technical AND c.passages > 0,
        NOT c.technical AND c.passages + c.returned > 0
    FROM changes c JOIN policies p ON p.id = c.policy JOIN snapshots a ON a.id = c.after {}
    ORDER BY p.collation, a.position
"""


def policies(catalogue: Catalogue) -> Iterator[PolicyRow]:
    """Every policy, in the order in which they are listed."""
    return _policies(catalogue, "", ())


def at(catalogue: Catalogue, urls: Sequence[str]) -> Iterator[PolicyRow]:
    """The policies at some addresses."""
    return _policies(catalogue, f"WHERE p.url IN ({', '.join('?' * len(urls))})", tuple(urls))


def of_sites(catalogue: Catalogue, sites: Sequence[str]) -> Iterator[PolicyRow]:
    """All policies of some sites."""
    return _policies(catalogue, f"WHERE p.site IN ({', '.join('?' * len(sites))})", tuple(sites))


def _policies(catalogue: Catalogue, where: str, values: tuple[str, ...]) -> Iterator[PolicyRow]:
    ask = catalogue.connection.execute
    changes = groupby(ask(_CHANGES.format(where), values), key=itemgetter(0))
    next_changed, rows = next(changes, (0, iter(())))
    for policy, group in groupby(ask(_SNAPSHOTS.format(where), values), key=lambda row: row[:7]):
        snapshots = [SnapshotRow(*row[7:]) for row in group]
        own = []
        if next_changed == policy[0]:
            own = [ChangeRow(*row[1:]) for row in rows]
            next_changed, rows = next(changes, (0, iter(())))
        id, url, site, kind, shown, newest, speaking = policy
        yield PolicyRow(id, url, site, kind, shown, newest, speaking, snapshots, own)
