"""Which incidents, claims or totals a question is about: measure, area, cause, source, days, and when it came out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.incidents.names import bare
from tracker.incidents.series import by_source, place_in_time
from tracker.incidents.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from tracker.claims import Cause, Measure
    from tracker.incidents.incident import Figure, Incident
    from tracker.incidents.tolls import TollPoint
    from tracker.readings import Reading


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

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise UsageError(f"--from {self.first} is later than --to {self.last}; give the earlier day first.")

    def of(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """The incidents selected, each with the figures selected."""
        return (incident for incident in self.with_doubtful(incidents) if incident.figures)

    def with_doubtful(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """The same, and the incidents of which nothing but doubtful figures are selected."""
        for incident in incidents:
            if self._fits(incident):
                figures, doubtful = dict(self._chosen(incident.figures)), dict(self._chosen(incident.doubtful))
                if figures or doubtful:
                    yield replace(incident, figures=figures, doubtful=doubtful)

    def admits(self, reading: Reading) -> bool:
        """Whether one claim by itself is asked for, `source` and `added` aside, which only incidents can tell.

        Its day is the last of the harm, and that of publication where its text does not date the harm.
        """
        claim = reading.claim
        return (
            (not self.measures or claim.measure in self.measures)
            and (not self.causes or claim.cause in self.causes)
            and self._lies_in(
                claim.country, claim.admin1, claim.places[0] if claim.places else None, claim.place_precision
            )
            and self.spans(claim.date_end or reading.published)
        )

    def of_tolls(self, points: Iterable[TollPoint], readings: Mapping[str, Reading]) -> Iterator[TollPoint]:
        """The values of running totals whose claim, looked up by its id, is asked for; their day is `as_of`."""
        apart_from_days = replace(self, first=None, last=None)
        for point in points:
            if self.spans(point.as_of) and apart_from_days.admits(readings[point.claim_id]):
                yield point

    def spans(self, day: date | None) -> bool:
        """Whether a day is asked for; an unknown one is where none are."""
        if self.first is None and self.last is None:
            return True
        return day is not None and (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def _fits(self, incident: Incident) -> bool:
        if not self._lies_in(incident.country, incident.admin1, incident.place, incident.place_precision):
            return False
        if self.causes and incident.cause not in self.causes:
            return False
        placed = place_in_time(incident)
        day = placed[0] if placed else None
        if not self.spans(day):
            return False
        return self.added is None or (day is not None and incident.first_reported == self.added and day < self.added)

    def _lies_in(self, country: str | None, admin1: str | None, place: str | None, precision: str | None) -> bool:
        if self.country and (country or "") != self.country.upper():
            return False
        if self.admin1:
            province = place if precision == "admin1" else None
            if fold(self.admin1) not in {fold(name) for name in (admin1, province) if name}:
                return False
        return not self.place or fold(self.place) == fold(place or "")

    def _chosen(self, figures: Mapping[Measure, Figure]) -> Iterator[tuple[Measure, Figure]]:
        for measure, figure in figures.items():
            if self.measures and measure not in self.measures:
                continue
            if self.source is None:
                yield measure, figure
                continue
            for origin, told in by_source(figure).items():
                if bare(origin) == bare(self.source):
                    yield measure, told
