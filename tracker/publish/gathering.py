"""From the ledger to the material of a report: one window or one subject, seen as it was known on one day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from tracker.errors import GazetteerError, UsageError
from tracker.incidents import draw_up
from tracker.incidents.areas import Area, find_area
from tracker.incidents.changes import Stand, find_changes
from tracker.incidents.judging import find_incident
from tracker.incidents.names import bare
from tracker.incidents.plausibility import find_flags
from tracker.judgements import standing
from tracker.publish.material import Material, News, RulesInForce, Window
from tracker.publish.wording import word_day
from tracker.rulebook import load_rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tracker.claims import Claim, Measure
    from tracker.gazetteer import Gazetteer
    from tracker.incidents import Account, Incident, TollPoint
    from tracker.ledger import Ledger, Run
    from tracker.publish.pages.definition import Definition
    from tracker.readings import Reading

_VAGUE_EXAMPLES = ("several", "dozens", "hundreds")
_MOST_NEAR = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a report is asked for; what is None is not limited, or as the definition says."""

    first: date | None = None
    last: date | None = None
    area: str | None = None
    incident: str | None = None
    """The beginning of an incident's id."""
    claimant: str | None = None
    """A claimant's name, or the beginning of the id of one of its running totals."""
    as_known_on: date | None = None
    since: date | str | None = None
    """The day at whose end, or the run after which, the last report was made."""
    names: bool = False


def gather(ledger: Ledger, definition: Definition, question: Question, gazetteer: Gazetteer | None = None) -> Material:
    """The material of a report: of a window, an incident or a claimant, as its definition says."""
    if definition.kind == "incident":
        return gather_incident(ledger, measures=definition.measures, question=question, gazetteer=gazetteer)
    if definition.kind == "toll":
        return gather_claimant(ledger, measures=definition.measures, question=question, gazetteer=gazetteer)
    return gather_material(
        ledger,
        window_days=definition.window_days,
        measures=definition.measures,
        question=question,
        gazetteer=gazetteer,
        wants_news="changes" in definition.sections,
    )


def with_rules(material: Material, folder: Path, language: str = "en") -> Material:
    """The material with what its method page says of the rules on disk."""
    return replace(material, rules=read_rules(folder, language))


def gather_material(
    ledger: Ledger,
    *,
    window_days: int,
    measures: Sequence[Measure],
    question: Question,
    gazetteer: Gazetteer | None = None,
    wants_news: bool = False,
) -> Material:
    """The material of a window, from what the ledger held at the end of the day asked for.

    `last` is by default the latest day of publication, and `first` is `window_days` back, its own day included.
    UsageError where neither a day is given nor any text is dated, or where the area is not known.
    """
    account = draw_up(ledger, question.as_known_on)
    window = choose_window(account.readings, window_days, question.first, question.last)
    material = _start(ledger, account, window, question, gazetteer)
    area = _area(account, question.area, gazetteer)
    incidents = _limit(account.incidents, area, measures)
    tolls = _limit_tolls(account, area, measures)
    material = replace(
        material,
        area=area.label if area else None,
        known_incidents=incidents,
        known_tolls=tolls,
        incidents=tuple(i for i in incidents if window.touches(i.date_start, i.date_end)),
        tolls=tuple(point for point in tolls if window.first <= point.as_of <= window.last),
    )
    if wants_news:
        material = replace(material, news=_find_news(ledger, account, material, question, area, measures))
    return material


def gather_incident(
    ledger: Ledger, *, measures: Sequence[Measure], question: Question, gazetteer: Gazetteer | None
) -> Material:
    """The material of one incident's dossier; UsageError where none is named, or the id is not that of just one."""
    account = draw_up(ledger, question.as_known_on)
    if not question.incident:
        raise UsageError("a dossier is about one incident; name it with --incident ID (`tracker incidents list`).")
    subject = find_incident(account, question.incident)
    days = [day for day in (subject.date_start, subject.date_end, subject.first_reported, subject.last_reported) if day]
    last = question.last or max(days, default=None)
    if last is None:
        raise UsageError("nothing of this incident is dated; give the day of its dossier with --to.")
    window = Window(min([*days, last]), last)
    own = set(subject.claim_ids)
    claims = {claim for figure in subject.doubtful.values() for claim in figure.claim_ids} | own
    return replace(
        _start(ledger, account, window, question, gazetteer),
        incidents=tuple(_limit([subject], None, measures)) or (subject,),
        known_incidents=tuple(account.incidents),
        subject=subject,
        judgements=tuple(
            j for j in standing(account.judgements) if own.intersection(j.side) or own.intersection(j.other_claim_ids)
        ),
        flags=tuple(flag for flag in find_flags(account, partial(_population, gazetteer)) if flag.claim_id in claims),
    )


