"""Pages that have not changed are not made again, and never differ from a clean build's."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.exceptions import Abort

from policy_archive.pages.data import sitemap
from policy_archive.pages.page import Body
from policy_archive.site.output import tree
from policy_archive.site.output.tree import Tree
from policy_archive.site.theme.frame import Frames
from policy_archive.site.theme.page import FramedPage

from .conftest import POLICY, Site, archived, run, write_project

pytestmark = pytest.mark.build

THREE = {
    "lamps.md": archived("lamps.example", "20140521173313", POLICY.format(name="Lamps")),
    "lamps-2016.md": archived("lamps.example", "20160521173313", POLICY.format(name="L & Co")),
    "lamps-2019.md": archived("lamps.example", "20190516101112", POLICY.format(name="Lamps")),
    "chairs.example.md": archived("chairs.example", "20180102030405", POLICY.format(name="Chairs"))
    + "\nWe follow the industryâ€™s rules.\n",
    "bare.example.txt": "We collect names.\n\nWe sell nothing to anybody here.\n",
}
OPTIONS = {"search": "built-in"}
"""As every project here has them."""
HOME = {
    "index.md": "# Home\n\n[a policy](policies/lamps.example/index.md)\n",
    "more.md": "# More\n",
}


def project(folder: Path, **changes: object) -> Path:
    settings = {"site_url": "https://archive.example/sub/", "pages": HOME} | changes
    return write_project(folder, THREE, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The project's folder, and a copy of all that stands in it after its first build."""
    folder = tmp_path_factory.mktemp("project")
    run(project(folder))
    return folder, shutil.copytree(folder, tmp_path_factory.mktemp("kept") / "copy")


