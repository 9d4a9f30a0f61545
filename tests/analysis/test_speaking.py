"""Which capture speaks for its policy."""

import pytest

from policy_archive.analysis.speaking import Capture, faults, is_doubtful


def capture(words: int = 2000, language: str = "en", *codes: str) -> Capture:
    return Capture(frozenset(codes), language, words)


def test_sound_captures_have_no_fault() -> None:
    assert faults([capture(), capture(2100), capture(1500)]) == ["", "", ""]
    assert faults([]) == []


@pytest.mark.parametrize(
    "code", ["too-short", "error-page", "login-page", "empty", "not-a-policy", "beyond-limits"]
)
def test_a_broken_capture_has_its_doubt_for_a_fault(code: str) -> None:
    captures = [capture(), capture(3, "en", code, "no-date"), capture()]
    assert faults(captures) == ["", code, ""]


def test_a_capture_in_another_language_is_at_fault_once() -> None:
    assert faults([capture(), capture(2000, "fr")]) == ["", "other-language"]
    # Two in a row: the policy is in that language now.
    assert faults([capture(), capture(2000, "fr"), capture(2000, "fr")])[2] == ""


def test_a_policy_in_another_language_is_sound() -> None:
    assert faults([capture(2000, "fr"), capture(2100, "fr", "other-language")]) == ["", ""]
    assert faults([capture(2000, "en"), capture(2100, "und")]) == ["", ""]


def test_a_capture_that_lost_most_of_its_words_is_at_fault() -> None:
    assert faults([capture(4000), capture(900)]) == ["", "lost-words"]
    assert faults([capture(4000), capture(1100)]) == ["", ""]


def test_beside_a_broken_capture_nothing_is_lost() -> None:
    captures = [capture(4000), capture(9000, "fr", "error-page"), capture(3900)]
    assert faults(captures) == ["", "error-page", ""]


def test_where_all_are_at_fault_nothing_tells_which_is() -> None:
    assert faults([capture(3, "en", "too-short")] * 2) == ["", ""]


def test_what_is_not_known_of_a_capture_makes_it_no_less_sound() -> None:
    assert not is_doubtful({"no-date", "no-provenance", "no-url"})
    assert is_doubtful({"no-date", "truncated"})
    assert faults([capture(), capture(2000, "en", "no-date")]) == ["", ""]
