"""How a table becomes a CSV file: RFC 4180 quoting, UTF-8, "\\n" line ends, null as the empty cell, no formulas.

A text cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or carriage return, or
with apostrophes and then one of these) is written with one apostrophe more in front. `restore` takes it off again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from tracker.errors import UsageError

Row = Sequence[object]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_RESTORED = re.compile(r"'+[=+\-@\t\r]")
_QUOTED = re.compile(r'[",\r\n]')


def write_rows(header: Sequence[str], rows: Iterable[Row], stream: BinaryIO) -> int:
    """Write the header and the rows one after another; returns how many rows there were."""
    count = 0
    stream.write(_line(header))
    for row in rows:
        stream.write(_line(row))
        count += 1
    return count


def restore(cell: str) -> str | None:
    """The text of a cell as it was before it was written: None for an empty cell, and a formula as it stood."""
    if cell == "":
        return None
    return cell[1:] if _RESTORED.match(cell) else cell


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


def _line(row: Row) -> bytes:
    return (",".join(map(_cell, row)) + "\n").encode("utf-8", "backslashreplace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if _FORMULA.match(text):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
