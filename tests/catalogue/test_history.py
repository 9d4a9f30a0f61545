"""Which snapshots of a policy are compared, from summaries made by hand."""

from pathlib import Path
from typing import Any

import pytest

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.catalogue.history import Pair, pairs
from policy_archive.model import Notice, Snapshot
from policy_archive.sources.files import Source


def entry(
    captured: str,
    words: int = 1000,
    language: str = "en",
    doubt: str = "",
    technical: bool = False,
) -> Entry:
    values: dict[str, Any] = {
        "snapshot": Snapshot("a.md", "a.example", captured=captured, technical=technical),
        "title": "Privacy",
        "language": language,
        "words": words,
        "blocks": 3,
        "sha256": "ab" * 32,
        "checked": True,
        "notices": (Notice(doubt, "a doubt"),) if doubt else (),
        "segment": captured or "undated-abababab",
        "source": Source("a.md", Path("a.md")),
        "key": captured,
    }
    return Entry(**values)


def history(*entries: Entry) -> list[str]:
    """Each pair as "before..after", with what it bridges behind it."""
    policy = Policy("a.example", "a.example", "privacy-policy", entries)
    return [
        " ".join((pair.segment, *(it.segment for it in pair.bridged))) for pair in pairs(policy)
    ]


def by_words(*words: int) -> list[str]:
    return history(*(entry(str(2010 + n), count) for n, count in enumerate(words)))


def test_dated_snapshots_are_compared_with_the_next() -> None:
    assert history(entry("2010"), entry("2012"), entry("2015")) == ["2010..2012", "2012..2015"]
    assert history(entry("2010"), entry("")) == []
    assert history() == []


@pytest.mark.parametrize(
    "doubt", ["empty", "error-page", "frameset", "login-page", "not-a-policy", "too-short"]
)
def test_what_is_no_policy_is_bridged(doubt: str) -> None:
    found = history(entry("2010"), entry("2011", doubt=doubt), entry("2012"))
    assert found == ["2010..2012 2011"]


def test_other_doubts_are_no_reason() -> None:
    found = history(entry("2010"), entry("2011", doubt="truncated"), entry("2012"))
    assert found == ["2010..2011", "2011..2012"]


def test_what_is_broken_at_an_end_is_in_no_pair() -> None:
    broken = [entry(year, doubt="error-page") for year in ("2009", "2013")]
    assert history(broken[0], entry("2010"), entry("2012"), broken[1]) == ["2010..2012"]


def test_where_all_look_broken_nothing_tells_which_is() -> None:
    found = history(*(entry(year, doubt="too-short") for year in ("2010", "2011", "2012")))
    assert found == ["2010..2011", "2011..2012"]


def test_a_text_that_comes_back_was_lost_in_between() -> None:
    assert by_words(1000, 399, 1000) == ["2010..2012 2011"]
    assert by_words(1000, 400, 1000) == ["2010..2011", "2011..2012"]
    # Beside the shorter of both, and only where the text is back as it was.
    assert by_words(1000, 310, 760) == ["2010..2011", "2011..2012"]
    assert by_words(1000, 300, 760) == ["2010..2012 2011"]
    assert by_words(1000, 100, 750) == ["2010..2011", "2011..2012"]
    assert by_words(1000, 100) == ["2010..2011"]


def test_a_dip_lasts_three_captures_at_most() -> None:
    assert by_words(1000, 100, 100, 100, 1000) == ["2010..2014 2011 2012 2013"]
    assert by_words(1000, 100, 100, 100, 100, 1000)[0] == "2010..2011"


def test_a_capture_in_another_language_is_bridged() -> None:
    def languages(*found: str) -> list[str]:
        return history(*(entry(str(2010 + n), language=it) for n, it in enumerate(found)))

    assert languages("en", "fr", "en") == ["2010..2012 2011"]
    assert languages("en", "fr", "fr") == ["2010..2011", "2011..2012"]
    assert languages("en", "und", "en") == ["2010..2011", "2011..2012"]
    assert languages("und", "fr", "und") == ["2010..2011", "2011..2012"]


def test_a_technical_record_holds_the_words_of_the_capture_before() -> None:
    entries = (
        entry("2010"),
        entry("2011", technical=True),
        entry("2012", technical=True),
        entry("2013"),
        entry("2014"),
    )
    found = pairs(Policy("a.example", "a.example", "privacy-policy", entries))
    assert [pair.technical for pair in found] == [True, True, False, False]
    assert [pair.since.segment for pair in found] == ["2010", "2010", "2010", "2013"]
    # A history that begins with one has nothing before it.
    first: Pair = pairs(Policy("a", "a", "privacy-policy", entries[1:]))[0]
    assert first.since.segment == "2011"
