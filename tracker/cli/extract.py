"""`tracker extract`: documents in, claim records out; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.collect import Rejected
    from tracker.documents import Document


class Format(StrEnum):
    """How claims are written."""

    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"


def extract(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE…|-]",
            help="Texts, JSON lines or folders of them; - or nothing for standard input.",
            allow_dash=True,
        ),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Publication date of documents that give none.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="L", help="Language of documents that give none; else en.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="JSON lines, CSV, or a table for people.")] = Format.JSONL,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes that extract at the same time.")] = 1,
    as_incidents: Annotated[
        bool, typer.Option("--incidents", help="One JSON line an incident instead, a document's main one first.")
    ] = False,
) -> None:
    """Write one claim record a line for every figure that the documents state, or with --incidents one for each event.

    Offsets refer to the text exactly as given. What cannot be read is listed on standard error, with exit status 1.
    """
    from tracker.collect import Defaults, read_documents
    from tracker.extract.batch import extract_each
    from tracker.publish.tables.claim_lines import write_claims, write_incidents
    from tracker.settings import load_settings

    if as_incidents and form is not Format.JSONL:
        raise UsageError(f"--incidents writes JSON lines only; leave --format {form.value} out.")
    settings = load_settings()
    defaults = Defaults(published=parse_date("--published", published), language=language)
    rejected: list[Rejected] = []
    documents = _readable(read_documents(list(files or [Path("-")]), defaults), settings.language, rejected)
    extracted = extract_each(documents, settings, jobs)
    if as_incidents:
        write_incidents(extracted, typer.get_binary_stream("stdout"))
    else:
        write_claims(
            (claim for _, found in extracted for claim in found), form.value, typer.get_binary_stream("stdout")
        )
    if rejected:
        raise typer.Exit(1)


def _readable(found: Iterable[Document | Rejected], language: str, rejected: list[Rejected]) -> Iterator[Document]:
    """The documents that can be extracted; each of the others is listed on standard error.

    A document of the future is extracted with a note there: the records depend on the text and its date, never on now.
    """
    from tracker.collect import Rejected
    from tracker.collect.details import note_future

    today = datetime.now(UTC).date()
    for item in found:
        if isinstance(item, Rejected):
            refusal = item
        elif (item.language or language).partition("-")[0].lower() != language:
            refusal = Rejected(item.document_id, None, f"there are no rules for the language {item.language!r}.")
        else:
            if note := note_future(item, today):
                typer.echo(f"note: {note}", err=True)
            yield item
            continue
        rejected.append(refusal)
        typer.echo(f"set aside: {refusal}", err=True)


def parse_date(option: str, value: str | None) -> date | None:
    """The ISO date given for `option`; UsageError where it is none."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{option} must be a date written as in 2025-03-31, not {value!r}.") from None
