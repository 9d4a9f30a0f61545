"""The archive as finished HTML: whole, with links that hold, beside what others have written."""

import json
import re
import shutil
from itertools import chain
from pathlib import Path

import pytest

from policy_archive.cli.main import main
from policy_archive.pages.assets import FOLDER
from policy_archive.pages.data import sitemap
from policy_archive.site.search import index
from policy_archive.standalone.frame import STYLE_FILE

from ..site.conftest import POLICY, Site, archived, elements, write_project

pytestmark = pytest.mark.build

POLICIES = {
    "lamps-2014.md": archived("lamps.example", "20140521173313", POLICY.format(name="Lamps")),
    "lamps-2019.md": archived(
        "lamps.example",
        "20190402080000",
        POLICY.format(name="<b>Lamps Ltd") + "We sell your data.\n",
    ),
    "chairs.md": archived("chairs.example", "20180102030405", POLICY.format(name="Chairs")),
}
SNAPSHOT = "policies/lamps.example/20140521173313"
URL = "https://archive.example/sub/"


def build(config: Path, folder: Path, *options: str) -> Site:
    assert main(["build", "-f", str(config), *options, str(folder)]) == 0
    return Site(folder)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Site]:
    """A project's configuration, and what is written of it."""
    folder = tmp_path_factory.mktemp("standalone")
    config = write_project(folder / "project", POLICIES, site_url=URL)
    return config, build(config, folder / "www")


@pytest.fixture
def site(first: tuple[Path, Site]) -> Site:
    return first[1]


def test_every_page_stands_and_every_link_holds(site: Site) -> None:
    published = site.files()
    for place in (
        "index.html",
        "policies/index.html",
        f"{SNAPSHOT}/index.html",
        f"{SNAPSHOT}/source.txt",
        "policies/lamps.example/20140521173313..20190402080000/index.html",
        "policies/lamps.example/timemap.link",
        "policies/lamps.example/timemap.json",
        f"{SNAPSHOT}/annotations.jsonld",
        "topics/cookies/index.html",
        "compare/index.html",
        "changes/feed.xml",
        "about/method/index.html",
    ):
        assert place in published, place
    assert site.broken_links() == []
    assert published[f"{SNAPSHOT}/source.txt"] == POLICIES["lamps-2014.md"].encode()
    page = site[SNAPSHOT]
    assert "remember your basket" in page
    assert f'<link rel="canonical" href="{URL}{SNAPSHOT}/">' in page
    assert "<title>" in page
    assert "Test archive</title>" in page
    assert "<b>Lamps" not in site["policies/lamps.example/20190402080000"]


def test_pages_ask_no_other_host_and_run_no_script_of_a_text(site: Site) -> None:
    for name in site.files("**/*.html"):
        found = elements((site.folder / name).read_text("utf-8"))
        loaded = [e.attributes.get("src", "") for e in found if e.tag in ("script", "img")]
        assert not [it for it in loaded if "//" in it], name
        policies = [e.attributes["content"] for e in found if "http-equiv" in e.attributes]
        assert any(it.startswith("default-src '") for it in policies), name


