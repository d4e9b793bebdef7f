"""One claimant's running totals for one area, a row a day, in the layout of Tech for Palestine's daily casualties.

A column without `ext_` holds what was reported that day and nothing else; one with it carries the last report forward.
Changes are those of the totals: they hold people added for earlier days, and are negative after a correction.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.claims import Measure, Status
from tracker.errors import RuleError, UsageError
from tracker.incidents.claimants import Key as Claimant
from tracker.incidents.claimants import identify_claimants, name_key, settle
from tracker.incidents.names import bare
from tracker.incidents.words import fold
from tracker.publish.tables.conventions.convention import check_keys, load_convention
from tracker.publish.tables.conventions.evidence import Evidence, Findings, says_any
from tracker.publish.tables.conventions.losses import (
    Entry,
    Kept,
    Loss,
    lose_always,
    lose_doubtful,
    lose_figure,
    lose_toll,
    toll_key,
)
from tracker.publish.wording import MEASURE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tracker.incidents import TollPoint
    from tracker.publish.tables.conventions.convention import Convention

WHOLE = "killed_cum"
"""The column that a file cannot be without."""
MISSING = "missing"
_OPTIONAL = frozenset({"extended", "daily", "ext_daily"})


class Voice(NamedTuple):
    """Who keeps a total, however each text spells it, and for which area."""

    area: tuple[str, ...]
    claimant: Claimant


Chosen = frozenset[Voice]
"""The voices of one file: several only where they bear one name for one area, so that there is no choice."""

Columns = dict[str, list["TollPoint"]]
"""The points of each column, by day."""


def convention() -> Convention:
    """The columns, mappings and reasons of `rules/conventions/t4p.toml`."""
    loaded = load_convention("t4p", ("totals", "additions", "sources"))
    origin = "conventions/t4p.toml"
    for name, entry in loaded.mappings["totals"].items():
        check_keys(
            {k: v for k, v in entry.items() if k not in _OPTIONAL}, origin, ("measure", "words"), f"[totals] {name}:"
        )
        named = (name, *(entry[key] for key in _OPTIONAL & entry.keys()))
        unknown = [column for column in named if column not in loaded.column_names]
        if unknown or entry["measure"] not in set(Measure):
            raise RuleError(
                f"{origin}: [totals] {name} names {(unknown or [entry['measure']])[0]!r}, which is unknown; correct it."
            )
    return loaded


def convert(
    account: Findings, area: str | None = None, claimant: str | None = None, names: bool = False
) -> Iterator[Entry]:
    """The rows of every day from the first report to the last, then what is lost of each total and each event figure.

    `area` and `claimant` are compared without case, accents and articles; where either is not given and the totals of
    deaths leave a choice, UsageError names the choices.
    """
    layout = convention()
    evidence = Evidence(account.readings, names)
    voices = _voices(account)
    chosen = _choose(account.tolls, voices, area, claimant)
    columns: Columns = defaultdict(list)
    losses: list[Loss] = []
    _sort_totals(layout, account.tolls, voices, chosen, columns, losses)
    yield from _rows(layout, columns, evidence)
    yield from losses
    for points in columns.values():
        for point in points:
            yield from _lose_of_point(layout, point, evidence)
    yield from _lose_of_file(layout, columns, evidence)
    for incident in account.incidents:
        for measure in incident.figures:
            yield lose_figure(layout, incident, measure, "event_figure")
        yield from lose_doubtful(layout, incident)
    yield from lose_always(layout)


def _voices(account: Findings) -> dict[str, Claimant]:
    """Who speaks in each point, by claim id: spellings of one claimant have one key."""
    identified = identify_claimants(account.readings)
    points = {point.claim_id: point for point in account.tolls}
    unions = settle(identified[claim_id] for claim_id in points if claim_id in identified)
    return {
        claim_id: unions.root(identified[claim_id].key if claim_id in identified else name_key(point.claimant or ""))
        for claim_id, point in points.items()
    }


def _voice(point: TollPoint, voices: Mapping[str, Claimant]) -> Voice:
    return Voice(point.area_key, voices[point.claim_id])


def _choose(
    tolls: Sequence[TollPoint], voices: Mapping[str, Claimant], area: str | None, claimant: str | None
) -> Chosen:
    """The only voice that gives totals of deaths for the area and claimant asked for, under all keys that it has."""
    known: dict[Voice, list[TollPoint]] = defaultdict(list)
    for point in tolls:
        is_whole = point.measure is Measure.DEATHS and point.population is None
        if is_whole and point.status is Status.STATED and point.low is not None:
            known[_voice(point, voices)].append(point)
    if not known:
        raise UsageError(
            "there is no running total of deaths to write in the layout t4p; ingest reports that give one."
        )
    fitting = [
        voice
        for voice, points in known.items()
        if (area is None or fold(area) in {fold(point.area or "") for point in points})
        and (claimant is None or bare(claimant) in {bare(point.claimant or "") for point in points})
    ]
    names = {_word_voice(known[voice][0]) for voice in fitting or known}
    if fitting and len(names) == 1:
        return frozenset(fitting)
    choices = "; ".join(sorted(names))
    problem = "several claimants and areas have" if fitting else "no such claimant and area has"
    raise UsageError(f"{problem} running totals of deaths; choose by --claimant and --area from: {choices}.")


def _word_voice(point: TollPoint) -> str:
    return f"{point.claimant or 'nobody named'} for {point.area or 'no area named'}"


def _sort_totals(
    layout: Convention,
    tolls: Iterable[TollPoint],
    voices: Mapping[str, Claimant],
    chosen: Chosen,
    columns: Columns,
    losses: list[Loss],
) -> None:
    """Put the chosen voice's points into their columns, one series a column and one value a day; the rest is lost."""
    series: dict[str, dict[str, list[TollPoint]]] = defaultdict(lambda: defaultdict(list))
    points = list(tolls)
    own = [point for point in points if _voice(point, voices) in chosen]
    names = _Names(own[0].area or "no area named", own[0].claimant or "nobody named")
    for point in points:
        refused = _refuse(layout, point, _voice(point, voices), chosen, names)
        if refused is not None:
            losses.append(refused)
        else:
            series[_column(layout, point) or ""][point.toll_id].append(point)
    for column, found in sorted(series.items()):
        # A total that counts from an earlier day includes one that counts from a later day: the highest is the widest.
        widest = max(found.values(), key=lambda told: (max(point.low or 0 for point in told), told[0].toll_id))
        for told in found.values():
            if told is widest:
                kept, lost = _one_a_day(layout, told)
                columns[column] = kept
                losses += lost
            else:
                words = {"baseline": told[0].baseline or "no day named", "chosen": widest[0].baseline or "no day named"}
                losses += [lose_toll(layout, point, "other_baseline", **words) for point in told]


