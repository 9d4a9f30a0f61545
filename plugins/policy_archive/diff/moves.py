"""Texts that stand elsewhere now: as they were, or with some of their words changed."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policy_archive.diff.change import Edit
from policy_archive.diff.tokens import Side, Token, is_word, size, tokens
from policy_archive.diff.words import compare_words

_MOVED_WORDS = 2
"""Single words (headings such as "Cookies") stand in many places and are not said to move."""
_EDITED_WORDS = 12
"""Words from which a text is recognised elsewhere although it was edited too."""
_SHINGLE = 4
"""Words in a row by which it is recognised (a shingle: Broder, 1997)."""


def exact_moves(
    old: Side, new: Side, removed: Iterable[int], added: Iterable[int]
) -> dict[int, int]:
    """Where units that were `removed` (indices of `old`) were `added` again (indices of `new`)."""
    places: dict[str, deque[int]] = defaultdict(deque)
    for i in removed:
        places[old.key(i)].append(i)
    moves: dict[int, int] = {}
    for j in added:
        found = places.get(new.key(j))
        if found and size(new.tokens(j)) >= _MOVED_WORDS:
            moves[found.popleft()] = j
    return moves


def edited_moves(edits: Sequence[Edit]) -> list[Edit]:
    """`edits` with texts that went and came again elsewhere told as moved.

    A short text that stayed, alone, in one that came from elsewhere does not hold them together.
    """
    went, came = _texts(edits, old=True), _texts(edits, old=False)
    shingles: dict[tuple[str, ...], int] = {}
    for n, text in went.items():
        for shingle in _shingles(text):
            shingles[shingle] = -1 if shingle in shingles else n
    moves: dict[int, int] = {}
    for m, text in came.items():
        votes = _votes(text, shingles)
        n = _origin(text, votes, went, moves)
        if n not in (-1, m) and votes[n] > 2 * max(_kept(edits[n]), _kept(edits[m])):
            moves[n] = m
    origins = {m: n for n, m in moves.items()}
    return [part for at in range(len(edits)) for part in _parts(edits, at, moves, origins)]


def _texts(edits: Sequence[Edit], *, old: bool) -> Mapping[int, list[Token]]:
    """The texts of one side that may have moved, by their edit: those long enough to be known."""
    kinds = ("changed", "removed" if old else "added")
    sides = ((n, edit.old if old else edit.new) for n, edit in enumerate(edits)
             if edit.kind in kinds)  # fmt: skip
    found = {n: tokens(side[0]) for n, side in sides if len(side) == 1}
    return {n: text for n, text in found.items() if size(text) >= _EDITED_WORDS}


def _shingles(text: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    keys = [token.folded for token in text]
    return (tuple(keys[n : n + _SHINGLE]) for n in range(len(keys) - _SHINGLE + 1))


def _votes(text: Sequence[Token], shingles: Mapping[tuple[str, ...], int]) -> dict[int, int]:
    """By edit: how many shingles of `text` stand in its old text, and in no other."""
    votes: dict[int, int] = defaultdict(int)
    for shingle in _shingles(text):
        if (n := shingles.get(shingle, -1)) >= 0:
            votes[n] += 1
    return votes


def _origin(
    text: Sequence[Token],
    votes: Mapping[int, int],
    went: Mapping[int, Sequence[Token]],
    taken: Mapping[int, int],
) -> int:
    """The edit whose old text is mostly in `text`, and `text` in it; -1 where there is none."""
    free = (n for n in votes if n not in taken)
    best = max(free, key=lambda n: (votes[n], -n), default=-1)
    return best if best >= 0 and 2 * votes[best] >= max(len(text), len(went[best])) else -1


def _kept(edit: Edit) -> int:
    """Words that both sides of an edit have."""
    both = (span.old for span in edit.spans if not span.substantive)
    return sum(map(is_word, " ".join(both).split()))


def _parts(
    edits: Sequence[Edit], at: int, moves: Mapping[int, int], origins: Mapping[int, int]
) -> Iterator[Edit]:
    """An edit, or what became of each of its sides."""
    edit = edits[at]
    if at not in moves and at not in origins:
        yield edit
        return
    if at in moves:
        yield Edit("moved-away", edit.old, edits[moves[at]].new)
    elif edit.old:
        yield Edit("removed", edit.old, ())
    if at in origins:
        old = edits[origins[at]].old
        yield Edit("moved", old, edit.new, compare_words(tokens(old[0]), tokens(edit.new[0])))
    elif edit.new:
        yield Edit("added", (), edit.new)
