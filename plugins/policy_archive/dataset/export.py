"""The dataset in a folder of its own, without a site."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from policy_archive.dataset import sqlite_file
from policy_archive.dataset.data_package import NAME, About, data_package
from policy_archive.dataset.files import DataFile, content
from policy_archive.dataset.rows import Contents
from policy_archive.dataset.tables import TABLES

SUMS = "SHA256SUMS"
"""The digests of all files, as `sha256sum --check` reads them."""

_OURS = re.compile(rf"(?:{'|'.join(it.name for it in TABLES)})(?:-\d+)?\.(?:csv\.gz|parquet)")


def sums(digests: Iterable[tuple[str, str]]) -> bytes:
    """SHA-256 digests by the names of files, as `sha256sum --check` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests).encode()


def export(
    files: Sequence[DataFile], contents: Contents, about: About, folder: Path
) -> Iterator[Path]:
    """Write the files and their Data Package into `folder`; each path once it is there.

    Tables of an earlier export that this one has not are removed; what else lies there stays.

    Raises:
        OSError: something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = {it.name for it in files}
    for path in folder.iterdir():
        if _OURS.fullmatch(path.name) and path.name not in names:
            path.unlink()
    for file in files:
        (folder / file.name).write_bytes(content(file, contents))
        yield folder / file.name
    package = data_package(files, about)
    (folder / NAME).write_bytes(package)
    yield folder / NAME
    digests = {it.name: it.made.sha256 for it in files} | {NAME: sha256(package).hexdigest()}
    (folder / SUMS).write_bytes(sums(digests.items()))
    yield folder / SUMS


def export_sqlite(contents: Contents, about: About, folder: Path) -> Iterator[Path]:
    """Write one SQLite file into `folder`, and what Datasette shows of it.

    Raises:
        OSError: something cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        sqlite_file.write(folder / sqlite_file.NAME, contents)
    except sqlite3.Error as error:
        raise OSError(f"{folder / sqlite_file.NAME}: {error}") from error
    yield folder / sqlite_file.NAME
    (folder / sqlite_file.METADATA).write_bytes(sqlite_file.metadata(about.title))
    yield folder / sqlite_file.METADATA
