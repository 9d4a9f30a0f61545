"""How snapshots are divided into shards, each of which is an index of its own.

An index takes memory while it is made, half a megabyte a policy, so a large archive needs several.
Shards lie one after the other in time: sorted by date, results are theirs one after the other, and
a reader's browser begins with the newest and goes on only as far as it has to.

Where one shard ends and the next begins depends on the snapshots there (as in rsync), not on how
many there are before: a snapshot that is added or edited changes its own shard and no other.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions import listings

_LEAST = 6_000_000
"""Words in a shard, about 3,000 policies; fewer make no shard of their own."""
_MOST = 12_000_000
"""About 6,000 policies, for which Pagefind takes 3 GB."""
_ONE_IN = 1_500
"""From the least on, one snapshot in so many ends a shard."""


class Member(NamedTuple):
    """A snapshot in its policy."""

    id: int
    """The policy's in the catalogue."""
    url: str
    site: str
    kind: str
    position: int
    """In the policy."""
    segment: str
    captured: str
    words: int
    key: str
    corrections: str


class Shard(NamedTuple):
    """Snapshots that are indexed together."""

    key: str
    """Names all that the index is made of."""
    members: tuple[Member, ...]

    @property
    def span(self) -> tuple[str, str]:
        """The first and last day of capture; empty where there is none."""
        days = [member.captured[:8] for member in self.members]
        return min(days), max(days)


def divided(catalogue: Catalogue, shared: Mapping[str, str]) -> list[Shard]:
    """The shards of an archive, oldest captures first and undated ones before them."""
    members = [Member(*row) for row in listings.snapshots_in_time(catalogue)]
    return [
        Shard(_key(group, shared), tuple(group))
        for group in groups((member, member.words, _ends(member)) for member in members)
    ]


def groups(
    members: Iterable[tuple[Member, int, bool]], least: int = _LEAST, most: int = _MOST
) -> Iterator[list[Member]]:
    """Members, each with its words and whether a group may end there, in groups."""
    group: list[Member] = []
    held = 0
    for member, words, ends in members:
        group.append(member)
        held += words
        if (ends and held >= least) or held >= most:
            yield group
            group, held = [], 0
    if group:
        yield group


def digest(parts: object) -> str:
    """A short name for `parts`, as an index is known by."""
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()[:16]


def _identity(member: Member) -> tuple[str, str]:
    return member.url, member.segment


def _ends(member: Member) -> bool:
    # By name, so that an edited text leaves the shards around it as they are.
    name = "\0".join(_identity(member)).encode()
    return int.from_bytes(hashlib.sha256(name).digest()[:4]) % _ONE_IN == 0


def _key(group: list[Member], shared: Mapping[str, str]) -> str:
    parts = [(it.site, *_identity(it), it.key, it.corrections) for it in group]
    return digest((parts, sorted(shared.items())))
