"""Which capture speaks for its policy."""

import pytest

from policy_archive.analysis.speaking import Capture, Speaking, is_doubtful, speaking


def capture(words: int = 2000, language: str = "en", *codes: str) -> Capture:
    return Capture(frozenset(codes), language, words)


def test_the_newest_capture_speaks() -> None:
    assert speaking([capture(), capture(2100)]) == Speaking(1)


@pytest.mark.parametrize("code", ["too-short", "error-page", "login-page", "empty", "not-a-policy"])
def test_a_broken_newest_capture_does_not_speak(code: str) -> None:
    assert speaking([capture(), capture(), capture(3, "en", code)]) == Speaking(1, code)


def test_a_newest_capture_in_another_language_does_not_speak() -> None:
    assert speaking([capture(), capture(2000, "fr")]) == Speaking(0, "other-language")


def test_a_policy_in_another_language_speaks() -> None:
    assert speaking([capture(2000, "fr"), capture(2100, "fr")]) == Speaking(1)
    assert speaking([capture(2000, "en"), capture(2100, "und")]) == Speaking(1)


def test_a_capture_that_lost_most_of_its_words_does_not_speak() -> None:
    assert speaking([capture(4000), capture(900)]) == Speaking(0, "lost-words")
    assert speaking([capture(4000), capture(1100)]) == Speaking(1)


def test_of_several_broken_ones_the_newest_gives_the_reason() -> None:
    captures = [capture(), capture(3, "en", "too-short"), capture(40, "en", "error-page")]
    assert speaking(captures) == Speaking(0, "error-page")


def test_where_none_is_sound_the_newest_speaks() -> None:
    assert speaking([capture(3, "en", "too-short")] * 2) == Speaking(1)


def test_what_is_not_known_of_a_capture_makes_it_no_less_sound() -> None:
    assert not is_doubtful(frozenset({"no-date", "no-provenance", "no-url"}))
    assert is_doubtful(frozenset({"no-date", "truncated"}))
    assert speaking([capture(), capture(2000, "en", "no-date")]) == Speaking(1)


def test_without_captures_there_is_nothing_to_ask() -> None:
    with pytest.raises(ValueError, match="a capture at least"):
        speaking([])
