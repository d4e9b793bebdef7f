"""The hand-coded gold is sound in itself: offsets slice back, parts have wholes, texts equal the files on disk."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.claims import Cause, Claim, Measure, Scope, Status, from_record

GOLD = Path(__file__).resolve().parent
NEWSROOM = GOLD.parents[1] / "examples" / "newsroom"
SCORED = [field.name for field in fields(Claim)][1:17]  # from measure to cause: what the codebook scores
DOCUMENT = {"document_id", "title", "published", "language", "outlet", "text", "phenomena", "claims"}


def read(name: str) -> list[dict[str, Any]]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


DOCUMENTS = [
    (name, document)
    for name in ("newsroom.jsonl", "texts.jsonl", "blind.jsonl", "blind_again.jsonl")
    for document in read(name)
]
CLAIMS = [(document, claim) for _, document in DOCUMENTS for claim in document["claims"]]


def test_ids_are_unique() -> None:
    ids = [document["document_id"] for _, document in DOCUMENTS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("name", "document"), DOCUMENTS, ids=lambda value: str(value)[:30])
def test_document_is_well_formed(name: str, document: dict[str, Any]) -> None:
    assert set(document) == DOCUMENT
    assert document["phenomena"]
    if document["published"] is not None:
        date.fromisoformat(document["published"])
    assert ("quiet" in document["phenomena"]) == (not document["claims"])
    keys = [(claim["start"], claim["measure"]) for claim in document["claims"]]
    assert keys == sorted(keys, key=lambda key: key[0])
    assert len(keys) == len(set(keys))


def test_every_claim_has_the_fields_and_values_of_the_codebook() -> None:
    for document, claim in CLAIMS:
        assert set(claim) - {"optional"} == set(SCORED), document["document_id"]
        built = from_record({"document_id": document["document_id"], **claim})
        assert isinstance(built, Claim)
        assert claim["measure"] in set(Measure)
        assert claim["scope"] in set(Scope)
        assert claim["status"] in set(Status)
        assert claim["cause"] is None or claim["cause"] in set(Cause)
        assert claim["country"] is None or re.fullmatch("[A-Z]{3}", claim["country"])
        assert (claim["date_start"] is None) == (claim["date_end"] is None)


def test_every_quoted_word_stands_in_the_text() -> None:
    for document, claim in CLAIMS:
        text = document["text"]
        assert text[claim["start"] : claim["end"]] == claim["count_text"], document["document_id"]
        assert claim["count_text"] == claim["count_text"].strip()
        everything = f"{text}\n{document['title'] or ''}"
        for words in (claim["victims"], claim["source"], *claim["places"]):
            assert words is None or words in everything, (document["document_id"], words)


def test_no_harm_lies_after_its_publication() -> None:
    for document, claim in CLAIMS:
        if claim["date_end"] and document["published"]:
            assert claim["date_end"] <= document["published"], document["document_id"]


def test_a_part_is_no_bigger_than_its_whole() -> None:
    for document, claim in CLAIMS:
        if claim["part_of"] is None:
            continue
        wholes = [other for other in document["claims"] if other["start"] == claim["part_of"] and other is not claim]
        assert wholes, (document["document_id"], claim["count_text"])
        if claim["count_min"] is not None:
            roofs = [whole["count_max"] for whole in wholes]
            assert any(roof is None or claim["count_min"] <= roof for roof in roofs), document["document_id"]


def test_newsroom_gold_is_what_lies_on_disk() -> None:
    on_disk: dict[str, dict[str, Any]] = {}
    for path in NEWSROOM.glob("*.txt"):
        _, head, body = re.split(r"^\+\+\+\n", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE)
        on_disk[path.stem] = {**tomllib.loads(head), "text": body}
    for line in (NEWSROOM / "agency.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        on_disk[item["document_id"]] = item
    gold = {document["document_id"]: document for document in read("newsroom.jsonl")}
    assert set(gold) == set(on_disk)
    for document_id, document in gold.items():
        for key in ("title", "language", "outlet", "text"):
            assert document[key] == on_disk[document_id][key], (document_id, key)
        assert document["published"] == str(on_disk[document_id]["published"])
        assert on_disk[document_id]["url"].startswith("https://example.org/")
