"""Addresses that anybody may write, files that do not arrive whole, browsers that refuse."""

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Served, Visit

pytestmark = pytest.mark.browser

SNAPSHOT = "policies/istonsoft.com/20190423004435/"
HASHES = ["#%FF", "#%", "#on=2019-02-30", "#[id]"]
QUERIES = ["?filter=%FF&sort=%FF&sites=%FF&highlight=%FF&words=%FF", "?filter=%&sort=-&highlight=%"]


def opens_what_its_address_points_at(page: Page) -> None:
    page.evaluate("location.hash = '#pa-ledger'")
    expect(page.locator("#pa-ledger")).to_have_attribute("open", "")


def filters(page: Page) -> None:
    page.get_by_role("searchbox", name="Filter").fill("istonsoft")
    expect(page.locator("#pa-rows > :visible")).to_have_count(1)


def compares(page: Page) -> None:
    page.get_by_role("searchbox", name="Filter").fill("")
    for site in ("istonsoft.com", "ostoto.com"):
        page.get_by_label(f"Read {site} side by side").press("Space")
    expect(page.locator("[data-pa-out] thead th")).to_have_count(3)


def searches(page: Page) -> None:
    page.get_by_role("searchbox", name="Words to look for").fill("cookies")
    expect(page.locator(".pa-hits > li").first).to_be_visible()


WORKING = {
    SNAPSHOT: opens_what_its_address_points_at,
    "topics/cookies/": filters,
    "policies/": filters,
    "compare/": compares,
    "search/": searches,
}


@pytest.mark.parametrize("place", WORKING)
@pytest.mark.parametrize("address", [*HASHES, *QUERIES])
def test_any_address_leaves_the_page_working(
    archive: Served, visit: Visit, place: str, address: str
) -> None:
    page = visit(archive.root + place + address)
    if address.startswith("#"):
        page.evaluate("hash => { location.hash = hash }", address)
    WORKING[place](page)


REFUSED = """() => { throw new DOMException("The operation is insecure.", "SecurityError") }"""


@pytest.mark.parametrize("place", ["topics/cookies/", "compare/", "search/"])
def test_a_browser_that_keeps_its_address(archive: Served, visit: Visit, place: str) -> None:
    page = visit(archive.root + place, f"history.replaceState = {REFUSED}")
    WORKING[place](page)
    assert page.url == archive.root + place


@pytest.mark.parametrize("module", ["theme-search", "listing", "reveal", "dom"])
def test_a_script_that_does_not_arrive_stops_no_other(
    archive: Served, visit: Visit, module: str
) -> None:
    page = visit("about:blank")
    page.route(f"**/modules/{module}.js", lambda route: route.abort())
    page.goto(f"{archive.root}topics/cookies/?filter=istonsoft")
    expect(page.locator("#pa-rows > li").last).to_be_attached()
    shown = page.locator("#pa-rows > li:visible")
    expect(shown).to_have_count(1 if module in ("theme-search", "reveal") else 5)
    visit.faults.clear()  # the browser reports what could not be loaded


TORN = {
    "nothing": "",
    "null": "null",
    "another": '{"sections": null}',
    "torn": '{"sections": [{"bl',
}


@pytest.mark.parametrize("body", TORN.values(), ids=TORN)
def test_snapshots_that_are_none_are_named_and_asked_for_again(
    archive: Served, visit: Visit, body: str
) -> None:
    page = visit("about:blank")
    torn = "**/policies/ostoto.com/**/index.json"
    page.route(torn, lambda route: route.fulfill(body=body, content_type="application/json"))
    page.goto(f"{archive.root}compare/?sites=ostoto.com,istonsoft.com,softorino.com")
    expect(page.locator("[data-pa-out] .pa-doubt").first).to_contain_text("ostoto.com")
    headers = page.locator("[data-pa-out] thead th")
    expect(headers).to_have_count(3)
    page.unroute(torn)
    page.get_by_label("Read softorino.com side by side").press("Space")
    expect(headers).to_contain_text(["Topic", "ostoto.com", "istonsoft.com"])


@pytest.mark.parametrize("body", ["{}", "null", "[", '{"shards": {}}'])
def test_an_index_that_is_none_is_said(archive: Served, visit: Visit, body: str) -> None:
    page = visit("about:blank")

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    page.route("**/shards.json", answer)
    page.goto(f"{archive.root}search/?words=cookies")
    expect(page.get_by_role("alert")).to_contain_text("no search index")
    visit.faults.clear()  # the console has the cause
