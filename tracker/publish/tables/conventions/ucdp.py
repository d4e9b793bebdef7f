"""Incidents as UCDP GED rows: direct deaths by organised violence, with low, best and high, and 49 columns.

What UCDP's coders decide (conflict, dyad, sides, type of violence) is only written where the words of a text say it.
Deaths that are only feared or wholly denied stand in `high` alone: UCDP's low and best hold what is reported as fact.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.claims import Measure
from tracker.incidents.groups import REPORTING_DELAY
from tracker.publish.tables.conventions.choosing import Overlap, days_of, find_overlaps, sums_up
from tracker.publish.tables.conventions.convention import load_convention
from tracker.publish.tables.conventions.countries import country_codes, priogrid_cell
from tracker.publish.tables.conventions.evidence import (
    Evidence,
    Findings,
    civilians,
    conflict,
    is_only_feared,
    standing,
    top,
)
from tracker.publish.tables.conventions.losses import (
    Entry,
    Kept,
    Loss,
    figure_key,
    lose_always,
    lose_doubtful,
    lose_figure,
    lose_toll,
)
from tracker.publish.tables.conventions.scope import check_causes, in_scope, lose_scope
from tracker.publish.totals import is_denied
from tracker.publish.wording import MEASURE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from tracker.incidents import Figure, Incident
    from tracker.publish.tables.conventions.convention import Convention

ONE_SIDED = 3
"""UCDP's type of violence against civilians."""

_DATE_PRECISIONS = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""The longest interval in days of each precision."""


class Estimate(NamedTuple):
    """UCDP's three numbers, persons; always low <= best <= high."""

    low: int
    best: int
    high: int


def convention() -> Convention:
    """The columns, mappings and reasons of `rules/conventions/ucdp.toml`."""
    loaded = load_convention("ucdp", ("causes", "where_prec", "regions"))
    check_causes(loaded)
    return loaded


def convert(account: Findings, name_country: Callable[[str], str] = str, names: bool = False) -> Iterator[Entry]:
    """The rows, by the order of the incidents, each followed by what it loses; then the running totals, all lost.

    `name_country` turns an alpha-3 code into an English name. Names of victims are withheld unless `names` is true.
    """
    ged = convention()
    evidence = Evidence(account.readings, names)
    chosen = [i for i in account.incidents if Measure.DEATHS in i.figures and _refuse(ged, i, evidence) is None]
    overlaps = find_overlaps(chosen, Measure.DEATHS)
    for incident in account.incidents:
        for measure in incident.figures:
            if measure is Measure.DEATHS:
                yield from _convert_deaths(ged, incident, overlaps.get(incident.incident_id), evidence, name_country)
            else:
                code = "indirect" if measure is Measure.MALNUTRITION_DEATHS else "other_measure"
                yield lose_figure(ged, incident, measure, code, measure=MEASURE_WORDS[measure].lower())
        yield from lose_doubtful(ged, incident)
    for point in account.tolls:
        yield lose_toll(ged, point, "running_total", claimant=point.claimant or "nobody named")
    yield from lose_always(ged)


def estimate(figure: Figure) -> Estimate:
    """Low, best and high as UCDP writes them: numbers always, and in high alone what is only feared or wholly denied.

    Where no text gives a number for all ("dozens"), best is the lower bound, since UCDP takes the lower figure where
    none is more reliable; an open upper bound becomes the highest number that anybody gives.
    """
    high = figure.high if figure.high is not None else top(figure)
    if is_denied(figure):
        return Estimate(0, 0, max(high, top(figure)))
    low = figure.low or 0
    best = figure.best if figure.best is not None else low
    low = min(low, best)
    return Estimate(low, best, max(high, best))


def date_precision(days: int) -> int | None:
    """UCDP's precision for an event that lies in an interval of so many days; None where it is longer than a year."""
    return next((precision for longest, precision in _DATE_PRECISIONS if days <= longest), None)


def _refuse(ged: Convention, incident: Incident, evidence: Evidence) -> Loss | None:
    """Why the incident's deaths cannot be a row, whatever other rows there are; None where they can."""
    if estimate(incident.figures[Measure.DEATHS]).high < 1:
        return lose_figure(ged, incident, Measure.DEATHS, "no_death")
    if not in_scope(ged, incident, evidence):
        return lose_scope(ged, incident, Measure.DEATHS)
    if incident.country is None and incident.latitude is None:
        return lose_figure(ged, incident, Measure.DEATHS, "nowhere")
    if incident.date_start is None or incident.date_end is None:
        return lose_figure(ged, incident, Measure.DEATHS, "no_date")
    if date_precision(days_of(incident)) is None:
        return lose_figure(ged, incident, Measure.DEATHS, "too_long", days=days_of(incident))
    return None


