"""A snapshot's page: permalinks, provenance, ledger, citation."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import BLOCKS, Served, Visit

pytestmark = pytest.mark.browser

SNAPSHOT = "policies/istonsoft.com/20190423004435/"


def opacity(link: Locator) -> float:
    """As soon as the transition is over."""
    link.evaluate("e => Promise.all(e.getAnimations().map(animation => animation.finished))")
    return float(link.evaluate("e => getComputedStyle(e).opacity"))


def mark(paragraph: Locator) -> tuple[str, str]:
    """What tells a paragraph apart: its own background, or that of a box behind it."""
    script = "e => [getComputedStyle(e), getComputedStyle(e, '::before')].map(s => s.background)"
    own, behind = paragraph.evaluate(script)
    return own, behind


def test_the_text_stands_between_its_outline_and_its_topics(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT)
    outline = page.locator(".pa-outline").bounding_box()
    text = page.locator(f"{BLOCKS} > p").first.bounding_box()
    topic = page.locator(".pa-note:visible").first.bounding_box()
    assert outline and text and topic
    assert outline["x"] + outline["width"] <= text["x"]
    assert text["x"] + text["width"] <= topic["x"]


def test_permalinks_show_on_hover_and_focus(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT)
    for place in (BLOCKS, ".pa-text h2"):
        owner = page.locator(place).nth(1)
        link = owner.locator('> [title="Permalink"]')
        assert opacity(link) == 0
        owner.hover()
        assert opacity(link) == 1
        page.mouse.move(0, 0)
        assert opacity(link) == 0
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(link).to_be_focused()
        assert opacity(link) == 1


def test_a_permalink_scrolls_and_marks(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT)
    paragraph = page.locator(BLOCKS).last
    name = paragraph.get_attribute("id")
    assert re.fullmatch(r"p-[0-9a-f]{8}(-\d+)?", str(name))
    before = mark(paragraph)
    other = visit(f"{archive.root}{SNAPSHOT}#{name}")
    target = other.locator(f"#{name}")
    expect(target).to_be_in_viewport()
    assert mark(target) != before
    # Not below the header that stays at the top.
    header = other.locator(".md-header").bounding_box()
    box = target.bounding_box()
    assert header and box and box["y"] >= header["height"] - 1


def test_every_paragraph_and_section_has_one(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT)
    for place in (BLOCKS, ".pa-text :is(h2, h3, h4, h5, h6)"):
        owners = page.locator(place).evaluate_all(
            "all => all.map(e => [e.id, e.querySelector(':scope > [title=Permalink]')?.hash])"
        )
        assert owners
        assert all(link == f"#{name}" for name, link in owners)


def test_the_quote_of_a_topic_lands_on_its_paragraph(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}topics/cookies/")
    quote = page.locator("#istonsoft\\.com blockquote a")
    words = quote.inner_text()[:60]
    assert len(words) == 60
    quote.click()
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text(words)


def test_a_topic_note_leads_to_the_comparison(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT)
    page.locator(".pa-note a", has_text="Cookies").first.click()
    assert page.url == f"{archive.root}topics/cookies/#istonsoft.com"
    expect(page.locator(":target")).to_be_in_viewport()


def test_provenance_opens_and_the_ledger_from_it(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT)
    card = page.locator("#pa-card")
    digest = card.locator(".pa-hash")
    expect(digest).to_be_hidden()
    card.locator("summary").press("Enter")
    expect(digest).to_be_visible()
    assert re.fullmatch(r"[0-9a-f]{64}", digest.inner_text())
    for link in ("Replay this capture", "As archived, unaltered", "All captures"):
        expect(card.get_by_role("link", name=link)).to_be_visible()
    raw = card.get_by_role("link", name="As archived, unaltered").get_attribute("href")
    assert "20190423004435id_/" in str(raw)

    ledger = page.locator("#pa-ledger")
    expect(ledger).not_to_have_attribute("open", "")
    card.get_by_role("link", name=re.compile("repairs")).press("Enter")
    expect(ledger).to_have_attribute("open", "")
    expect(ledger.locator("> summary")).to_be_in_viewport()
    expect(ledger).to_contain_text("industryâ€™s")


def closed_but_for(page: Page, name: str) -> None:
    expect(page.locator(f"#{name}")).to_have_attribute("open", "")
    expect(page.locator(f"#{name} > summary")).to_be_in_viewport()


@pytest.mark.parametrize("name", ["pa-ledger", "pa-ledger-mojibake", "pa-cite", "pa-card"])
def test_what_the_address_points_at_is_open(archive: Served, visit: Visit, name: str) -> None:
    page = visit(f"{archive.root}{SNAPSHOT}#{name}")
    closed_but_for(page, name)


def test_cite(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Cite", exact=True).click()
    closed_but_for(page, "pa-cite")
    plain = page.locator("#pa-cite-plain").inner_text()
    for part in ("istonsoft.com", "23 April 2019", "web.archive.org", "SHA-256"):
        assert part in plain
    assert page.locator("#pa-cite-bibtex").inner_text().startswith("@misc{")
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{")


def test_cite_a_paragraph_and_share_a_selection(shelf: Served, visit: Visit) -> None:
    page = visit(
        f"{shelf.root}policies/lamps.example/20140521173313/",
        permissions=["clipboard-read", "clipboard-write"],
    )
    block = page.locator(BLOCKS).nth(1)
    name = block.get_attribute("id")
    page.goto(f"{page.url}#{name}")
    panel = page.locator("#pa-cite")
    expect(panel.locator("summary")).to_have_text("Cite this paragraph")
    panel.locator("summary").click()
    replay = panel.get_by_role("link", name="Replay at this passage").get_attribute("href")
    assert "web.archive.org" in str(replay)
    assert "#:~:text=" in str(replay)
    for form in ("plain text", "BibTeX", "RIS", "CSL-JSON"):
        expect(panel.get_by_role("button", name=f"Copy {form}")).to_be_visible()
    block.select_text()
    page.get_by_role("button", name="Share this passage").click()
    shared = page.evaluate("navigator.clipboard.readText()")
    assert f"/20140521173313/#{name}:~:text=" in shared


def test_the_source_is_text(archive: Served, visit: Visit) -> None:
    page = visit(archive.root + SNAPSHOT)
    page.get_by_role("link", name="Source", exact=True).click()
    assert page.url.endswith("/source.txt")
    assert page.evaluate("document.contentType") == "text/plain"


def test_captures_lead_to_each_other(shelf: Served, visit: Visit) -> None:
    page = visit(f"{shelf.root}policies/lamps.example/20140521173313/")
    expect(page.locator(".pa-older")).to_contain_text("older capture")
    page.get_by_role("link", name="Later capture").click()
    assert page.url.endswith("/20180522173313/")
    expect(page.locator(".pa-older")).to_have_count(0)
    page.get_by_role("link", name="Earlier capture").click()
    assert page.url.endswith("/20140521173313/")


def test_latest(archive: Served, visit: Visit) -> None:
    page = visit(f"{archive.root}policies/istonsoft.com/latest/")
    page.wait_for_url(f"{archive.root}{SNAPSHOT}")


def test_the_search_in_the_head(archive: Served, visit: Visit) -> None:
    page = visit(archive.root)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("shareware registration")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    addresses = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
    assert any("/policies/" in address for address in addresses)


def test_a_day_leads_to_the_capture_then_valid(shelf: Served, visit: Visit) -> None:
    policy = f"{shelf.root}policies/lamps.example/"
    page = visit(shelf.root)
    page.goto(policy)
    page.get_by_label("What did it say on").fill("2018-05-21")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/lamps.example/20140521173313/?on=2018-05-21")
    asked = page.locator(".pa-asked")
    expect(asked).to_contain_text("On 21 May 2018 this is what it said")
    page.go_back()
    page.wait_for_url(policy)  # and not on to the capture again
    page.goto(f"{policy}#on=2018-05-22")
    page.wait_for_url("**/lamps.example/20180522173313/?on=2018-05-22")


@pytest.mark.parametrize(("day", "said"), [("2014-05-20", "no capture"), ("2019-02-30", "")])
def test_a_day_without_a_capture_leads_nowhere(
    shelf: Served, visit: Visit, day: str, said: str
) -> None:
    page = visit(f"{shelf.root}policies/lamps.example/#on={day}")
    status = page.locator("[data-pa-on] [role=status]")
    expect(status).to_contain_text(said)
    assert page.url.endswith(f"#on={day}")
