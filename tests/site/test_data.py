"""`data/` of a site: tables that say what the pages say, described, with digests of everything."""

import csv
import gzip
import hashlib
import html
import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from policy_archive.dataset import files, parquet_file
from policy_archive.dataset.tables import TABLES
from policy_archive.site.output.tree import Tree, Written

from .conftest import BuildSite, Site, run, write_project
from .test_unchanged import HOME, THREE, differing

pytestmark = pytest.mark.build

SITE_URL = "https://archive.example/sub/"
NAMES = {
    *(f"data/{table.name}{ending}" for table in TABLES for ending in (".csv.gz", ".parquet")),
    *("data/datapackage.json", "data/SHA256SUMS", "data/index.html"),
}


def rows(site: Site, table: str) -> list[dict[str, str]]:
    text = gzip.decompress(site.files()[f"data/{table}.csv.gz"]).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def statement(site: Site) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', site["data/"], re.S)
    assert found
    said: dict[str, Any] = json.loads(found[1])
    return said


def test_a_site_has_its_tables(build_site: BuildSite) -> None:
    site = build_site(THREE, pages=HOME, site_url=SITE_URL)
    found = site.files()
    assert {name for name in found if name.startswith("data/")} == NAMES
    assert site.broken_links() == []
    pages = {f"{row['page']}index.html" for row in rows(site, "snapshots") + rows(site, "changes")}
    assert len(pages) == 7
    assert pages <= set(found)
    anchors = {
        row["page"] for row in rows(site, "passages") if f'id="{row["block"]}"' in site[row["page"]]
    }
    assert anchors == {row["page"] for row in rows(site, "passages")}
    assert f"{SITE_URL}data/</loc>" in found["sitemap.xml"].decode()


def test_every_file_and_every_source_has_its_digest(build_site: BuildSite) -> None:
    site = build_site(THREE, pages=HOME)
    folder = site.folder / "data"
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {Path(os.path.normpath(folder / line[66:])): line[:64] for line in lines}
    for path, digest in sums.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert len(sums) == len(lines) == 2 * len(TABLES) + 1 + len(THREE)
    assert set(site.folder.rglob("source.txt")) <= set(sums)


