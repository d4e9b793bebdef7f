"""One table to one file that anyone can open, CSV or Parquet, with the data dictionary that explains its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from tracker.errors import UsageError
from tracker.publish.tables.cells import PLAIN, Form
from tracker.publish.tables.csvfile import write_rows, write_whole
from tracker.publish.tables.dictionary import DICTIONARY_COLUMNS, TABLES, Kind, dictionary_rows
from tracker.publish.tables.parquet import require_parquet, write_parquet

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.publish.tables.holdings import Holdings


def write_export(kind: Kind, holdings: Holdings, stream: BinaryIO, form: Form = PLAIN) -> int:
    """Write one table as CSV to an open stream and return its number of rows, which pass through one at a time."""
    names = [column.name for column in holdings.columns(kind)]
    return write_rows(names, holdings.rows(kind), stream, form)


def export_file(kind: Kind, holdings: Holdings, path: Path, form: Form = PLAIN, *, parquet: bool = False) -> int:
    """Write one table to `path` and its dictionary beside it; returns the number of rows.

    Either file appears whole or not at all; UsageError where one cannot be written.
    """
    ending = "parquet" if parquet else "csv"
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it, such as {path / kind}.{ending}.")
    if parquet:
        table, columns = TABLES[kind], holdings.columns(kind)
        require_parquet()
        rows = write_whole(path, lambda stream: write_parquet(table, columns, holdings.rows(kind), stream))
    else:
        rows = write_whole(path, lambda stream: write_export(kind, holdings, stream, form))
    dictionary = dictionary_rows(holdings.columns(kind))
    write_whole(dictionary_path(path), lambda stream: write_rows(DICTIONARY_COLUMNS, dictionary, stream, form))
    return rows


def dictionary_path(path: Path) -> Path:
    """Where the dictionary of the table at `path` is written: `claims.csv` has `claims.dictionary.csv`."""
    return path.with_name(f"{path.stem}.dictionary.csv")
