"""`tracker incidents`: what the claims amount to, everything that was said of one, and what people hold of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import judging
from tracker.cli.columns import align
from tracker.cli.options import Database, KnownOn, day_of
from tracker.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.incidents import Account, Figure, Incident
    from tracker.judgements import Judgement
    from tracker.readings import Reading

app = typer.Typer(help="List incidents, show all that was said of one, and judge them.", no_args_is_help=True)
for command in (judging.merge, judging.split, judging.exclude, judging.judgements, judging.withdraw):
    app.command()(command)


@app.command("list")
def list_incidents(db: Database = None, as_known_on: KnownOn = None) -> None:
    """One line for each incident and measure, by date."""
    incidents = _load(db, as_known_on).incidents
    header = ("incident", "date", "basis", "place", "country", "cause", "measure", "low", "best", "high", "origins")
    rows = [
        (
            incident.incident_id,
            _span(incident.date_start, incident.date_end),
            incident.date_basis,
            incident.place,
            incident.country,
            incident.cause,
            measure,
            figure.low,
            figure.best,
            figure.high,
            len(figure.origins),
        )
        for incident in incidents
        for measure, figure in _all_figures(incident)
    ]
    typer.echo(align(header, rows))


@app.command("show")
def show_incident(
    incident: Annotated[str, typer.Argument(help="The incident's id, or as much of its beginning as is unique.")],
    db: Database = None,
    as_known_on: KnownOn = None,
) -> None:
    """Figures, the statements behind them with their sentences, and why the texts were taken for one event."""
    from tracker.incidents.judging import find_incident
    from tracker.judgements import standing

    account = _load(db, as_known_on)
    found = find_incident(account, incident)
    for line in _describe(found, {reading.claim.claim_id: reading for reading in account.readings}):
        typer.echo(line)
    for line in _judged(found, standing(account.judgements)):
        typer.echo(line)


def _load(db: str | None, as_known_on: datetime | None) -> Account:
    from tracker.incidents import draw_up
    from tracker.ledger import Ledger

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        return draw_up(ledger, day_of(as_known_on))


def _span(start: date | None, end: date | None) -> str | None:
    return str(start) if start == end or end is None else f"{start}/{end}"


def _describe(incident: Incident, readings: Mapping[str, Reading]) -> Iterator[str]:
    yield f"incident  {incident.incident_id}"
    where = [name for name in (incident.place, incident.admin1, incident.country) if name]
    yield f"place     {', '.join(where) or 'not known'}"
    yield f"date      {_span(incident.date_start, incident.date_end) or 'not known'} ({incident.date_basis})"
    yield f"cause     {incident.cause or 'not given'}"
    yield f"origins   {len(incident.origins)}: {'; '.join(incident.origins)}"
    for measure, figure in _all_figures(incident):
        yield ""
        yield f"{measure}: low {_number(figure.low)}, best {_number(figure.best)}, high {_number(figure.high)}"
        yield f"  best is {figure.reason}"
        yield from _statements(figure, readings)
    if incident.links:
        yield ""
        yield "joined because"
    for link in incident.links:
        yield f"  {link.score:.2f}  {link.claim_ids[0]} and {link.claim_ids[1]}: {'; '.join(link.reasons)}"


def _judged(incident: Incident, judgements: Iterable[Judgement]) -> Iterator[str]:
    """The judgements that stand on a claim of the incident, or against one."""
    own = set(incident.claim_ids)
    touching = [j for j in judgements if own.intersection(j.side) or own.intersection(j.other_claim_ids)]
    if touching:
        yield ""
        yield "judged"
    for judgement in touching:
        yield (
            f"  {judgement.made_on}  {judgement.verdict} by {judgement.author}: {judgement.reason} "
            f"({judgement.judgement_id[:12]})"
        )


def _all_figures(incident: Incident) -> Iterator[tuple[str, Figure]]:
    """Each measure's figure, and after them those that are held out of sums, named as such."""
    yield from incident.figures.items()
    for measure, figure in incident.doubtful.items():
        yield f"{measure} ({'; '.join(incident.doubts[measure])})", figure


def _statements(figure: Figure, readings: Mapping[str, Reading]) -> Iterator[str]:
    for statement in figure.statements:
        claims = [readings[claim_id] for claim_id in statement.claim_ids]
        words = "; ".join(reading.claim.count_text for reading in claims)
        standing = "stands" if statement.current else "a part" if statement.is_part else "superseded"
        day = statement.published or "undated"
        yield f"  {day}  {words!r} {statement.status}, {standing}; origin: {statement.origin}"
        yield f"    {' '.join(claims[0].claim.quote.split())}"
        yield f"    {claims[0].outlet or claims[0].claim.document_id}  {claims[0].url or ''}".rstrip()
        yield f"    claim{'s' if len(claims) > 1 else ''} {', '.join(statement.claim_ids)}"


def _number(bound: int | None) -> str:
    return "open" if bound is None else str(bound)
