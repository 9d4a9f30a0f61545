"""Filter and sort over all pages of a long listing."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from ..site.conftest import POLICY, archived, write_project
from .conftest import Served, Visit, build, serving

pytestmark = pytest.mark.browser

NAMES = ("apples", "chairs", "doors", "lamps", "pears", "rugs", "tables")


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    files = {
        f"{name}.example.md": archived(
            f"{name}.example", f"{2012 + day}0501060708", POLICY.format(name=name) + " word" * day
        )
        for day, name in enumerate(NAMES)
    }
    folder = tmp_path_factory.mktemp("long")
    config = write_project(folder, files, options={"rows_per_page": 2})
    with serving(build(config, folder / "site")) as served:
        yield served


def found(page: Page) -> list[str]:
    rows = page.locator(".pa-found > li")
    return [str(row.get_attribute("data-site")).split(".")[0] for row in rows.all()]


def pages(served: Served, place: str) -> list[str]:
    """The places of a listing's pages, the first before the others."""
    others = sorted((served.folder / place / "page").iterdir())
    assert len(others) > 1
    return [place, *(f"{place}page/{path.name}/" for path in others)]


def html(served: Served, place: str) -> str:
    return (served.folder / place / "index.html").read_text("utf-8")


def test_a_filter_finds_rows_of_other_pages(long: Served, visit: Visit) -> None:
    page = visit(f"{long.root}policies/")
    assert page.locator("#pa-rows > tr").count() <= 2
    page.get_by_role("searchbox", name="Filter all pages").fill("r")
    status = page.locator(".pa-bar [role=status]")
    expect(status).to_have_text("4 found on all pages")
    assert found(page) == ["chairs", "doors", "pears", "rugs"]
    expect(page.locator("#pa-rows")).to_be_hidden()
    assert page.url.endswith("policies/?filter=r")

    page.reload()
    expect(status).to_have_text("4 found on all pages")
    page.get_by_role("link", name="rugs.example").click()
    assert page.url == f"{long.root}policies/rugs.example/"


def test_no_filter_is_the_page_itself(long: Served, visit: Visit) -> None:
    page = visit(f"{long.root}policies/?filter=lamps")
    expect(page.locator(".pa-found > li")).to_have_count(1)
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#pa-rows")).to_be_visible()
    expect(page.locator(".pa-found")).to_be_hidden()
    expect(page.locator(".pa-paging")).to_be_visible()
    page.get_by_role("searchbox").fill("nobody")
    expect(page.locator(".pa-none")).to_be_visible()
    page.get_by_role("button", name="Show all").press("Enter")
    expect(page.locator("#pa-rows")).to_be_visible()
    expect(page.locator(".pa-none")).to_be_hidden()


@pytest.mark.parametrize(
    ("sort", "first"), [("-captured", "tables"), ("captured", "apples"), ("-words", "tables")]
)
def test_sorting_orders_all_pages(long: Served, visit: Visit, sort: str, first: str) -> None:
    page = visit(f"{long.root}{pages(long, 'policies/')[1]}?sort={sort}")
    expect(page.locator(".pa-found > li")).to_have_count(len(NAMES))
    assert found(page)[0] == first
    assert set(found(page)) == set(NAMES)


def test_a_topic_s_quotes_lead_to_their_row_and_passage(long: Served, visit: Visit) -> None:
    page = visit(f"{long.root}topics/cookies/")
    page.get_by_role("searchbox").fill("TABLES")
    row = page.locator(".pa-found > li")
    expect(row.locator("blockquote")).to_contain_text("cookies")
    passage = row.locator("blockquote a").get_attribute("href")
    assert str(passage).startswith(f"{long.root}policies/tables.example/")
    row.get_by_role("link", name="tables.example").click()
    page.wait_for_url("**/topics/cookies/page/*/#tables.example")
    expect(page.locator("#tables\\.example")).to_be_visible()


def test_the_matrix_leads_to_the_policy_s_row_ready_chosen(long: Served, visit: Visit) -> None:
    page = visit(f"{long.root}compare/?filter=pears")
    page.get_by_role("link", name="pears.example").first.click()
    expect(page.locator("[data-pa-tray] p")).to_contain_text("pears.example")


def test_more_than_a_hundred_come_in_portions(long: Served, visit: Visit) -> None:
    page = visit("about:blank")
    script = f"{long.root}assets/policy_archive/modules/all-pages.js"

    def fewer(route):  # type: ignore[no-untyped-def]
        text = route.fetch().text()
        route.fulfill(
            body=text.replace("const MOST = 100", "const MOST = 3"), content_type="text/javascript"
        )

    page.route(script, fewer)
    page.goto(f"{long.root}policies/?sort=captured")
    expect(page.locator(".pa-bar [role=status]")).to_have_text(
        "7 found on all pages, the first 3 shown"
    )
    page.get_by_role("button", name="Show 3 more").press("Enter")
    expect(page.locator(".pa-found > li")).to_have_count(6)
    page.get_by_role("button", name="Show 1 more").press("Enter")
    expect(page.get_by_role("button", name="more")).to_have_count(0)
    assert found(page) == list(NAMES)


