"""One claimant's running totals: each line and its values, what was revised, and how far incidents account for them."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tracker.incidents.reconciliation import reconcile
from tracker.incidents.revisions import find_revisions
from tracker.publish.charts.drawing import COLOURS, to_csv
from tracker.publish.charts.reconciled import draw_reconciliation
from tracker.publish.charts.tolls import draw_tolls, group_tolls, word_baseline, word_change
from tracker.publish.pages.draft import NOTHING, Written
from tracker.publish.pages.evidence import prove, say_quotes
from tracker.publish.pages.totals_table import tell_line
from tracker.publish.wording import (
    MEASURE_WORDS,
    UNKNOWN,
    clean,
    isolate,
    soften,
    word_bounds,
    word_dates,
    word_day,
    word_days,
    word_number,
    word_short_days,
)

if TYPE_CHECKING:
    from tracker.incidents import TollPoint
    from tracker.incidents.reconciliation import Reconciliation
    from tracker.publish.charts.drawing import Chart
    from tracker.publish.charts.tolls import TollLine
    from tracker.publish.pages.draft import Draft

_MOST_POINTS = 60
_MOST_PROOFS = 60
_RECONCILED = ("toll_id", "measure", "area", "since", "until", "change", "low", "best", "high", "incidents", "residual",
               "reasons")  # fmt: skip


def write_claimant(draft: Draft) -> Written:
    """The head: who claims, and for each line its last value, its rise over the days shown and what it counts from."""
    words = draft.words
    lines = _lines(draft)
    cards = []
    for line in lines:
        first, last = line.points[0], line.points[-1]
        told = tell_line(draft, line)
        cards.append(
            {
                "label": ", ".join(part for part in (told["measure"], told["about"], told["area"]) if part),
                "value": told["last"],
                "spread": words(
                    "toll.as_of",
                    day=word_day(last.as_of),
                    baseline=told["baseline"] if line.baseline else words("toll.baseline_unknown"),
                ),
                "detail": words("toll.since_first", change=told["change"], day=word_day(first.as_of))
                if len(line.points) > 1
                else words("toll.only_value"),
                "before": words("toll.values", n=len(line.points)),
                "colour": COLOURS[line.measure],
            }
        )
    spoken = [f"{card['label']}: {card['value']} ({card['spread']}; {card['detail']})." for card in cards]
    lead = words("toll.lead")
    return Written({"lead": lead, "cards": cards}, spoken={"claimant": [[lead, *spoken]]})


def write_toll_lines(draft: Draft) -> Written:
    """The step lines, with revisions marked; and their points as CSV."""
    chart = draw_tolls(_lines(draft), draft.window, draft.folder)
    if chart is None:
        return NOTHING
    return Written({"svg": chart.svg, "alt": chart.alt}, charts=(chart,), spoken={"toll_lines": [[chart.alt]]})


def write_toll_points(draft: Draft) -> Written:
    """Every value with its change and what of it the claimant's own figures explain; of many the latest."""
    words = draft.words
    tables: list[dict[str, Any]] = []
    for line in _lines(draft):
        points = line.points[-_MOST_POINTS:]
        tables.append(
            {
                "heading": _head(draft, line),
                "rows": [_point(draft, point) for point in points],
                "more": words("toll.earlier_values", n=len(line.points) - len(points), file=draft.file("tolls"))
                if len(points) < len(line.points)
                else "",
            }
        )
    spoken = [
        [f"{table['heading']}: " + "; ".join(f"{r['day']} {r['value']} ({r['change']})" for r in table["rows"]) + "."]
        for table in tables
    ]
    return Written({"tables": tables}, spoken={"toll_points": spoken})


def write_revisions(draft: Draft) -> Written:
    """What was taken off a total and what was added for earlier days, each with its size."""
    words = draft.words
    rows = [
        {
            "day": word_short_days(r.day, r.day),
            "about": ", ".join(
                part
                for part in (MEASURE_WORDS[r.measure], soften(r.population or ""), isolate(soften(r.area or "")))
                if part
            ),
            "kind": words(f"toll.{r.kind}"),
            "size": word_change(r.size),
            "change": word_change(r.change),
            "before": word_short_days(r.before, r.before),
        }
        for r in sorted(find_revisions(draft.material.tolls), key=lambda r: (r.day, r.toll_id))
    ]
    note = "" if rows else words("toll.no_revisions")
    spoken = [[f"{r['day']}, {r['about']}: {r['kind']} {r['size']}."] for r in rows]
    return Written({"rows": rows, "note": note}, spoken={"revision": spoken})


