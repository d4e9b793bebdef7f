"""Facts are appended and never overwritten; what is current, and what was on a past day, is a question put to them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from tracker.claims import Cause, Claim, Measure, Scope, Status
from tracker.collect import Rejected
from tracker.documents import Document
from tracker.errors import InputError, UsageError
from tracker.ledger import Judgement, Ledger, Outcome, Run, RunRecord, Verdict, begin_run

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "Two shells hit the port. Officials said 12 people died and 30 were hurt. By night 14 had died."
DOCUMENT = Document(document_id="port", text=TEXT, published=date(2025, 3, 4), outlet="O", title="T", url="u")


def run(day: int, rules: str = "rules 1", hour: int = 6) -> Run:
    return begin_run(started_at=datetime(2025, 3, day, hour, tzinfo=UTC), rules_digest=rules, command="ingest")


def claim(number: str, document: Document = DOCUMENT, **fields: object) -> Claim:
    start = document.text.index(number)
    values: dict[str, object] = {
        "document_id": document.document_id,
        "measure": Measure.DEATHS,
        "count_min": int(number),
        "count_max": int(number),
        "count_text": number,
        "start": start,
        "end": start + len(number),
        "quote": document.text,
        "quote_start": 0,
        "quote_end": len(document.text),
    }
    return Claim(**(values | fields))  # type: ignore[arg-type]


def counts(ledger: Ledger, as_known_on: date | None = None) -> list[tuple[str, int | None, str | None]]:
    return [
        (reading.claim.count_text, reading.claim.count_max, reading.claim.country)
        for reading in ledger.readings(as_known_on)
    ]


def stored_claims(ledger: Ledger) -> int:
    return sum(len(claims) for _document, claims, _current in ledger.stored())


# Reading back.


def test_a_reading_is_the_claim_with_its_id_and_its_document(ledger: Ledger) -> None:
    full = claim(
        "12",
        victims="people",
        part_of=24,
        scope=Scope.CUMULATIVE,
        status=Status.POSSIBLE,
        places=("the “port”", "Ödön"),
        country="UKR",
        date_start=date(2025, 3, 3),
        date_end=date(2025, 3, 4),
        source="Officials",
        cause=Cause.SHELLING,
        rule_id="deaths.active",
        story=1,
        event=2,
        baseline_text="since Sunday",
        baseline_date=date(2025, 3, 2),
        latitude=46.482526,
        longitude=-0.1,
        geonames_id=698740,
        admin1="Odesa",
        place_precision="site",
        date_precision="day",
        flags=("inherited", "x"),
    )
    ledger.record(run(5), DOCUMENT, [full])
    (reading,) = ledger.readings()
    assert reading.claim == replace(full, claim_id=reading.claim.claim_id)
    assert re.fullmatch(r"[0-9a-f]{24}", reading.claim.claim_id)
    assert (reading.text_sha256, reading.published) == (DOCUMENT.text_sha256, DOCUMENT.published)
    assert (reading.outlet, reading.title, reading.url) == ("O", "T", "u")
    assert list(ledger.documents()) == [DOCUMENT]


def test_a_claim_bears_its_documents_name_and_open_bounds_stay_open(ledger: Ledger) -> None:
    ledger.record(run(5), DOCUMENT, [claim("12", document_id="?", count_max=None), claim("30", count_min=None)])
    first, second = (reading.claim for reading in ledger.readings())
    assert (first.document_id, first.count_min, first.count_max) == ("port", 12, None)
    assert (second.count_min, second.count_max) == (None, 30)


def test_readings_come_by_publication_document_place_and_measure(ledger: Ledger) -> None:
    texts = {"B": None, "a": date(2025, 3, 4), "Z": date(2025, 3, 4), "é": date(2025, 3, 4), "first": date(2025, 3, 1)}
    for name, published in texts.items():
        document = replace(DOCUMENT, document_id=name, published=published)
        claims = [claim("30"), claim("12", measure=Measure.INJURIES), claim("12", measure=Measure.DEATHS)]
        ledger.record(run(5), document, claims)
    found = [
        (reading.claim.document_id, reading.claim.count_text, reading.claim.measure) for reading in ledger.readings()
    ]
    in_each = [("12", Measure.DEATHS), ("12", Measure.INJURIES), ("30", Measure.DEATHS)]
    order = ["B", "first", "Z", "a", "é"]
    assert found == [(name, *rest) for name in order for rest in in_each]
    assert [document.document_id for document in ledger.documents()] == order


def test_a_claim_was_read_when_the_run_started_that_first_read_it_as_it_is(ledger: Ledger) -> None:
    ledger.record(run(5), DOCUMENT, [claim("12"), claim("30")])
    ledger.record(run(7, "rules 2"), DOCUMENT, [claim("12"), claim("30", country="UKR")])
    moments = {r.claim.count_text: ledger.read_at()[r.claim.claim_id] for r in ledger.readings()}
    assert moments == {"12": run(5).started_at, "30": run(7).started_at}
    assert set(ledger.read_at(date(2025, 3, 6)).values()) == {run(5).started_at}


# Appending.


def test_the_same_document_twice_changes_nothing(ledger: Ledger) -> None:
    assert ledger.record(run(5), DOCUMENT, [claim("12")]) is Outcome.NEW
    assert ledger.has_current(DOCUMENT, "rules 1")
    assert ledger.record(run(6), DOCUMENT, [claim("12")]) is Outcome.UNCHANGED
    assert ledger.runs() == [RunRecord(run=run(5), documents=1, claims=1, set_aside=0)]


def test_a_document_without_claims_is_remembered(ledger: Ledger) -> None:
    ledger.record(run(5), DOCUMENT, [])
    assert ledger.has_current(DOCUMENT, "rules 1")
    assert not ledger.has_current(DOCUMENT, "rules 2")
    assert list(ledger.readings()) == []


def test_a_changed_text_is_a_new_version(ledger: Ledger) -> None:
    changed = replace(DOCUMENT, text=TEXT.replace("12 people", "13 people"))
    ledger.record(run(5), DOCUMENT, [claim("12"), claim("30")])
    assert ledger.record(run(6), changed, [claim("13", changed)]) is Outcome.UPDATED
    assert counts(ledger) == [("13", 13, None)]
    assert list(ledger.documents()) == [changed]
    assert [document["text"] for document, _claims, _current in ledger.stored()] == [TEXT, changed.text]
    assert stored_claims(ledger) == 3


def test_a_corrected_date_is_a_new_version_too(ledger: Ledger) -> None:
    corrected = replace(DOCUMENT, published=date(2024, 3, 4))
    ledger.record(run(5), DOCUMENT, [claim("12")])
    assert not ledger.has_current(corrected, "rules 1")
    assert ledger.record(run(6), corrected, [claim("12")]) is Outcome.UPDATED
    assert [reading.published for reading in ledger.readings()] == [date(2024, 3, 4)]
    assert [reading.published for reading in ledger.readings(date(2025, 3, 5))] == [date(2025, 3, 4)]


def test_a_text_that_is_changed_back_is_current_again(ledger: Ledger) -> None:
    changed = replace(DOCUMENT, text=TEXT.replace("12 people", "13 people"))
    ledger.record(run(5), DOCUMENT, [claim("12")])
    ledger.record(run(6), changed, [claim("13", changed)])
    assert ledger.record(run(7), DOCUMENT, [claim("12")]) is Outcome.UPDATED
    assert [counts(ledger, date(2025, 3, day)) for day in (5, 6, 7)] == [
        [("12", 12, None)],
        [("13", 13, None)],
        [("12", 12, None)],
    ]
    assert stored_claims(ledger) == 2


def test_new_rules_append_what_they_read_otherwise_and_replace_what_is_current(ledger: Ledger) -> None:
    ledger.record(run(5), DOCUMENT, [claim("12"), claim("30"), claim("14")])
    outcome = ledger.record(run(6, "rules 2"), DOCUMENT, [claim("12"), claim("30", country="UKR")])
    assert outcome is Outcome.REREAD
    assert counts(ledger) == [("12", 12, None), ("30", 30, "UKR")]
    assert stored_claims(ledger) == 4  # "30" in both readings, and "14", which is dropped but kept
    assert ledger.record(run(7, "rules 1"), DOCUMENT, [claim("12"), claim("30"), claim("14")]) is Outcome.REREAD
    assert len(counts(ledger)) == 3
    assert stored_claims(ledger) == 4
    assert [(record.documents, record.claims) for record in ledger.runs()] == [(1, 3), (1, 2), (1, 3)]


def test_the_same_text_under_two_names_is_two_documents_that_share_claim_ids(ledger: Ledger) -> None:
    for name in ("port", "harbour"):
        ledger.record(run(5), replace(DOCUMENT, document_id=name), [claim("12")])
    first, second = (reading.claim for reading in ledger.readings())
    assert (first.document_id, second.document_id) == ("harbour", "port")
    assert first.claim_id == second.claim_id


# As known on a day.


def test_a_past_day_gives_the_old_answer(ledger: Ledger) -> None:
    ledger.record(run(5, hour=23), DOCUMENT, [claim("12")])
    before = list(ledger.readings(date(2025, 3, 5)))
    ledger.record(run(7, "rules 2", hour=0), DOCUMENT, [claim("12", country="UKR"), claim("14")])
    ledger.record(run(7), replace(DOCUMENT, document_id="late"), [claim("14")])
    assert list(ledger.readings(date(2025, 3, 4))) == []
    assert list(ledger.documents(date(2025, 3, 4))) == []
    assert list(ledger.readings(date(2025, 3, 5))) == before
    assert list(ledger.readings(date(2025, 3, 6))) == before
    assert list(ledger.readings(date(2025, 3, 7))) == list(ledger.readings())
    assert list(ledger.readings(date.max)) == list(ledger.readings())
    assert len(list(ledger.readings())) == 3


def test_the_day_of_a_run_is_that_of_utc(ledger: Ledger) -> None:
    moment = datetime(2025, 3, 6, 1, 30, tzinfo=timezone(timedelta(hours=3)))
    begun = begin_run(started_at=moment, rules_digest="rules 1", command="ingest")
    ledger.record(begun, DOCUMENT, [claim("12")])
    assert len(list(ledger.readings(date(2025, 3, 5)))) == 1
    assert [record.run for record in ledger.runs()] == [begun]
    assert begun == begin_run(started_at=datetime(2025, 3, 5, 22, 30), rules_digest="rules 1", command="ingest")


# What a ledger does not take.


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ([claim("12", start=3, end=5)], "count_text is '12', but the text has ' s' there"),
        ([claim("12", start=93, end=95)], "offsets 93 to 95 lie outside the text of 94 characters"),
        ([claim("12", quote="")], "it has no quote"),
        ([claim("12", quote="Two shells")], "the quote is not what the text has at its offsets"),
        ([claim("12", quote="Two", quote_end=3)], "the quote does not cover count_text"),
        ([claim("12", quote=TEXT[-4:], quote_start=-4)], "the quote's offsets -4 to 94 lie outside the text"),
        ([claim("12"), claim("12", country="UKR")], "the deaths claim at 40-42 was read twice."),
        ([claim("12", count_max=2**63)], "the deaths claim at 40-42 counts more than can be stored."),
    ],
)
def test_a_claim_that_does_not_prove_itself_is_refused_and_nothing_stored(
    ledger: Ledger, claims: Sequence[Claim], reason: str
) -> None:
    with pytest.raises(InputError, match=re.escape(reason)):
        ledger.record(run(5), DOCUMENT, [claim("30"), *claims])
    assert list(ledger.stored()) == []
    assert ledger.runs() == []


def test_an_input_is_set_aside_once(ledger: Ledger) -> None:
    whole, line = Rejected("b.txt", None, "it is empty."), Rejected("a.jsonl", 2, "it is empty.")
    assert ledger.set_aside(run(5), whole)
    assert ledger.set_aside(run(5), line)
    assert not ledger.set_aside(run(6), whole)
    assert ledger.rejected() == [line, whole]
    assert [(record.run, record.set_aside) for record in ledger.runs()] == [(run(5), 2)]


# Judgements.


def test_a_judgement_survives_new_readings(ledger: Ledger) -> None:
    ledger.record(run(5), DOCUMENT, [claim("12")])
    (reading,) = ledger.readings()
    first = Judgement(
        claim_id=reading.claim.claim_id,
        author="R. Ito",
        made_on=date(2025, 3, 6),
        verdict=Verdict.WRONG,
        reason="counts the wounded too",
    )
    second = replace(first, made_on=date(2025, 3, 8), verdict=Verdict.CONFIRMED, reason="")
    assert ledger.judge(second)
    assert ledger.judge(first)
    assert not ledger.judge(first)
    ledger.record(run(7, "rules 2"), DOCUMENT, [])
    assert ledger.judgements(first.claim_id) == ledger.judgements() == [first, second]
    assert ledger.judgements("none") == []


def test_a_judgement_needs_a_claim(ledger: Ledger) -> None:
    judgement = Judgement(claim_id="0" * 24, author="R", made_on=date(2025, 3, 6), verdict=Verdict.UNSURE)
    with pytest.raises(UsageError, match=r"no claim has the id '0{24}'"):
        ledger.judge(judgement)


def test_reading_and_recording_go_side_by_side(ledger: Ledger) -> None:
    for number in range(3):
        ledger.record(run(5), replace(DOCUMENT, document_id=f"d{number}"), [claim("12")])
    readings = ledger.readings()
    next(readings)
    ledger.record(run(6), replace(DOCUMENT, document_id="d9"), [claim("12")])
    assert len(list(readings)) == 2
