"""The map in words, and the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.claims import Measure
from tracker.publish.charts.drawing import to_csv
from tracker.publish.charts.map_marks import Precision, judge_precision, word_mark
from tracker.publish.totals import statuses_of
from tracker.publish.wording import clean, word_days, word_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.incidents import Incident
    from tracker.publish.charts.map_marks import Mark, Sifting
    from tracker.publish.material import Window

_NAMED = 12
"""How many marks of each precision the words name."""

_KINDS = (
    (Precision.POINT, "At a known place"),
    (Precision.AREA, "Somewhere in a province, district or region"),
    (Precision.SEA, "On the water"),
    (Precision.COUNTRY, "Somewhere in a country"),
)


def head_map(sifting: Sifting, window: Window) -> str:
    """What the map's numbers are, and whose."""
    incidents = [incident for mark in sifting.marks for incident in mark.incidents]
    origins = {origin for incident in incidents for origin in incident.origins}
    return (
        f"A number is the deaths reported, best figure; from {word_many(len(incidents), 'incident', 'incidents')} of "
        f"{word_many(len(origins), 'origin', 'origins')}, {word_days(window.first, window.last)}"
    )


def note_map(sifting: Sifting) -> list[str]:
    """What is not on the map, in sentences."""
    notes = []
    if sifting.nowhere:
        verb = "is" if len(sifting.nowhere) == 1 else "are"
        notes.append(
            f"{word_many(len(sifting.nowhere), 'incident', 'incidents')} without a known place {verb} not on the map."
        )
    if sifting.many_days:
        many = word_many(len(sifting.many_days), "figure", "figures")
        verb = "is" if len(sifting.many_days) == 1 else "are"
        notes.append(f"{many} for many days {verb} left out: single events may be among them.")
    if any(incident.covered for mark in sifting.marks for incident in mark.incidents):
        notes.append("The figure of a province may include that of a place in it; the two are not to be added.")
    return notes


def describe_map(sifting: Sifting, window: Window) -> str:
    """The map for whoever cannot see it: where, how many, and how well each place is known."""
    shown = sum(len(mark.incidents) for mark in sifting.marks)
    sentences = [
        f"Map of {word_many(shown, 'incident', 'incidents')} at {word_many(len(sifting.marks), 'place', 'places')}, "
        f"{word_days(window.first, window.last)}. A number is the deaths reported, best figure."
    ]
    for precision, words in _KINDS:
        marks = [mark for mark in sifting.marks if mark.precision is precision]
        if marks:
            told = "; ".join(f"{clean(mark.name)}: {word_mark(mark)}" for mark in marks[:_NAMED])
            more = f"; and {word_many(len(marks) - _NAMED, 'more place', 'more places')}" if len(marks) > _NAMED else ""
            sentences.append(f"{words}: {told}{more}.")
    return " ".join([*sentences, *note_map(sifting)])


def tabulate_map(sifting: Sifting, measures: Sequence[Measure]) -> bytes:
    """A row for each incident and measure, with its mark; no coordinates where only a country is known."""
    columns = (
        "mark", "drawn_as", "incident_id", "date_start", "date_end", "place", "admin1", "country", "longitude",
        "latitude", "measure", "low", "best", "high", "status",
    )  # fmt: skip
    rows: list[tuple[object, ...]] = []
    for number, mark in enumerate(sifting.marks, start=1):
        for incident in mark.incidents:
            rows += _rows(str(number), incident, measures, mark)
    for why, left_out in (("not drawn: no place", sifting.nowhere), ("not drawn: many days", sifting.many_days)):
        for incident in left_out:
            rows += _rows(None, incident, measures, None, why)
    return to_csv(columns, rows)


def _rows(
    number: str | None, incident: Incident, measures: Sequence[Measure], mark: Mark | None, why: str = ""
) -> list[tuple[object, ...]]:
    has_point = judge_precision(incident) not in (Precision.COUNTRY, Precision.NOWHERE)
    return [
        (
            number,
            why or (mark.precision.value if mark else None),
            incident.incident_id,
            incident.date_start.isoformat() if incident.date_start else None,
            incident.date_end.isoformat() if incident.date_end else None,
            incident.place,
            incident.admin1,
            incident.country,
            incident.longitude if has_point else None,
            incident.latitude if has_point else None,
            measure.value,
            incident.figures[measure].low,
            incident.figures[measure].best,
            incident.figures[measure].high,
            "; ".join(sorted(statuses_of(incident.figures[measure]))),
        )
        for measure in measures
        if measure in incident.figures
    ]
