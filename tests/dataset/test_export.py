"""An export is a Data Package, or a database, that other programs can check and read."""

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from policy_archive.dataset.data_package import About, data_package
from policy_archive.dataset.export import export, export_sqlite
from policy_archive.dataset.files import update
from policy_archive.dataset.rows import Contents, columns_of
from policy_archive.dataset.tables import TABLES

ABOUT = About(
    title="Lamps & Chairs: an archive",
    homepage="https://archive.example/",
    keeper="The keepers",
    contact="keepers@archive.example",
    licence="ODC-BY 1.0",
    doi="10.5281/zenodo.1234567",
)


@pytest.fixture
def exported(contents: Contents, tmp_path: Path) -> Path:
    list(export(update(contents, None), contents, ABOUT, tmp_path / "out"))
    return tmp_path / "out"


def test_an_export_has_every_file_and_its_digest(exported: Path) -> None:
    lines = (exported / "SHA256SUMS").read_text().splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    assert set(sums) == {it.name for it in exported.iterdir()} - {"SHA256SUMS"}
    assert len(sums) == 2 * len(TABLES) + 1
    for name, digest in sums.items():
        assert hashlib.sha256((exported / name).read_bytes()).hexdigest() == digest


def test_tables_of_an_earlier_export_go_and_others_files_stay(
    exported: Path, contents: Contents
) -> None:
    for name in (
        "passages-2.csv.gz",
        "passages-2.parquet",
        "mine.csv.gz",
        "passages-of-mine.csv.gz",
    ):
        (exported / name).write_bytes(b"")
    list(export(update(contents, None), contents, ABOUT, exported))
    left = {it.name for it in exported.iterdir() if "mine" in it.name or "-2" in it.name}
    assert left == {"mine.csv.gz", "passages-of-mine.csv.gz"}


def test_the_data_package_says_what_there_is(exported: Path) -> None:
    package = json.loads((exported / "datapackage.json").read_text("utf-8"))
    assert package["name"] == "lamps-chairs-an-archive"
    assert package["id"] == "https://doi.org/10.5281/zenodo.1234567"
    assert package["licenses"] == [{"name": "ODC-BY-1.0", "title": "ODC-BY 1.0"}]
    assert package["contributors"] == [{"title": "The keepers", "roles": ["publisher"]}]
    resources = {it["name"]: it for it in package["resources"]}
    assert list(resources) == [
        *("snapshots", "passages", "changes", "doubts"),
        *("snapshots-parquet", "passages-parquet", "changes-parquet", "doubts-parquet"),
    ]
    for it in resources.values():
        path = exported / it["path"]
        assert it["format"] == "parquet" or it["bytes"] == path.stat().st_size
        assert it["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    for table in TABLES:
        schema = resources[table.name]["schema"]
        assert [it["name"] for it in schema["fields"]] == [it.name for it in table.columns]
        assert schema["primaryKey"] == list(table.key)
        assert all(it["description"] for it in schema["fields"])


NAME = r"^([-a-z0-9._/])+$"
PROFILE = {
    "type": "object",
    "required": ["$schema", "name", "resources"],
    "properties": {
        "name": {"type": "string", "pattern": NAME},
        "homepage": {"type": "string", "format": "uri"},
        "licenses": {
            "minItems": 1,
            "items": {
                "anyOf": [{"required": ["name"]}, {"required": ["path"]}],
                "properties": {"name": {"type": "string", "pattern": "^([-a-zA-Z0-9._])+$"}},
            },
        },
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["name", "path", "type", "schema"],
                "properties": {
                    "name": {"type": "string", "pattern": NAME},
                    "type": {"const": "table"},
                    "path": {"type": ["string", "array"], "minItems": 1},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                },
            },
        },
    },
}
"""What Data Package v2 asks of names, licences and resources, in the words of its own profile."""


@pytest.mark.parametrize(
    "about",
    (
        ABOUT,
        About(title="灯"),
        About(title="=", licence="https://creativecommons.org/licenses/by/4.0/"),
        About(title="A", licence="日本", homepage="javascript:alert(1)"),
    ),
)
def test_descriptors_are_valid_whatever_keepers_say(about: About, contents: Contents) -> None:
    package = json.loads(data_package(update(contents, None), about))
    jsonschema.validate(package, PROFILE)
    assert "javascript" not in json.dumps(package)


def test_a_table_in_parts_is_one_resource(
    contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policy_archive.dataset.parts.WHOLE", 4)
    monkeypatch.setattr("policy_archive.dataset.parts.MOST", 4)
    package = json.loads(data_package(update(contents, None), ABOUT))
    resource = next(it for it in package["resources"] if it["name"] == "passages")
    assert resource["path"][:2] == ["passages-1.csv.gz", "passages-2.csv.gz"]
    assert "hash" not in resource


def test_a_database_holds_the_same_rows_and_says_what_they_mean(
    contents: Contents, tmp_path: Path
) -> None:
    for _ in range(2):  # the second in place of the first
        list(export_sqlite(contents, ABOUT, tmp_path))
    described = json.loads((tmp_path / "metadata.json").read_text("utf-8"))
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for table in TABLES:
            expected = [
                row for lot in columns_of(table, contents) for row in zip(*lot, strict=True)
            ]
            found = database.execute(f"SELECT * FROM {table.name} ORDER BY rowid").fetchall()
            assert found == expected
            query = "SELECT sql FROM sqlite_master WHERE name = ?"
            (statement,) = database.execute(query, (table.name,)).fetchone()
            comments = re.findall(r"^    (\w+) .*?-- (.*)$", statement, re.MULTILINE)
            assert comments == [(it.name, it.description) for it in table.columns]
            said = described["databases"]["archive"]["tables"][table.name]["columns"]
            assert said == {it.name: it.description for it in table.columns}
    assert {it.name for it in tmp_path.iterdir()} == {"archive.sqlite", "metadata.json"}
