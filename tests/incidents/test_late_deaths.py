"""Who was hurt and then died is one of the dead, and one of the injured no more."""

import pytest

from tracker.claims import Count, Measure
from tracker.incidents.groups import group_events
from tracker.incidents.statements import state


def figures(*readings):
    (group,) = group_events(readings)
    return {statement.measure: statement.count for statement in state(group)}


def test_one_of_the_wounded_who_dies_leaves_the_wounded(tell):
    killed = tell("a", "3")
    wounded = tell("a", "5", start=50, measure=Measure.INJURIES)
    died = tell("a", "1", start=100, part_of=50, count_text="One", quote="One of the wounded died later.")
    assert figures(killed, wounded, died) == {Measure.DEATHS: Count(4, 4), Measure.INJURIES: Count(4, 4)}


@pytest.mark.parametrize("who", ["He", "The clerk", "Karim Odeh"])
def test_somebody_known_who_dies_of_wounds_is_taken_from_the_wounded(tell, who):
    wounded = tell("a", "1", measure=Measure.INJURIES, victims="clerk")
    died = tell(
        "a", "1", start=100, end=100 + len(who), count_text=who, quote=f"{who} succumbed to injuries on Friday."
    )
    assert figures(wounded, died) == {Measure.INJURIES: Count(0, 0), Measure.DEATHS: Count(1, 1)}


@pytest.mark.parametrize(
    ("who", "quote"),
    [
        ("A passer-by", "A passer-by died later in hospital."),  # nobody told of before
        ("He", "He was killed by the first shot."),  # no word of a wound before it
    ],
)
def test_another_death_leaves_the_wounded_as_they_are(tell, who, quote):
    wounded = tell("a", "2", measure=Measure.INJURIES)
    assert figures(wounded, tell("a", "1", start=100, end=100 + len(who), count_text=who, quote=quote))[
        Measure.INJURIES
    ] == Count(2, 2)


def test_two_of_the_dead_are_none_of_the_wounded(tell):
    wounded = tell("a", "7", measure=Measure.INJURIES)
    part = tell("a", "2", start=100, part_of=0, count_text="Two", quote="Two of the dead were children.")
    assert figures(wounded, part)[Measure.INJURIES] == Count(7, 7)
