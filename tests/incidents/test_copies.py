"""A copy is one statement with its original: one origin, one event, dated as the original dates it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracker.claims import Measure, Scope
from tracker.incidents import find_incidents, find_tolls

SENTENCE = "Gunmen shot eight traders dead on Monday, police said."
REWRITTEN = "On Monday eight traders were shot dead by gunmen."


def copy_of(tell, text, *others, **given):
    return tell(text, "8", outlet=text, copies=tuple(others), **{"quote": SENTENCE, **given})


def test_edited_copies_are_one_origin(tell):
    readings = [copy_of(tell, "a", "b", quote=REWRITTEN), copy_of(tell, "b", "a")]
    (incident,) = find_incidents(readings)
    assert incident.origins == ("a",)
    (incident,) = find_incidents([copy_of(tell, "a", quote=REWRITTEN), copy_of(tell, "b")])
    assert incident.origins == ("a", "b")


def test_copies_are_one_origin_through_a_third(tell):
    readings = [copy_of(tell, "a", "b"), copy_of(tell, "b", "a", "c"), copy_of(tell, "c", "b")]
    (incident,) = find_incidents(readings)
    assert incident.origins == ("a",)


def test_the_agency_that_one_copy_names_is_the_origin_of_all(tell):
    readings = [
        copy_of(tell, "a", "b", source="Wire One", quote=REWRITTEN),
        copy_of(tell, "b", "a", day=6),
        copy_of(tell, "c", day=6, quote=REWRITTEN, source="police"),
    ]
    (incident,) = find_incidents(readings)
    assert incident.origins == ("Wire One", "police")


def test_a_copy_of_the_next_day_is_dated_as_the_first(tell):
    readings = [copy_of(tell, "a", "b", happened=5, day=5), copy_of(tell, "b", "a", happened=6, day=6)]
    (incident,) = find_incidents(readings)
    assert (incident.date_start, incident.date_end) == (date(2025, 5, 5), date(2025, 5, 5))
    assert len(find_incidents([copy_of(tell, "a"), copy_of(tell, "b", happened=6, day=6)])) == 2


def test_a_copy_is_linked_where_hardly_anything_is_known(tell):
    unknown = {"places": (), "cause": None, "happened": None}
    readings = [copy_of(tell, "a", "b", **unknown), copy_of(tell, "b", "a", **unknown)]
    (incident,) = find_incidents(readings)
    assert incident.links[0].score == 1.0
    assert incident.links[0].reasons == ("the same sentence in copies of one text",)


def test_the_other_events_of_a_copied_sentence_stay_apart(tell):
    two = [
        copy_of(tell, text, other, start=start, event=start, quote=SENTENCE + " " + SENTENCE, quote_start=0, **place)
        for text, other in (("a", "b"), ("b", "a"))
        for start, place in ((8, {"places": ("Dalori",)}), (60, {"places": ("Lokoja",)}))
    ]
    assert [incident.place for incident in find_incidents(two)] == ["Dalori", "Lokoja"]


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_makes_no_difference(tell, order):
    known = {
        "a": copy_of(tell, "a", "b"),
        "b": copy_of(tell, "b", "a", "c", happened=6, day=6),
        "c": copy_of(tell, "c", "b", happened=7, day=7),
        "d": copy_of(tell, "d", happened=7, day=7),
    }
    first, second = find_incidents(known[name] for name in order)
    assert (first.document_ids, second.document_ids) == (("a", "b", "c"), ("d",))


def test_a_running_total_in_a_copy_is_the_same_point(tell):
    totals = [
        tell("a", "900", copies=("b",), scope=Scope.CUMULATIVE, source="the ministry", quote=SENTENCE, happened=(1, 5)),
        tell(
            "b",
            "900",
            copies=("a",),
            scope=Scope.CUMULATIVE,
            source="the ministry",
            quote=SENTENCE,
            happened=(1, 6),
            day=6,
        ),
    ]
    assert [(point.measure, point.as_of) for point in find_tolls(totals)] == [(Measure.DEATHS, date(2025, 5, 5))]
