"""An area by whatever name it is given: a country's code or name, a province, a place; or what is near to it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.incidents.selection import Selection
from tracker.incidents.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.incidents.incident import Incident
    from tracker.incidents.tolls import TollPoint

_MOST_KNOWN = 8


@dataclass(frozen=True, slots=True)
class Area:
    """What an area's name stands for, and how it is written."""

    label: str
    selection: Selection

    def of(self, incidents: Iterable[Incident]) -> list[Incident]:
        """The incidents that lie in the area."""
        return list(self.selection.of(incidents))

    def holds(self, point: TollPoint, country: str | None) -> bool:
        """Whether the total, whose claim is of `country`, is one of this area; that of a wider area is not."""
        chosen = self.selection
        if chosen.country:
            return chosen.country in (country, point.area_key[1] if len(point.area_key) > 1 else None)
        name = fold(chosen.admin1 or chosen.place or "")
        return name in (fold(point.area or ""), point.area_key[-1])


def find_area(
    name: str,
    incidents: Iterable[Incident],
    points: Iterable[TollPoint],
    find_country: Callable[[str], str | None],
    countries: Iterable[str] = (),
) -> Area:
    """The area called `name`; UsageError with the nearest names where nothing that was read lies in such an area.

    A country may be named before anything was read of it; `find_country` gives its ISO alpha-3 for a code or name.
    `countries` are the names of those that were read of, to be offered where a name is misspelt.
    """
    code = find_country(name)
    if code:
        return Area(name if len(name) != 3 else code, Selection(country=code))
    provinces: dict[str, str] = {}
    places: dict[str, str] = {}
    for incident in incidents:
        of_province = incident.place if incident.place_precision == "admin1" else None
        for province in (incident.admin1, of_province):
            if province:
                provinces.setdefault(fold(province), province)
        if incident.place:
            places.setdefault(fold(incident.place), incident.place)
    for point in points:
        if point.area:
            places.setdefault(fold(point.area), point.area)
    wanted = fold(name)
    if wanted and wanted in provinces:
        return Area(provinces[wanted], Selection(admin1=provinces[wanted]))
    if wanted and wanted in places:
        return Area(places[wanted], Selection(place=places[wanted]))
    known = places | provinces | {fold(country): country for country in countries}
    near = get_close_matches(wanted, known, n=_MOST_KNOWN, cutoff=0.6)
    hint = f"near it: {', '.join(known[match] for match in near)}" if near else _list_known(known.values())
    raise UsageError(f"no incident and no running total lies in an area called {name!r}; {hint}.")


def _list_known(names: Iterable[str]) -> str:
    known = sorted(names)
    shown = ", ".join(known[:_MOST_KNOWN]) or "nothing yet"
    return f"among those known are {shown}; a country is given by its name or code (SDN)"
