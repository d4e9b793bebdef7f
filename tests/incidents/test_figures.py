"""Low, best and high by the written rule, never an average."""

from itertools import permutations

import pytest

from tracker.claims import Measure, Status
from tracker.incidents import find_incidents
from tracker.incidents.figures import weigh


def figure(*readings, measure=Measure.DEATHS):
    answers = [find_incidents(order) for order in permutations(readings)]
    assert all(answer == answers[0] for answer in answers)
    (incident,) = answers[0]
    return incident.figures[measure]


def bounds(*readings, measure=Measure.DEATHS):
    found = figure(*readings, measure=measure)
    return (found.low, found.best, found.high)


@pytest.mark.parametrize(
    ("count", "expected"),
    [("8", (8, 8, 8)), ("8+", (8, 8, None)), ("-20", (None, None, 20)), ("5-8", (5, None, 8)), ("0", (0, 0, 0))],
)
def test_one_claim_gives_its_own_bounds(tell, count, expected):
    assert bounds(tell("a", count)) == expected


def test_vague_words_have_no_best_figure(tell):
    assert bounds(tell("a", "24+", flags=("vague",))) == (24, None, None)


def test_conflicting_origins_span_low_to_high_and_best_is_one_of_them(tell):
    assert bounds(tell("a", "8"), tell("b", "10"), tell("c", "8")) == (8, 8, 10)


def test_a_later_figure_of_the_same_source_supersedes_even_downwards(tell):
    first, second = tell("a", "12", source="police", day=5), tell("b", "9", source="Police", day=6)
    found = figure(first, second)
    assert (found.low, found.best, found.high) == (9, 9, 9)
    assert [(s.count.minimum, s.current) for s in found.statements] == [(12, False), (9, True)]


def test_the_most_recent_report_is_recommended(tell):
    assert bounds(tell("a", "8", day=5), tell("b", "11", day=7), tell("c", "8", day=6)) == (8, 11, 11)


def test_of_one_day_the_figure_in_which_most_origins_agree(tell):
    assert bounds(tell("a", "8"), tell("b", "8"), tell("c", "9")) == (8, 8, 9)


def test_of_one_day_exact_goes_before_bounded_and_then_the_higher(tell):
    assert bounds(tell("a", "8"), tell("b", "9+")) == (8, 8, None)
    assert bounds(tell("a", "8"), tell("b", "9")) == (8, 9, 9)


def test_a_later_looser_figure_takes_nothing_back(tell):
    assert bounds(tell("a", "8", day=5), tell("b", "5+", day=7)) == (5, 8, 8)
    assert bounds(tell("a", "8", day=5, source="x"), tell("b", "2+", day=7, source="x")) == (8, 8, 8)


def test_high_is_open_where_the_highest_figure_is(tell):
    assert bounds(tell("a", "8", day=5), tell("b", "12+", day=6)) == (8, 12, None)


def test_a_fear_widens_high_only(tell):
    fear = tell("b", "20", status=Status.POSSIBLE, day=6)
    assert bounds(tell("a", "8"), fear) == (8, 8, 20)
    assert bounds(fear) == (None, None, 20)


def test_a_fear_ends_with_a_later_figure_of_the_same_source(tell):
    fear = tell("a", "20", status=Status.POSSIBLE, source="mayor", day=5)
    assert bounds(fear, tell("b", "14", source="mayor", day=6)) == (14, 14, 14)


def test_a_disputed_figure_is_visible_but_never_best_beside_another(tell):
    denied = tell("b", "30", status=Status.DISPUTED, day=6)
    found = figure(tell("a", "8"), denied)
    assert (found.low, found.best, found.high) == (8, 8, 30)
    assert [s.status for s in found.statements] == [Status.STATED, Status.DISPUTED]
    assert bounds(denied) == (30, 30, 30)


def test_a_part_is_never_the_figure_where_a_whole_exists(tell):
    part = tell("b", "12", part_of=700, day=9)
    found = figure(tell("a", "9"), part)
    assert (found.low, found.best, found.high) == (9, 9, 9)
    assert len(found.claim_ids) == 2


def test_part_alone_is_a_lower_bound(tell):
    assert bounds(tell("a", "12", part_of=700)) == (12, None, None)


def test_zero_is_a_figure_and_silence_is_none(tell):
    assert bounds(tell("a", "0", measure=Measure.INJURIES), measure=Measure.INJURIES) == (0, 0, 0)
    (incident,) = find_incidents([tell("a", "0", measure=Measure.INJURIES)])
    assert Measure.DEATHS not in incident.figures


def test_the_recommended_claim_says_why(tell):
    found = figure(tell("a", "8", source="police"), tell("b", "8", outlet="B"))
    assert "2 independent origins agree" in found.reason
    assert found.recommended in found.claim_ids


def test_no_statement_is_no_figure():
    with pytest.raises(ValueError, match="at least one"):
        weigh([], [])


def test_an_office_goes_before_witnesses_and_parties_of_one_day(tell):
    families = tell("a", "20", source="families", source_kind="relative")
    service = tell("a", "6", source="the prison service", source_kind="government", start=50)
    assert bounds(families, service) == (6, 6, 20)
    group = tell("a", "12", source="the group", start=90)
    assert bounds(tell("a", "3"), group) == (3, 3, 12)
