"""Incidents as rows of an ACLED export: one number of fatalities, the most conservative, and the evidence in the notes.

Of the stated figures that stand the lowest counts, and of vague words ACLED's own numbers ("dozens" is 12), which are
the policy `acled` of `vague.toml`. What is only feared or denied is no fatality; the notes tell it in words.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.claims import Measure, Status
from tracker.incidents.statements import VAGUE
from tracker.incidents.words import fold
from tracker.publish.tables.conventions.choosing import days_of, find_overlaps
from tracker.publish.tables.conventions.convention import load_convention
from tracker.publish.tables.conventions.countries import country_codes
from tracker.publish.tables.conventions.evidence import (
    Evidence,
    Findings,
    civilians,
    conflict,
    says_any,
    standing,
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
from tracker.publish.tables.conventions.scope import cause_entry, check_causes, in_scope, lose_scope
from tracker.publish.totals import is_denied
from tracker.publish.wording import MEASURE_WORDS
from tracker.rulebook.tables import parse_table
from tracker.settings import locate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

    from tracker.incidents import Figure, Incident
    from tracker.publish.tables.conventions.choosing import Overlap
    from tracker.publish.tables.conventions.convention import Convention

_TIME_PRECISIONS = ((1, 1), (7, 2), (31, 3))
"""The longest interval in days of each precision."""

_ROW_MEASURES = (
    Measure.DEATHS,
    Measure.INJURIES,
    Measure.CASUALTIES,
    Measure.ABDUCTED,
    Measure.DETAINED,
    Measure.MISSING,
)
"""An incident with a figure of one of these is an event; displacement and hunger alone are not."""


class Fatalities(NamedTuple):
    """ACLED's one number, persons; None with the reason where no text gives one. `words`: the vague ones behind it."""

    value: int | None
    why_not: str = ""
    words: str = ""


def convention() -> Convention:
    """The columns, mappings and reasons of `rules/conventions/acled.toml`."""
    loaded = load_convention("acled", ("causes", "abduction", "disorder_types", "geo_precision"))
    check_causes(loaded, ("event_type", "sub_event_type"))
    return loaded


def convert(
    account: Findings,
    name_country: Callable[[str], str] = str,
    names: bool = False,
    read_at: Mapping[str, datetime] | None = None,
) -> Iterator[Entry]:
    """The rows, by the order of the incidents, each followed by what it loses; then the running totals, all lost.

    `name_country` turns an alpha-3 code into an English name; `read_at` gives the start of the run that first read
    each claim as it now is. Names of victims are withheld unless `names` is true.
    """
    acled = convention()
    evidence = Evidence(account.readings, names)
    deadly = [
        incident
        for incident in account.incidents
        if Measure.DEATHS in incident.figures and _refuse(acled, incident, Measure.DEATHS, evidence) is None
    ]
    overlaps = find_overlaps(deadly, Measure.DEATHS)
    for incident in account.incidents:
        lead = next((measure for measure in _ROW_MEASURES if measure in incident.figures), None)
        if lead is not None:
            overlap = overlaps.get(incident.incident_id)
            yield from _convert(acled, incident, lead, overlap, evidence, name_country, read_at or {})
        for measure in incident.figures:
            if measure is not Measure.DEATHS:
                code = "indirect" if measure is Measure.MALNUTRITION_DEATHS else "no_column"
                yield lose_figure(acled, incident, measure, code, measure=MEASURE_WORDS[measure].lower())
        yield from lose_doubtful(acled, incident)
    for point in account.tolls:
        yield lose_toll(acled, point, "running_total", claimant=point.claimant or "nobody named")
    yield from lose_always(acled)


def fatalities(figure: Figure, evidence: Evidence) -> Fatalities:
    """The most conservative of the stated figures that stand, vague words by ACLED's own numbers."""
    if is_denied(figure):
        return Fatalities(None, "all that stands is denied by a party")
    stated = [statement for statement in standing(figure) if statement.status is Status.STATED]
    if not stated:
        return Fatalities(None, "death is only feared or believed")
    values: list[tuple[int, str]] = []
    for statement in stated:
        vague = [claim for claim in evidence.claims(statement.claim_ids) if VAGUE in claim.flags]
        if not vague and statement.count.minimum is not None:
            values.append((statement.count.minimum, ""))
        for claim in vague:
            number = _vague_number(claim.count_text)
            if number is not None and len(statement.claim_ids) == 1:
                values.append((number, claim.count_text))
    if not values:
        return Fatalities(None, "no text gives a number, and ACLED's rule for vague numbers does not name the words")
    value, words = min(values)
    return Fatalities(value, "", words)


