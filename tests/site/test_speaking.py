"""A newest capture that is broken does not speak for its policy, in sites made from own texts."""

from pathlib import Path

import pytest

from ..repositories import text
from .conftest import Site, archived, run, write_project

pytestmark = pytest.mark.build
ERROR = "# 404\n\nThe page you were looking for was not found.\n"
WORDS = "\n\n".join(f"Sentence {n} says that we keep what we know of you safe." for n in range(40))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    captures = {
        "broken.example": {
            "20110304": text(more=WORDS),
            "20120304": text(more=WORDS),
            "20130304": ERROR,
        },
        "short.example": {"20110304": text(more=WORDS), "20130304": text()},
        "sound.example": {"20110304": text(), "20130304": text("three")},
        "never.example": {"20110304": ERROR, "20130304": ERROR.replace("page", "file")},
    }
    files = {
        f"{name}-{day}.md": archived(name, f"{day}050607", it)
        for name, found in captures.items()
        for day, it in found.items()
    }
    files["undated.example.md"] = text("nine")
    return run(write_project(tmp_path_factory.mktemp("speaking"), files))


def row(page: str, name: str) -> str:
    """The part of a listing about one site."""
    return page.partition(f'data-site="{name}"')[2].partition("data-site=")[0]


def test_the_policy_page_quotes_the_last_sound_capture_and_says_so(site: Site) -> None:
    page = site["policies/broken.example"]
    assert "<b>Newest capture passed over</b> It looks like an error page" in page
    assert 'from the last sound one, <a href="20120304050607/">' in page
    assert 'href="20120304050607/#p-' in page
    assert 'href="20130304050607/#p-' not in page
    assert "Newest capture passed over" not in site["policies/sound.example"]


def test_where_none_is_sound_the_newest_speaks(site: Site) -> None:
    page = site["policies/never.example"]
    assert "Newest capture passed over" not in page


def test_the_latest_address_still_leads_to_the_newest(site: Site) -> None:
    assert "../20130304050607/" in site["policies/broken.example/latest"]


def test_listings_show_the_capture_that_speaks(site: Site) -> None:
    page = site["policies"]
    assert "4 March 2012" in row(page, "broken.example")
    assert "newer one broken" in row(page, "broken.example")
    assert "newer one broken" not in row(page, "sound.example")
    topic = site["topics/cookies"]
    assert "../../policies/broken.example/20120304050607/#p-" in topic
    assert "newer one broken" in row(topic, "broken.example")


def test_what_was_lost_is_said(site: Site) -> None:
    page = site["policies/short.example"]
    assert "It holds less than a quarter of the words of the one before it." in page


def test_an_undated_capture_is_not_doubtful(site: Site) -> None:
    assert 'data-doubtful="no"' in row(site["policies"], "undated.example")
    assert 'data-doubtful="yes"' in row(site["policies"], "never.example")


def test_the_end_of_a_year_is_told_by_what_was_sound_then(site: Site) -> None:
    assert "broken.example/20110304050607/#p-" in site["topics/cookies/2011"]
    assert "newer one broken" not in site["topics/cookies/2011"]


def test_a_sound_capture_that_comes_after_speaks_again(tmp_path: Path) -> None:
    files = {
        f"{day}.md": archived("a.example", f"{day}050607", it)
        for day, it in {"20110304": text(), "20120304": ERROR}.items()
    }
    site = run(write_project(tmp_path, files))
    assert "Newest capture passed over" in site["policies/a.example"]
    files["20130304.md"] = archived("a.example", "20130304050607", text("four"))
    site = run(write_project(tmp_path, files))
    assert "Newest capture passed over" not in site["policies/a.example"]
    assert 'href="20130304050607/#p-' in site["policies/a.example"]
