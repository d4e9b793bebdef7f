"""What is asked of a ledger for an export, and the rows of each table that answer it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.incidents import Account, draw_up
from tracker.incidents.selection import Selection
from tracker.publish.tables.dictionary import TABLES, Column, Kind, columns_of
from tracker.publish.tables.figure_rows import (
    incident_claim_rows,
    incident_rows,
    revision_rows,
    series_table,
    toll_rows,
)
from tracker.publish.tables.record_rows import claim_rows, document_rows, judgement_rows, run_rows
from tracker.publish.tables.reviews import Reviews

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tracker.incidents import Incident, TollPoint
    from tracker.incidents.series import Area, Frequency
    from tracker.ledger import Ledger
    from tracker.publish.tables.csvfile import Row

_DAYS = frozenset({"first", "last"})
_OF_HARM = _DAYS | {"measures", "causes", "country", "admin1", "place"}
_OF_INCIDENTS = _OF_HARM | {"source", "added"}
FILTERS: dict[Kind, frozenset[str]] = {
    Kind.CLAIMS: _OF_HARM,
    Kind.INCIDENTS: _OF_INCIDENTS,
    Kind.INCIDENT_CLAIMS: _OF_INCIDENTS,
    Kind.SERIES: _OF_INCIDENTS,
    Kind.TOLLS: _OF_HARM,
    Kind.REVISIONS: _OF_HARM,
    Kind.DOCUMENTS: _DAYS,
    Kind.JUDGEMENTS: _DAYS,
    Kind.RUNS: frozenset(),
}
"""By which fields of a `Selection` the rows of each table can be chosen."""

OPTIONS = {
    "measures": "--measure",
    "causes": "--cause",
    "country": "--country",
    "admin1": "--admin1",
    "place": "--place",
    "source": "--source",
    "first": "--from",
    "last": "--to",
    "added": "--added",
}
"""How the fields of a `Selection` are called on the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an export is about. Frequency and area cut the series alone, and `with_text` widens documents alone."""

    selection: Selection = field(default_factory=Selection)
    as_known_on: date | None = None
    frequency: Frequency = "D"
    area: Area = "country"
    with_text: bool = False


class Holdings:
    """A ledger's answers to one question. Claims, documents and judgements stream; the rest needs all claims at once,
    since which of them tell of one event only all of them can say. They are read once, when first needed."""

    def __init__(self, ledger: Ledger, question: Question) -> None:
        self.ledger = ledger
        self.question = question

    @cached_property
    def account(self) -> Account:
        """Incidents and tolls, from all claims whatever is asked for: a choice must not change what an incident is."""
        return draw_up(self.ledger, self.question.as_known_on)

    def rows(self, kind: Kind) -> Iterator[Row]:
        """The rows of one table, cells in the order of its columns; UsageError where a filter does not fit it."""
        require_fitting(kind, self.question.selection)
        return {
            Kind.CLAIMS: self._claims,
            Kind.INCIDENTS: lambda: incident_rows(self._incidents()),
            Kind.INCIDENT_CLAIMS: lambda: incident_claim_rows(self._incidents()),
            Kind.SERIES: lambda: series_table(self._incidents(), self.question.frequency, self.question.area),
            Kind.TOLLS: lambda: toll_rows(self._tolls()),
            Kind.REVISIONS: lambda: revision_rows(self._tolls()),
            Kind.DOCUMENTS: self._documents,
            Kind.JUDGEMENTS: self._judgements,
            Kind.RUNS: self._runs,
        }[kind]()

    def columns(self, kind: Kind) -> tuple[Column, ...]:
        """The columns of one table as this question has them."""
        return columns_of(TABLES[kind], self.question.with_text)

    def _claims(self) -> Iterator[Row]:
        question = self.question
        reviews = Reviews(self.ledger.judgements(as_known_on=question.as_known_on))
        sighted = self.ledger.sighted(question.as_known_on)
        return claim_rows((one for one in sighted if question.selection.admits(one.reading)), reviews)

    def _documents(self) -> Iterator[Row]:
        question = self.question
        listed = self.ledger.listed_documents(question.as_known_on, with_text=question.with_text)
        chosen = (document for document in listed if question.selection.spans(document.published))
        return document_rows(chosen, with_text=question.with_text)

    def _judgements(self) -> Iterator[Row]:
        listed = self.ledger.listed_judgements(self.question.as_known_on)
        return judgement_rows(one for one in listed if self.question.selection.spans(one.judgement.made_on))

    def _runs(self) -> Iterator[Row]:
        known = self.question.as_known_on
        records = self.ledger.runs()
        return run_rows(one for one in records if known is None or one.run.started_at.date() <= known)

    def _incidents(self) -> Iterator[Incident]:
        return self.question.selection.with_doubtful(self.account.incidents)

    def _tolls(self) -> Iterator[TollPoint]:
        readings = {reading.claim.claim_id: reading for reading in self.account.readings}
        return self.question.selection.of_tolls(self.account.tolls, readings)


def require_fitting(kind: Kind, selection: Selection) -> None:
    """UsageError where the rows of this table cannot be chosen as asked."""
    asked = [one.name for one in fields(Selection) if getattr(selection, one.name)]
    for name in asked:
        if name not in FILTERS[kind]:
            fitting = [OPTIONS[known] for known in OPTIONS if known in FILTERS[kind]]
            advice = f"choose them by {', '.join(fitting)}" if fitting else "leave it out"
            raise UsageError(f"{OPTIONS[name]} cannot choose among {kind.value.replace('_', ' ')}; {advice}.")
