"""Which units of two texts are versions of each other, by the words that they share in order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from policy_archive.diff.alignment import matches
from policy_archive.diff.tokens import Side, is_word, size

Group = tuple[Sequence[int], Sequence[int]]
"""Indices of old units and of the new ones that they became; one of both may be empty."""

_SHARED = 0.25
"""Share of the shorter unit's words from which two units are versions of each other."""
_SHARED_WORDS = 4
"""So many of them, or, of short units, `_SHARED_SHORT` of the longer one's."""
_SHARED_SHORT = 0.4
_REPLACED = 0.15
"""Share of words in common from which a text was rewritten in its place, not put there anew."""
_NEAR = 3
"""How many units a rewritten one is looked for in, so that long texts take no longer."""
_MOST_REWRITTEN = 4_000_000
"""Words of one unit times words of the other; longer ones are not said to be rewritten."""


def groups(old: Side, new: Side, left: Sequence[int], right: Sequence[int]) -> Iterator[Group]:
    """Units `left` of the old text with the versions of them in `right` of the new one, in order.

    A unit that was divided stands with all its parts; one without a counterpart stands alone.
    """
    links = _links(old, new, left, right) if left and right else []
    a = b = 0
    for lefts, rights in _merged(links):
        yield from _rewritten(old, new, left[a : lefts.start], right[b : rights.start])
        a, b = lefts.stop, rights.stop
        yield left[lefts.start : a], right[rights.start : b]
    yield from _rewritten(old, new, left[a:], right[b:])


def _links(
    old: Side, new: Side, left: Sequence[int], right: Sequence[int]
) -> list[tuple[int, int]]:
    """Places in `left` and `right` of units that share enough of their words, in order."""
    a = [(token.folded, at) for at, i in enumerate(left) for token in old.tokens(i)]
    b = [(token.folded, at) for at, j in enumerate(right) for token in new.tokens(j)]
    lengths = [len(old.tokens(i)) for i in left], [len(new.tokens(j)) for j in right]
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for match in matches([key for key, _ in a], [key for key, _ in b]):
        pairs = ((a[match.old + n][1], b[match.new + n][1]) for n in range(match.size))
        for (i, j), run in groupby(pairs):
            count = sum(1 for _ in run)
            if count > 1 or min(lengths[0][i], lengths[1][j]) == 1:
                shared[i, j] += count  # other single words in common are chance
    return [
        (i, j)
        for (i, j), count in shared.items()
        if _enough(count, lengths[0][i], lengths[1][j])
        or _whole(old, new, left[i], right[j], count)
    ]


def _enough(shared: int, *lengths: int) -> bool:
    return shared >= _SHARED * min(lengths) and (
        shared >= _SHARED_WORDS or shared >= _SHARED_SHORT * max(lengths)
    )


def _whole(old: Side, new: Side, i: int, j: int, shared: int) -> bool:
    """Whether a short text stands in a longer one whole; of headings that is often chance."""
    least = 4 if "heading" in (old.units[i].kind, new.units[j].kind) else 2
    return shared == min(len(old.tokens(i)), len(new.tokens(j))) >= least


def _merged(links: Iterable[tuple[int, int]]) -> list[tuple[range, range]]:
    """Linked places as ranges of both sides that overlap no other."""
    merged: list[tuple[range, range]] = []
    for i, j in sorted(links):
        lefts, rights = range(i, i + 1), range(j, j + 1)
        if merged and (i < merged[-1][0].stop or j < merged[-1][1].stop):
            last = merged.pop()
            lefts = range(last[0].start, max(last[0].stop, i + 1))
            rights = range(min(last[1].start, j), max(last[1].stop, j + 1))
        merged.append((lefts, rights))
    return merged


def _rewritten(old: Side, new: Side, left: Sequence[int], right: Sequence[int]) -> Iterator[Group]:
    """Units without a counterpart; those that took each other's place are still one change."""
    done = 0
    for i in left:
        near = range(done, min(done + _NEAR, len(right)))
        place = next((n for n in near if _replaces(old, new, i, right[n])), None)
        if place is None:
            yield [i], []
            continue
        yield from (([], [j]) for j in right[done:place])
        yield [i], [right[place]]
        done = place + 1
    yield from (([], [j]) for j in right[done:])


def _replaces(old: Side, new: Side, i: int, j: int) -> bool:
    """Whether two units of one kind, in one place, have more than a few words in common."""
    a, b = old.tokens(i), new.tokens(j)
    if old.units[i].kind != new.units[j].kind or len(a) * len(b) > _MOST_REWRITTEN:
        return False
    common = matches([token.folded for token in a], [token.folded for token in b])
    shared = sum(
        is_word(token.key) for match in common for token in a[match.old : match.old + match.size]
    )
    return shared >= _REPLACED * max(1, min(size(a), size(b)))
