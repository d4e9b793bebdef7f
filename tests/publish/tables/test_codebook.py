"""The codebook is written from the tables' own definitions, and neither it nor the schema changes unseen."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.publish.tables.codebook import codebook_page, write_codebook
from tracker.publish.tables.columns.column import Column, Table
from tracker.publish.tables.dictionary import CODEBOOK_COLUMNS, TABLES, Kind
from tracker.publish.tables.schema_version import PINNED, SCHEMA_VERSION, schema_digest

DOCS = Path(__file__).parents[3] / "docs"
LOG = (DOCS / "schema-changes.md").read_text("utf-8")


def test_the_committed_codebook_is_fresh() -> None:
    assert (DOCS / "codebook.md").read_text("utf-8") == codebook_page(), "docs/codebook.md is stale; run: make codebook"


def test_the_page_names_every_column_of_every_table() -> None:
    sections = re.split(r"^## ", codebook_page(), flags=re.MULTILINE)[1:]
    assert [section.split("\n", 1)[0] for section in sections] == [kind.value for kind in TABLES]
    for section, table in zip(sections, TABLES.values(), strict=True):
        named = re.findall(r"^\| `(\w+)`", section, re.MULTILINE)
        assert named == [*table.names, *(["text"] if table.kind is Kind.DOCUMENTS else [])]
        assert {line.replace("\\|", "").count("|") for line in section.splitlines() if line.startswith("|")} == {7}


def test_the_table_holds_the_same() -> None:
    stream = io.BytesIO()
    write_codebook(stream, as_table=True)
    header, *rows = csv.reader(io.StringIO(stream.getvalue().decode(), newline=""))
    assert tuple(header) == CODEBOOK_COLUMNS
    named = [(kind.value, name) for kind, table in TABLES.items() for name in table.names]
    assert [(row[0], row[1]) for row in rows if row[1] != "text"] == named
    assert {row[-1] for row in rows} == {SCHEMA_VERSION}


def test_a_changed_schema_has_a_new_version_and_a_line_in_its_log() -> None:
    assert PINNED.get(SCHEMA_VERSION) == schema_digest(TABLES.values()), (
        "the tables changed: raise SCHEMA_VERSION in schema_version.py, pin the digest of the tables under it, say in "
        f"docs/schema-changes.md what changed, and run make codebook; the digest is {schema_digest(TABLES.values())}"
    )
    logged = dict(re.findall(r"^## (\d+\.\d+) \(`([0-9a-f]{16})`\)$", LOG, re.MULTILINE))
    assert logged == PINNED, "docs/schema-changes.md has a section, with the digest, for each version and no other"
    for section in re.split(r"^## ", LOG, flags=re.MULTILINE)[1:]:
        assert re.search(r"^- \w", section, re.MULTILINE), f"nothing is said of {section[:20]!r}"


@pytest.mark.parametrize(
    "change",
    [
        lambda table: replace(table, columns=table.columns[::-1]),
        lambda table: replace(table, columns=(*table.columns, Column("new", "text", "", "New."))),
        lambda table: replace(table, columns=(replace(table.columns[0], type="integer"), *table.columns[1:])),
        lambda table: replace(table, columns=(replace(table.columns[0], unit="cm"), *table.columns[1:])),
        lambda table: replace(table, columns=(replace(table.columns[0], values=("a",)), *table.columns[1:])),
        lambda table: replace(table, key=()),
    ],
)
def test_what_a_reader_relies_on_changes_the_digest(change: object) -> None:
    first, *others = TABLES.values()
    changed: Table = change(first)  # type: ignore[operator]
    assert schema_digest([changed, *others]) != schema_digest(TABLES.values())


def test_better_words_do_not() -> None:
    first, *others = TABLES.values()
    worded = replace(first, columns=(replace(first.columns[0], meaning="Better put."), *first.columns[1:]))
    assert schema_digest([worded, *others]) == schema_digest(TABLES.values())


def test_references_lead_to_columns_that_are_there() -> None:
    for table in TABLES.values():
        assert set(table.key) <= set(table.names)
        for reference in table.references:
            assert set(reference.columns) <= set(table.names)
            assert set(reference.found_in) <= set(TABLES[reference.table].names)
