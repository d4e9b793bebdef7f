"""UCDP rows: their arithmetic, what stands in low, best and high, and that nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.claims import Cause, Measure, PerpetratorStatus, Scope, Status
from tracker.publish.tables.conventions.ucdp import date_precision

DAY = date(2025, 3, 10)
STRIKE = {"cause": Cause.AIRSTRIKE, "places": ("Old Harrow",)}
PLACED = {
    "admin1": "North Basin",
    "latitude": 10.51,
    "longitude": 2.29,
    "place_precision": "vicinity",
}


def reasons(losses, effect=None):
    return {loss.reason for loss in losses if (effect is None or loss.effect == effect) and loss.about != "file"}


def three(row):
    assert row["deaths_a"] + row["deaths_b"] + row["deaths_civilians"] + row["deaths_unknown"] == row["best"]
    assert row["low"] <= row["best"] <= row["high"]
    return row["low"], row["best"], row["high"]


def test_a_row_says_what_the_text_says(state, tell):
    told = state(
        "Twelve civilians were killed in Old Harrow by the Lantern Brigade, the mayor said.",
        "Twelve",
        12,
        12,
        victims="civilians",
        source="the mayor",
        perpetrator_text="the Lantern Brigade",
        perpetrator_status=PerpetratorStatus.CLAIMED,
        **STRIKE,
        **PLACED,
    )
    [row], losses = tell("ucdp", told, name_country={"SDN": "Sudan"}.get)
    assert three(row) == (12, 12, 12)
    assert int(row["relid"], 16) == row["id"] < 2**53
    assert {name: row[name] for name in ("type_of_violence", "side_a", "side_b", "dyad_name", "deaths_civilians")} == {
        "type_of_violence": 3,
        "side_a": "the Lantern Brigade",
        "side_b": "Civilians",
        "dyad_name": "the Lantern Brigade - Civilians",
        "deaths_civilians": 12,
    }
    assert (row["country"], row["country_id"], row["region"]) == ("Sudan", 625, "Africa")
    assert (row["where_prec"], row["geom_wkt"], row["priogrid_gid"]) == (2, "POINT (2.29 10.51)", 145085)
    assert (row["date_prec"], row["date_start"], row["date_end"], row["year"]) == (1, DAY, DAY, 2025)
    assert (row["number_of_sources"], row["source_original"]) == (1, ("the mayor",))
    assert row["source_article"] == ("Harbour News, 2025-03-10",)
    assert reasons(losses) == {"perpetrator_status"}
    assert not {"active_year", "code_status", "conflict_name", "gwnoa"} & row.keys()


def test_an_allegation_names_nobody(state, tell):
    given = {"perpetrator_text": "the army", "perpetrator_status": PerpetratorStatus.ALLEGED, "victims": "civilians"}
    [row], losses = tell("ucdp", state("Two civilians died.", "Two", 2, 2, **given, **STRIKE))
    assert not {"side_a", "side_b", "type_of_violence", "dyad_name"} & row.keys()
    assert row["deaths_civilians"] == 2
    (loss,) = (loss for loss in losses if loss.reason == "not_coded")
    assert "“the army”, is but alleged" in loss.sentence


def test_two_who_are_named_are_nobody(state, tell):
    stated = {"perpetrator_status": PerpetratorStatus.STATED, **STRIKE}
    text = "Soldiers killed two in Old Harrow and militiamen killed four more."
    [row], losses = tell(
        "ucdp",
        state(text, "two", 2, 2, perpetrator_text="Soldiers", text=text, **stated),
        state(text, "four more", 4, 4, perpetrator_text="militiamen", text=text, **stated),
    )
    assert "side_a" not in row
    assert any("militiamen (stated) and Soldiers (stated)" in loss.sentence for loss in losses)


@pytest.mark.parametrize(
    ("low", "high", "given", "numbers", "reason"),
    [
        (12, 12, {}, (12, 12, 12), None),
        (12, None, {}, (12, 12, 12), "high_open"),
        (20, 30, {}, (20, 20, 30), "vague_best"),
        (24, None, {"flags": ("vague",)}, (24, 24, 24), "vague_best"),
        (None, 20, {}, (0, 0, 20), "vague_best"),
        (9, 9, {"status": Status.POSSIBLE}, (0, 0, 9), "only_feared"),
        (9, None, {"status": Status.DISPUTED}, (0, 0, 9), "denied"),
    ],
)
def test_low_best_and_high_are_numbers_always(state, tell, low, high, given, numbers, reason):
    [row], losses = tell("ucdp", state("Nine, perhaps, died there.", "Nine", low, high, **given, **STRIKE))
    assert three(row) == numbers
    assert reason is None or reason in reasons(losses)


def test_those_who_contradict_each_other_are_named_in_the_loss(state, tell):
    both = [
        state("12 were killed in Old Harrow, police said.", "12", 12, 12, source="police", **STRIKE),
        state("15 were killed in Old Harrow, doctors said.", "15", 15, 15, source="doctors", **STRIKE),
    ]
    [row], losses = tell("ucdp", *both)
    assert three(row)[0] == 12
    assert row["high"] == 15
    assert any("12 (police)" in loss.sentence and "15 (doctors)" in loss.sentence for loss in losses)


def test_parts_are_named_and_civilians_among_them_counted(state, tell):
    text = "Twenty were killed in Old Harrow, among them eight civilians and three soldiers."
    whole = state(text, "Twenty", 20, 20, text=text, **STRIKE)
    start = whole.claim.start
    parts = [
        state(text, "eight", 8, 8, text=text, part_of=start, victims="civilians", **STRIKE),
        state(text, "three", 3, 3, text=text, part_of=start, victims="soldiers", **STRIKE),
    ]
    [row], losses = tell("ucdp", whole, *parts)
    assert three(row) == (20, 20, 20)
    assert (row["deaths_civilians"], row["deaths_unknown"]) == (8, 12)
    assert any(loss.sentence.endswith("civilians 8, soldiers 3.") for loss in losses)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"cause": Cause.FLOOD}, "out_of_scope"),
        ({"cause": Cause.TORTURE}, "out_of_scope"),
        ({}, "no_cause"),
        ({"measure": Measure.INJURIES, **STRIKE}, "other_measure"),
        ({"measure": Measure.MISSING, **STRIKE}, "other_measure"),
        ({"measure": Measure.MALNUTRITION_DEATHS, "cause": Cause.MALNUTRITION}, "indirect"),
        ({"country": None, "cause": Cause.SHOOTING}, "nowhere"),
        ({"published": None, "day": None, **STRIKE}, "no_date"),
        ({"date_start": date(2023, 1, 1), **STRIKE}, "too_long"),
        ({"scope": Scope.CUMULATIVE, **STRIKE}, "running_total"),
    ],
)
def test_what_is_outside_the_scope_is_left_out_with_its_reason(state, tell, given, reason):
    rows, losses = tell("ucdp", state("Nine died there.", "Nine", 9, 9, **given))
    assert rows == []
    assert reasons(losses, "left_out") == {reason}


def test_nobody_died_is_no_event(state, tell):
    rows, losses = tell("ucdp", state("Nobody was killed.", "Nobody", 0, 0, **STRIKE))
    assert (rows, reasons(losses)) == ([], {"no_death"})


def test_who_did_it_makes_violence_of_any_cause(state, tell):
    given = {"perpetrator_text": "militiamen", "perpetrator_status": PerpetratorStatus.ALLEGED, "cause": Cause.FIRE}
    [row], _ = tell("ucdp", state("Militiamen set the house on fire, killing five.", "five", 5, 5, **given))
    assert three(row) == (5, 5, 5)


def test_a_report_without_a_date_lies_between_it_and_the_days_before(state, tell):
    [row], losses = tell("ucdp", state("Nine were killed in Old Harrow.", "Nine", 9, 9, day=None, **STRIKE))
    assert (row["date_start"], row["date_end"], row["date_prec"]) == (DAY - timedelta(days=3), DAY, 2)
    assert "report_date" in reasons(losses)


@pytest.mark.parametrize(
    ("days", "precision"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5), (366, 5), (367, None)]
)
def test_the_precision_of_a_date_is_the_length_of_its_interval(days, precision):
    assert date_precision(days) == precision


def test_a_territory_outside_the_list_of_states_has_no_number(state, tell):
    [row], losses = tell("ucdp", state("Nine were killed.", "Nine", 9, 9, **STRIKE | {"country": "PSE"}))
    assert not {"country_id", "region"} & row.keys()
    assert "no_state_number" in reasons(losses, "empty")


def test_the_newsroom_s_rows(newsroom, tell):
    rows, losses = tell("ucdp", *newsroom[0].readings)
    assert {(row["where_coordinates"], *three(row)) for row in rows} >= {
        ("El Fasher", 19, 19, 19),
        ("Monday Market", 12, 16, 16),
        ("Nuseirat refugee camp", 8, 8, 8),
        ("Esmeraldas", 6, 6, 20),
    }
    assert {"Huayllati", "Haimchar", "Tawila"}.isdisjoint(row.get("where_coordinates") for row in rows)
    assert {"no_cause", "indirect", "running_total", "window_overlaps", "doubtful"} <= reasons(losses, "left_out")
