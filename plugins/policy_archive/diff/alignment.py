"""Two sequences aligned by what they have in common, in bounded time and memory."""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

_MOST_CELLS = 4e8
"""Bits of a comparison's table (50 MB); longer texts are first divided where both agree."""

_RUN = 4
"""Items that make an anchor in very long texts where no single one does."""

_DIVISIONS = 20
"""How often what lies between anchors is divided again; two or three times is what long texts take,
a made-up one could take as many as it has words."""


class Match(NamedTuple):
    """What both sequences have: `size` items, from index `old` of one and `new` of the other on."""

    old: int
    new: int
    size: int


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Match]:
    """The longest common subsequence as matches, in order; what lies between them differs.

    Ends in common are taken off first, which most texts have. Of very long texts it is a common
    subsequence, but not always the longest.
    """
    return list(_matches(old, new, _DIVISIONS))


def _matches(old: Sequence[Hashable], new: Sequence[Hashable], divisions: int) -> Iterator[Match]:
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    ids: dict[Hashable, int] = {}
    a = [ids.setdefault(item, len(ids)) for item in old[start : len(old) - end]]
    b = [ids.setdefault(item, len(ids)) for item in new[start : len(new) - end]]
    if start:
        yield Match(0, 0, start)
    for i, j, size in _between(a, b, divisions):
        yield Match(i + start, j + start, size)
    if end:
        yield Match(len(old) - end, len(new) - end, end)


def _between(a: Sequence[int], b: Sequence[int], divisions: int) -> Iterator[Match]:
    """The same without ends in common; very long texts are first divided where both agree."""
    if len(a) * len(b) <= _MOST_CELLS:
        blocks = Indel.opcodes(a, b).as_matching_blocks()
        yield from (Match(block.a, block.b, block.size) for block in blocks if block.size)
        return
    anchors = (_anchors(a, b, 1) or _anchors(a, b, _RUN)) if divisions else []
    i = j = 0
    for anchor in (*anchors, Match(len(a), len(b), 0)) if anchors else ():
        for old, new, size in _matches(a[i : anchor.old], b[j : anchor.new], divisions - 1):
            yield Match(i + old, j + new, size)
        if anchor.size:
            yield anchor
        i, j = anchor.old + anchor.size, anchor.new + anchor.size


def _anchors(a: Sequence[int], b: Sequence[int], size: int) -> list[Match]:
    """Runs of `size` that stand once in each text, as many as keep their order, none overlapping.

    The longest rising sequence, by patience sorting (Fredman, "On computing the length of longest
    increasing subsequences", 1975), as in the patience diff of Bram Cohen.
    """
    single = _single(a, size), _single(b, size)
    both = [(i, single[1][run]) for run, i in single[0].items() if run in single[1]]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(both):
        at = bisect_left(tails, j)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [j], [n]
    found: list[Match] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        i, j = both[n]
        if not found or (i + size <= found[-1].old and j + size <= found[-1].new):
            found.append(Match(i, j, size))
        n = before[n]
    return found[::-1]


def _single(items: Sequence[int], size: int) -> dict[tuple[int, ...], int]:
    """Runs that stand once, with their places, in order."""
    places: dict[tuple[int, ...], int] = {}
    for at in range(len(items) - size + 1):
        run = tuple(items[at : at + size])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}
