"""Results by key, in SQLite: what was read once is not read again.

A key names all that a result depends on (`cache_key.py`, the settings, the source), so a stored
result is either right or not found. Values are bytes with a checksum, never objects that would run
code when they are read: a summary (listings), a record (text), a summary of a change.

What cannot be kept costs time in the next build and nothing else: a full disk, a folder that cannot
be written to and a file that is damaged are each said in one line.
"""

import contextlib
import hashlib
import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

log = logging.getLogger("policy_archive.build.store")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS summaries (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS changes (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""
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


class Store:
    """A file of results; `path` None keeps them for as long as the object lives."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the store or make it. Where that cannot be, nothing outlives the object."""
        self._path = path
        self._told = False
        self._connection = self._opened()

    def summaries(self) -> Iterator[tuple[str, bytes]]:
        """Every stored summary by its key; each build needs all of them, and little else."""
        yield from self._all("summaries")

    def record(self, key: str) -> bytes | None:
        """The stored record, or None."""
        query = "SELECT value FROM records WHERE key = ?"
        row = self._asked(lambda: self._connection.execute(query, (key,)).fetchone(), None)
        return _unsealed(key, row[0]) if row else None

    def changes(self) -> dict[str, bytes]:
        """Every stored summary of a change by its key."""
        return dict(self._all("changes"))

    def put(self, results: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep results (key, summary, record), all or none of them."""
        summaries, records = [], []
        for key, summary, record in results:
            summaries.append((key, _sealed(key, summary)))
            records.append((key, _sealed(key, record)))
        self._write(
            ("INSERT OR REPLACE INTO summaries VALUES (?, ?)", summaries),
            ("INSERT OR REPLACE INTO records VALUES (?, ?)", records),
        )

    def put_changes(self, changes: Mapping[str, bytes]) -> None:
        """Keep summaries of changes by key, all or none of them."""
        rows = [(key, _sealed(key, value)) for key, value in changes.items()]
        self._write(("INSERT OR REPLACE INTO changes VALUES (?, ?)", rows))

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget every summary and record whose key is not among `keys`."""
        gone = self._others("summaries", keys)
        self._write(
            ("DELETE FROM summaries WHERE key = ?", gone),
            ("DELETE FROM records WHERE key = ?", gone),
        )

    def keep_only_changes(self, keys: Iterable[str]) -> None:
        """Forget every change whose key is not among `keys`."""
        self._write(("DELETE FROM changes WHERE key = ?", self._others("changes", keys)))

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def _all(self, table: str) -> Iterator[tuple[str, bytes]]:
        query = f"SELECT key, value FROM {table}"
        # Row by row: damage further on leaves what comes before it.
        rows = self._asked(lambda: self._connection.execute(query), iter(()))
        while row := self._asked(lambda: next(rows, None), None):
            value = _unsealed(*row)
            if value is not None:
                yield row[0], value

    def _others(self, table: str, keys: Iterable[str]) -> list[tuple[str]]:
        wanted = set(keys)
        query = f"SELECT key FROM {table}"
        held: list[tuple[str]] = self._asked(lambda: self._connection.execute(query).fetchall(), [])
        return [row for row in held if row[0] not in wanted]

    def _asked(self, question: Callable[[], _Found], otherwise: _Found) -> _Found:
        try:
            return question()
        except FAULTS as error:
            self._failed(error)
            return otherwise

    def _write(self, *statements: tuple[str, Sequence[tuple[object, ...]]]) -> None:
        """All of it or nothing."""
        if not any(rows for _, rows in statements):
            return
        try:
            with self._connection:
                for statement, rows in statements:
                    self._connection.executemany(statement, rows)
        except FAULTS as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        """Damage inside a file shows late; what it held is made again, from the sources."""
        if isinstance(error, sqlite3.ProgrammingError):
            raise error
        if not _damaged(error) or self._path is None:
            self._not_kept(error)
            return
        log.warning("%s is damaged (%s) and is made anew", self._path, error)
        self._connection.close()
        with contextlib.suppress(OSError):  # in use, or not ours to remove: then it is done without
            _remove(self._path)
        self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None:
            try:
                return open_database(self._path, _SCHEMA)
            except (OSError, *FAULTS) as error:
                self._not_kept(error)
                self._path = None
        # SQLite's name for a database of this process alone: in memory and, as it grows, on disk.
        return _connect("", _SCHEMA)

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
        if not _damaged(error):
            raise
        log.warning("%s could not be read (%s) and is made anew", path, error)
    _remove(path)
    return _connect(path, schema)


def _damaged(error: Exception) -> bool:
    """Whether the file is at fault; text that is no UTF-8 has no code of SQLite's."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in _PASSING


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


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
            connection.executescript(f"BEGIN; {schema}; PRAGMA user_version={version}; COMMIT")
    except FAULTS:
        connection.close()
        raise
    return connection


def _sealed(key: str, value: bytes) -> bytes:
    """`value` with a checksum of it and its key."""
    return _checksum(key, value) + value


def _unsealed(key: str, data: object) -> bytes | None:
    """What was sealed; None: it has changed since."""
    if not isinstance(data, bytes):
        return None
    value = data[4:]
    return value if _checksum(key, value) == data[:4] else None


def _checksum(key: str, value: bytes) -> bytes:
    return zlib.crc32(value, zlib.crc32(key.encode())).to_bytes(4)
