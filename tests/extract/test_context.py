"""Contexts: the date, place, source and cause of each figure, through the whole extractor."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.claims import Claim
from tracker.documents import Document
from tracker.extract.extractor import Extractor

SUNDAY = date(2025, 3, 16)


def claims_of(extractor: Extractor, text: str) -> list[Claim]:
    return extractor.extract(Document(document_id="one", text=text, published=SUNDAY))


def days(claim: Claim) -> str:
    return f"{claim.date_start}..{claim.date_end}" if claim.date_start != claim.date_end else str(claim.date_start)


DATES = {
    # a comma between the day and the speaker: the day is that of the harm
    "Three drivers were killed near Rutba, in western Iraq, on Monday, hauliers said.": ["2025-03-10"],
    "On Monday, the ministry said that three drivers were killed near Rutba.": ["None"],
    # the day of a dateline is that of the report
    "QUITO, March 14 (Agency) - Nine miners were killed on Tuesday.": ["2025-03-11"],
    "QUITO, MARCH 14 - NINE MINERS WERE KILLED IN PERU.": ["None"],
    # running totals count from their baseline to publication
    "So far this year, 40 cyclists have been killed in Lima.": ["2025-01-01..2025-03-16"],
    "Some 900 people have been arrested since the crackdown started on 14 January.": ["2025-01-14..2025-03-16"],
    "Nine people were killed in the past 24 hours, raising the toll since 7 October 2023 to 900.": [
        "2025-03-15..2025-03-16",
        "2023-10-07..2025-03-16",
    ],
    # each figure of a list has the day behind it
    "Bombs killed four men in Kunduz on Friday and nine in Herat on Saturday.": ["2025-03-14", "2025-03-15"],
    # finds, verdicts and states have days of their own
    "Divers recovered three bodies near Minya, Egypt, on Saturday, taking the toll of Friday's sinking to 15.": [
        "2025-03-14",
        "2025-03-14",
    ],
    "Nine rowers were still missing on Saturday.": ["None"],
    # a date in the reason of an arrest or an execution is that of the deed
    "Nine guards were arrested on suspicion of killing 13 sailors on 5 March.": ["None", "2025-03-05"],
    "Chad hanged a man for the murder of two guards during a riot in 2017.": ["None", "2017-01-01..2017-12-31"],
    "Militants claimed responsibility for Friday's blast, in which 12 were killed.": ["2025-03-14"],
    # what is the worst since a day does not run from it
    "Forty people were killed near Taiz in the deadliest raid since 2006.": ["None"],
    "A court on Wednesday upheld the sentence of a nurse for the murders of seven men in 2011.": [
        "2011-01-01..2011-12-31"
    ],
    # a market is no day
    "Nine traders were killed at the Monday Market in Maiduguri on Friday.": ["2025-03-14"],
    # a heading dates the lines below it, unless it only bears the day of issue
    "Bentiu clinic, figures for February\nDeaths: 12\nInjured: 40": ["2025-02-01..2025-02-28"] * 2,
    "Flood bulletin, 14 March\nDeaths: 12\nInjured: 40": ["None"] * 2,
}


@pytest.mark.parametrize("text", DATES)
def test_the_day_is_that_of_the_harm(extractor: Extractor, text: str) -> None:
    assert [days(claim) for claim in claims_of(extractor, text)] == DATES[text]


PLACES = {
    "Volunteers in Kadugli, Sudan, say 32 children starved to death there.": ["Kadugli"],
    "The health ministry in Port Sudan said nine children had died of cholera.": [None],
    "Lebanon's health ministry said nine people were killed.": ["Lebanon"],
    "The garrison at Pokrovsk reported four dead.": ["Pokrovsk"],
    "Mortar bombs killed nine traders at the cattle market of Ansongo in Mali.": ["Ansongo"],
    "Sofala province, effects of the cyclone:\nDeaths: 36\nInjured: 212": ["Sofala", "Sofala"],
    "Situation in eastern Congo\nGoma: 12 dead\nBukavu: 4 dead": ["Goma", "Bukavu"],
    "In Kharkiv three men were killed and 12 injured, in Kherson two were killed.": ["Kharkiv", "Kharkiv", "Kherson"],
}


@pytest.mark.parametrize("text", PLACES)
def test_the_place_is_that_of_the_harm(extractor: Extractor, text: str) -> None:
    assert [claim.places[0] if claim.places else None for claim in claims_of(extractor, text)] == PLACES[text]


def test_an_event_of_another_kind_some_time_this_year_was_not_here(extractor: Extractor) -> None:
    text = (
        "Nine men died in a mine collapse in Zenica on Monday. Relations have been bad since a plane was shot down "
        "earlier this year, killing all 31 passengers."
    )
    read = extractor.extract(Document(document_id="one", text=text, published=date(2025, 9, 7)))
    assert [claim.country for claim in read] == ["BIH", None]


def test_a_name_means_first_what_is_mostly_called_so(extractor: Extractor) -> None:
    assert [claim.country for claim in claims_of(extractor, "Nine men were killed in Pokrovsk.")] == ["UKR"]


SOURCES = {
    "Nine girls are dead, the camp said on Monday; the toll is at 75.": ["the camp", None],
    "Floods in Sudan\n- Atbara: 19 dead\n- Berber: 5 dead\nSource: Ministry of Health": ["Ministry of Health"] * 2,
    "Ministry of Health, daily report\nReceived by hospitals: 24 martyrs.\nKilled: 24": ["Ministry of Health"] * 2,
    "The Ministry of Health in Beirut reports on attacks for the past day:\n- Killed: 18\n- Wounded: 41": [
        "The Ministry of Health in Beirut",
        "The Ministry of Health in Beirut",
    ],
    "The fire killed several men (at least five, according to police) and injured 31 others.": [None, "police", None],
    "Sofala province, effects of the cyclone:\nDeaths: 36\nInjured: 212": [None, None],
    "Two rowers were killed, our monitors report.": ["our monitors"],
}


@pytest.mark.parametrize("text", SOURCES)
def test_the_source_answers_for_its_own_words(extractor: Extractor, text: str) -> None:
    assert [claim.source for claim in claims_of(extractor, text)] == SOURCES[text]


CAUSES = {
    "Nine people were killed on Friday. Two infants died of malnutrition on Saturday.": [None, "malnutrition"],
    "Nine farmers were killed in a raid on Tessit, Mali.": ["attack"],
    "Police killed two suspects in a raid on a flat.": ["police_operation"],
    "A tailor died in a police raid in Osh. The raid went on for hours. Six people were hurt.": [
        "police_operation",
        "police_operation",
    ],
    "The downing of a Tatra Air plane by rebel forces killed 31 passengers.": ["air_crash"],
    "A blast killed three welders in Baku. In 2019 five men were killed in a similar accident in Burgas.": [
        "explosion",
        "explosion",
    ],
}


@pytest.mark.parametrize("text", CAUSES)
def test_the_cause_is_that_of_these_people(extractor: Extractor, text: str) -> None:
    assert [claim.cause for claim in claims_of(extractor, text)] == CAUSES[text]


def test_a_relatives_death_in_a_life_told_is_one_apart(extractor: Extractor) -> None:
    text = (
        "The actor Pavel Orlo died in Osh on Monday. He was 80. "
        "His father, Ivan Orlo, died of tuberculosis when he was one. Another son predeceased him."
    )
    actor, father, son = claims_of(extractor, text)
    assert (actor.places, days(actor)) == (("Osh",), "2025-03-10")
    assert [(c.places, c.country, days(c), c.cause) for c in (father, son)] == [
        ((), "KGZ", "None", "disease"),
        ((), "KGZ", "None", None),
    ]


def test_a_relative_killed_in_the_same_attack_is_not(extractor: Extractor) -> None:
    text = "Gunmen shot dead the teacher Pavel Orlo in Osh on Monday. His wife was also killed."
    assert [(c.places, days(c), c.cause) for c in claims_of(extractor, text)] == [
        (("Osh",), "2025-03-10", "shooting")
    ] * 2


def test_the_ill_in_hospital_are_not_the_hurt(extractor: Extractor) -> None:
    text = "Cholera broke out in the camp. Twelve people died on Friday and 40 were taken to hospital."
    assert [(c.measure, c.count_min) for c in claims_of(extractor, text)] == [("deaths", 12)]
    text = "A nurse was injured by falling glass in a measles ward."
    assert [(c.measure, c.count_min) for c in claims_of(extractor, text)] == [("injuries", 1)]


def test_every_figure_of_an_event_has_its_closest_place(extractor: Extractor) -> None:
    text = (
        "Floods killed nine people in Peru on Friday. Four of them died in Cusco, and 30 people were injured in Peru."
    )
    assert [c.places for c in claims_of(extractor, text)] == [("Cusco", "Peru")] * 3


def test_a_raid_says_who_struck_and_not_where(extractor: Extractor) -> None:
    (claim,) = claims_of(extractor, "The leader was killed in a United States raid, the group said.")
    assert (claim.places, claim.country) == ((), None)