def gather_claimant(
    ledger: Ledger, *, measures: Sequence[Measure], question: Question, gazetteer: Gazetteer | None
) -> Material:
    """The material of one claimant's running totals; UsageError with near names where nobody is called so."""
    account = draw_up(ledger, question.as_known_on)
    area = _area(account, question.area, gazetteer)
    points = list(_limit_tolls(account, area, measures))
    if question.claimant:
        own = _of_claimant(points, question.claimant)
    else:
        raise UsageError(f"this report is about one claimant; name it with --claimant NAME, {_name_claimants(points)}.")
    first, last = question.first, question.last or max(point.as_of for point in own)
    own = [point for point in own if point.as_of <= last and (first is None or point.as_of >= first)]
    if not own:
        raise UsageError(f"no value of {question.claimant!r} is dated from {first} to {last}; give other days.")
    window = Window(first or min(point.as_of for point in own), last)
    incidents = tuple(account.incidents)
    return replace(
        _start(ledger, account, window, question, gazetteer),
        area=area.label if area else None,
        known_incidents=incidents,
        known_tolls=tuple(own),
        tolls=tuple(own),
    )


def choose_window(readings: Iterable[Reading], window_days: int, first: date | None, last: date | None) -> Window:
    """The window asked for, its missing ends filled in from the latest publication and the usual length."""
    if last is None:
        last = max((reading.published for reading in readings if reading.published), default=None)
        if last is None:
            raise UsageError("no text in the database has a day of publication; give the report's last day with --to.")
    return Window(first or last - timedelta(days=window_days - 1), last)


def read_rules(folder: Path, language: str = "en") -> RulesInForce:
    """What the method says of the rules on disk."""
    book = load_rulebook(folder, language)
    table = book.table("vague")
    policy = table["policies"][table["default"]]
    return RulesInForce(
        digest=book.digest,
        stages=dict(sorted(Counter(rule.stage.value for rule in book.all_rules()).items())),
        files=len(book.rule_files()),
        vague=table["default"],
        vague_about=policy.get("about", ""),
        examples=tuple(
            (word, policy[word][0], None if policy[word][1] < 0 else policy[word][1])
            for word in _VAGUE_EXAMPLES
            if word in policy
        ),
    )


def _start(
    ledger: Ledger, account: Account, window: Window, question: Question, gazetteer: Gazetteer | None
) -> Material:
    """What every report says of the database behind it."""
    known = question.as_known_on
    records = [r for r in ledger.runs() if known is None or r.run.started_at.date() <= known]
    codes = {incident.country for incident in account.incidents} | {
        reading.claim.country for reading in account.readings
    }
    digests: dict[str, str] = {}
    texts: dict[str, str] = {}
    for document in ledger.documents(known):
        digests[document.document_id] = document.text_sha256
        if question.names:
            texts[document.text_sha256] = document.text
    return Material(
        window=window,
        generated_for=window.last,
        readings=account.readings,
        runs=tuple(record.run.run_id for record in records),
        rules_digest=records[-1].run.rules_digest if records else None,
        documents=len(digests),
        digests=digests,
        claims=len(account.readings),
        set_aside=sum(record.set_aside for record in records),
        as_known_on=known,
        country_names={code: name_country(gazetteer, code) for code in sorted(filter(None, codes))},
        read_since=min((reading.published for reading in account.readings if reading.published), default=None),
        texts=texts,
    )


def name_country(gazetteer: Gazetteer | None, code: str) -> str:
    """The country's English name; its code where the gazetteer is missing or does not know it."""
    try:
        return gazetteer.country(code).name if gazetteer else code
    except GazetteerError:
        return code


