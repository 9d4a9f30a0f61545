"""Texts that stand elsewhere now with some of their words changed, found by runs of words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from policy_archive.diff.words import spans_of
from policy_archive.model import Edit, Unit
from policy_archive.text.tokens import Token, is_word, size, tokens

_LEAST = 12
"""Words from which a text is recognised elsewhere although it was edited too."""
_SHINGLE = 4


def edited_moves(edits: Sequence[Edit]) -> list[Edit]:
    """`edits` with texts that went and came again elsewhere told as moved.

    A short text that stayed, alone, in one that came from elsewhere does not hold them together.
    """
    gone, come = _texts(edits, old=True), _texts(edits, old=False)
    places: dict[tuple[str, ...], int] = {}
    for n, found in gone.items():
        for shingle in _shingles(found):
            places[shingle] = -1 if shingle in places else n
    froms: dict[int, int] = {}
    for m, found in come.items():
        n = _origin(found, places, gone, froms)
        if n >= 0 and n != m:
            shared = _votes(found, places)[n]
            if shared > 2 * max(_kept(edits[n]), _kept(edits[m])):
                froms[n] = m
    tos = {m: n for n, m in froms.items()}
    return [part for at, edit in enumerate(edits) for part in _parts(edits, at, edit, froms, tos)]


def _texts(edits: Sequence[Edit], *, old: bool) -> Mapping[int, list[Token]]:
    """The texts of one side that may have moved, by their edit: those long enough to be known."""
    kinds = ("changed", "removed" if old else "added")
    sides = ((n, e.old if old else e.new) for n, e in enumerate(edits) if e.kind in kinds)
    found = {n: tokens(side[0]) for n, side in sides if len(side) == 1}
    return {n: text for n, text in found.items() if size(text) >= _LEAST}


def _shingles(found: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    keys = [token.folded for token in found]
    return (tuple(keys[n : n + _SHINGLE]) for n in range(len(keys) - _SHINGLE + 1))


def _votes(found: Sequence[Token], places: Mapping[tuple[str, ...], int]) -> dict[int, int]:
    votes: dict[int, int] = defaultdict(int)
    for shingle in _shingles(found):
        if (n := places.get(shingle, -1)) >= 0:
            votes[n] += 1
    return votes


def _origin(
    found: Sequence[Token],
    places: Mapping[tuple[str, ...], int],
    gone: Mapping[int, Sequence[Token]],
    taken: Mapping[int, int],
) -> int:
    """The edit whose old text is mostly in `found`, and `found` in it; -1 where there is none."""
    votes = {n: count for n, count in _votes(found, places).items() if n not in taken}
    best = max(votes, key=lambda n: (votes[n], -n), default=-1)
    return best if best >= 0 and 2 * votes[best] >= max(len(found), len(gone[best])) else -1


def _kept(edit: Edit) -> int:
    """Words that both sides of an edit have."""
    both = (span for span in edit.spans if span.kind in ("same", "cosmetic"))
    return sum(map(is_word, " ".join(span.old for span in both).split()))


def _parts(
    edits: Sequence[Edit], at: int, edit: Edit, froms: Mapping[int, int], tos: Mapping[int, int]
) -> Iterator[Edit]:
    """An edit, or what became of each of its sides."""
    if at not in froms and at not in tos:
        yield edit
        return
    if at in froms:
        yield Edit("moved-away", edit.old, edits[froms[at]].new)
    elif edit.old:
        yield Edit("removed", edit.old, ())
    if at in tos:
        yield _moved(edits[tos[at]].old, edit.new)
    elif edit.new:
        yield Edit("added", (), edit.new)


def _moved(old: tuple[Unit, ...], new: tuple[Unit, ...]) -> Edit:
    return Edit("moved", old, new, spans_of(tokens(old[0]), tokens(new[0])))