@pytest.fixture
def built(first_build: tuple[Path, Path]) -> Path:
    """The folder of the project, as its first build left it."""
    folder, kept = first_build
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    # Files are known by their inodes and times of change, which a copy does not keep.
    for index in (folder / ".cache/policy-archive").glob("site-*.index"):
        place = folder / "site" if "published" in index.name else index.with_suffix("")
        known = tree.load(index).items()
        looks = {name: it._replace(look=tree._look((place / name).stat())) for name, it in known}
        tree.save(index, looks)
    return folder


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places of pages that are made."""
    places: list[str] = []
    honest = Frames.page

    def noting(self: Frames, page: FramedPage, body: Body) -> str:
        places.append(page.page.place)
        return honest(self, page, body)

    monkeypatch.setattr(Frames, "page", noting)
    return places


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return change


def add(name: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)

    return change


def configure(**changes: object) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "mkdocs.yml"
        path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | changes))

    return change


def theme(**more: object) -> Callable[[Path], None]:
    return configure(theme={"name": "material", "font": False} | more)


def ours(**options: object) -> Callable[[Path], None]:
    return configure(plugins=["search", {"policy-archive": OPTIONS | options}])


NEWER = archived("lamps.example", "20200101000000", POLICY.format(name="Newer lamps"))
LATER = archived("lamps.example", "20170101000000", POLICY.format(name="Later lamps"))
TABLES = archived("tables.example", "20170101000000", POLICY.format(name="Tables"))
CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda folder: None,
    "a text": edit("content/policies/lamps.md", "remember your basket", "count your visits"),
    "a word of one passage": edit("content/policies/chairs.example.md", "lamps", "chairs"),
    "a removed file": lambda folder: (folder / "content/policies/lamps-2016.md").unlink(),
    "a neighbour in time": add("content/policies/between.md", LATER),
    "a newer capture": add("content/policies/newer.md", NEWER),
    "another policy": add("content/policies/tables.md", TABLES),
    "a renamed file": lambda folder: (folder / "content/policies/lamps.md").rename(
        folder / "content/policies/renamed.md"
    ),
    "the site's name": configure(site_name="Another archive"),
    "the site's address": configure(site_url="https://elsewhere.example/"),
    "no address": configure(site_url=None),
    "the theme's features": theme(features=["navigation.tabs", "navigation.footer"]),
    "the theme's colours": theme(palette={"scheme": "slate"}),
    "a template of the theme": lambda folder: (
        add("over/partials/copyright.html", "<b>{{ page.title }}</b>")(folder),
        theme(custom_dir="over")(folder),
    )[0],
    "a template of ours": lambda folder: (
        add(
            "over/policy_archive/policy.html",
            "{% block content %}Only {{ view.site }}{% endblock %}",
        )(folder),
        theme(custom_dir="over")(folder),
    )[0],
    "plugins": configure(plugins=[{"policy-archive": OPTIONS}]),
    "options of plugins": configure(
        plugins=[{"search": {"lang": "de"}}, {"policy-archive": OPTIONS}]
    ),
    "a topic's name": ours(topics={"cookies": {"name": "Biscuits"}}),
    "a corrected label": add(
        "content/labels.yml",
        "- site: lamps.example\n  quote: We use cookies to remember\n  topics: [security]\n",
    ),
    "a cleaning rule": ours(disabled_rules=["mojibake"]),
    "rows a page": ours(rows_per_page=2),
    "what search covers": ours(search_texts=1),
    "the collection": ours(collection="Lamp Archive"),
    "navigation": configure(nav=[{"Start": "index.md"}, {"All": "policies/index.md"}]),
    "a snapshot's policy in the navigation": configure(
        nav=[{"Start": "index.md"}, {"Lamps": "policies/lamps.example/index.md"}]
    ),
    "an own page's title": add("content/more.md", "# Even more\n"),
    "an own page in place of ours": add("content/topics/cookies.md", "# Cookies\n"),
    "address form": configure(use_directory_urls=False),
    "extra style sheets": configure(extra_css=["own.css"]),
}


Files = dict[str, bytes]


def differing(one: Files, other: Files) -> set[str]:
    """The names of files that only one site has, or that are not the same in both."""
    names = one.keys() | other.keys()
    # What is compressed holds the time of the build.
    return {n for n in names if not n.endswith(".gz") and one.get(n) != other.get(n)}


def clean_build(folder: Path) -> Files:
    """The site that a build makes who finds neither results nor a site."""
    shutil.rmtree(folder / ".cache")
    shutil.rmtree(folder / "site")
    return run(folder / "mkdocs.yml", strict=False).files()


@pytest.fixture(scope="module")
def clean_sites() -> dict[str, Files]:
    """What a clean build made of the project after a change, by its name; kept for a second test."""
    return {}


@pytest.mark.no_cover
@pytest.mark.parametrize("name", CHANGES)
def test_each_change_gives_what_a_clean_build_gives(
    built: Path, clean_sites: dict[str, Files], name: str
) -> None:
    before = Site(built / "site").files()
    CHANGES[name](built)
    updated = run(built / "mkdocs.yml", strict=False).files()
    clean = clean_sites[name] = clean_build(built)
    assert differing(updated, clean) == set()
    # Which says something only where the change is one: the page on method is made every time.
    assert bool(differing(before, clean) - {"about/method/index.html"}) == (name != "nothing")


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "name",
    [
        "a word of one passage",
        "a removed file",
        "a neighbour in time",
        "a newer capture",
        "another policy",
        "a corrected label",
    ],
)
def test_so_does_each_change_of_a_long_listing(tmp_path: Path, name: str) -> None:
    config = project(tmp_path, options={"rows_per_page": 1})
    before = run(config).files()
    CHANGES[name](tmp_path)
    updated = run(config, strict=False).files()
    clean = clean_build(tmp_path)
    assert differing(updated, clean) == set()
    assert {it for it in differing(before, clean) if "/rows/" in it}


WIDE = ("no address", "a template of ours", "address form", "an own page in place of ours")


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "name", ["nothing", "a text", "a removed file", "another policy", "a renamed file", *WIDE]
)
def test_so_does_a_build_that_begins_with_the_site_before_last(
    built: Path, clean_sites: dict[str, Files], name: str
) -> None:
    config = built / "mkdocs.yml"
    run(config)
    CHANGES[name](built)
    run(config, strict=False)  # beginning with one of before the change
    run(config, strict=False)
    updated = run(config, strict=False).files()  # and with one of after it
    assert list((built / ".cache/policy-archive").glob("site-*-spare/policies/lamps.example"))
    assert differing(updated, clean_sites.get(name) or clean_build(built)) == set()


def test_what_is_right_in_the_site_before_last_is_not_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = project(tmp_path)
    site = run(config)
    expected = site.files()
    written: list[str] = []
    honest = Tree.write

    def noting(self: Tree, place: str, *data: Any) -> None:
        written.append(place)
        honest(self, place, *data)

    monkeypatch.setattr(Tree, "write", noting)
    run(config)
    assert [place for place in written if place.startswith("policies/")] == []
    # It is the other one that comes next; what others put or changed there is put right.
    other = next((tmp_path / ".cache/policy-archive").glob("site-*-spare"))
    policies = other / "policies"
    (policies / "lamps.example/more.html").write_text("of another plugin")
    (policies / "lamps.example/index.html").unlink()
    changed = policies / "chairs.example/index.html"
    before = changed.stat()
    changed.write_bytes(changed.read_bytes().replace(b"chairs", b"stools"))
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))  # its size is the same
    (policies / "gone.example").mkdir()
    (policies / "gone.example/index.html").write_text("of an earlier site")
    assert run(config).files() == expected | {"sitemap.xml.gz": site.files()["sitemap.xml.gz"]}
    assert {"policies/lamps.example/index.html", "policies/chairs.example/index.html"} == {
        place for place in written if place.startswith("policies/")
    }


def test_nothing_is_made_twice(built: Path, printed: list[str]) -> None:
    config = built / "mkdocs.yml"
    run(config)
    assert set(printed) == {"about/method/"}
    printed.clear()
    edit("content/policies/chairs.example.md", "lamps", "chairs")(built)
    run(config)
    assert "policies/chairs.example/20180102030405/" in printed
    assert not [place for place in printed if "lamps.example" in place]


def lean(data: bytes) -> str:
    """Without indentation, which pages put together from pieces do not have around them."""
    return re.sub(r"\n\s+", "\n", data.decode("utf-8", "replace"))


@pytest.mark.parametrize("features", [[], ["navigation.footer", "navigation.tabs"]])
def test_pages_put_together_from_pieces_are_those_of_the_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, features: list[str]
) -> None:
    theme_of = {"name": "material", "font": False, "features": features}
    site_url = "https://archive.example/?a=1&b=2"
    config = project(tmp_path, theme=theme_of, options={"rows_per_page": 2}, site_url=site_url)
    monkeypatch.setattr("policy_archive.site.theme.frame._CHECKED", 0)
    pieces = run(config).files()
    shutil.rmtree(tmp_path / ".cache")
    monkeypatch.setattr(Frames, "page", Frames.whole)
    whole = run(config).files()
    assert len([name for name in pieces if name.endswith(".html")]) > 50
    for name, data in whole.items():
        if not name.endswith(".gz"):
            assert lean(pieces[name]) == lean(data), name
    place = "policies/lamps.example/20140521173313/index.html"
    assert len(pieces[place]) < 0.95 * len(whole[place])


def test_a_theme_that_prints_more_of_a_page_is_obeyed(tmp_path: Path) -> None:
    config = project(tmp_path, theme={"name": "material", "custom_dir": "over", "font": False})
    add("over/main.html", '{% extends "base.html" %}{% block hero %}{{ page.url }}{% endblock %}')(
        tmp_path
    )
    printed = re.compile(rb'<div class="md-container"[^>]*>\s*([^<]*?)\s*<')
    pages = {
        name.removesuffix("index.html"): printed.search(page)
        for name, page in run(config).files("**/index.html").items()
        if not name.endswith("/latest/index.html")  # a redirection, without the theme
    }
    said = {place: found and found[1].decode() for place, found in pages.items()}
    # Among them several of one type in one depth, which would otherwise share their surroundings.
    assert {"topics/cookies/", "topics/sharing/", "topics/sale/"} <= said.keys()
    assert said == {place: place for place in said}


def test_a_page_changed_in_place_is_made_anew(built: Path) -> None:
    page = built / "site/policies/lamps.example/20140521173313/index.html"
    honest = page.read_text("utf-8")
    page.write_text(f"{honest}<p>changed by somebody else</p>", "utf-8")
    run(built / "mkdocs.yml")
    assert page.read_text("utf-8") == honest


def test_a_failing_build_leaves_the_last_good_site(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, good = built / "mkdocs.yml", Site(built / "site")
    (good.folder / ".nojekyll").write_text("")
    before = good.files()
    add("content/policies/tables.md", TABLES)(built)

    def failing(self: Frames, page: FramedPage, body: Body) -> str:
        raise RuntimeError("no")

    with monkeypatch.context() as broken:
        broken.setattr(Frames, "page", failing)
        with pytest.raises(RuntimeError):
            run(config)
    assert good.files() == before
    # A strict build that fails for a warning is a failing build.
    add("content/bad.md", "# Bad\n\n[nowhere](nowhere.md)\n")(built)
    with pytest.raises(Abort):
        run(config)
    assert good.files() == before
    (built / "content/bad.md").unlink()
    after = run(config).files()
    assert "policies/tables.example/index.html" in after
    assert ".nojekyll" in after
    assert not list((built / ".cache/policy-archive").glob("site-*-staged"))


def test_two_builds_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    config = project(tmp_path)
    expected = run(config)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)]
    for change in ("count your visits", "forget your basket"):
        edit("content/policies/lamps.md", "remember your basket", change)(tmp_path)
        clean = tmp_path / change.replace(" ", "-")
        alone = project(clean)
        edit("content/policies/lamps.md", "remember your basket", change)(clean)
        names = set(run(alone).files())
        builds = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
        for build in builds:
            _, errors = build.communicate(timeout=60)
            assert build.returncode == 0, errors.decode()
        assert set(expected.files()) == names
        assert change in expected["policies/lamps.example/20140521173313"]
        edit("content/policies/lamps.md", change, "remember your basket")(tmp_path)


def test_what_a_stopped_build_left_is_put_right(built: Path) -> None:
    config, site = built / "mkdocs.yml", Site(built / "site")
    cache = built / ".cache/policy-archive"
    before = site.files()
    stem = next(cache.glob("site-*-spare")).name.removesuffix("-spare")
    site.folder.rename(cache / f"{stem}-replaced")
    (cache / f"{stem}-staged").mkdir()
    add("content/bad.md", "# Bad\n\n[nowhere](nowhere.md)\n")(built)
    with pytest.raises(Abort):
        run(config)
    assert site.files() == before
    assert not list(cache.glob("site-*-staged"))


def test_links_into_the_archive_are_resolved_without_its_pages(built: Path) -> None:
    site = Site(built / "site")
    assert 'href="policies/lamps.example/"' in site[""]
    assert site.broken_links() == []


def test_sitemaps_are_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 10)
    config = project(tmp_path)
    site = run(config)
    index = (site.folder / "sitemap.xml").read_text()
    assert "<loc>https://archive.example/sub/sitemap-1.xml</loc>" in index
    parts = "".join(path.read_text() for path in site.folder.glob("sitemap-*.xml"))
    pages = [n for n in site.files("**/index.html") if "/latest/" not in n]
    assert parts.count("<url>") == len(pages)
    assert "<loc>https://archive.example/sub/policies/lamps.example/20140521173313/</loc>" in parts


def test_of_a_topic_s_pages_those_are_made_that_show_a_change(
    tmp_path: Path, printed: list[str]
) -> None:
    config = project(tmp_path, options={"rows_per_page": 1})
    run(config)
    printed.clear()
    old, new = "We use cookies to remember", "We use small cookies to remember"
    edit("content/policies/chairs.example.md", old, new)(tmp_path)
    run(config)
    others = [place for place in printed if place.startswith("topics/cookies/page/")]
    # Its own, and that of one who said the same.
    pages = ("chairs", "lamps")
    assert others == [f"topics/cookies/page/{name}.example/" for name in pages]
    printed.clear()
    run(config)
    assert not [place for place in printed if place.startswith("topics/cookies/")]
