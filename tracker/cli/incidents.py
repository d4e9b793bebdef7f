"""`tracker incidents`: what the claims amount to, and for one incident everything that was said."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.columns import align
from tracker.errors import UsageError
from tracker.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.incidents import Figure, Incident
    from tracker.readings import Reading

app = typer.Typer(help="List incidents, or show all that was said of one.", no_args_is_help=True)

Database = Annotated[
    str | None, typer.Option("--db", help="Database URL; else TRACKER_DB, else tracker.db in this folder.")
]
Day = Annotated[
    datetime | None,
    typer.Option("--as-known-on", formats=["%Y-%m-%d"], help="As the database stood at the end of this day (UTC)."),
]


@app.command("list")
def list_incidents(db: Database = None, as_known_on: Day = None) -> None:
    """One line for each incident and measure, by date."""
    incidents, _ = _load(db, as_known_on)
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
    as_known_on: Day = None,
) -> None:
    """Figures, the statements behind them with their sentences, and why the texts were taken for one event."""
    incidents, readings = _load(db, as_known_on)
    found = [candidate for candidate in incidents if candidate.incident_id.startswith(incident)]
    if len(found) != 1:
        many = f"{len(found)} incidents have ids that begin" if found else "no incident has an id that begins"
        raise UsageError(f"{many} with {incident!r}; `tracker incidents list` prints the ids.")
    for line in _describe(found[0], {reading.claim.claim_id: reading for reading in readings}):
        typer.echo(line)


def _load(db: str | None, as_known_on: datetime | None) -> tuple[list[Incident], list[Reading]]:
    from tracker.incidents import find_incidents
    from tracker.ledger import Ledger

    with Ledger.open(load_settings(db).database_url, create=False) as ledger:
        readings = list(ledger.readings(as_known_on.date() if as_known_on else None))
    return find_incidents(readings), readings


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


def _all_figures(incident: Incident) -> Iterator[tuple[str, Figure]]:
    """Each measure's figure, and after them those that are held out of sums, named as such."""
    yield from incident.figures.items()
    yield from ((f"{measure} (looks like a running total)", figure) for measure, figure in incident.doubtful.items())


def _statements(figure: Figure, readings: Mapping[str, Reading]) -> Iterator[str]:
    for statement in figure.statements:
        claims = [readings[claim_id] for claim_id in statement.claim_ids]
        words = "; ".join(reading.claim.count_text for reading in claims)
        standing = "stands" if statement.current else "a part" if statement.is_part else "superseded"
        day = statement.published or "undated"
        yield f"  {day}  {words!r} {statement.status}, {standing}; origin: {statement.origin}"
        yield f"    {' '.join(claims[0].claim.quote.split())}"
        yield f"    {claims[0].outlet or claims[0].claim.document_id}  {claims[0].url or ''}".rstrip()


def _number(bound: int | None) -> str:
    return "open" if bound is None else str(bound)
