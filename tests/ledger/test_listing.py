"""The lists that exports stream: claims with who read them, documents, judgements; all as of one moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tracker.claims import Claim, Measure
from tracker.documents import Document
from tracker.ledger import Judgement, Ledger, Run, Verdict, begin_run

TEXT = "Officials said 12 people died and 30 were hurt."
DOCUMENT = Document(
    document_id="port", text=TEXT, published=date(2025, 3, 4), outlet="O", title="T", url="u", language="en",
    outlet_country="UKR",
)  # fmt: skip


def run(day: int, rules: str = "rules 1") -> Run:
    return begin_run(started_at=datetime(2025, 3, day, 6, tzinfo=UTC), rules_digest=rules, command="ingest")


def claim(number: str, measure: Measure = Measure.DEATHS) -> Claim:
    start = TEXT.index(number)
    return Claim(
        document_id="port",
        measure=measure,
        count_min=int(number),
        count_max=int(number),
        count_text=number,
        start=start,
        end=start + len(number),
        quote=TEXT,
        quote_end=len(TEXT),
    )


def test_a_claim_comes_with_the_run_that_read_it_last(ledger: Ledger) -> None:
    first, second = run(5), run(7, "rules 2")
    ledger.record(first, DOCUMENT, [claim("12"), claim("30", Measure.INJURIES)])
    ledger.record(second, DOCUMENT, [claim("12")])
    (now,) = ledger.sighted()
    assert (now.run_id, now.rules_digest) == (second.run_id, "rules 2")
    assert [now.reading] == list(ledger.readings())
    then = list(ledger.sighted(date(2025, 3, 6)))
    assert [(one.reading.claim.count_text, one.run_id) for one in then] == [
        ("12", first.run_id), ("30", first.run_id),
    ]  # fmt: skip


def test_claims_come_in_the_order_of_readings_however_many(ledger: Ledger) -> None:
    for number in range(30):
        document = replace(DOCUMENT, document_id=f"d{number % 7}{number}", published=date(2025, 3, 1 + number % 5))
        ledger.record(run(9), document, [claim("30", Measure.INJURIES), claim("12")])
    found = [one.reading.claim for one in ledger.sighted()]
    assert found == [reading.claim for reading in ledger.readings()]
    assert len(found) == 60


def test_a_document_is_listed_with_its_details_and_without_its_text(ledger: Ledger) -> None:
    ledger.record(run(5), DOCUMENT, [claim("12")])
    silent = Document(document_id="silent", text="Nothing happened.")
    ledger.record(run(6), silent, [])
    first, second = ledger.listed_documents()
    assert (first.document_id, first.claims, first.published) == ("silent", 0, None)
    assert (second.outlet, second.outlet_country, second.language, second.claims) == ("O", "UKR", "en", 1)
    assert (second.run_id, second.text_sha256) == (run(5).run_id, DOCUMENT.text_sha256)
    assert first.text is second.text is None
    assert [one.text for one in ledger.listed_documents(with_text=True)] == [silent.text, TEXT]
    assert [one.document_id for one in ledger.listed_documents(date(2025, 3, 5))] == ["port"]


def test_a_judgement_stands_until_the_day_of_its_withdrawal(ledger: Ledger) -> None:
    ledger.record(run(5), DOCUMENT, [claim("12")])
    (one,) = ledger.sighted()
    claim_id = one.reading.claim.claim_id
    wrong = Judgement(claim_id=claim_id, author="A", made_on=date(2025, 4, 2), verdict=Verdict.WRONG)
    right = Judgement(claim_id=claim_id, author="B", made_on=date(2025, 4, 1), verdict=Verdict.CONFIRMED)
    back = Judgement(
        claim_id=claim_id, author="A", made_on=date(2025, 4, 3), verdict=Verdict.WITHDRAWN,
        withdraws=wrong.judgement_id,
    )  # fmt: skip
    for judgement in (wrong, right, back):
        ledger.judge(judgement)
    now = [(one.judgement, one.stands) for one in ledger.listed_judgements()]
    assert now == [(right, True), (wrong, False), (back, False)]
    assert [one.stands for one in ledger.listed_judgements(date(2025, 4, 2))] == [True, True]


def test_inside_a_snapshot_nothing_that_others_write_is_seen(ledger: Ledger, database_url: str) -> None:
    ledger.record(run(5), DOCUMENT, [claim("12")])
    with ledger.snapshot():
        with Ledger.open(database_url) as other:
            other.record(run(6), replace(DOCUMENT, document_id="later"), [claim("12"), claim("30", Measure.INJURIES)])
        assert len(list(ledger.sighted())) == 1
        assert [one.document_id for one in ledger.listed_documents()] == ["port"]
        assert len(ledger.runs()) == 1
        # Two lists may be read side by side.
        pairs = zip(ledger.sighted(), ledger.listed_documents(), strict=True)
        assert [(one.reading.claim.document_id, two.document_id) for one, two in pairs] == [("port", "port")]
    assert len(list(ledger.sighted())) == 3
