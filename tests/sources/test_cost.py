"""Twice the text takes at most twice the time, whatever foreign hands have written into it."""

import time
from collections.abc import Callable
from itertools import product

import pytest

from policy_archive.sources import capture_urls
from policy_archive.sources.git import commit_message
from policy_archive.sources.provenance import read
from policy_archive.sources.provenance.path import read as read_path
from policy_archive.sources.site_names import site_name
from policy_archive.sources.urls import clean

pytestmark = pytest.mark.no_cover

TEXT, NAME = 50_000, 5_000
UNNOTICED = 0.1
"""Seconds for twice the size: compared with the size itself from there on."""

HEADER = "> *The following text is extracted and transformed from the "
UNITS = [
    *"> *_#-\n\t.:/@%[]()<>{}'\"&a0©é",
    *("\n\n", "\n>", "---\n", "\n---\n", "<!--", "-->", "<!-- x -->", "<html ", "<?xml ", "]("),
    *("a.", "a-", "- ", "? ", ": ", "a\n", "{a: ", "[a, ", "&a ", "*a ", "site: a\n", "%3a"),
    *(" privacy", " policy", "The following ", "from the ", "archived on ", "2014-05-21 "),
    *("-20140521", "http://", "/web/20140521173313/"),
]
BEFORE = [
    *("", HEADER, HEADER + "a.com privacy policy that was archived on ", "<!--The following "),
    HEADER + "a.com privacy policy that was archived on 2014-05-21. Please check the ",
    *("<!-- saved from url=(1)", "---\nsite: a\n", "---\nsite: ", "http://a.com/", "---\n"),
]
NAMES_BEFORE = ["", "http://", "https://web.archive.org/web/2014/", "20190501 ", '{"a": ']
AFTER = ["x", "\n---\nx\n"]
NAMES_AFTER = [".com", "2019-05-01.md"]


def seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started


def slow(work: Callable[[str], object], size: int, before: str, unit: str, after: str) -> bool:
    """Whether twice the size takes over three times as long, three times in a row."""
    once, twice = (before + unit * (n * size // len(unit)) + after for n in (1, 2))
    if seconds(work, twice) < UNNOTICED:
        return False
    return all(seconds(work, twice) > 3 * seconds(work, once) for _ in range(3))


def test_provenance_of_a_text() -> None:
    found = [
        case
        for case in product(BEFORE, UNITS, AFTER)
        if slow(lambda text: read(text, "policies/example.com.md"), TEXT, *case)
    ]
    assert not found


@pytest.mark.parametrize(
    "before",
    [
        *("<html>", '<html data-scrapbook-source="', "<!-- Page saved with SingleFile\n url: a\n"),
        *("<!-- Mirrored from a.com by HTTrack Website Copier/3, ", "<!-- FILE ARCHIVED ON "),
        *(
            '<meta name="savepage-url" content="',
            '__wm.wombat("http:',
            "Date: x\nMIME-Version: 1\n",
        ),
    ],
)
def test_what_page_savers_write(before: str) -> None:
    units = [
        *UNITS,
        "<html ",
        " a='",
        "A: b\n",
        "A:  b\n c\n",
        "<meta property=og:url content='http:",
    ]
    for unit in (*units, before):
        assert not slow(lambda text: read(text, "policies/a.html"), TEXT, before, unit, "x"), unit


@pytest.mark.parametrize(
    "work", [read_path, site_name, clean, capture_urls.parse, commit_message.claims]
)
def test_names_addresses_and_messages(work: Callable[[str], object]) -> None:
    assert not [
        case for case in product(NAMES_BEFORE, UNITS, NAMES_AFTER) if slow(work, NAME, *case)
    ]
