"""A table's columns as a Table Schema, by which programs check a data package cell by cell and key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.publish.tables.dictionary import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPES = {
    "text": "string",
    "integer": "integer",
    "decimal": "number",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
    "list": "array",
}


def table_schema(table: Table, columns: Iterable[Column]) -> dict[str, Any]:
    """The schema of https://specs.frictionlessdata.io/table-schema/: fields, constraints, primary and foreign keys."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(reference.columns),
                # A table names itself by the empty text.
                "reference": {
                    "resource": "" if reference.table is table.kind else reference.table.value,
                    "fields": list(reference.found_in),
                },
            }
            for reference in table.references
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type]}
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    field["description"] = column.meaning
    if column.unit:
        field["unit"] = column.unit
    if column.allowed:
        field["allowed_values"] = column.allowed
    field["source"] = column.source
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if column.pattern:
        constraints["pattern"] = column.pattern
    for name in ("minimum", "maximum"):
        if (bound := getattr(column, name)) is not None:
            constraints[name] = bound
    if constraints:
        field["constraints"] = constraints
    return field
