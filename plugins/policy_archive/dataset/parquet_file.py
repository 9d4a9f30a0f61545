"""A table as Parquet, with what each column holds in its schema; needs the extra `data`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from policy_archive.dataset.rows import Columns
from policy_archive.dataset.tables import Table

ABSENT = (
    "data: tables are written as CSV alone; as Parquet too with the extra `data` (pip install "
    "mkdocs-policy-archive[data])"
)
"""What there is to say where it is not installed."""


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("pyarrow") is not None


def schema(table: Table) -> Any:
    """Names, types and meanings of the columns, as pyarrow has them."""
    import pyarrow as pa  # noqa: PLC0415  (an extra, and half a second)

    types: dict[type, Any] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
    }
    fields = [
        pa.field(it.name, types[it.type], it.nullable, {"description": it.description})
        for it in table.columns
    ]
    return pa.schema(fields, {"description": table.description})


@contextmanager
def writer(table: Table, path: Path) -> Iterator[Callable[[Columns], None]]:
    """Writes rows to `path`, each lot as a row group.

    Raises:
        OSError: it cannot be written.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    shape = schema(table)
    with pq.ParquetWriter(path, shape, compression="zstd") as groups:

        def write(columns: Columns) -> None:
            arrays = [pa.array(it, field.type) for it, field in zip(columns, shape, strict=True)]
            groups.write_table(pa.Table.from_arrays(arrays, schema=shape))

        yield write
