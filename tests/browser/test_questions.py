"""Questions that readers come with, put to the archive of the Open Terms bundle: two clicks each."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ..open_terms import thorough, versions
from ..site.conftest import write_project
from .conftest import Served, Visit, build, our_theme, serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The archive; OPEN_TERMS_SITE names a folder where it is built already."""
    if ready := os.environ.get("OPEN_TERMS_SITE"):
        folder = Path(ready)
    else:
        thorough()
        project = tmp_path_factory.mktemp("terms")
        options = {"sources": [str(versions(project))]}
        write_project(project / "project", {}, options=options, theme=our_theme())
        folder = build(project / "project/mkdocs.yml", project / "site", strict=False)
    with serving(folder) as served:
        yield served


def test_did_spotify_say_in_2021_that_it_sells_data(terms: Served, visit: Visit) -> None:
    page = visit(f"{terms.root}policies/spotify/")
    sale = page.locator("#pa-topic-sale")
    sale.get_by_role("link", name="through the years").click()
    page.wait_for_url("**/policies/spotify/history/#sale")
    wordings = page.locator("#sale .pa-row")
    assert wordings.count() >= 2  # what before, and what now
    then = wordings.filter(has=page.locator("time[datetime^='2021']")).first
    expect(then.locator(".pa-who")).to_contain_text("stood from")  # when it changed
    then.locator(".pa-what a").click()
    page.wait_for_url(re.compile(r"/policies/spotify/202\d+/"))
    expect(page.locator("#pa-title")).to_contain_text("Spotify")
    expect(page.locator("#pa-cite")).to_be_attached()


def test_retention_of_all_services_over_time(terms: Served, visit: Visit) -> None:
    page = visit(f"{terms.root}topics/")
    page.get_by_role("link", name="How long is my information kept?").click()
    expect(page.locator(".pa-figures-line")).to_contain_text("40 policies")
    expect(page.locator(".pa-by-year svg")).to_be_visible()
    page.get_by_role("navigation", name="end of a year").get_by_role("link", name="2021").click()
    page.wait_for_url("**/topics/retention/2021/")
    rows = page.locator("#pa-rows > li")
    assert rows.count() >= 20
    captured = rows.evaluate_all("all => all.map(row => row.dataset.captured)")
    assert all(it < "2022" for it in captured)
    link = page.locator("#pa-rows h2 a").first.get_attribute("href")
    assert re.search(r"/20(1\d|2[01])\d{10}/$", str(link))


def test_who_changed_what_they_say_on_ai_from_2023_to_2026(terms: Served, visit: Visit) -> None:
    page = visit(f"{terms.root}topics/automated-decisions/")
    page.get_by_role("link", name="Who changed what they say").click()
    page.wait_for_url("**/topics/automated-decisions/changes/")
    page.get_by_label("From").fill("2023-01-01")
    page.get_by_label("To", exact=True).fill("2026-12-31")
    rows = page.locator("#pa-rows > li:visible")
    expect(rows.first.locator("ins, del").first).to_be_visible()
    days = rows.evaluate_all("all => all.map(row => row.dataset.captured.slice(0, 4))")
    assert len(days) >= 10
    assert set(days) <= {"2023", "2024", "2025", "2026"}
    assert page.url.endswith("?from=2023-01-01&to=2026-12-31")
