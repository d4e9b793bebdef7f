"""What the texts of an incident say beside its figures: who published it, who contradicts whom, who did it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tracker.claims import PerpetratorStatus, Status
from tracker.incidents.adding import count_of
from tracker.incidents.groups import claim_id_of
from tracker.incidents.names import bare
from tracker.incidents.words import fold
from tracker.publish.tables.conventions.convention import check_keys, folder, read_table
from tracker.publish.withholding import Withholding
from tracker.publish.wording import word_bounds, word_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tracker.claims import Claim, Count
    from tracker.incidents import Figure, Incident, Statement, TollPoint
    from tracker.readings import Reading


class Findings(Protocol):
    """What a conversion needs of an account: its incidents and totals, all or some, and the readings behind them."""

    @property
    def readings(self) -> Sequence[Reading]: ...

    @property
    def incidents(self) -> Sequence[Incident]: ...

    @property
    def tolls(self) -> Sequence[TollPoint]: ...


class Text(NamedTuple):
    """One publication of a text that speaks of an incident; its headline has the names of victims withheld."""

    published: date | None
    outlet: str | None
    headline: str | None


class Perpetrator(NamedTuple):
    """Who is said to have done it, as written, and how that is said."""

    words: str
    status: PerpetratorStatus


_FIRMEST = (
    PerpetratorStatus.CLAIMED,
    PerpetratorStatus.ADMITTED,
    PerpetratorStatus.STATED,
    PerpetratorStatus.ALLEGED,
)


@dataclass(frozen=True, slots=True)
class Actors:
    """Who the texts of an incident say did it; several where they do not agree."""

    named: tuple[Perpetrator, ...] = ()

    @property
    def stated(self) -> Perpetrator | None:
        """The only one who is named, where it is more than an allegation."""
        if len(self.named) != 1 or self.named[0].status is PerpetratorStatus.ALLEGED:
            return None
        return self.named[0]

    @property
    def why_not(self) -> str:
        """Why nobody can be written down as the one who did it."""
        if not self.named:
            return "no text names who did it"
        names = " and ".join(f"{named.words} ({named.status})" for named in self.named)
        if len(self.named) > 1:
            return f"the texts name {names}"
        return f"the only one named, “{self.named[0].words}”, is but alleged to have done it"


class Evidence:
    """The readings by claim, and the names of victims that are withheld unless `names` are asked for."""

    def __init__(self, readings: Iterable[Reading], names: bool = False) -> None:
        known = tuple(readings)
        self._withholding = Withholding(known, names)
        self._readings: dict[str, list[Reading]] = defaultdict(list)
        self._actors: dict[str, Actors] = {}
        for reading in known:
            self._readings[claim_id_of(reading)].append(reading)

    def reading(self, claim_id: str | None) -> Reading | None:
        """The first reading of a claim."""
        return next(iter(self._readings.get(claim_id or "", ())), None)

    def claims(self, claim_ids: Iterable[str]) -> list[Claim]:
        """The claims with these ids that are read, in the order given."""
        return [self._readings[claim_id][0].claim for claim_id in claim_ids if claim_id in self._readings]

    def texts(self, incident: Incident) -> list[Text]:
        """The publications of the incident's texts, by day and outlet."""
        found = {
            (
                reading.published,
                reading.outlet,
                self._withholding.hide(reading.title, reading.text_sha256) if reading.title else None,
            )
            for claim_id in incident.claim_ids
            for reading in self._readings.get(claim_id, ())
        }
        order = sorted(found, key=lambda text: (text[0] is None, *(str(part or "") for part in text)))
        return [Text(*text) for text in order]

    def urls(self, incident: Incident) -> tuple[str, ...]:
        """The addresses of the incident's texts, only the site where the address spells a withheld name."""
        found = {
            self._withholding.url(reading)
            for claim_id in incident.claim_ids
            for reading in self._readings.get(claim_id, ())
        }
        return tuple(sorted(url for url in found if url))

    def quote(self, claim_id: str | None) -> str | None:
        """The sentence that a claim was read from, names of victims withheld."""
        reading = self.reading(claim_id)
        if reading is None:
            return None
        return self._withholding.hide(" ".join(reading.claim.quote.split()), reading.text_sha256)

    def actors(self, incident: Incident) -> Actors:
        """Who is said to have done it, each once under its firmest status, in the order of their names."""
        if incident.incident_id not in self._actors:
            self._actors[incident.incident_id] = self._find_actors(incident)
        return self._actors[incident.incident_id]

    def _find_actors(self, incident: Incident) -> Actors:
        named: dict[tuple[str, ...], Perpetrator] = {}
        for claim in self.claims(incident.claim_ids):
            if claim.perpetrator_text and claim.perpetrator_status:
                told = Perpetrator(" ".join(claim.perpetrator_text.split()), claim.perpetrator_status)
                known = named.get(bare(told.words))
                if known is None or _firmness(told) < _firmness(known):
                    named[bare(told.words)] = told
        return Actors(tuple(named[key] for key in sorted(named)))

    def parts(self, figure: Figure) -> str:
        """The groups that a figure includes, in words ("children 12, women 7"); "" where none is told."""
        told: dict[str, str] = {}
        claims = self.claims(figure.claim_ids)
        starts = {(claim.document_id, claim.start) for claim in claims}
        for claim in claims:
            if (claim.document_id, claim.part_of) in starts:
                told.setdefault(fold(claim.victims or "of them"), self._count(claim))
        return ", ".join(told[key] for key in sorted(told))

    def _count(self, claim: Claim) -> str:
        whom = "of them" if claim.victims is None else " ".join(claim.victims.split())
        reading = self.reading(claim.claim_id)
        if reading is not None:
            whom = self._withholding.hide(whom, reading.text_sha256)
        return f"{whom} {_bounds(count_of(claim))}"


