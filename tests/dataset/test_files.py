"""Files are made once, kept while they are right, and divided where tables are long."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from policy_archive.build.archive import Beside, read_archive
from policy_archive.build.texts import Texts
from policy_archive.build.update import named
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.dataset import files, parquet_file, parts
from policy_archive.dataset.files import content, update
from policy_archive.dataset.rows import Contents
from policy_archive.dataset.sections import Sections
from policy_archive.settings import Settings
from policy_archive.sources.files import find
from policy_archive.topics import taxonomy

from .conftest import TEXT, read_csv


class Archive:
    """Policies that come, go and change, with what is kept of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue, self.texts = Catalogue(), Texts()

    def put(self, site: str, text: str = TEXT) -> None:
        path = self.folder / "policies" / f"{site}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def read(self) -> Contents:
        settings, sources = Settings(), named(find(self.folder / "policies", self.folder))
        read_archive(self.catalogue, self.texts, sources, settings, Beside())
        return Contents(self.catalogue, Sections(self.texts, sources, settings), taxonomy.load())


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    found = Archive(tmp_path)
    for number in range(9):
        found.put(f"n{number}.example")
    yield found
    found.catalogue.close()
    found.texts.close()


def look(folder: Path) -> dict[str, tuple[int, int]]:
    return {it.name: (it.stat().st_ino, it.stat().st_mtime_ns) for it in folder.iterdir()}


def test_files_are_what_is_said_of_them(archive: Archive, tmp_path: Path) -> None:
    contents = archive.read()
    found = update(contents, tmp_path / "data")
    assert [it.name for it in found] == [
        *("snapshots.csv.gz", "snapshots.parquet", "passages.csv.gz", "passages.parquet"),
        *("changes.csv.gz", "changes.parquet", "doubts.csv.gz", "doubts.parquet"),
    ]
    for it in found:
        data = content(it, contents)
        assert (len(data), hashlib.sha256(data).hexdigest()) == (it.made.size, it.made.sha256)
    assert found[0].part.rows == 9
    for it in found[::2]:
        assert len(read_csv(it.kept)) == it.part.rows


def test_what_is_unchanged_is_not_made_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = update(archive.read(), tmp_path / "data")
    before = look(tmp_path / "data")

    def never(*_: object) -> Iterator[None]:
        raise AssertionError("rows were drawn")
        yield

    monkeypatch.setattr(files, "columns_of", never)
    assert update(archive.read(), tmp_path / "data") == first
    after = look(tmp_path / "data")
    assert before.pop("index.json") and after.pop("index.json")
    assert after == before


def test_an_edit_makes_the_files_of_its_policy_anew_and_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "WHOLE", 30)
    monkeypatch.setattr(parts, "MOST", 30)
    before = {it.name: it.made.sha256 for it in update(archive.read(), tmp_path / "data")}
    assert {"passages-1.csv.gz", "passages-2.csv.gz", "snapshots.csv.gz"} <= set(before)
    archive.put("n4.example", TEXT.replace("locked", "locked and guarded"))
    contents = archive.read()
    found = update(contents, tmp_path / "data")
    changed = {it.name for it in found if before.get(it.name) != it.made.sha256}
    assert len([it for it in changed if it.startswith("passages")]) == 2  # in two formats
    assert {it.kept.name for it in found} | {"index.json"} == set(look(tmp_path / "data"))
    fresh = update(contents, tmp_path / "fresh")
    assert [(it.name, it.made) for it in found] == [(it.name, it.made) for it in fresh]


def test_parts_are_the_whole_table_in_order(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = archive.read()
    whole = [it for it in update(contents, tmp_path / "whole") if it.part.table.name == "passages"]
    monkeypatch.setattr(parts, "WHOLE", 30)
    monkeypatch.setattr(parts, "MOST", 30)
    divided = [
        it for it in update(contents, tmp_path / "parts") if it.part.table.name == "passages"
    ]
    assert len(divided) > len(whole) == 2
    assert all(0 < it.part.rows <= 30 for it in divided)
    assert [row for it in divided[::2] for row in read_csv(it.kept)] == read_csv(whole[0].kept)
    rows = [row for it in divided[1::2] for row in pq.read_table(it.kept).to_pylist()]
    assert rows == pq.read_table(whole[1].kept).to_pylist()


def test_a_file_that_is_gone_or_damaged_is_made_again(archive: Archive, tmp_path: Path) -> None:
    contents = archive.read()
    one, other, *_ = update(contents, tmp_path / "data")
    right = one.kept.read_bytes(), other.kept.read_bytes()
    one.kept.unlink()
    os.truncate(other.kept, 10)
    assert (content(one, contents), content(other, contents)) == right
    update(contents, tmp_path / "data")
    assert (one.kept.read_bytes(), other.kept.read_bytes()) == right
    (tmp_path / "data/index.json").write_text("{")
    assert update(contents, tmp_path / "data")[0] == one


def test_a_folder_that_cannot_be_used_costs_time_alone(archive: Archive, tmp_path: Path) -> None:
    contents = archive.read()
    (tmp_path / "file").write_text("in the way")
    in_the_way = tmp_path / "data"
    kept = update(contents, in_the_way)
    kept[0].kept.unlink()
    kept[0].kept.mkdir()
    for folder in (tmp_path / "file/data", in_the_way):
        found = update(contents, folder)
        assert [it.made for it in found] == [it.made for it in kept]
        assert hashlib.sha256(content(found[0], contents)).hexdigest() == found[0].made.sha256


def test_an_empty_archive_has_tables_without_rows(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    found = update(Archive(tmp_path).read(), None)
    assert len(found) == 8
    assert {it.part.rows for it in found} == {0}


def test_a_text_that_was_not_kept_is_read_again(archive: Archive, tmp_path: Path) -> None:
    contents = archive.read()
    kept = [it.made for it in update(contents, None)]
    archive.texts.keep_only([])
    assert [it.made for it in update(contents, None)] == kept


def test_without_the_extra_there_is_csv_alone(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = archive.read()
    both = [it for it in update(contents, None) if it.format is files.CSV]
    monkeypatch.setattr(parquet_file, "available", lambda: False)
    alone = update(contents, None)
    assert [(it.name, it.made) for it in alone] == [(it.name, it.made) for it in both]
