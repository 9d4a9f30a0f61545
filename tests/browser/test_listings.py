"""Filter and sort, on a topic's page and on the list of policies."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Served, Visit

pytestmark = pytest.mark.browser

NAMES = ("colasoft", "copperhub", "istonsoft", "ostoto", "softorino")


def shown(page: Page) -> list[str]:
    rows = page.locator("#pa-rows > :visible")
    return [str(row.get_attribute("data-site")) for row in rows.all()]


def test_filter_a_topic(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}topics/cookies/")
    every = shown(page)
    assert len(every) >= 4
    page.get_by_role("searchbox", name="Filter").fill("ISTON")
    assert shown(page) == ["istonsoft.com"]
    expect(page.locator(".pa-bar [role=status]")).to_have_text(f"1 of {len(every)} shown")

    # The address holds the choice, so that it can be sent to somebody.
    assert page.url.endswith("topics/cookies/?filter=ISTON")
    page.reload()
    assert shown(page) == ["istonsoft.com"]

    page.get_by_role("searchbox", name="Filter").fill("iston nobody says this")
    assert shown(page) == []
    page.get_by_role("button", name="Show all").press("Enter")
    assert shown(page) == every
    assert page.url.endswith("topics/cookies/")
    expect(page.get_by_role("searchbox", name="Filter")).to_be_focused()
    expect(page.locator(".pa-none")).to_be_hidden()


def test_filter_by_words_of_the_text(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}topics/cookies/")
    page.get_by_role("searchbox", name="Filter").fill("session persistent cookies browser")
    assert shown(page) == ["colasoft.com"]


def test_sort_a_topic_with_the_keyboard(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}topics/cookies/")
    dates = "rows => rows.map(row => row.dataset.captured)"
    page.get_by_role("searchbox", name="Filter").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Sort")).to_be_focused()
    page.keyboard.press("ArrowDown")
    captured = page.locator("#pa-rows > li").evaluate_all(dates)
    known = [date for date in captured if date]
    assert len(set(known)) > 2
    assert known == sorted(known, reverse=True)
    assert captured[-1] == ""  # what has no date comes last
    page.keyboard.press("ArrowDown")
    captured = page.locator("#pa-rows > li").evaluate_all(dates)
    assert captured == [*sorted(known), ""]
    assert "sort=captured" in page.url


def test_filter_and_sort_policies(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}policies/")
    assert shown(page) == [f"{name}.com" for name in NAMES]
    words = "rows => rows.map(row => Number(row.dataset.words))"
    button = page.get_by_role("columnheader", name="Words").get_by_role("button")
    button.press("Enter")
    counts = page.locator("#pa-rows > tr").evaluate_all(words)
    assert len(set(counts)) == len(NAMES)
    assert counts == sorted(counts, reverse=True)
    header = page.locator("th[data-pa-sort=words]")
    expect(header).to_have_attribute("aria-sort", "descending")
    button.press("Space")
    counts = page.locator("#pa-rows > tr").evaluate_all(words)
    assert counts == sorted(counts)
    expect(header).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("combobox", name="Sort")).to_have_value("words")

    page.get_by_role("searchbox", name="Filter").fill("soft")
    assert set(shown(page)) == {"colasoft.com", "istonsoft.com", "softorino.com"}
    expect(page.locator(".pa-bar [role=status]")).to_have_text("3 of 5 shown")


def test_filter_by_kind(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}policies/")
    page.get_by_role("combobox", name="Kind").select_option(index=2)
    assert shown(page) == ["lamps.example"]


def test_the_matrix_filters_too(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}compare/?filter=ostoto")
    assert shown(page) == ["ostoto.com"]


def test_absences_stand_apart(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}topics/cookies/")
    assert "lamps.example" in shown(page)
    found_nothing = page.get_by_role("region", name="No passage found")
    expect(found_nothing).to_contain_text("chairs.example")
    not_checked = page.get_by_role("region", name="Not checked")
    expect(not_checked).to_contain_text("leuchten.example")
    assert {"chairs.example", "leuchten.example"}.isdisjoint(shown(page))
