"""Comparing policies side by side."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Served, Visit

pytestmark = pytest.mark.browser


def choose(page: Page, *sites: str) -> None:
    for site in sites:
        page.get_by_label(f"Read {site} side by side").press("Space")


def test_two_policies_side_by_side(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}compare/")
    side = page.get_by_role("region", name="Side by side")
    expect(side).to_be_hidden()
    choose(page, "istonsoft.com")
    expect(page.locator("[data-pa-tray] [role=status]")).to_have_text(
        "istonsoft.com: choose another"
    )
    choose(page, "ostoto.com")
    expect(side.get_by_role("columnheader")).to_have_count(3)
    assert side.get_by_role("columnheader").all_inner_texts()[0] == "Topic"
    rows = side.locator("tbody tr").all()
    assert len(rows) >= 8
    for row in rows:  # aligned by topic: each row has both
        expect(row.get_by_role("cell")).to_have_count(2)
        assert row.locator("blockquote").count() >= 1
    expect(side).not_to_contain_text("Years apart")

    page.get_by_role("button", name="Read side by side").press("Enter")
    expect(side.get_by_role("heading", name="Side by side")).to_be_focused()
    expect(side.get_by_role("heading", name="Side by side")).to_be_in_viewport()


def test_a_quote_leads_to_its_paragraph(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}compare/?sites=istonsoft.com,ostoto.com")
    quote = page.locator("[data-pa-out] blockquote").first
    words = quote.locator("span").first.inner_text()
    assert len(words.split()) > 3
    quote.get_by_role("link", name="in context").click()
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    assert " ".join(words.split())[:60] in " ".join(target.inner_text().split())


def test_years_apart(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}compare/")
    choose(page, "softorino.com", "istonsoft.com")
    warning = page.locator("[data-pa-out] .pa-doubt")
    expect(warning).to_contain_text("Years apart")
    expect(warning).to_contain_text("2014 to 2019")


def test_the_address_restores_the_choice(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}compare/")
    choose(page, "softorino.com", "istonsoft.com")
    assert page.url.endswith("compare/?sites=softorino.com,istonsoft.com")
    again = visit(page.url)
    side = again.get_by_role("region", name="Side by side")
    headers = side.get_by_role("columnheader")
    expect(headers).to_have_count(3)
    expect(headers.nth(1)).to_contain_text("softorino.com")
    expect(headers.nth(2)).to_contain_text("istonsoft.com")
    expect(again.get_by_label("Read softorino.com side by side")).to_be_checked()

    again.locator("[data-pa-tray]").get_by_role("button", name="Clear").press("Enter")
    expect(side).to_be_hidden()
    assert again.url.endswith("compare/")


def test_four_is_the_most(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}compare/")
    choose(page, "colasoft.com", "copperhub.com", "istonsoft.com", "ostoto.com")
    side = page.get_by_role("region", name="Side by side")
    expect(side.get_by_role("columnheader")).to_have_count(5)
    expect(page.get_by_label("Read softorino.com side by side")).to_be_disabled()
    expect(page.locator("[data-pa-tray] [role=status]")).to_contain_text("four is the most")

    page.goto(
        f"{archive.root}compare/?sites=softorino.com,colasoft.com,copperhub.com,istonsoft.com,"
        "ostoto.com,nobody.example"
    )
    expect(side.get_by_role("columnheader")).to_have_count(5)
    assert "ostoto.com" not in side.get_by_role("row").first.inner_text()


def test_absence_is_told_apart(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}compare/?sites=lamps.example,chairs.example,leuchten.example")
    side = page.get_by_role("region", name="Side by side")
    expect(side.get_by_role("cell", name="Not checked").first).to_be_visible()
    expect(side.get_by_text("No passage found in").first).to_be_visible()


def test_a_policy_that_does_not_load_is_named(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}compare/")
    page.route("**/policies/ostoto.com/**/index.json", lambda route: route.fulfill(status=404))
    choose(page, "ostoto.com", "istonsoft.com")
    expect(page.locator("[data-pa-out] .pa-doubt")).to_contain_text("ostoto.com")
