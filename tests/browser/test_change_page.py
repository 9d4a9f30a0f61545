"""A change's page: from what changed on a topic to the passage that has it."""

import pytest
from playwright.sync_api import expect

from .conftest import PAGE_TYPES, Served, Visit

pytestmark = pytest.mark.browser


def test_the_sentence_of_a_topic_leads_to_its_passage(shelf: Served, visit: Visit) -> None:
    page = visit(shelf.root + PAGE_TYPES["change"].removeprefix("shelf:"))
    expect(page.locator("#pa-changed")).to_be_visible()
    link = page.locator(".pa-changed li > p > a[href^='#p-']").first
    name = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    passage = page.locator(f".pa-edit[id='{name}']")
    expect(passage).to_be_in_viewport()
    expect(passage.locator("h3")).to_have_count(1)
    permalink = passage.locator("[title='Permalink']")
    expect(permalink).to_have_css("opacity", "1")
    assert permalink.get_attribute("href") == f"#{name}"
