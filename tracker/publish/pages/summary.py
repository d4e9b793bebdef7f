"""The head of the report: one sentence in plain words and the key figures, malnutrition always apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.claims import Measure
from tracker.publish.charts.drawing import COLOURS
from tracker.publish.totals import Total, counts_in, total_of
from tracker.publish.wording import (
    MALNUTRITION,
    MEASURE_WORDS,
    word_and,
    word_bounds,
    word_days,
    word_many,
    word_number,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.incidents import Incident
    from tracker.publish.material import Material


def write_summary(material: Material, incidents: Sequence[Incident], measures: Sequence[Measure]) -> dict[str, Any]:
    """The sentence in plain words, and the cards of key figures: violent and other harm first, malnutrition apart."""
    window = material.window
    totals = {measure: total_of(measure, incidents, window) for measure in measures}
    cards = [_card(total) for measure, total in totals.items() if total and measure not in MALNUTRITION]
    hunger = [_card(total) for measure, total in totals.items() if total and measure in MALNUTRITION]
    counted = [incident for incident in incidents if counts_in(incident, window)]
    origins = {origin for incident in counted for origin in incident.origins}
    return {
        "lead": _lead(material, counted, totals),
        "cards": [
            *cards,
            _plain_card("Incidents", len(counted), _countries(counted)),
            _plain_card("Independent origins", len(origins), "outlets that repeat one source count once"),
        ],
        "hunger": hunger,
        "unknown": "Unknown is not zero: a measure or a day that is missing here was not reported in the texts read.",
    }


def _plain_card(label: str, number: int, detail: str) -> dict[str, str]:
    return {"label": label, "value": word_number(number), "detail": detail, "colour": "#4a4f54"}


def _lead(material: Material, counted: Sequence[Incident], totals: Mapping[Measure, Total | None]) -> str:
    when = word_days(material.window.first, material.window.last)
    if not counted:
        return (
            f"The texts read hold no figure for an incident in {when}. "
            "That says nothing about what happened: it is a lack of reports, not a count of zero."
        )
    parts = [
        f"{_in_words(total)} {words}"
        for measure, words in (
            (Measure.DEATHS, "deaths"),
            (Measure.INJURIES, "injuries"),
            (Measure.CASUALTIES, "people dead or injured in figures that do not tell which"),
        )
        if (total := totals.get(measure))
    ]
    incidents = word_many(len(counted), "incident", "incidents")
    lead = f"The texts read report {incidents} for {when}" + (f", with {word_and(parts)}." if parts else ".")
    hunger = [
        f"{_in_words(total)} {words}"
        for measure, words in (
            (Measure.MALNUTRITION_DEATHS, "deaths from malnutrition"),
            (Measure.MALNUTRITION_CASES, "cases of acute malnutrition"),
        )
        if (total := totals.get(measure))
    ]
    return lead + (f" Apart from these, they report {word_and(hunger)}." if hunger else "")


def _in_words(total: Total) -> str:
    if total.high is None:
        return f"at least {word_number(total.low)}"
    if total.low == total.high:
        return word_number(total.low)
    return f"{word_number(total.low)} to {word_number(total.high)}"


def _countries(counted: Sequence[Incident]) -> str:
    known = {incident.country for incident in counted if incident.country}
    unknown = sum(incident.country is None for incident in counted)
    if not counted:
        return "with a figure in this window"
    words = f"in {word_many(len(known), 'country', 'countries')}" if known else "in no country that is known"
    return f"{words}; {word_number(unknown)} where the country is unknown" if known and unknown else words


def _card(total: Total) -> dict[str, str]:
    """One key figure: the best sum with its bounds, or "at least" where a bound is open above."""
    incidents, origins = (
        word_many(total.incidents, "incident", "incidents"),
        word_many(total.origins, "origin", "origins"),
    )
    parts = []
    if total.high is None:
        value = f"at least {word_number(total.low)}"
        if total.best != total.low:
            parts.append(f"best {word_number(total.best)}")
        parts.append(f"no upper bound in {word_number(total.open_incidents)} of {incidents}")
    elif not total.has_best:
        value = word_bounds(total.low, total.high)
        parts += ["no single best figure", incidents]
    else:
        value = word_number(total.best)
        if total.low != total.high:
            parts.append(f"lowest {word_number(total.low)}, highest {word_number(total.high)}")
        parts.append(incidents)
    detail = "; ".join([*parts, origins])
    return {"label": MEASURE_WORDS[total.measure], "value": value, "detail": detail, "colour": COLOURS[total.measure]}
