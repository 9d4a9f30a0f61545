"""Printed numbers of lines, and which count on from which."""

import pytest

from policy_archive.cleaning.headings.numbers import counting, printed_number


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("10. Children", "plain", "Children"),
        ("1.INTRODUCTION", "plain", "INTRODUCTION"),
        ("3 Cookies", "plain", "Cookies"),
        ("3.3 Other data", "deep", "Other data"),
        ("16D. Tell me more", "branch", "Tell me more"),
        ("IV. Scope", "roman", "Scope"),
        ("B. Scope", "letter", "Scope"),
        ("f. to help us", "item", "to help us"),
        ("(ii) names", "item", "names"),
        ("Article 5: Scope", "part", "Scope"),
    ],
)
def test_kinds_of_numbers(line: str, kind: str, words: str) -> None:
    number = printed_number(line)
    assert number is not None
    assert (number.kind, line[number.end :]) == (kind, words)


@pytest.mark.parametrize("line", ["2014 Report", "U.S. citizens", "3.5GB of data", "I agree", "10"])
def test_what_is_no_number_of_a_line(line: str) -> None:
    assert printed_number(line) is None


def before_and_after(*lines: str) -> list[tuple[int, int]]:
    found = counting([printed_number(line) for line in lines])
    return [(found[n].before, found[n].after) for n in sorted(found)]


def test_lines_count_on_from_one_another() -> None:
    assert before_and_after("1. A", "text", "2. B", "text", "3. C") == [(-1, 2), (0, 4), (2, -1)]
    assert before_and_after("2.1 A", "2.2 B", "3.1 C") == [(-1, 1), (0, -1), (-1, -1)]
    assert before_and_after("16A. A", "16B. B", "17A. C") == [(-1, 1), (0, -1), (-1, -1)]


def test_a_list_amid_numbered_headings_does_not_break_their_count() -> None:
    lines = "1. A", "(a) x", "(b) y", "2. B", "(a) z", "3. C"
    assert before_and_after(*lines) == [(-1, 3), (-1, 2), (1, -1), (0, 5), (-1, -1), (3, -1)]


def test_a_single_i_is_the_ninth_letter_or_the_first_roman_number() -> None:
    assert before_and_after("h. A", "i. B", "j. C") == [(-1, 1), (0, 2), (1, -1)]
    assert before_and_after("i. A", "ii. B", "iii. C") == [(-1, 1), (0, 2), (1, -1)]
