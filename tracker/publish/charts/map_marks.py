"""What a map shows: each incident becomes part of a mark that claims no more than is known of its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.claims import Cause, Measure, Status
from tracker.incidents.links import is_window
from tracker.incidents.series import place_in_time
from tracker.incidents.words import fold
from tracker.publish.totals import add_figures, statuses_of
from tracker.publish.wording import MEASURE_WORDS, clean, word_bounds, word_many, word_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.incidents import Incident
    from tracker.publish.material import Window


class Precision(StrEnum):
    """How well a place is known, as it is drawn."""

    POINT = "point"
    """A town or a site, or its vicinity."""
    AREA = "area"
    """Somewhere in a province, a district or a region; the coordinates are only the middle of it."""
    SEA = "sea"
    COUNTRY = "country"
    """Somewhere in a country: never drawn at coordinates."""
    NOWHERE = "nowhere"
    """No place, or none that the gazetteer can put on a map."""


_AREAS = {"admin1": 90.0, "admin2": 35.0, "region": 90.0, "sea": 20.0}
"""By the precision of the place the kilometres around its middle that a mark stands for at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the incidents of a mark say of one measure, in persons; None where none of them speaks of it."""

    low: int
    best: int
    high: int | None
    only_feared: bool
    """Whether no figure is stated: all are feared, believed or denied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark: a place at one precision with all incidents there. Degrees; None for a country."""

    precision: Precision
    name: str
    country: str | None
    longitude: float | None
    latitude: float | None
    around_km: float
    """The ground that it stands for: 0 for a point."""
    incidents: tuple[Incident, ...]
    tallies: Mapping[Measure, Tally]

    @property
    def gravity(self) -> tuple[int, int, str]:
        """What is labelled first: most dead, then most people harmed otherwise, then by name."""
        deaths = self.tallies.get(Measure.DEATHS)
        others = max((_size(tally) for tally in self.tallies.values()), default=0)
        return (-_size(deaths) if deaths else 0, -others, self.name)

    @property
    def size(self) -> int | None:
        """The persons by which a dot is sized: dead, or dead as feared; None where no figure of deaths is known."""
        deaths = self.tallies.get(Measure.DEATHS)
        return None if deaths is None else _size(deaths)

    @property
    def is_hollow(self) -> bool:
        """Whether all that is said of deaths is feared or denied."""
        deaths = self.tallies.get(Measure.DEATHS)
        return deaths is not None and deaths.only_feared


def _size(tally: Tally) -> int:
    return (tally.high or tally.low) if tally.only_feared else tally.best


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifting:
    """What goes on the map, and what does not, with the why."""

    marks: tuple[Mark, ...]
    nowhere: tuple[Incident, ...]
    """No place is known."""
    many_days: tuple[Incident, ...]
    """They sum up many days, and may hold events that stand on the map by themselves."""


def sift(
    incidents: Iterable[Incident], window: Window, measures: Sequence[Measure], country_names: Mapping[str, str]
) -> Sifting:
    """The marks of the incidents of the window that speak of one of `measures`, the gravest first.

    `country_names` by ISO 3166-1 alpha-3 holds the countries that can be drawn.
    """
    shelves: dict[tuple[str, ...], list[Incident]] = {}
    nowhere, many_days = [], []
    for incident in incidents:
        placed = place_in_time(incident)
        if placed is None or not window.first <= placed[0] <= window.last:
            continue
        if not any(measure in incident.figures for measure in measures):
            continue
        precision = judge_precision(incident)
        if incident.date_start and incident.date_end and is_window((incident.date_start, incident.date_end)):
            many_days.append(incident)
        elif precision is Precision.NOWHERE or (
            precision is Precision.COUNTRY and incident.country not in country_names
        ):
            nowhere.append(incident)
        else:
            shelves.setdefault(_place_key(incident, precision), []).append(incident)
    marks = [_mark(shelf, measures, country_names) for shelf in shelves.values()]
    return Sifting(
        marks=tuple(sorted(marks, key=lambda mark: (mark.gravity, mark.precision, mark.country or ""))),
        nowhere=tuple(nowhere),
        many_days=tuple(many_days),
    )


def judge_precision(incident: Incident) -> Precision:
    """How well the place is known. What the gazetteer gives coordinates for may still be no more than a country."""
    kind = incident.place_precision
    has_point = incident.latitude is not None and incident.longitude is not None
    if kind in (None, "country") or not has_point:
        return Precision.COUNTRY if incident.country else Precision.NOWHERE
    if kind == "sea":
        return Precision.SEA
    if kind in _AREAS or stands_for_province(incident):
        return Precision.AREA
    return Precision.POINT


def stands_for_province(incident: Incident) -> bool:
    """Whether a town is said for the province that bears its name: a bulletin of a day or two without one cause."""
    town = set(fold(incident.place or "").split())
    return (
        bool(town)
        and town <= set(fold(incident.admin1 or "").split())
        and incident.cause in (None, Cause.OTHER)
        and incident.date_basis == "event"
        and incident.date_start != incident.date_end
    )


def _place_key(incident: Incident, precision: Precision) -> tuple[str, ...]:
    if precision is Precision.COUNTRY:
        return (precision, incident.country or "")
    name = incident.admin1 if stands_for_province(incident) else incident.place
    if precision is Precision.AREA and incident.place_precision in ("admin1", "admin2", "exact"):
        return (precision, incident.country or "", fold(name or ""))
    return (precision, f"{incident.longitude:.2f}", f"{incident.latitude:.2f}")


def _mark(shelf: list[Incident], measures: Sequence[Measure], country_names: Mapping[str, str]) -> Mark:
    # The middle of a province that its town is said for lies with those that name the province itself.
    first = min(shelf, key=lambda incident: (stands_for_province(incident), incident.incident_id))
    precision = judge_precision(first)
    country = clean(country_names.get(first.country or "", first.country or "")) or None
    whole = first.admin1 if stands_for_province(first) else first.place
    is_country = precision is Precision.COUNTRY
    around = _AREAS.get(first.place_precision or "", _AREAS["admin1"])
    return Mark(
        precision=precision,
        name=(country or "") if is_country else clean(whole or "") or (country or ""),
        country=first.country,
        longitude=None if is_country else first.longitude,
        latitude=None if is_country else first.latitude,
        around_km=0.0 if precision in (Precision.POINT, Precision.COUNTRY) else around,
        incidents=tuple(shelf),
        tallies=tally(shelf, measures),
    )


def tally(incidents: Sequence[Incident], measures: Sequence[Measure]) -> dict[Measure, Tally]:
    """The figures of the incidents, measure by measure. What is only feared or denied widens `high` alone."""
    found: dict[Measure, Tally] = {}
    for measure in measures:
        figures = [incident.figures[measure] for incident in incidents if measure in incident.figures]
        if figures:
            low, best, high = add_figures(figures)
            feared = all(statuses_of(figure) and Status.STATED not in statuses_of(figure) for figure in figures)
            found[measure] = Tally(low=low, best=best, high=high, only_feared=feared)
    return found


def merge(marks: Sequence[Mark], measures: Sequence[Measure]) -> Mark:
    """Marks that would lie on one another as one, at the gravest of them; the gravest stands first."""
    first = marks[0]
    if len(marks) == 1:
        return first
    incidents = tuple(incident for mark in marks for incident in mark.incidents)
    return Mark(
        precision=first.precision,
        name=f"{first.name} and {len(marks) - 1} near",
        country=first.country,
        longitude=first.longitude,
        latitude=first.latitude,
        around_km=first.around_km,
        incidents=incidents,
        tallies=tally(incidents, measures),
    )


def word_mark(mark: Mark) -> str:
    """The figures behind a mark's name: deaths as a bare number, all else with its word."""
    parts = []
    deaths = mark.tallies.get(Measure.DEATHS)
    if deaths is not None:
        parts.append(word_tally(deaths))
    if hunger := mark.tallies.get(Measure.MALNUTRITION_DEATHS):
        parts.append(f"{word_tally(hunger)} of malnutrition")
    if not parts:
        measure, other = next(iter(mark.tallies.items()))
        parts.append(f"{word_tally(other)} {MEASURE_WORDS[measure].lower()}")
    several = f" ({word_many(len(mark.incidents), 'incident', 'incidents')})" if len(mark.incidents) > 1 else ""
    return "; ".join(parts) + several


def word_tally(given: Tally) -> str:
    """The best sum; "≥ 14" where it is only the least that is certain, "up to 9 feared" where nothing is stated."""
    if given.only_feared:
        return "feared dead" if given.high is None else f"up to {word_number(given.high)} feared"
    if given.high is None and given.best == given.low:
        return word_bounds(given.low, None)
    return word_number(given.best)
