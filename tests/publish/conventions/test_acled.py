"""ACLED rows: one conservative number, types only where the cause tells them, the evidence in the notes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.claims import Cause, Measure, PerpetratorStatus, Status

DAY = date(2025, 3, 10)
STRIKE = {"cause": Cause.AIRSTRIKE, "places": ("Old Harrow",)}


def reasons(losses, effect=None):
    return {loss.reason for loss in losses if (effect is None or loss.effect == effect) and loss.about != "file"}


@pytest.mark.parametrize(
    ("words", "low", "high", "given", "value", "reason"),
    [
        ("Twelve", 12, 12, {}, 12, None),
        ("At least 12", 12, None, {}, 12, "bounds"),
        ("between 20 and 30", 20, 30, {}, 20, "bounds"),
        ("Nobody", 0, 0, {}, 0, None),
        ("Dozens", 24, None, {"flags": ("vague",)}, 12, "vague"),
        ("several hundred", 200, None, {"flags": ("vague",)}, 100, "vague"),
        ("tens of thousands", 20000, None, {"flags": ("vague",)}, 10000, "vague"),
        ("Several", 2, None, {"flags": ("vague",)}, None, "fatalities_empty"),
        ("up to 20", None, 20, {}, None, "fatalities_empty"),
        ("9", 9, 9, {"status": Status.POSSIBLE}, None, "fatalities_empty"),
        ("9", 9, 9, {"status": Status.DISPUTED}, None, "fatalities_empty"),
    ],
)
def test_fatalities_are_the_most_conservative_number(state, tell, words, low, high, given, value, reason):
    [row], losses = tell("acled", state(f"{words} were killed.", words, low, high, **given, **STRIKE))
    assert row.get("fatalities") == value
    assert reason is None or reason in reasons(losses)


def test_of_figures_that_differ_the_lowest_counts_and_the_notes_tell_the_rest(state, tell):
    [row], losses = tell(
        "acled",
        state("12 were killed in Old Harrow, police said.", "12", 12, 12, source="police", **STRIKE),
        state("15 were killed in Old Harrow, doctors said.", "15", 15, 15, source="doctors", outlet="Other", **STRIKE),
    )
    assert row["fatalities"] == 12
    assert "were killed in Old Harrow" in row["notes"]
    assert "Figures differ: 15 (doctors), 12 (police)." in row["notes"]
    assert row["source"] == ("Harbour News", "Other")
    assert {"conflict", "bounds"} <= reasons(losses, "changed")


@pytest.mark.parametrize(
    ("cause", "event_type", "sub_event_type"),
    [
        (Cause.AIRSTRIKE, "Explosions/Remote violence", "Air/drone strike"),
        (Cause.SHELLING, "Explosions/Remote violence", "Shelling/artillery/missile attack"),
        (Cause.EXPLOSION, "Explosions/Remote violence", None),
        (Cause.ATTACK, None, None),
        (Cause.UNREST, None, None),
    ],
)
def test_types_stand_where_the_cause_tells_them(state, tell, cause, event_type, sub_event_type):
    [row], losses = tell("acled", state("Nine were killed.", "Nine", 9, 9, cause=cause))
    assert (row.get("event_type"), row.get("sub_event_type")) == (event_type, sub_event_type)
    assert row.get("disorder_type") == ("Political violence" if event_type else None)
    assert bool(reasons(losses) & {"no_event_type", "no_sub_event_type"}) is (sub_event_type is None)


def test_an_abduction_without_deaths_is_an_event_of_its_own(state, tell):
    [row], losses = tell("acled", state("Armed men took 22 farmers.", "22", 22, 22, measure=Measure.ABDUCTED))
    assert (row["event_type"], row["sub_event_type"]) == (
        "Violence against civilians",
        "Abduction/forced disappearance",
    )
    assert "fatalities" not in row
    assert {"no_column", "fatalities_empty"} <= reasons(losses)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"cause": Cause.EARTHQUAKE}, "out_of_scope"),
        ({}, "no_cause"),
        ({"country": None, "cause": Cause.SHOOTING}, "nowhere"),
        ({"date_start": DAY - timedelta(days=40), **STRIKE}, "too_long"),
        ({"published": None, "day": None, **STRIKE}, "no_date"),
    ],
)
def test_what_is_outside_the_scope_is_left_out_with_its_reason(state, tell, given, reason):
    rows, losses = tell("acled", state("Nine died there.", "Nine", 9, 9, **given))
    assert rows == []
    assert reasons(losses, "left_out") == {reason}


@pytest.mark.parametrize(("first", "precision", "day"), [(10, 1, 10), (9, 2, 9), (5, 2, 7), (1, 3, 5)])
def test_an_interval_stands_on_its_middle(state, tell, first, precision, day):
    given = {"date_start": date(2025, 3, first), "date_end": DAY, **STRIKE}
    [row], _ = tell("acled", state("Nine were killed.", "Nine", 9, 9, **given))
    assert (row["time_precision"], row["event_date"]) == (precision, date(2025, 3, day))


def test_an_allegation_is_in_the_notes_and_no_actor(state, tell):
    given = {"perpetrator_text": "the army", "perpetrator_status": PerpetratorStatus.ALLEGED, **STRIKE}
    [row], losses = tell("acled", state("Nine were killed.", "Nine", 9, 9, **given))
    assert "actor1" not in row
    assert row["notes"].endswith("Said to have done it: the army (alleged).")
    assert "not_coded" in reasons(losses, "empty")


def test_names_of_victims_are_withheld_unless_asked_for(state, tell):
    told = state("Ana Roe was killed.", "Ana Roe", 1, 1, victims="Ana Roe", **STRIKE)
    [row], _ = tell("acled", told)
    assert row["notes"] == "“[name withheld] was killed.”"
    [row], _ = tell("acled", told, names=True)
    assert row["notes"] == "“Ana Roe was killed.”"


def test_the_timestamp_is_that_of_the_run_that_last_changed_a_claim(state, tell):
    told = [
        state("12 were killed in Old Harrow.", "12", 12, 12, **STRIKE),
        state("30 were hurt in Old Harrow.", "30", 30, 30, measure=Measure.INJURIES, **STRIKE),
    ]
    moments = {r.claim.claim_id: datetime(2025, 3, 11 + n, 6, tzinfo=UTC) for n, r in enumerate(told)}
    [row], _ = tell("acled", *told, read_at=moments)
    assert row["timestamp"] == int(datetime(2025, 3, 12, 6, tzinfo=UTC).timestamp())
    [row], losses = tell("acled", *told)
    assert "timestamp" not in row
    assert "no_run" in reasons(losses, "empty")


def test_the_newsroom_s_rows(newsroom, tell):
    account, read_at = newsroom
    rows, losses = tell("acled", *account.readings, read_at=read_at)
    assert {row["timestamp"] for row in rows} == {int(datetime(2025, 3, 17, 6, tzinfo=UTC).timestamp())}
    fatalities = {row["location"]: row.get("fatalities") for row in rows}
    assert fatalities["Monday Market"] == 12
    assert fatalities["Intahaka"] == 18
    assert all(row["iso"] and row["region"] for row in rows)
    assert {"no_cause", "no_column", "indirect", "running_total"} <= reasons(losses, "left_out")
