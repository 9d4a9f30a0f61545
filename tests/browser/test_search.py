"""The search page in a browser: from a question to the paragraph that answers it."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from ..site.test_hostile import ATTACKS
from .conftest import PHONE, Served, Visit, made, serving
from .test_hostile_pages import ALIVE, COUNTED, HARMLESS, NAMED, TITLED

pytestmark = pytest.mark.browser


def ask(page: Page, words: str) -> None:
    field = page.get_by_role("searchbox", name="Words to look for")
    expect(field).to_be_visible()
    field.fill(words)
    field.press("Enter")
    expect(page.locator("#pa-results")).to_have_text(re.compile("result|Nothing"))
    expect(page.locator(".pa-results:not([aria-busy])")).to_have_count(1)


def hits(page: Page) -> list[str]:
    """Site and moment of each result."""
    return page.locator(".pa-hits > li > .pa-line").all_inner_texts()


def test_from_the_home_page_to_the_paragraph(archive: Served, visit: Visit) -> None:
    page = visit(archive.root)
    page.get_by_role("searchbox", name="Words to look for").fill("rent personal information")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?words=rent+personal+information")
    first = page.locator(".pa-hits > li").first
    expect(first.locator("mark").first).to_be_visible()
    said = first.locator("blockquote").inner_text()
    asked = {word.casefold() for word in first.locator("blockquote mark").all_inner_texts()}
    assert "information" in asked
    first.get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/policies/[^/]+/[^/]+/\?highlight=.*#"))
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    # What is marked in the result is marked where it leads: in the paragraph, or below the heading.
    there = page.locator(":target mark, :target ~ * mark").all_inner_texts()
    assert asked <= {word.casefold() for word in there}
    words = re.findall(r"\w+", said.lower())
    assert len(words) > 5
    shown = re.findall(r"\w+", page.locator(".pa-text").inner_text().lower())
    assert set(words) <= set(shown)


def test_a_question_loads_a_part_of_the_index(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}search/")
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(urlsplit(request.url).path))
    ask(page, "encryption")
    index = archive.folder / "search/index"
    files = {f"/search/index/{p.relative_to(index).as_posix()}" for p in index.rglob("*.pf_*")}
    assert files & loaded
    assert len(files & loaded) < len(files) / 2


def test_each_passage_has_its_own_address(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}search/?words=cookies")
    expect(page.locator(".pa-also a").first).to_be_visible()
    page.locator(".pa-also a[href*='#p-']").first.click()
    expect(page.locator(":target mark").first).to_be_visible()
    expect(page.locator(":target")).to_be_in_viewport()


def test_marks_can_be_removed(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}policies/softorino.com/20140521173313/?highlight=cookies")
    before = page.locator(".pa-text").inner_text().split("Remove marks")[1]
    assert page.locator(".pa-text mark").count() > 3
    page.get_by_role("button", name="Remove marks").press("Enter")
    expect(page.locator("mark, .pa-found")).to_have_count(0)
    assert page.locator(".pa-text").inner_text().split() == before.split()
    assert "highlight" not in page.url


def test_facets_and_their_address(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}search/")
    ask(page, "address")
    years = page.locator("[data-pa-facet=year] li")
    expect(years).to_have_text([re.compile("2018"), re.compile("2014")])
    everything = int(page.locator("#pa-results").inner_text().split()[0])
    years.filter(has_text="2014").get_by_role("checkbox").check()
    expect(page.locator("#pa-results")).to_have_text("1 result")
    assert page.url.endswith("/search/?words=address&year=2014")
    # A second value of the facet widens the search; the figures say beforehand how many policies have
    # results there, whatever the number of their captures.
    assert everything == 4
    expect(years.filter(has_text="2018").locator(".pa-count")).to_have_text("3")
    years.filter(has_text="2018").get_by_role("checkbox").check()
    expect(page.locator("#pa-results")).to_have_text(f"{everything} results")
    again = visit(page.url)
    expect(again.locator("#pa-results")).to_have_text(f"{everything} results")
    expect(again.get_by_role("checkbox", name=re.compile("2014"))).to_be_checked()
    again.get_by_role("button", name="Remove all").click()
    assert again.url.endswith("?words=address")


def test_find_a_site_among_many(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}search/?words=policy")
    facet = page.locator("[data-pa-facet=site]")
    facet.locator("summary").press("Enter")
    facet.get_by_role("searchbox", name="Find a site").fill("CHAIR")
    expect(facet.get_by_role("checkbox")).to_have_count(1)
    expect(facet.locator(".pa-count")).to_have_text("1")
    facet.get_by_role("checkbox").press("Space")
    expect(page.locator("#pa-results")).to_have_text("1 result")
    assert hits(page)[0].startswith("chairs.example")


def test_kinds_and_languages_without_a_question(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}search/?language=de")
    expect(page.locator("#pa-results")).to_have_text("1 result")
    assert hits(page)[0].startswith("leuchten.example")
    expect(page.locator("[data-pa-facet=year] .pa-count").first).to_have_text("1")
    page.goto(f"{shelf.root}search/?kind=terms-of-service&words=carrier")
    expect(page.locator("#pa-results")).to_have_text("1 result")
    expect(page.locator(".pa-hits .pa-line")).to_contain_text("terms of service")


def test_sorted_by_date(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}search/?words=cookies")
    expect(page.locator("#pa-results")).to_have_text("5 results")
    for order, wanted in (("newest first", -1), ("oldest first", 1)):
        page.get_by_label("Sort").select_option(order)
        page.wait_for_url(f"**&sort={order.split()[0]}")
        expect(page.locator(".pa-results:not([aria-busy]) .pa-hits > li")).to_have_count(5)
        # What has no date comes last either way.
        expect(page.locator(".pa-hits > li").last).to_contain_text("date unknown")
        dates = page.locator(".pa-hits time").evaluate_all("all => all.map(e => e.dateTime)")
        assert dates == sorted(dates)[::wanted]


def test_by_keyboard_alone(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}search/", viewport=PHONE)
    expect(page.get_by_role("searchbox", name="Words to look for")).to_be_focused()
    page.keyboard.type("cookies")
    page.keyboard.press("Enter")
    expect(page.locator(".pa-hits a").first).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.pa-hits') !== null"):
            break
    else:
        pytest.fail("no result is reached by Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/**")


def test_exact_words(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}search/")
    ask(page, '"small text file"')
    assert len(hits(page)) == 1
    ask(page, '"text small file"')
    expect(page.locator("#pa-results")).to_have_text("Nothing found")


def test_topics_are_found_too(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}search/?words=cookies")
    page.get_by_role("link", name="Cookies and tracking").first.click()
    page.wait_for_url("**/topics/cookies/")


def test_the_themes_search_leads_on(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}policies/softorino.com/20140521173313/")
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("carrier pigeons & co")
    page.get_by_role("link", name="Search every text for “carrier pigeons & co”").click()
    page.wait_for_url("**/search/?words=carrier+pigeons+%26+co")
    expect(page.locator("#pa-results")).to_have_text(re.compile("Nothing|result"))


def test_without_javascript(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}search/?words=cookies", java_script_enabled=False)
    expect(page.get_by_role("searchbox", name="Words to look for")).to_be_hidden()
    page.locator("noscript").get_by_role("link", name="topics").click()
    page.wait_for_url("**/topics/")


def test_without_an_index(own_site: Path, visit: Visit) -> None:
    with serving(own_site) as served:
        page = visit("about:blank")
        page.route("**/shards.json", lambda route: route.abort())
        page.on("console", lambda message: None)
        page.goto(f"{served.root}search/?words=cookies")
        expect(page.get_by_role("alert")).to_contain_text("no search index")
    visit.faults.clear()  # the browser reports what could not be loaded


def test_clean_under_axe_with_results(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}search/?words=address&year=2018", reduced_motion="reduce")
    expect(page.locator(".pa-hits a").first).to_be_visible()
    page.locator(".pa details").evaluate_all("all => all.forEach(e => { e.open = true })")
    expect(page.locator("[data-pa-facet=site] li").first).to_be_visible()
    page.evaluate(AXE_SCRIPT)  # as a script of the page the policy would stop it
    found = page.evaluate(
        "() => axe.run('.pa').then(({ violations }) => violations.map(v => [v.id, v.nodes[0].html, v.nodes[0].failureSummary]))"
    )
    assert found == []


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    policies = {**ATTACKS, "named.md": NAMED, "titled.md": TITLED}
    options = {"search": "pagefind"}
    with serving(made(tmp_path_factory, policies, strict=False, options=options)) as served:
        yield served


@pytest.mark.parametrize("words", ["onerror", "script alert", "privacy", "sell"])
def test_results_are_not_harmed(attacked: Served, visit: Visit, words: str) -> None:
    page = visit(f"{attacked.root}search/", COUNTED)
    ask(page, words)
    assert hits(page)
    page.locator(".pa details").evaluate_all("all => all.forEach(e => { e.open = true })")
    expect(page.locator("[data-pa-facet=site] li").first).to_be_visible()
    assert page.evaluate(ALIVE) == HARMLESS
    for link in page.locator(".pa-hits a").evaluate_all("all => all.map(a => a.href)"):
        assert link.startswith(f"{attacked.root}policies/")
    page.locator(".pa-hits h3 a").first.click()
    page.wait_for_url("**/policies/**")
    assert page.evaluate(ALIVE) == HARMLESS


@pytest.mark.parametrize(
    "place",
    [
        "search/?words=<img src=x onerror=alert(80)>&sort=<b>&topic=<img src=x onerror=alert(81)>",
        "search/?site=__proto__&kind=constructor&language=%00&year=toString",
        "policies/attack.example/20140521173313/?highlight=<img src=x onerror=alert(82)>"
        "&highlight=.*&highlight=[(&highlight=we",
    ],
)
def test_hostile_addresses(attacked: Served, visit: Visit, place: str) -> None:
    page = visit(attacked.root + place, COUNTED)
    expect(page.locator(".pa-results:not([aria-busy]), mark").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.locator(".pa details").evaluate_all("all => all.forEach(e => { e.open = true })")
    assert page.evaluate(ALIVE) == HARMLESS
