"""Other people's programs check and read the dataset.

They are large and not ours, so none is in the lock: `pip install frictionless mlcroissant pandas
duckdb datasette`, and set POLICY_ARCHIVE_THOROUGH.
"""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest

from policy_archive.dataset.croissant import croissant
from policy_archive.dataset.export import export, export_sqlite
from policy_archive.dataset.files import update
from policy_archive.dataset.rows import Contents, columns_of
from policy_archive.dataset.tables import TABLES, Table

from .test_export import ABOUT

pytestmark = pytest.mark.skipif(
    not os.environ.get("POLICY_ARCHIVE_THOROUGH"), reason="POLICY_ARCHIVE_THOROUGH is not set"
)


@pytest.fixture(scope="module", params=(1_000_000, 4), ids=("whole", "in parts"))
def folder(
    request: pytest.FixtureRequest, contents: Contents, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An export, tables whole or in parts, with its statement in JSON-LD."""
    target = tmp_path_factory.mktemp("export")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("WHOLE", "MOST"):
            patch.setattr(f"policy_archive.dataset.parts.{name}", request.param)
        files = update(contents, None)
        list(export(files, contents, ABOUT, target))
        list(export_sqlite(contents, ABOUT, target))
    said = croissant(
        files,
        ABOUT,
        lambda name: name,
        url="https://archive.example/data/",
        cite_as="The keepers. Lamps.",
        days=("2014-05-21", "2016-02-03"),
    )
    (target / "croissant.json").write_text(json.dumps(said), "utf-8")
    return target


def expected(table: Table, contents: Contents) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [
        dict(zip(names, row, strict=True))
        for lot in columns_of(table, contents)
        for row in zip(*lot, strict=True)
    ]


def paths(folder: Path, table: Table, ending: str) -> list[Path]:
    return sorted(path for path in folder.glob(f"{table.name}*{ending}"))


def same(found: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> bool:
    """Whether rows are equal, in any order and whatever stands for null and for types."""

    def key(rows: list[dict[str, Any]]) -> list[str]:
        return sorted(repr([(k, v) for k, v in row.items()]) for row in rows)

    return key(found) == key(wanted)


def test_frictionless_finds_a_valid_package(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, [(it.name, it.errors) for it in report.tasks if not it.valid]
    assert len(report.tasks) == 2 * len(TABLES)


def test_mlcroissant_finds_a_valid_statement_and_reads_records(
    folder: Path, contents: Contents
) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    sets = [it.id for it in dataset.metadata.record_sets]
    records = [it for name in sets if name.startswith("passages") for it in dataset.records(name)]
    texts = [next(v for k, v in it.items() if k.endswith("/text")).decode() for it in records]
    assert sorted(texts) == sorted(row["text"] for row in expected(TABLES[1], contents))


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_pandas_reads_the_same_rows_of_both(folder: Path, contents: Contents, table: Table) -> None:
    pandas = pytest.importorskip("pandas")
    wanted = expected(table, contents)
    types = {
        it.name: {int: "Int64", str: "str"}[it.type]
        for it in table.columns
        if it.type in (int, str)
    }
    for ending, read in (
        (
            ".csv.gz",
            lambda path: pandas.read_csv(path, dtype=types, keep_default_na=False, na_values=[""]),
        ),
        (".parquet", pandas.read_parquet),
    ):
        found = pandas.concat([read(path) for path in paths(folder, table, ending)])
        rows = json.loads(found.to_json(orient="records", date_unit="s"))
        assert same(rows, wanted), ending


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_duckdb_reads_the_same_rows_of_both(folder: Path, contents: Contents, table: Table) -> None:
    duckdb = pytest.importorskip("duckdb")
    texts = {it.name: "VARCHAR" for it in table.columns if it.type is str}
    for read in (
        f"read_csv('{folder}/{table.name}*.csv.gz', types = {texts})",
        f"read_parquet('{folder}/{table.name}*.parquet')",
    ):
        result = duckdb.sql(f"SELECT * FROM {read}")
        rows = [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]
        assert same(rows, expected(table, contents)), read


def test_datasette_opens_the_database(folder: Path, contents: Contents) -> None:
    app = pytest.importorskip("datasette.app")
    metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
    datasette = app.Datasette([str(folder / "archive.sqlite")], metadata=metadata)

    async def get(path: str) -> Any:
        return await datasette.client.get(path)

    found = asyncio.run(get("/archive/passages.json?_shape=array&_size=max")).json()
    found = [{k: v for k, v in row.items() if k != "rowid"} for row in found]
    assert same(
        [row | {"human": bool(row["human"])} for row in found], expected(TABLES[1], contents)
    )
    page = asyncio.run(get("/archive/passages")).text
    assert TABLES[1].description in page
