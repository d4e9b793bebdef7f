"""What can hardly be right is flagged, and what is large but possible is not."""

from tracker.claims import Scope
from tracker.incidents import Account
from tracker.incidents.groups import distinct
from tracker.incidents.plausibility import find_flags


def flags(*readings, people=None):
    known = tuple(distinct(readings)[0].values())
    return [(flag.document_id, flag.why) for flag in find_flags(Account(known), lambda _: people)]


def test_more_victims_than_the_place_has_people(tell):
    assert flags(tell("a", "900"), people=800) == [("a", "it counts 900 people in Maiduguri, where 800 live")]
    assert flags(tell("a", "900"), people=900) == []
    assert flags(tell("a", "-900"), people=800) == []
    assert flags(tell("a", "900"), people=None) == []


def test_a_total_that_falls(tell):
    totals = [tell(f"t{day}", count, day=day, scope=Scope.CUMULATIVE, source="the ministry", happened=(1, day))
              for day, count in ((2, "100"), (3, "90"), (4, "95"))]  # fmt: skip
    assert flags(*totals) == [("t3", "the running total of the ministry falls by 10 on 2025-05-03")]


def test_a_total_told_as_an_event(tell):
    ministry = {"source": "the ministry", "country": "PSE", "places": ("Gaza Strip",), "cause": None}
    since = {"scope": Scope.CUMULATIVE, "baseline_text": "since 7 October 2023", "happened": None}
    readings = [tell("a", "58600+", day=3, **(ministry | since)), tell("b", "58591", day=3, happened=3, **ministry)]
    ((document, why),) = flags(*readings)
    assert document == "b"
    assert "as large as a running total" in why