def _convert_deaths(
    ged: Convention,
    incident: Incident,
    overlap: Overlap | None,
    evidence: Evidence,
    name_country: Callable[[str], str],
) -> Iterator[Entry]:
    refused = _refuse(ged, incident, evidence)
    if refused is not None:
        yield refused
    elif overlap is not None:
        words = {"other": overlap.other, "days": days_of(incident)}
        yield lose_figure(ged, incident, Measure.DEATHS, overlap.reason, **words)
    else:
        figure = incident.figures[Measure.DEATHS]
        numbers = estimate(figure)
        cells = (
            _what(incident, figure, numbers, evidence)
            | _when(incident)
            | _where(ged, incident, figure, evidence, name_country)
            | _sources(incident, evidence)
        )
        yield Kept(ged.row(cells), (figure_key(incident, Measure.DEATHS),))
        yield from _lose_of_row(ged, incident, figure, numbers, evidence, name_country)


def _what(incident: Incident, figure: Figure, numbers: Estimate, evidence: Evidence) -> dict[str, object]:
    unarmed = civilians(figure, evidence, numbers.best)
    actor = evidence.actors(incident).stated
    is_one_sided = actor is not None and 0 < unarmed == numbers.best
    return {
        "id": int(incident.incident_id, 16),
        "relid": incident.incident_id,
        "type_of_violence": ONE_SIDED if is_one_sided else None,
        "dyad_name": f"{actor.words} - Civilians" if actor and is_one_sided else None,
        "side_a": actor.words if actor else None,
        "side_b": "Civilians" if is_one_sided else None,
        "event_clarity": 2 if sums_up(incident) else 1,
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": unarmed,
        "deaths_unknown": numbers.best - unarmed,
        "best": numbers.best,
        "high": numbers.high,
        "low": numbers.low,
    }


def _when(incident: Incident) -> dict[str, object]:
    first, last = dates_of(incident)
    return {
        "year": last.year,
        "date_prec": date_precision((last - first).days + 1),
        "date_start": first,
        "date_end": last,
    }


def dates_of(incident: Incident) -> tuple[date, date]:
    """First and last possible day; where no text dates the event, the day of the first report and the days before.

    ValueError for an incident without any date.
    """
    if incident.date_start is None or incident.date_end is None:
        raise ValueError(f"incident {incident.incident_id} has no date")
    if incident.date_basis != "event":
        return incident.date_start - timedelta(days=REPORTING_DELAY.days), incident.date_end
    return incident.date_start, incident.date_end


def _where(
    ged: Convention, incident: Incident, figure: Figure, evidence: Evidence, name_country: Callable[[str], str]
) -> dict[str, object]:
    mappings: Any = ged.mappings
    reading = evidence.reading(figure.recommended)
    precision = incident.place_precision
    cells: dict[str, object] = {
        "where_prec": mappings["where_prec"].get(precision or ""),
        "where_coordinates": incident.place,
        "where_description": reading.claim.places if reading else (),
        "adm_1": incident.admin1 or (incident.place if precision == "admin1" else None),
        "adm_2": incident.place if precision == "admin2" else None,
        "latitude": incident.latitude,
        "longitude": incident.longitude,
        "country": name_country(incident.country) if incident.country else None,
    }
    if incident.latitude is not None and incident.longitude is not None:
        cells["geom_wkt"] = f"POINT ({incident.longitude} {incident.latitude})"
        cells["priogrid_gid"] = priogrid_cell(incident.latitude, incident.longitude)
    number = country_codes(incident.country).gw
    if number is not None:
        cells["country_id"] = number
        cells["region"] = next(
            (region for region, (first, last) in mappings["regions"].items() if first <= number <= last), None
        )
    return cells


def _sources(incident: Incident, evidence: Evidence) -> dict[str, object]:
    texts = evidence.texts(incident)
    return {
        "number_of_sources": len(incident.origins),
        "source_article": tuple(", ".join(str(part) for part in (t[1], t[0], t[2]) if part) for t in texts),
        "source_office": tuple(text.outlet or "" for text in texts),
        "source_date": tuple(str(text.published or "") for text in texts),
        "source_headline": tuple(text.headline or "" for text in texts),
        "source_original": incident.sources,
    }


def _lose_of_row(
    ged: Convention,
    incident: Incident,
    figure: Figure,
    numbers: Estimate,
    evidence: Evidence,
    name_country: Callable[[str], str],
) -> Iterator[Loss]:
    def lose(code: str, **words: object) -> Loss:
        return lose_figure(ged, incident, Measure.DEATHS, code, **words)

    actors = evidence.actors(incident)
    if actors.stated:
        yield lose("perpetrator_status", who=actors.stated.words, status=actors.stated.status.value)
    else:
        yield lose("not_coded", who=actors.why_not)
    if is_denied(figure):
        yield lose("denied")
    elif is_only_feared(figure):
        yield lose("only_feared")
    elif figure.best is None:
        yield lose("vague_best", low=numbers.low)
    if figure.high is None:
        yield lose("high_open", high=numbers.high)
    if figures := conflict(figure):
        yield lose("conflict", count=len(standing(figure)), figures=figures)
    if parts := evidence.parts(figure):
        yield lose("parts", parts=parts)
    if incident.date_basis != "event":
        first, last = dates_of(incident)
        yield lose("report_date", first=first, last=last, delay=REPORTING_DELAY.days)
    if incident.country is None:
        yield lose("no_country")
    elif country_codes(incident.country).gw is None:
        yield lose("no_state_number", country=name_country(incident.country))
    if incident.latitude is None or incident.longitude is None:
        yield lose("no_point")
