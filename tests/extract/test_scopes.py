"""Scope: one event's figure or a running total, and what the total counts from."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.claims import Claim
from tracker.documents import Document
from tracker.extract.extractor import Extractor

PUBLISHED = date(2025, 3, 6)
KNOWN_MISS = pytest.mark.xfail(strict=True, reason="not read so yet; remove the mark when it is")


def claims_of(extractor: Extractor, text: str) -> list[Claim]:
    return extractor.extract(Document(document_id="scope", text=text, published=PUBLISHED))


@pytest.mark.parametrize(
    "text",
    [
        "Four people were killed on Monday.",
        "Four people have been killed in the past 24 hours.",
        "Some 383 people were killed in 2024.",
        "Nine people were killed last week.",
        "Nine people were killed in the past eleven days.",
        "The search has so far found nine bodies.",
        "Three more bodies were found in the ruins.",
        "The death toll from the earthquake rose to 40.",
        "Police arrested 1,200 people.",
        "Cholera broke out in the camp. The ministry reported 12 new deaths.",
        "An outbreak of cholera closed the camp. Twelve patients died on Monday.",
        "The pandemic had closed the road. A fire in a hostel left nine people dead.",
    ],
)
def test_one_event_or_a_bounded_window(extractor: Extractor, text: str) -> None:
    assert [claim.scope.value for claim in claims_of(extractor, text)] == ["event"]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels have killed 300 people since the war began.",
        "Israeli strikes have killed 56,500 people since October 7, 2023.",
        "At least 90 soldiers have been killed so far this year.",
        "The cumulative number of martyrs is 900.",
        "The outbreak in the north has killed 19 people.",
        "Sixty-six children have died of malnutrition.",
        "About 1,200 prisoners remain behind bars.",
        "An outbreak of cholera closed the camp. The ministry has confirmed 12 deaths.",
        "Of 142 suspected cases of measles, three patients have died.",
    ],
)
def test_a_running_total(extractor: Extractor, text: str) -> None:
    assert [claim.scope.value for claim in claims_of(extractor, text)] == ["cumulative"]


def test_an_increment_and_its_total_differ(extractor: Extractor) -> None:
    text = "Two farmers were killed on Friday, bringing the overall death toll to 40."
    assert [(c.count_min, c.scope.value) for c in claims_of(extractor, text)] == [(2, "event"), (40, "cumulative")]


def test_a_day_and_a_total_in_two_sentences_differ(extractor: Extractor) -> None:
    text = "Four people were killed on Monday. Some 300 people have been killed since the war began."
    assert [(c.count_min, c.scope.value) for c in claims_of(extractor, text)] == [(4, "event"), (300, "cumulative")]


def test_the_baseline_is_kept_as_written_and_as_a_day(extractor: Extractor) -> None:
    (claim,) = claims_of(extractor, "Strikes have killed 56,500 people since October 7, 2023.")
    assert claim.baseline_date == date(2023, 10, 7)
    assert claim.baseline_text is not None
    assert "October 7, 2023" in claim.baseline_text
    assert (claim.date_start, claim.date_end) == (date(2023, 10, 7), PUBLISHED)


def test_a_baseline_without_a_date_has_none(extractor: Extractor) -> None:
    (claim,) = claims_of(extractor, "Rebels have killed 300 people since the war began.")
    assert claim.baseline_text is not None
    assert "war" in claim.baseline_text
    assert claim.baseline_date is None
    assert (claim.date_start, claim.date_end) == (None, None)
