"""The tables: incidents with conflicting figures side by side, and running totals with their names in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.claims import Measure, Status
from tracker.publish.charts.tolls import word_change, word_size
from tracker.publish.totals import counts_in, statuses_of
from tracker.publish.wording import (
    MEASURE_WORDS,
    UNKNOWN,
    clean,
    soften,
    word_and,
    word_bounds,
    word_cause,
    word_number,
    word_short_days,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.incidents import Incident
    from tracker.publish.charts.tolls import TollLine
    from tracker.publish.material import Material

_COARSE = ("country", "admin1", "region", "sea")
_MOST_SOURCES = 4
_MOST_REVISIONS = 3


def sort_incidents(incidents: Iterable[Incident], measures: Sequence[Measure]) -> list[Incident]:
    """Those that speak of a wanted measure, the latest first, the gravest first within a day."""
    wanted = [incident for incident in incidents if any(measure in incident.figures for measure in measures)]

    def gravity(incident: Incident) -> int:
        return max(figure.low or 0 for measure, figure in incident.figures.items() if measure in measures)

    return sorted(
        wanted,
        key=lambda incident: (
            -(incident.date_end.toordinal() if incident.date_end else 0),
            -gravity(incident),
            incident.incident_id,
        ),
    )


def write_incidents(material: Material, incidents: Sequence[Incident], measures: Sequence[Measure]) -> dict[str, Any]:
    """The rows of the table of incidents, and which of its footnotes are needed."""
    others = [measure for measure in measures if measure not in (Measure.DEATHS, Measure.INJURIES)]
    rows = []
    for number, incident in enumerate(incidents, start=1):
        where = name_place(material, incident)
        rows.append(
            {
                "number": str(number),
                "date": word_short_days(incident.date_start, incident.date_end),
                "reported": incident.date_basis != "event",
                "beyond": not counts_in(incident, material.window),
                "place": where[0],
                "country": ", ".join(where[1:]),
                "coarse": is_coarse(incident),
                "cause": word_cause(incident.cause),
                "deaths": _cell(incident, Measure.DEATHS),
                "injuries": _cell(incident, Measure.INJURIES),
                "others": [
                    {"measure": MEASURE_WORDS[measure], **_cell(incident, measure)}
                    for measure in others
                    if measure in incident.figures
                ],
                "sources": _sources(incident),
                "origins": word_number(len(incident.origins)),
            }
        )
    return {
        "rows": rows,
        "has_reported": any(row["reported"] for row in rows),
        "has_beyond": any(row["beyond"] for row in rows),
    }


def _cell(incident: Incident, measure: Measure) -> dict[str, Any]:
    """The figure, and where the statements that stand differ each of them beside it."""
    figure = incident.figures.get(measure)
    if figure is None:
        return {"value": UNKNOWN, "conflict": "", "status": ""}
    standing = {statement.count for statement in figure.statements if statement.current}
    in_order = sorted(standing, key=lambda count: (count.minimum or 0, count.maximum is None, count.maximum or 0))
    words = [word_bounds(count.minimum, count.maximum) for count in in_order]
    statuses = statuses_of(figure)
    return {
        "value": word_bounds(figure.low, figure.high),
        "conflict": " | ".join(words) if len(words) > 1 else "",
        "status": "" if not statuses or Status.STATED in statuses else word_and(sorted(statuses)),
    }


def _sources(incident: Incident) -> str:
    """Who says so: the sources that the texts name, and otherwise the outlets that state it themselves."""
    named = [clean(name) for name in incident.sources or incident.outlets if clean(name)]
    if not named:
        return UNKNOWN
    more = len(named) - _MOST_SOURCES
    return "; ".join(soften(name) for name in named[:_MOST_SOURCES]) + (f"; {more} more" if more > 0 else "")


def name_place(material: Material, incident: Incident) -> list[str]:
    """The place and its country, or only what is known of the two; a dash where neither is."""
    country = clean(material.country_names.get(incident.country, incident.country)) if incident.country else ""
    names = [soften(incident.place or ""), country]
    return list(dict.fromkeys(name for name in names if name)) or [UNKNOWN]


def is_coarse(incident: Incident) -> bool:
    """Whether only the country, a province or a sea is known."""
    return incident.place is None or incident.place_precision in _COARSE


def write_tolls(lines: Sequence[TollLine], shown: int) -> dict[str, Any]:
    """The table beside the chart of running totals, with the full names that the chart shortens."""
    rows = []
    for line in lines:
        first, last = line.points[0], line.points[-1]
        known = first.low is not None and last.low is not None and len(line.points) > 1
        change = (last.low or 0) - (first.low or 0)
        rows.append(
            {
                "claimant": soften(line.claimant) or UNKNOWN,
                "area": soften(line.area) or UNKNOWN,
                "measure": MEASURE_WORDS[line.measure],
                "baseline": soften(line.baseline) or "not stated",
                "about": soften(line.about),
                "first": f"{word_bounds(first.low, first.high)} ({word_short_days(first.as_of, first.as_of)})",
                "last": f"{word_bounds(last.low, last.high)} ({word_short_days(last.as_of, last.as_of)})",
                "change": word_change(change) if known else UNKNOWN,
                "revisions": _revisions(line),
            }
        )
    return {"rows": rows, "undrawn": max(0, len(lines) - shown)}


def _revisions(line: TollLine) -> str:
    """The revisions with size and day, the newest last; of many only the newest."""
    sizes = [f"{word_size(p)}\u00a0({word_short_days(p.as_of, p.as_of)})" for p in line.revisions]
    more = len(sizes) - _MOST_REVISIONS
    return "; ".join([*([f"{more} earlier"] if more > 0 else []), *sizes[-_MOST_REVISIONS:]]) or "none"