def write_reconciliation(draft: Draft) -> Written:
    """Each whole total's change beside the incidents of its days and area: every step, then from end to end."""
    words = draft.words
    tables: list[dict[str, Any]] = []
    kept: list[Reconciliation] = []
    charts: list[Chart] = []
    for _, series in groupby(draft.material.tolls, key=lambda point: point.toll_id):
        points = list(series)
        steps = reconcile(points, draft.material.known_incidents, steps=True)
        if not steps:
            continue
        kept += steps
        *parts, whole = steps
        chart = draw_reconciliation(steps, draft.folder)
        if chart is not None:
            charts.append(replace(chart, name=f"reconciliation-{len(charts) + 1}"))
        tables.append(
            {
                "svg": chart.svg if chart else "",
                "alt": chart.alt if chart else "",
                "heading": ", ".join(part for part in (MEASURE_WORDS[whole.measure], isolate(soften(whole.area or "")),
                                                       word_baseline(whole.baseline)) if part),
                "lead": words(
                    "toll.reconciled", change=word_change(whole.change), days=word_days(whole.since, whole.until),
                    best=whole.best, residual=word_change(whole.residual),
                    incidents=words("count.incidents", n=whole.incidents),
                ),
                "rows": [_step(draft, step) for step in parts or [whole]],
                "total": _step(draft, whole) if parts else None,
                "reasons": [_reason(reason) for reason in whole.reasons],
            }
        )  # fmt: skip
    rows = [
        (r.toll_id, r.measure.value, r.area, r.since, r.until, r.change, r.low, r.best, r.high, r.incidents, r.residual,
         "; ".join(r.reasons) or None)
        for r in kept
    ]  # fmt: skip
    spoken = [
        [f"{table['heading']}: {table['lead']}", *filter(None, [table["alt"]]), *table["reasons"]] for table in tables
    ]
    note = "" if tables else words("toll.nothing_to_set")
    return Written(
        {"tables": tables, "note": note},
        charts=tuple(charts),
        tables={"reconciliation": to_csv(_RECONCILED, rows)},
        spoken={"reconciliation": spoken},
    )


def write_proof(draft: Draft) -> Written:
    """The sentence for each value printed, and for each revision; of many the latest."""
    claims: list[str] = []
    for line in _lines(draft):
        for point in line.points[-_MOST_POINTS:]:
            claims += [point.claim_id, *point.added]
    readings = [draft.readings[claim] for claim in dict.fromkeys(claims) if claim in draft.readings]
    quotes = prove(draft, readings)
    more = draft.words("toll.more_proofs", n=len(quotes) - _MOST_PROOFS) if len(quotes) > _MOST_PROOFS else ""
    quotes = quotes[-_MOST_PROOFS:]
    return Written({"quotes": quotes, "more": more}, spoken={"proof": [say_quotes(quotes)]})


def _lines(draft: Draft) -> list[TollLine]:
    return group_tolls(draft.material.tolls, draft.measures)


def _head(draft: Draft, line: TollLine) -> str:
    told = tell_line(draft, line)
    baseline = told["baseline"] if line.baseline else draft.words("toll.baseline_unknown")
    return ", ".join(part for part in (told["measure"], told["about"], told["area"], baseline) if part)


def _point(draft: Draft, point: TollPoint) -> dict[str, Any]:
    explained = UNKNOWN if point.reported is None else word_number(point.reported)
    kind = draft.words(f"toll.{point.kind}") if point.kind in ("correction", "addition", "first") else ""
    if point.is_stale():
        kind = draft.words("toll.stale", n=point.unmoved or 0)
    return {
        "day": word_day(point.as_of),
        "value": word_bounds(point.low, point.high),
        "change": UNKNOWN if point.change is None else word_change(point.change) if point.change else "0",
        "explained": explained,
        "residual": UNKNOWN if point.residual is None else word_change(point.residual) if point.residual else "0",
        "kind": kind,
        "marked": point.kind in ("correction", "addition"),
    }


def _step(draft: Draft, step: Reconciliation) -> dict[str, str]:
    return {
        "days": word_short_days(step.since, step.until),
        "change": word_change(step.change) if step.change else "0",
        "best": word_number(step.best),
        "spread": "" if step.low == step.high == step.best else word_bounds(step.low, step.high),
        "incidents": word_number(step.incidents),
        "residual": word_change(step.residual) if step.residual else "0",
        "reasons": next((_reason(why) for why in step.reasons if any(mark.isdigit() for mark in why)), ""),
    }


def _reason(reason: str) -> str:
    return word_dates(clean(reason))
