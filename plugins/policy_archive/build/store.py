"""Results by key, in SQLite: what was read once is not read again.

A key names all that a result depends on (`cache_key.py`, the settings, the source), so a stored
result is either right or not found. Values are bytes with a checksum, never objects that would run
code when they are read: a summary (listings), a record (text), a summary of a change.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from sqlite3 import Connection

from policy_archive.catalogue.database import KeptDatabase

_SCHEMA = """
CREATE TABLE IF NOT EXISTS summaries (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS changes (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


class Store:
    """A file of results; `path` None keeps them for as long as the object lives."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the store or make it. Where that cannot be, nothing outlives the object."""
        self._database = KeptDatabase(path, _SCHEMA)

    def summaries(self) -> Iterator[tuple[str, bytes]]:
        """Every stored summary by its key; each build needs all of them, and little else."""
        yield from self._all("summaries")

    def record(self, key: str) -> bytes | None:
        """The stored record, or None."""

        def found(connection: Connection) -> tuple[object] | None:
            query = "SELECT value FROM records WHERE key = ?"
            row: tuple[object] | None = connection.execute(query, (key,)).fetchone()
            return row

        row = self._database.ask(found, None)
        return unsealed(key, row[0]) if row else None

    def changes(self) -> dict[str, bytes]:
        """Every stored summary of a change by its key."""
        return dict(self._all("changes"))

    def put(self, results: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keep results (key, summary, record), all or none of them."""
        summaries, records = [], []
        for key, summary, record in results:
            summaries.append((key, sealed(key, summary)))
            records.append((key, sealed(key, record)))
        self._database.write(
            ("INSERT OR REPLACE INTO summaries VALUES (?, ?)", summaries),
            ("INSERT OR REPLACE INTO records VALUES (?, ?)", records),
        )

    def put_changes(self, changes: Mapping[str, bytes]) -> None:
        """Keep summaries of changes by key, all or none of them."""
        rows = [(key, sealed(key, value)) for key, value in changes.items()]
        self._database.write(("INSERT OR REPLACE INTO changes VALUES (?, ?)", rows))

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget every summary and record whose key is not among `keys`."""
        gone = self._others("summaries", keys)
        self._database.write(
            ("DELETE FROM summaries WHERE key = ?", gone),
            ("DELETE FROM records WHERE key = ?", gone),
        )

    def keep_only_changes(self, keys: Iterable[str]) -> None:
        """Forget every change whose key is not among `keys`."""
        self._database.write(("DELETE FROM changes WHERE key = ?", self._others("changes", keys)))

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def _all(self, table: str) -> Iterator[tuple[str, bytes]]:
        query = f"SELECT key, value FROM {table}"
        # Row by row: damage further on leaves what comes before it.
        rows = self._database.ask(lambda it: it.execute(query), None)
        while rows and (row := self._database.ask(lambda _: next(rows, None), None)):
            value = unsealed(*row)
            if value is not None:
                yield row[0], value

    def _others(self, table: str, keys: Iterable[str]) -> list[tuple[str]]:
        wanted = set(keys)
        query = f"SELECT key FROM {table}"
        held: list[tuple[str]] = self._database.ask(lambda it: it.execute(query).fetchall(), [])
        return [row for row in held if row[0] not in wanted]


def sealed(key: str, value: bytes) -> bytes:
    """`value` with a checksum of it and its key."""
    return _checksum(key, value) + value


def unsealed(key: str, data: object) -> bytes | None:
    """What was sealed; None: it has changed since."""
    if not isinstance(data, bytes):
        return None
    value = data[4:]
    return value if _checksum(key, value) == data[:4] else None


def _checksum(key: str, value: bytes) -> bytes:
    return zlib.crc32(value, zlib.crc32(key.encode())).to_bytes(4)
