"""Files of the site that earlier builds have made, under the digest of all they depend on.

They lie in a folder of the project's cache and reach the site as hard links. Whoever changes a
published file in place changes the kept one with it; each is therefore known by its time and
size, and one that is no longer as it was written is made anew.
"""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from policy_archive.store import open_database

log = logging.getLogger("mkdocs.plugins.policy_archive")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    key TEXT PRIMARY KEY, modified INTEGER NOT NULL, size INTEGER NOT NULL, search BLOB
) WITHOUT ROWID;
"""
_BATCH = 500


class Kept(NamedTuple):
    """How a file was when it was written, and the page's entries in a search index, as JSON."""

    modified: int
    size: int
    search: bytes | None


class Rendered:
    """Kept files of one project; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        """Open the index; a folder that cannot be written to is done without."""
        self._folder = folder
        self._new: dict[str, Kept] = {}
        self._known: dict[str, Kept] = {}
        self._database: sqlite3.Connection | None = None
        if folder is None:
            return
        try:
            self._database = open_database(folder / "index.sqlite", _SCHEMA)
            rows = self._database.execute("SELECT key, modified, size, search FROM files")
            self._known = {key: Kept(*rest) for key, *rest in rows}
        except (OSError, sqlite3.Error) as error:
            log.info("%s: pages are not kept between builds (%s)", folder, error)
            self._folder = None

    def link(self, key: str, target: Path) -> Kept | None:
        """Put the file kept under `key` at `target`; None: there is no such file any more."""
        kept = self._known.get(key)
        if kept is None or self._folder is None:
            return None
        path = self._path(key)
        try:
            stat = path.stat()
            if (stat.st_mtime_ns, stat.st_size) != kept[:2]:
                return None
            link(path, target)
        except OSError:
            return None
        return kept

    def put(self, key: str, data: bytes, search: bytes | None, target: Path) -> None:
        """Write `data` to `target` and keep it."""
        if self._folder is None:
            target.write_bytes(data)
            return
        path = self._path(key)
        partial = path.with_suffix(f".{os.getpid()}")
        try:
            path.parent.mkdir(exist_ok=True)
            partial.write_bytes(data)
            stat = partial.stat()
            partial.replace(path)
        except OSError as error:  # a full disk; the site itself may be on another one
            log.info("%s: pages are no longer kept (%s)", self._folder, error)
            partial.unlink(missing_ok=True)
            self._folder = None
            target.write_bytes(data)
            return
        link(path, target)
        self._known[key] = self._new[key] = Kept(stat.st_mtime_ns, stat.st_size, search)
        if len(self._new) >= _BATCH:
            self._write()

    def keep_only(self, keys: Iterable[str]) -> None:
        """Let go of every file whose key is not among `keys`, and close."""
        self._write()
        if self._folder and self._database:
            gone = self._known.keys() - set(keys)
            for key in gone:
                self._path(key).unlink(missing_ok=True)
            self._run("DELETE FROM files WHERE key = ?", [(key,) for key in gone])
        self.close()

    def close(self) -> None:
        """Note what was made, and close."""
        self._write()
        if self._database:
            self._database.close()
        self._database = None

    def _write(self) -> None:
        rows = [(key, *kept) for key, kept in self._new.items()]
        self._run("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)
        self._new = {}

    def _run(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._database and rows:
            try:
                with self._database:
                    self._database.executemany(statement, rows)
            except sqlite3.Error as error:  # what is not noted is made again
                log.info("%s: pages are not kept (%s)", self._folder, error)

    def _path(self, key: str) -> Path:
        assert self._folder
        return self._folder / key[:2] / key[2:]


def link(path: Path, target: Path) -> None:
    """Put the file at `path` at `target` too: the same file, or a copy on another disk."""
    try:
        os.link(path, target)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or a file system without hard links
        target.unlink(missing_ok=True)
        shutil.copyfile(path, target)
