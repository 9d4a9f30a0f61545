import random
import sqlite3
from pathlib import Path

import pytest

from policy_archive.build import store as module
from policy_archive.build.store import Store

SUMMARIES = {f"key {n}": b"summary %d" % n * 50 for n in range(60)}
CHANGES = {f"change {n}": b"change %d" % n * 50 for n in range(60)}


def filled(file: Path) -> Store:
    store = Store(file)
    store.put((key, value, b"record of " + value) for key, value in SUMMARIES.items())
    store.put_changes(CHANGES)
    return store


def test_results_outlive_the_object(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "store.sqlite"
    filled(file).close()
    store = Store(file)
    assert dict(store.summaries()) == SUMMARIES
    assert store.changes() == CHANGES
    assert (store.record("key 7"), store.record("none")) == (
        b"record of " + b"summary 7" * 50,
        None,
    )
    store.keep_only(["key 8"])
    store.keep_only_changes([])
    assert dict(store.summaries()) == {"key 8": SUMMARIES["key 8"]}
    assert store.record("key 7") is None
    assert store.changes() == {}


def test_a_file_that_is_no_store_is_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "store.sqlite"
    file.write_bytes(b"not a database" * 1000)
    assert dict(filled(file).summaries()) == SUMMARIES
    assert [("made anew" in line) for line in caplog.messages] == [True]


def test_a_store_of_another_version_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "store.sqlite"
    filled(file).close()
    monkeypatch.setattr(module, "_SCHEMA", module._SCHEMA + "CREATE TABLE more (x);")
    assert dict(Store(file).summaries()) == {}
    assert dict(filled(file).summaries()) == SUMMARIES


@pytest.mark.parametrize("seed", range(40))
def test_what_is_read_is_right_or_nothing(tmp_path: Path, seed: int) -> None:
    """Some bytes of the file change, or its end is lost: no other value is ever given back."""
    file = tmp_path / "store.sqlite"
    filled(file).close()
    data = bytearray(file.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.choice([1, 3, 30, 300])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    if seed % 4 == 0:
        del data[chance.randrange(len(data)) :]
    file.write_bytes(data)
    store = Store(file)
    for key, value in store.summaries():
        assert SUMMARIES.get(key) in (value, None)
    for key, value in store.changes().items():
        assert CHANGES.get(key) in (value, None)
    for key, value in SUMMARIES.items():
        assert store.record(key) in (b"record of " + value, None)
    # And it holds what is put into it now.
    store.put((key, value, b"record of " + value) for key, value in SUMMARIES.items())
    store.put((key, value, b"record of " + value) for key, value in SUMMARIES.items())
    assert store.record("key 7") == b"record of " + b"summary 7" * 50


@pytest.mark.parametrize("pages", [5, 9, 20])
def test_a_full_disk_costs_time_only(
    tmp_path: Path, pages: int, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(tmp_path / "store.sqlite")
    store._database._connection.execute(f"PRAGMA max_page_count = {pages}")
    for _ in range(3):
        store.put((key, value * 100, value) for key, value in SUMMARIES.items())
        store.put_changes({key: value * 100 for key, value in CHANGES.items()})
    store.keep_only([])
    assert dict(store.summaries()) == store.changes() == {}
    assert ["full" in line for line in caplog.messages] == [True]


def refuse(*_: object, **__: object) -> sqlite3.Connection:
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorcode = sqlite3.SQLITE_READONLY
    raise error


def test_where_no_file_can_be_written_results_last_as_long_as_the_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    store = filled(tmp_path / "file" / "store.sqlite")
    assert dict(store.summaries()) == SUMMARIES
    monkeypatch.setattr("policy_archive.catalogue.database.open_database", refuse)
    store = filled(tmp_path / "store.sqlite")
    assert store.changes() == CHANGES
    assert ["results are not kept" in line for line in caplog.messages] == [True, True]


def test_use_after_closing_is_a_mistake(tmp_path: Path) -> None:
    store = filled(tmp_path / "store.sqlite")
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.record("key 7")
