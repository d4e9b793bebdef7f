"""Claims and incidents as lines of text: JSON lines for programs, CSV for spreadsheets, a table for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, BinaryIO

from tracker.claims import Claim, to_record
from tracker.documents import Document
from tracker.incidents.alone import summarise_document
from tracker.publish.tables.csvfile import write_rows

_NAMES = [field.name for field in fields(Claim)]
_SHOWN = ("document_id", "measure", "count_text", "victims", "places", "date_start", "source")
_WIDEST = 32


def write_claims(claims: Iterable[Claim], form: str, stream: BinaryIO) -> None:
    """Writes `claims` as `jsonl`, `csv` or `table`, each as soon as it comes."""
    _WRITERS[form](claims, stream)


def write_incidents(extracted: Iterable[tuple[Document, Sequence[Claim]]], stream: BinaryIO) -> None:
    """Writes what each document on its own amounts to, one JSON line an incident, as soon as it comes."""
    for document, claims in extracted:
        for record in summarise_document(document, claims):
            _write_json_line(record, stream)


def _write_json_lines(claims: Iterable[Claim], stream: BinaryIO) -> None:
    for claim in claims:
        _write_json_line(to_record(claim), stream)


def _write_json_line(record: Mapping[str, Any], stream: BinaryIO) -> None:
    stream.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def _write_csv(claims: Iterable[Claim], stream: BinaryIO) -> None:
    write_rows(_NAMES, ([_cell(value) for value in to_record(claim).values()] for claim in claims), stream)


def _write_table(claims: Iterable[Claim], stream: BinaryIO) -> None:
    for line in _table(claims):
        stream.write((line.rstrip() + "\n").encode("utf-8", "backslashreplace"))


def _table(claims: Iterable[Claim]) -> Iterator[str]:
    yield "  ".join(name.ljust(_WIDEST) for name in _SHOWN)
    for claim in claims:
        record = to_record(claim)
        yield "  ".join(" ".join(str(_cell(record[name]) or "").split())[:_WIDEST].ljust(_WIDEST) for name in _SHOWN)


def _cell(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else value


_WRITERS: dict[str, Callable[[Iterable[Claim], BinaryIO], None]] = {
    "jsonl": _write_json_lines,
    "csv": _write_csv,
    "table": _write_table,
}
