"""Groups: who is counted together and who apart, in the codebook's terms, whatever finds them."""

from __future__ import annotations

import pytest

from tracker.claims import Claim
from tracker.documents import Document
from tracker.extract.extractor import Extractor


def claims_of(extractor: Extractor, text: str) -> list[Claim]:
    return extractor.extract(Document(document_id="group", text=text))


def counts_of(extractor: Extractor, text: str, measure: str = "deaths") -> list[tuple[str, int | None, int | None]]:
    return [(c.count_text, c.count_min, c.count_max) for c in claims_of(extractor, text) if c.measure == measure]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        # one group, one claim
        ("Four miners were killed.", [("Four", 4, 4)]),
        ("A nurse was killed.", [("A nurse", 1, 1)]),
        ("A 26-year-old waitress was killed.", [("A 26-year-old waitress", 1, 1)]),
        ("A family of five was killed.", [("A family of five", 5, 5)]),
        # what describes the harmed does not hide them
        ("A forty year old man was killed.", [("A forty year old man", 1, 1)]),
        ("A 19-year-old died.", [("A 19-year-old", 1, 1)]),
        ("Two suicide car bombers died.", [("Two", 2, 2)]),
        ("The head of the harbour council was killed.", [("The head", 1, 1)]),
        ("Two Harbour Defence Committee (HDC) members were killed.", [("Two", 2, 2)]),
        ("Karim al-Sabah was killed.", [("Karim al-Sabah", 1, 1)]),
        ("Three guards and one dog were killed.", [("Three", 3, 3)]),
        ("A woman selling fruit was killed.", [("A woman", 1, 1)]),
        (
            "Rebels killed Karim Odeh, the head of the council, and one of his guards.",
            [("Karim Odeh", 1, 1), ("one", 1, 1)],
        ),
        ("Three people were killed and one other was hurt.", [("Three", 3, 3)]),
        ("Civilians were killed in the raid.", [("Civilians", 2, None)]),
        ("Both pilots were killed.", [("Both", 2, 2)]),
        ("Both his parents were killed.", [("Both", 2, 2)]),
        ("A wall fell, killing both the rider and the horse.", [("the rider", 1, 1)]),
        ("Two of those victims died.", [("Two", 2, 2)]),
        ("Gunmen killed Idris Kano's brother.", [("Idris Kano's brother", 1, 1)]),
        ("Troops killed Yusuf al-Banna and two guards.", [("Yusuf al-Banna", 1, 1), ("two", 2, 2)]),
        ("The blast killed militia spokesman Choi Soon-sil.", [("militia spokesman Choi Soon-sil", 1, 1)]),
        ("The raid killed 12 Kenyans, and Ruto's decision was criticised.", [("12", 12, 12)]),
        ("A gunman killed six guests and then himself.", [("A gunman", 1, 1), ("six", 6, 6)]),
        ("Guards shot four men with one later dying.", [("one", 1, 1)]),
        ("Spokeswoman Ana Reyes said miner Tom Pike died.", [("miner Tom Pike", 1, 1)]),
        ("The clerk was wounded on Friday and died on Sunday.", [("The clerk", 1, 1)]),
        ("All 67 passengers were killed.", [("All 67", 67, 67)]),
        ("Another three boys were killed.", [("Another three", 3, 3)]),
        ("Several people were killed.", [("Several", 2, None)]),
        # a list of counted groups: each its own claim
        ("Gunmen killed two soldiers and a policeman.", [("two", 2, 2), ("a policeman", 1, 1)]),
        (
            "Two Hungarians, two Germans and an Austrian were killed.",
            [("Two", 2, 2), ("two", 2, 2), ("an Austrian", 1, 1)],
        ),
        ("The deputy governor and his driver were killed.", [("The deputy governor", 1, 1), ("his driver", 1, 1)]),
        # held together by kinship: one claim
        ("A couple and their two children were killed.", [("A couple and their two children", 4, 4)]),
        # bare names under one verb: one claim
        ("Omar and Sami Haddad were killed.", [("Omar and Sami Haddad", 2, 2)]),
        ("She confirmed that Timur and Oleg Baryshev were killed.", [("Timur and Oleg Baryshev", 2, 2)]),
        # no number, no size
        ("The victims were killed at dawn.", []),
        ("They were killed at dawn.", []),
        # things and animals
        ("Nine goats were killed.", []),
        ("Two bridges were destroyed and four lorries wrecked.", []),
    ],
)
def test_who_is_counted_together(
    extractor: Extractor, text: str, counts: list[tuple[str, int | None, int | None]]
) -> None:
    assert counts_of(extractor, text) == counts


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Four miners were killed.", "miners"),
        ("At least 49 Palestinians were killed.", "Palestinians"),
        ("Gunmen killed three elderly farmers.", "elderly farmers"),
        ("The blast caused 12 injuries.", None),
        ("The toll rose to 12 dead.", None),
    ],
)
def test_the_words_that_name_the_victims(extractor: Extractor, text: str, victims: str | None) -> None:
    (claim,) = claims_of(extractor, text)
    assert claim.victims == victims


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("Four men were killed and nine injured.", (4, 4), (9, 9)),
        ("At least two are killed and 35 injured.", (2, None), (35, 35)),
        ("A bomber killed six policemen and wounded eleven passers-by.", (6, 6), (11, 11)),
        ("The crash left five dead and 30 wounded.", (5, 5), (30, 30)),
        ("No one was killed but up to 20 were hurt.", (0, 0), (None, 20)),
    ],
)
def test_a_qualifier_belongs_to_the_number_beside_it(
    extractor: Extractor, text: str, dead: tuple[int | None, int | None], hurt: tuple[int | None, int | None]
) -> None:
    found = {claim.measure.value: (claim.count_min, claim.count_max) for claim in claims_of(extractor, text)}
    assert found == {"deaths": dead, "injuries": hurt}


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("There were no casualties.", ["casualties"]),
        ("No one was hurt.", ["injuries"]),
        ("There was no loss of life.", ["deaths"]),
        ("There were no injuries or deaths.", ["deaths", "injuries"]),
    ],
)
def test_a_stated_zero_is_a_figure(extractor: Extractor, text: str, measures: list[str]) -> None:
    claims = claims_of(extractor, text)
    assert sorted(claim.measure.value for claim in claims) == measures
    assert {(claim.count_min, claim.count_max) for claim in claims} == {(0, 0)}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("At least 49 people were killed, including twelve children.", "twelve"),
        ("Nine guards were killed, of whom four were recruits.", "four"),
        ("Nine guards were killed, two of them on the stairs.", "two"),
        ("Thirty people were killed; among the dead were three nurses.", "three"),
        ("Thirty people were killed. Among the dead were three nurses.", "three"),
        ("Of the 45 wounded, six are in intensive care.", "six"),
    ],
)
def test_a_part_points_to_its_whole(extractor: Extractor, text: str, part: str) -> None:
    whole, claim = claims_of(extractor, text)
    assert claim.count_text == part
    assert claim.part_of == whole.start
    assert whole.part_of is None


