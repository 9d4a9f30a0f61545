"""Two sequences aligned by what they have in common, in bounded time and memory."""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

_MOST_CELLS = 4e8
"""Bits of a comparison's table (50 MB); longer texts are first divided where both agree."""

_RUN = 4
"""Items that make an anchor in very long texts where no single one does."""


class Code(NamedTuple):
    """A step from one sequence to the other: `equal`, `delete` or `insert`, and both ranges."""

    tag: str
    src_start: int
    src_end: int
    dest_start: int
    dest_end: int


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Code]:
    """Longest common subsequence; ends in common are taken off first, which most texts have."""
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    names: dict[Hashable, int] = {}
    a = [names.setdefault(key, len(names)) for key in old[start : len(old) - end]]
    b = [names.setdefault(key, len(names)) for key in new[start : len(new) - end]]
    codes = [Code("equal", 0, start, 0, start)] if start else []
    codes += (
        Code(tag, i1 + start, i2 + start, j1 + start, j2 + start)
        for tag, i1, i2, j1, j2 in _between(a, b)
    )
    if end:
        codes.append(Code("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return codes


def _between(a: Sequence[int], b: Sequence[int]) -> Iterator[Code]:
    """The same without ends in common; very long texts are first divided where both agree."""
    if len(a) * len(b) <= _MOST_CELLS:
        yield from (Code(*code) for code in Indel.opcodes(a, b).as_list())
        return
    anchors = _anchors(a, b, 1) or _anchors(a, b, _RUN)
    i = j = 0
    for i2, j2, size in (*anchors, (len(a), len(b), 0)):
        if anchors:
            for tag, a1, a2, b1, b2 in opcodes(a[i:i2], b[j:j2]):
                yield Code(tag, a1 + i, a2 + i, b1 + j, b2 + j)
        else:
            yield Code("delete", 0, len(a), 0, 0)
            yield Code("insert", len(a), len(a), 0, len(b))
        if size:
            yield Code("equal", i2, i2 + size, j2, j2 + size)
        i, j = i2 + size, j2 + size


def _anchors(a: Sequence[int], b: Sequence[int], size: int) -> list[tuple[int, int, int]]:
    """Runs of `size` that stand once in each text, as many as keep their order, none overlapping.

    The longest rising sequence, by patience sorting.
    """
    places = [_single(a, size), _single(b, size)]
    both = [(i, places[1][run]) for run, i in places[0].items() if run in places[1]]
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(both):
        at = bisect_left(tails, j)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1], ends[at : at + 1] = [j], [n]
    found: list[tuple[int, int, int]] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        i, j = both[n]
        if not found or (i + size <= found[-1][0] and j + size <= found[-1][1]):
            found.append((i, j, size))
        n = before[n]
    return found[::-1]


def _single(keys: Sequence[int], size: int) -> dict[tuple[int, ...], int]:
    """Runs that stand once, with their places, in order."""
    places: dict[tuple[int, ...], int] = {}
    for at in range(len(keys) - size + 1):
        run = tuple(keys[at : at + size])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}
