"""The version of the exported tables' schema, which every file names, and what was pinned under each version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.digests import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.publish.tables.columns.column import Table

SCHEMA_VERSION = "1.0"
"""MAJOR.MINOR. MINOR rises where a column or table is added at the end, MAJOR where anything else changes: a name, a
type, a unit, an order, the values that may stand in a column. docs/schema-changes.md says what changed."""

PINNED = {"1.0": "1f3ebd659e268a45"}
"""The digest of the tables of each version, by `schema_digest`; a line, once written, never changes."""


def schema_digest(tables: Iterable[Table]) -> str:
    """The digest of what a reader's program relies on; meanings in words may be put better without a new version."""
    lists = [
        [
            table.kind.value,
            list(table.key),
            [[column.name, column.type, column.unit, list(column.values), column.required] for column in table.columns],
        ]
        for table in tables
    ]
    return digest(lists)[:16]