def _refuse(acled: Convention, incident: Incident, measure: Measure, evidence: Evidence) -> Loss | None:
    """Why the incident cannot be a row, whatever other rows there are; None where it can."""
    if not in_scope(acled, incident, evidence) and Measure.ABDUCTED not in incident.figures:
        return lose_scope(acled, incident, measure)
    if incident.country is None and incident.latitude is None:
        return lose_figure(acled, incident, measure, "nowhere")
    if incident.date_start is None or incident.date_end is None:
        return lose_figure(acled, incident, measure, "no_date")
    if _time_precision(incident) is None:
        return lose_figure(acled, incident, measure, "too_long", days=days_of(incident))
    return None


def _convert(
    acled: Convention,
    incident: Incident,
    lead: Measure,
    overlap: Overlap | None,
    evidence: Evidence,
    name_country: Callable[[str], str],
    read_at: Mapping[str, datetime],
) -> Iterator[Entry]:
    refused = _refuse(acled, incident, lead, evidence)
    if refused is not None or overlap is not None:
        if lead is Measure.DEATHS:
            words = {"other": overlap.other, "days": days_of(incident)} if overlap else {}
            yield refused or lose_figure(acled, incident, lead, overlap.reason if overlap else "", **words)
        return  # the figures of other measures have no column in any case
    figure = incident.figures.get(Measure.DEATHS)
    number = fatalities(figure, evidence) if figure else Fatalities(None, "no text tells of deaths")
    event = _event(acled, incident)
    moments = [read_at[claim_id] for claim_id in incident.claim_ids if claim_id in read_at]
    cells = _what(acled, incident, figure, number, event, evidence) | _where(acled, incident, name_country)
    cells |= {
        "event_date": _middle(incident),
        "year": _middle(incident).year,
        "time_precision": _time_precision(incident),
        "source": incident.outlets,
        "timestamp": int(max(moments).timestamp()) if moments else None,
    }
    yield Kept(acled.row(cells), (figure_key(incident, Measure.DEATHS),) if figure else ())
    yield from _lose_of_row(acled, incident, lead, number, evidence)
    if not event.get("event_type"):
        yield lose_figure(acled, incident, lead, "no_event_type", why=event["why"])
    elif not event.get("sub_event_type"):
        yield lose_figure(acled, incident, lead, "no_sub_event_type", why=event["why"])
    if not moments:
        yield lose_figure(acled, incident, lead, "no_run")


def _event(acled: Convention, incident: Incident) -> Mapping[str, str]:
    """The event that the cause is; people taken are one of their own where no other type is told and nobody died."""
    entry = cause_entry(acled, incident)
    if not entry.get("event_type") and Measure.ABDUCTED in incident.figures and Measure.DEATHS not in incident.figures:
        abduction: Mapping[str, str] = acled.mappings["abduction"]
        return abduction
    return entry


def _what(
    acled: Convention,
    incident: Incident,
    figure: Figure | None,
    number: Fatalities,
    event: Mapping[str, str],
    evidence: Evidence,
) -> dict[str, object]:
    actor = evidence.actors(incident).stated
    value = number.value or 0
    only_civilians = figure is not None and 0 < value == civilians(figure, evidence, value)
    event_type = event.get("event_type")
    return {
        "event_id_cnty": f"{incident.country or ''}{int(incident.incident_id, 16)}",
        "disorder_type": acled.mappings["disorder_types"].get(event_type or ""),
        "event_type": event_type,
        "sub_event_type": event.get("sub_event_type"),
        "actor1": actor.words if actor else None,
        "actor2": "Civilians" if only_civilians else None,
        "notes": _notes(incident, figure, evidence),
        "fatalities": number.value,
    }


