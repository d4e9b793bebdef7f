"""What stands in one bar of the daily chart: a day's incidents, or a week's or month's where the window is long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from tracker.claims import Status
from tracker.incidents.series import is_late, place_in_time
from tracker.publish.totals import add_figures, best_of, counts_in, is_denied

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tracker.claims import Measure
    from tracker.incidents import Figure, Incident
    from tracker.publish.material import Window

Length = Literal["day", "week", "month"]

_MOST_DAYS, _MOST_WEEKS = 62, 104
"""How many bars of a length are drawn before the next longer one is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One measure in one period of the window, in persons; `high` is None where an upper bound is open."""

    first: date
    last: date
    measure: Measure
    low: int
    best: int
    high: int | None
    late: int = 0
    """Of `best`: first reported more than 3 days after the harm."""
    least: int = 0
    """Of `best`: no figure but the least that is certain, for incidents without a best one."""
    undated: int = 0
    """Of `best`: of which only the day of the report is known."""
    corrected: int = 0
    """What origins have taken off their earlier figures."""
    has_best: bool = True
    """Whether every incident has a best figure."""
    incidents: int = 1
    origins: frozenset[str] = frozenset()
    days: int = 1
    """The days of the period with a figure."""

    @property
    def middle(self) -> float:
        """Where its bar stands on an axis of days."""
        return (self.first.toordinal() + self.last.toordinal()) / 2

    @property
    def top(self) -> int:
        """The highest that is drawn of it."""
        return max(self.best, self.high or 0)


def choose_length(window: Window) -> Length:
    """How long the period of one bar is: a day, or where the window has too many, a week or a month."""
    if window.length <= _MOST_DAYS:
        return "day"
    return "week" if window.length <= 7 * _MOST_WEEKS else "month"


def periods_of(window: Window) -> list[tuple[date, date]]:
    """First and last day of each period; the first and the last one may be cut by the window."""
    length = choose_length(window)
    periods: list[tuple[date, date]] = []
    for day in window.days():
        opens = length == "day" or (day.weekday() == 0 if length == "week" else day.day == 1)
        if opens or not periods:
            periods.append((day, day))
        else:
            periods[-1] = (periods[-1][0], day)
    return periods


def gather_bars(incidents: Iterable[Incident], window: Window) -> list[Bar]:
    """The bars of the window in the order of day and measure; a period without a figure has no bar.

    An incident of more than one day stands on its last.
    """
    home: dict[date, tuple[date, date]] = {}
    for first, last in periods_of(window):
        home |= {first + timedelta(days=at): (first, last) for at in range((last - first).days + 1)}
    shelves: dict[tuple[tuple[date, date], Measure], list[Incident]] = {}
    for incident in incidents:
        placed = place_in_time(incident)
        if placed is not None and counts_in(incident, window):
            for measure in incident.figures.keys() - incident.covered.keys():
                shelves.setdefault((home[placed[0]], measure), []).append(incident)
    ordered = sorted(shelves.items(), key=lambda shelf: shelf[0])
    return [_bar(period, measure, shelf) for (period, measure), shelf in ordered]


def _bar(period: tuple[date, date], measure: Measure, shelf: list[Incident]) -> Bar:
    figures = [incident.figures[measure] for incident in shelf]
    low, best, high = add_figures(figures)
    parts = {"late": 0, "least": 0, "undated": 0}
    for incident, figure in zip(shelf, figures, strict=True):
        if is_denied(figure):
            continue
        if incident.date_basis != "event":
            parts["undated"] += best_of(figure)
        elif figure.best is None:
            parts["least"] += best_of(figure)
        elif is_late(incident):
            parts["late"] += best_of(figure)
    return Bar(
        first=period[0],
        last=period[1],
        measure=measure,
        low=low,
        best=best,
        high=high,
        corrected=sum(taken_off(figure) for figure in figures),
        has_best=all(figure.best is not None for figure in figures),
        incidents=len(shelf),
        origins=frozenset(origin for figure in figures for origin in figure.origins),
        days=len({placed[0] for incident in shelf if (placed := place_in_time(incident))}),
        **parts,
    )


def taken_off(figure: Figure) -> int:
    """By how many persons an origin has put its own stated figure right downwards; of several the most. Else 0."""
    off = 0
    stated = [
        s for s in figure.statements if s.status is Status.STATED and not s.is_part and s.count.minimum is not None
    ]
    for now in stated:
        if now.current and now.published is not None:
            earlier = [
                s.count.minimum
                for s in stated
                if s.origin == now.origin and not s.current and s.published is not None and s.published < now.published
            ]
            off = max([off, *((before or 0) - (now.count.minimum or 0) for before in earlier)])
    return off
