"""The daily job: what is new among the inputs is read, extracted and recorded; the rest is left as it is."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tracker.collect import Defaults, Kind, Rejected, Source
from tracker.collect.details import note_future
from tracker.collect.fetching import Web
from tracker.collect.found import Collected, Found, Settled, Unchanged, Visit, sha256
from tracker.collect.gathering import collect
from tracker.collect.rejected import name_safely, printable
from tracker.collect.sources import Manners
from tracker.collect.taken import TakenIds
from tracker.errors import InputError, TrackerError
from tracker.extract.ahead import AheadExtractor
from tracker.ledger import Ledger, Note, Outcome, Run, begin_run

if TYPE_CHECKING:
    from tracker.claims import Claim
    from tracker.documents import Document

LOG = logging.getLogger("tracker.ingest")
LOG.addHandler(logging.NullHandler())
_FAULT = "a fault of tracker, which please report (--log-file keeps its trace)."

_MOST_NOTES = 100
_STORED = Source(name="(stored)", kind=Kind.FILES, places=())


class ClaimReader(Protocol):
    """Whatever turns a document into claims: the extractor, or a stand-in."""

    @property
    def rules_digest(self) -> str:
        """Changes whenever the same text might be read otherwise."""
        ...

    def extract(self, document: Document) -> Sequence[Claim]:
        """The claims of one document; InputError where it cannot be read."""
        ...


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was found so far: documents by what they changed, and the claims of those that were read."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    claims: int = 0
    set_aside: list[Rejected] = field(default_factory=list)
    foreign: int = 0
    """Documents in a language without rules, which were kept and not read."""
    future: int = 0
    """Documents that were recorded and are dated after the day of the run."""
    notes: list[str] = field(default_factory=list)
    """What is odd about documents that were recorded, a sentence each; of many, the first hundred."""


class Watcher(Protocol):
    """Who follows an ingest: a line of progress, a log."""

    def begin(self, source: Source, number: int, total: int) -> None:
        """A source, the `number`th of `total`, is begun."""
        ...

    def step(self, tally: Tally) -> None:
        """One more thing of this source was dealt with."""
        ...

    def end(self, source: Source, tally: Tally, problem: str | None) -> None:
        """A source is done; `problem` says why it as a whole gave nothing."""
        ...


class Unwatched:
    """Nobody follows."""

    def begin(self, source: Source, number: int, total: int) -> None:
        """Nothing."""

    def step(self, tally: Tally) -> None:
        """Nothing."""

    def end(self, source: Source, tally: Tally, problem: str | None) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an ingest found: documents by what they changed, and the claims of those that were read."""

    new: int
    updated: int
    reread: int
    unchanged: int
    claims: int
    set_aside: tuple[Rejected, ...]
    foreign: int = 0
    copies: int = 0
    """Pairs of texts that were found to be near-duplicates: one is taken over from the other."""
    incidents_touched: int | None = None
    """The incidents that speak of what is new; None where they were not counted."""
    future: int = 0
    notes: tuple[str, ...] = ()
    """A sentence on each of the documents of the future; of many, the first hundred."""
    problems: tuple[tuple[str, str], ...] = ()
    """The sources that as a whole gave nothing, and why."""

    def __str__(self) -> str:
        reread = f", {self.reread} read again with other rules" if self.reread else ""
        foreign = f"; {self.foreign} in a language without rules" if self.foreign else ""
        touched = "" if self.incidents_touched is None else f"; {self.incidents_touched} incidents touched"
        future = f"; {self.future} dated in the future" if self.future else ""
        copies = f"; {self.copies} new pairs of near-duplicate texts" if self.copies else ""
        return (
            f"{self.new} new documents, {self.updated} updated{reread}, {self.unchanged} unchanged{foreign}{future}; "
            f"{self.claims} claims; {len(self.set_aside)} inputs set aside{copies}{touched}"
        )


