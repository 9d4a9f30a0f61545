"""Any two captures of a policy: chosen on its timeline, with an address to share."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from ..site.conftest import POLICY, archived
from .conftest import Served, Visit, made, serving

pytestmark = pytest.mark.browser

STAMPS = ["20120521173313", "20140521173313", "20180522173313"]
NAMES = ["Lamps", "Lamps Ltd", "Lamps plc"]


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    policies = {
        f"lamps-{stamp}.md": archived("lamps.example", stamp, POLICY.format(name=name))
        for stamp, name in zip(STAMPS, NAMES, strict=True)
    }
    with serving(made(tmp_path_factory, policies, pages={"index.md": "# Lamps\n"})) as served:
        yield served


def pressed(page: Page) -> list[str]:
    dots = page.locator(".pa-timeline a[aria-pressed=true]")
    found: list[str] = dots.evaluate_all("all => all.map(it => it.dataset.capture)")
    return found


def differing(page: Page) -> str:
    return page.locator(".pa-edit ins").first.inner_text()


def test_two_dots_are_compared_and_have_an_address(lamps: Served, visit: Visit) -> None:
    page = visit(f"{lamps.root}policies/lamps.example/compare/")
    expect(page.locator(".pa-bar [role=status]")).to_have_text("1 passage differs")
    assert pressed(page) == STAMPS[1:]
    dots = page.locator(".pa-timeline a")
    dots.nth(2).click()
    expect(page.locator(".pa-choose [role=status]")).to_contain_text("22 May 2018")
    dots.nth(0).click()  # whichever comes first, the earlier one is the old text
    page.wait_for_url(f"**/compare/#{STAMPS[0]}..{STAMPS[2]}")
    expect(page.locator(".pa-bar [role=status]")).to_have_text("1 passage differs")
    assert pressed(page) == [STAMPS[0], STAMPS[2]]
    assert differing(page) == "plc "
    again = visit(page.url)
    expect(again.locator(".pa-edit ins").first).to_have_text("plc ")
    assert pressed(again) == [STAMPS[0], STAMPS[2]]
    again.get_by_label("Later").select_option(STAMPS[1])
    again.wait_for_url(f"**/compare/#{STAMPS[0]}..{STAMPS[1]}")
    assert pressed(again) == STAMPS[:2]


def test_the_keyboard_chooses_on_the_policys_page(lamps: Served, visit: Visit) -> None:
    page = visit(f"{lamps.root}policies/lamps.example/")
    page.get_by_role("button", name="Compare two of these").press("Enter")
    page.keyboard.press("Shift+Tab")  # the dots stand before the button
    page.keyboard.press("Enter")
    expect(page.locator(".pa-choose [role=status]")).to_contain_text("22 May 2018")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press(" ")
    page.wait_for_url(f"**/policies/lamps.example/compare/#{STAMPS[1]}..{STAMPS[2]}")
    expect(page.locator(".pa-edit ins").first).to_have_text("plc")


def test_a_dot_leads_to_its_capture_until_two_are_to_be_compared(
    lamps: Served, visit: Visit
) -> None:
    page = visit(f"{lamps.root}policies/lamps.example/")
    button = page.get_by_role("button", name="Compare two of these")
    button.click()
    button.click()
    page.locator(".pa-timeline a").first.click()
    page.wait_for_url(f"**/policies/lamps.example/{STAMPS[0]}/")
