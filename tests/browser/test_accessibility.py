"""A page of each type under axe-core, and on a screen as narrow as they come."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

import pytest
import yaml
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from .conftest import (
    DESKTOP,
    PAGE_TYPES,
    PHONE,
    ROOT,
    Contexts,
    build,
    our_theme,
    serving,
    visiting,
)

pytestmark = pytest.mark.browser

SIZES = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES: dict[Literal["light", "dark"], str] = {"light": "default", "dark": "slate"}

Failure = tuple[str, str]
"""A rule of axe-core, and the kind of element that fails it."""


FAILED = """options => axe.run(options).then(({ violations }) => violations.flatMap(
  ({ id, nodes }) => nodes.map(({ target, failureSummary }) => [
    id, target.join(' '),
    Boolean(document.querySelector(target[0])?.closest('.pa')), failureSummary,
  ])))"""


def failures(page: Page) -> dict[Failure, str]:
    """What fails at both sizes in both schemes."""
    page.evaluate(AXE_SCRIPT)  # as a script of the page the policy would stop it
    found: dict[Failure, str] = {}
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        for scheme, name in SCHEMES.items():
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
            # Rules other than that on contrast do not depend on colours.
            rules = {} if scheme == "light" else {"runOnly": ["color-contrast"]}
            asked = {"resultTypes": ["violations"], **rules}
            for rule, target, inside, why in page.evaluate(FAILED, asked):
                # What Material fails excuses nothing inside our own article.
                failure = rule, f".pa {target}" if inside else kind(target)
                found.setdefault(failure, f"{size}, {scheme}: {target} {why}")
    return found


def kind(target: str) -> str:
    """Of an element, whatever its place in the page and its attributes."""
    return re.sub(r"\[[^]]*\]|:nth-child\(\d+\)", "", target)


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of Material as it comes, with the features of our own site."""
    project = tmp_path_factory.mktemp("stock")
    (project / "docs/more").mkdir(parents=True)
    text = "# Stock\n\nA page of text with a [link](more/index.md).\n\n## A section\n\nMore text.\n"
    (project / "docs/index.md").write_text(text, "utf-8")
    (project / "docs/more/index.md").write_text("# More\n\nText.\n", "utf-8")
    theme = our_theme()
    for palette in theme["palette"]:  # Material's own colours
        palette.pop("primary", None)
        palette.pop("accent", None)
    settings = {"site_name": "Stock", "theme": theme, "plugins": ["search"]}
    (project / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    with serving(build(project / "mkdocs.yml", project / "site")) as served:
        yield served.root


@pytest.fixture(scope="module")
def excused(browser: Browser, stock: str) -> set[Failure]:
    """What Material fails on its own page."""
    page = browser.new_page()
    page.goto(stock)
    found = set(failures(page))
    page.close()
    return found


@pytest.fixture(scope="module", params=PAGE_TYPES)
def unfolded(
    request: pytest.FixtureRequest,
    browser: Browser,
    contexts: Contexts,
    places: Mapping[str, str],
) -> Iterator[Page]:
    """A page of each type with all of its details open."""
    with visiting(browser, contexts) as visit:
        page = visit(places[request.param], reduced_motion="reduce")
        if request.param == "side by side":
            expect(page.locator("[data-pa-out] blockquote").first).to_be_visible()
        if request.param == "search with results":
            expect(page.locator(".pa-results:not([aria-busy]) .pa-hits > li").first).to_be_visible()
        unfold = "all => all.forEach(e => { e.open = true })"
        page.locator(".pa details").evaluate_all(unfold)
        yield page


def test_nothing_fails_but_what_material_fails(unfolded: Page, excused: set[Failure]) -> None:
    found = failures(unfolded)
    ours = [f"{rule}: {why}" for (rule, what), why in found.items() if (rule, what) not in excused]
    assert not ours, "\n".join(ours)


def test_fits_a_narrow_screen(unfolded: Page) -> None:
    unfolded.set_viewport_size({"width": 320, "height": 640})
    wide = unfolded.evaluate(
        """() => [document.scrollingElement.scrollWidth, [...document.querySelectorAll('.pa *')]
          .filter(e => e.getBoundingClientRect().right > innerWidth + 1
            && !e.closest('.pa-scroll, .pa-table, .pa-vh, pre'))
          .map(e => e.className || e.localName)]"""
    )
    assert wide == [320, []]
    expect(unfolded.get_by_role("heading", level=1)).to_be_visible()


def test_the_document_lists_what_material_fails(excused: set[Failure]) -> None:
    document = (ROOT / "docs/accessibility.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)` \| `([^`]+)` \|", document, re.MULTILINE))
    assert listed == excused
