"""A table as CSV (RFC 4180, UTF-8), compressed with gzip; the same bytes for the same rows.

What is null is an empty field. Text stands in it as the archive has it, so that every format holds
the same: a text that a spreadsheet would take for a formula is one here, too.
"""

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from policy_archive.dataset.rows import Columns
from policy_archive.dataset.tables import Table

_LEVEL = 4
"""Of compression, from 1 to 9: half the time of 6, which is usual, for a twelfth more."""
_FLAGS = {True: "true", False: "false", None: None}


@contextmanager
def writer(table: Table, path: Path) -> Iterator[Callable[[Columns], None]]:
    """Writes rows to `path`, under a line with the names of the columns.

    Raises:
        OSError: it cannot be written.
    """
    flags = [at for at, column in enumerate(table.columns) if column.type is bool]
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        io.TextIOWrapper(packed, "utf-8", newline="") as text,
    ):
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow(column.name for column in table.columns)

        def write(columns: Columns) -> None:
            shown = list(columns)
            for at in flags:
                shown[at] = [_FLAGS[value] for value in shown[at]]
            lines.writerows(zip(*shown, strict=True))

        yield write
