"""The head of the report: one sentence in plain words and the key figures, malnutrition always apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.claims import Measure
from tracker.publish.charts.drawing import COLOURS
from tracker.publish.pages.draft import NOTHING, Written
from tracker.publish.totals import Total, counts_in, total_of
from tracker.publish.wording import MALNUTRITION, MEASURE_WORDS, word_and, word_bounds, word_days, word_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.incidents import Incident
    from tracker.publish.material import Window
    from tracker.publish.pages.draft import Draft
    from tracker.publish.pages.words import Words

_IN_LEAD = (Measure.DEATHS, Measure.INJURIES, Measure.CASUALTIES)


def write_summary(draft: Draft) -> Written:
    """The sentence in plain words, and the cards of key figures: violent and other harm first, malnutrition apart."""
    words, window = draft.words, draft.window
    totals = {measure: total_of(measure, draft.incidents, window) for measure in draft.measures}
    earlier = _earlier(draft)
    cards = {m: _card(words, total, _compare(draft, total, earlier)) for m, total in totals.items() if total}
    counted = [incident for incident in draft.incidents if counts_in(incident, window)]
    origins = {origin for incident in counted for origin in incident.origins}
    before = [i for i in draft.material.known_incidents if earlier and counts_in(i, earlier)]
    facts = (
        []
        if not counted
        else [
            f"{words('count.incidents', n=len(counted))} {_countries(words, counted)}",
            words("count.origins", n=len(origins)),
        ]
    )
    if earlier:
        facts.append(words("summary.before", days=window.length, figure=words("count.incidents", n=len(before))))
    values: dict[str, Any] = {
        "lead": _lead(words, window, counted, totals),
        "cards": [card for measure, card in cards.items() if measure not in MALNUTRITION],
        "hunger": [card for measure, card in cards.items() if measure in MALNUTRITION],
        "facts": facts,
        "unknown": _note(draft, earlier),
    }
    spoken = [
        values["lead"],
        *map(_say, [*values["cards"], *values["hunger"]]),
        *(["; ".join(facts) + "."] if facts else []),
        values["unknown"],
    ]
    return Written(values, spoken={"summary": [spoken]})


def write_comparison(draft: Draft) -> Written:
    """The sums of this window and of those before it, one below another; windows of which nothing was read say so."""
    words, number = draft.words, draft.definition.compare_windows
    if number < 1:
        return NOTHING
    windows = [draft.window, *(draft.window.before(back) for back in range(1, number + 1))]
    known = draft.material.known_incidents
    shown = [m for m in draft.measures if any(total_of(m, known, window) for window in windows)]
    rows: list[dict[str, Any]] = []
    unread = [window for window in windows if not was_read(draft, window)]
    for window in windows[: len(windows) - len(unread)]:
        totals = [total_of(measure, known, window) for measure in shown]
        counted = [incident for incident in known if counts_in(incident, window)]
        rows.append(
            {
                "when": word_days(window.first, window.last),
                "read": True,
                "cells": [_cell(words, total) for total in totals],
                "incidents": word_number(len(counted)),
                "origins": word_number(len({origin for incident in counted for origin in incident.origins})),
            }
        )
    if unread:  # the earliest ones, since whatever was read was read from some day on
        rows.append({"when": word_days(unread[-1].first, unread[0].last), "read": False})
    spoken = [[_say_row(words, row, shown)] for row in rows]
    values = {"measures": [MEASURE_WORDS[measure] for measure in shown], "rows": rows}
    return Written(values, spoken={"comparison": spoken})


def was_read(draft: Draft, window: Window) -> bool:
    """Whether anything was read that was published by the end of the window; else its figures are unknown."""
    since = draft.material.read_since
    return since is not None and since <= window.last


def _earlier(draft: Draft) -> Window | None:
    """The window before this one, where there is something to compare with."""
    before = draft.window.before()
    return before if draft.definition.compare_windows and was_read(draft, before) else None


def _note(draft: Draft, earlier: Window | None) -> str:
    note = draft.words("summary.unknown")
    if earlier is None or draft.material.read_since is None or draft.material.read_since <= earlier.first:
        return note
    return f"{note} {draft.words('summary.partly_read', since=word_days(None, draft.material.read_since))}"


def _compare(draft: Draft, total: Total, earlier: Window | None) -> str:
    """The figure of the window before, and the difference where both are exact; "" where nothing was read of it."""
    if earlier is None:
        return ""
    words, days = draft.words, earlier.length
    before = total_of(total.measure, draft.material.known_incidents, earlier)
    if before is None:
        return words("summary.before_none", days=days)
    figure = _in_words(words, before)
    if total.high is not None and before.high is not None and total.has_best and before.has_best:
        step = total.best - before.best
        change = (
            words("summary.same")
            if step == 0
            else words("summary.more" if step > 0 else "summary.less", step=abs(step))
        )
        best = word_number(before.best) if before.low == before.high else f"{word_number(before.best)} ({figure})"
        return words("summary.before_change", days=days, figure=best, change=change)
    return words("summary.before", days=days, figure=figure)


def _card(words: Words, total: Total, before: str) -> dict[str, str]:
    """One key figure: the best sum with its bounds, or "at least" where a bound is open above."""
    if total.high is None:
        value, spread = words("figure.at_least", low=total.low), ""
        if total.best != total.low:
            spread = words("summary.best", best=total.best)
    elif not total.has_best:
        value, spread = word_bounds(total.low, total.high), words("summary.no_best")
    else:
        value = word_number(total.best)
        spread = "" if total.low == total.high else words("summary.spread", low=total.low, high=total.high)
    detail = words("summary.behind", incidents=words("count.incidents", n=total.incidents),
                   origins=words("count.origins", n=total.origins))  # fmt: skip
    if total.open_incidents:
        detail += "; " + words("summary.open", n=total.open_incidents)
    return {"label": MEASURE_WORDS[total.measure], "value": value, "spread": spread, "detail": detail, "before": before,
            "colour": COLOURS[total.measure]}  # fmt: skip


def _cell(words: Words, total: Total | None) -> dict[str, str]:
    if total is None:
        return {"value": words("figure.none"), "spread": ""}
    if total.high is None:
        best = words("summary.best", best=total.best) if total.best != total.low else ""
        return {"value": word_bounds(total.low, None), "spread": best}
    if not total.has_best:
        return {"value": word_bounds(total.low, total.high), "spread": ""}
    spread = "" if total.low == total.high else word_bounds(total.low, total.high)
    return {"value": word_number(total.best), "spread": spread}


def _say(card: Mapping[str, str]) -> str:
    detail = "; ".join(card[part] for part in ("spread", "detail", "before") if card[part])
    return f"{card['label']}: {card['value']} ({detail})."


def _say_row(words: Words, row: Mapping[str, Any], measures: Sequence[Measure]) -> str:
    if not row["read"]:
        return f"{row['when']}: {words('comparison.not_read')}."
    cells = (
        f"{MEASURE_WORDS[measure]} {cell['value']}" + (f" ({cell['spread']})" if cell["spread"] else "")
        for measure, cell in zip(measures, row["cells"], strict=True)
    )
    return f"{row['when']}: {'; '.join(cells)}; {words('summary.incidents')} {row['incidents']}."


def _lead(words: Words, window: Window, counted: Sequence[Incident], totals: Mapping[Measure, Total | None]) -> str:
    when = word_days(window.first, window.last)
    if not counted:
        return words("summary.lead_none", when=when)

    def tell(measures: Sequence[Measure]) -> str:
        return word_and([
            words(f"summary.lead_{measure}", figure=_in_words(words, total))
            for measure in measures
            if (total := totals.get(measure))
        ])  # fmt: skip

    harm, hunger = tell(_IN_LEAD), tell(MALNUTRITION)
    incidents = words("count.incidents", n=len(counted))
    lead = words("summary.lead" if harm else "summary.lead_bare", incidents=incidents, when=when, harm=harm)
    return f"{lead} {words('summary.lead_hunger', hunger=hunger)}" if hunger else lead


def _in_words(words: Words, total: Total) -> str:
    if total.high is None:
        return words("figure.at_least", low=total.low)
    if total.low == total.high:
        return word_number(total.low)
    return words("figure.from_to", low=total.low, high=total.high)


def _countries(words: Words, counted: Sequence[Incident]) -> str:
    known = {incident.country for incident in counted if incident.country}
    unknown = sum(incident.country is None for incident in counted)
    told = words("count.countries", n=len(known)) if known else words("summary.no_country")
    return words("summary.some_unknown", countries=told, n=unknown) if known and unknown else told
