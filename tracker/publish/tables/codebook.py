"""The codebook: what every column of every table means, as a page to read and as a table, from the dictionary alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from tracker.publish.tables.columns.column import TYPES, Column, Reference, Table
from tracker.publish.tables.csvfile import write_rows
from tracker.publish.tables.dictionary import CODEBOOK_COLUMNS, TABLES, Kind, codebook_rows, columns_of
from tracker.publish.tables.schema_version import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = f"""# Codebook of the exported tables

Schema version {SCHEMA_VERSION}. Written by `tracker export codebook` from the program's own definitions; with a file
name that ends in `.csv` the same comes as a table. The program's `docs/` tell the rest: `exports.md` how to open the
files and what not to add, `method.md` how figures are made, `schema-changes.md` what changed between versions.

An empty cell is null: not known, not said, or not applicable. It is never 0, and 0 is a zero that somebody stated.
Columns marked \\* are never empty."""


def write_codebook(stream: BinaryIO, *, as_table: bool = False) -> int:
    """Write the page, or its rows as CSV; returns how many tables it explains."""
    if as_table:
        write_rows(CODEBOOK_COLUMNS, codebook_rows(), stream)
        return len(TABLES)
    stream.write(codebook_page().encode())
    return len(TABLES)


def codebook_page() -> str:
    """The page in Markdown."""
    return "\n\n".join([_OPENING, _types(), *(_section(table) for table in TABLES.values())]) + "\n"


def _types() -> str:
    lines = ["| type | in CSV |", "|---|---|", *(f"| {name} | {words} |" for name, words in TYPES.items())]
    return "\n".join(lines)


def _section(table: Table) -> str:
    facts = [f"- Order: {table.order}."]
    if table.key:
        facts.append(f"- What tells rows apart: {_names(table.key)}.")
    facts += [f"- {_reference(reference)}" for reference in table.references]
    facts.append(f"- `--from` and `--to`: {table.day}." if table.day else "- `--from` and `--to` do not apply.")
    head = "| column | type | unit | values | meaning | convention |\n|---|---|---|---|---|---|"
    rows = "\n".join(_rows(table))
    return f"## {table.kind.value}\n\nOne row is {table.row}.\n\n" + "\n".join(facts) + f"\n\n{head}\n{rows}"


def _rows(table: Table) -> Iterator[str]:
    for column in columns_of(table, table.kind is Kind.DOCUMENTS):
        cells = (_name(column), column.type, column.unit, column.allowed, column.meaning, column.source)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _name(column: Column) -> str:
    return f"`{column.name}`" + (" \\*" if column.required else "")


def _reference(reference: Reference) -> str:
    return f"{_names(reference.columns)} is found in {_names(reference.found_in)} of `{reference.table.value}`."


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{column}`" for column in columns)
