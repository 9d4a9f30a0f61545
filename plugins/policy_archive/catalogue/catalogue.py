"""The archive as tables: opened, written in whole revisions, and told what was read.

`schema.sql` says what the tables hold. Questions are put to them in the modules beside this one.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from policy_archive.catalogue import seal
from policy_archive.catalogue.database import (
    FAULTS,
    damaged,
    open_database,
    remove,
    temporary_database,
)
from policy_archive.catalogue.rows import Row, SnapshotRows
from policy_archive.model import Notice
from policy_archive.sources.files import Source

log = logging.getLogger("policy_archive.catalogue")

SCHEMA = Path(__file__).with_name("schema.sql").read_text("utf-8")

_COLUMNS = (
    *("site", "kind", "captured", "technical", "title", "language", "words", "blocks", "checked"),
    *("sha256", "original_url", "memento_url", "raw_url", "collection", "digests"),
    "passage_keys",
)
"""What a visit says of a snapshot itself; the others say where it stands."""
_PUT_SNAPSHOT = (
    f"INSERT INTO snapshots (id, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)}) "
    f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{it} = excluded.{it}' for it in _COLUMNS)}"
)
_PUT_SOURCE = """
    INSERT INTO sources (name, path, revision, rank, stamp, key, corrections, made, wanted)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET rank = excluded.rank, stamp = excluded.stamp,
        key = excluded.key, corrections = excluded.corrections, made = excluded.made,
        wanted = excluded.wanted
    RETURNING id
