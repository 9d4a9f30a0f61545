"""The archive as finished HTML: whole, with links that hold, beside what others have written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

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


def build(config: Path, folder: Path, *options: str) -> Site:
    command = ["policy_archive", "build", "-f", str(config), *options, str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Site(folder)


def test_every_page_stands_and_every_link_holds(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", POLICIES, site_url="https://archive.example/")
    site = build(config, tmp_path / "www")
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
    assert f'<link rel="canonical" href="https://archive.example/{SNAPSHOT}/">' in page
    assert "<title>" in page
    assert "Test archive</title>" in page
    assert "<b>Lamps" not in site["policies/lamps.example/20190402080000"]


def test_pages_ask_no_other_host_and_run_no_script_of_a_text(tmp_path: Path) -> None:
    site = build(write_project(tmp_path / "project", POLICIES), tmp_path / "www")
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


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    config = write_project(tmp_path / "project", POLICIES)
    first = build(config, tmp_path / "one").files()
    assert build(config, tmp_path / "two").files() == first


@pytest.mark.parametrize("listed", ["{", '["../../elsewhere"]', '["/etc/hosts"]'])
def test_a_damaged_list_removes_nothing(tmp_path: Path, listed: str) -> None:
    config = write_project(tmp_path / "project", POLICIES)
    site = build(config, tmp_path / "www")
    (site.folder / "assets/policy_archive/written.json").write_text(listed, "utf-8")
    before = site.files()
    command = ["policy_archive", "build", "-q", "-f", str(config), str(site.folder)]
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "written.json" in done.stderr
    assert site.files() == before


def test_the_list_names_what_was_written(tmp_path: Path) -> None:
    site = build(write_project(tmp_path / "project", POLICIES), tmp_path / "www")
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
