"""Between the domain's words and the tables' rows, both ways, without loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from tracker.claims import ENUMS, Claim, identify, to_record
from tracker.digests import digest
from tracker.documents import Document

CLAIM_FIELDS = tuple(field.name for field in fields(Claim))
DOCUMENT_FIELDS = tuple(field.name for field in fields(Document))
_LISTS = ("places", "flags")


def document_values(document: Document) -> dict[str, Any]:
    """The columns of a document's version, all but its keys to other rows."""
    values = {name: getattr(document, name) for name in DOCUMENT_FIELDS}
    details = {name: value for name, value in values.items() if name != "text" and value is not None}
    return values | {"text_sha256": document.text_sha256, "version_digest": digest(document.text_sha256, details)}


def read_document(row: Mapping[Any, Any]) -> Document:
    """The document that `document_values` wrote."""
    return Document(**{name: row[name] for name in DOCUMENT_FIELDS})


def with_id(claim: Claim, document: Document) -> Claim:
    """The claim under its document's name and its own id, its coordinates as a database gives them back (no -0.0)."""
    return replace(
        claim,
        document_id=document.document_id,
        claim_id=identify(document.text_sha256, claim.start, claim.end, claim.measure),
        latitude=None if claim.latitude is None else claim.latitude + 0.0,
        longitude=None if claim.longitude is None else claim.longitude + 0.0,
    )


def claim_values(claim: Claim) -> dict[str, Any]:
    """The columns of one reading of a claim, all but its keys to other rows."""
    values = {name: getattr(claim, name) for name in CLAIM_FIELDS}
    for name in _LISTS:
        values[name] = json.dumps(values[name], ensure_ascii=False)
    for name in ENUMS:
        values[name] = None if values[name] is None else values[name].value
    return values | {"content_digest": content_digest(claim)}


def read_claim(row: Mapping[Any, Any]) -> Claim:
    """The claim that `claim_values` wrote; ValueError where the row was altered into something that is no claim."""
    values = {name: row[name] for name in CLAIM_FIELDS}
    for name in _LISTS:
        values[name] = tuple(json.loads(values[name]))
    for name, kind in ENUMS.items():
        values[name] = None if values[name] is None else kind(values[name])
    return Claim(**values)


def content_digest(claim: Claim) -> str:
    """The digest of all that the claim says; what is None is left out, so that a field added later alters none."""
    record = to_record(claim)
    return digest({name: value for name, value in record.items() if value is not None})
