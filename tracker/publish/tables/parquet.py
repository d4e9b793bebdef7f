"""Tables as Parquet files: typed columns, lists as lists, text as it was read; the schema's version in the metadata."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from tracker.errors import UsageError
from tracker.publish.tables.schema_version import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.publish.tables.csvfile import Row
    from tracker.publish.tables.dictionary import Column, Table

_GROUP = 20_000
"""Rows that are held at a time, and stand in one group of the file."""


def require_parquet() -> Any:
    """The package that writes Parquet; UsageError where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise UsageError(
            "Parquet files need the package pyarrow; install it with: pip install 'casualty-tracker[parquet]', or "
            "leave --parquet out."
        ) from None
    return pyarrow


def write_parquet(table: Table, columns: tuple[Column, ...], rows: Iterable[Row], stream: BinaryIO) -> int:
    """Write the rows group by group and return how many there were. Equal rows give equal bytes."""
    pyarrow = require_parquet()
    schema = _schema(pyarrow, table, columns)
    count, coming = 0, iter(rows)
    with pyarrow.parquet.ParquetWriter(stream, schema) as writer:
        while group := list(islice(coming, _GROUP)):
            cells = [list(column) for column in zip(*group, strict=True)]
            arrays = [pyarrow.array(column, type=field.type) for column, field in zip(cells, schema, strict=True)]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))
            count += len(group)
    return count


def _schema(pyarrow: Any, table: Table, columns: tuple[Column, ...]) -> Any:
    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "decimal": pyarrow.float64(),
        "date": pyarrow.date32(),
        "datetime": pyarrow.timestamp("s", tz="UTC"),
        "boolean": pyarrow.bool_(),
        "list": pyarrow.list_(pyarrow.string()),
    }
    described = [
        pyarrow.field(
            column.name,
            types[column.type],
            nullable=not column.required,
            metadata={"unit": column.unit, "meaning": column.meaning, "allowed_values": column.allowed},
        )
        for column in columns
    ]
    return pyarrow.schema(
        described, metadata={"schema_version": SCHEMA_VERSION, "table": table.kind.value, "row": table.row}
    )
