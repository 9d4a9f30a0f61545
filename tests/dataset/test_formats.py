"""Every format holds the same rows, whatever archived texts say."""

import gzip
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from policy_archive.dataset import rows
from policy_archive.dataset.files import CSV, PARQUET, Format
from policy_archive.dataset.parts import parts
from policy_archive.dataset.rows import Contents, Row, columns_of
from policy_archive.dataset.tables import TABLES, Column, Table

from .conftest import FORMULA, SAID, read_csv

NAMES = [table.name for table in TABLES]
OF_CSV: Mapping[type, Callable[[str], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: {"true": True, "false": False}.__getitem__,
}


def drawn(table: Table, contents: Contents) -> list[Row]:
    return [row for lot in columns_of(table, contents) for row in zip(*lot, strict=True)]


def named(table: Table, contents: Contents) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in drawn(table, contents)]


def valid(column: Column, value: Any) -> bool:
    return column.nullable if value is None else type(value) is column.type and value != ""


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_rows_are_as_their_columns_are_described(table: Table, contents: Contents) -> None:
    found = drawn(table, contents)
    assert found
    wrong = [
        (column.name, value)
        for row in found
        for column, value in zip(table.columns, row, strict=True)
        if not valid(column, value)
    ]
    assert wrong == []
    names = [column.name for column in table.columns]
    keys = [tuple(row[names.index(name)] for name in table.key) for row in found]
    assert len(set(keys)) == len(keys)


def test_rows_name_snapshots_that_there_are(contents: Contents) -> None:
    pages = {row[0] for row in drawn(TABLES[0], contents)}
    assert len(pages) == 4
    for table in TABLES[1:]:
        names = [column.name for column in table.columns]
        for name in table.snapshots:
            assert {row[names.index(name)] for row in drawn(table, contents)} <= pages


def written(table: Table, format: Format, contents: Contents, path: Path) -> Path:
    with format.writer(table, path) as write:
        for columns in columns_of(table, contents):
            write(columns)
    return path


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_csv_and_parquet_hold_the_same_rows(
    table: Table, contents: Contents, tmp_path: Path
) -> None:
    expected = named(table, contents)
    types = {column.name: column.type for column in table.columns}
    from_csv = [
        {name: OF_CSV[types[name]](value) if value else None for name, value in row.items()}
        for row in read_csv(written(table, CSV, contents, tmp_path / "csv.gz"))
    ]
    assert from_csv == expected
    parquet = pq.read_table(written(table, PARQUET, contents, tmp_path / "parquet"))
    assert parquet.to_pylist() == expected
    assert [field.nullable for field in parquet.schema] == [it.nullable for it in table.columns]


@pytest.mark.parametrize("format", (CSV, PARQUET), ids=("CSV", "Parquet"))
def test_the_same_rows_are_the_same_bytes(
    format: Format, contents: Contents, tmp_path: Path
) -> None:
    for table in TABLES:
        one, other = (written(table, format, contents, tmp_path / it) for it in ("one", "other"))
        assert one.read_bytes() == other.read_bytes()


def test_it_does_not_matter_how_many_rows_are_held_at_a_time(
    contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    csv, parquet = (written(TABLES[1], it, contents, tmp_path / it.name) for it in (CSV, PARQUET))
    monkeypatch.setattr(rows, "TOGETHER", 3)
    assert written(TABLES[1], CSV, contents, tmp_path / "few").read_bytes() == csv.read_bytes()
    groups = pq.ParquetFile(written(TABLES[1], PARQUET, contents, tmp_path / "groups"))
    assert groups.num_row_groups > 1
    assert groups.read().equals(pq.read_table(parquet))


def test_a_compressed_file_knows_no_time_and_no_name(contents: Contents, tmp_path: Path) -> None:
    head = written(TABLES[0], CSV, contents, tmp_path / "name").read_bytes()[:8]
    assert head == b"\x1f\x8b\x08\x00\0\0\0\0"


def test_hostile_texts_are_as_the_archive_has_them(contents: Contents, tmp_path: Path) -> None:
    packed = written(TABLES[0], CSV, contents, tmp_path / "snapshots")
    snapshots = read_csv(packed)
    passages = read_csv(written(TABLES[1], CSV, contents, tmp_path / "passages"))
    assert FORMULA in {row["title"] for row in snapshots}
    texts = {row["text"] for row in passages}
    assert SAID.replace("\t", " ") in {" ".join(text.split()) for text in texts}
    assert any("\n" in text and "'quotes' and \"quotes\", commas" in text for text in texts)
    (collection,) = {row["collection"] for row in snapshots} - {""}
    assert collection.startswith("a") and collection.endswith(", c")
    assert b"\0" not in gzip.decompress(packed.read_bytes())


def test_no_table_is_sorted_before_its_first_row_comes(contents: Contents) -> None:
    """Sorting would hold all of it, and do so again for each part; within a policy it is cheap."""
    asked: list[str] = []
    connection = contents.catalogue.connection
    connection.set_trace_callback(asked.append)
    for table in TABLES:
        drawn(table, contents)
    list(parts(contents.catalogue))
    connection.set_trace_callback(None)
    queries = [it for it in asked if "FROM policies p" in it]
    assert len(queries) == 8
    for query in queries:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
        assert re.match(r"(SEARCH|SCAN) p USING (COVERING )?INDEX policies_in_order", plan[0])
        assert not {it for it in plan if re.fullmatch(r"USE TEMP B-TREE FOR (ORDER|GROUP) BY", it)}


def test_rows_stand_by_policy_and_in_time(contents: Contents) -> None:
    pages = [row[0] for row in drawn(TABLES[0], contents)]
    assert pages[1:] == [
        "policies/lamps.example/20140521173313/",
        "policies/lamps.example/20150521/",
        "policies/tables.example/20160203/",
    ]
    assert [row[0] for row in drawn(TABLES[2], contents)] == [
        "policies/lamps.example/20140521173313..20150521/"
    ]


def test_a_change_says_between_which_captures_it_came(contents: Contents) -> None:
    (change,) = named(TABLES[2], contents)
    assert change["before"] == "policies/lamps.example/20140521173313/"
    assert change["after"] == "policies/lamps.example/20150521/"
    assert (change["since"], change["captured"]) == ("2014-05-21T17:33:13Z", "2015-05-21")
    assert (change["passages"], change["added"], change["removed"]) == (1, 5, 0)
    assert change["topics"] == "security"
