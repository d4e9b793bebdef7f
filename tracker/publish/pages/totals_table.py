"""Running totals of the window: the chart of their lines, and the table with the full names that a chart shortens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.publish.charts.tolls import draw_tolls, group_tolls, pick_lines, word_change, word_size
from tracker.publish.pages.draft import Spoken, Written
from tracker.publish.wording import MEASURE_WORDS, UNKNOWN, isolate, soften, word_bounds, word_short_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.publish.charts.tolls import TollLine
    from tracker.publish.pages.draft import Draft

_MOST_REVISIONS = 3
_MOST_ROWS = 40


def write_tolls(draft: Draft) -> Written:
    """The lines drawn over the days of the charts, and a row a line with its first and last value of these days."""
    days = draft.window.reaching_back(draft.definition.chart_days)
    points = draft.material.known_tolls or draft.material.tolls
    lines = group_tolls((p for p in points if days.first <= p.as_of <= days.last), draft.measures)
    chart = draw_tolls(lines, days, draft.folder)
    rows = [tell_line(draft, line) for line in lines[:_MOST_ROWS]]
    undrawn = len(lines) - len(pick_lines(lines))
    values: dict[str, Any] = {
        "svg": chart.svg if chart else "",
        "alt": chart.alt if chart else "",
        "rows": rows,
        "undrawn": draft.words("tolls.undrawn", n=undrawn) if undrawn else "",
        "unlisted": draft.words("tolls.unlisted", n=len(lines) - _MOST_ROWS, file=draft.file("tolls"))
        if len(lines) > _MOST_ROWS
        else "",
    }
    spoken: Spoken = {
        "tolls": [[values["alt"] or draft.words("tolls.empty")]],
        "toll": [[_say(draft, row)] for row in rows],
    }
    return Written(values, charts=(chart,) if chart else (), spoken=spoken)


def tell_line(draft: Draft, line: TollLine) -> dict[str, str]:
    """One line in the words of the table."""
    first, last = line.points[0], line.points[-1]
    known = first.low is not None and last.low is not None and len(line.points) > 1
    change = (last.low or 0) - (first.low or 0)
    return {
        "claimant": isolate(soften(line.claimant)) or UNKNOWN,
        "area": isolate(soften(line.area)) or UNKNOWN,
        "measure": MEASURE_WORDS[line.measure],
        "baseline": soften(line.baseline) or draft.words("tolls.no_baseline"),
        "about": soften(line.about),
        "first": word_bounds(first.low, first.high),
        "first_day": word_short_days(first.as_of, first.as_of),
        "last": word_bounds(last.low, last.high),
        "last_day": word_short_days(last.as_of, last.as_of),
        "change": word_change(change) if known else UNKNOWN,
        "revisions": word_revisions(draft, line.revisions) or draft.words("tolls.no_revisions"),
    }


def word_revisions(draft: Draft, revisions: Sequence[Any]) -> str:
    """The revisions with size and day, the newest last; of many only the newest."""
    sizes = [f"{word_size(p)}\u00a0({word_short_days(p.as_of, p.as_of)})" for p in revisions]
    more = len(sizes) - _MOST_REVISIONS
    return "; ".join([*([draft.words("tolls.earlier", n=more)] if more > 0 else []), *sizes[-_MOST_REVISIONS:]])


def _say(draft: Draft, row: dict[str, str]) -> str:
    about = f", {row['about']}" if row["about"] else ""
    head = f"{row['measure']}{about}, {row['claimant']}, {row['area']}, {row['baseline']}"
    return f"{head}: " + draft.words("tolls.spoken", **row)
