"""Adding up what may be added, and refusing the rest in one sentence that names what may be added instead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.claims import Measure
from tracker.errors import UsageError
from tracker.incidents.links import is_window
from tracker.incidents.series import place_in_time
from tracker.publish.tables.dictionary import Kind
from tracker.publish.totals import is_denied

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from tracker.incidents import Incident

SUM_COLUMNS = ("measure", "low", "best", "high", "incidents", "origins", "without_best", "open", "denied", "left_out")

_INSTEAD = "add incidents instead: tracker export incidents --measure deaths --sum"
_NO_FIGURES = "have no figures that could be added; " + _INSTEAD
_REFUSED = {
    Kind.CLAIMS: "claims are not added, since one event is stated many times, parts stand beside their wholes and "
    f"running totals beside single events; {_INSTEAD}",
    Kind.INCIDENT_CLAIMS: f"the claims of incidents {_NO_FIGURES}",
    Kind.TOLLS: "values of running totals are not added, neither to each other nor to incidents, since each holds the "
    "earlier ones of its series, a part is in its whole, and the events of these days are in all of them; read the "
    f"last value of one series (tracker tolls list), or {_INSTEAD}",
    Kind.REVISIONS: "revisions are not added, since each is a difference between two totals that hold the same people; "
    f"read the last value of the running total (tracker tolls list), or {_INSTEAD}",
    Kind.DOCUMENTS: f"documents {_NO_FIGURES}",
    Kind.JUDGEMENTS: f"judgements {_NO_FIGURES}",
    Kind.RUNS: f"runs {_NO_FIGURES}",
}
_OVERLAPS = {
    frozenset(
        {Measure.DEATHS, Measure.MALNUTRITION_DEATHS}
    ): "deaths of malnutrition are counted by others, over other times, and a count of all deaths may hold them",
    frozenset(
        {Measure.CASUALTIES, Measure.DEATHS}
    ): "casualties are dead and injured in one figure, and may hold these deaths",
    frozenset(
        {Measure.CASUALTIES, Measure.INJURIES}
    ): "casualties are dead and injured in one figure, and may hold these injured",
    frozenset({Measure.DEATHS, Measure.INJURIES}): "who was first counted as injured may be among the dead later",
    frozenset({Measure.DEATHS, Measure.MISSING}): "the missing of one day may be the dead of the next",
    frozenset({Measure.MALNUTRITION_CASES, Measure.MALNUTRITION_DEATHS}): "who died was a case before",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What incidents add up to for one measure, in persons; None where a term is not known or open."""

    measure: Measure
    low: int
    """Of the lower bounds that are known: still a lower bound."""
    best: int | None
    high: int | None
    incidents: int
    origins: int
    """Independent origins, each counted once."""
    without_best: int
    """How many of the incidents have no best figure."""
    open: int
    """How many have no upper bound."""
    denied: int
    """How many are denied in their own text: they are in high alone."""
    left_out: int
    """How many were left out: without any day, or because others may hold them."""


def require_addable(kind: Kind, measures: Collection[Measure]) -> None:
    """UsageError, with the reason, where rows of this table or figures of these measures are not to be added."""
    if kind in _REFUSED:
        raise UsageError(f"{_REFUSED[kind]}.")
    if len(measures) > 1:
        first, second = [measure for measure in Measure if measure in measures][:2]
        why = _OVERLAPS.get(frozenset({first, second}), "one person may be in both")
        raise UsageError(
            f"{first} and {second} are not added, since {why}; give one --measure, or none for a line of each."
        )


def add_up(incidents: Iterable[Incident], *, countable: bool = False) -> list[Sum]:
    """The sum of each measure by itself, in their order. Doubtful figures are in none.

    UsageError where figures may hold the people of others: windows of several days those of events in them, a bulletin
    those of the events that it covers. With `countable` windows and what a bulletin may hold are left out, as in the
    report.
    """
    told: dict[Measure, list[Incident]] = defaultdict(list)
    undated: dict[Measure, int] = defaultdict(int)
    for incident in incidents:
        for measure in incident.figures:
            if place_in_time(incident) is None:
                undated[measure] += 1
            else:
                told[measure].append(incident)
    sums = []
    for measure in Measure:
        members = told.get(measure, [])
        if countable:
            kept = [one for one in members if measure not in one.covered and not is_window(_days(one))]
        else:
            _refuse_overlaps(measure, members)
            kept = members
        if kept or undated[measure]:
            sums.append(_sum(measure, kept, len(members) - len(kept) + undated[measure]))
    return sums


def _sum(measure: Measure, incidents: Sequence[Incident], left_out: int) -> Sum:
    figures = [incident.figures[measure] for incident in incidents]
    stated = [figure for figure in figures if not is_denied(figure)]
    return Sum(
        measure=measure,
        low=sum(figure.low or 0 for figure in stated),
        best=_sum_all([figure.best for figure in stated]),
        high=_sum_all([figure.high for figure in figures]),
        incidents=len(figures),
        origins=len({origin for figure in figures for origin in figure.origins}),
        without_best=sum(figure.best is None for figure in stated),
        open=sum(figure.high is None for figure in figures),
        denied=len(figures) - len(stated),
        left_out=left_out,
    )


def _sum_all(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _refuse_overlaps(measure: Measure, incidents: Sequence[Incident]) -> None:
    ids = {incident.incident_id for incident in incidents}
    for incident in incidents:
        holder = incident.covered.get(measure)
        if holder in ids:
            raise UsageError(
                f"these {measure} are not added, since the bulletin {holder} may hold the people of incident "
                f"{incident.incident_id}; {_LEAVE_OUT}."
            )
        if is_window(_days(incident)):
            within = [other for other in incidents if other is not incident and _may_hold(incident, other)]
            if within:
                first, last = _days(incident)
                raise UsageError(
                    f"these {measure} are not added, since incident {incident.incident_id} sums up {first} to {last} "
                    f"and may hold the people of {_count(len(within))} of these days; {_LEAVE_OUT}."
                )


_LEAVE_OUT = "add --countable to leave such figures out as the report does, or choose days or places without them"


def _may_hold(window: Incident, other: Incident) -> bool:
    """Whether the days of the two meet, and nothing says that they are of two countries."""
    first, last = _days(window)
    begin, end = _days(other)
    elsewhere = window.country and other.country and window.country != other.country
    return begin <= last and first <= end and not elsewhere


def _days(incident: Incident) -> tuple[date, date]:
    """First and last day of an incident that has them; of one known by its report alone, that day."""
    assert incident.date_start is not None
    assert incident.date_end is not None
    return incident.date_start, incident.date_end


def _count(number: int) -> str:
    return "another incident" if number == 1 else f"{number} other incidents"
