"""A site opened from a folder, without any server."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from .conftest import SHELF, made

pytestmark = [pytest.mark.build, pytest.mark.browser]

NEEDS_A_SERVER = ("search/index.html", "compare/index.html")


@pytest.mark.parametrize("theme_search", [False, True], ids=["urls", "offline plugin"])
def test_pages_open_from_a_folder(
    theme_search: bool, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive = {"policy-archive": {"search": "pagefind"}}
    config: dict[str, Any] = {"use_directory_urls": False}
    if theme_search:
        config = {"plugins": ["search", "offline", archive]}
    else:
        config["plugins"] = ["search", archive]
    folder = made(tmp_path_factory, SHELF, pages={"index.md": "# A shelf\n"}, **config)
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    places = ["index.html", *NEEDS_A_SERVER, "policies/lamps.example/20140521173313/index.html"]
    for place in places:
        page.goto((folder / place).as_uri())
        assert page.locator("h1").first.is_visible()
        told = page.get_by_text("Opened as a file").first
        assert told.is_visible() == (place in NEEDS_A_SERVER), place
    # From page to page: no link may lead to a folder, which a browser would list.
    page.goto((folder / "index.html").as_uri())
    links = page.locator(".pa a[href], .md-tabs a[href]").evaluate_all(
        "all => all.map(it => it.href)"
    )
    inside = [link.partition("#")[0] for link in links if link.startswith(folder.as_uri())]
    assert inside
    for link in inside:
        assert Path(link.removeprefix("file://").partition("?")[0]).is_file(), link
    # The theme's search has no worker here: its plugin fetches one, which no test may.
    assert [it for it in wrong if "search" not in it] == []
    page.close()


def test_a_server_has_no_such_sentence(browser: Browser, places: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(places["search"])
    assert page.get_by_text("Opened as a file").is_hidden()
    page.close()
