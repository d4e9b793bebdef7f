"""A jump of the register is no day's deaths: what a total's change is made of, and what is drawn from it."""

from datetime import date
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Measure, Scope
from tracker.incidents import find_incidents, find_tolls
from tracker.incidents.revisions import find_revisions
from tracker.incidents.series import series_rows

MINISTRY = {"source": "the ministry", "source_id": "moh", "country": "PSE", "places": ("Gaza Strip",), "cause": None}
BOTH = "A committee approved 112 cases, which the ministry added to its toll, now 1,257."


def total(tell, text, count, day, **given):
    return tell(text, count, day=day, scope=Scope.CUMULATIVE, **(MINISTRY | {"happened": (1, day)} | given))


def day(tell, text, count, on, since=None, **given):
    return tell(text, count, day=on, happened=(since or on - 1, on), **(MINISTRY | {"start": 40} | given))


def register(tell, committee="a committee", quote="Another sentence about it."):
    """1,100 on day 2; 30 dead, 1,130 on day 3; 15 dead and 112 approved, 1,257 on day 4; 19 dead, 1,242 on day 5."""
    by = {"source": committee, "source_id": None} if committee else {}
    return [
        total(tell, "a", "1100", 2),
        total(tell, "b", "1130", 3),
        day(tell, "b", "30", 3),
        total(tell, "c", "1257", 4, quote=BOTH),
        day(tell, "c", "15", 4),
        day(tell, "c", "112", 4, start=90, quote=quote, event=1, **by),
        total(tell, "d", "1242", 5),
        day(tell, "d", "19", 5),
    ]  # fmt: skip


def summary(points):
    return [(p.as_of.day, p.kind, p.change, p.reported, p.residual) for p in points]


EXPECTED = [
    (2, "first", None, None, None),
    (3, "rise", 30, 30, 0),
    (4, "addition", 127, 15, 112),
    (5, "correction", -15, 19, -34),
]


def test_the_change_is_the_day_s_figure_and_what_was_revised(tell):
    assert summary(find_tolls(register(tell))) == EXPECTED


def test_an_addition_that_the_claimant_tells_itself_stands_in_the_sentence_of_the_total(tell):
    assert summary(find_tolls(register(tell, committee=None, quote=BOTH))) == EXPECTED
    apart = find_tolls(register(tell, committee=None))
    assert [point.kind for point in apart] == ["first", "rise", "rise", "correction"]


def test_an_addition_is_in_no_incident_and_in_no_series(tell):
    for readings in (register(tell), list(reversed(register(tell)))):
        incidents = find_incidents(readings)
        assert [row.best for row in series_rows(incidents)] == [30, 15, 19]
        (doubted,) = [incident for incident in incidents if incident.doubtful]
        assert doubted.doubts == {Measure.DEATHS: ("added_to_total",)}
        assert doubted.doubtful[Measure.DEATHS].best == 112


def test_revisions_have_their_day_and_size(tell):
    revisions = find_revisions(find_tolls(register(tell)))
    assert [(r.day.day, r.kind, r.size, r.change, len(r.stated_by)) for r in revisions] == [
        (4, "addition", 112, 127, 1),
        (5, "correction", -34, -15, 0),
    ]


def test_figures_that_leave_a_gap_explain_nothing(tell):
    readings = [total(tell, "a", "100", 2), total(tell, "b", "140", 4), day(tell, "b", "15", 4)]
    assert summary(find_tolls(readings))[1:] == [(4, "rise", 40, None, None)]
    whole = [*readings, day(tell, "c", "25", 3)]
    assert summary(find_tolls(whole))[1:] == [(4, "rise", 40, 40, 0)]


def test_a_breakdown_of_the_day_is_no_addition(tell):
    readings = [
        total(tell, "a", "100", 2),
        total(tell, "b", "119", 3),
        day(tell, "b", "19", 3),
        tell("b", "18", start=60, day=3, happened=(2, 3), **MINISTRY),
        tell("b", "1", start=80, day=3, happened=(2, 3), **MINISTRY),
    ]
    assert summary(find_tolls(readings))[1:] == [(3, "rise", 19, 19, 0)]


def test_figures_of_others_and_of_single_days_of_other_measures_do_not_count(tell):
    readings = [
        total(tell, "a", "100", 2),
        total(tell, "b", "119", 3),
        day(tell, "c", "19", 3, source="the army", source_id="army"),
        day(tell, "d", "19", 3, measure=Measure.INJURIES),
    ]
    assert summary(find_tolls(readings))[1:] == [(3, "rise", 19, None, None)]


def part(tell, text, count, on, **given):
    return total(tell, text, count, on, start=60, part_of=0, victims="children", **given)


def test_a_part_that_stands_still_while_the_whole_moves_is_stale(tell):
    may, june, july = date(2025, 5, 2), date(2025, 6, 1), date(2025, 7, 20)
    readings = []
    for text, count, children, on in (("a", "100", "30", may), ("b", "150", "30", june), ("c", "200", None, july)):
        readings.append(total(tell, text, count, on, happened=(date(2025, 5, 1), on)))
        if children:
            readings.append(part(tell, text, children, on, happened=(date(2025, 5, 1), on)))
    children = [point for point in find_tolls(readings) if point.population]
    assert [(p.as_of, p.unmoved, p.is_stale(), p.is_stale(90)) for p in children] == [
        (may, None, False, False),
        (june, 79, True, False),
    ]
    assert all(point.unmoved is None for point in find_tolls(readings) if not point.population)


def test_a_part_whose_whole_stands_still_too_is_not_stale(tell):
    readings = [
        total(tell, "a", "100", 2),
        part(tell, "a", "30", 2),
        total(tell, "b", "100", 20),
        part(tell, "b", "30", 20),
    ]
    assert [point.unmoved for point in find_tolls(readings)] == [None] * 4


def test_the_order_makes_no_difference(tell):
    readings = register(tell)[:6]
    for order in permutations(readings):
        assert summary(find_tolls(order)) == EXPECTED[:3]


def test_changes_add_up_to_the_last_value(tell):
    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.tuples(st.integers(1, 28), st.integers(900, 1100)), min_size=1, unique_by=lambda pair: pair[0]))
    def check(values):
        points = find_tolls(total(tell, f"t{on}", str(count), on) for on, count in values)
        assert points[0].low + sum(point.change or 0 for point in points) == points[-1].low
        assert len({point.toll_id for point in points}) == 1

    check()