def test_the_page_says_what_there_is_to_people_and_programs(build_site: BuildSite) -> None:
    options = {"keeper": "Keepers <b>", "licence": "ODC-BY 1.0", "doi": "10.5281/zenodo.7"}
    site = build_site(THREE, pages=HOME, site_url=SITE_URL, options=options)
    page, said = site["data/"], statement(site)
    package = site.files()["data/datapackage.json"]
    assert hashlib.sha256(package).hexdigest() in page
    assert "Keepers &lt;b&gt;" in page
    assert "Keepers <b>" not in page
    assert f'pd.read_parquet("{SITE_URL}data/passages.parquet")' in html.unescape(page)
    for table in TABLES:
        assert f'id="{table.name}"' in page
    assert said["@type"] == "sc:Dataset"
    assert said["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert said["url"] == f"{SITE_URL}data/"
    assert said["identifier"] == "https://doi.org/10.5281/zenodo.7"
    assert (said["license"], said["datePublished"]) == ("ODC-BY 1.0", "2019-05-16")
    assert said["temporalCoverage"] == "2014-05-21/2019-05-16"
    for file in said["distribution"]:
        assert file["contentUrl"] == f"{SITE_URL}data/{file['name']}"
        data = site.files()[f"data/{file['name']}"]
        assert hashlib.sha256(data).hexdigest() == file["sha256"]
        assert file["contentSize"] == f"{len(data)} B"
    assert [it["@id"] for it in said["recordSet"]] == [table.name for table in TABLES]


def test_examples_of_a_divided_table_read_all_of_it(
    build_site: BuildSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("WHOLE", "MOST"):
        monkeypatch.setattr(f"policy_archive.dataset.parts.{name}", 30)
    site = build_site(THREE, pages=HOME, site_url=SITE_URL)
    assert "data/passages-2.parquet" in site.files()
    page = html.unescape(site["data/"])
    assert 'pd.concat(map(pd.read_parquet, glob.glob("passages-*.parquet")))' in page
    assert "FROM 'passages-*.parquet'" in page
    assert "for it in passages-*.csv.gz; do gunzip -c $it |" in page
    assert site.broken_links() == []


def test_without_an_address_files_are_named_from_the_page(build_site: BuildSite) -> None:
    site = build_site(THREE, pages=HOME)
    said = statement(site)
    assert "url" not in said
    assert {it["contentUrl"] for it in said["distribution"]} == {
        it.removeprefix("data/") for it in NAMES
    } - {*("datapackage.json", "SHA256SUMS", "index.html")}


def test_pages_lead_to_it(build_site: BuildSite) -> None:
    site = build_site(THREE, pages=HOME, use_directory_urls=False)
    for place in ("index.html", "about/method/index.html", "policies/lamps.example/index.html"):
        links = re.findall(r'href="([^"]*data/index\.html)"', site[place])
        assert links, place
    assert site.broken_links() == []


def test_switched_off_there_is_none_of_it(build_site: BuildSite) -> None:
    site = build_site(THREE, pages=HOME, options={"data": False})
    assert not {name for name in site.files() if name.startswith("data/")}
    assert 'href="data/"' not in site["index.html"]
    assert site.broken_links() == []


def test_without_the_extra_there_is_csv_and_one_line(
    build_site: BuildSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_file, "available", lambda: False)
    site = build_site(THREE, pages=HOME)
    found = {name for name in site.files() if name.startswith("data/")}
    assert found == {name for name in NAMES if not name.endswith(".parquet")}
    assert [it for it in site.messages if "mkdocs-policy-archive[data]" in it] == [
        parquet_file.ABSENT
    ]
    assert "read_csv" in site["data/"]


def test_an_unchanged_build_draws_no_rows_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_project(tmp_path / "project", THREE, pages=HOME)
    first = run(project).files()

    def never(*_: object) -> Iterator[None]:
        raise AssertionError("rows were drawn")
        yield

    written: list[str] = []
    honest = Tree.write

    def noting(self: Tree, place: str, *rest: Any) -> Written:
        written.append(place)
        return honest(self, place, *rest)

    monkeypatch.setattr(files, "columns_of", never)
    monkeypatch.setattr(Tree, "write", noting)
    assert differing(run(project).files(), first) == set()
    assert [place for place in written if place.startswith("data/")] == []


def test_what_is_kept_is_nothing_that_a_build_needs(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", THREE, pages=HOME)
    first = run(project).files()
    kept = tmp_path / "project/.cache/policy-archive/data"
    for change in (
        lambda: shutil.rmtree(kept),
        lambda: [path.write_bytes(b"damaged") for path in kept.iterdir()],
        lambda: shutil.rmtree(tmp_path / "project/site"),
    ):
        change()
        assert differing(run(project).files(), first) == set()


def test_a_preview_makes_tables_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = write_project(tmp_path / "project", THREE, pages=HOME)
    config = load_config(str(project))
    config.plugins.on_startup(command="serve", dirty=False)
    try:
        build(config)
        site = Site(Path(config.site_dir))
        before = site.files()["data/snapshots.csv.gz"]
        edited = tmp_path / "project/content/policies/lamps-2019.md"
        edited.write_text(edited.read_text().replace("## Security", "New words.\n\n## Security"))
        again = load_config(str(project))
        again.plugins = config.plugins  # as `mkdocs serve` has it: the object stays
        monkeypatch.setattr(files, "update", None)
        build(again)
    finally:
        config.plugins.on_shutdown()
    assert site.files()["data/snapshots.csv.gz"] == before
    assert "New words." in site["policies/lamps.example/20190516101112/"]
