"""Readings to CSV tables that anyone can open, each with the data dictionary that explains its columns."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO

from tracker.errors import UsageError
from tracker.incidents import Incident, find_incidents, find_tolls
from tracker.incidents.revisions import find_revisions
from tracker.incidents.series import series_rows
from tracker.publish.tables.csvfile import Row, write_rows, write_whole
from tracker.publish.tables.dictionary import DICTIONARY, DICTIONARY_COLUMNS, Kind, dictionary_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tracker.claims import Measure
    from tracker.incidents import Figure, TollPoint
    from tracker.judgements import Judgement
    from tracker.readings import Reading

DOCUMENT_COLUMNS = ("outlet", "title", "url", "published", "text_sha256")
"""Columns of the claims file that are read from the document rather than from the claim."""


def write_export(
    kind: Kind, readings: Iterable[Reading], stream: BinaryIO, judgements: Iterable[Judgement] = ()
) -> int:
    """Write one table to an open stream and return its number of rows; claims pass through one at a time."""
    return write_rows(column_names(kind), _ROWS[kind](readings, judgements), stream)


def export_file(kind: Kind, readings: Iterable[Reading], path: Path, judgements: Iterable[Judgement] = ()) -> int:
    """Write one table to `path` and its dictionary beside it; returns the number of rows.

    Either file appears whole or not at all; UsageError where one cannot be written.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it, such as {path / kind}.csv.")
    rows = write_whole(path, lambda stream: write_export(kind, readings, stream, judgements))
    write_whole(dictionary_path(path), lambda stream: write_rows(DICTIONARY_COLUMNS, dictionary_rows(kind), stream))
    return rows


def dictionary_path(path: Path) -> Path:
    """Where the dictionary of the table at `path` is written: `claims.csv` has `claims.dictionary.csv`."""
    return path.with_name(f"{path.stem}.dictionary.csv")


def column_names(kind: Kind) -> tuple[str, ...]:
    """The columns of a table, in the order in which they are written."""
    return tuple(column.name for column in DICTIONARY[kind])


def claim_rows(readings: Iterable[Reading]) -> Iterator[Row]:
    """One row for each reading, in the order given."""
    names = column_names(Kind.CLAIMS)
    for reading in readings:
        yield [getattr(reading if name in DOCUMENT_COLUMNS else reading.claim, name) for name in names]


def incident_rows(incidents: Iterable[Incident]) -> Iterator[Row]:
    """One row for each incident and measure: measures stand below each other, so that nobody adds them across."""
    names = column_names(Kind.INCIDENTS)
    for incident in incidents:
        kept: list[tuple[Measure, Figure, tuple[str, ...]]] = [
            (measure, figure, ()) for measure, figure in incident.figures.items()
        ]
        doubted = [(measure, figure, incident.doubts[measure]) for measure, figure in incident.doubtful.items()]
        for measure, figure, flags in [*kept, *doubted]:
            cells: dict[str, object] = {
                "measure": measure,
                "flags": flags,
                "covered_by": incident.covered.get(measure),
                "figure_origins": figure.origins,
                "figure_claims": figure.claim_ids,
            }
            cells |= {name: getattr(figure, name) for name in ("low", "best", "high", "recommended", "reason")}
            yield [cells[name] if name in cells else getattr(incident, name) for name in names]


def toll_row(point: TollPoint) -> Row:
    """The cells of one value of a running total."""
    stale = "true" if point.is_stale() else "false"
    return [stale if name == "stale" else getattr(point, name) for name in column_names(Kind.TOLLS)]


def _claims(readings: Iterable[Reading], _judgements: Iterable[Judgement]) -> Iterator[Row]:
    return claim_rows(readings)


def _series(readings: Iterable[Reading], judgements: Iterable[Judgement]) -> Iterator[Row]:
    return map(attrgetter(*column_names(Kind.SERIES)), series_rows(find_incidents(readings, judgements)))


def _tolls(readings: Iterable[Reading], judgements: Iterable[Judgement]) -> Iterator[Row]:
    return map(toll_row, find_tolls(readings, judgements))


def _revisions(readings: Iterable[Reading], judgements: Iterable[Judgement]) -> Iterator[Row]:
    return map(attrgetter(*column_names(Kind.REVISIONS)), find_revisions(find_tolls(readings, judgements)))


def _incidents(readings: Iterable[Reading], judgements: Iterable[Judgement]) -> Iterator[Row]:
    return incident_rows(find_incidents(readings, judgements))


_ROWS: dict[Kind, Callable[[Iterable[Reading], Iterable[Judgement]], Iterator[Row]]] = {
    Kind.CLAIMS: _claims,
    Kind.SERIES: _series,
    Kind.INCIDENTS: _incidents,
    Kind.TOLLS: _tolls,
    Kind.REVISIONS: _revisions,
}
