"""Adding up incidents without pretending: bounds add to bounds, an open bound keeps the sum open, kinds stay apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.claims import Measure, Status
from tracker.incidents.links import is_window
from tracker.incidents.series import place_in_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.incidents import Figure, Incident
    from tracker.publish.material import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the incidents of a window say of one measure, in persons; `high` is None where any upper bound is open."""

    measure: Measure
    low: int
    best: int
    high: int | None
    has_best: bool
    """Whether every incident has a best figure; where not, its lower bound stands in for it in `best`."""
    incidents: int
    origins: int
    open_incidents: int
    """How many of the incidents give no upper bound."""


def counts_in(incident: Incident, window: Window) -> bool:
    """Whether the incident's figures may be added up for the window: its day lies there, and it is one event.

    A figure for many days ("last week", "in the past year") sums up events that may have been reported one by one; it
    is listed, and not added; nor is an incident all of whose figures a bulletin of its days may include.
    """
    if incident.figures.keys() <= incident.covered.keys():
        return False
    placed = place_in_time(incident)
    if placed is None or incident.date_start is None or incident.date_end is None:
        return False
    return window.first <= placed[0] <= window.last and not is_window((incident.date_start, incident.date_end))


def total_of(measure: Measure, incidents: Iterable[Incident], window: Window) -> Total | None:
    """The sum of one measure over the incidents that lie in the window; None where none of them speaks of it."""
    chosen = [i for i in incidents if measure in i.figures and measure not in i.covered and counts_in(i, window)]
    if not chosen:
        return None
    low, best, high = add_figures(incident.figures[measure] for incident in chosen)
    return Total(
        measure=measure,
        low=low,
        best=best,
        high=high,
        has_best=all(incident.figures[measure].best is not None for incident in chosen),
        incidents=len(chosen),
        origins=len({origin for incident in chosen for origin in incident.figures[measure].origins}),
        open_incidents=sum(incident.figures[measure].high is None for incident in chosen),
    )


def add_figures(figures: Iterable[Figure]) -> tuple[int, int, int | None]:
    """Low, best and high added up. An unknown lower bound adds nothing; one open upper bound opens the sum."""
    low, best = 0, 0
    high: int | None = 0
    for figure in figures:
        least, likely = (0, 0) if is_denied(figure) else (figure.low or 0, best_of(figure))
        low += least
        best += likely
        high = None if high is None or figure.high is None else high + figure.high
    return low, best, high


def best_of(figure: Figure) -> int:
    """The best figure, or where none is given the least that is certain."""
    return figure.best if figure.best is not None else figure.low or 0


def is_denied(figure: Figure) -> bool:
    """Whether all that stands is denied by a party, so that only the upper bound of a sum may hold it."""
    return statuses_of(figure) == {Status.DISPUTED}


def statuses_of(figure: Figure) -> set[Status]:
    """How the statements that stand are put."""
    return {statement.status for statement in figure.statements if statement.current}
