"""A table as Parquet, with what each column holds in its schema; needs the extra `data`."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policy_archive.dataset.rows import Columns
from policy_archive.dataset.tables import Table

if TYPE_CHECKING:
    import pyarrow as pa


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("pyarrow") is not None


def schema(table: Table) -> "pa.Schema":
    """Names, types and meanings of the columns."""
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


def write(table: Table, rows: Iterable[Columns], path: Path) -> int:
    """Write `rows` to `path`, a row group for each lot; how many there are.

    Raises:
        OSError: it cannot be written.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    count = 0
    shape = schema(table)
    with pq.ParquetWriter(path, shape, compression="zstd", compression_level=3) as writer:
        for columns in rows:
            arrays = [pa.array(it, field.type) for it, field in zip(columns, shape, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=shape))
            count += len(columns[0])
    return count
