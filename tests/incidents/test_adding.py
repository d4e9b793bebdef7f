"""What adds up between the sentences of a text, and what only says the same again."""

from dataclasses import replace

import pytest

from tracker.claims import Count, Measure, Status
from tracker.incidents.groups import group_events
from tracker.incidents.statements import state


@pytest.fixture(name="say")
def _say(tell):
    def say(at, count, victims=None, words="xxx", **given):
        """A claim at `at` of the text, in a sentence of 100 characters; `words` are those of the count."""
        sentence = at // 100 * 100
        place = {"start": at, "quote_start": sentence, "quote_end": sentence + 100}
        told = tell("a", count, victims=victims, **(place | given))
        return replace(told, claim=replace(told.claim, count_text=words, end=at + len(words)))

    return say


def total(*readings, measure=Measure.DEATHS, status=Status.STATED):
    (group,) = group_events(readings)
    (count,) = [s.count for s in state(group) if (s.measure, s.status, s.is_part) == (measure, status, False)]
    return count


@pytest.mark.parametrize(
    ("victims", "words"), [("others", "two"), ("men", "another two"), ("men", "two more"), ("other men", "two")]
)
def test_a_count_of_others_comes_on_top(say, victims, words):
    assert total(say(0, "6", "villagers"), say(100, "2", victims, words)) == Count(8, 8)


def test_more_than_is_a_bound_and_adds_nothing(say):
    assert total(say(0, "31", "villagers"), say(100, "30+", "people", "more than 30")) == Count(31, 31)


def test_others_than_those_of_another_measure_in_the_same_sentence_add_nothing(say):
    hurt = {"measure": Measure.INJURIES}
    readings = (say(0, "42", **hurt), say(100, "2", "policemen"), say(130, "4", "others", **hurt))
    assert total(*readings, measure=Measure.INJURIES) == Count(42, 42)


def test_a_total_told_later_covers_what_was_added(say):
    assert total(say(0, "7"), say(100, "5", "others"), say(200, "12")) == Count(12, 12)


def test_a_smaller_detail_is_not_what_others_come_on_top_of(say):
    assert total(say(0, "12", "villagers"), say(100, "1", None, "One"), say(200, "2", "others")) == Count(14, 14)


def test_also_adds_victims_of_its_own_only(say):
    also = {"quote": "It was also said of those in the square."}
    assert total(say(0, "6", "soldiers"), say(100, "1", "driver", **also)) == Count(7, 7)
    assert total(say(0, "6", "soldiers"), say(100, "6", "soldiers", **also)) == Count(6, 6)
    assert total(say(0, "6", "soldiers"), say(100, "12", "people", **also)) == Count(12, 12)


def test_another_name_is_another_person_and_the_same_name_is_not(say):
    assert total(say(0, "1", "Ada Obi"), say(100, "1", "Musa Bello")) == Count(2, 2)
    assert total(say(0, "1", "Ada Obi"), say(100, "1", "Dr Obi")) == Count(1, 1)


def test_attackers_come_on_top_of_others(say):
    assert total(say(0, "5", "villagers"), say(100, "1", "attacker")) == Count(6, 6)
    assert total(say(0, "2", "policemen"), say(30, "3", "suicide bombers"), say(100, "2", "bombers")) == Count(5, 5)


def test_who_dies_by_his_own_hand_comes_on_top(say):
    suicide = {"quote": "He shot himself when the police came in."}
    assert total(say(0, "5"), say(100, "1", None, "He", **suicide)) == Count(6, 6)
    assert total(say(0, "1", "Ada Obi"), say(100, "1", None, "She")) == Count(1, 1)


def test_a_later_total_of_people_covers_the_attackers(say):
    assert total(say(0, "3", "militants"), say(100, "5", "people")) == Count(5, 5)
    assert total(say(0, "3", "militants"), say(100, "2", "people")) == Count(5, 5)
    assert total(say(0, "5", "people"), say(100, "3", "militants")) == Count(8, 8)


def test_what_comes_on_top_without_a_source_belongs_to_the_source_before(say):
    assert total(say(0, "6", "villagers", source="police"), say(100, "2", "others")) == Count(8, 8)
    assert total(say(0, "6", "villagers"), say(100, "2", "others", source="neighbours")) == Count(8, 8)
    (group,) = group_events([say(0, "6", "men", source="police"), say(100, "2", "others", source="the army")])
    assert sorted(s.count.minimum for s in state(group)) == [2, 6]


def test_the_detail_of_another_source_is_a_part_of_the_people_counted(say):
    women, children = say(100, "13", "women", source="an inspector"), say(130, "5", "children", source="an inspector")
    (group,) = group_events([say(0, "21+", "people", source="coast guard"), women, children])
    assert {(s.source, s.count.minimum, s.is_part) for s in state(group)} == {
        ("coast guard", 21, False),
        ("an inspector", 18, True),
    }
    (group,) = group_events([say(0, "21", "soldiers", source="rebels"), say(100, "3", "policemen", source="army")])
    assert not any(s.is_part for s in state(group))


def test_the_feared_come_on_top_of_the_dead_of_their_sentence(say):
    feared = {"status": Status.POSSIBLE, "source": "the operator"}
    dead = say(0, "2", "miners", source="the operator")
    assert total(dead, say(50, "10", **feared), status=Status.POSSIBLE) == Count(12, 12)
    assert total(dead, say(100, "10", **feared), status=Status.POSSIBLE) == Count(10, 10)


def test_nobody_is_a_part_of_one_person(say):
    member, companion = say(0, "1", "member"), say(30, "1", "companions", "one", part_of=0)
    assert total(member, companion) == Count(2, 2)


def test_none_of_some_group_is_no_zero_of_the_event(say):
    hurt, tourists = say(0, "22", "others"), say(100, "0", "Swiss tourists", source="the consul")
    (group,) = group_events([hurt, tourists])
    assert {(s.count.minimum, s.is_part) for s in state(group)} == {(22, False), (0, True)}
    (group,) = group_events([hurt, say(100, "0", source="the army")])
    assert not any(s.is_part for s in state(group))


def test_somebody_of_whom_another_source_says_also_is_no_total(say):
    woman = say(100, "1", "young woman", source="the commissioner", quote="A young woman was also killed, he said.")
    (group,) = group_events([say(0, "12", source="police"), woman])
    assert {(s.count.minimum, s.is_part) for s in state(group)} == {(12, False), (1, True)}