def _where(acled: Convention, incident: Incident, name_country: Callable[[str], str]) -> dict[str, object]:
    codes, precision = country_codes(incident.country), incident.place_precision
    return {
        "iso": codes.iso,
        "region": codes.region,
        "country": name_country(incident.country) if incident.country else None,
        "admin1": incident.admin1 or (incident.place if precision == "admin1" else None),
        "admin2": incident.place if precision == "admin2" else None,
        "location": incident.place,
        "latitude": incident.latitude,
        "longitude": incident.longitude,
        "geo_precision": acled.mappings["geo_precision"].get(precision or ""),
    }


def _notes(incident: Incident, figure: Figure | None, evidence: Evidence) -> str:
    """The sentence of the recommended figure, what stands against it, and who is said to have done it."""
    told = figure or next(iter(incident.figures.values()))
    notes = [f"“{evidence.quote(told.recommended) or ''}”"]
    if figures := conflict(told):
        notes.append(f"Figures differ: {figures}.")
    elif is_denied(told):
        notes.append("The figure is denied by a party.")
    for actor in evidence.actors(incident).named:
        notes.append(f"Said to have done it: {actor.words} ({actor.status}).")
    return " ".join(notes)


def _lose_of_row(
    acled: Convention, incident: Incident, lead: Measure, number: Fatalities, evidence: Evidence
) -> Iterator[Loss]:
    def lose(code: str, **words: object) -> Loss:
        return lose_figure(acled, incident, lead, code, **words)

    figure = incident.figures.get(Measure.DEATHS)
    if number.value is None:
        yield lose("fatalities_empty", why=number.why_not)
    if figure is not None:
        bounds: dict[str, Any] = {"low": figure.low, "best": figure.best, "high": figure.high}
        if number.words:
            yield lose("vague", words=number.words, value=number.value, low=figure.low)
        elif number.value is not None and any(bound != number.value for bound in bounds.values()):
            yield lose("bounds", value=number.value, **bounds)
        if figures := conflict(figure):
            yield lose("conflict", count=len(standing(figure)), figures=figures)
        if parts := evidence.parts(figure):
            yield lose("parts", parts=parts)
    if incident.date_basis != "event":
        yield lose("report_date")
    elif days_of(incident) > 1:
        yield lose("interval", first=incident.date_start, last=incident.date_end)
    actors = evidence.actors(incident)
    if actors.stated:
        yield lose("perpetrator_status", who=actors.stated.words, status=actors.stated.status.value)
    else:
        yield lose("not_coded", who=actors.why_not)
    codes = country_codes(incident.country)
    if incident.country is None:
        yield lose("no_country")
    elif codes.iso is None or codes.region is None:
        yield lose("no_number", country=incident.country)
    if incident.place_precision not in acled.mappings["geo_precision"]:
        yield lose("coarse")


def _time_precision(incident: Incident) -> int | None:
    if incident.date_basis != "event":
        return 2  # the day of the report: the event lies within the days before it
    return next((precision for longest, precision in _TIME_PRECISIONS if days_of(incident) <= longest), None)


def _middle(incident: Incident) -> date:
    """The day of the event, or the middle of its interval, the earlier of two; ValueError where it has no date."""
    if incident.date_start is None or incident.date_end is None:
        raise ValueError(f"incident {incident.incident_id} has no date")
    return incident.date_start + (incident.date_end - incident.date_start) // 2


def _vague_number(count_text: str) -> int | None:
    """ACLED's number for the vague words of a count, by the longest entry in them; None where it has none."""
    numbers = _vague_numbers(locate("rules", "TRACKER_RULES"))
    fitting = [words for words in numbers if says_any(count_text, [words])]
    return numbers[max(fitting, key=lambda words: (len(words), words))] if fitting else None


@lru_cache(maxsize=4)
def _vague_numbers(rules: Path) -> dict[str, int]:
    """The policy `acled` of every language's `vague.toml`: a claim does not name its own language."""
    numbers: dict[str, int] = {}
    for path in sorted(rules.glob("*/vague.toml")):
        policies = parse_table(path.read_bytes(), path.relative_to(rules).as_posix())["policies"]
        entries = {words: bounds for words, bounds in policies["acled"].items() if words != "about"}
        numbers |= {fold(words): bounds[0] for words, bounds in entries.items()}
    return numbers