@pytest.mark.parametrize("body", ["no data", "", "null", "{}", "<!doctype html>"])
def test_what_cannot_be_loaded_is_said_and_this_page_still_filtered(
    long: Served, visit: Visit, body: str
) -> None:
    page = visit("about:blank")
    page.route("**/rows/*.json", lambda route: route.fulfill(body=body))
    page.goto(f"{long.root}policies/?filter=apples")
    status = page.locator(".pa-bar [role=status]")
    expect(status).to_contain_text("the other pages could not be searched")
    expect(page.locator("#pa-rows > tr:visible")).to_have_count(1)

    page.unroute("**/rows/*.json")
    page.get_by_role("searchbox").fill("apple")
    expect(status).to_have_text("1 found on all pages")
    # What an earlier question found does not stay where a later one fails.
    page.route("**/rows/words.json", lambda route: route.fulfill(body=body))
    page.get_by_role("combobox", name="Sort").select_option("-words")
    expect(status).to_contain_text("shown on this page; the other pages could not be searched")
    expect(page.locator(".pa-found")).to_be_hidden()
    expect(page.locator("#pa-rows > tr:visible")).to_have_count(1)
    expect(page.locator(".pa-paging")).to_be_visible()


def test_a_row_of_this_page_is_led_to_again_and_again(long: Served, visit: Visit) -> None:
    page = visit(f"{long.root}topics/cookies/")
    for asked in ("apples", "chairs", "chairs"):
        page.get_by_role("searchbox").fill(asked)
        page.locator(".pa-found").get_by_role("link", name=f"{asked}.example").click()
        expect(page.locator(f"#{asked}\\.example")).to_be_visible()
        assert page.url.endswith(f"#{asked}.example")


# In the listing's order: by site, blind to case, and by kind; "-" and "." come before "/".
NAMED = {
    "10.example": "",
    "9.example": "",
    "acme": "cookie-policy",
    "acme ": "",
    "acme  ": "terms-of-service",
    "acme-b": "",
    "Zoom": "",
    "Éclair Ltd": "",
}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Services that are archived by their names; some of them have policies of several kinds."""
    folder = tmp_path_factory.mktemp("named")
    files = {
        f"{number}.md": f"---\nsite: {site.strip()}\ncaptured: 2018-05-{22 - number}\n"
        + (f"kind: {kind}\n" if kind else "")
        + f"---\n{POLICY.format(name=site.strip())}"
        for number, (site, kind) in enumerate(NAMED.items())
    }
    config = write_project(folder, files, options={"rows_per_page": 2})
    with serving(build(config, folder / "site")) as served:
        yield served


ORDER = [site.strip() for site in NAMED]
ROWS = [
    *("10.example", "9.example", "acme/cookie-policy", "acme", "acme/terms-of-service", "acme-b"),
    *("zoom", "éclair-ltd"),
]


@pytest.mark.parametrize("place", ["policies/", "topics/cookies/", "compare/"])
@pytest.mark.parametrize(
    ("asked", "site"),
    [("zoom", "Zoom"), ("ZOO", "Zoom"), ("Zoom", "Zoom"), ("eclair", "Éclair Ltd")],
)
def test_names_with_capitals_are_found(
    named: Served, visit: Visit, place: str, asked: str, site: str
) -> None:
    page = visit(f"{named.root}{place}")
    page.get_by_role("searchbox", name="Filter all pages").fill(asked)
    expect(page.locator(".pa-bar [role=status]")).to_have_text("1 found on all pages")
    expect(page.locator(".pa-found > li")).to_have_attribute("data-site", site)
    # Rows of this page and of data files agree.
    marked = f'data-site="{site}"'
    (place_of_row,) = (it for it in pages(named, place) if marked in html(named, it))
    own = visit(f"{named.root}{place_of_row}?filter={asked}")
    expect(own.locator(".pa-found > li")).to_have_attribute("data-site", site)
    assert own.locator("#pa-rows > *").evaluate_all(
        "rows => rows.filter(row => !row.hidden).map(row => row.dataset.site)"
    ) == [site]


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_a_link_to_a_row_leads_to_its_page(named: Served, visit: Visit, number: int) -> None:
    row = ROWS[number]
    page = visit(f"{named.root}topics/cookies/#{row}")
    target = page.locator(":target")
    expect(target).to_have_attribute("id", row)
    expect(target).to_be_in_viewport()


@pytest.mark.parametrize("place", ["policies/", "topics/cookies/", "compare/"])
def test_sorting_by_site_is_the_listing_s_own_order(
    named: Served, visit: Visit, place: str
) -> None:
    page = visit(f"{named.root}{place}")
    page.evaluate("document.querySelector('[name=sort]').add(new Option('by name', 'site'))")
    page.evaluate("document.querySelector('[name=sort]').add(new Option('from Z', '-site'))")
    sites = "rows => rows.map(row => row.dataset.site)"
    for sort, order in (("site", ORDER), ("-site", ORDER[::-1])):
        page.get_by_role("combobox", name="Sort").select_option(sort)
        expect(page.locator(".pa-found > li").first).to_have_attribute("data-site", order[0])
        assert page.locator(".pa-found > li").evaluate_all(sites) == order


@pytest.mark.parametrize("place", ["policies/", "topics/cookies/", "compare/"])
def test_what_is_found_is_accessible(long: Served, visit: Visit, place: str) -> None:
    page = visit(f"{long.root}{place}?filter=r")
    expect(page.locator(".pa-found > li")).to_have_count(4)
    page.evaluate(AXE_SCRIPT)  # as a script of the page the policy would stop it
    assert page.evaluate("axe.run('.pa').then(({ violations }) => violations)") == []


def test_without_javascript_every_row_is_on_its_page(long: Served, visit: Visit) -> None:
    page = visit(
        f"{long.root}{pages(long, 'policies/')[-1]}?filter=apples", java_script_enabled=False
    )
    assert page.locator("#pa-rows > tr").count() >= 1
    expect(page.locator(".pa-bar")).to_be_hidden()
    expect(page.locator(".pa-paging")).to_be_visible()
