"""Which incidents a bulletin's figure may already include: "60 killed in the past 24 hours" and one strike of that day.

A bulletin sums up harm of all causes over a day or two in a province or a country. An incident of a known cause that
lies in its days and its area, with no bigger figure, may be among what it counts, and adding the two would count
people twice. Both are kept; a sum takes the bulletin only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.incidents.words import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.claims import Measure
    from tracker.incidents.incident import Figure, Incident

_WIDE = frozenset({"country", "admin1", "region"})


def mark_covered(incidents: Sequence[Incident]) -> list[Incident]:
    """The same incidents, each with the bulletin that may include it, measure by measure; of several the biggest."""
    bulletins: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        if incident.country and _is_bulletin(incident):
            bulletins[incident.country].append(incident)
    return [_mark(incident, bulletins.get(incident.country or "", [])) for incident in incidents]


def _is_bulletin(incident: Incident) -> bool:
    return (
        incident.date_basis == "event"
        and incident.date_start != incident.date_end
        and incident.cause is None
        and (incident.place is None or incident.place_precision in _WIDE or _names_its_province(incident))
    )


def _names_its_province(incident: Incident) -> bool:
    """The town is said for the province, as "Gaza" for the Gaza Strip."""
    return set(fold(incident.place or "").split()) <= set(fold(incident.admin1 or "").split())


def _mark(incident: Incident, bulletins: Sequence[Incident]) -> Incident:
    covered: dict[Measure, str] = {}
    for measure, figure in incident.figures.items():
        fitting = [
            bulletin
            for bulletin in bulletins
            if measure in bulletin.figures
            and _lies_in(incident, bulletin)
            and _least(figure) <= _least(bulletin.figures[measure])
        ]
        if fitting:
            biggest = max(fitting, key=lambda bulletin: (_least(bulletin.figures[measure]), bulletin.incident_id))
            covered[measure] = biggest.incident_id
    return replace(incident, covered=covered) if covered else incident


def _lies_in(incident: Incident, bulletin: Incident) -> bool:
    if incident.cause is None or incident.date_start is None or incident.date_end is None:
        return False
    if bulletin.date_start is None or bulletin.date_end is None:
        return False
    if not (bulletin.date_start <= incident.date_start and incident.date_end <= bulletin.date_end):
        return False
    area = bulletin.admin1 or (bulletin.place if bulletin.place_precision == "admin1" else None)
    return area is None or fold(area) == fold(incident.admin1 or incident.place or "")


def _least(figure: Figure) -> int:
    return figure.best if figure.best is not None else figure.low or 0
