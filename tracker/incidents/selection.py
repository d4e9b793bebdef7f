"""Which incidents a question is about: measure, area, cause, source, days, and what came to light on one day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.incidents.names import bare
from tracker.incidents.series import by_source, place_in_time
from tracker.incidents.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tracker.claims import Cause, Measure
    from tracker.incidents.incident import Figure, Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to look at; what is empty or None selects nothing out. Names are compared without case and accents."""

    measures: frozenset[Measure] = frozenset()
    causes: frozenset[Cause] = frozenset()
    country: str | None = None
    """ISO alpha-3."""
    admin1: str | None = None
    place: str | None = None
    source: str | None = None
    """An origin, without the articles before it: only what it says counts."""
    first: date | None = None
    last: date | None = None
    """The days on which incidents are counted, inclusive."""
    added: date | None = None
    """Only what was first reported on this day, and is counted on an earlier one."""

    def of(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """The incidents selected, each with the figures selected."""
        for incident in incidents:
            if self._fits(incident):
                figures = dict(self._figures(incident))
                if figures:
                    yield replace(incident, figures=figures)

    def _fits(self, incident: Incident) -> bool:
        if self.country and (incident.country or "") != self.country.upper():
            return False
        if self.admin1 and fold(self.admin1) not in {fold(n) for n in (incident.admin1, _province(incident)) if n}:
            return False
        if self.place and fold(self.place) != fold(incident.place or ""):
            return False
        if self.causes and incident.cause not in self.causes:
            return False
        if self.first is None and self.last is None and self.added is None:
            return True
        placed = place_in_time(incident)
        if placed is None:
            return False
        day = placed[0]
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        return self.added is None or (incident.first_reported == self.added and day < self.added)

    def _figures(self, incident: Incident) -> Iterator[tuple[Measure, Figure]]:
        for measure, figure in incident.figures.items():
            if self.measures and measure not in self.measures:
                continue
            if self.source is None:
                yield measure, figure
                continue
            for origin, told in by_source(figure).items():
                if bare(origin) == bare(self.source):
                    yield measure, told


def _province(incident: Incident) -> str | None:
    return incident.place if incident.place_precision == "admin1" else None
