"""The charts of the days: violent and other harm, and apart from it that of malnutrition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.claims import Measure
from tracker.publish.charts.days import draw_days
from tracker.publish.charts.periods import gather_bars
from tracker.publish.pages.draft import Written
from tracker.publish.pages.listing import sort_incidents
from tracker.publish.wording import MALNUTRITION, word_days

if TYPE_CHECKING:
    from tracker.publish.pages.draft import Draft

_COLUMNS = 2


def write_daily(draft: Draft) -> Written:
    """The charts over at least as many days as the definition says; deaths and injuries even where empty."""
    window = draft.window.reaching_back(draft.definition.chart_days)
    known = draft.material.known_incidents or draft.material.incidents
    bars = gather_bars(sort_incidents(known, draft.measures), window)
    present = {bar.measure for bar in bars}
    always = (Measure.DEATHS, Measure.INJURIES)
    harm = [m for m in draft.measures if m not in MALNUTRITION and (m in present or m in always)]
    hunger = [measure for measure in draft.measures if measure in MALNUTRITION and measure in present]
    charts = [draw_days("daily", bars, window, harm, draft.folder)] if harm else []
    if hunger:
        charts.append(draw_days("malnutrition", bars, window, hunger, draft.folder, columns=_COLUMNS))
    note = draft.words("daily.window", days=word_days(window.first, window.last)) if window != draft.window else ""
    values = {"charts": [{"svg": chart.svg, "alt": chart.alt} for chart in charts], "note": note}
    return Written(values, charts=tuple(charts), spoken={"daily": [[chart.alt] for chart in charts]})
