"""What is wrong with a text or its date leaves null, a flag or a name without a point, never a guess or a crash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tracker.documents import Document
from tracker.extract import Extractor
from tracker.gazetteer import Gazetteer
from tracker.rulebook import load_rulebook

RULES = Path(__file__).parents[2] / "rules"
PUBLISHED = date(2024, 2, 6)


@pytest.fixture(scope="module", name="extractor")
def _extractor() -> Extractor:
    return Extractor(load_rulebook(RULES), Gazetteer.open(RULES))


def read(extractor: Extractor, text: str, published: date | None = PUBLISHED):
    claims = extractor.extract(Document(document_id="d", text=text, published=published))
    assert all(text[claim.start : claim.end] == claim.count_text for claim in claims)
    assert all(text[claim.quote_start : claim.quote_end] == claim.quote for claim in claims)
    return claims


def test_days_are_counted_from_a_publication_date_in_the_future_as_from_any(extractor):
    [claim] = read(extractor, "Four miners died in Goma on Monday, police said.", date(2131, 2, 6))
    assert claim.date_start == date(2131, 2, 5)


def test_a_day_after_publication_is_not_taken_for_the_day_of_the_harm(extractor):
    [claim] = read(extractor, "Four miners died in Goma on 7 February 2024, police said.")
    assert (claim.date_start, claim.date_end) == (None, None)


def test_without_publication_date_only_full_dates_are_read(extractor):
    [relative] = read(extractor, "Four miners died in Goma on Monday, police said.", None)
    [full] = read(extractor, "Four miners died in Goma on 3 March 2023, police said.", None)
    assert (relative.date_start, relative.date_end) == (None, None)
    assert full.date_start == date(2023, 3, 3)


def test_a_place_that_does_not_exist_is_kept_by_name_only(extractor):
    [claim] = read(extractor, "Four miners died in Qwzembalor on Monday, police said.")
    assert (claim.places, claim.country, claim.latitude) == (("Qwzembalor",), None, None)
    [claim] = read(extractor, "Four miners died in Qwzembalor, Kenya, on Monday, police said.")
    assert (claim.places, claim.country, claim.place_precision) == (("Qwzembalor", "Kenya"), "KEN", "country")


def test_a_small_town_with_a_namesake_abroad_is_not_guessed(extractor):
    [alone] = read(extractor, "Four miners died in Kandi on Monday.")
    [told] = read(extractor, "Four miners died in Kandi on Monday, police in Benin said.")
    assert (alone.places, alone.country, alone.latitude) == (("Kandi",), None, None)
    assert told.country == "BEN"


def test_marks_of_direction_and_arabic_names_leave_offsets_right(extractor):
    text = "\u2067Five people\u2069 were killed in \u200fGaza\u200f on Monday. Seven were hurt in \u202bرفح\u202c."
    deaths, injuries = read(extractor, text)
    assert (deaths.count_min, deaths.places, deaths.country) == (5, ("Gaza",), "PSE")
    assert (injuries.count_min, injuries.places, injuries.country) == (7, ("رفح",), "PSE")


def test_digits_of_another_script_are_numbers(extractor):
    [claim] = read(extractor, "Medics said \u200f١٢\u200e people were killed in Gaza on Monday.")
    assert (claim.count_min, claim.count_max) == (12, 12)
