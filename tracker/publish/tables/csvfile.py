"""How a table becomes a CSV file: RFC 4180 quoting, UTF-8, line feeds, nothing cut off, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tracker.errors import UsageError
from tracker.publish.tables.cells import PLAIN, Form, UnwritableError, cell, restore, split_list

__all__ = ["Row", "restore", "split_list", "write_rows", "write_whole"]

Row = Sequence[object]

_EXCEL_ROWS = 1_048_576
_BOM = b"\xef\xbb\xbf"


def write_rows(header: Sequence[str], rows: Iterable[Row], stream: BinaryIO, form: Form = PLAIN) -> int:
    """Write the header and the rows one after another; returns how many rows there were.

    UsageError where a cell, or for Excel the table, cannot be held whole by those who will read it.
    """
    count = 0
    ending = "\r\n" if form.excel else "\n"
    if form.excel:
        stream.write(_BOM)
    stream.write((",".join(map(cell, header)) + ending).encode())
    write = stream.write
    for row in rows:
        try:
            line = ",".join([cell(value, form) for value in row])
        except UnwritableError as error:
            raise _refusal_of_cell(header, row, count, form, error) from error
        write((line + ending).encode("utf-8", "backslashreplace"))
        count += 1
        if form.excel and count == _EXCEL_ROWS:
            raise UsageError(
                f"the table has more rows than the {_EXCEL_ROWS - 1} that Excel opens; choose fewer with --from and "
                "--to, or leave --excel out."
            )
    return count


def write_whole(path: Path, write: Callable[[BinaryIO], int]) -> int:
    """Let `write` fill the file at `path`, which appears whole or not at all; UsageError where it cannot be written."""
    with _replacing(path) as stream:
        return write(stream)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        stream = draft.open("wb")
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        with stream:
            yield stream
        draft.replace(path)
    except OSError as error:
        raise _refusal(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


def _refusal(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"{path} cannot be written ({(error.strerror or str(error)).lower()}); name another file with -o."
    )


def _refusal_of_cell(header: Sequence[str], row: Row, count: int, form: Form, error: UnwritableError) -> UsageError:
    """Names the column that cannot be written, and the row by its number and first cell."""
    name = next(name for name, value in zip(header, row, strict=False) if not _is_writable(value, form))
    advice = "leave --excel out" if form.excel else "correct that text and ingest it again"
    return UsageError(f"{name} in row {count + 1} ({header[0]} {row[0]}) holds {error}; {advice}.")


def _is_writable(value: object, form: Form) -> bool:
    try:
        cell(value, form)
    except UnwritableError:
        return False
    return True
