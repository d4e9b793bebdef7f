"""Copies are found at ingest, whichever text comes first, and are known from the day on which the later one came."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tracker.claims import Claim, Measure
from tracker.documents import Document
from tracker.ledger import Ledger, Run, begin_run

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WIRE = (
    "Gunmen opened fire on a market in Dalori on Monday and killed at least eight traders, police said. The attackers "
    "fled before soldiers arrived from the garrison, and residents buried the dead the same evening. No group has said "
    "that it was behind the attack, the third in the district since the harvest began. The governor called for calm."
)
TEXTS = {
    "wire": WIRE,
    "edited": WIRE.replace("opened fire on", "shot at people in").removesuffix(" The governor called for calm."),
    "own": (
        "Eight people died when armed men attacked the market of Dalori, according to the police. Our reporter saw "
        "burnt stalls and families in front of the clinic, where doctors from Maiduguri had come to help the wounded."
    ),
}


def run_of(day: int) -> Run:
    return begin_run(started_at=datetime(2025, 3, day, 6, tzinfo=UTC), rules_digest="r", command="test")


def document(name: str, day: int = 3) -> Document:
    return Document(document_id=name, text=TEXTS[name], published=date(2025, 3, day), outlet=name)


def claim(found: Document) -> Claim:
    words = "Eight" if found.text.startswith("Eight") else "eight"
    at = found.text.index(words)
    return Claim(
        document_id=found.document_id, measure=Measure.DEATHS, count_min=8, count_max=8, count_text=words, start=at,
        end=at + 5, quote=found.text, quote_start=0, quote_end=len(found.text), rule_id="r",
    )  # fmt: skip


def fill(ledger: Ledger, documents: Iterable[Document], day: int = 4) -> int:
    run = run_of(day)
    for found in documents:
        ledger.record(run, found, [claim(found)])
    return ledger.compare_texts(run)


def copies_by_document(ledger: Ledger, known: date | None = None) -> dict[str, tuple[str, ...]]:
    readings = list(ledger.readings(known))
    names = {reading.text_sha256: reading.claim.document_id for reading in readings}
    return {reading.claim.document_id: tuple(names[text] for text in reading.copies) for reading in readings}


@pytest.mark.parametrize("order", list(itertools.permutations(TEXTS)))
def test_copies_are_found_in_every_order_of_arrival(tmp_path: Path, order: tuple[str, ...]) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'tracker.db'}") as ledger:
        assert sum(fill(ledger, [document(name)]) for name in order) == 1
        assert copies_by_document(ledger) == {"wire": ("edited",), "edited": ("wire",), "own": ()}


def test_comparing_again_finds_nothing_new(ledger: Ledger) -> None:
    assert fill(ledger, map(document, TEXTS)) == 1
    assert ledger.compare_texts(run_of(5)) == 0
    assert [record.run for record in ledger.runs()] == [run_of(4)]


def test_a_copy_is_known_from_the_day_on_which_the_later_text_came(ledger: Ledger) -> None:
    fill(ledger, [document("wire")], day=4)
    fill(ledger, [document("edited")], day=6)
    assert copies_by_document(ledger, date(2025, 3, 5)) == {"wire": ()}
    assert copies_by_document(ledger, date(2025, 3, 6))["wire"] == ("edited",)


def test_what_is_alike_a_month_apart_is_a_form(ledger: Ledger) -> None:
    assert fill(ledger, [document("wire"), document("edited", day=30)]) == 0


def test_a_text_that_appears_again_in_time_is_compared_again(ledger: Ledger) -> None:
    assert fill(ledger, [document("wire"), document("edited", day=30)]) == 0
    again = Document(document_id="again", text=WIRE, published=date(2025, 3, 28))
    assert fill(ledger, [again], day=5) == 1
