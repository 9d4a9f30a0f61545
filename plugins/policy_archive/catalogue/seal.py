"""A digest beside a database file, so that a byte that changed in it is noticed before it is used.

SQLite notices damage where a page of the file makes no sense to it, and late; what is within a text
it cannot see. The digest is written when the last build that uses the file closes it, and taken
away before anything is written: where there is none, as after a build that was killed, SQLite looks
the file through.
"""

import hashlib
import sqlite3
from contextlib import closing, suppress
from pathlib import Path


def open_seal(path: Path) -> None:
    """Before the database at `path` is written to."""
    with suppress(OSError):
        _place(path).unlink(missing_ok=True)


def seal(path: Path) -> None:
    """The database at `path` has been closed: note what is in it, unless others are using it."""
    with suppress(OSError):
        if not _in_use(path):
            _place(path).write_text(_digest(path), "ascii")


def fault(path: Path) -> str:
    """What is wrong with the database at `path`; empty: it is as it was closed, or not there."""
    try:
        if not path.exists() or _in_use(path):
            return ""
        sealed = _sealed(path)
        if not sealed:
            return _looked_through(path)
        # Whoever began to write meanwhile has taken the digest away first.
        return "its checksum differs" if sealed != _digest(path) and _sealed(path) else ""
    except (OSError, sqlite3.DatabaseError) as error:
        return str(error) if isinstance(error, sqlite3.DatabaseError) else ""


def _place(path: Path) -> Path:
    return path.with_name(f"{path.name}.digest")


def _sealed(path: Path) -> str:
    try:
        return _place(path).read_text("ascii")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        return "unreadable"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _in_use(path: Path) -> bool:
    """Whether there is more than the file itself: another build has it open, or was killed."""
    return Path(f"{path}-wal").exists()


def _looked_through(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return "" if said == "ok" else str(said)