def ingest(
    sources: Iterable[Source | Path],
    ledger: Ledger,
    extractor: ClaimReader,
    started_at: datetime,
    *,
    defaults: Defaults | None = None,
    command: str = "ingest",
    language: str = "en",
    manners: Manners | None = None,
    watcher: Watcher | None = None,
    count_incidents: bool = False,
    reread: bool = False,
) -> Summary:
    """Records the documents of `sources` and their claims, one transaction a document, under a run of `started_at`.

    A document that the ledger holds as it is, read with the same rules, is not even extracted: an ingest that was
    interrupted goes on where it stopped, and one that is repeated changes no fact. At the end the new texts are
    compared with the others, to find those that one outlet took over from another. Inputs that cannot be read, and
    documents on which extraction fails, are set aside in the ledger and listed in the summary; a source that fails
    costs only itself. `defaults` hold for paths, which are read in their order. With `reread`, documents that no
    source holds any more are read again too where the rules have changed since.
    """
    run = begin_run(started_at=started_at, rules_digest=extractor.rules_digest, command=command)
    given = list(sources)
    paths = sorted(one for one in given if isinstance(one, Path))
    chosen = [one for one in given if isinstance(one, Source)] + [_path_source(path, defaults) for path in paths]
    LOG.info("ingest begins", extra={"run": run.run_id, "rules": run.rules_digest, "sources": len(chosen)})
    total = Tally()
    problems: list[tuple[str, str]] = []
    watcher = watcher or Unwatched()
    with Web(manners or Manners()) as web, TakenIds() as taken:
        for number, source in enumerate(chosen, 1):
            watcher.begin(source, number, len(chosen))
            one = _Ingest(source, ledger, extractor, run, language, watcher)
            problem = one.take(web, taken)
            if problem is not None:
                problems.append((source.name, problem))
            _log_source(source, one.tally, problem)
            watcher.end(source, one.tally, problem)
            _add(total, one.tally)
    if reread:
        one = _Ingest(_STORED, ledger, extractor, run, language, watcher)
        one.reread()
        one.tally.outcomes.pop(Outcome.UNCHANGED, None)  # those that no source holds are no news
        _add(total, one.tally)
    LOG.info("ingest done", extra={"run": run.run_id, "claims": total.claims, "set_aside": len(total.set_aside)})
    copies = ledger.compare_texts(run)
    touched: int | None = None
    if count_incidents:
        from tracker.incidents.touched import count_touched

        touched = count_touched(ledger, run)
    return Summary(
        new=total.outcomes[Outcome.NEW],
        updated=total.outcomes[Outcome.UPDATED],
        reread=total.outcomes[Outcome.REREAD],
        unchanged=total.outcomes[Outcome.UNCHANGED],
        claims=total.claims,
        set_aside=tuple(total.set_aside),
        foreign=total.foreign,
        copies=copies,
        incidents_touched=touched,
        future=total.future,
        notes=tuple(total.notes[:_MOST_NOTES]),
        problems=tuple(problems),
    )


def _path_source(path: Path, defaults: Defaults | None) -> Source:
    return Source(name=name_safely(str(path)), kind=Kind.FILES, places=(str(path),), defaults=defaults or Defaults())


