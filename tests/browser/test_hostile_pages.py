"""Archived text that attacks, in a browser that would let it."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from ..site.conftest import POLICY, archived
from ..site.test_hostile import ATTACKS
from .conftest import Served, Visit, made, serving

pytestmark = pytest.mark.browser

NAME = "<img src=x onerror=alert(60)>\"'><script>alert(61)</script>{{ 7*7 }}"

NAMED = f"""---
site: {json.dumps(NAME)}
captured: 2016-07-08
kind: "terms <svg onload=alert(62)>"
collection: "</script><script>alert(63)</script>"
---
{POLICY.format(name=NAME)}
We use cookies </blockquote><script>alert(64)</script> and <img src=x onerror=alert(65)> to sell data.
"""

TITLED = archived(
    "titled.example",
    "20170203040506",
    POLICY.format(name="Titled").replace("# Privacy Policy", f"# {NAME} `</title><script>`"),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    policies = {**ATTACKS, "named.md": NAMED, "titled.md": TITLED}
    folder = made(
        tmp_path_factory,
        policies,
        strict=False,
        pages={"index.md": "# Home\n"},
        site_url="http://127.0.0.1/",
        markdown_extensions=["attr_list", "abbr", "admonition", "tables"],
    )
    with serving(folder) as served:
        yield served


ALIVE = """() => {
  const all = [...document.querySelectorAll('*')];
  const foreign = 'iframe, frame, object, embed, base, applet, math, portal, img, video, audio';
  return {
    scripts: all.filter(e => e.localName === 'script')
      .map(e => e.getAttribute('src') ?? e.type ?? '').filter(s => /evil|alert|\\/\\//.test(s)),
    inside: all.filter(e => e.matches('.md-content :is(script, style, link, meta)')).length,
    events: all.filter(e => e.getAttributeNames().some(name => name.startsWith('on')))
      .map(e => e.outerHTML.slice(0, 200)),
    foreign: all.filter(e => e.matches(foreign)).map(e => e.outerHTML.slice(0, 200)),
    links: all.flatMap(e => ['href', 'src', 'xlink:href', 'action', 'formaction', 'data']
        .map(name => e.getAttribute(name)))
      .filter(value => value && /^\\s*(javascript|data|vbscript|file|blob):/i.test(value)),
    styled: all.filter(e => e.closest('.pa-text') && e.hasAttribute('style')).length,
    search: document.querySelectorAll('[id=__search]').length,
    fired: window.fired ?? 0,
  };
}"""

HARMLESS = {
    "scripts": [],
    "inside": 0,
    "events": [],
    "foreign": [],
    "links": [],
    "styled": 0,
    "search": 1,
    "fired": 0,
}


# A dialog would stop the page: count the calls instead.
COUNTED = "window.alert = () => { window.fired = (window.fired ?? 0) + 1; }"


def places(served: Served) -> list[str]:
    found = served.folder.glob("**/*.html")
    names = [path.relative_to(served.folder).as_posix() for path in found]
    return sorted(name for name in names if "/latest/" not in name)


def test_no_page_is_harmed(hostile: Served, visit: Visit) -> None:
    # Topic pages differ in their rows alone: one stands for all.
    names = [name for name in places(hostile) if not re.match(r"topics/(?!data-col).+/", name)]
    assert len(names) > 15
    page = visit(hostile.root, COUNTED)
    harmed = {}
    for name in names:
        page.goto(hostile.root + re.sub(r"index\.html$", "", name))
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
        found = page.evaluate(ALIVE)
        if found != HARMLESS:
            harmed[name] = {key: value for key, value in found.items() if value != HARMLESS[key]}
    assert harmed == {}


def test_side_by_side_is_not_harmed(hostile: Served, visit: Visit) -> None:
    page = visit(f"{hostile.root}compare/", COUNTED)
    boxes = page.locator("[data-pa-matrix] tbody input")
    assert 4 < boxes.count() <= 8
    for some in (boxes.all()[:4], boxes.all()[-4:]):
        for box in some:
            box.press("Space")
        expect(page.locator("[data-pa-out] thead th")).to_have_count(5)
        assert page.locator("[data-pa-out] blockquote").count()
        assert page.evaluate(ALIVE) == HARMLESS
        page.locator("[data-pa-clear]").press("Enter")


def test_search_results_are_not_harmed(hostile: Served, visit: Visit) -> None:
    page = visit(hostile.root, COUNTED)
    field = page.get_by_role("textbox", name="Search")
    field.click()
    for asked in ("onerror", "privacy"):
        field.fill("")
        field.press_sequentially(asked)  # the search listens to keys
        found = page.locator(".md-search-result__link", has_text=re.compile(asked, re.IGNORECASE))
        expect(found.first).to_be_visible()
        # all at once: the theme may draw the list anew between two clicks
        page.locator(".md-search-result__more").evaluate_all(
            "all => all.forEach(e => e.open = true)"
        )
        assert page.evaluate(ALIVE) == HARMLESS


def test_hostile_addresses(hostile: Served, visit: Visit) -> None:
    attack = "%3Cimg%20src%3Dx%20onerror%3Dalert(70)%3E"
    for place in (
        f"policies/?filter={attack}&sort={attack}&kind={attack}",
        f"compare/?sites={attack},constructor,__proto__&q={attack}",
        f"topics/cookies/?sort={attack}&possible={attack}#{attack}",
        f"policies/attack.example/20140521173313/?h={attack}#{attack}%",
        f"policies/{attack}/",
        f"policies/javascript:alert(71)/{attack}",
    ):
        page = visit(hostile.root + place, COUNTED)
        assert page.evaluate(ALIVE) == HARMLESS, place