class _Names(NamedTuple):
    area: str
    claimant: str


def _refuse(layout: Convention, point: TollPoint, voice: Voice, chosen: Chosen, names: _Names) -> Loss | None:
    if voice.area not in {other.area for other in chosen}:
        return lose_toll(layout, point, "other_area", area=point.area or "no area named", chosen=names.area)
    if voice not in chosen:
        claimant = point.claimant or "nobody named"
        return lose_toll(layout, point, "other_claimant", claimant=claimant, chosen=names.claimant)
    if point.status is not Status.STATED:
        return lose_toll(layout, point, "not_stated", status=point.status.value)
    if _column(layout, point) is None:
        measure = MEASURE_WORDS[point.measure].lower()
        if point.population is None:
            return lose_toll(layout, point, "other_measure", measure=measure)
        return lose_toll(layout, point, "other_population", population=f"{point.population}, {measure}")
    if point.low is None:
        return lose_toll(layout, point, "no_lower_bound")
    return None


def _column(layout: Convention, point: TollPoint) -> str | None:
    """The column whose measure and population are the point's; None where there is none."""
    for column, entry in layout.mappings["totals"].items():
        if entry["measure"] != point.measure or bool(entry["words"]) != (point.population is not None):
            continue
        if point.population is None or says_any(point.population, entry["words"]):
            return str(column)
    return None


