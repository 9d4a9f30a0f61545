"""Languages written from the right: of the interface, of archived texts, and one beside the other."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from ..site.conftest import archived, run, write_project
from . import right_to_left
from .conftest import DESKTOP, PHONE, SHELF, Served, Visit, our_theme, serving

HEBREW = """# מדיניות פרטיות

אנחנו אוספים את השם ואת כתובת הדואר האלקטרוני שלך כאשר אתה מזמין מנורות. אנו משתמשים במידע הזה כדי
לשלוח את מה שהזמנת, כדי לענות על שאלות וכדי לנהל את ספרינו.

## עוגיות

אנו משתמשים בעוגיות (cookies) כדי לזכור את סל הקניות שלך. אפשר להגדיר את הדפדפן כך שיסרב לעוגיות.

* שם וכתובת
* מספר טלפון
"""
TEXTS = {**SHELF, "hebrew.md": archived("menorot.example", "20190302010203", HEBREW)}
LEFT = "policies/lamps.example/20140521173313/"
RIGHT = "policies/menorot.example/20190302010203/"
PAGES = {
    "home": "",
    "policies": "policies/",
    "policy": "policies/lamps.example/",
    "snapshot": LEFT,
    "snapshot from the right": RIGHT,
    "change": "policies/lamps.example/20140521173313..20180522173313/",
    "any two captures": "policies/lamps.example/compare/",
    "history": "policies/lamps.example/history/",
    "topic": "topics/data-collected/#lamps.example",
    "changes": "changes/",
    "side by side": "compare/?sites=chairs.example,lamps.example",
    "method": "about/method/",
    "data": "data/",
}


def site(folder: Path, theme: Mapping[str, Any], **options: object) -> Path:
    """Built in this process, which knows the language."""
    project = write_project(
        folder,
        TEXTS,
        pages={"index.md": "# A shelf\n"},
        options={"search": "built-in", **options},
        theme={**our_theme(), **theme},
    )
    return run(project, strict=False).folder


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An interface from the right."""
    with right_to_left.known(tmp_path_factory.mktemp("locale")) as code:
        folder = site(tmp_path_factory.mktemp("mirrored"), {"language": "he"}, language=code)
    with serving(folder) as served:
        yield served


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(site(tmp_path_factory.mktemp("english"), {})) as served:
        yield served


@pytest.mark.parametrize("place", PAGES.values(), ids=PAGES.keys())
def test_pages_fit_when_they_are_mirrored(visit: Visit, mirrored: Served, place: str) -> None:
    for viewport in (DESKTOP, PHONE, {"width": 320, "height": 640}):
        page = visit(mirrored.root + place, viewport=viewport)
        width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width <= room
        assert page.evaluate("getComputedStyle(document.querySelector('#pa-main')).direction") == (
            "rtl"
        )


def middle(page: Any, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    return float(box["x"] + box["width"] / 2)


def starts_at(page: Any, selector: str) -> str:
    """The side on which the words of an element begin."""
    return str(page.locator(selector).first.evaluate("it => getComputedStyle(it).direction"))


def test_columns_change_sides(visit: Visit, mirrored: Served, english: Served) -> None:
    """Outline, text and notes stand in the order of reading, of either text."""
    for root, factor in ((english.root, 1), (mirrored.root, -1)):
        page = visit(root + LEFT, viewport=DESKTOP)
        outline, text, note = (
            factor * middle(page, it) for it in (".pa-outline", ".pa-text p", ".pa-note")
        )
        assert outline < text < note


def test_archived_words_keep_their_direction(
    visit: Visit, mirrored: Served, english: Served
) -> None:
    for root in (mirrored.root, english.root):
        left, right = (visit(root + place, viewport=DESKTOP) for place in (LEFT, RIGHT))
        blocks = (".pa-text div[id] > p", ".pa-text h2", ".pa-head .pa-theirs")
        assert [starts_at(left, it) for it in blocks] == ["ltr"] * 3
        assert [starts_at(right, it) for it in (*blocks, ".pa-text ul")] == ["rtl"] * 4


def test_our_words_beside_archived_ones_keep_ours(
    visit: Visit, mirrored: Served, english: Served
) -> None:
    for root, own in ((mirrored.root, "rtl"), (english.root, "ltr")):
        page = visit(root + LEFT, viewport=DESKTOP)
        assert {starts_at(page, it) for it in (".pa-note", ".pa-foot .pa-chips")} == {own}
        assert starts_at(visit(root + RIGHT, viewport=DESKTOP), ".pa-line") == own


def test_a_heading_stands_above_its_paragraph(
    visit: Visit, mirrored: Served, english: Served
) -> None:
    """Where text begins at the right, both begin there."""
    edge = "it => { const r = document.createRange(); r.selectNodeContents(it); return r"
    for root in (mirrored.root, english.root):
        page = visit(root + RIGHT, viewport=DESKTOP)
        heading, paragraph = (
            page.locator(it).first.evaluate(f"{edge}.getBoundingClientRect().right }}")
            for it in (".pa-text h2", ".pa-text section:has(h2) div[id] > p")
        )
        assert abs(heading - paragraph) < 30  # the permalink, which shows on hover


def test_scripts_say_what_they_say_from_the_right(visit: Visit, mirrored: Served) -> None:
    page = visit(f"{mirrored.root}policies/chairs.example/20180102030405/", viewport=PHONE)
    chips = page.locator(".pa-text > section > .pa-chips").first
    assert chips.get_attribute("dir") == "rtl"
    assert chips.get_attribute("lang") == right_to_left.CODE


def test_figures_with_signs_are_not_turned_around(visit: Visit, mirrored: Served) -> None:
    page = visit(f"{mirrored.root}changes/", viewport=DESKTOP)
    assert "\u2066+1\u2069" in page.locator(".pa-size a").first.inner_text()
