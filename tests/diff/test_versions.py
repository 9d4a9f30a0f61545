"""Which units are versions of each other, from words made up for it."""

from collections.abc import Sequence

from policy_archive.diff import Unit
from policy_archive.diff.tokens import Side
from policy_archive.diff.versions import groups


def numbered(letter: str, count: int) -> list[str]:
    """Words that stand nowhere else."""
    return [f"{letter}{n}" for n in range(count)]


def paragraph(*words: str) -> Unit:
    return Unit("paragraph", " ".join(words))


def found(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[list[int], list[int]]]:
    sides = groups(Side(old), Side(new), range(len(old)), range(len(new)))
    return [(list(lefts), list(rights)) for lefts, rights in sides]


TOGETHER, APART = [([0], [0])], [([0], []), ([], [0])]


def scattered(letter: str, count: int, every: int) -> list[str]:
    """Words of which some are those of another text, none of them next to another."""
    return [f"both{n}" if n % every == 0 else f"{letter}{n}" for n in range(count)]


def test_a_quarter_of_the_words_in_a_row_makes_a_version() -> None:
    def sharing(count: int) -> list[tuple[list[int], list[int]]]:
        shared = numbered("s", count)
        one = paragraph(*shared, *numbered("a", 40 - count))
        other = Unit("item", " ".join([*shared, *numbered("b", 60 - count)]))
        return found([one], [other])

    assert sharing(10) == TOGETHER
    assert sharing(9) == APART


def test_of_short_texts_it_must_be_more() -> None:
    def sharing(count: int, size: int) -> list[tuple[list[int], list[int]]]:
        shared = numbered("s", count)
        one = paragraph(*shared, *numbered("a", size - count))
        return found([one], [Unit("item", " ".join([*shared, *numbered("b", size - count)]))])

    assert sharing(3, 7) == TOGETHER
    assert sharing(3, 8) == APART
    assert sharing(4, 16) == TOGETHER


def test_single_words_in_common_are_chance() -> None:
    one, other = scattered("a", 20, 3), scattered("b", 20, 3)
    assert found([paragraph(*one)], [Unit("item", " ".join(other))]) == APART


def test_a_text_is_rewritten_in_its_place_with_a_sixth_of_its_words() -> None:
    assert found([paragraph(*scattered("a", 20, 6))], [paragraph(*scattered("b", 20, 6))]) == (
        TOGETHER
    )  # four of twenty
    assert found([paragraph(*scattered("a", 20, 10))], [paragraph(*scattered("b", 20, 10))]) == (
        APART
    )  # two of twenty


def test_a_rewritten_text_is_looked_for_among_the_next_three() -> None:
    old = [paragraph(*scattered("a", 20, 6))]
    others = [paragraph(*numbered(letter, 9)) for letter in "xyz"]
    new = paragraph(*scattered("b", 20, 6))
    assert found(old, [*others[:2], new]) == [([], [0]), ([], [1]), ([0], [2])]
    assert found(old, [*others, new]) == [([0], []), ([], [0]), ([], [1]), ([], [2]), ([], [3])]


def test_a_short_text_that_stands_in_a_longer_one_is_part_of_it() -> None:
    def inside(kind: str, count: int) -> list[tuple[list[int], list[int]]]:
        short = numbered("s", count)
        long = [*numbered("a", 20), *short, *numbered("b", 20)]
        return found([Unit(kind, " ".join(short))], [Unit("item", " ".join(long))])  # type: ignore[arg-type]

    assert inside("paragraph", 2) == TOGETHER
    assert inside("heading", 3) == APART
    assert inside("heading", 4) == TOGETHER


def test_a_divided_text_meets_all_its_parts_and_keeps_its_neighbours_out() -> None:
    one, two = numbered("a", 12), numbered("b", 12)
    other, more = paragraph(*numbered("x", 12)), paragraph(*numbered("y", 12))
    parts = [paragraph(*one), paragraph(*two)]
    whole = paragraph(*one, *two)
    assert found([other, whole], [*parts, more]) == [([0], []), ([1], [0, 1]), ([], [2])]
    assert found([*parts, more], [other, whole]) == [([], [0]), ([0, 1], [1]), ([2], [])]


def test_nothing_and_something() -> None:
    assert found([], []) == []
    assert found([paragraph("one")], []) == [([0], [])]
    assert found([], [paragraph("one")]) == [([], [0])]
