"""Gold and predictions as JSON lines: texts with the claims that a person found in them, and a program's claims."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tracker.claims import Claim, from_record
from tracker.documents import Document
from tracker.errors import UsageError

Extract = Callable[[Document], Sequence[Claim]]
"""Whatever turns a document into claims: the extractor's method, or a stand-in."""

_NAMES = ("document_id", "count_text", "victims", "country", "source", "rule_id")
_NUMBERS = ("start", "end", "count_min", "count_max", "part_of")
_NEEDED = ("document_id", "measure", "count_text", "start", "end")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text coded by hand. `optional` claims are neither asked for nor punished; `phenomena` say what is tried."""

    document: Document
    claims: tuple[Claim, ...]
    optional: tuple[Claim, ...] = ()
    phenomena: tuple[str, ...] = ()


def read_gold(path: Path) -> list[GoldDocument]:
    """The documents of a gold file, one a line: `document_id`, `text`, `claims`, and where known `title`, `published`,
    `language`, `outlet` and `phenomena`. UsageError names the line that cannot be used."""
    documents: dict[str, GoldDocument] = {}
    for number, record in read_lines(path):
        try:
            found = _make_gold(record)
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(
                f"{path}:{number}: this is no gold document: {_phrase(error)}; correct the line."
            ) from None
        if found.document.document_id in documents:
            raise UsageError(
                f"{path}:{number}: {found.document.document_id} has a line of its own already; remove one."
            )
        documents[found.document.document_id] = found
    return list(documents.values())


def read_claims(path: Path) -> list[Claim]:
    """The claim records of a file, one a line, in their order. What a record leaves out is null, `event` or `stated`.

    UsageError names the line that cannot be used.
    """
    claims = []
    for number, record in read_lines(path):
        try:
            claims.append(_make_claim(record))
        except (TypeError, ValueError) as error:
            raise UsageError(f"{path}:{number}: this is no claim record: {_phrase(error)}; correct the line.") from None
    return claims


def extract_all(gold: Iterable[GoldDocument], extract: Extract) -> list[Claim]:
    """What `extract` finds in the gold texts, document by document."""
    return [claim for found in gold for claim in extract(found.document)]


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a file of JSON lines with their line numbers; UsageError names what cannot be read."""
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{path} cannot be read ({reason}); give a file of JSON lines.") from None
    # Not splitlines: a line separator inside a JSON string ends no line.
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            raise UsageError(f"{path}:{number}: the line is not JSON; give a file of JSON lines.") from None
        if not isinstance(record, dict):
            raise UsageError(f"{path}:{number}: the line is JSON, but not an object; give one record a line.")
        yield number, record


def _make_gold(record: dict[str, Any]) -> GoldDocument:
    published = record.get("published")
    document = Document(
        document_id=_require(record["document_id"], str, "document_id"),
        text=_require(record["text"], str, "text"),
        title=record.get("title"),
        published=date.fromisoformat(published) if published else None,
        language=record.get("language"),
        outlet=record.get("outlet"),
    )
    claims: dict[bool, list[Claim]] = {False: [], True: []}
    for coded in record["claims"]:
        claim = _make_claim({**coded, "document_id": document.document_id})
        if document.text[claim.start : claim.end] != claim.count_text:
            raise ValueError(f"{claim.count_text!r} does not stand at offset {claim.start} of the text")
        claims[bool(coded.get("optional"))].append(claim)
    phenomena = tuple(dict.fromkeys(record.get("phenomena") or ()))
    return GoldDocument(document, tuple(claims[False]), tuple(claims[True]), phenomena)


def _make_claim(record: dict[str, Any]) -> Claim:
    for name in _NEEDED:
        if record.get(name) is None:
            raise ValueError(f"the key {name} is missing")
    for name in _NAMES:
        _require(record.get(name), str, name)
    for name in _NUMBERS:
        _require(record.get(name), int, name)
    for place in _require(record.get("places"), list, "places") or ():
        _require(place, str, "places")
    return from_record(record)


def _require(value: Any, kind: type, name: str) -> Any:
    if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
        raise TypeError(f"{name} cannot be {value!r}")
    return value


def _phrase(error: Exception) -> str:
    return f"the key {error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
