"""One document alone: the event it is about comes first, looks back and running totals after it."""

from datetime import date
from itertools import permutations

from tracker.claims import Cause, Measure, Scope
from tracker.documents import Document
from tracker.incidents.alone import summarise_document

DOCUMENT = Document(document_id="a", text="No figure is read from here.", published=date(2025, 5, 6), outlet="Daily")


def summarise(*readings, document=DOCUMENT):
    claims = [reading.claim for reading in readings]
    answers = [summarise_document(document, list(order)) for order in permutations(claims)]
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


def test_a_record_names_every_measure_and_leaves_unknown_ones_empty(tell):
    (record,) = summarise(tell("a", "8+", source="police"))
    assert (record["document_id"], record["scope"], record["place"]) == ("a", "event", "Maiduguri")
    assert (record["deaths_low"], record["deaths_best"], record["deaths_high"]) == (8, 8, None)
    assert (record["date_start"], record["cause"], record["origins"]) == ("2025-05-05", "shooting", ["police"])
    assert [record[f"{measure.value}_{end}"] for measure in Measure for end in ("low", "best", "high")].count(
        None
    ) == 25


def test_the_event_of_most_claims_is_the_main_one_and_a_look_back_never(tell):
    old = {"event": 1, "happened": date(2024, 1, 3), "places": ("Kano",)}
    records = summarise(
        tell("a", "67", **old),
        tell("a", "5", start=20, measure=Measure.INJURIES, **old),
        tell("a", "8", start=50),
    )
    assert [record["deaths_best"] for record in records] == [8, 67]


def test_running_totals_follow_the_events_with_their_measures_together(tell):
    total = {"scope": Scope.CUMULATIVE, "source": "ministry", "happened": None, "places": ("Borno",)}
    records = summarise(
        tell("a", "900", **total),
        tell("a", "1200", start=20, measure=Measure.INJURIES, **total),
        tell("a", "8", start=50),
    )
    assert [(r["scope"], r["deaths_best"], r["injuries_best"]) for r in records] == [
        ("event", 8, None),
        ("cumulative", 900, 1200),
    ]


def test_a_document_without_claims_has_no_record():
    assert summarise_document(DOCUMENT, []) == []


def test_an_event_with_dead_goes_before_one_of_more_claims_without(tell):
    held = {"measure": Measure.DETAINED, "event": 1}
    records = summarise(tell("a", "9", **held), tell("a", "4", start=20, **held), tell("a", "1", start=50))
    assert [record["deaths_best"] for record in records] == [1, None]


def test_a_running_total_of_an_undated_document_is_told_without_a_day(tell):
    undated = Document(document_id="a", text="No figure is read from here.")
    total = tell("a", "900", scope=Scope.CUMULATIVE, happened=None)
    (record,) = summarise(total, document=undated)
    assert (record["deaths_best"], record["date_end"], record["origins"]) == (900, None, [])


def test_what_a_text_recalls_is_never_its_main_event(tell):
    recalled = tell("a", "9", event=1, flags=("recalled",))
    none = tell("a", "0", start=50, measure=Measure.CASUALTIES)
    assert [record["deaths_best"] for record in summarise(recalled, none)] == [None, 9]
    first, second = summarise(recalled)
    assert (first["deaths_low"], first["claim_ids"]) == (None, [])
    assert second["deaths_best"] == 9


def test_a_wars_total_at_the_end_of_a_text_is_not_its_news(tell):
    text = "A bomb went off in the market and broke windows. " + "Nobody knows who laid it. " * 3 + "2,000 have died."
    document = Document(document_id="a", text=text, published=date(2025, 5, 6), outlet="Daily")
    total = {"scope": Scope.CUMULATIVE, "happened": None, "start": len(text) - 16}
    assert [r["deaths_low"] for r in summarise(tell("a", "2000", **total), document=document)] == [None, 2000]
    outbreak = tell("a", "2000", cause=Cause.DISEASE, **total)
    assert [r["deaths_low"] for r in summarise(outbreak, document=document)] == [2000]
