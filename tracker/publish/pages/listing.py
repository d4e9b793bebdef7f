"""The table of incidents, what of it is put into a file beside the pages, and conflicting figures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.claims import Measure, Status
from tracker.publish.charts.drawing import to_csv
from tracker.publish.pages.draft import NOTHING, Spoken, Written
from tracker.publish.totals import counts_in, statuses_of
from tracker.publish.wording import (
    MEASURE_WORDS,
    UNKNOWN,
    clean,
    word_and,
    word_bounds,
    word_cause,
    word_figure,
    word_number,
    word_short_days,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.incidents import Figure, Incident, Statement
    from tracker.publish.pages.draft import Draft

_COARSE = ("country", "admin1", "region", "sea")
_MOST_SOURCES = 3
_MOST_SIDES = 4
_COLUMNS = (
    "incident_id", "date_start", "date_end", "date_basis", "place", "country", "cause", "measure", "low", "best",
    "high", "origins", "added", "sources",
)  # fmt: skip


def sort_incidents(incidents: Iterable[Incident], measures: Sequence[Measure]) -> list[Incident]:
    """Those that speak of a wanted measure, the latest first, the gravest first within a day."""
    wanted = [incident for incident in incidents if any(measure in incident.figures for measure in measures)]
    return sorted(
        wanted,
        key=lambda incident: (
            -(incident.date_end.toordinal() if incident.date_end else 0),
            -_gravity(incident, measures),
            incident.incident_id,
        ),
    )


def pick_gravest(incidents: Sequence[Incident], measures: Sequence[Measure], most: int) -> list[Incident]:
    """The incidents with the most people harmed by any one measure, at most so many, in the order given."""
    graves = sorted(incidents, key=lambda incident: (-_gravity(incident, measures), incident.incident_id))[:most]
    kept = {incident.incident_id for incident in graves}
    return [incident for incident in incidents if incident.incident_id in kept]


def _gravity(incident: Incident, measures: Sequence[Measure]) -> int:
    return max((figure.low or 0 for measure, figure in incident.figures.items() if measure in measures), default=0)


def write_incidents(draft: Draft) -> Written:
    """The rows of the table of incidents, which of its footnotes are needed, and all incidents as CSV."""
    words = draft.words
    rows = [_row(draft, incident) for incident in draft.shown]
    values: dict[str, Any] = {
        "rows": rows,
        "empty": words("incidents.empty"),
        "has_reported": any(row["reported"] for row in rows),
        "has_beyond": any(row["beyond"] for row in rows),
        "has_others": any(row["others"] for row in rows),
        "has_coarse": any(row["coarse"] for row in rows),
        "bounded": words("incidents.bounded", shown=len(rows), all=len(draft.incidents), file=draft.file("incidents"))
        if len(rows) < len(draft.incidents)
        else "",
    }
    head = [
        words("incidents.spoken") if rows else words("incidents.empty"),
        *([values["bounded"]] if values["bounded"] else []),
    ]
    spoken: Spoken = {"incidents": [head], "incident": [[_say(draft, row)] for row in rows]}
    return Written(values, tables={"incidents": _tabulate(draft)}, spoken=spoken)


def _row(draft: Draft, incident: Incident) -> dict[str, Any]:
    where, words = draft.where(incident), draft.words
    others = [m for m in draft.measures if m not in (Measure.DEATHS, Measure.INJURIES) and m in incident.figures]
    return {
        "number": draft.numbers[incident.incident_id],
        "date": word_short_days(incident.date_start, incident.date_end),
        "reported": incident.date_basis != "event",
        "beyond": not counts_in(incident, draft.window),
        "place": where[0] if where[0] != UNKNOWN else words("incidents.place_unknown"),
        "country": ", ".join(where[1:]),
        "coarse": is_coarse(incident) and where[0] != UNKNOWN,
        "cause": word_cause(incident.cause),
        "deaths": _cell(incident.figures.get(Measure.DEATHS)),
        "injuries": _cell(incident.figures.get(Measure.INJURIES)),
        "others": [{"measure": MEASURE_WORDS[measure], **_cell(incident.figures.get(measure))} for measure in others],
        "sources": _sources(draft, incident),
        "origins": word_number(len(incident.origins)),
    }


def _cell(figure: Figure | None) -> dict[str, str]:
    """The figure, its spread, and how it is put where nobody states it as a fact."""
    if figure is None:
        return {"value": UNKNOWN, "spread": "", "status": ""}
    value, spread = word_figure(figure.low, figure.best, figure.high)
    statuses = statuses_of(figure)
    status = "" if not statuses or Status.STATED in statuses else word_and(sorted(statuses))
    return {"value": value, "spread": spread, "status": status}


def _sources(draft: Draft, incident: Incident) -> str:
    """Who says so: the sources that the texts name, and otherwise the outlets that state it themselves."""
    texts = draft.texts_of(incident)
    named = list(dict.fromkeys(filter(None, (clean(name) for name in incident.sources or incident.outlets))))
    if not named:
        return UNKNOWN
    more = len(named) - _MOST_SOURCES
    told = "; ".join(draft.source(name, texts) for name in named[:_MOST_SOURCES])
    return f"{told}; {draft.words('count.more', n=more)}" if more > 0 else told


def is_coarse(incident: Incident) -> bool:
    """Whether only the country, a province or a sea is known."""
    return incident.place is None or incident.place_precision in _COARSE


def _say(draft: Draft, row: dict[str, Any]) -> str:
    words = draft.words
    where = ", ".join(part for part in (row["place"], row["country"]) if part)
    marks = [words(f"incidents.{mark}") for mark in ("reported", "beyond") if row[mark]]
    figures = [("deaths", row["deaths"]), ("injuries", row["injuries"])]
    figures += [(other["measure"].lower(), other) for other in row["others"]]
    when = f"{row['number']}. {row['date']}" + (f" ({', '.join(marks)})" if marks else "")
    said = "; ".join(_say_figure(words("figure.unreported"), name, figure) for name, figure in figures)
    head = f"{when}, {where}, {words('incidents.cause')} {row['cause']}"
    return f"{head}: {said}. {words('incidents.said_by')} {row['sources']}."


def _say_figure(unreported: str, name: str, figure: dict[str, str]) -> str:
    if figure["value"] == UNKNOWN:
        return f"{name} {unreported}"
    extra = ", ".join(part for part in (figure["spread"], figure["status"]) if part)
    return f"{name} {figure['value']}" + (f" ({extra})" if extra else "")


def _tabulate(draft: Draft) -> bytes:
    """Every incident of the window, a row a measure; `added` says whether sums hold it."""
    rows = [
        (
            incident.incident_id, incident.date_start, incident.date_end, incident.date_basis,
            draft.hide(incident.place, incident) or None, incident.country,
            incident.cause.value if incident.cause else None, measure.value, figure.low, figure.best, figure.high,
            len(figure.origins),
            "yes" if measure not in incident.covered and counts_in(incident, draft.window) else "no",
            "; ".join(draft.hide(source, incident) for source in incident.sources) or None,
        )
        for incident in draft.incidents
        for measure, figure in incident.figures.items()
        if measure in draft.measures
    ]  # fmt: skip
    return to_csv(_COLUMNS, rows)


def write_conflicts(draft: Draft) -> Written:
    """Where the statements that stand give different figures: each of them, with who gives it and when."""
    rows = []
    for incident in draft.shown:
        for measure in draft.measures:
            figure = incident.figures.get(measure)
            if figure is None:
                continue
            standing = [statement for statement in figure.statements if statement.current]
            if len({(s.count, s.status) for s in standing}) > 1:
                rows.append(_side_by_side(draft, incident, measure, standing, figure))
    if not rows:
        return NOTHING
    spoken = [[_say_sides(row)] for row in rows]
    most = max(len(row["sides"]) + bool(row["more"]) for row in rows)
    return Written({"rows": rows, "most": most}, spoken={"conflict": spoken})


def _side_by_side(
    draft: Draft, incident: Incident, measure: Measure, standing: Sequence[Statement], figure: Figure
) -> dict[str, Any]:
    texts = draft.texts_of(incident)
    by_count: dict[tuple[str, Status], list[Statement]] = {}
    for s in sorted(standing, key=lambda s: (s.count.minimum or 0, s.count.maximum is None, s.count.maximum or 0)):
        by_count.setdefault((word_bounds(s.count.minimum, s.count.maximum), s.status), []).append(s)
    sides = []
    for (value, status), own in by_count.items():
        last = max(own, key=lambda s: (s.published is not None, s.published, s.claim_ids))
        voices = list(dict.fromkeys(draft.source(s.source or s.outlet, texts) or UNKNOWN for s in own))
        sides.append(
            {
                "value": value,
                "status": "" if status is Status.STATED else status.value,
                "best": figure.best is not None and any(figure.recommended in s.claim_ids for s in own),
                "who": "; ".join(voices[:_MOST_SOURCES])
                + (
                    f"; {draft.words('count.more', n=len(voices) - _MOST_SOURCES)}"
                    if len(voices) > _MOST_SOURCES
                    else ""
                ),
                "when": word_short_days(last.published, last.published),
            }
        )
    return {
        "number": draft.numbers[incident.incident_id] if draft.definition.kind == "window" else "",
        "heading": draft.heading(incident),
        "measure": MEASURE_WORDS[measure],
        "sides": sides[:_MOST_SIDES],
        "more": draft.words("count.more", n=len(sides) - _MOST_SIDES) if len(sides) > _MOST_SIDES else "",
    }


def _say_sides(row: dict[str, Any]) -> str:
    sides = "; ".join(f"{side['value']} ({side['who']}, {side['when']})" for side in row["sides"])
    number = f"{row['number']}. " if row["number"] else ""
    return f"{number}{row['heading']}, {row['measure'].lower()}: {sides}."
