"""The data dictionary: all tables, and every column of every table explained, as rows and as the codebook's page."""

from __future__ import annotations

from tracker.publish.tables.columns.claims import CLAIMS
from tracker.publish.tables.columns.column import TYPES, Column, Kind, Table
from tracker.publish.tables.columns.incidents import INCIDENT_CLAIMS, INCIDENTS
from tracker.publish.tables.columns.records import DOCUMENTS, JUDGEMENTS, RUNS, TEXT
from tracker.publish.tables.columns.series import SERIES
from tracker.publish.tables.columns.tolls import REVISIONS, TOLLS
from tracker.publish.tables.schema_version import SCHEMA_VERSION

__all__ = ["CODEBOOK_COLUMNS", "DICTIONARY", "DICTIONARY_COLUMNS", "TABLES", "TEXT", "TYPES", "Column", "Kind", "Table"]

TABLES: dict[Kind, Table] = {
    table.kind: table
    for table in (CLAIMS, INCIDENTS, INCIDENT_CLAIMS, SERIES, TOLLS, REVISIONS, DOCUMENTS, JUDGEMENTS, RUNS)
}
"""All tables, in the order in which a package holds them."""

DICTIONARY: dict[Kind, tuple[Column, ...]] = {kind: table.columns for kind, table in TABLES.items()}
"""The columns of each file in the order in which they are written."""

DICTIONARY_COLUMNS = ("column", "type", "unit", "meaning", "allowed_values", "source", "may_be_empty", "schema_version")
CODEBOOK_COLUMNS = ("table", *DICTIONARY_COLUMNS)


def dictionary_rows(columns: tuple[Column, ...]) -> list[tuple[object, ...]]:
    """The data dictionary of one file, as rows under `DICTIONARY_COLUMNS`."""
    return [
        (
            column.name,
            column.type,
            column.unit,
            column.meaning,
            column.allowed,
            column.source,
            not column.required,
            SCHEMA_VERSION,
        )
        for column in columns
    ]


def codebook_rows() -> list[tuple[object, ...]]:
    """The dictionaries of all tables, as rows under `CODEBOOK_COLUMNS`."""
    return [(kind.value, *row) for kind, table in TABLES.items() for row in dictionary_rows(columns_of(table, True))]


def columns_of(table: Table, with_text: bool) -> tuple[Column, ...]:
    """The columns of a table, for documents with the text itself where it is asked for."""
    return (*table.columns, TEXT) if table.kind is Kind.DOCUMENTS and with_text else table.columns
