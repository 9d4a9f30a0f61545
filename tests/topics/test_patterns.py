"""The notation of patterns, and that no text makes matching slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.topics.patterns import Patterns, outside, tokens


def matches(pattern: str, text: str) -> list[str]:
    words = tokens(text)
    return [" ".join(words[a:b]) for a, b in Patterns([("x", pattern)]).find(words).get("x", ())]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("opt out", "You may Opt-Out now", ["opt out"]),
        ("share|shares", "He shares; they share", ["shares", "share"]),
        ("disclos*", "No disclosure", ["disclosure"]),
        ("sell .. data", "We sell all of your data", ["sell all of your data"]),
        ("sell .. data", "We sell data", ["sell data"]),
        ("sell .. data", "We sell. Your data is safe", []),
        ("sell .. data", "sell one two three four five six data", []),
        ("a .. b .. c", "a x b y c", ["a x b y c"]),
        ("opt out", "option out", []),
        ("dnt", "d.n.t.", []),
    ],
)
def test_notation(pattern: str, text: str, expected: list[str]) -> None:
    assert matches(pattern, text) == expected


def test_tokens_end_sentences_and_lines_only_there() -> None:
    words = ["see", "example", "com", ".", "it", "s", ".", "new"]
    assert tokens("See Example.com. It’s\n“new”") == words


@pytest.mark.parametrize(
    "text", ["Is it? Yes! v1.2\n| a_b | - c.", "x.\n\ny", "tabs\tand\rreturns. end", "a... b"]
)
def test_tokens_are_the_same_beside_other_scripts(text: str) -> None:
    assert tokens(text + " é") == [*tokens(text + " "), "é"]


def test_a_counter_example_takes_its_words_away() -> None:
    assert outside([(0, 1), (4, 6)], [(3, 7)]) == [(0, 1)]


def test_of_overlapping_matches_the_longer_stays() -> None:
    assert outside([(0, 1), (0, 3), (2, 4)], []) == [(0, 3)]


SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5)).map(lambda it: (it[0], sum(it))))


@given(SPANS, SPANS)
def test_no_match_inside_a_counter_example_stays(
    found: list[tuple[int, int]], counter: list[tuple[int, int]]
) -> None:
    allowed = [m for m in found if not any(c[0] <= m[0] and m[1] <= c[1] for c in counter)]
    assert outside(found, counter) == outside(allowed, [])


@given(st.text(alphabet="ab. \n", max_size=300))
def test_gaps_never_reach_across_a_sentence(text: str) -> None:
    for found in matches("a .. b", text):
        assert "." not in found.split()


def test_matching_is_linear() -> None:
    patterns = Patterns([("x", "a .. a .. a .. a"), ("x", "a* a|aa a* a"), ("x", "a a a a a b")])

    def seconds(size: int) -> float:
        words = ["a"] * size
        start = time.process_time()
        patterns.find(words)
        return time.process_time() - start

    small, large = min(seconds(4_000) for _ in range(3)), seconds(40_000)
    assert large < 60 * small


def test_leaving_out_counter_examples_is_linear() -> None:
    def seconds(size: int) -> float:
        found = [(at, at + 1) for at in range(0, 2 * size, 2)]
        start = time.process_time()
        assert outside(found, [(at, at + 1) for at in range(1, 2 * size, 2)]) == found
        return time.process_time() - start

    small, large = min(seconds(2_000) for _ in range(3)), seconds(20_000)
    assert large < 60 * small
