"""Whatever is altered in a ledger is found, and what is as it was stored is not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy

from tracker.claims import Claim, Measure
from tracker.documents import Document
from tracker.ledger import Ledger, begin_run, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "Officials said 12 people died, among them 3 children. By night at least 14 had died."
DOCUMENT = Document(document_id="port", text=TEXT, published=date(2025, 3, 4))


def claim(words: str, low: int | None, high: int | None, **fields: Any) -> Claim:
    start = TEXT.index(words)
    proof = {"start": start, "end": start + len(words), "quote": TEXT, "quote_start": 0, "quote_end": len(TEXT)}
    values = {
        "document_id": "port",
        "measure": Measure.DEATHS,
        "count_min": low,
        "count_max": high,
        "count_text": words,
    }
    return Claim(**(values | proof | fields))


SOUND = [
    claim("12", 12, 12, date_start=date(2025, 3, 4), date_end=date(2025, 3, 31)),
    claim("3", 3, 3, part_of=TEXT.index("12")),
    claim("at least 14", 14, None),
]


def record(ledger: Ledger, claims: Sequence[Claim], rules: str = "rules 1") -> None:
    run = begin_run(started_at=datetime(2025, 3, 5, tzinfo=UTC), rules_digest=rules, command="ingest")
    ledger.record(run, DOCUMENT, claims)


def faults(ledger: Ledger) -> list[str]:
    return [finding.fault for finding in verify(ledger)]


def test_a_sound_ledger_has_no_findings(ledger: Ledger) -> None:
    assert verify(ledger) == []
    record(ledger, SOUND)
    assert verify(ledger) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            "UPDATE documents SET text = replace(text, '12', '21')",
            ["the text is not the one that was stored", "count_text is '12', but the text has '21' there"],
        ),
        ("UPDATE claims SET count_min = 11 WHERE count_min = 12", ["its fields are not those that were stored"]),
        ("UPDATE claims SET start = 16 WHERE count_min = 12", ["the row is no claim: count_text '12' does not fit"]),
        (
            "UPDATE claims SET count_min = 13 WHERE count_min = 12",
            ["the row is no claim: a count cannot run from 13 to 12"],
        ),
        ("UPDATE claims SET measure = 'ghosts' WHERE count_min = 12", ["the row is no claim: 'ghosts' is not a valid"]),
        ("UPDATE claims SET flags = 'torn' WHERE count_min = 12", ["the row is no claim: Expecting value"]),
        (
            "UPDATE claims SET measure = 'missing' WHERE count_min = 12",
            ["its id is not that of its text, place and measure", "its fields are not those that were stored"],
        ),
        (
            "UPDATE claims SET quote = 'By night' WHERE count_min = 12",
            ["its fields are not those that were stored", "the quote is not what the text has at its offsets"],
        ),
        (
            "UPDATE claims SET quote_start = 20 WHERE count_min = 12",
            [
                "its fields are not those that were stored",
                "the quote is not what the text has at its offsets",
                "the quote does not cover count_text",
            ],
        ),
    ],
)
def test_what_was_altered_is_found(ledger: Ledger, database_url: str, change: str, expected: list[str]) -> None:
    record(ledger, SOUND)
    engine = sqlalchemy.create_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(change)
    engine.dispose()
    found = faults(ledger)
    assert all(any(fault.startswith(begin) for fault in found) for begin in expected), found


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (
            claim("12", 12, 12, date_start=date(2025, 3, 5)),
            "it is dated 2025-03-05, after its publication on 2025-03-04",
        ),
        (claim("12", 12, 10**10 + 1), "it counts 10000000001 people, more than there are"),
        (claim("12", 12, 12, part_of=0), "it is part of a claim at 0, where there is none"),
        (claim("12", 12, 12, part_of=15), "it is part of a claim at 15, where there is none"),
        (claim("12", 12, 12, part_of=TEXT.index("3")), f"it is larger than the claim at {TEXT.index('3')} of which"),
    ],
)
def test_what_does_not_fit_together_is_found(ledger: Ledger, wrong: Claim, fault: str) -> None:
    record(ledger, [wrong, claim("3", 3, 3)])
    (finding,) = verify(ledger)
    assert finding.fault.startswith(fault)
    assert str(finding) == f"port, claim {finding.claim_id}: {finding.fault}."


def test_a_part_may_belong_to_an_open_whole_or_be_open_itself(ledger: Ledger) -> None:
    whole = TEXT.index("at least 14")
    record(ledger, [claim("12", 99, 99, part_of=whole), claim("3", None, 99, part_of=whole), SOUND[2]])
    assert verify(ledger) == []


def test_words_must_still_give_the_same_bounds(ledger: Ledger) -> None:
    record(ledger, SOUND)
    today = {"12": (12, 12), "at least 14": (14, 14)}
    (finding,) = verify(ledger, today.get)
    assert finding.fault == "'at least 14' is stored as 14/open, but reads as 14/14"


def test_readings_of_the_past_must_prove_themselves_but_need_not_agree_with_today(ledger: Ledger) -> None:
    record(ledger, [claim("12", 21, 21, part_of=0)])
    record(ledger, SOUND, "rules 2")
    assert verify(ledger, {"12": (12, 12)}.get) == []
