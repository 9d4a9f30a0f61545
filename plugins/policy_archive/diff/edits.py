"""Two texts to the edits between them.

Equal units are aligned first and texts that moved are found; what is left in between is compared
word by word, so that paragraphs which were divided, joined or wrapped anew still meet. Every unit
of both sides is in the result, so it can be applied and reversed.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from policy_archive.diff.alignment import Match, matches
from policy_archive.diff.change import Change, Edit, Unit
from policy_archive.diff.furniture import without_furniture
from policy_archive.diff.moves import edited_moves, exact_moves
from policy_archive.diff.tokens import Side, joined
from policy_archive.diff.units import units
from policy_archive.diff.versions import groups
from policy_archive.diff.words import compare_words
from policy_archive.model import Document


def compare(old: Document, new: Document) -> Change:
    """What makes `new` of `old`."""
    return compare_units(units(old), units(new))


def compare_units(old: Sequence[Unit], new: Sequence[Unit]) -> Change:
    """Like `compare`, for texts that are already divided."""
    if tuple(old) == tuple(new):
        return Change(tuple(Edit("same", (unit,), (unit,)) for unit in old))
    before, after = Side(old), Side(new)
    gaps = [finer for gap in _gaps(old, new) for finer in _finer(gap, before, after)]
    moves = exact_moves(
        before,
        after,
        removed=(i for gap in gaps if not gap.equal for i in gap.old),
        added=(j for gap in gaps if not gap.equal for j in gap.new),
    )
    origins = {j: i for i, j in moves.items()}
    edits: list[Edit] = []
    for gap in gaps:
        if gap.equal:
            pairs = zip(gap.old, gap.new, strict=True)
            edits += (_paired(before, after, i, j) for i, j in pairs)
        else:
            edits += _in_order(_placed(before, after, gap, moves, origins))
    return Change(tuple(_together(without_furniture(edited_moves(edits)))))


class _Gap(NamedTuple):
    """Indices of both sides between units that are equal; or of such units, if `equal`."""

    old: range
    new: range
    equal: bool


def _gaps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[_Gap]:
    """Equal and unequal ranges in order, everything covered."""
    i = j = 0
    for match in (*matches(old, new), Match(len(old), len(new), 0)):
        if i < match.old or j < match.new:
            yield _Gap(range(i, match.old), range(j, match.new), equal=False)
        i, j = match.old + match.size, match.new + match.size
        if match.size:
            yield _Gap(range(match.old, i), range(match.new, j), equal=True)


def _finer(gap: _Gap, before: Side, after: Side) -> Iterator[_Gap]:
    """An unequal range divided where units read the same although they look different."""
    if gap.equal or not gap.old or not gap.new:
        yield gap
        return
    for old, new, equal in _gaps([*map(before.key, gap.old)], [*map(after.key, gap.new)]):
        yield _Gap(gap.old[old.start : old.stop], gap.new[new.start : new.stop], equal)


def _paired(before: Side, after: Side, i: int, j: int) -> Edit:
    """Units with equal keys: the same, or the same but for their look or their capitals."""
    old, new = before.units[i], after.units[j]
    if old == new:
        return Edit("same", (old,), (new,))
    spans = compare_words(before.tokens(i), after.tokens(j))
    return Edit(
        "changed" if any(s.substantive for s in spans) else "cosmetic", (old,), (new,), spans
    )


class _Placed(NamedTuple):
    """An edit, and where it stands on each side: indices, -1 for nowhere."""

    old: int
    new: int
    edit: Edit


def _placed(
    before: Side, after: Side, gap: _Gap, moves: Mapping[int, int], origins: Mapping[int, int]
) -> Iterator[_Placed]:
    """The edits of one gap; what moved is taken out before the rest is compared."""
    for i in gap.old:
        if i in moves:
            edit = Edit("moved-away", (before.units[i],), (after.units[moves[i]],))
            yield _Placed(i, -1, edit)
    left = [i for i in gap.old if i not in moves]
    right = [j for j in gap.new if j not in origins]
    for lefts, rights in groups(before, after, left, right):
        old = tuple(before.units[i] for i in lefts)
        new = tuple(after.units[j] for j in rights)
        yield _Placed(lefts[0] if lefts else -1, rights[0] if rights else -1, _edit(old, new))
    for j in gap.new:
        if j in origins:
            i = origins[j]
            spans = compare_words(before.tokens(i), after.tokens(j))
            yield _Placed(-1, j, Edit("moved", (before.units[i],), (after.units[j],), spans))


def _edit(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> Edit:
    """What made the units `new` of their versions `old`."""
    if not old or not new:
        return Edit("added" if new else "removed", old, new)
    spans = compare_words(joined(old), joined(new))
    if not any(span.substantive for span in spans):
        return Edit("cosmetic", old, new, spans)
    # Where a sentence follows, what ended the one before is part of both.
    spans = compare_words(joined(old, ends=False), joined(new, ends=False))
    return Edit("changed", old, new, spans)


def _together(edits: Iterable[Edit]) -> Iterator[Edit]:
    """`edits` with items or rows that were added or removed in a row told as one."""
    for (kind, part), group in groupby(edits, key=lambda edit: (edit.kind, _part(edit))):
        run = list(group)
        if part and kind in ("added", "removed") and len(run) > 1:
            old = tuple(unit for it in run for unit in it.old)
            new = tuple(unit for it in run for unit in it.new)
            yield Edit(kind, old, new)
        else:
            yield from run


def _part(edit: Edit) -> str:
    """`item` or `row` where an edit is of nothing else."""
    kinds = {unit.kind for unit in (*edit.old, *edit.new)}
    return kinds.pop() if kinds in ({"item"}, {"row"}) else ""


def _in_order(placed: Iterable[_Placed]) -> Iterator[Edit]:
    """Edits in the order of both sides: one without an old place follows its new neighbours."""
    found = list(placed)
    news = sorted((it for it in found if it.old < 0), key=lambda it: it.new)
    done = 0
    for it in sorted((it for it in found if it.old >= 0), key=lambda it: it.old):
        while it.new >= 0 and done < len(news) and news[done].new < it.new:
            yield news[done].edit
            done += 1
        yield it.edit
    yield from (it.edit for it in news[done:])
