"""A table as CSV (RFC 4180, UTF-8), compressed with gzip; the same bytes for the same rows.

What is null is an empty field. Text stands in it as the archive has it, so that every format holds
the same: a text that a spreadsheet would take for a formula is one here, too.
"""

import csv
import gzip
import io
from collections.abc import Iterable
from pathlib import Path

from policy_archive.dataset.rows import Columns
from policy_archive.dataset.tables import Table

_LEVEL = 6
"""Of compression: 9 takes twice the time for a hundredth less."""
_FLAGS = {True: "true", False: "false", None: None}


def write(table: Table, rows: Iterable[Columns], path: Path) -> int:
    """Write `rows` to `path` under a line of column names; how many there are.

    Raises:
        OSError: it cannot be written.
    """
    count = 0
    flags = [at for at, column in enumerate(table.columns) if column.type is bool]
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        io.TextIOWrapper(packed, "utf-8", newline="") as text,
    ):
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(column.name for column in table.columns)
        for columns in rows:
            count += len(columns[0])
            for at in flags:
                columns[at] = [_FLAGS[value] for value in columns[at]]
            writer.writerows(zip(*columns, strict=True))
    return count
