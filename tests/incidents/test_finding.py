"""Incidents do not depend on the order of the readings nor on copies of them, and link by the strongest evidence."""

import time
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Cause, Measure, Status
from tracker.incidents import find_incidents


@st.composite
def many_readings(draw, tell):
    readings = []
    for number in range(draw(st.integers(1, 7))):
        text = f"t{number}"
        day = draw(st.integers(5, 9))
        outlet = draw(st.sampled_from("AB"))
        for at in range(draw(st.integers(1, 4))):
            least = draw(st.integers(0, 9))
            most = draw(st.sampled_from(["", "+", f"-{least + 3}"]))
            readings.append(
                tell(
                    text,
                    f"{least}{most}",
                    start=at * 50,
                    day=day,
                    outlet=outlet,
                    happened=draw(st.sampled_from([5, 6, (5, 6), None])),
                    places=draw(st.sampled_from([("Maiduguri",), ("Kano",), ()])),
                    cause=draw(st.sampled_from([Cause.SHOOTING, Cause.ATTACK, None])),
                    measure=draw(st.sampled_from([Measure.DEATHS, Measure.INJURIES, Measure.MALNUTRITION_DEATHS])),
                    victims=draw(st.sampled_from([None, "people", "others", "attackers", "women", "Ada Obi"])),
                    status=draw(st.sampled_from([Status.STATED, Status.STATED, Status.POSSIBLE, Status.DISPUTED])),
                    source=draw(st.sampled_from([None, "police", "the Borno police", "army", "residents"])),
                    event=draw(st.integers(0, 1)),
                    part_of=draw(st.sampled_from([None, None, 0])) if at else None,
                )
            )
    return readings


def test_order_does_not_matter(tell):
    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def check(data):
        readings = data.draw(many_readings(tell))
        assert find_incidents(data.draw(st.permutations(readings))) == find_incidents(readings)

    check()


def test_a_copy_under_another_outlet_changes_no_figure_and_no_origin(tell):
    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def check(data):
        readings = data.draw(many_readings(tell))
        copied = data.draw(st.sampled_from(readings))
        copy = replace(
            copied, claim=replace(copied.claim, document_id="copy"), outlet="Z", published=date(2025, 5, 5 + 5)
        )
        before, after = find_incidents(readings), find_incidents([copy, *readings])
        assert [(i.incident_id, i.figures, i.origins) for i in after] == [
            (i.incident_id, i.figures, i.origins) for i in before
        ]

    check()


def test_every_claim_is_in_one_incident_and_bounds_are_in_order(tell):
    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def check(data):
        readings = data.draw(many_readings(tell))
        incidents = find_incidents(readings)
        held = [claim_id for incident in incidents for claim_id in incident.claim_ids]
        assert len(held) == len(set(held)) == len(readings)
        assert len({incident.incident_id for incident in incidents}) == len(incidents)
        for figure in (figure for incident in incidents for figure in incident.figures.values()):
            assert figure.recommended in figure.claim_ids
            known = [bound for bound in (figure.low, figure.best, figure.high) if bound is not None]
            assert known == sorted(known)

    check()


def test_a_copy_published_on_the_same_day_is_no_further_origin(tell):
    readings = [tell("a", "8", outlet="A"), tell("b", "9", outlet="A", day=6)]
    (before,) = find_incidents(readings)
    (after,) = find_incidents([*readings, tell("copy", "8", sha="a", outlet="0")])
    assert (after.figures[Measure.DEATHS].best, len(after.origins)) == (9, len(before.origins))


def test_a_part_never_raises_a_figure(tell):
    whole, part = tell("a", "9"), tell("a", "4", start=50, part_of=0)
    with_part, without = find_incidents([whole, part]), find_incidents([whole])
    assert with_part[0].figures[Measure.DEATHS].best == without[0].figures[Measure.DEATHS].best == 9


def test_the_id_stays_when_later_reports_join(tell):
    first = [tell("a", "8")]
    later = [*first, tell("0", "9", day=6), tell("b", "10", day=7)]
    assert [i.incident_id for i in find_incidents(later)] == [i.incident_id for i in find_incidents(first)]


def test_undated_reports_day_after_day_do_not_chain_into_one(tell):
    incidents = find_incidents([tell(f"t{day}", "3", happened=None, day=day) for day in range(1, 29)])
    assert len(incidents) > 4
    assert all((i.last_reported - i.first_reported).days <= 3 for i in incidents)


def test_a_text_without_cause_does_not_join_a_flood_to_a_shooting(tell):
    incidents = find_incidents([tell("a", "8"), tell("b", "8", cause=None), tell("c", "8", cause=Cause.FLOOD)])
    assert sorted(len(i.document_ids) for i in incidents) == [1, 2]


def test_an_incident_carries_its_finest_place_and_its_commonest_date(tell):
    town = {"place_precision": "town", "latitude": 11.85, "longitude": 13.16, "admin1": "Borno", "geonames_id": 1}
    province = {"place_precision": "admin1", "places": ("Borno",), "admin1": "Borno"}
    (incident,) = find_incidents([tell("a", "8", **town), tell("b", "8", **province), tell("c", "8", **town)])
    assert (incident.place, incident.admin1, incident.latitude, incident.place_precision) == (
        "Maiduguri",
        "Borno",
        11.85,
        "town",
    )
    assert (incident.date_start, incident.date_end, incident.date_basis) == (date(2025, 5, 5),) * 2 + ("event",)
    assert incident.outlets == ("outlet of a", "outlet of b", "outlet of c")
    assert len(incident.links) == 2


def test_an_undated_incident_is_dated_by_its_first_report(tell):
    (incident,) = find_incidents([tell("a", "8", happened=None, day=6), tell("b", "8", happened=None, day=7)])
    assert (incident.date_start, incident.date_basis) == (date(2025, 5, 6), "reported")


def test_no_readings_no_incidents():
    assert find_incidents([]) == []


def test_ten_thousand_claims_take_seconds(tell):
    readings = [
        tell(
            f"t{n // 2}",
            str(n % 9 + 1),
            start=n % 2 * 50,
            happened=None if n % 3 else date(2025, 1 + n % 12, 1 + n % 28),
            day=date(2025, 1 + n % 12, 1 + n % 28),
            places=(f"town {n % 40}",),
            event=n % 2,
        )
        for n in range(10_000)
    ]
    began = time.process_time()
    find_incidents(readings)
    assert time.process_time() - began < 15
