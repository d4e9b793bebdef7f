"""Incidents with HXL hashtags: one row an incident, its figures side by side, each with its bounds.

The row of hashtags stands between the header and the data, or, since it breaks readers that know nothing of HXL, in a
file beside the table. What is only feared or wholly denied stands in the upper bounds alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tracker.claims import Measure, Status
from tracker.errors import RuleError
from tracker.publish.tables.conventions.choosing import Overlap, days_of, find_overlaps
from tracker.publish.tables.conventions.convention import check_keys, load_convention
from tracker.publish.tables.conventions.evidence import Evidence, Findings, conflict, is_only_feared, standing
from tracker.publish.tables.conventions.losses import (
    Entry,
    Kept,
    Loss,
    figure_key,
    lose_always,
    lose_doubtful,
    lose_figure,
    lose_toll,
)
from tracker.publish.totals import is_denied, statuses_of
from tracker.publish.wording import MEASURE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.incidents import Figure, Incident
    from tracker.publish.tables.conventions.convention import Convention
    from tracker.publish.tables.csvfile import Row


def convention() -> Convention:
    """The columns, tags, mappings and reasons of `rules/conventions/hxl.toml`."""
    loaded = load_convention("hxl", ("measures",))
    origin = "conventions/hxl.toml"
    check_keys(loaded.mappings["measures"], origin, tuple(Measure), "[measures]")
    for column in loaded.column_names:
        if not loaded.tags.get(column, "").startswith("#"):
            raise RuleError(f'{origin}: column {column!r} has no tag; give it one, such as tag = "#meta".')
    return loaded


def tag_row(layout: Convention) -> Row:
    """The hashtags of the columns, in their order."""
    return [layout.tags[column] for column in layout.column_names]


def sidecar(layout: Convention, table: str) -> bytes:
    """The hashtags as a JSON file for beside the table of this name, in UTF-8."""
    content = {
        "table": table,
        "standard": layout.version,
        "columns": [{"header": name, "tag": layout.tags[name]} for name in layout.column_names],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def convert(account: Findings, name_country: Callable[[str], str] = str, names: bool = False) -> Iterator[Entry]:
    """The rows, by the order of the incidents, each followed by what it loses; then the running totals, all lost.

    `name_country` turns an alpha-3 code into an English name. Names of victims are withheld unless `names` is true.
    """
    layout = convention()
    evidence = Evidence(account.readings, names)
    overlaps = {
        measure: find_overlaps((i for i in account.incidents if measure in i.figures), measure) for measure in Measure
    }
    for incident in account.incidents:
        giving_way = {
            measure: overlaps[measure][incident.incident_id]
            for measure in incident.figures
            if incident.incident_id in overlaps[measure]
        }
        kept = {measure: figure for measure, figure in incident.figures.items() if measure not in giving_way}
        if kept:
            cells = _cells(layout, incident, kept, evidence, name_country)
            yield Kept(layout.row(cells), tuple(figure_key(incident, measure) for measure in kept))
        yield from _lose_of_incident(layout, incident, giving_way, evidence)
    for point in account.tolls:
        yield lose_toll(layout, point, "running_total", claimant=point.claimant or "nobody named")
    yield from lose_always(layout)


def _cells(
    layout: Convention,
    incident: Incident,
    figures: dict[Measure, Figure],
    evidence: Evidence,
    name_country: Callable[[str], str],
) -> dict[str, object]:
    statuses = {status for figure in figures.values() for status in statuses_of(figure)}
    cells: dict[str, object] = {
        name: getattr(incident, name)
        for name in (
            *("incident_id", "cause", "date_start", "date_end", "date_basis", "first_reported"),
            *("admin1", "place", "latitude", "longitude", "place_precision", "sources", "outlets"),
        )
    }
    cells |= {
        "country": name_country(incident.country) if incident.country else None,
        "country_code": incident.country,
        "status": tuple(status.value for status in Status if status in statuses),
        "origins": len(incident.origins),
        "urls": evidence.urls(incident),
    }
    if incident.date_start is None:
        cells["date_basis"] = None
    for measure, figure in figures.items():
        column = layout.mappings["measures"][measure]
        denied = is_denied(figure)
        cells |= {
            column: None if denied else figure.best,
            f"{column}_min": None if denied else figure.low,
            f"{column}_max": figure.high,
        }
    return cells


def _lose_of_incident(
    layout: Convention, incident: Incident, giving_way: dict[Measure, Overlap], evidence: Evidence
) -> Iterator[Loss]:
    for measure, figure in incident.figures.items():
        if measure in giving_way:
            overlap = giving_way[measure]
            words = {"other": overlap.other, "days": days_of(incident)}
            yield lose_figure(layout, incident, measure, overlap.reason, **words)
            continue
        if is_denied(figure):
            yield lose_figure(layout, incident, measure, "denied")
        elif is_only_feared(figure):
            yield lose_figure(layout, incident, measure, "only_feared", measure=MEASURE_WORDS[measure])
        if figures := conflict(figure):
            count = len(standing(figure))
            yield lose_figure(layout, incident, measure, "conflict", count=count, figures=figures)
        if parts := evidence.parts(figure):
            yield lose_figure(layout, incident, measure, "parts", parts=parts)
    yield from lose_doubtful(layout, incident)
