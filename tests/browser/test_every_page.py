"""What holds on every page: without JavaScript, small, dark, printed, below a sub-path, by key."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import BLOCKS, DESKTOP, PAGE_TYPES, PERMALINKS, PHONE, Served, Visit, serving

pytestmark = pytest.mark.browser

SNAPSHOT = "policies/istonsoft.com/20190423004435/"
# The other two need it, and say so.
READABLE = [name for name in PAGE_TYPES if name not in ("side by side", "any two captures")]


def words(page: Page) -> list[str]:
    return page.locator("#pa-main, .md-content").first.inner_text().split()


@pytest.mark.parametrize("name", READABLE)
def test_readable_without_javascript(places: Mapping[str, str], visit: Visit, name: str) -> None:
    with_it, without = visit(places[name]), visit(places[name], java_script_enabled=False)
    expect(without.get_by_role("heading", level=1)).to_be_visible()
    # Nothing but controls appears through JavaScript alone.
    controls = "[data-pa-bar], [data-pa-on], [data-pa-search], .pa-find, [data-pa-copy], [data-pa-missing], [data-pa-ask], [data-pa-choose], .pa-matrix label"
    with_it.locator(controls).evaluate_all("all => all.forEach(e => e.remove())")
    seen = set(words(without))
    assert [word for word in words(with_it) if word not in seen] == []
    expect(without.locator(".pa :is(.pa-bar, button):visible")).to_have_count(0)


def test_corrections_are_a_page_of_our_site(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}about/")
    page.get_by_role("link", name="Corrections and takedown").first.click()
    page.wait_for_url("**/about/corrections/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Corrections and takedown")


def test_the_text_and_its_ledger_without_javascript(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT, java_script_enabled=False)
    blocks = page.locator(BLOCKS).all()
    assert len(blocks) > 10
    for block in blocks:
        expect(block).to_be_visible()
    for name in ("#pa-card", "#pa-cite", "#pa-ledger"):
        page.locator(f"{name} > summary").click()
        expect(page.locator(f"{name} > :not(summary)").first).to_be_visible()


def test_comparison_without_javascript(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}compare/", java_script_enabled=False)
    expect(page.locator("noscript .pa-doubt")).to_be_visible()
    expect(page.locator("[data-pa-matrix] tbody tr")).to_have_count(5)
    expect(page.locator("[data-pa-matrix] input:visible")).to_have_count(0)


# Not the 404 page, whose links begin at the server's root, for it is shown at any depth.
@pytest.mark.parametrize(
    "name",
    [
        "home",
        "policies",
        "policy with several captures",
        "snapshot",
        "topic",
        "search",
        "side by side",
    ],
)
def test_works_below_a_sub_path(own_site: Path, shelf: Served, visit: Visit, name: str) -> None:
    site, place = PAGE_TYPES[name].split(":", 1)
    with serving(own_site if site == "archive" else shelf.folder, "/sub/path/") as below:
        asked: list[str] = []
        page = visit("about:blank")
        page.on("request", lambda request: asked.append(request.url))
        page.goto(below.root + place)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if name == "side by side":
            expect(page.locator("[data-pa-out] blockquote").first).to_be_visible()
        outside = [url for url in asked if not url.startswith((below.root, "data:", "blob:"))]
        assert outside == []
        assert len(asked) > 4
        whole = "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
        links = page.locator("a[href]").evaluate_all(whole)
        local = {link for link in links if link.startswith(below.root.split("/sub/")[0])}
        assert local
        assert {link for link in local if not link.startswith(below.root.rstrip("/"))} == set()


# the three parts of the page's background; the theme sets its scheme a moment after it was asked
COLOUR = "getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number)"


@pytest.mark.parametrize("name", ["home", "snapshot", "topic", "compare"])
def test_dark(places: Mapping[str, str], visit: Visit, name: str) -> None:
    page = visit(places[name], color_scheme="light")
    page.wait_for_function(f"() => Math.min(...{COLOUR}) > 200")
    page.emulate_media(color_scheme="dark")  # while the page is open
    page.wait_for_function(f"() => Math.max(...{COLOUR}) < 60")
    page.reload()
    page.wait_for_function(f"() => Math.max(...{COLOUR}) < 60")


def test_print(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT)
    furniture = (".md-header", ".md-tabs", ".pa-outline", ".pa-crumbs", ".md-footer")
    for shown in furniture:
        expect(page.locator(shown)).to_be_visible()
    controls = (f"{PERMALINKS}:visible", ".pa-note:visible", "[data-pa-copy]:visible")
    page.locator("#pa-cite > summary").click()
    expect(page.locator("[data-pa-copy]").first).to_be_visible()
    assert [name for name in controls if not page.locator(name).count()] == []
    page.emulate_media(media="print")
    expect(page.locator("#pa-card dl")).to_be_visible()
    for shown in (".pa-hash", "#pa-title", f"{BLOCKS} >> nth=0"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in furniture:
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(", ".join(controls))).to_have_count(0)
    # Where links lead is printed.
    replay = page.locator("#pa-card dl").get_by_role("link", name="Replay this capture")
    printed = replay.evaluate("e => getComputedStyle(e, '::after').content")
    assert str(replay.get_attribute("href")) in printed


def test_print_a_comparison(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}topics/cookies/")
    expect(page.locator(".pa-bar")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".pa-row").first).to_be_visible()
    expect(page.locator(".pa-bar")).to_be_hidden()


def test_contents_fold_on_a_phone(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT, viewport=PHONE)
    links = page.locator(".pa-outline a")
    expect(links.first).to_be_hidden()
    page.locator(".pa-outline summary").click()
    links.last.click()
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(".pa-text .pa-chips a:visible").first).to_be_visible()


FOCUS = """() => {
  const e = document.activeElement, ring = getComputedStyle(e);
  return {
    name: e.closest('.pa-note') ? 'note' : e.title || e.className || e.localName,
    href: e.getAttribute('href') ?? '',
    inside: Boolean(e.closest('.pa')), kind: e.closest('.pa-outline') ? 'outline' : '',
    visible: e.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    ring: ring.outlineStyle !== 'none' || ring.boxShadow !== 'none',
  };
}"""


def walk(page: Page, most: int = 400) -> list[dict[str, object]]:
    """Every stop of a reader who presses Tab until the page is through."""
    stops: list[dict[str, object]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["name"] == "body" or (stops and stop == stops[0]):
            return stops
        stops.append(stop)
    raise AssertionError("Tab never leaves the page")


def test_keyboard_walk_of_a_snapshot(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT, viewport=DESKTOP, reduced_motion="reduce")
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip:focus")
    expect(skip).to_be_visible()
    skip.press("Enter")
    assert page.url.endswith("#pa-main")

    page.goto("about:blank")
    page.goto(archive.root + SNAPSHOT)
    stops = walk(page)
    names = [str(stop["name"]) for stop in stops]
    wanted = ["md-skip", "md-nav__link", "Permalink", "note"]
    firsts = [next(n for n, name in enumerate(names) if want in name) for want in wanted]
    assert firsts == sorted(firsts)
    assert len([stop for stop in stops if stop["kind"] == "outline" and stop["href"]]) >= 5
    inside = [stop for stop in stops if stop["inside"]]
    assert [stop for stop in inside if not stop["visible"] or not stop["ring"]] == []
    permalinks = page.locator(f"{PERMALINKS}:visible").count()
    assert sum("Permalink" in name for name in names) == permalinks


@pytest.mark.parametrize("name", ["topic", "policies", "compare"])
def test_keyboard_walk_of_a_listing(places: Mapping[str, str], visit: Visit, name: str) -> None:
    page = visit(places[name], reduced_motion="reduce")
    inside = [stop for stop in walk(page) if stop["inside"]]
    assert [stop for stop in inside if not stop["visible"] or not stop["ring"]] == []
    rows = page.locator("#pa-rows a:visible").count()
    assert len(inside) >= rows >= 5