def _firmness(told: Perpetrator) -> tuple[int, str]:
    return (_FIRMEST.index(told.status), told.words)


def standing(figure: Figure) -> list[Statement]:
    """The statements that stand, oldest first."""
    return [statement for statement in figure.statements if statement.current]


def conflict(figure: Figure) -> str:
    """The figures that stand, with who gives them, where they differ; else ""."""
    counts = {(s.count.minimum, s.count.maximum, s.status) for s in standing(figure)}
    return ", ".join(_word(statement) for statement in standing(figure)) if len(counts) > 1 else ""


def top(figure: Figure) -> int:
    """The highest number of persons that any statement that stands gives, whatever its status."""
    counts = [statement.count for statement in standing(figure)] or [s.count for s in figure.statements]
    return max((count.maximum if count.maximum is not None else count.minimum or 0 for count in counts), default=0)


def is_only_feared(figure: Figure) -> bool:
    """Whether nothing that stands is stated or denied."""
    return {statement.status for statement in standing(figure)} == {Status.POSSIBLE}


def civilians(figure: Figure, evidence: Evidence, best: int) -> int:
    """How many of `best` the texts call civilians: by the figure's own victims, else by the largest part of it."""
    statement = next((s for s in figure.statements if figure.recommended in s.claim_ids), None)
    if statement is None:
        return 0
    members = evidence.claims(statement.claim_ids)
    own = sum(claim.count_min or 0 for claim in members if are_civilians(claim.victims))
    if own:
        return min(own, best)
    starts = {(claim.document_id, claim.start) for claim in members}
    parts = [
        claim.count_min or 0
        for claim in evidence.claims(figure.claim_ids)
        if (claim.document_id, claim.part_of) in starts and are_civilians(claim.victims)
    ]
    return min(max(parts, default=0), best)


def are_civilians(victims: str | None) -> bool:
    """Whether the words themselves say that all of these victims are civilians (`conventions/civilians.toml`)."""
    words, mixed = _civilian_words(folder())
    return says_any(victims or "", words) and not says_any(victims or "", mixed)


def says_any(text: str, words: Iterable[str]) -> bool:
    """Whether one of the folded words, or runs of words, stands in the text."""
    spoken = f" {fold(text)} "
    return any(f" {word} " in spoken for word in words)


@lru_cache(maxsize=4)
def _civilian_words(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = read_table(folder, "civilians")
    check_keys(table, "conventions/civilians.toml", ("words", "mixed"))
    return tuple(map(fold, table["words"])), tuple(map(fold, table["mixed"]))


def _bounds(count: Count) -> str:
    """As in print, but with plain blanks: cells are searched and split."""
    return word_bounds(count.minimum, count.maximum).replace("\u00a0", " ")


def _word(statement: Statement) -> str:
    count = statement.count
    exact = count.minimum is not None and count.minimum == count.maximum
    number = word_number(count.minimum or 0) if exact else _bounds(count)
    voice = statement.source or statement.outlet or "no source named"
    doubt = "" if statement.status is Status.STATED else f", {statement.status}"
    return f"{number} ({' '.join(voice.split())}{doubt})"