def _one_a_day(layout: Convention, points: Sequence[TollPoint]) -> tuple[list[TollPoint], list[Loss]]:
    """The last value of each day, and the loss of the others and of wordings that are looser than a known value."""
    days: dict[date, TollPoint] = {}
    losses: list[Loss] = []
    for point in points:
        if point.change is None and point.kind == "same":
            losses.append(lose_toll(layout, point, "looser"))
            continue
        if point.as_of in days:
            losses.append(lose_toll(layout, days[point.as_of], "same_day", kept=point.low))
        days[point.as_of] = point
    return list(days.values()), losses


def _rows(layout: Convention, columns: Columns, evidence: Evidence) -> Iterator[Kept]:
    totals = layout.mappings["totals"]
    values = {column: {point.as_of: point for point in points} for column, points in columns.items()}
    reported = sorted({day for points in values.values() for day in points})
    latest: dict[str, int] = {}
    whole = values.get(WHOLE, {})
    day, source = reported[0], _source(layout, columns, evidence)
    while day <= reported[-1]:
        cells: dict[str, object] = {"report_date": day, "report_source": MISSING, "report_period": 0}
        today = [points[day] for points in values.values() if day in points]
        if today:
            cells["report_source"] = source
            cells["report_period"] = _hours(reported if day not in whole else sorted(whole), day)
        for column, entry in totals.items():
            known, point = latest.get(column), values.get(column, {}).get(day)
            if point is not None:
                latest[column] = point.low or 0
                cells[column] = point.low
                change = None if known is None else latest[column] - known
                cells |= {entry[name]: change for name in ("daily", "ext_daily") if name in entry}
            elif known is not None and "ext_daily" in entry:
                cells[entry["ext_daily"]] = 0
            if column in latest and "extended" in entry:
                cells[entry["extended"]] = latest[column]
        if day in whole:
            cells |= _added(layout, whole[day], evidence)
        yield Kept(layout.row(cells), tuple(toll_key(point) for point in today))
        day += timedelta(days=1)


def _hours(reports: Sequence[date], day: date) -> int | None:
    """The hours from the report before the one of this day; None where it is the first."""
    before = [report for report in reports if report < day]
    return (day - before[-1]).days * 24 if before else None


def _source(layout: Convention, columns: Columns, evidence: Evidence) -> str:
    """The layout's own word for the claimant, where a claim names its organisation, else the claimant's name."""
    listed = _listed_source(layout, columns, evidence)
    return listed or columns[WHOLE][0].claimant or "not named"


def _listed_source(layout: Convention, columns: Columns, evidence: Evidence) -> str | None:
    words = set()
    for point in (point for points in columns.values() for point in points):
        reading = evidence.reading(point.claim_id)
        words.add(layout.mappings["sources"].get((reading.claim.source_id if reading else None) or ""))
    words.discard(None)
    return words.pop() if len(words) == 1 else None


def _added(layout: Convention, point: TollPoint, evidence: Evidence) -> dict[str, int]:
    """What the text of an addition says was added for earlier days, by column, persons."""
    added: dict[str, int] = defaultdict(int)
    for claim in evidence.claims(point.added):
        columns: Any = layout.mappings["additions"]
        column = next((name for name, words in columns.items() if says_any(claim.quote, words)), None)
        if column is not None and claim.count_min is not None:
            added[column] += claim.count_min
    return added


def _lose_of_point(layout: Convention, point: TollPoint, evidence: Evidence) -> Iterator[Loss]:
    if point.high != point.low:
        yield lose_toll(layout, point, "bounds", low=point.low, high=point.high)
    if point.change is not None and point.change < 0:
        yield lose_toll(layout, point, "correction", size=-point.change)
    told = sum(_added(layout, point, evidence).values()) if _column(layout, point) == WHOLE else 0
    if point.kind == "addition" and point.residual and point.residual != told:
        yield lose_toll(layout, point, "addition_unnamed", size=point.residual - told)
    if point.is_stale():
        yield lose_toll(layout, point, "stale", days=point.unmoved)


def _lose_of_file(layout: Convention, columns: Columns, evidence: Evidence) -> Iterator[Loss]:
    first = columns[WHOLE][0]
    yield lose_toll(layout, first, "first_day")
    if _listed_source(layout, columns, evidence) is None:
        yield lose_toll(layout, first, "source_not_in_list", claimant=first.claimant or "not named")
