"""Wires in capitals, where no letter tells a name: who is one person, and who are several."""

from __future__ import annotations

import pytest

from tracker.documents import Document
from tracker.extract.extractor import Extractor


def counts_of(extractor: Extractor, text: str, measure: str = "deaths") -> list[tuple[int | None, int | None]]:
    document = Document(document_id="wire", text=text)
    return [(c.count_min, c.count_max) for c in extractor.extract(document) if c.measure == measure]


@pytest.mark.parametrize(
    "text",
    [
        "THE MURDER OF ECONOMIC ANALYST MATEO QUISPE WAS CONDEMNED.",
        "THE ASSASSINATION OF BOLIVIAN POLITICAL LEADER JUAN CARLOS PEREDO CAUSED INDIGNATION.",
        "IT FOLLOWS THE MURDER ON 26 MAY OF TUMACO MAYOR DIANA SALDARRIAGA.",
        "THE MURDER OF DR. JOSE LUIS CAMPOS WAS COMMITTED BY TERRORISTS.",
        "IT WAS ORDERED AFTER THE ASSASSINATION OF SENATOR AND PARTY CANDIDATE LUIS ALBERTO REYES.",
        "THE STRIKE BEGAN FOLLOWING MAGISTRATE CARLOS QUINTERO'S MURDER.",
        "HE CLAIMED THE ATTACK THAT KILLED ATTORNEY GENERAL ROBERTO ALVAREZ TODAY.",
        "THEY MURDERED MONSIGNOR LEZAMA.",
        "THEY CONDEMNED THE MURDERS, AND ESPECIALLY THAT OF SENATOR PEDRO LUIS MARIN.",
        "AMONG THE PRIESTS MURDERED WAS FATHER IGNACIO LEZAMA.",
        "HUIZINGA, A DUTCH REPORTER FROM A TELEVISION CHANNEL, WAS KILLED TODAY.",
        "THE MURDER OF A YOUNG MECHANICS STUDENT WAS PROTESTED.",
        "WE MUST REPUDIATE THE MURDER OF A MEMBER OF THE GUARD.",
    ],
)
def test_a_title_or_a_given_name_begins_a_name(extractor: Extractor, text: str) -> None:
    assert counts_of(extractor, text) == [(1, 1)]


def test_a_family_name_is_known_again_in_its_story(extractor: Extractor) -> None:
    text = "MARTA QUISPELAYA SPOKE ON MONDAY.\n\n   QUISPELAYA WAS KILLED ON TUESDAY."
    assert counts_of(extractor, text) == [(1, 1)]
    assert counts_of(extractor, "THE TABLET WAS OLD.  QUISPELAYAS FELL.") == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("FIVE PASTORS (FOUR CANADIANS AND A DANE) AND TWO WOMEN WERE KILLED.", [(5, 5), (2, 2)]),
        ("THE FUNERAL OF SIX NUNS, FIVE OF THEM SWISS, WHO WERE KILLED ON MONDAY.", [(6, 6), (5, 5)]),
        ("THE MURDER OF UNION LEADERS HECTOR ALVARADO AND GILDA SOLIS WAS CONDEMNED.", [(2, 2)]),
        ("THE MASTERMINDS OF THE FIVE NUNS' MURDER ARE FREE.", [(5, 5)]),
        ("13 BODIES WERE FOUND: EIGHT REBELS, FOUR SOLDIERS, AND A NURSE.", [(13, 13), (8, 8), (4, 4), (1, 1)]),
        ('AT LEAST 16 MEMBERS OF THE "NIGHT PATROL" DIED.', [(16, None)]),
        ("Three men of the \u201cNight Guard\u201d were killed.", [(3, 3)]),
        ("\u201cThree gunmen\u201d were killed.", [(3, 3)]),
        ("SOLDIERS KILLED THE NUNS AND TWO COOKS.", [(2, 2)]),
        ("SOLDIERS SAW THE NUNS AND TWO COOKS.", []),
        ("THE GENERAL ELECTIONS WERE HELD AFTER THE MURDER TRIAL.", []),
        ("A COUNCIL, A GIFT OF THE KING, WAS KILLED OFF.", []),
    ],
)
def test_who_is_counted_in_capitals(
    extractor: Extractor, text: str, counts: list[tuple[int | None, int | None]]
) -> None:
    assert counts_of(extractor, text) == counts


def test_a_participle_stands_between_the_harmed_and_the_verb(extractor: Extractor) -> None:
    assert counts_of(extractor, "A soldier guarding the substation was wounded.", "injuries") == [(1, 1)]
    assert counts_of(extractor, "The hearing was closed; a prisoner hearing was wounded.", "injuries") == []


def test_may_beside_a_number_is_a_month(extractor: Extractor) -> None:
    assert counts_of(extractor, "A bomb on 12 May killed nine people.") == [(9, 9)]
    assert counts_of(extractor, "A bomb may kill nine people.") == []


def test_the_short_year_of_a_dateline_counts_nobody(extractor: Extractor) -> None:
    text = "QUITO, 19 MAR 89 (AFP) -- [EXCERPT] A MAN FROM ZORRILLO WAS KILLED TODAY."
    assert counts_of(extractor, text) == [(1, 1)]


def test_a_title_that_ends_a_text_in_capitals_begins_no_name(extractor: Extractor) -> None:
    assert (9, 9) in counts_of(extractor, "BANDITS KILLED NINE PEOPLE AND A DR")
    assert counts_of(extractor, "NINE PEOPLE WERE KILLED BY A GENERAL") == [(9, 9)]


def test_a_headline_in_capitals_may_end_on_its_victim(extractor: Extractor) -> None:
    assert counts_of(extractor, "GUNMEN IN LIMA HAVE KILLED AN OFFICER") == [(1, 1)]
