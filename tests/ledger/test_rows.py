"""A claim survives its row without loss, and equal claims have equal digests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Cause, Claim, Measure, PerpetratorStatus, Scope, Status
from tracker.documents import Document
from tracker.ledger import Ledger, begin_run
from tracker.ledger.rows import claim_values, content_digest, document_values, read_claim, with_id

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DAYS = st.dates(date(1, 1, 1))
SMALL = st.integers(0, 2**31 - 1)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any claim that the domain allows."""
    low, high = sorted(draw(st.tuples(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))))
    low_or_open, high_or_open = draw(st.sampled_from([(low, high), (low, None), (None, high)]))
    count_text = draw(WORDS.filter(bool))
    start = draw(st.integers(0, 2**31 - 20))
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    dated = draw(st.sampled_from([(first, last), (None, None), (first, None)]))
    coordinate = st.none() | st.floats(-180, 180)
    return Claim(
        document_id=draw(WORDS),
        measure=draw(st.sampled_from(Measure)),
        count_min=low_or_open,
        count_max=high_or_open,
        count_text=count_text,
        start=start,
        end=start + len(count_text),
        victims=draw(st.none() | WORDS),
        part_of=draw(st.none() | SMALL),
        scope=draw(st.sampled_from(Scope)),
        status=draw(st.sampled_from(Status)),
        places=tuple(draw(st.lists(WORDS, max_size=3))),
        country=draw(st.none() | WORDS),
        date_start=dated[0],
        date_end=dated[1],
        source=draw(st.none() | WORDS),
        cause=draw(st.none() | st.sampled_from(Cause)),
        claim_id=draw(WORDS),
        quote=draw(WORDS),
        quote_start=draw(SMALL),
        quote_end=draw(SMALL),
        rule_id=draw(WORDS),
        story=draw(SMALL),
        event=draw(SMALL),
        baseline_text=draw(st.none() | WORDS),
        baseline_date=draw(st.none() | DAYS),
        latitude=draw(coordinate),
        longitude=draw(coordinate),
        geonames_id=draw(st.none() | SMALL),
        admin1=draw(st.none() | WORDS),
        place_precision=draw(st.none() | WORDS),
        date_precision=draw(st.none() | WORDS),
        perpetrator_text=draw(st.none() | WORDS),
        perpetrator_status=draw(st.none() | st.sampled_from(PerpetratorStatus)),
        flags=tuple(draw(st.lists(WORDS, max_size=3))),
    )


@given(claims())
@settings(deadline=None)
def test_a_claim_survives_its_row(claim: Claim) -> None:
    values = claim_values(claim)
    assert read_claim(values) == claim
    assert values["content_digest"] == content_digest(read_claim(values))
    assert not any(isinstance(value, (Measure, Scope, Status, Cause)) for value in values.values())


@pytest.fixture(scope="module")
def memory() -> Iterator[Ledger]:
    with Ledger.open("sqlite://") as ledger:
        yield ledger


@given(claims(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9))
@settings(deadline=None, max_examples=60)
def test_a_claim_survives_the_database(memory: Ledger, claim: Claim, name: str) -> None:
    before = claim.count_text * 2
    text = before + claim.count_text
    proof = {"start": len(before), "end": len(text), "quote": text, "quote_start": 0, "quote_end": len(text)}
    values = {field: getattr(claim, field) for field in Claim.__dataclass_fields__}
    placed = Claim(**(values | proof))
    document = Document(document_id=name, text=text)
    run = begin_run(started_at=datetime(2025, 3, 4, tzinfo=UTC), rules_digest=content_digest(placed), command="test")
    memory.record(run, document, [placed])
    (found,) = (reading.claim for reading in memory.readings() if reading.claim.document_id == name)
    assert found == with_id(placed, document)


def test_enums_are_stored_as_their_values() -> None:
    claim = Claim(
        document_id="d",
        measure=Measure.MALNUTRITION_DEATHS,
        count_min=1,
        count_max=1,
        count_text="one",
        start=0,
        end=3,
        cause=Cause.HEAT_COLD,
    )
    values = claim_values(claim)
    assert [values[name] for name in ("measure", "scope", "status", "cause")] == [
        "malnutrition_deaths",
        "event",
        "stated",
        "heat_cold",
    ]


def test_a_coordinate_has_one_digest_however_it_is_written() -> None:
    values = {"document_id": "d", "measure": Measure.DEATHS, "count_min": 1, "count_max": 1, "count_text": "one"}
    whole, real = (
        with_id(Claim(**values, start=0, end=3, latitude=latitude), Document(document_id="d", text="one"))  # type: ignore[arg-type]
        for latitude in (0, -0.0)
    )
    assert content_digest(whole) == content_digest(real)


def test_every_detail_of_a_document_makes_its_version() -> None:
    details = {
        "document_id": "d",
        "text": "t",
        "title": "T",
        "published": date(2025, 3, 4),
        "language": "en",
        "outlet": "O",
        "outlet_country": "KEN",
        "url": "u",
    }
    changed = [details | {name: date(2025, 3, 5) if name == "published" else "other"} for name in details]
    digests = {document_values(Document(**values))["version_digest"] for values in [details, *changed]}  # type: ignore[arg-type]
    assert len(digests) == len(details) + 1
