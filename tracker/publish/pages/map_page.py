"""The map of where harm was reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.publish.charts.map import draw_map
from tracker.publish.pages.draft import NOTHING, Written
from tracker.publish.wording import calm

if TYPE_CHECKING:
    from tracker.publish.pages.draft import Draft


def write_map(draft: Draft) -> Written:
    """The incidents of the window where they lie, each as vague as its place; nothing where none has a place."""
    # A place is printed as the text names it, so a victim's name may stand in it.
    incidents = [replace(one, place=calm(draft.hide(one.place, one)) or None) for one in draft.incidents]
    chart = draw_map(incidents, draft.window, draft.measures, draft.folder, draft.material.country_names)
    if chart is None:
        return NOTHING
    return Written({"svg": chart.svg, "alt": chart.alt}, charts=(chart,), spoken={"map": [[chart.alt]]})
