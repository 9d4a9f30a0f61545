"""Any plugin beside ours, before or behind it: the archive is whole, and so is what it adds."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

from ..site.conftest import Site
from .conftest import ARCHIVE, build, project, run
from .neighbours import BUILT_IN, INSTALLED, TOGETHER, Neighbour

pytestmark = pytest.mark.build
thorough = pytest.mark.skipif(
    not os.environ.get("POLICY_ARCHIVE_THOROUGH"), reason="part of `make test-all`"
)


def good_neighbours(
    python: Path, folder: Path, neighbours: Sequence[Neighbour], alone: Site
) -> None:
    """Build twice with `neighbours` before and behind the archive."""
    theirs = {it.plugin: dict(it.options) for it in neighbours}
    files = {name: text for it in neighbours for name, text in it.files.items()}
    config = {key: value for it in neighbours for key, value in it.config.items()}
    listed = [{plugin: options} for plugin, options in theirs.items()]
    for order, plugins in {"before": [*listed, ARCHIVE], "behind": [ARCHIVE, *listed]}.items():
        place = folder / order
        project(place, plugins, files, config)
        for _ in range(2):
            site = build(python, place)
            published = site.files()
            if "offline" not in theirs:  # which gives pages other addresses
                assert alone.files().keys() - published.keys() == set(), order
            for neighbour in neighbours:
                for name, words in neighbour.publishes.items():
                    assert words in published[name].decode(), (order, name)
                assert not published.keys() & set(neighbour.drops), order
            assert site.broken_links() == [], order
            shown = next(n for n in published if n.startswith("policies/lamps.example/2019"))
            assert "We at {{ lamps }} collect" in published[shown].decode(), order


def test_what_comes_with_the_theme_in_one_project(tmp_path: Path, alone: Site) -> None:
    good_neighbours(Path(sys.executable), tmp_path, TOGETHER, alone)


@pytest.mark.parametrize(
    "neighbour",
    [
        pytest.param(it, marks=() if it.plugin == "offline" else thorough, id=it.plugin)
        for it in BUILT_IN
    ],
)
def test_what_comes_with_the_theme(neighbour: Neighbour, tmp_path: Path, alone: Site) -> None:
    good_neighbours(Path(sys.executable), tmp_path, [neighbour], alone)


@thorough
@pytest.mark.parametrize("neighbour", INSTALLED, ids=lambda it: it.plugin)
def test_what_is_installed_beside(
    neighbour: Neighbour, tmp_path: Path, alone: Site, installed: Callable[[str], Path]
) -> None:
    good_neighbours(installed(neighbour.requires), tmp_path, [neighbour], alone)


@thorough
@pytest.mark.parametrize("order", ["before", "behind"])
def test_mike_deploys_the_whole_site(
    order: str, tmp_path: Path, alone: Site, installed: Callable[[str], Path]
) -> None:
    """It asks for `site_dir` once the plugins have seen the configuration, and commits that."""
    python = installed("mike==2.2.0")
    project(tmp_path, ["mike", ARCHIVE] if order == "before" else [ARCHIVE, "mike"])
    for version in ("1.0", "1.1"):
        mike = ("-c", "import mike.driver; mike.driver.main()")
        run(python, *mike, "deploy", "--update-aliases", version, "latest", folder=tmp_path)
    command = ["git", "-C", str(tmp_path), "ls-tree", "-r", "--name-only", "gh-pages"]
    deployed = subprocess.check_output(command, text=True).splitlines()
    for version in ("1.0", "1.1"):
        below = {name.removeprefix(f"{version}/") for name in deployed}
        assert {it for it in alone.files() if not it.startswith("sitemap")} - below == set()
    assert "latest" in deployed  # a link


@thorough
def test_a_docs_folder_that_is_the_project_itself(
    tmp_path: Path, alone: Site, installed: Callable[[str], Path]
) -> None:
    python = installed("mkdocs-same-dir==0.1.5")
    file = project(tmp_path, ["same-dir", ARCHIVE], config={"docs_dir": "."})
    for path in list((tmp_path / "content").iterdir()):
        path.rename(tmp_path / path.name)
    for plugins in (["search", "same-dir", ARCHIVE], ["search", ARCHIVE, "same-dir"]):
        settings = yaml.safe_load(file.read_text("utf-8"))
        file.write_text(yaml.safe_dump(settings | {"plugins": plugins}), "utf-8")
        for _ in range(2):
            site = build(python, tmp_path)
            assert alone.files().keys() - site.files().keys() == set()
            assert site.broken_links() == []


@thorough
def test_social_cards_lie_in_the_site(
    tmp_path: Path, alone: Site, installed: Callable[[str], Path]
) -> None:
    python = installed("mkdocs-material[imaging]")
    project(tmp_path, ["social", ARCHIVE])
    try:
        site = build(python, tmp_path)
    except AssertionError as error:
        found = re.search(
            r"Couldn't find font|ConnectionError|cairo.* library|Max retries", str(error)
        )
        if not found:
            raise
        pytest.skip(f"social cards need fonts from the network: {found[0]}")
    assert "assets/images/social/index.png" in site.files()
    assert alone.files().keys() - site.files().keys() == set()


@thorough
def test_the_archive_stands_in_a_site_of_zensical(
    tmp_path: Path, installed: Callable[[str], Path]
) -> None:
    """It loads no plugins, so the archive is written into its site, again and again."""
    python = installed("zensical==0.0.73")
    project(tmp_path / "archive", [ARCHIVE])
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Ours\n\n[Policies](policies/)\n", "utf-8")
    (tmp_path / "zensical.toml").write_text('[project]\nsite_name = "Ours"\n', "utf-8")
    archive = str(tmp_path / "archive/mkdocs.yml")
    for _ in range(2):
        run(python, "-m", "zensical", "build", folder=tmp_path)
        run(python, "-m", "policy_archive", "build", "-f", archive, "site", folder=tmp_path)
        site = Site(tmp_path / "site")
        assert "Ours" in site[""]
        assert "remember your basket" in site["policies/lamps.example/20140521173313"]
        ours = [it for it in site.broken_links() if it.startswith(("policies/", "topics/"))]
        assert ours == []


@thorough
@pytest.mark.parametrize("theme", ["material", "materialx"])
def test_the_archive_stands_under_engines_that_go_on(
    theme: str, tmp_path: Path, alone: Site, installed: Callable[[str], Path]
) -> None:
    """ProperDocs continues MkDocs 1.x, and MaterialX the theme."""
    python = installed("mkdocs-materialx==10.2.2" if theme == "materialx" else "properdocs==1.6.7")
    look = {"name": theme, "font": False}
    project(tmp_path, [ARCHIVE], config={"theme": look})
    run(python, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", folder=tmp_path)
    site = Site(tmp_path / "site")
    # MaterialX has an index of another form for the search of its own.
    expected = {it for it in alone.files() if it.startswith(("policies/", "topics/", "about/"))}
    assert expected - site.files().keys() == set()
    assert "remember your basket" in site["policies/lamps.example/20140521173313"]
    assert site.broken_links() == []


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_another_theme_is_told_in_one_sentence(theme: str, tmp_path: Path) -> None:
    project(tmp_path, [ARCHIVE], config={"theme": {"name": theme}})
    command = [sys.executable, "-m", "mkdocs", "build"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert (
        f"need Material for MkDocs (`theme: material`); this project uses '{theme}'" in done.stderr
    )
    assert "Traceback" not in done.stderr
