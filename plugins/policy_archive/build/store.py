"""Results by key, in SQLite: what was read once is not read again.

A key names the bytes, their path, the settings and the pipeline version, so a stored result is
either right or not found. Values are opaque bytes: a summary (listings) and a record (text).
"""

import logging
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

log = logging.getLogger("policy_archive.build.store")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS summaries (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS notes (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


class Store:
    """A table of results; `path` None keeps it in memory for as long as the object lives."""

    def __init__(self, path: Path | None = None) -> None:
        """Open or make the store; one that SQLite cannot read is said so and made anew."""
        self._path = path
        self._told = False
        self._connection = (
            _connect(":memory:", _SCHEMA) if path is None else open_database(path, _SCHEMA)
        )

    def summaries(self) -> Iterator[tuple[str, bytes]]:
        """Every stored summary by its key; each build needs all of them, and little else."""
        try:
            yield from self._connection.execute("SELECT key, value FROM summaries")
        except sqlite3.DatabaseError as error:
            self._renew(error)

    def record(self, key: str) -> bytes | None:
        """The stored record, or None."""
        try:
            query = "SELECT value FROM records WHERE key = ?"
            row = self._connection.execute(query, (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._renew(error)
            return None
        return row[0] if row else None

    def put(self, results: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep results (key, summary, record), all or none of them."""
        kept = list(results)
        self._write(
            ("INSERT OR REPLACE INTO summaries VALUES (?, ?)", ((k, s) for k, s, _ in kept)),
            ("INSERT OR REPLACE INTO records VALUES (?, ?)", ((k, r) for k, _, r in kept)),
        )

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget every result whose key is not among `keys`."""
        wanted = set(keys)
        try:
            held = [key for (key,) in self._connection.execute("SELECT key FROM summaries")]
        except sqlite3.DatabaseError as error:
            self._renew(error)
            return
        gone = [(key,) for key in held if key not in wanted]
        if gone:
            self._write(
                ("DELETE FROM summaries WHERE key = ?", gone),
                ("DELETE FROM records WHERE key = ?", gone),
            )

    def notes(self) -> dict[str, bytes]:
        """What was drawn from several results, by key."""
        return dict(self._connection.execute("SELECT key, value FROM notes"))

    def set_notes(self, new: Mapping[str, bytes], wanted: Collection[str]) -> None:
        """Keep `new` notes, and forget all that are not `wanted`."""
        held = [key for (key,) in self._connection.execute("SELECT key FROM notes")]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?)", new.items())
            self._connection.executemany(
                "DELETE FROM notes WHERE key = ?", ((key,) for key in held if key not in wanted)
            )

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def _write(self, *statements: tuple[str, Iterable[tuple[object, ...]]]) -> None:
        """All of it or nothing. What cannot be kept costs time in the next build, no more."""
        try:
            with self._connection:
                for statement, rows in statements:
                    self._connection.executemany(statement, rows)
        except sqlite3.OperationalError as error:  # a full disk, or a long wait for another build
            if not self._told:
                log.warning("%s: results are not kept (%s)", self._path or "store", error)
            self._told = True
        except sqlite3.DatabaseError as error:
            self._renew(error)

    def _renew(self, error: sqlite3.DatabaseError) -> None:
        """Damage inside the file shows late; what it held is read again, from the sources."""
        if isinstance(error, sqlite3.OperationalError) or self._path is None:
            return
        log.warning("%s is damaged (%s) and is made anew", self._path, error)
        self._connection.close()
        _remove(self._path)
        self._connection = open_database(self._path, _SCHEMA)


def open_database(path: Path, schema: str) -> sqlite3.Connection:
    """The database at `path` with the tables of `schema`; made anew if it cannot be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect(path, schema)
    except sqlite3.OperationalError:  # locked, or the disk is full: nothing that a new file mends
        raise
    except sqlite3.DatabaseError as error:
        log.warning("%s could not be read (%s) and is made anew", path, error)
        _remove(path)
        return _connect(path, schema)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _connect(path: Path | str, schema: str) -> sqlite3.Connection:
    # MkDocs serves from one thread and builds from another, one at a time.
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.executescript(schema)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
