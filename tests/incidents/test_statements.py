"""Within a text: repeats do not add, coordinated groups do, the larger total covers, parts stand aside."""

import pytest

from tracker.claims import Count, Measure, Status
from tracker.incidents.groups import group_events
from tracker.incidents.statements import state

SENTENCE = {"quote": "One sentence.", "quote_start": 0, "quote_end": 80}


def counts(*readings):
    (group,) = group_events(readings)
    return [statement.count for statement in state(group)]


def test_two_soldiers_and_a_policeman_are_three(tell):
    soldiers = tell("a", "2", victims="soldiers", **SENTENCE)
    policeman = tell("a", "1", victims="policeman", start=20, **SENTENCE)
    assert counts(soldiers, policeman) == [Count(3, 3)]


def test_equal_numbers_of_different_victims_in_one_sentence_add_up(tell):
    assert counts(
        tell("a", "2", victims="Hungarians", **SENTENCE), tell("a", "2", victims="Germans", start=20, **SENTENCE)
    ) == [Count(4, 4)]


@pytest.mark.parametrize("victims", ["people", "People", None])
def test_the_same_number_again_in_one_sentence_is_a_repeat(tell, victims):
    assert counts(
        tell("a", "8", victims="people", **SENTENCE), tell("a", "8", victims=victims, start=20, **SENTENCE)
    ) == [Count(8, 8)]


def test_sentences_do_not_add_up_the_larger_total_covers(tell):
    assert counts(tell("a", "2"), tell("a", "1", start=100), tell("a", "5", start=200)) == [Count(5, 5)]


def test_a_looser_wording_of_the_total_gives_way(tell):
    assert counts(tell("a", "8+"), tell("a", "8", start=100), tell("a", "2+", start=200)) == [Count(8, 8)]


def test_parts_are_not_added_to_their_whole(tell):
    assert counts(tell("a", "49", **SENTENCE), tell("a", "12", start=20, part_of=0, **SENTENCE)) == [Count(49, 49)]


def test_without_its_whole_a_part_is_only_a_lower_bound(tell):
    assert counts(tell("a", "12", part_of=700)) == [Count(12, None)]


def test_sources_and_statuses_speak_for_themselves(tell):
    (group,) = group_events(
        [
            tell("a", "8", source="police", **SENTENCE),
            tell("a", "5", source="army", start=20, **SENTENCE),
            tell("a", "20", status=Status.POSSIBLE, start=40, **SENTENCE),
        ]
    )
    assert [(s.source, s.status, s.count.minimum) for s in state(group)] == [
        (None, Status.POSSIBLE, 20),
        ("army", Status.STATED, 5),
        ("police", Status.STATED, 8),
    ]


def test_measures_never_mix(tell):
    (group,) = group_events([tell("a", "8"), tell("a", "3", start=50, measure=Measure.INJURIES)])
    assert {s.measure: s.count.minimum for s in state(group)} == {Measure.DEATHS: 8, Measure.INJURIES: 3}


def test_what_an_armed_group_alone_claims_of_a_harm_told_by_others_is_only_possible(tell):
    hurt = tell("a", "2", measure=Measure.INJURIES)
    boast = tell("a", "6", start=100, source="the rebels", source_id="any-armed-group", source_kind="armed_group")
    (group,) = group_events([hurt, boast])
    assert {s.measure: s.status for s in state(group)} == {
        Measure.INJURIES: Status.STATED,
        Measure.DEATHS: Status.POSSIBLE,
    }


def test_an_armed_groups_word_stands_where_nobody_else_gives_a_figure(tell):
    boast = tell("a", "6", source="the rebels", source_id="any-armed-group", source_kind="armed_group")
    (group,) = group_events([boast])
    assert [s.status for s in state(group)] == [Status.STATED]


def test_raiders_are_no_part_of_the_guards_they_killed(tell):
    guards = tell("a", "4", victims="guards")
    raiders = tell("a", "2", start=100, part_of=0, victims="raiders")
    assert counts(guards, raiders) == [Count(6, 6)]
