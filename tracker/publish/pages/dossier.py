"""One incident in full: its figures, how they moved, who said what and when, and why it was told as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.claims import Status
from tracker.incidents.figures import weigh
from tracker.incidents.incident import Figure
from tracker.publish.charts.drawing import COLOURS, to_csv
from tracker.publish.pages.draft import NOTHING, Written
from tracker.publish.pages.evidence import ID_SHOWN, hide_pieces, stand_of
from tracker.publish.pages.listing import is_coarse
from tracker.publish.wording import (
    MEASURE_WORDS,
    UNKNOWN,
    clean,
    soften,
    word_and,
    word_bounds,
    word_cause,
    word_dates,
    word_day,
    word_days,
    word_figure,
    word_number,
    word_short_days,
)

if TYPE_CHECKING:
    from datetime import date

    from tracker.claims import Measure
    from tracker.incidents import Incident, Statement
    from tracker.publish.pages.draft import Draft
    from tracker.readings import Reading

_COLUMNS = ("published", "measure", "min", "max", "status", "standing", "source", "origin", "outlet", "url", "quote",
            "claim_ids")  # fmt: skip


def write_incident(draft: Draft) -> Written:
    """The head: what, where and when in a line each, and a card for each figure."""
    subject, words = _subject(draft), draft.words
    texts = draft.texts_of(subject)
    place = ", ".join(dict.fromkeys(
        name
        for name in (draft.hide(subject.place, subject), clean(subject.admin1 or ""), draft.country(subject.country))
        if name
    ))  # fmt: skip
    facts = [
        ("place", (place or UNKNOWN) + (f" ({words('incidents.coarse')})" if is_coarse(subject) else "")),
        ("date", _dated(draft, subject)),
        ("cause", word_cause(subject.cause)),
        ("reported", word_days(subject.first_reported, subject.last_reported)),
        ("origins", word_number(len(subject.origins))),
        ("texts", words("dossier.texts_told", texts=len(texts), n=len(subject.outlets))),
        ("id", subject.incident_id),
    ]
    cards = [_card(draft, measure, figure) for measure, figure in _figures(draft, subject)]
    facts_told = [[words(f"dossier.{name}"), value] for name, value in facts]
    spoken = [*(f"{name}: {value}." for name, value in facts_told),
              *(f"{card['label']}: {card['value']} ({card['detail']})." for card in cards)]  # fmt: skip
    values = {"facts": facts_told, "cards": cards}
    return Written(values, spoken={"dossier": [spoken]})


def write_statements(draft: Draft) -> Written:
    """Every statement in the order of time, with who says it, where and in which words; all as CSV."""
    subject = _subject(draft)
    told = sorted(
        (
            (statement, measure, figure)
            for measure, figure in (*_figures(draft, subject), *subject.doubtful.items())
            for statement in figure.statements
        ),
        key=lambda one: (one[0].published is None, one[0].published, one[0].text_sha256, one[1], one[0].claim_ids),
    )
    rows = [_statement(draft, statement, measure, figure) for statement, measure, figure in told]
    table = [_statement_row(draft, statement, measure, figure) for statement, measure, figure in told]
    spoken = [[_say(draft, row)] for row in rows]
    return Written({"rows": rows}, tables={"statements": to_csv(_COLUMNS, table)}, spoken={"statement": spoken})


def write_movement(draft: Draft) -> Written:
    """How each figure moved: what it would have been with the reports up to each day on which it changed."""
    subject, words = _subject(draft), draft.words
    moves: list[dict[str, Any]] = []
    for measure, figure in _figures(draft, subject):
        steps = trace_figure(figure)
        if len(steps) < 2:
            continue
        scale = max(max(f.high or 0, f.best or 0, f.low or 0) for _, f in steps) or 1
        rows = []
        for day, then in steps:
            value, spread = word_figure(then.low, then.best, then.high)
            low = then.low if then.low is not None else 0
            rows.append(
                {
                    "day": word_short_days(day, day),
                    "value": value,
                    "spread": spread,
                    "low": low / scale,
                    "best": None if then.best is None else then.best / scale,
                    "high": None if then.high is None else then.high / scale,
                    "origins": words("count.origins", n=len(then.origins)),
                }
            )
        moves.append({"measure": MEASURE_WORDS[measure], "colour": COLOURS[measure], "rows": rows})
    if not moves:
        return NOTHING
    spoken = [
        [f"{move['measure']}: " + "; ".join(f"{r['day']} {r['value']}" + (f" ({r['spread']})" if r["spread"] else "")
                                             for r in move["rows"]) + "."]
        for move in moves
    ]  # fmt: skip
    return Written({"moves": moves}, spoken={"move": spoken})


def trace_figure(figure: Figure) -> list[tuple[date, Figure]]:
    """The figure as it stood at the end of each day on which it changed, by the rule that made it as it stands now."""
    steps: list[tuple[date, Figure]] = []
    days = sorted({statement.published for statement in figure.statements if statement.published})
    for day in days:
        known = [s for s in figure.statements if s.published is not None and s.published <= day]
        then = weigh(known, [claim for statement in known for claim in statement.claim_ids])
        bounds = (then.low, then.best, then.high)
        if not steps or bounds != (steps[-1][1].low, steps[-1][1].best, steps[-1][1].high):
            steps.append((day, then))
    return steps


def write_reasons(draft: Draft) -> Written:
    """Why this figure is the best one, and why the texts were taken for one event."""
    subject = _subject(draft)
    best = [
        {"measure": MEASURE_WORDS[measure], "value": word_bounds(figure.best, figure.best),
         "reason": word_dates(draft.hide(figure.reason, subject))}
        for measure, figure in _figures(draft, subject)
        if figure.reason
    ]  # fmt: skip
    links = []
    for link in subject.links:
        sides = [draft.readings[claim] for claim in link.claim_ids if claim in draft.readings]
        links.append(
            {
                "score": f"{link.score:.2f}",
                "texts": word_and([_name_text(draft, side) for side in sides]) if sides else "",
                "why": draft.hide("; ".join(link.reasons), subject),
            }
        )
    spoken = [[f"{one['measure']}: {one['reason']}."] for one in best]
    spoken += [[f"{one['texts']} ({one['score']}): {one['why']}."] for one in links]
    return Written({"best": best, "links": links}, spoken={"reason": spoken})


def write_origins(draft: Draft) -> Written:
    """Each independent origin with its figures, the outlets that carried it, and which texts are copies of others."""
    subject = _subject(draft)
    texts = draft.texts_of(subject)
    by_origin: dict[str, list[tuple[Measure, Statement]]] = {}
    for measure, figure in _figures(draft, subject):
        for statement in figure.statements:
            by_origin.setdefault(statement.origin, []).append((measure, statement))
    rows = []
    for origin, told in sorted(by_origin.items()):
        latest = dict(told)
        rows.append(
            {
                "origin": draft.source(origin, texts) or UNKNOWN,
                "figures": "; ".join(
                    f"{MEASURE_WORDS[measure].lower()} {word_bounds(s.count.minimum, s.count.maximum)}"
                    for measure, s in latest.items()
                ),
                "outlets": "; ".join(soften(name) for name in sorted({s.outlet for _, s in told if s.outlet}))
                or UNKNOWN,
                "days": word_short_days(
                    min((s.published for _, s in told if s.published), default=None),
                    max((s.published for _, s in told if s.published), default=None),
                ),
            }
        )
    copies = _copies(draft, subject)
    spoken = [[f"{row['origin']}: {row['figures']} ({row['outlets']}, {row['days']})."] for row in rows]
    values = {"rows": rows, "copies": copies, "lead": draft.words("dossier.copies", n=len(copies)) if copies else ""}
    return Written(values, spoken={"origin": spoken})


def write_doubts(draft: Draft) -> Written:
    """What people have judged of it, what needs a second look, and what is kept out of its figures."""
    subject, words = _subject(draft), draft.words
    lines = []
    for measure, figure in subject.doubtful.items():
        value = f"{MEASURE_WORDS[measure]} {word_bounds(figure.low, figure.high)}"
        lines += [words(f"dossier.doubt.{doubt}", figure=value) for doubt in subject.doubts[measure]]
    lines += [
        words("dossier.covered", measure=MEASURE_WORDS[measure], incident=other)
        for measure, other in subject.covered.items()
    ]
    lines += list(
        dict.fromkeys(
            words("dossier.flag", claim=f.claim_id[:ID_SHOWN], why=clean(f.why)) for f in draft.material.flags
        )
    )
    for claim in subject.claim_ids:
        reading = draft.readings.get(claim)
        for flag in reading.claim.flags if reading else ():
            lines.append(words("dossier.flag", claim=claim[:ID_SHOWN], why=clean(flag).replace("_", " ")))
    judged = [
        {
            "day": word_day(j.made_on),
            "verdict": words(f"dossier.verdict.{j.verdict}"),
            "author": clean(j.author),
            "reason": draft.hide(j.reason, subject),
        }
        for j in draft.material.judgements
    ]
    values = {"lines": lines or [words("dossier.no_doubts")], "judged": judged}
    told = lines or [words("dossier.no_doubts")]
    spoken = [[*told, *(f"{j['day']}, {j['author']}: {j['verdict']}. {j['reason']}" for j in judged)]]
    return Written(values, spoken={"doubts": spoken})


def _subject(draft: Draft) -> Incident:
    subject = draft.material.subject
    assert subject is not None  # only a definition of the kind "incident" has these sections
    return subject


def _figures(draft: Draft, subject: Incident) -> list[tuple[Measure, Figure]]:
    return [(measure, subject.figures[measure]) for measure in draft.measures if measure in subject.figures]


def _dated(draft: Draft, subject: Incident) -> str:
    days = word_days(subject.date_start, subject.date_end)
    return days if subject.date_basis == "event" else f"{days} ({draft.words('incidents.reported')})"


def _card(draft: Draft, measure: Measure, figure: Figure) -> dict[str, str]:
    words = draft.words
    value, spread = word_figure(figure.low, figure.best, figure.high)
    statements = words("count.statements", n=len(figure.statements))
    detail = words("dossier.card", statements=statements, origins=words("count.origins", n=len(figure.origins)))
    statuses = {statement.status for statement in figure.statements if statement.current}
    if statuses and Status.STATED not in statuses:
        detail += f"; {word_and(sorted(statuses))}"
    spread = words("dossier.spread", spread=spread) if spread else ""
    return {"label": MEASURE_WORDS[measure], "value": value, "spread": spread, "detail": detail, "before": "",
            "colour": COLOURS[measure]}  # fmt: skip


def _statement(draft: Draft, statement: Statement, measure: Measure, figure: Figure) -> dict[str, Any]:
    readings = [draft.readings[claim] for claim in statement.claim_ids if claim in draft.readings]
    by_quote: dict[tuple[int, int], list[Reading]] = {}
    for reading in readings:
        by_quote.setdefault((reading.claim.quote_start, reading.claim.quote_end), []).append(reading)
    first = readings[0]
    url = draft.withholding.url(first) or ""
    return {
        "day": word_short_days(statement.published, statement.published),
        "figure": word_bounds(statement.count.minimum, statement.count.maximum),
        "measure": MEASURE_WORDS[measure],
        "standing": _standing(draft, statement, first, figure),
        "stands": statement.current,
        "who": draft.source(statement.source, [statement.text_sha256]) or draft.words("dossier.outlet_itself"),
        "outlet": soften(statement.outlet or draft.words("evidence.no_outlet")),
        "link": clean(url) if url.startswith(("https://", "http://")) and " " not in url else "",
        "quotes": [hide_pieces(draft, shared) for shared in by_quote.values()],
        "claims": ", ".join(claim[:ID_SHOWN] for claim in statement.claim_ids),
    }


def _standing(draft: Draft, statement: Statement, reading: Reading, figure: Figure) -> str:
    words = draft.words
    told = [] if statement.status is Status.STATED else [statement.status.value]
    if figure.recommended in statement.claim_ids and figure.best is not None:
        told.append(words("standing.best"))
    elif statement.current:
        told.append(words("standing.stands"))
    elif statement.is_part:
        told.append(words("standing.part"))
    else:
        told.append(words("standing.superseded"))
    own = stand_of(draft, reading, None)
    return ", ".join(dict.fromkeys([*told, *(word for word in own if not statement.is_part)]))


def _statement_row(draft: Draft, statement: Statement, measure: Measure, figure: Figure) -> tuple[object, ...]:
    first = draft.readings[statement.claim_ids[0]]
    sha = statement.text_sha256
    return (
        statement.published, measure.value, statement.count.minimum, statement.count.maximum, statement.status.value,
        _standing(draft, statement, first, figure), draft.withholding.hide(statement.source or "", sha) or None,
        draft.withholding.hide(statement.origin, sha) or None, statement.outlet, draft.withholding.url(first),
        draft.withholding.hide(" ".join(first.claim.quote.split()), sha), statement.claim_ids,
    )  # fmt: skip


def _say(draft: Draft, row: dict[str, Any]) -> str:
    quotes = " ".join("".join(words for words, _ in pieces) for pieces in row["quotes"])
    head = f"{row['day']}, {row['who']} ({row['outlet']})"
    return f"{head}: {row['measure'].lower()} {row['figure']}, {row['standing']}. “{quotes}”"


def _name_text(draft: Draft, reading: Reading) -> str:
    outlet = soften(reading.outlet or draft.words("evidence.no_outlet"))
    return f"{outlet}, {word_short_days(reading.published, reading.published)}"


def _copies(draft: Draft, subject: Incident) -> list[str]:
    """The texts that are near-duplicates of one another, each set once."""
    by_sha = {
        draft.readings[claim].text_sha256: draft.readings[claim]
        for claim in subject.claim_ids
        if claim in draft.readings
    }
    others = {reading.text_sha256: reading for reading in draft.material.readings}
    sets: list[set[str]] = []
    for sha, reading in by_sha.items():
        own = {sha, *reading.alike}
        if len(own) > 1 and not any(own <= known for known in sets):
            sets = [known for known in sets if not known <= own] + [own]
    return [word_and(sorted(_name_text(draft, others[sha]) for sha in own if sha in others)) for own in sets]
