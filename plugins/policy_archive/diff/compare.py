"""Two versions of a document to what changed between them.

Equal units are aligned first and texts that moved are found; what is left in between is compared
word by word, so that paragraphs which were divided, joined or wrapped anew still meet. Every unit
of both sides is in the result, so it can be applied and reversed.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from policy_archive.diff.alignment import opcodes
from policy_archive.diff.moves import edited_moves
from policy_archive.diff.units import units
from policy_archive.diff.words import spans_of
from policy_archive.model import Change, Document, Edit, Span, Unit
from policy_archive.text.tokens import Token, is_word, joined, size, tokens

_MOVED_WORDS = 2
"""Single words (headings such as "Cookies") stand in many places and are not said to move."""
_REPLACED = 0.15
"""Share of words in common from which a text was rewritten in its place, not put there anew."""
_NEAR = 3
"""How many units a rewritten one is looked for in, so that long texts take no longer."""
_MOST_REWRITTEN = 4_000_000


def compare(old: Document, new: Document) -> Change:
    """What makes `new` of `old`."""
    return compare_units(units(old), units(new))


def apply(change: Change, old: Sequence[Unit]) -> tuple[Unit, ...]:
    """The new text that `change` makes of `old`.

    Raises:
        ValueError: it was made for another text.
    """
    if tuple(unit for edit in change.edits if edit.kind != "moved" for unit in edit.old) != tuple(
        old
    ):
        raise ValueError("this change was made for another text")
    return tuple(u for edit in change.edits if edit.kind != "moved-away" for u in edit.new)


_BACK = {"added": "removed", "removed": "added", "moved": "moved-away", "moved-away": "moved"}


def reverse(change: Change) -> Change:
    """The change that undoes `change`."""
    return Change(
        tuple(
            Edit(
                _BACK.get(edit.kind, edit.kind),  # type: ignore[arg-type]
                edit.new,
                edit.old,
                tuple(
                    Span(_BACK.get(kind, kind), new, old)  # type: ignore[arg-type]
                    for kind, old, new in edit.spans
                ),
            )
            for edit in change.edits
        )
    )


class _Side:
    """One of the two texts; units that are equal on both sides are never divided into words."""

    def __init__(self, found: Sequence[Unit]) -> None:
        self.units = found
        self._tokens: dict[int, list[Token]] = {}

    def tokens(self, at: int) -> list[Token]:
        if at not in self._tokens:
            self._tokens[at] = tokens(self.units[at])
        return self._tokens[at]

    def keys(self, start: int, end: int) -> list[str]:
        """What the units in a range are compared by: their words, whatever they look like."""
        return ["\x1f".join([t.folded for t in self.tokens(at)]) for at in range(start, end)]


class _Gap(NamedTuple):
    """Ranges of both sides between units that are equal."""

    old: tuple[int, int]
    new: tuple[int, int]
    equal: bool


def compare_units(old: Sequence[Unit], new: Sequence[Unit]) -> Change:
    """Like `compare`, for texts that are already divided."""
    if tuple(old) == tuple(new):
        return Change(tuple(Edit("same", (unit,), (unit,)) for unit in old))
    one, other = _Side(old), _Side(new)
    gaps = [finer for gap in _gaps(old, new) for finer in _finer(gap, one, other)]
    moves = _moves(one, other, gaps)
    edits: list[Edit] = []
    for gap in gaps:
        if gap.equal:
            pairs = zip(range(*gap.old), range(*gap.new), strict=True)
            edits += (_paired(one, other, i, j) for i, j in pairs)
        else:
            edits += _compared(one, other, gap, moves)
    return Change(tuple(edited_moves(edits)))


def _gaps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[_Gap]:
    """Alternating equal and unequal ranges, everything covered."""
    merged: list[_Gap] = []
    for code in opcodes(old, new):
        equal = code.tag == "equal"
        gap = _Gap((code.src_start, code.src_end), (code.dest_start, code.dest_end), equal)
        if merged and not equal and not merged[-1].equal:
            last = merged.pop()
            gap = _Gap((last.old[0], gap.old[1]), (last.new[0], gap.new[1]), equal)
        merged.append(gap)
    yield from merged


def _finer(gap: _Gap, one: _Side, other: _Side) -> Iterator[_Gap]:
    """An unequal range divided where units read the same although they look different."""
    if gap.equal or gap.old[0] == gap.old[1] or gap.new[0] == gap.new[1]:
        yield gap
        return
    i, j = gap.old[0], gap.new[0]
    for (a, b), (c, d), equal in _gaps(one.keys(*gap.old), other.keys(*gap.new)):
        yield _Gap((i + a, i + b), (j + c, j + d), equal)


def _moves(one: _Side, other: _Side, gaps: Iterable[_Gap]) -> dict[tuple[str, int], int]:
    """Units that are elsewhere now: `("old", i)` to j and `("new", j)` to i."""
    gone: dict[str, list[int]] = defaultdict(list)
    open_gaps = [gap for gap in gaps if not gap.equal]
    for gap in open_gaps:
        for i, key in zip(range(*gap.old), one.keys(*gap.old), strict=True):
            gone[key].append(i)
    moves: dict[tuple[str, int], int] = {}
    for gap in open_gaps:
        for j, key in zip(range(*gap.new), other.keys(*gap.new), strict=True):
            places = gone.get(key)
            if places and size(other.tokens(j)) >= _MOVED_WORDS:
                i = places.pop(0)
                moves["old", i], moves["new", j] = j, i
    return moves


def _paired(one: _Side, other: _Side, i: int, j: int) -> Edit:
    """Units with equal keys: the same, or the same but for their look or their capitals."""
    old, new = one.units[i], other.units[j]
    if old == new:
        return Edit("same", (old,), (new,))
    spans = spans_of(one.tokens(i), other.tokens(j))
    return Edit("changed" if _differ(spans) else "cosmetic", (old,), (new,), spans)


def _differ(spans: Iterable[Span]) -> bool:
    return any(span.kind in ("added", "removed") for span in spans)


def _compared(
    one: _Side, other: _Side, gap: _Gap, moves: dict[tuple[str, int], int]
) -> Iterator[Edit]:
    """The edits of one gap; what moved is taken out before the rest is compared."""
    left = [i for i in range(*gap.old) if ("old", i) not in moves]
    right = [j for j in range(*gap.new) if ("new", j) not in moves]
    placed: list[tuple[float, float, Edit]] = []
    for i in range(*gap.old):
        if (j := moves.get(("old", i))) is not None:
            placed.append((i, -1, Edit("moved-away", (one.units[i],), (other.units[j],))))
    for lefts, rights in _components(one, other, left, right):
        placed.append((lefts[0] if lefts else -1, rights[0] if rights else -1,
                       _edit(one, other, lefts, rights)))  # fmt: skip
    for j in range(*gap.new):
        if (i_ := moves.get(("new", j))) is not None:
            spans = spans_of(one.tokens(i_), other.tokens(j))
            edit = Edit("moved", (one.units[i_],), (other.units[j],), spans)
            placed.append((-1, j, edit))
    yield from _in_order(placed)


def _in_order(placed: list[tuple[float, float, Edit]]) -> Iterator[Edit]:
    """Edits in the order of both sides: one without an old place follows its new neighbours."""
    olds = sorted((it for it in placed if it[0] >= 0), key=lambda it: it[0])
    news = sorted((it for it in placed if it[0] < 0), key=lambda it: it[1])
    for at in olds:
        while at[1] >= 0 and news and news[0][1] < at[1]:
            yield news.pop(0)[2]
        yield at[2]
    yield from (it[2] for it in news)


def _edit(one: _Side, other: _Side, lefts: Sequence[int], rights: Sequence[int]) -> Edit:
    old = tuple(one.units[i] for i in lefts)
    new = tuple(other.units[j] for j in rights)
    if not old or not new:
        return Edit("added" if new else "removed", old, new)
    spans = spans_of(joined(old), joined(new))
    if not _differ(spans):
        return Edit("cosmetic", old, new, spans)
    # Where a sentence follows, what ended the one before is part of both.
    return Edit("changed", old, new, spans_of(joined(old, ends=False), joined(new, ends=False)))


Component = tuple[list[int], list[int]]


def _components(
    one: _Side, other: _Side, left: Sequence[int], right: Sequence[int]
) -> Iterator[Component]:
    """Groups of units that share words, in order; units without a counterpart stand alone."""
    links = _links(one, other, left, right) if left and right else []
    a = b = 0
    for (a1, a2), (b1, b2) in _merged(links):
        yield from _rewritten(one, other, left[a:a1], right[b:b1])
        yield [left[i] for i in range(a1, a2)], [right[j] for j in range(b1, b2)]
        a, b = a2, b2
    yield from _rewritten(one, other, left[a:], right[b:])


def _rewritten(
    one: _Side, other: _Side, left: Sequence[int], right: Sequence[int]
) -> Iterator[Component]:
    """Units without a counterpart; those that took each other's place are still one change."""
    done = 0
    for i in left:
        near = range(done, min(done + _NEAR, len(right)))
        place = next((n for n in near if _replaces(one, other, i, right[n])), None)
        if place is None:
            yield [i], []
            continue
        yield from (([], [j]) for j in right[done:place])
        yield [i], [right[place]]
        done = place + 1
    yield from (([], [j]) for j in right[done:])


