"""Every format holds the same rows, whatever archived texts say."""

import gzip
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from policy_archive.dataset import csv_file, parquet_file, rows
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


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_csv_and_parquet_hold_the_same_rows(
    table: Table, contents: Contents, tmp_path: Path
) -> None:
    expected = named(table, contents)
    for write, name in ((csv_file.write, "csv.gz"), (parquet_file.write, "parquet")):
        assert write(table, columns_of(table, contents), tmp_path / name) == len(expected)
    types = {column.name: column.type for column in table.columns}
    from_csv = [
        {name: OF_CSV[types[name]](value) if value else None for name, value in row.items()}
        for row in read_csv(tmp_path / "csv.gz")
    ]
    assert from_csv == expected
    assert pq.read_table(tmp_path / "parquet").to_pylist() == expected


@pytest.mark.parametrize("write", (csv_file.write, parquet_file.write))
def test_the_same_rows_are_the_same_bytes_however_many_are_held(
    write: Callable[[Table, Iterable[rows.Columns], Path], int],
    contents: Contents,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("one", "other"):
        write(TABLES[1], columns_of(TABLES[1], contents), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    monkeypatch.setattr(rows, "TOGETHER", 3)
    write(TABLES[1], columns_of(TABLES[1], contents), tmp_path / "few")
    if write is csv_file.write:
        assert (tmp_path / "few").read_bytes() == (tmp_path / "one").read_bytes()
    else:
        one, few = (pq.read_table(tmp_path / name) for name in ("one", "few"))
        assert few.equals(one)


def test_a_compressed_file_knows_no_time_and_no_place(contents: Contents, tmp_path: Path) -> None:
    csv_file.write(TABLES[0], columns_of(TABLES[0], contents), tmp_path / "a.gz")
    head = (tmp_path / "a.gz").read_bytes()[:10]
    assert head[:4] == b"\x1f\x8b\x08\x00"  # no name follows
    assert head[4:8] == b"\0\0\0\0"


def test_hostile_texts_are_as_the_archive_has_them(contents: Contents, tmp_path: Path) -> None:
    csv_file.write(TABLES[1], columns_of(TABLES[1], contents), tmp_path / "passages")
    csv_file.write(TABLES[0], columns_of(TABLES[0], contents), tmp_path / "snapshots")
    passages, snapshots = read_csv(tmp_path / "passages"), read_csv(tmp_path / "snapshots")
    assert FORMULA in {row["title"] for row in snapshots}
    texts = {row["text"] for row in passages}
    assert SAID.replace("\t", " ") in {" ".join(text.split()) for text in texts}
    assert any("\n" in text and "'quotes' and \"quotes\", commas" in text for text in texts)
    (collection,) = {row["collection"] for row in snapshots} - {""}
    assert "\0" not in collection
    assert collection.startswith("a") and collection.endswith(", c")
    assert b"\0" not in gzip.decompress((tmp_path / "snapshots").read_bytes())


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
