"""`policy-archive export` writes a project's tables, and nothing into its site."""

import json
from pathlib import Path

import pytest

from policy_archive.cli.main import main

from ..repositories import text

Capture = pytest.CaptureFixture[str]
FILES = [
    *("snapshots.csv.gz", "snapshots.parquet", "passages.csv.gz", "passages.parquet"),
    *("changes.csv.gz", "changes.parquet", "doubts.csv.gz", "doubts.parquet"),
    *("datapackage.json", "SHA256SUMS"),
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "docs/policies").mkdir(parents=True)
    (tmp_path / "docs/policies/lamps.md").write_text(f"---\nsite: lamps.example\n---\n{text()}")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Lamps\nplugins:\n- policy-archive: {licence: ODC-BY 1.0, keeper: Keepers}\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_tables_of_a_project(project: Path, capsys: Capture) -> None:
    assert main(["export", "out"]) == 0
    assert capsys.readouterr().out.split() == [f"out/{name}" for name in FILES]
    assert {it.name for it in (project / "out").iterdir()} == set(FILES)
    package = json.loads((project / "out/datapackage.json").read_text("utf-8"))
    assert (package["title"], package["licenses"][0]["name"]) == ("Lamps", "ODC-BY-1.0")
    before = {name: (project / "out" / name).read_bytes() for name in FILES}
    assert main(["export", "-q"]) == 0
    assert capsys.readouterr().out == ""
    assert {name: (project / "data" / name).read_bytes() for name in FILES} == before


def test_a_database_of_a_project(project: Path, capsys: Capture) -> None:
    assert main(["export", "out", "--format", "sqlite"]) == 0
    assert capsys.readouterr().out.split() == ["out/archive.sqlite", "out/metadata.json"]


def test_without_a_project_there_is_nothing_to_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export"]) == 2
    assert "no mkdocs.yml" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_one_line(project: Path, capsys: Capture) -> None:
    (project / "out").write_text("a file")
    for format in ("tables", "sqlite"):
        assert main(["export", "out", "--format", format]) == 2
        assert capsys.readouterr().err.count("\n") == 1