def _replaces(one: _Side, other: _Side, i: int, j: int) -> bool:
    """Whether two units of one kind, in one place, have more than a few words in common."""
    a, b = one.tokens(i), other.tokens(j)
    if one.units[i].kind != other.units[j].kind or len(a) * len(b) > _MOST_REWRITTEN:
        return False
    codes = opcodes([token.folded for token in a], [token.folded for token in b])
    shared = sum(
        is_word(token.key)
        for c in codes
        if c.tag == "equal"
        for token in a[c.src_start : c.src_end]
    )
    return shared >= _REPLACED * max(1, min(size(a), size(b)))


def _merged(
    links: Iterable[tuple[int, int]],
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Linked pairs as ranges of both sides that overlap no other."""
    ranges: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for i, j in sorted(links):
        if ranges and (i < ranges[-1][0][1] or j < ranges[-1][1][1]):
            (a1, a2), (b1, b2) = ranges.pop()
            ranges.append(((a1, max(a2, i + 1)), (min(b1, j), max(b2, j + 1))))
        else:
            ranges.append(((i, i + 1), (j, j + 1)))
    return ranges


def _links(
    one: _Side, other: _Side, left: Sequence[int], right: Sequence[int]
) -> list[tuple[int, int]]:
    """Which units of a gap share enough of their words, in order, to be versions of each other."""
    a = [(token.folded, at) for at, i in enumerate(left) for token in one.tokens(i)]
    b = [(token.folded, at) for at, j in enumerate(right) for token in other.tokens(j)]
    sizes = [len(one.tokens(i)) for i in left], [len(other.tokens(j)) for j in right]
    titles = (
        {at for at, i in enumerate(left) if one.units[i].kind == "heading"},
        {at for at, j in enumerate(right) if other.units[j].kind == "heading"},
    )
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for code in opcodes([key for key, _ in a], [key for key, _ in b]):
        if code.tag != "equal":
            continue
        steps = range(code.src_end - code.src_start)
        pairs = ((a[code.src_start + n][1], b[code.dest_start + n][1]) for n in steps)
        for pair, run in groupby(pairs):
            count = sum(1 for _ in run)
            if count > 1 or min(sizes[0][pair[0]], sizes[1][pair[1]]) == 1:
                shared[pair] += count  # other single words in common are chance
    return [
        (a, b)
        for (a, b), n in shared.items()
        if _alike(n, sizes[0][a], sizes[1][b])
        # A short text that stands in a longer one whole, but for headings.
        or (n == min(sizes[0][a], sizes[1][b]) >= (4 if a in titles[0] or b in titles[1] else 2))
    ]


def _alike(shared: int, *sizes: int) -> bool:
    return shared >= 0.25 * min(sizes) and (shared >= 4 or shared >= 0.4 * max(sizes))
