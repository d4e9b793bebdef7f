"""What changed since the last report: what is new, what moved and which way, what was put right, what came late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import regex

from tracker.incidents.series import is_late
from tracker.publish.charts.drawing import to_csv
from tracker.publish.pages.draft import NOTHING, Written
from tracker.publish.pages.page_words import make_plain
from tracker.publish.wording import MEASURE_WORDS, clean, isolate, soften, word_bounds, word_figure, word_short_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.incidents import Incident, TollPoint
    from tracker.incidents.changes import Bounds, Change
    from tracker.publish.material import News
    from tracker.publish.pages.draft import Draft
    from tracker.publish.pages.words import Words

GROUPS = ("new", "late", "up", "down", "spread", "withdrawn", "correction", "addition", "total")
"""The sorts of changes, in the order of print: of incidents first, then of running totals."""

_COUNTED = regex.compile(r"(.+): (\d+)")
_COLUMNS = ("sort", "subject", "id", "day", "about", "measure", "before", "now", "because")


def write_changes(draft: Draft) -> Written:
    """The changes by sort, of each sort the gravest where there are many; all of them as CSV."""
    words, news = draft.words, draft.material.news
    if news is None:
        return NOTHING
    if news.is_first:
        lead = words("changes.first")
        return Written({"lead": lead, "groups": [], "bounded": ""}, spoken={"changes": [[lead]]})
    after = {incident.incident_id: incident for incident in news.after.incidents}
    before = {incident.incident_id: incident for incident in news.before.incidents}
    points = {(point.toll_id, point.as_of, point.measure): point for point in news.after.tolls}
    sorted_out: dict[str, list[tuple[Change, dict[str, Any]]]] = {}
    for change in news.changes:
        incident = after.get(change.name) or before.get(change.name)
        point = points.get((change.name, change.day, change.measure)) if change.day else None
        sort = _sort_out(change, incident, point, known=set(before))
        sorted_out.setdefault(sort, []).append((change, _row(draft, change, incident, point)))
    groups: list[dict[str, Any]] = []
    for sort in GROUPS:
        rows = _join(sorted_out.get(sort, ()))
        kept = sorted(rows, key=lambda row: (-row["weight"], row["order"]))[: draft.definition.most_changes]
        if kept:
            more = (
                words("changes.more", n=len(rows) - len(kept), file=draft.file("changes"))
                if len(rows) > len(kept)
                else ""
            )
            title = words(f"changes.{sort}", n=len(rows))
            groups.append(
                {"title": title, "rows": sorted(kept, key=lambda row: row["order"], reverse=True), "more": more}
            )
    lead = _lead(draft, news, sorted_out)
    spoken = [[lead]] + [
        [f"{group['title']}: {row['day']}, {row['about']}: {_say(words, row)}." for row in group["rows"]]
        for group in groups
    ]
    table = [
        (sort, c.subject, c.name, c.day, make_plain(row["about"]), c.measure.value,
         row["figures"][0]["before"], row["figures"][0]["now"], "; ".join(c.because))
        for sort in GROUPS
        for c, row in sorted_out.get(sort, ())
    ]  # fmt: skip
    return Written(
        {"lead": lead, "groups": groups}, tables={"changes": to_csv(_COLUMNS, table)}, spoken={"changes": spoken}
    )


def _sort_out(change: Change, incident: Incident | None, point: TollPoint | None, known: set[str]) -> str:
    if change.subject == "toll":
        if change.before is None and point is not None:
            return {"correction": "correction", "addition": "addition"}.get(point.kind, "total")
        return "withdrawn" if change.after is None else "correction" if change.before else "total"
    if change.after is None:
        return "withdrawn"
    if change.before is None:
        return "late" if incident is not None and change.name not in known and is_late(incident) else "new"
    was, now = _height(change.before), _height(change.after)
    return "up" if now > was else "down" if now < was else "spread"


def _height(bounds: Bounds) -> int:
    """By what two figures are compared: the best, else the least, else the most."""
    low, best, high = bounds if len(bounds) == 3 else (bounds[0], None, bounds[-1])
    return best if best is not None else low if low is not None else high or 0


def _weight(change: Change) -> int:
    was, now = (_height(bounds) if bounds else 0 for bounds in (change.before, change.after))
    return max(abs(now - was), now if change.before is None else 0)


def _row(draft: Draft, change: Change, incident: Incident | None, point: TollPoint | None) -> dict[str, Any]:
    if incident is not None:
        about = ", ".join(draft.where(incident))
        before, now = _figure(change.before), _figure(change.after)
    else:
        names = (point.claimant, point.area, point.population) if point else (change.about,)
        about = ", ".join(isolate(soften(clean(name))) for name in names if name)
        before = _before(draft, change, point)
        now = _values(change.after)
    return {
        "key": f"{change.name} {change.day}",
        "order": (str(change.day or ""), about),
        "weight": _weight(change),
        "number": draft.numbers.get(change.name, ""),
        "day": word_short_days(change.day, change.day),
        "about": about,
        "figures": [{"measure": MEASURE_WORDS[change.measure].lower(), "before": before, "now": now}],
        "because": _because(draft, change),
    }


def _join(rows: Iterable[tuple[Change, dict[str, Any]]]) -> list[dict[str, Any]]:
    """One row for all measures of one incident, or of one day of a running total."""
    joined: dict[Any, dict[str, Any]] = {}
    for _, row in rows:
        known = joined.setdefault(row["key"], {**row, "figures": []})
        known["figures"] += row["figures"]
        known["weight"] = max(known["weight"], row["weight"])
    return list(joined.values())


def _say(words: Words, row: Mapping[str, Any]) -> str:
    told = []
    for figure in row["figures"]:
        before, now = figure["before"], figure["now"]
        change = words("changes.from_to", before=before, now=now) if before and now else now
        told.append(f"{figure['measure']} {change or words('changes.gone', before=before)}")
    return ", ".join(told)


def _before(draft: Draft, change: Change, point: TollPoint | None) -> str:
    """What a running total's value is set beside: what was read for the day before, else the value before it."""
    if change.before is not None:
        return _values(change.before)
    if point is None or point.change is None or point.low is None:
        return ""
    return word_bounds(point.low - point.change, point.low - point.change)


def _figure(bounds: Bounds | None) -> str:
    if bounds is None:
        return ""
    value, spread = word_figure(*bounds)
    return f"{value} ({spread})" if spread else value


def _values(bounds: Bounds | None) -> str:
    """The values of a day's running total: mostly one, else each."""
    if bounds is None:
        return ""
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return " | ".join(word_bounds(low, high) for low, high in pairs)


def _because(draft: Draft, change: Change) -> str:
    told = []
    for because in change.because:
        match = _COUNTED.fullmatch(because)
        name = f"changes.because.{(match[1] if match else because).replace(' ', '_')}"
        told.append(draft.words(name, n=int(match[2]) if match else 1) if draft.words.has(name) else because)
    return "; ".join(told)


def _lead(draft: Draft, news: News, sorted_out: Mapping[str, list[Any]]) -> str:
    words = draft.words
    told = [words(f"changes.told.{sort}", n=len(sorted_out[sort])) for sort in GROUPS if sort in sorted_out]
    if not told:
        return words("changes.none", since=news.since)
    return words("changes.lead", since=news.since, told=", ".join(told))
