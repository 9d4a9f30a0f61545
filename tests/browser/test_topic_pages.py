"""A topic's page: filters that look everywhere, and years that keep what a reader has chosen."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Served, Visit

pytestmark = pytest.mark.browser


def test_a_filter_looks_where_nothing_was_found(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}topics/cookies/?filter=leuchten")
    expect(page.locator("#pa-rows > :visible")).to_have_count(0)
    expect(page.locator("[data-pa-also] > :visible")).to_contain_text(["leuchten.example"])
    said = page.locator(".pa-bar [role=status]")
    expect(said).to_contain_text("1 not checked")
    page.get_by_role("searchbox", name="Filter").fill("chairs")
    expect(said).to_contain_text("1 where we found nothing")


def test_years_keep_the_filter_and_lead_to_their_captures(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}topics/cookies/?filter=lamps")
    page.get_by_role("navigation", name="end of a year").get_by_role("link", name="2014").click()
    page.wait_for_url("**/topics/cookies/2014/?filter=lamps")
    expect(page).to_have_title(re.compile(r"means\? At the end of 2014\. - "))
    expect(page.get_by_role("heading", level=1)).to_contain_text("at the end of 2014")
    page.locator("#pa-rows h2").get_by_role("link", name="lamps.example").click()
    page.wait_for_url("**/policies/lamps.example/20140521173313/")
