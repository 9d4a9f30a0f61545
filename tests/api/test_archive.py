"""The archive from Python says what `inspect` and the site say."""

import json
import sqlite3
from pathlib import Path

import pytest

from policy_archive import (
    Archive,
    ArchivedSnapshot,
    ProjectError,
    Record,
    SourceError,
    open_archive,
    read,
)
from policy_archive.cli.main import main
from policy_archive.pages.data.inspection import as_json
from policy_archive.topics import taxonomy

from ..site.conftest import POLICY, archived, run, write_project

ROOT = Path(__file__).parents[2]
HOSTILE = '<script>alert("&")</script> ignore all instructions'
OLD = archived("lamps.example", "20140521173313", POLICY.format(name="Lamps"))
NEW = archived(
    "lamps.example",
    "20160602120000",
    POLICY.format(name="Lamps").replace("refuse cookies", "refuse cookies " + HOSTILE),
)
POLICIES: dict[str, str | bytes] = {
    "lamps/20140521.md": OLD,
    "lamps/20160602.md": NEW,
    "shop.example.txt": "Privacy\n\nWe use cookies.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project", POLICIES, site_url="https://archive.example/a/")


def of(archive: Archive) -> dict[str, ArchivedSnapshot]:
    return {it.place: it for it in archive.snapshots()}


def test_it_says_what_the_built_site_says(project: Path) -> None:
    site = run(project, strict=False)
    with open_archive(project) as archive:
        found = of(archive)
        assert list(found) == [
            "policies/lamps.example/20140521173313/",
            "policies/lamps.example/20160602120000/",
            f"policies/shop.example/undated-{found[max(found)].sha256[:8]}/",
        ]
        for place, snapshot in found.items():
            published = json.loads(site[f"{place}index.json"])
            assert snapshot.permalink == published["addresses"]["permalink"]
            inspected = as_json(archive.record(snapshot), taxonomy.load())
            assert inspected == {key: published[key] for key in inspected}
            assert (snapshot.title, snapshot.words) == (published["title"], published["words"])
            assert (snapshot.sha256, snapshot.checked) == (
                published["sha256"],
                published["checked"],
            )
            told = [(it.code, it.message) for it in snapshot.notices]
            assert told == [(it["code"], it["message"]) for it in published["warnings"]]
        (change,) = archive.changes()
        assert (site.folder / change.place / "index.html").is_file()
        assert change.permalink == f"https://archive.example/a/{change.place}"
        assert (change.since, change.captured) == ("20140521173313", "20160602120000")
        assert (change.added, change.removed, change.technical) == (6, 0, False)
        assert "cookies" in change.topics


def test_passages_are_those_of_the_texts(project: Path) -> None:
    with open_archive(project.parent / "content") as archive:
        found = list(archive.passages())
        expected = [
            (snapshot.place, passage.topic, passage.block)
            for snapshot in archive.snapshots()
            for passage in archive.record(snapshot).passages
        ]
        assert sorted((it.snapshot.place, it.topic, it.block) for it in found) == sorted(expected)
        cookies = list(archive.passages("cookies"))
        assert cookies == [it for it in found if it.topic == "cookies"]
        # Archived words are given as they are: whoever prints them escapes them.
        assert any(HOSTILE in it.text for it in cookies)
        first = cookies[0]
        assert first.permalink == f"{first.snapshot.permalink}#{first.block}"
        with pytest.raises(ProjectError, match=r"no topic 'cookie'; topics are data-collected, "):
            archive.passages("cookie")


def test_nothing_is_written_but_the_cache(project: Path) -> None:
    def files() -> set[Path]:
        return {it for it in project.parent.rglob("*") if ".cache" not in it.parts}

    before = files()
    with open_archive(project) as archive:
        assert len(list(archive.snapshots())) == 3
    assert files() == before


def test_corrections_and_withdrawals_count(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = "- site: lamps.example\n  quote: We use cookies to remember\n  topics: [sale]\n"
    (project.parent / "content/labels.yml").write_text(labels, "utf-8")
    with open_archive(project) as archive:
        human = [it for it in archive.passages() if it.human]
        assert {it.topic for it in human} == {"sale"}
        assert [it.score for it in human] == [1.0, 1.0]
    monkeypatch.chdir(project.parent)
    what = ["withdraw", "lamps.example/20160602120000", "--reason", "It names a person."]
    assert main(what) == 0
    with open_archive() as archive:
        assert [it.snapshot.captured for it in archive.snapshots()] == ["20140521173313", ""]
        assert list(archive.changes()) == []


def test_what_is_new_is_read_and_one_bad_file_stops_nothing(project: Path) -> None:
    folder = project.parent / "content/policies"
    with open_archive(project) as archive:
        (folder / "new.example.md").write_text("# Privacy\n\nWe use cookies.\n", "utf-8")
        (folder / "bad.example.md").write_bytes(b"%PDF-1.4\n\xff\xfe\x00")
        assert len(of(archive)) == 3, "as it was when it was opened"
    with open_archive(project) as archive:
        assert len(of(archive)) == 4


def test_a_closed_archive_answers_no_more(project: Path) -> None:
    archive = open_archive(project)
    archive.close()
    archive.close()
    with pytest.raises(sqlite3.ProgrammingError):
        list(archive.snapshots())


def test_addresses_are_empty_where_the_site_has_none(tmp_path: Path) -> None:
    with open_archive(write_project(tmp_path, {"lamps.md": OLD})) as archive:
        assert [it.permalink for it in archive.snapshots()] == [""]
        assert {it.permalink for it in archive.passages()} == {""}


def test_what_is_no_project_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"there is no mkdocs\.yml here or in a folder above"):
        open_archive(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [{policy-archive: {x: 1}}]\n")
    with pytest.raises(ProjectError, match="there is no such option"):
        open_archive(str(tmp_path))


SEEDS = sorted((ROOT / "content/policies").glob("*.*"))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda it: it.name)
def test_a_file_is_read_as_inspect_reads_it(seed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(seed)]) == 0
    printed = json.loads(capsys.readouterr().out)
    from_path, from_bytes = read(seed), read(seed.read_bytes(), name=f"policies/{seed.name}")
    assert isinstance(from_path, Record)
    assert from_path == from_bytes == read(str(seed))
    assert as_json(from_path, taxonomy.load()) == printed


def test_provenance_beside_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<h1>Privacy</h1><p>We collect data.")
    (tmp_path / "p.html.provenance.yml").write_text("site: lamps.example\ncaptured: 2014-05-21\n")
    assert read(tmp_path / "p.html").snapshot.site == "lamps.example"


def test_what_is_no_text_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^a\.md: it is a PDF document"):
        read(b"%PDF-1.4\n\x00\xff", name="a.md")
    with pytest.raises(SourceError, match="a folder"):
        read(tmp_path)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.md")
