"""`tracker explain`: why each claim was made, and why each candidate was dropped."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tracker.cli.extract import parse_date


def explain(
    text: Annotated[str, typer.Argument(help="The text to explain, or - to read it from standard input.")],
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="Publication date, which dates are resolved against."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Headline, where it stands apart from the text.")] = None,
) -> None:
    """Print every claim of a text with the words and rules behind each field, and every candidate that was dropped."""
    from tracker.documents import Document
    from tracker.extract import load_extractor
    from tracker.settings import load_settings

    given = sys.stdin.read() if text == "-" else text
    document = Document(document_id="text", text=given, title=title, published=parse_date("--published", published))
    for line in load_extractor(load_settings()).explain(document).lines():
        typer.echo(line)
