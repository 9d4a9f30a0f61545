"""The files of the dataset: each is made once, and kept while what it says is the same."""

import hashlib
import logging
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from policy_archive.build.cache_key import SHOWING, code_digest
from policy_archive.catalogue.digests import digest
from policy_archive.dataset import csv_file, parquet_file
from policy_archive.dataset.parts import Part, parts
from policy_archive.dataset.rows import Columns, Contents, columns_of
from policy_archive.dataset.tables import Table

log = logging.getLogger("policy_archive.dataset")

_INDEX = "index.json"
_SHOWING = tuple(room for room in SHOWING if room != "dataset")


class Format(NamedTuple):
    """What a table is written as."""

    name: str
    ending: str
    media_type: str
    writer: Callable[[Table, Path], AbstractContextManager[Callable[[Columns], None]]]


CSV = Format("CSV", ".csv.gz", "text/csv", csv_file.writer)
PARQUET = Format("Parquet", ".parquet", "application/vnd.apache.parquet", parquet_file.writer)


class Made(msgspec.Struct, frozen=True):
    """What is known of a file that was made."""

    size: int
    """In bytes."""
    sha256: str


class DataFile(NamedTuple):
    """A file of the dataset."""

    part: Part
    format: Format
    made: Made
    kept: Path
    """Where it lies; it may be gone from there."""

    @property
    def name(self) -> str:
        """What it is called where it is published."""
        return self.part.name + self.format.ending


def formats() -> tuple[Format, ...]:
    """What tables are written as: Parquet too, where the extra `data` is installed."""
    return (CSV, PARQUET) if parquet_file.available() else (CSV,)


def update(
    contents: Contents, folder: Path | None, progress: Callable[[int, int], None] | None = None
) -> Sequence[DataFile]:
    """Every file of the dataset as its rows are now; what is not kept in `folder` is made.

    `progress` is told how many rows of how many are there.

    Raises:
        OSError: a file cannot be written, or a text that is not kept cannot be read.
    """
    if folder:
        try:
            return _updated(contents, folder, progress)
        except OSError as error:
            log.info("%s: tables are not kept (%s)", folder, error)
    with TemporaryDirectory() as passing:
        return _updated(contents, Path(passing), progress)


def _updated(
    contents: Contents, folder: Path, progress: Callable[[int, int], None] | None
) -> Sequence[DataFile]:
    folder.mkdir(parents=True, exist_ok=True)
    known = _load(folder)
    found: list[DataFile] = []
    all_parts = list(parts(contents.catalogue))
    done, total = 0, sum(part.rows for part in all_parts)
    for part in all_parts:
        kept = {folder / _key(part, it, contents): it for it in formats()}
        absent = {path: it for path, it in kept.items() if not _is_kept(path, known)}
        lots = columns_of(part.table, contents, part.policies)
        if absent:
            told = _told(lots, progress, done, total) if progress else lots
            known |= {path.name: made for path, made in _written(part.table, told, absent)}
        done += part.rows
        found += [DataFile(part, it, known[path.name], path) for path, it in kept.items()]
    used = {it.kept.name: it.made for it in found}
    for path in folder.iterdir():
        if path.name not in used:
            path.unlink()
    (folder / _INDEX).write_bytes(msgspec.json.encode(used))
    return found


def content(file: DataFile, contents: Contents) -> bytes:
    """The bytes of a file, which is made again where another build has removed it.

    Raises:
        OSError: it cannot be written, or a text that is not kept cannot be read.
    """
    with suppress(OSError):
        data = file.kept.read_bytes()
        if hashlib.sha256(data).hexdigest() == file.made.sha256:
            return data
    with TemporaryDirectory() as passing:
        path = Path(passing, file.name)
        lots = columns_of(file.part.table, contents, file.part.policies)
        list(_written(file.part.table, lots, {path: file.format}))
        return path.read_bytes()


def _told(
    lots: Iterable[Columns], progress: Callable[[int, int], None], done: int, total: int
) -> Iterator[Columns]:
    for columns in lots:
        yield columns
        done += len(columns[0])
        progress(done, total)


def _written(
    table: Table, lots: Iterable[Columns], targets: Mapping[Path, Format]
) -> Iterator[tuple[Path, Made]]:
    """Write rows to each of the `targets`, going through them once."""
    with ExitStack() as stack:
        writers = [stack.enter_context(it.writer(table, path)) for path, it in targets.items()]
        for columns in lots:
            for write in writers:
                write(columns)
    for path in targets:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        yield path, Made(path.stat().st_size, sha256)


def _key(part: Part, format: Format, contents: Contents) -> str:
    """Names the bytes of a file: all that they depend on."""
    versions = [code_digest(_SHOWING), zlib.ZLIB_RUNTIME_VERSION]
    if format is PARQUET:
        versions.append(metadata.version("pyarrow"))
    topics = contents.taxonomy.version
    return digest((part.table.name, format.name, part.shown, versions, topics))


def _is_kept(path: Path, known: Mapping[str, Made]) -> bool:
    """Whether a file was made whole: one that a build was stopped at is not in the index."""
    made = known.get(path.name)
    return made is not None and path.is_file() and path.stat().st_size == made.size


def _load(folder: Path) -> dict[str, Made]:
    """The files that are kept, by their keys; none where the index is missing or damaged."""
    try:
        return msgspec.json.decode((folder / _INDEX).read_bytes(), type=dict[str, Made])
    except (OSError, msgspec.MsgspecError):
        return {}
