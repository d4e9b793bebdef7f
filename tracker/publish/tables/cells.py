"""How one value becomes one cell of a CSV file, and back: null, numbers, days, lists, and text that is no formula.

A text cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or carriage return, or
with apostrophes and then one of these) is written with one apostrophe more in front. `restore` takes it off again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

EXCEL_LONGEST = 32_767
"""Characters that a cell of Excel holds; it cuts off the rest without a word."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_RESTORED = re.compile(r"'+[=+\-@\t\r]")
_HARMLESS = re.compile(r"(?:[^\0\",\r\n='+\-@\t][^\0\",\r\n]*)?")
_QUOTED = re.compile(r'[",\r\n]')
_ELEMENT = re.compile(r"((?:\\.|[^\\;])*)(?:;|\Z)", re.DOTALL)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_GUESSED = re.compile(
    rf"[ \d.,:/%()$€£¥-]*\d[ \d.,:/%()$€£¥e+-]*(?:[ap]m?)?|(?:true|false)|.{{0,12}}\b(?:{_MONTHS})[a-z]*\b.{{0,12}}",
    re.IGNORECASE,
)
"""What Excel would take for a number, a day, a time or a truth value where it stands alone in a cell."""


class UnwritableError(ValueError):
    """A value that no cell can hold whole; its text says why."""


@dataclass(frozen=True, slots=True)
class Form:
    """For whom a CSV file is written."""

    excel: bool = False
    """Excel: byte order mark, CRLF, and what it would take for a number or a day, an id above all, held as text."""
    json_lists: bool = False
    """Lists as JSON arrays, as a data package's schema says; else joined by "; "."""


PLAIN = Form()


def cell(value: object, form: Form = PLAIN) -> str:
    """The cell of a value of any type, quoted where it must be; UnwritableError where it would be cut off."""
    if value is None:
        return ""
    if isinstance(value, str):  # first, since most cells are text
        return text_cell(value, form)
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, tuple):
        return text_cell(_join(value, form), form) if value else ""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    return text_cell(str(value), form)


def text_cell(text: str, form: Form = PLAIN) -> str:
    """The cell of a text."""
    if _HARMLESS.fullmatch(text) and not form.excel:
        return text
    if "\0" in text:
        raise UnwritableError("a NUL character, at which programs cut a cell off")
    if _FORMULA.match(text):
        text = "'" + text
    elif form.excel and _GUESSED.fullmatch(text):
        return '"=""' + text + '"""'
    if form.excel and len(text) > EXCEL_LONGEST:
        raise UnwritableError(f"{len(text)} characters, of which Excel would show {EXCEL_LONGEST}")
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def restore(cell: str) -> str | None:
    """The text of a cell as it was before it was written: None for an empty cell, and a formula as it stood."""
    if cell == "":
        return None
    return cell[1:] if _RESTORED.match(cell) else cell


def split_list(cell: str | None) -> tuple[str, ...]:
    """The texts of a list's cell, restored already."""
    *found, _end = _ELEMENT.findall(cell or "")
    return tuple(
        re.sub(r"\\(.)", r"\1", text if at == 0 else text[1:], flags=re.DOTALL) for at, text in enumerate(found)
    )


def _join(values: Sequence[object], form: Form) -> str:
    """The list in one cell; a semicolon or backslash inside a text has a backslash before it, to split by."""
    texts = [str(value) for value in values]
    if form.json_lists:
        return json.dumps(texts, ensure_ascii=False)
    return "; ".join(text.replace("\\", "\\\\").replace(";", "\\;") for text in texts)