def test_a_superseded_figure_is_none(extractor: Extractor) -> None:
    assert [count[1:] for count in counts_of(extractor, "The death toll rose from 12 to 15.")] == [(15, 15)]


def test_a_repeat_is_a_claim_of_its_own(extractor: Extractor) -> None:
    text = "Four miners were killed on Monday. The pit was shut after the four miners were killed."
    claims = claims_of(extractor, text)
    assert [(claim.count_min, claim.part_of) for claim in claims] == [(4, None), (4, None)]
    assert len({claim.claim_id for claim in claims}) == 2


def test_a_part_and_its_whole_are_both_counted(extractor: Extractor) -> None:
    claims = claims_of(extractor, "Three of the nine soldiers killed were officers.")
    assert [(claim.count_text, claim.count_min) for claim in claims] == [("Three", 3), ("the nine", 9)]
    assert [claim.part_of for claim in claims] == [claims[1].start, None]


def test_survivors_are_no_part_of_the_dead(extractor: Extractor) -> None:
    claims = claims_of(extractor, "Nineteen girls burned to death. Six of the 29 survivors were flown out with burns.")
    assert [(claim.measure.value, claim.count_min, claim.part_of) for claim in claims] == [
        ("deaths", 19, None),
        ("injuries", 6, None),
    ]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Six died, two of them nurses.", ["nurses"]),
        ("Six died, one of them a pupil.", ["pupil"]),
        ("Six guards were hurt. Four of the injured were recruits.", ["guards", "recruits"]),
    ],
)
def test_a_part_is_named_by_the_noun_that_follows(extractor: Extractor, text: str, victims: list[str]) -> None:
    assert [claim.victims for claim in claims_of(extractor, text) if claim.victims] == victims


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("A shell left three residents dead (two women and a boy).", [None, 3, 3]),
        ("Nine members of a choir, three women and six men, were killed.", [None, 9, 9]),
        ("Two other men, a baker and his apprentice, were killed.", [None]),
        ("Floods have killed nine more people. The season's total now stands at 71.", [71, None]),
    ],
)
def test_parts_of_lists_and_increments(extractor: Extractor, text: str, wholes: list[int | None]) -> None:
    claims = claims_of(extractor, text)
    counts = {claim.start: claim.count_min for claim in claims}
    assert [counts.get(claim.part_of) if claim.part_of is not None else None for claim in claims] == wholes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The ministry reported 31 new cholera deaths.", 31),
        ("The state counted nine flood deaths.", 9),
        ("Two hospital deaths were reported.", 2),
    ],
)
def test_what_kills_may_stand_between_the_count_and_the_deaths(extractor: Extractor, text: str, count: int) -> None:
    assert [claim.count_min for claim in claims_of(extractor, text)] == [count]
