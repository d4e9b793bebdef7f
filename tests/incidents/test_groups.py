"""Within a text: what the extractor gave one event stays together, and parts stand with their wholes."""

from datetime import date

from tracker.claims import Cause, Measure, Scope
from tracker.incidents.groups import claim_id_of, group_events


def test_claims_of_one_story_and_event_are_one_group(tell):
    groups = group_events(
        [
            tell("a", "8"),
            tell("a", "3", start=50, measure=Measure.INJURIES),
            tell("a", "2", start=90, event=1),
            tell("a", "2", start=120, story=1),
        ]
    )
    assert [(group.key, len(group.readings)) for group in groups] == [
        (("a", 0, 0, False, 0), 2),
        (("a", 0, 1, False, 0), 1),
        (("a", 1, 0, False, 0), 1),
    ]


def test_cumulative_claims_form_no_group(tell):
    assert group_events([tell("a", "56500", scope=Scope.CUMULATIVE)]) == []


def test_a_text_under_two_outlets_is_read_once(tell):
    (group,) = group_events([tell("a", "8"), tell("b", "8", sha="a", outlet="B", day=6)])
    assert len(group.readings) == 1
    assert group.published == date(2025, 5, 5)
    assert group.outlets == ("outlet of a",)
    assert group.all_outlets == ("B", "outlet of a")
    assert group.document_ids == ("a", "b")


def test_a_part_of_a_breakdown_by_place_stands_with_its_whole(tell):
    (group,) = group_events(
        [tell("a", "15"), tell("a", "8", start=50, part_of=0, event=1), tell("a", "3", start=90, part_of=50, event=2)]
    )
    assert group.key == ("a", 0, 0, False, 0)
    assert len(group.parts) == 2


def test_what_is_included_in_another_measure_or_in_a_running_total_is_no_part(tell):
    kidnapped = tell("a", "9", measure=Measure.ABDUCTED)
    found_dead = tell("a", "2", start=50, part_of=0)
    assert [group.parts for group in group_events([kidnapped, found_dead])] == [frozenset()]
    total = tell("b", "56500", scope=Scope.CUMULATIVE)
    day = tell("b", "60", start=50, part_of=0)
    assert [group.parts for group in group_events([total, day])] == [frozenset()]


def test_a_part_whose_whole_is_missing_stays_a_part(tell):
    lost = tell("a", "2", start=50, part_of=0)
    assert [group.parts for group in group_events([lost])] == [frozenset({claim_id_of(lost)})]


def test_a_circle_of_parts_ends(tell):
    groups = group_events([tell("a", "2", part_of=50), tell("a", "2", start=50, part_of=0)])
    assert sum(len(group.readings) for group in groups) == 2


def test_an_undated_event_happened_in_the_days_before_publication(tell):
    (group,) = group_events([tell("a", "8", happened=None, day=9)])
    assert group.dates is None
    assert group.window == (date(2025, 5, 6), date(2025, 5, 9))


def test_without_any_date_there_is_no_window(tell):
    (group,) = group_events([tell("a", "8", happened=None, day=None)])
    assert group.window is None


def test_deaths_of_hunger_are_an_event_apart_and_give_no_cause_to_others(tell):
    day, hunger = group_events(
        [
            tell("a", "31", cause=Cause.MALNUTRITION),
            tell("a", "2", start=50, measure=Measure.MALNUTRITION_DEATHS, cause=Cause.MALNUTRITION),
        ]
    )
    assert (list(day.counts), day.cause) == ([Measure.DEATHS], None)
    assert (list(hunger.counts), hunger.cause) == ([Measure.MALNUTRITION_DEATHS], Cause.MALNUTRITION)
