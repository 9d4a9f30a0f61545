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

from policy_archive.build.store import open_database

log = logging.getLogger("mkdocs.plugins.policy_archive")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    key TEXT PRIMARY KEY, modified INTEGER NOT NULL, size INTEGER NOT NULL, search BLOB
) WITHOUT ROWID;
"""
_BATCH = 500


class Kept(NamedTuple):
    """How a file was when it was written."""

    modified: int
    size: int


class Rendered:
    """Kept files of one project; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        """Open the index; a folder that cannot be written to is done without."""
        self._folder = folder
        self._new: dict[str, tuple[Kept, bytes | None]] = {}
        self._known: dict[str, Kept] = {}
        self._database: sqlite3.Connection | None = None
        if folder is None:
            return
        try:
            self._database = open_database(folder / "index.sqlite", _SCHEMA)
            rows = self._database.execute("SELECT key, modified, size FROM files")
            self._known = {key: Kept(modified, size) for key, modified, size in rows}
        except (OSError, sqlite3.Error) as error:
            log.info("%s: pages are not kept between builds (%s)", folder, error)
            self._folder = None

    def known(self, key: str) -> Kept | None:
        """How the file kept under `key` was when it was written."""
        return self._known.get(key)

    def link(self, key: str, target: str) -> Kept | None:
        """Put the file kept under `key` at `target`; None: there is no such file any more."""
        kept = self._known.get(key)
        if kept is None or self._folder is None:
            return None
        path = self._path(key)
        try:
            stat = os.stat(path)  # noqa: PTH116
            if (stat.st_mtime_ns, stat.st_size) != kept:
                return None
            link(path, target)
        except OSError:
            return None
        return kept

    def put(self, key: str, data: bytes, search: bytes | None, target: str) -> None:
        """Write `data` to `target` and keep it."""
        if self._folder is None:
            Path(target).write_bytes(data)
            return
        path = Path(self._path(key))
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
            Path(target).write_bytes(data)
            return
        link(str(path), target)
        self._known[key] = Kept(stat.st_mtime_ns, stat.st_size)
        self._note(key, search)

    def also(self, key: str, other: str) -> None:
        """Keep under `key`, too, the file kept under `other`."""
        kept = self._known.get(other)
        if kept is None or self._folder is None:
            return
        path = Path(self._path(key))
        try:
            path.parent.mkdir(exist_ok=True)
            path.unlink(missing_ok=True)
            os.link(self._path(other), path)
        except OSError:  # then it is found out again next time
            return
        self._known[key] = kept
        self._note(key, self.search(other))

    def search(self, key: str) -> bytes | None:
        """The entries of the page kept under `key` in a search index, as JSON."""
        if key in self._new:
            return self._new[key][1]
        try:
            query = "SELECT search FROM files WHERE key = ?"
            row = self._database and self._database.execute(query, (key,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None

    def _note(self, key: str, search: bytes | None) -> None:
        self._new[key] = self._known[key], search
        if len(self._new) >= _BATCH:
            self._write()

    def keep_only(self, keys: Iterable[str]) -> None:
        """Let go of every file whose key is not among `keys`, and close."""
        self._write()
        if self._folder and self._database:
            gone = self._known.keys() - set(keys)
            for key in gone:
                Path(self._path(key)).unlink(missing_ok=True)
            self._run("DELETE FROM files WHERE key = ?", [(key,) for key in gone])
        self.close()

    def close(self) -> None:
        """Note what was made, and close."""
        self._write()
        if self._database:
            self._database.close()
        self._database = None

    def _write(self) -> None:
        rows = [(key, *kept, search) for key, (kept, search) in self._new.items()]
        self._run("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)
        self._new = {}

    def _run(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._database and rows:
            try:
                with self._database:
                    self._database.executemany(statement, rows)
            except sqlite3.Error as error:  # what is not noted is made again
                log.info("%s: pages are not kept (%s)", self._folder, error)

    def _path(self, key: str) -> str:
        # Text, since there are as many as pages, and paths as objects cost more than their files.
        return f"{self._folder}/{key[:2]}/{key[2:]}"


def link(path: str, target: str) -> None:
    """Put the file at `path` at `target` too: the same file, or a copy on another disk."""
    try:
        os.link(path, target)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or a file system without hard links
        Path(target).unlink(missing_ok=True)
        shutil.copyfile(path, target)
