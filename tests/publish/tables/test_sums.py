"""What may be added is added with its bounds; what may count people twice is refused, with what to add instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from tracker.claims import Count, Measure, Status
from tracker.errors import UsageError
from tracker.incidents import Figure, Incident, Statement
from tracker.publish.tables.dictionary import Kind
from tracker.publish.tables.sums import SUM_COLUMNS, Sum, add_up, require_addable

MARCH = date(2025, 3, 10)


def figure(low, best, high, *origins, status=Status.STATED):
    told = Statement(
        measure=Measure.DEATHS, count=Count(low, high) if low is not None or high is not None else Count(0, None),
        status=status, claim_ids=("c",), source=None, outlet=None, published=None, text_sha256="", current=True,
    )  # fmt: skip
    return Figure(
        low=low, best=best, high=high, claim_ids=("c",), recommended=None, origins=origins or ("A",), statements=(told,)
    )


def incident(name, deaths, start=MARCH, end=None, country="SDN", **given):
    values = {
        "incident_id": name, "figures": {Measure.DEATHS: deaths} if isinstance(deaths, Figure) else deaths,
        "place": None, "country": country, "admin1": None, "latitude": None, "longitude": None, "place_precision": None,
        "date_start": start, "date_end": end or start, "date_basis": "event", "cause": None, "origins": (),
        "sources": (), "outlets": (), "claim_ids": (), "document_ids": (), "first_reported": None,
        "last_reported": None,
    }  # fmt: skip
    return Incident(**(values | given))


def sums(*incidents, **given):
    return {one.measure: one for one in add_up(incidents, **given)}


def test_bounds_add_up_and_an_origin_counts_once():
    found = sums(incident("a", figure(3, 4, 5, "A", "B")), incident("b", figure(1, 1, 1, "A")))
    assert found == {
        Measure.DEATHS: Sum(
            measure=Measure.DEATHS, low=4, best=5, high=6, incidents=2, origins=2, without_best=0, open=0, denied=0,
            left_out=0,
        )
    }  # fmt: skip
    assert set(SUM_COLUMNS) == set(Sum.__dataclass_fields__)


def test_one_open_bound_opens_the_sum_and_says_so():
    found = sums(incident("a", figure(3, None, None)), incident("b", figure(1, 1, 1)))[Measure.DEATHS]
    assert (found.low, found.best, found.high, found.without_best, found.open) == (4, None, None, 1, 1)


def test_what_is_only_feared_widens_the_upper_bound_alone():
    found = sums(incident("a", figure(None, None, 9, status=Status.POSSIBLE)), incident("b", figure(1, 1, 1)))
    assert (found[Measure.DEATHS].low, found[Measure.DEATHS].best, found[Measure.DEATHS].high) == (1, None, 10)


def test_what_is_denied_is_in_the_upper_bound_alone():
    found = sums(incident("a", figure(9, 9, 9, status=Status.DISPUTED)), incident("b", figure(1, 1, 1)))
    assert (found[Measure.DEATHS].low, found[Measure.DEATHS].best, found[Measure.DEATHS].high) == (1, 1, 10)
    assert found[Measure.DEATHS].denied == 1


def test_each_measure_has_its_own_line():
    both = incident("a", {Measure.DEATHS: figure(3, 3, 3), Measure.INJURIES: figure(7, 7, 7)})
    assert [(one.measure, one.best) for one in add_up([both])] == [(Measure.DEATHS, 3), (Measure.INJURIES, 7)]


def test_a_window_is_not_added_to_events_of_its_days():
    window = incident("week", figure(40, 40, 40), date(2025, 3, 6), date(2025, 3, 12))
    event = incident("event", figure(3, 3, 3))
    with pytest.raises(UsageError) as refusal:
        add_up([window, event])
    assert str(refusal.value) == (
        "these deaths are not added, since incident week sums up 2025-03-06 to 2025-03-12 and may hold the people of "
        "another incident of these days; add --countable to leave such figures out as the report does, or choose days "
        "or places without them."
    )
    found = sums(window, event, countable=True)[Measure.DEATHS]
    assert (found.best, found.incidents, found.left_out) == (3, 1, 1)


@pytest.mark.parametrize("other", [{"start": date(2025, 3, 20)}, {"country": "SSD"}])
def test_a_window_may_stand_with_what_it_cannot_hold(other):
    window = incident("week", figure(40, 40, 40), date(2025, 3, 6), date(2025, 3, 12))
    assert sums(window, incident("event", figure(3, 3, 3), **other))[Measure.DEATHS].best == 43


def test_of_two_places_unknown_nothing_says_that_they_differ():
    window = incident("week", figure(40, 40, 40), date(2025, 3, 6), date(2025, 3, 12), country=None)
    with pytest.raises(UsageError, match="may hold the people of another incident"):
        add_up([window, incident("event", figure(3, 3, 3))])


def test_a_bulletin_is_not_added_to_what_it_covers():
    bulletin = incident("bulletin", figure(40, 40, 40), MARCH, date(2025, 3, 11))
    covered = incident("event", figure(3, 3, 3), covered={Measure.DEATHS: "bulletin"})
    with pytest.raises(
        UsageError, match="since the bulletin bulletin may hold the people of incident event; add --count"
    ):
        add_up([bulletin, covered])
    assert sums(bulletin, covered, countable=True)[Measure.DEATHS].best == 40
    assert sums(covered)[Measure.DEATHS].best == 3, "where the bulletin was not chosen, nothing is counted twice"


def test_doubtful_figures_are_in_no_sum_and_undated_ones_are_said_to_be_left_out():
    doubtful = incident("a", {}, doubtful={Measure.DEATHS: figure(9, 9, 9)})
    undated = replace(incident("b", figure(2, 2, 2)), date_start=None, date_end=None)
    found = sums(doubtful, undated, incident("c", figure(1, 1, 1)))[Measure.DEATHS]
    assert (found.best, found.left_out) == (1, 1)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.INCIDENTS, Kind.SERIES)])
def test_tables_whose_rows_overlap_or_count_nobody_are_refused(kind):
    with pytest.raises(UsageError) as refusal:
        require_addable(kind, ())
    assert str(refusal.value).endswith("add incidents instead: tracker export incidents --measure deaths --sum.")


@pytest.mark.parametrize(("first", "second"), list(combinations(Measure, 2)))
def test_no_two_measures_are_added(first, second):
    with pytest.raises(UsageError, match=f"^{first} and {second} are not added, since .*; give one --measure, or none"):
        require_addable(Kind.INCIDENTS, {first, second})


@pytest.mark.parametrize(
    ("measures", "why"),
    [
        ({Measure.DEATHS, Measure.MALNUTRITION_DEATHS}, "a count of all deaths may hold them"),
        (
            {Measure.DEATHS, Measure.CASUALTIES},
            "casualties are dead and injured in one figure, and may hold these deaths",
        ),
        ({Measure.INJURIES, Measure.CASUALTIES}, "and may hold these injured"),
    ],
)
def test_the_reason_is_that_of_the_pair(measures, why):
    with pytest.raises(UsageError, match=why):
        require_addable(Kind.SERIES, measures)


def test_one_measure_may_be_added():
    require_addable(Kind.INCIDENTS, {Measure.DEATHS})
    require_addable(Kind.SERIES, ())
