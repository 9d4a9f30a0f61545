"""What was made of single texts, compressed: records, bodies of pages, and what else visits make.

A part is found by the key of its text and its own name. A key says what the text depends on, so a
part is right or not found; each has a checksum, and none runs code when it is read.
"""

import zlib
from collections.abc import Iterable
from pathlib import Path
from sqlite3 import Connection

from policy_archive.catalogue.database import KeptDatabase

RECORD = "record"
"""The name of the part that everything else is made of."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (
    key TEXT NOT NULL,
    part TEXT NOT NULL,
    value BLOB NOT NULL,
    UNIQUE (key, part)
);
"""


class Texts:
    """A file of parts; `path` None keeps them for as long as the object lives."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file or make it. Where that cannot be, nothing outlives the object."""
        self._path = path
        self._database = KeptDatabase(path, _SCHEMA)

    def opened_again(self) -> "Texts":
        """The same for a copy of this process, which may not use a connection of another's."""
        return Texts(self._path)

    def get(self, key: str, part: str) -> bytes | None:
        """The part as `packed` made it; None: it is not there, or no longer as it was."""

        def found(connection: Connection) -> tuple[object] | None:
            query = "SELECT value FROM texts WHERE key = ? AND part = ?"
            row: tuple[object] | None = connection.execute(query, (key, part)).fetchone()
            return row

        row = self._database.ask(found, None)
        data = row[0] if row else None
        return data if isinstance(data, bytes) and _is_whole(key, part, data) else None

    def put(self, parts: Iterable[tuple[str, str, bytes]]) -> None:
        """Keep parts (key, name, as `packed` made it) instead of all that their texts had."""
        rows = list(parts)
        self._database.write(
            ("DELETE FROM texts WHERE key = ?", [(key,) for key in {key for key, _, _ in rows}]),
            ("INSERT OR REPLACE INTO texts VALUES (?, ?, ?)", rows),
        )

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget every text whose key is not among `keys`."""
        wanted = set(keys)
        query = "SELECT DISTINCT key FROM texts"
        held: list[tuple[str]] = self._database.ask(lambda it: it.execute(query).fetchall(), [])
        gone = [row for row in held if row[0] not in wanted]
        self._database.write(("DELETE FROM texts WHERE key = ?", gone))

    def close(self) -> None:
        """Give the file back."""
        self._database.close()


def packed(key: str, part: str, value: bytes) -> bytes:
    """`value` compressed, with a checksum of it and of what it is."""
    data = zlib.compress(value, 1)  # the fastest: half the time of level 6 for a twelfth more
    return _checksum(key, part, data) + data


def unpacked(data: bytes) -> bytes:
    """The value that was packed."""
    return zlib.decompress(data[4:])


def _is_whole(key: str, part: str, data: bytes) -> bool:
    return data[:4] == _checksum(key, part, data[4:])


def _checksum(key: str, part: str, data: bytes) -> bytes:
    return zlib.crc32(data, zlib.crc32(f"{key}\0{part}".encode())).to_bytes(4)
