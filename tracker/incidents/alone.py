"""One document alone: its incidents as plain records, the main one first, without any database.

The main incident is the one that the document is about: not background that lies far before its publication, rather
one with dead or injured, and of those the one with the most claims, the earliest in the text among equals. Running
totals follow as records of their own (`scope` cumulative); where a document tells of no event, they come first. Where
all that it tells is recalled, or is a conflict's total in its last half, an empty record stands before them.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tracker.claims import Cause, Measure, Scope
from tracker.incidents.finding import find_incidents
from tracker.incidents.groups import claim_id_of
from tracker.incidents.tolls import find_tolls
from tracker.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.claims import Claim
    from tracker.documents import Document
    from tracker.incidents.incident import Incident
    from tracker.incidents.tolls import TollPoint

_HARM = frozenset({Measure.DEATHS, Measure.INJURIES, Measure.CASUALTIES, Measure.MALNUTRITION_DEATHS})
UNDATED = date.max
"""Stands for the day of publication where it is not known: a single document's total needs no place in time."""
_OUTBREAKS = frozenset({Cause.DISEASE, Cause.MALNUTRITION, Cause.HEAT_COLD})
RECALLED = "recalled"
"""The flag of a claim that its text tells in passing, of an older harm."""
BACKGROUND = timedelta(days=45)
"""What ended so long before publication is no news of the document."""


def summarise_document(document: Document, claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """One record for each incident of the document, the main one first, then one for each running total.

    A record holds `document_id`, `incident`, `scope`, `<measure>_low`, `_best` and `_high` of every measure (persons;
    None where unknown, open or not spoken of), `place`, `country`, `latitude`, `longitude`, `date_start`, `date_end`
    (ISO), `cause`, `origins` and `claim_ids`. Pure: nothing but this document is looked at.
    """
    readings = [
        Reading(
            claim=claim, text_sha256=document.text_sha256, published=document.published, outlet=document.outlet,
            title=document.title, url=document.url,
        )
        for claim in claims
    ]  # fmt: skip
    by_id = {claim_id_of(reading): reading.claim for reading in readings}
    incidents = sorted(find_incidents(readings), key=lambda incident: _rank(incident, by_id, document.published))
    records = [_incident_record(document, incident) for incident in incidents]
    if incidents and all(_is_recalled(incident, by_id) for incident in incidents):
        records.insert(0, _empty_record(document))
    if not incidents and _totals_are_background(document, readings):
        records.insert(0, _empty_record(document))
    tolls = find_tolls(replace(reading, published=document.published or UNDATED) for reading in readings)
    return records + [_toll_record(document, points, by_id) for points in _totals(tolls, by_id)]


def _totals_are_background(document: Document, readings: Sequence[Reading]) -> bool:
    """Whether all figures stand in the last half of the text: a conflict's running total there is no news of it.

    The totals of an outbreak or a famine are news wherever they stand.
    """
    lasting = any(reading.claim.cause in _OUTBREAKS for reading in readings)
    return bool(readings) and not lasting and min(r.claim.start for r in readings) > len(document.text) / 2


def _rank(incident: Incident, claims: Mapping[str, Claim], published: date | None) -> tuple[bool, bool, int, int]:
    is_background = _is_background(incident, claims, published)
    first = min(claims[claim_id].start for claim_id in incident.claim_ids)
    harmed = any(figure.low or figure.high for measure, figure in incident.figures.items() if measure in _HARM)
    return (is_background, not harmed, -len(incident.claim_ids), first)


def _is_recalled(incident: Incident, claims: Mapping[str, Claim]) -> bool:
    return all(RECALLED in claims[claim_id].flags for claim_id in incident.claim_ids)


def _is_background(incident: Incident, claims: Mapping[str, Claim], published: date | None) -> bool:
    """Whether the incident is no news of the document: it is told in passing, or ended long before publication."""
    if _is_recalled(incident, claims):
        return True
    ended = incident.date_end if incident.date_basis == "event" else None
    return published is not None and ended is not None and published - ended > BACKGROUND


def _totals(points: Sequence[TollPoint], claims: Mapping[str, Claim]) -> list[list[TollPoint]]:
    """The points of one claimant, area, baseline and status together, one for each measure; parts are left out."""
    totals: dict[tuple[object, ...], dict[Measure, TollPoint]] = {}
    for point in points:
        if point.population is None:
            series = totals.setdefault((point.claimant, point.area, point.baseline, point.status), {})
            series[point.measure] = point  # in order of days: the latest stands
    by_place = sorted(totals.values(), key=lambda series: min(claims[p.claim_id].start for p in series.values()))
    return [list(series.values()) for series in by_place]


def _incident_record(document: Document, incident: Incident) -> dict[str, Any]:
    return {
        "document_id": document.document_id,
        "incident": incident.incident_id,
        "scope": Scope.EVENT.value,
        **_bounds({measure: (f.low, f.best, f.high) for measure, f in incident.figures.items()}),
        "place": incident.place,
        "country": incident.country,
        "latitude": incident.latitude,
        "longitude": incident.longitude,
        "date_start": incident.date_start.isoformat() if incident.date_start else None,
        "date_end": incident.date_end.isoformat() if incident.date_end else None,
        "cause": incident.cause.value if incident.cause else None,
        "origins": list(incident.origins),
        "claim_ids": list(incident.claim_ids),
    }


def _empty_record(document: Document) -> dict[str, Any]:
    """The main incident of a document that only recalls older harm: its own event, of which it gives no figure."""
    return {
        "document_id": document.document_id,
        "incident": hashlib.sha256(document.text_sha256.encode()).hexdigest()[:12],
        "scope": Scope.EVENT.value,
        **_bounds({}),
        **dict.fromkeys(("place", "country", "latitude", "longitude", "date_start", "date_end", "cause")),
        "origins": [],
        "claim_ids": [],
    }


def _toll_record(document: Document, points: Sequence[TollPoint], claims: Mapping[str, Claim]) -> dict[str, Any]:
    claim = claims[points[0].claim_id]
    ids = sorted(point.claim_id for point in points)
    return {
        "document_id": document.document_id,
        "incident": hashlib.sha256(ids[0].encode()).hexdigest()[:12],
        "scope": Scope.CUMULATIVE.value,
        **_bounds({point.measure: (point.low, point.low, point.high) for point in points}),
        "place": points[0].area,
        "country": claim.country,
        "latitude": claim.latitude,
        "longitude": claim.longitude,
        "date_start": claim.date_start.isoformat() if claim.date_start else None,
        "date_end": points[0].as_of.isoformat() if points[0].as_of != UNDATED else None,
        "cause": claim.cause.value if claim.cause else None,
        "origins": [points[0].claimant] if points[0].claimant else [],
        "claim_ids": ids,
    }


def _bounds(figures: Mapping[Measure, tuple[int | None, int | None, int | None]]) -> dict[str, int | None]:
    unknown = (None, None, None)
    return {
        f"{measure.value}_{name}": value
        for measure in Measure
        for name, value in zip(("low", "best", "high"), figures.get(measure, unknown), strict=True)
    }
