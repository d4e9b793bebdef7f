"""What harmed people: means beat settings, near beats far, and a mishap takes its cause from the vehicle beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.claims import Cause, Measure
from tracker.extract.causes import CauseFinder, CauseMention, spell_endings
from tracker.extract.text.sentences import Sentence
from tracker.rulebook import load_rulebook

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def finder() -> CauseFinder:
    return CauseFinder(load_rulebook(RULES))


def sentence(text: str) -> Sentence:
    return Sentence(text, 0, len(text), 0)


def cause_at(finder: CauseFinder, text: str, harmed: str, measure: Measure | None = None) -> Cause | None:
    read = sentence(text)
    words = harmed.split(" ")
    texts = [token.text for token in read.tokens]
    first = next(at for at in range(len(texts)) if texts[at : at + len(words)] == words)
    mention = finder.cause_of_harm(finder.find(read), (first, first + len(words)), measure)
    return mention.cause if mention else None


def cause_in_story(
    finder: CauseFinder, mentions: list[list[CauseMention]], number: int, harm: tuple[int, int], measure: Measure
) -> Cause | None:
    found = finder.cause_in_story(mentions, number, harm, measure)
    return found.cause if found else None


@pytest.mark.parametrize(
    ("text", "harmed", "cause"),
    [
        ("Five men were shot dead outside a bar.", "Five", Cause.SHOOTING),
        ("Two teachers were stabbed in the yard.", "Two", Cause.ATTACK),
        ("Militants kill at least 68 people in the hills.", "68", Cause.ATTACK),
        ("Insurgents storm a prison and kill four guards.", "four", Cause.ATTACK),
        ("Two people were killed in protests after the vote.", "Two", Cause.UNREST),
        ("The death of a waiter in Lyon sparked riots.", "a waiter", None),
        ("Crowds marched in protest over the death of a waiter.", "the death", None),
        ("A drone strike on a lorry depot killed six.", "six", Cause.AIRSTRIKE),
        ("Mortar rounds fell on the market and killed 11.", "11", Cause.SHELLING),
        ("A car bomb killed four at the gate.", "four", Cause.EXPLOSION),
        ("Guards tortured two prisoners to death.", "two", Cause.TORTURE),
        ("Nine were hurt as riot broke out.", "Nine", Cause.UNREST),
        ("Seven died when a minibus plunged off the pass.", "Seven", Cause.TRAFFIC_ACCIDENT),
        ("Seven died when a helicopter plunged into the bay.", "Seven", Cause.AIR_CRASH),
        ("Seven died when a ferry overturned in the bay.", "Seven", Cause.SHIPWRECK),
        ("Three died when a tram jumped the rails.", "Three", Cause.TRAFFIC_ACCIDENT),
        ("Twenty migrants drowned when their dinghy filled with water.", "Twenty", Cause.SHIPWRECK),
        ("Two boys drowned in the canal.", "Two", Cause.OTHER),
        ("A blaze at a hostel killed 30.", "30", Cause.FIRE),
        ("The quake killed 90.", "90", Cause.EARTHQUAKE),
        ("The river burst its banks and killed 12.", "12", Cause.FLOOD),
        ("Lightning killed 8 pickers.", "8", Cause.STORM),
        ("A tornado killed 8.", "8", Cause.STORM),
        ("An avalanche buried four skiers.", "four", Cause.LANDSLIDE),
        ("Forty died of hypothermia.", "Forty", Cause.HEAT_COLD),
        ("A heart attack killed the singer.", "singer", Cause.DISEASE),
        ("Cholera has killed 120.", "120", Cause.DISEASE),
        ("Sixteen children starved.", "Sixteen", Cause.MALNUTRITION),
        ("A mine collapse killed ten.", "ten", Cause.INDUSTRIAL_ACCIDENT),
        ("Ten pilgrims were trampled to death.", "Ten", Cause.STAMPEDE),
        ("A balcony collapsed on six guests.", "six", Cause.OTHER),
        ("The volcano erupted and killed two.", "two", Cause.OTHER),
        ("Two men were killed by rebels.", "Two", Cause.ATTACK),
        ("Rebels killed two herders.", "two", Cause.ATTACK),
        ("Three gunmen died.", "Three", None),
        ("Four soldiers killed in May were buried.", "Four", None),
        ("The air force rescued ten.", "ten", None),
    ],
)
def test_each_cause_by_its_words(finder: CauseFinder, text: str, harmed: str, cause: Cause | None) -> None:
    assert cause_at(finder, text, harmed) is cause


def test_every_phrase_of_the_table_is_found_as_what_it_says(finder: CauseFinder) -> None:
    table = load_rulebook(RULES).table("causes")
    for cause in Cause:
        for name, phrases in table[cause].items():
            for form in (form for phrase in phrases for form in spell_endings(phrase)):
                found = [(mention.cause, mention.rule_id) for mention in finder.find(sentence(f"x {form} x"))]
                assert found == [(cause, f"cause.{cause}.{name}")], form


def test_direct_means_beat_the_setting(finder: CauseFinder) -> None:
    assert cause_at(finder, "Police shot two suspects during a raid on a flat.", "two") is Cause.SHOOTING
    assert cause_at(finder, "Police killed two suspects during a raid on a flat.", "two") is Cause.POLICE_OPERATION


def test_in_a_chain_what_harmed_directly_decides(finder: CauseFinder) -> None:
    assert cause_at(finder, "A gas lorry overturned and blew up, killing 23.", "23") is Cause.EXPLOSION
    assert cause_at(finder, "A bus collided with a van and caught fire, killing 40.", "40") is Cause.TRAFFIC_ACCIDENT


def test_of_two_events_the_nearer_one_counts(finder: CauseFinder) -> None:
    text = "The avalanche that killed seven skiers on Friday came a week after a bus crash in which four pupils died."
    assert cause_at(finder, text, "seven") is Cause.LANDSLIDE
    assert cause_at(finder, text, "four") is Cause.TRAFFIC_ACCIDENT


def test_the_counted_people_are_not_their_own_cause(finder: CauseFinder) -> None:
    assert cause_at(finder, "Ten protesters died.", "Ten") is None
    assert cause_at(finder, "Ten passers-by died during protests.", "Ten") is Cause.UNREST


def test_an_arrest_says_why_people_are_held_and_nothing_else(finder: CauseFinder) -> None:
    text = "Police arrested three men over the bombing that killed nine."
    assert cause_at(finder, text, "three", Measure.DETAINED) is Cause.POLICE_OPERATION
    assert cause_at(finder, text, "nine", Measure.DEATHS) is Cause.EXPLOSION


def test_the_measure_can_settle_the_cause(finder: CauseFinder) -> None:
    mentions = [finder.find(sentence("Clinics treated 300 children after the floods."))]
    assert cause_in_story(finder, mentions, 0, (2, 3), Measure.MALNUTRITION_CASES) is Cause.MALNUTRITION
    assert cause_in_story(finder, mentions, 0, (2, 3), Measure.INJURIES) is Cause.FLOOD


def test_a_sentence_without_a_cause_takes_that_of_the_sentence_before(finder: CauseFinder) -> None:
    texts = ["A tram left the rails on the hill.", "Six riders were hurt.", "The dispatcher is in prison."]
    mentions = [finder.find(sentence(text)) for text in texts]
    assert cause_in_story(finder, mentions, 1, (0, 1), Measure.DEATHS) is Cause.TRAFFIC_ACCIDENT
    assert cause_in_story(finder, mentions, 2, (0, 2), Measure.DETAINED) is None


def test_a_loose_word_gives_way_to_the_event_next_to_it(finder: CauseFinder) -> None:
    mentions = [finder.find(sentence(text)) for text in ("A bomb tore through the bazaar.", "The attack killed 12.")]
    assert cause_in_story(finder, mentions, 1, (3, 4), Measure.DEATHS) is Cause.EXPLOSION


def test_endings_are_spelt_out() -> None:
    assert spell_endings("air strike/s") == ["air strike", "air strikes", "air-strike", "air-strikes"]
    assert spell_endings("collide/s/d") == ["collide", "collides", "collided"]