class _Ingest:
    """One source, taken into the ledger."""

    def __init__(
        self, source: Source, ledger: Ledger, extractor: ClaimReader, run: Run, language: str, watcher: Watcher
    ) -> None:
        self._source = source
        self._ledger = ledger
        self._extractor = extractor
        self._run = run
        self._language = language
        self._watcher = watcher
        self._unchanged = 0
        waiting = ledger.collection.quarantined()
        self._waiting = {(one.rejected.source, one.rejected.line) for one in waiting}
        self.tally = Tally()

    def take(self, web: Web, taken: TakenIds) -> str | None:
        """Records all that the source holds; why it as a whole gave nothing, or None."""
        self._ledger.collection.begin_source(self._run, self._source.name)
        fault: str | None = None
        try:
            for found in self._foresee(
                collect(self._source, self._ledger.collection, web, self._run.started_at, taken)
            ):
                self._take(found)
                self._watcher.step(self.tally)
        except TrackerError:
            raise
        except Exception as error:  # a fault of ours in one source must not cost the others
            LOG.exception("source %s failed", self._source.name)
            fault = f"reading it failed ({type(error).__name__}): {_FAULT}"
            self._set_aside(Rejected(self._source.name, None, fault))
        if fault is None and self._source.kind is Kind.FILES and self._source.places != ("-",):
            self._ledger.collection.forget_others(self._run, self._source.name)
        problem = fault or self._problem()
        self._ledger.collection.finish_source(
            self._run,
            self._source.name,
            unchanged=self._unchanged,
            quarantined=len(self.tally.set_aside),
            problem=problem,
        )
        return problem

    def reread(self) -> None:
        """Reads again, with today's rules, whatever the ledger holds and was read with others."""
        self._ledger.collection.begin_source(self._run, self._source.name)
        names = [document.document_id for document in self._ledger.documents()]
        documents = filter(None, map(self._ledger.document, names))
        for found in self._foresee(Collected(document=one, place=one.document_id) for one in documents):
            self._take(found)
            self._watcher.step(self.tally)
        quarantined = len(self.tally.set_aside)
        self._ledger.collection.finish_source(
            self._run, self._source.name, unchanged=self._unchanged, quarantined=quarantined, problem=None
        )

    def _problem(self) -> str | None:
        """Why nothing came from any of the source's own places."""
        own = {name_safely(place) for place in self._source.places} | {self._source.name}
        failed: dict[str, str] = {}
        for rejected in self.tally.set_aside:
            place = rejected.visit.address if rejected.visit else rejected.source
            if rejected.line is None and (place in own or place.endswith(f"#{self._source.name}")):
                failed.setdefault(place, rejected.reason)
        return next(iter(failed.values())) if failed and len(failed) >= len(self._source.places) else None

    def _foresee(self, found: Iterator[Found]) -> Iterator[Found]:
        """The same in the same order, while a reader that can begins with what is due.

        Of files only: what a feed leads to depends on what was recorded of it before.
        """
        if isinstance(self._extractor, AheadExtractor) and self._source.kind is Kind.FILES:
            return self._extractor.foresee(found, self._due)
        return found

    def _due(self, found: Found) -> Document | None:
        if not isinstance(found, Collected) or found.captured_at is not None or not self._has_rules(found.document):
            return None
        return None if self._ledger.has_current(found.document, self._run.rules_digest) else found.document

    def _has_rules(self, document: Document) -> bool:
        return not document.language or document.language.partition("-")[0].lower() == self._language

    def _take(self, found: Found) -> None:
        if isinstance(found, Rejected):
            self._set_aside(found)
        elif isinstance(found, Settled):
            self._settle(found.place, found.visit)
        elif isinstance(found, Unchanged):
            document = self._ledger.document(found.document_id)
            note = self._note(found.visit.address, visit=found.visit)
            if document is None:
                self._ledger.collection.remember(note)
            else:
                self._record(document, note)
        elif found.captured_at is None or self._is_needed(found, found.captured_at):
            self._record(found.document, self._note(found.place, found.line, found.visit))

    def _settle(self, place: str, visit: Visit) -> None:
        earlier = self._ledger.collection.visit(visit.address)
        if earlier is None or earlier.sha256 != visit.sha256:  # its entries were all met, or are listed no more
            self._ledger.collection.forget_others(self._run, self._source.name, place)
        self._ledger.collection.remember(self._note(place, visit=visit))

    def _note(self, place: str, line: int | None = None, visit: Visit | None = None) -> Note:
        return Note(origin=self._source.name, place=place, line=line, visit=visit)

    def _is_needed(self, found: Collected, captured_at: datetime) -> bool:
        """Whether a capture of an archive is a version that is still wanted: neither known nor older than a visit."""
        visit = self._ledger.collection.visit(found.document.document_id)
        known = self._ledger.version_run(found.document, self._run.rules_digest) if found.superseded else None
        if known is None and (visit is None or visit.last_at <= captured_at):
            return True
        self._count_unchanged(known)
        return False

    def _count_unchanged(self, recorded_by: str | None) -> None:
        self.tally.outcomes[Outcome.UNCHANGED] += 1
        self._unchanged += recorded_by != self._run.run_id  # else this run, which was interrupted, has counted it

    def _record(self, document: Document, note: Note) -> None:
        current = self._ledger.current_run(document, self._run.rules_digest)
        if current is not None:
            self._count_unchanged(current)
            if note.visit is not None or (note.place, note.line) in self._waiting:
                self._ledger.collection.remember(note)
            return
        try:
            claims = self._extract(document)
            outcome = self._ledger.record(self._run, document, claims, note)
        except InputError as error:
            content = document.text.encode("utf-8", "surrogatepass")
            self._set_aside(Rejected(document.document_id, None, str(error), sha256(content), note.visit))
            return
        LOG.info("recorded", extra={"document": document.document_id, "outcome": outcome.value, "claims": len(claims)})
        note_on_date = note_future(document, self._run.started_at.date())
        if note_on_date and outcome is not Outcome.UNCHANGED:
            LOG.warning("dated in the future", extra={"document": document.document_id, "date": document.published})
            self.tally.future += 1
            self.tally.notes += [note_on_date] if len(self.tally.notes) < _MOST_NOTES else []
        self.tally.outcomes[outcome] += 1
        self.tally.claims += 0 if outcome is Outcome.UNCHANGED else len(claims)

    def _extract(self, document: Document) -> Sequence[Claim]:
        if not self._has_rules(document):
            self.tally.foreign += 1
            return ()
        try:
            return self._extractor.extract(document)
        except (TrackerError, MemoryError):
            raise
        except Exception as error:  # a fault of ours on one text must not cost the others
            LOG.exception("extraction failed on %s", document.document_id)
            raise InputError(f"extracting from it failed ({type(error).__name__}): {_FAULT}") from error

    def _set_aside(self, rejected: Rejected) -> None:
        rejected = replace(rejected, source=printable(rejected.source), reason=printable(rejected.reason))
        if self._ledger.collection.is_dropped(rejected):
            self._ledger.collection.meet_dropped(self._run, rejected)
            return
        self.tally.set_aside.append(rejected)
        LOG.warning(
            "set aside",
            extra={
                "source": rejected.source,
                "line": rejected.line,
                "reason": rejected.reason,
                "sha256": rejected.sha256,
            },
        )
        self._ledger.set_aside(self._run, rejected, self._source.name)


def _log_source(source: Source, tally: Tally, problem: str | None) -> None:
    counted = {outcome.value: count for outcome, count in sorted(tally.outcomes.items())}
    said: dict[str, object] = {"source": source.name, "problem": problem, "claims": tally.claims}
    LOG.info("source done", extra=said | counted | {"set_aside": len(tally.set_aside)})


def _add(total: Tally, one: Tally) -> None:
    total.outcomes += one.outcomes
    total.claims += one.claims
    total.set_aside += one.set_aside
    total.foreign += one.foreign
    total.future += one.future
    total.notes += one.notes