def _find_country(gazetteer: Gazetteer | None, name: str) -> str | None:
    """The ISO alpha-3 of a country's code or name."""
    code = name.strip().upper()
    if gazetteer is None:
        return code if len(code) == 3 and code.isascii() and code.isalpha() else None
    if len(code) == 3:
        try:
            return gazetteer.country(code).country
        except GazetteerError:
            pass
    return next((place.country for place in gazetteer.candidates(name) if place.kind == "country"), None)


def _population(gazetteer: Gazetteer | None, claim: Claim) -> int | None:
    if gazetteer is None or claim.geonames_id is None or claim.place_precision not in ("town", "exact", "place"):
        return None
    names = [place for name in claim.places for place in gazetteer.candidates(name)]
    return next((place.population or None for place in names if place.geonames_id == claim.geonames_id), None)


def _area(account: Account, name: str | None, gazetteer: Gazetteer | None) -> Area | None:
    if name is None:
        return None
    codes = {incident.country for incident in account.incidents if incident.country}
    names = [name_country(gazetteer, code) for code in sorted(codes)]
    return find_area(name, account.incidents, account.tolls, partial(_find_country, gazetteer), names)


def _limit(incidents: Sequence[Incident], area: Area | None, measures: Sequence[Measure]) -> tuple[Incident, ...]:
    chosen = area.of(incidents) if area else incidents
    wanted = set(measures)
    return tuple(incident for incident in chosen if wanted.intersection(incident.figures))


def _limit_tolls(account: Account, area: Area | None, measures: Sequence[Measure]) -> tuple[TollPoint, ...]:
    countries = {reading.claim.claim_id: reading.claim.country for reading in account.readings} if area else {}
    return tuple(
        point
        for point in account.tolls
        if point.measure in measures and (area is None or area.holds(point, countries.get(point.claim_id)))
    )


def _of_claimant(points: Sequence[TollPoint], name: str) -> list[TollPoint]:
    own = [point for point in points if bare(point.claimant or "") == bare(name) and bare(name)]
    own = own or [point for point in points if name and point.toll_id.startswith(name)]
    if own:
        return own
    known = sorted({point.claimant for point in points if point.claimant})
    near = get_close_matches(name, known, n=_MOST_NEAR, cutoff=0.5)
    hint = f"near it: {', '.join(near)}" if near else _name_claimants(points)
    raise UsageError(f"no running total is that of {name!r}; {hint}.")


def _name_claimants(points: Iterable[TollPoint]) -> str:
    known = sorted({point.claimant for point in points if point.claimant})
    more = f" and {len(known) - _MOST_NEAR} more" if len(known) > _MOST_NEAR else ""
    return f"the claimants are {', '.join(known[:_MOST_NEAR])}{more}" if known else "no running total was read yet"


def _find_news(
    ledger: Ledger,
    account: Account,
    material: Material,
    question: Question,
    area: Area | None,
    measures: Sequence[Measure],
) -> News:
    """What changed since the end of the day before the window's last, or since the day or run asked for."""
    known = question.as_known_on
    since: date | Run
    if isinstance(question.since, str):
        since = _find_run(ledger, question.since)
        words = f"run {since.run_id[:12]} of {word_day(since.started_at.date())}"
    else:
        since = question.since or min(material.window.last, known or material.window.last) - timedelta(days=1)
        words = f"the end of {word_day(since)}"
    before = draw_up(ledger, since)
    if not before.readings:
        return News(since=words, changes=(), before=before, after=account)
    digests = {document.document_id: document.text_sha256 for document in ledger.documents(since)}
    changes = find_changes(Stand(before, digests), Stand(account, material.digests))
    inside = {incident.incident_id for side in (before, account) for incident in _limit(side.incidents, area, measures)}
    inside |= {point.toll_id for side in (before, account) for point in _limit_tolls(side, area, measures)}
    wanted = tuple(change for change in changes if change.measure in measures and change.name in inside)
    return News(since=words, changes=wanted, before=before, after=account)


def _find_run(ledger: Ledger, name: str) -> Run:
    found = [record.run for record in ledger.runs() if name and record.run.run_id.startswith(name)]
    if len(found) != 1:
        many = f"{len(found)} runs have ids that begin" if found else "no run has an id that begins"
        raise UsageError(f"{many} with {name!r}; `tracker runs` prints the ids, and a day is given as 2025-03-16.")
    return found[0]
