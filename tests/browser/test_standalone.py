"""What `policy-archive build` writes, in a browser: from a bare web server, and from a folder."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, expect

from policy_archive.cli.main import main

from ..site.conftest import write_project
from .conftest import PHONE, SHELF, Visit

pytestmark = pytest.mark.browser

SNAPSHOT = "policies/lamps.example/20140521173313/"
PLACES = ["", "policies/", "policies/lamps.example/", SNAPSHOT, "topics/cookies/", "compare/"]
MORE = ["search/?words=address", "about/method/", "404.html"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("standalone")
    options = {"search": "pagefind"}
    config = write_project(project, SHELF, options=options)
    assert main(["build", "-q", "-f", str(config), str(project / "www")]) == 0
    return project / "www"


@pytest.fixture(scope="module")
def root(folder: Path) -> Iterator[str]:
    """The address of Python's own web server."""
    command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout
        said = re.search(r"port (\d+)", server.stdout.readline())
        assert said
        yield f"http://127.0.0.1:{said[1]}/"
        server.terminate()


def test_a_question_leads_to_its_paragraph(root: str, visit: Visit) -> None:
    page = visit(root)
    page.get_by_role("searchbox", name="Words to look for").fill("remember your basket")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?words=remember+your+basket")
    page.locator(".pa-hits > li").first.get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/policies/[^/]+/[^/]+/\?highlight=.*#"))
    expect(page.locator(":target")).to_be_in_viewport()


def test_filters_and_comparisons_work(root: str, visit: Visit) -> None:
    page = visit(f"{root}policies/")
    page.get_by_role("searchbox").first.fill("chairs")
    expect(page.locator("#pa-rows > :visible")).to_have_count(1)
    page = visit(f"{root}policies/lamps.example/compare/#20140521173313..20180522173313")
    expect(page.locator(".pa ins").first).to_be_visible()


@pytest.mark.parametrize("place", [*PLACES, *MORE])
def test_no_rule_of_accessibility_fails(root: str, visit: Visit, place: str) -> None:
    page = visit(root + place, reduced_motion="reduce")
    page.locator(".pa details").evaluate_all("all => all.forEach(e => { e.open = true })")
    page.evaluate(AXE_SCRIPT)
    failed = "() => axe.run({resultTypes: ['violations']}).then(it => it.violations.flatMap("
    failed += (
        "({ id, nodes }) => nodes.map(node => `${id} ${node.target} ${node.failureSummary}`)))"
    )
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(failed) == [], scheme
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.scrollingElement.scrollWidth") == 320


GROUND = "Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"


@pytest.mark.parametrize("place", ["", SNAPSHOT])
def test_dark_where_the_system_is(root: str, visit: Visit, place: str) -> None:
    page = visit(root + place, color_scheme="light")
    assert page.evaluate(GROUND) > 200
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(GROUND) < 60
    page.emulate_media(media="print")  # on paper ink is black
    assert page.evaluate(GROUND) > 200


def test_a_snapshot_fits_a_phone(root: str, visit: Visit) -> None:
    page = visit(root + SNAPSHOT, viewport=PHONE)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_opened_as_files(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    project = tmp_path_factory.mktemp("files")
    options = {"search": "pagefind"}
    config = write_project(project, SHELF, options=options, use_directory_urls=False)
    assert main(["build", "-q", "-f", str(config), str(project / "www")]) == 0
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for place in PLACES:
        page.goto((project / "www" / place / "index.html").as_uri())
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
        assert ground != "rgba(0, 0, 0, 0)", "its style sheet is not there"
    for link in page.locator("a[href]").evaluate_all("all => all.map(it => it.href)"):
        if link.startswith("file:"):
            assert Path(link.removeprefix("file://").partition("#")[0]).is_file(), link
    page.goto((project / "www/search/index.html").as_uri())
    expect(page.get_by_text("Opened as a file")).to_be_visible()
    assert wrong == []
    page.close()