def test_what_is_no_longer_published_goes_and_what_others_wrote_stays(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", POLICIES)
    www = tmp_path / "www"
    www.mkdir()
    (www / "index.html").write_text("another generator's", "utf-8")
    (www / "policies").mkdir()
    (www / "policies" / "note.txt").write_text("somebody's", "utf-8")
    first = build(config, www).files()
    assert "policies/chairs.example/index.html" in first
    (tmp_path / "project/content/policies/chairs.md").unlink()
    second = build(config, www).files()
    left = {name for name in second if name.startswith("policies/chairs.example/")}
    snapshot = "policies/chairs.example/20180102030405/index.html"
    assert left == {snapshot}  # a published address says what became of it
    assert b"remember your basket" not in second[snapshot]
    for files in (first, second):
        assert files["index.html"] == b"another generator's"
        assert files["policies/note.txt"] == b"somebody's"


def test_equal_input_gives_equal_bytes(first: tuple[Path, Site], tmp_path: Path) -> None:
    config, site = first
    assert build(config, tmp_path / "again").files() == site.files()
    fresh = write_project(tmp_path / "project", POLICIES, site_url=URL)
    assert build(fresh, tmp_path / "fresh").files() == site.files()


@pytest.mark.parametrize("listed", ["{", '["../../elsewhere"]', '["/etc/hosts"]'])
def test_a_damaged_list_removes_nothing(
    first: tuple[Path, Site], tmp_path: Path, listed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config, site = first
    www = Site(shutil.copytree(site.folder, tmp_path / "www"))
    (www.folder / "assets/policy_archive/written.json").write_text(listed, "utf-8")
    before = www.files()
    assert main(["build", "-q", "-f", str(config), str(www.folder)]) == 2
    assert "written.json" in capsys.readouterr().err
    assert www.files() == before


def test_the_list_names_what_was_written(site: Site) -> None:
    listed = json.loads((site.folder / "assets/policy_archive/written.json").read_text("utf-8"))
    assert set(listed) | {"assets/policy_archive/written.json"} == set(site.files())


def test_links_name_files_where_pages_are_opened_from_a_folder(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", POLICIES, use_directory_urls=False)
    site = build(config, tmp_path / "www")
    assert site.broken_links() == []
    assert 'href="policies/index.html"' in site[""]
    for name, data in site.files("**/*.html").items():
        links = [e.attributes.get("href", "") for e in elements(data.decode())]
        paths = [link.partition("#")[0] for link in links if "//" not in link]
        assert not [path for path in paths if path.endswith("/")], name
    # Without an address nothing is known that a sitemap could hold.
    assert "sitemap.xml" not in site.files()


def test_where_nothing_is_the_page_leads_on_from_any_depth(site: Site) -> None:
    links = {e.attributes.get("href", "") for e in elements(site["404.html"])}
    assert {"/sub/policies/", "/sub/topics/", "/sub/compare/"} <= links
    for link in links - {"#pa-main"}:
        assert (site.folder / link.removeprefix("/sub/")).exists(), link


def test_the_sitemap_has_every_page(site: Site) -> None:
    listed = re.findall("<loc>(.*?)</loc>", site["sitemap.xml"])
    pages = [name for name in site.files("**/index.html") if "/latest/" not in name]
    assert sorted(listed) == sorted(URL + name.removesuffix("index.html") for name in pages)


def test_a_sitemap_is_split_where_it_is_too_long(
    first: tuple[Path, Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, site = first
    monkeypatch.setattr(sitemap, "MOST", 20)
    split = build(config, tmp_path / "www")
    parts = re.findall("<loc>(.*?)</loc>", split["sitemap.xml"])
    assert parts == [f"{URL}sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    found = [re.findall("<loc>(.*?)</loc>", split[part.removeprefix(URL)]) for part in parts]
    assert [len(it) for it in found[:-1]] == [20] * (len(parts) - 1)
    assert [*chain(*found)] == re.findall("<loc>(.*?)</loc>", site["sitemap.xml"])


def test_the_search_page_has_its_index(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", POLICIES, options={"search": "pagefind"})
    site = build(config, tmp_path / "www")
    shards = json.loads((site.folder / "search/index/shards.json").read_text("utf-8"))
    assert sum(shard["snapshots"] for shard in shards["shards"]) == len(POLICIES)
    assert 'action="search/"' in site[""]
    # Compiling WebAssembly is allowed where Pagefind does it, and nowhere else.
    allowed = {
        name for name, page in site.files("**/*.html").items() if b"'wasm-unsafe-eval'" in page
    }
    assert allowed == {"search/index.html"}
    assert site.broken_links() == []


def test_without_the_extra_it_says_what_a_search_page_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_project(tmp_path / "project", POLICIES, options={"search": "auto"})
    monkeypatch.setattr(index, "missing", lambda: ["pagefind"])
    site = build(config, tmp_path / "www")
    assert 'no page search/: it needs pagefind (pip install "mkdocs-policy-archive[search]")' in (
        capsys.readouterr().err
    )
    assert "search/index.html" not in site.files()
    assert "data-pa-find" not in site[""]
    assert site.broken_links() == []


def colours(css: str, selector: str) -> dict[str, str]:
    block = re.search(rf"{re.escape(selector)} \{{\n(.*?)\n *\}}", css, re.DOTALL)
    assert block, selector
    return dict(re.findall(r"(--pa-[\w-]+): (#\w+)", block[1]))


def test_dark_colours_are_those_of_our_style_sheet() -> None:
    ours = (FOLDER / "policy-archive.css").read_text("utf-8")
    dark = colours(ours, '[data-md-color-scheme="slate"]')
    dark |= colours(ours, '[data-md-color-scheme="slate"][data-md-color-primary="custom"]')
    frame = STYLE_FILE.read_text("utf-8").partition("prefers-color-scheme: dark")[2]
    assert colours(frame, 'html[data-md-color-primary="custom"]') == dark