"""


class Known(NamedTuple):
    """What the last build found of a source."""

    id: int
    stamp: str
    key: str
    corrections: str
    made: str
    wanted: int
    site: str
    """Empty: nothing could be read of it; so are the others then."""
    kind: str
    captured: str
    language: str


class Visited(NamedTuple):
    """A source that was read, or could not be: `rows` is then None and `failure` says why."""

    name: str
    source: Source
    stamp: str
    key: str
    corrections: str
    made: str
    wanted: bool
    rows: SnapshotRows | None
    failure: Notice | None = None


class Catalogue:
    """One archive's tables."""

    def __init__(self, path: Path | None = None) -> None:
        """Open or make the file at `path`; where there can be none, it ends with the object."""
        self._path = path
        self._sealed = True
        if path and (fault := seal.fault(path)):
            log.warning("%s is damaged (%s) and is made anew", path, fault)
            with suppress(OSError):  # in use: then it is done without
                remove(path)
        self.connection = _opened(path)
        self.written = 0
        """The revision that is being written."""

    def renew(self, error: Exception) -> None:
        """Begin anew, since the file is damaged or cannot be written to; said in one line."""
        self.connection.close()
        if self._path and damaged(error):
            log.warning("%s is damaged (%s) and is made anew", self._path, error)
            with suppress(OSError):  # in use: then it is done without
                remove(self._path)
                self.connection = _opened(self._path)
                return
        log.warning("%s: the catalogue is not kept (%s)", self._path, error)
        self._path = None
        self.connection = _opened(None)

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()
        if self._path and not self._sealed:
            seal.seal(self._path)
            self._sealed = True

    @property
    def kept(self) -> bool:
        """Whether there is a file, which others can open as well."""
        return self._path is not None

    def opened_again(self) -> "Catalogue":
        """The same for a copy of this process, which may not use a connection of another's."""
        return Catalogue(self._path)

    @property
    def token(self) -> str:
        """Another one for every file: revisions of two files say nothing of each other."""
        return self.state("token")

    @property
    def revision(self) -> int:
        """The last revision."""
        return int(self.state("revision") or 0)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One revision, `written`: all of it comes to be or nothing.

        One in which nothing is written is none.
        """
        self.connection.execute("BEGIN IMMEDIATE")
        if self._path and self._sealed:
            seal.open_seal(self._path)
            self._sealed = False
        try:
            before = self.connection.total_changes
            self.written = self.revision + 1
            yield
            if self.connection.total_changes != before:
                self.set_state("revision", str(self.written))
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[int]:
        """The last revision, as it is: what another build writes meanwhile is not seen."""
        self.connection.execute("BEGIN")
        try:
            yield self.revision
        finally:
            self.connection.execute("ROLLBACK")

    def state(self, name: str) -> str:
        """What is noted under `name`; empty: nothing."""
        query = "SELECT value FROM state WHERE name = ?"
        row = self.connection.execute(query, (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_state(self, name: str, value: str) -> None:
        """Note `value` under `name`, while writing."""
        self.connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Add whole rows to a table, while writing."""
        listed = list(rows)
        if listed:
            places = ", ".join("?" * len(listed[0]))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({places})", listed)

    def known(self) -> dict[str, Known]:
        """Every source by its name."""
        rows = self.connection.execute(
            "SELECT name, s.id, stamp, key, corrections, made, wanted, coalesce(site, ''), "
            "coalesce(kind, ''), coalesce(captured, ''), coalesce(language, '') "
            "FROM sources s LEFT JOIN snapshots USING (id)"
        )
        return {name: Known(*rest) for name, *rest in rows}

    def keys(self) -> Iterator[str]:
        """Keys of all texts and changes."""
        rows = self.connection.execute("SELECT key FROM sources UNION ALL SELECT key FROM changes")
        return (key for (key,) in rows)

    def put(self, visited: Iterable[Visited]) -> None:
        """Hold what was read of sources, instead of what was known of them, while writing."""
        for it in visited:
            source = it.source
            values = (it.name, source.path, source.revision, source.order)
            made = (it.stamp, it.key, it.corrections, it.made, it.wanted)
            (id,) = self.connection.execute(_PUT_SOURCE, (*values, *made)).fetchone()
            self.connection.execute("DELETE FROM diagnostics WHERE source = ?", (id,))
            if it.rows:
                self._put_snapshot(id, it.rows)
            else:
                self._remove(id)
            if fault := it.failure:
                row = (id, "text", 0, fault.code, fault.severity, fault.message, fault.line)
                self.insert("diagnostics", [row])

    def _put_snapshot(self, id: int, rows: SnapshotRows) -> None:
        # Where it stood is kept until it is arranged, so that what was published is known.
        self._arrange_anew(id)
        self.connection.execute(_PUT_SNAPSHOT, (id, *rows.snapshot))
        for table in ("findings", "passages", "facts"):
            self.connection.execute(f"DELETE FROM {table} WHERE snapshot = ?", (id,))
        self.insert("diagnostics", ((id, *row) for row in rows.diagnostics))
        self.insert("findings", ((id, *row) for row in rows.findings))
        self.insert("passages", ((id, *row) for row in rows.passages))
        self.insert("facts", ((id, *row) for row in rows.facts))

    def touch(self, stamps: Mapping[int, str]) -> None:
        """Note new stamps of sources, by id, whose bytes are as they were; while writing."""
        rows = [(stamp, id) for id, stamp in stamps.items()]
        self.connection.executemany("UPDATE sources SET stamp = ? WHERE id = ?", rows)

    def want(self, wanted: Mapping[int, bool]) -> None:
        """Note which sources, by id, the maintainer's selection takes now; while writing."""
        for id, it in wanted.items():
            self.connection.execute("UPDATE sources SET wanted = ? WHERE id = ?", (it, id))
            self._arrange_anew(id)

    def forget(self, ids: Iterable[int]) -> None:
        """Let go of sources that are there no more, while writing."""
        for id in ids:
            self._remove(id)
            self.connection.execute("DELETE FROM sources WHERE id = ?", (id,))

    def _remove(self, id: int) -> None:
        """Take a snapshot away."""
        self._arrange_anew(id)
        self.connection.execute("DELETE FROM snapshots WHERE id = ?", (id,))

    def _arrange_anew(self, id: int) -> None:
        """Have a snapshot, and the policy that it stands in, arranged anew."""
        self.connection.execute(
            "UPDATE policies SET arranged = 0 "
            "WHERE id = (SELECT policy FROM snapshots WHERE id = ?)",
            (id,),
        )
        self.connection.execute("UPDATE snapshots SET arranged = 0 WHERE id = ?", (id,))

    def diagnostics(self) -> Iterator[tuple[str, Notice]]:
        """Every doubt and problem with the name of its source, by name, line and code."""
        rows = self.connection.execute(
            "SELECT name, code, message, severity, line FROM diagnostics d "
            "JOIN sources ON sources.id = d.source WHERE wanted ORDER BY name, line, code, number"
        )
        return ((name, Notice(*rest)) for name, *rest in rows)


def _opened(path: Path | None) -> sqlite3.Connection:
    connection = None
    if path is not None:
        try:
            connection = open_database(path, SCHEMA)
        except (OSError, *FAULTS) as error:
            log.warning("%s: the catalogue is not kept (%s)", path, error)
    connection = connection or temporary_database(SCHEMA)
    connection.isolation_level = None  # transactions are ours
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")  # in KiB
    return connection
