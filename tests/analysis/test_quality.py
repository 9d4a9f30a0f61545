"""Doubts whether a capture is a whole policy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_archive.analysis.quality import doubts
from policy_archive.diagnostics import NOTICES

from .documents import ENGLISH, GERMAN, document

POLICY = [ENGLISH, "We use cookies to remember your choices. You may refuse them.", "Write to us."]


def codes(*texts: str, language: str = "en") -> list[str]:
    return [notice.code for notice in doubts(document(*texts), language)]


def test_a_policy_raises_no_doubt() -> None:
    assert codes(*POLICY) == []


def test_nothing_and_next_to_nothing() -> None:
    assert codes() == ["empty"]
    assert codes("", " \n") == ["empty"]
    assert codes("Privacy Policy", "Please check back.", language="und") == ["too-short"]


@pytest.mark.parametrize(
    "text",
    [
        "404 Not Found",
        "Sorry, the page you are looking for could not be found.",
        "This document no longer exists.",
        "Access Denied",
        "Please enable JavaScript to view this page.",
        "Checking your browser before accessing example.com.",
        "Please verify that you are a human",
        "This domain is for sale!",
        "Index of /privacy",
        "503 Service Unavailable",
    ],
)
def test_error_pages_and_stand_ins(text: str) -> None:
    found = doubts(document("Example Shop", "Home", text, "Search our catalogue"), "en")
    assert [notice.code for notice in found] == ["error-page"]
    assert text[:40] in found[0].message


def test_a_policy_that_speaks_of_errors_is_no_error_page() -> None:
    assert codes("Please enable JavaScript to view this page.", *POLICY) == []
    assert codes(*POLICY, "We log the page that was not found (error 404).") == []


def test_login_pages() -> None:
    assert codes("Example", "Log in", "User name:", "Password:", "Forgot your password?") == [
        "login-page"
    ]
    assert codes(*POLICY, "Log in", "Password") == []


def test_pages_of_another_kind() -> None:
    recipe = "Peel the apples, cut them in four and let them simmer with sugar and some cinnamon. "
    assert codes("Apple sauce", *[recipe] * 5) == ["not-a-policy"]
    promise = "Your personal information will not be given to anyone. Period."
    assert codes("Apple sauce", promise, *[recipe] * 5) == []


def test_other_languages_cannot_be_checked() -> None:
    assert codes(GERMAN * 3, language="de") == ["other-language"]
    assert codes(*POLICY, language="und") == []


@pytest.mark.parametrize(
    "end",
    [
        "We may share what we know of you with partners who help us to run the site and",
        "We may share what we know of you with partners who help us to run this site, for the",
        "We may share what we know of you with partners, hosts, carriers, and with banks,",
        "If you ask us to, we delete what we know of you within a month or tell you why it must",
    ],
)
def test_truncated_captures(end: str) -> None:
    found = doubts(document(*POLICY, end), "en")
    assert [notice.code for notice in found] == ["truncated"]
    assert found[0].line == len(POLICY) + 1
    assert end[-20:] in found[0].message


@pytest.mark.parametrize(
    "end",
    [
        "For questions about this policy, please write to our data protection officer at any time",
        "Example Inc, 12 Example Street, Example Town, EX1 2AM, phone 555 0100, info@example.com",
        "Copyright 2020 Example Inc and partners, all rights reserved, Example Theme, log in",
        "Home | About | Terms and",
        "To be continued with",
    ],
)
def test_ends_without_a_full_stop_are_not_all_truncated(end: str) -> None:
    assert codes(*POLICY, end) == []


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8), st.sampled_from(["en", "de", "und"]))
def test_no_text_stops_it_and_every_code_is_known(texts: list[str], language: str) -> None:
    assert {notice.code for notice in doubts(document(*texts), language)} <= set(NOTICES)
