"""SQLite files that cost time and nothing else when something is wrong with them.

A file that cannot be read, or was made with another schema, is made anew. What a new file would not
mend (a full disk, a folder without rights, another build that writes for long) is the caller's.
"""

import contextlib
import hashlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

log = logging.getLogger("policy_archive.catalogue.database")

_BUSY = 30
"""Seconds to wait for another build that is writing."""
_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
"""Errors that a new file would not mend."""
FAULTS = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite's module raises for a file that cannot be used; even its messages may be damaged."""

_Found = TypeVar("_Found")

Statement = tuple[str, Sequence[tuple[object, ...]]]
"""SQL and the rows that it is to be done with."""


class KeptDatabase:
    """A database that is asked and told as if nothing could go wrong with it.

    What cannot be kept costs time in the next build: a full disk, a folder without rights and a
    damaged file are each said in one line. `path` None keeps it for as long as the object lives.
    """

    def __init__(self, path: Path | None, schema: str) -> None:
        """Open the file or make it. Where that cannot be, nothing outlives the object."""
        self._path = path
        self._schema = schema
        self._told = False
        self._connection = self._opened()

    def ask(self, question: Callable[[sqlite3.Connection], _Found], otherwise: _Found) -> _Found:
        """The answer, or what there is to say where it cannot be had."""
        try:
            return question(self._connection)
        except FAULTS as error:
            self._failed(error)
            return otherwise

    def write(self, *statements: Statement) -> None:
        """All of it or nothing."""
        if not any(rows for _, rows in statements):
            return
        try:
            with self._connection:
                for statement, rows in statements:
                    self._connection.executemany(statement, rows)
        except FAULTS as error:
            self._failed(error)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def _failed(self, error: Exception) -> None:
        """Damage inside a file shows late; what it held is made again, from the sources."""
        if isinstance(error, sqlite3.ProgrammingError):
            raise error
        if not damaged(error) or self._path is None:
            self._not_kept(error)
            return
        log.warning("%s is damaged (%s) and is made anew", self._path, error)
        self._connection.close()
        with contextlib.suppress(OSError):  # in use, or not ours to remove: then it is done without
            remove(self._path)
        self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None:
            try:
                return open_database(self._path, self._schema)
            except (OSError, *FAULTS) as error:
                self._not_kept(error)
                self._path = None
        return temporary_database(self._schema)

    def _not_kept(self, error: Exception) -> None:
        if not self._told:
            log.warning("%s: results are not kept (%s)", self._path or "store", error)
        self._told = True


def open_database(path: Path, schema: str) -> sqlite3.Connection:
    """The database at `path` with the tables of `schema`.

    One that cannot be read, or has been made with another schema, is made anew.

    Raises:
        OSError, sqlite3.DatabaseError: there cannot be one: a full disk, a folder without rights.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect(path, schema)
    except FAULTS as error:
        if not damaged(error):
            raise
        log.warning("%s could not be read (%s) and is made anew", path, error)
    remove(path)
    return _connect(path, schema)


def damaged(error: Exception) -> bool:
    """Whether the file is at fault; text that is no UTF-8 has no code of SQLite's."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in _PASSING


def remove(path: Path) -> None:
    """Take the database at `path` away, with what SQLite keeps beside it.

    Raises:
        OSError: it cannot be removed.
    """
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def temporary_database(schema: str) -> sqlite3.Connection:
    """A database of this process alone: in memory and, as it grows, on disk."""
    return _connect("", schema)


def _connect(path: Path | str, schema: str) -> sqlite3.Connection:
    # MkDocs serves from one thread and builds from another, one at a time.
    connection = sqlite3.connect(path, timeout=_BUSY, check_same_thread=False)
    version = int.from_bytes(hashlib.sha256(schema.encode()).digest()[:3])
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and found != version:
            raise sqlite3.DatabaseError("it is of another version")
        if not tables:
            # Another build may be doing the same: each statement of it must bear that.
            script = f"BEGIN IMMEDIATE; {schema}; PRAGMA user_version={version}; COMMIT"
            connection.executescript(script)
    except FAULTS:
        connection.close()
        raise
    return connection
