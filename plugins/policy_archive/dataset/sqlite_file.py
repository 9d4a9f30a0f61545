"""All tables in one SQLite file, described within, for Datasette and whoever has SQL."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from policy_archive.dataset.rows import Contents, columns_of
from policy_archive.dataset.tables import TABLES, Column, Table

NAME = "archive.sqlite"
METADATA = "metadata.json"

_TYPES: Mapping[type, str] = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER"}
_INDEXED = {"snapshots": ("site", "captured"), "passages": ("topic", "site"), "changes": ("site",)}
"""Columns, by table, that are looked up besides keys."""


def write(path: Path, contents: Contents) -> None:
    """Write every table to `path`, in place of what lies there.

    Raises:
        OSError, sqlite3.Error: it cannot be written.
    """
    passing = path.with_name(f"{path.name}.part")
    passing.unlink(missing_ok=True)
    with closing(sqlite3.connect(passing)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        for table in TABLES:
            database.execute(_statement(table))
            places = ", ".join("?" * len(table.columns))
            for columns in columns_of(table, contents):
                rows = zip(*columns, strict=True)
                database.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)
            for name in _INDEXED.get(table.name, ()):
                index = f"{table.name}_by_{name}"
                database.execute(f"CREATE INDEX {index} ON {table.name} ({name})")
            database.commit()
    passing.replace(path)


def _statement(table: Table) -> str:
    """SQL that makes a table, with what its columns hold beside each."""
    keys = [f"PRIMARY KEY ({', '.join(table.key)})"]
    keys += [f"FOREIGN KEY ({name}) REFERENCES snapshots (page)" for name in table.snapshots]
    lines = [f"    {_declared(column)},  -- {column.description}" for column in table.columns]
    end = ",\n".join(f"    {key}" for key in keys)
    return (
        f"CREATE TABLE {table.name} (  -- {table.description}\n" + "\n".join(lines) + f"\n{end}\n)"
    )


def _declared(column: Column) -> str:
    flag = f" CHECK ({column.name} IN (0, 1))" if column.type is bool else ""
    return f"{column.name} {_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}{flag}"


def metadata(title: str, tables: Iterable[Table] = TABLES) -> bytes:
    """What Datasette shows of the tables: `datasette archive.sqlite --metadata metadata.json`."""
    described = {
        table.name: {
            "description": table.description,
            "columns": {column.name: column.description for column in table.columns},
        }
        for table in tables
    }
    found = {"title": title, "databases": {NAME.partition(".")[0]: {"tables": described}}}
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
