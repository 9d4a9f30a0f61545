"""Texts that stand elsewhere now, among others that stayed."""

import random
from collections.abc import Sequence

from policy_archive.diff import Edit, Unit
from policy_archive.diff.edits import compare_units


def text(letter: str, count: int = 20) -> list[str]:
    """Words that stand nowhere else."""
    return [f"{letter}{n}" for n in range(count)]


def edits(old: Sequence[list[str]], new: Sequence[list[str]]) -> list[Edit]:
    """What became of texts, without those that stayed as they were."""
    sides = ([Unit("paragraph", " ".join(words)) for words in side] for side in (old, new))
    return [edit for edit in compare_units(*sides).edits if edit.kind != "same"]


def kinds(old: Sequence[list[str]], new: Sequence[list[str]]) -> list[str]:
    return [edit.kind for edit in edits(old, new)]


A, B, C, D = (text(letter) for letter in "abcd")
EDITED = [*A[:10], "new", *A[11:]]
"""One word of twenty is another."""


def test_a_text_that_was_edited_is_known_where_it_stands_now() -> None:
    away, moved = edits([A, B, C], [B, C, EDITED])
    assert (away.kind, moved.kind) == ("moved-away", "moved")
    assert (away.old, away.new) == (moved.old, moved.new)
    assert [(s.old, s.new) for s in moved.spans if s.substantive] == [("a10 ", ""), ("", "new ")]


def test_it_is_not_where_half_of_it_is_of_another_text() -> None:
    mixed = [*A[:10], *text("x", 15)]
    assert kinds([A, B, C], [B, C, mixed]) == ["removed", "added"]


def test_one_text_moves_to_one_place() -> None:
    again = [*A[:4], "other", *A[5:]]
    found = {edit.kind: edit for edit in edits([A, B, C], [B, EDITED, C, again])}
    assert sorted(found) == ["added", "moved", "moved-away"]
    assert found["moved"].new[0].text == " ".join(EDITED)


def test_a_text_that_mostly_stayed_did_not_move() -> None:
    stayed = [*A[:12], *text("y", 8)]
    assert kinds([A, B, C], [stayed, B, C, EDITED]) == ["changed", "added"]


def test_short_texts_are_known_elsewhere_only_as_they_were() -> None:
    short = text("s", 6)
    assert kinds([short, B, C], [B, C, short]) == ["moved-away", "moved"]
    assert kinds([short, B, C], [B, C, [*short[:5], "new"]]) == ["removed", "added"]


def test_equal_texts_move_in_their_order() -> None:
    found = edits([A, A, B, C, D], [B, C, D, A, A])
    assert [edit.kind for edit in found] == ["moved-away", "moved-away", "moved", "moved"]


def test_moves_stand_between_their_neighbours_on_both_sides() -> None:
    draw = random.Random(7)
    old = [text(letter) for letter in "abcdefghij"]
    for _ in range(50):
        new = draw.sample(old, len(old))
        found = compare_units(*([Unit("paragraph", " ".join(it)) for it in s] for s in (old, new)))
        here = [edit.new[0].text.split()[0] for edit in found.edits if edit.kind != "moved-away"]
        there = [edit.old[0].text.split()[0] for edit in found.edits if edit.kind != "moved"]
        assert here == [words[0] for words in new]
        assert there == [words[0] for words in old]
