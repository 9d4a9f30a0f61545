"""What two sequences have in common: true, as much as there is, and bounded in time."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.diff import alignment
from policy_archive.diff.alignment import Match, matches

few = st.text(alphabet="abc", max_size=12)


def common(old: Sequence[object], new: Sequence[object], found: Sequence[Match]) -> int:
    """How many items were matched; each is equal on both sides, and all are in order."""
    for match in found:
        assert match.size > 0
        assert old[match.old : match.old + match.size] == new[match.new : match.new + match.size]
    for one, other in pairwise(found):
        assert one.old + one.size <= other.old
        assert one.new + one.size <= other.new
    return sum(match.size for match in found)


def longest(old: str, new: str) -> int:
    """The length of the longest common subsequence, from its definition."""
    row = [0] * (len(new) + 1)
    for a in old:
        before = row
        row = [0]
        for j, b in enumerate(new):
            row.append(before[j] + 1 if a == b else max(before[j + 1], row[j]))
    return row[-1]


@given(few, few)
def test_matches_are_the_longest_common_subsequence(old: str, new: str) -> None:
    assert common(old, new, matches(old, new)) == longest(old, new)


@given(few, few, st.integers(0, 3))
def test_divided_texts_have_matches_in_order_too(old: str, new: str, divisions: int) -> None:
    with pytest.MonkeyPatch.context() as small:
        small.setattr(alignment, "_MOST_CELLS", 4)
        small.setattr(alignment, "_DIVISIONS", divisions)
        found = common(old, new, matches(old, new))
    assert found <= longest(old, new)
    assert found == len(old) or old != new


def test_a_long_text_is_divided_where_both_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "_MOST_CELLS", 100)
    old = [f"w{n}" for n in range(1000)]
    new = [word if n % 10 else "edited" for n, word in enumerate(old)]
    assert common(old, new, matches(old, new)) == 900
    # Nothing stands once in either, but runs of four do.
    old = list("aabbabab" + "abba" * 30 + "bbbb")
    new = list("babbabab" + "abba" * 20 + "bbbb")
    assert common(old, new, matches(old, new)) > 8


def nested(count: int, noise: Sequence[str]) -> list[str]:
    """Words of which one stands once; when the text is divided there, the next one does."""
    return [word for n in range(count) for word in (f"x{n + 2}", *noise, f"x{n + 1}")]


def test_divisions_are_bounded_however_texts_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "_MOST_CELLS", 10_000)
    old = [*nested(5000, ()), *["f"] * 200, "end"]
    new = [*nested(5000, ("q",)), *["f"] * 200]
    assert common(old, new, matches(old, new)) > 20  # and no RecursionError
