"""What a layout could not carry: one line a loss, the reason as a code and as a sentence, and a summary to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tracker.claims import Measure
from tracker.publish.tables.conventions.convention import EFFECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.incidents import Figure, Incident, TollPoint
    from tracker.publish.tables.conventions.convention import Convention, Reason
    from tracker.publish.tables.csvfile import Row

LOSS_COLUMNS = (
    "effect", "reason", "sentence", "about", "id", "claim_id", "measure", "low", "best", "high", "day", "area",
)  # fmt: skip

Key = tuple[str, str, str]
"""A figure of the account: ("figure" or "doubtful", incident, measure), or ("toll", series, claim)."""

_HEADINGS = {
    "left_out": "Left out of the file",
    "changed": "In the file, but saying less",
    "empty": "Cells that could not be filled",
    "file": "Of the whole file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One thing that a row or the file does not say, and why. Counts in persons; None is an open or unknown bound."""

    effect: str
    reason: str
    sentence: str
    about: str
    """`figure`, `doubtful` (a figure that is none of its event), `toll` or `file`."""
    id: str
    """The incident or the running total; the convention where it is the file."""
    claim_id: str | None = None
    measure: Measure | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    day: date | None = None
    area: str | None = None

    @property
    def key(self) -> Key:
        """The figure of the account that it is about."""
        return (self.about, self.id, (self.claim_id if self.about == "toll" else self.measure) or "")


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of the file, and the figures of the account that it carries."""

    row: Row
    carries: tuple[Key, ...] = ()


Entry = Kept | Loss
"""What a conversion yields, in a fixed order: rows, and what they lose."""


def figure_key(incident: Incident, measure: Measure) -> Key:
    """The key of an incident's figure."""
    return ("figure", incident.incident_id, measure)


def toll_key(point: TollPoint) -> Key:
    """The key of one value of a running total."""
    return ("toll", point.toll_id, point.claim_id)


def lose_figure(convention: Convention, incident: Incident, measure: Measure, code: str, /, **words: object) -> Loss:
    """The loss of an incident's figure, or of something of it, for the reason `code`."""
    return _lose(convention.reasons[code], incident, measure, incident.figures[measure], "figure", words)


def lose_doubtful(convention: Convention, incident: Incident) -> Iterator[Loss]:
    """The figures of an incident that are none of its event."""
    for measure, figure in incident.doubtful.items():
        words = {"flags": " and ".join(incident.doubts[measure])}
        yield _lose(convention.reasons["doubtful"], incident, measure, figure, "doubtful", words)


def _lose(
    reason: Reason, incident: Incident, measure: Measure, figure: Figure, about: str, words: Mapping[str, object]
) -> Loss:
    return Loss(
        effect=reason.effect,
        reason=reason.code,
        sentence=_fill(reason.text, words),
        about=about,
        id=incident.incident_id,
        claim_id=figure.recommended,
        measure=measure,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        day=incident.date_end,
        area=incident.country,
    )


def lose_toll(convention: Convention, point: TollPoint, code: str, /, **words: object) -> Loss:
    """The loss of one value of a running total, or of something of it, for the reason `code`."""
    reason = convention.reasons[code]
    return Loss(
        effect=reason.effect,
        reason=code,
        sentence=_fill(reason.text, words),
        about="toll",
        id=point.toll_id,
        claim_id=point.claim_id,
        measure=point.measure,
        low=point.low,
        high=point.high,
        day=point.as_of,
        area=point.area,
    )


def lose_always(convention: Convention) -> Iterator[Loss]:
    """What holds for the whole file, whatever is in it."""
    for reason in convention.reasons.values():
        if reason.effect == "file":
            yield Loss(
                effect="file", reason=reason.code, sentence=reason.text, about="file", id=convention.name
            )  # fmt: skip


def loss_row(loss: Loss) -> Row:
    """The cells of a loss under `LOSS_COLUMNS`."""
    return [getattr(loss, name) for name in LOSS_COLUMNS]


class Summary:
    """How often each reason occurred and one sentence of each, gathered as the losses pass by."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._sentences: dict[tuple[str, str], str] = {}
        self.rows = 0

    def add(self, loss: Loss) -> None:
        """Count one loss."""
        key = (loss.effect, loss.reason)
        self._counts[key] += 1
        self._sentences.setdefault(key, loss.sentence)

    def counted(self, losses: Iterable[Loss]) -> Iterator[Loss]:
        """The same losses, each counted as it passes."""
        for loss in losses:
            self.add(loss)
            yield loss

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each reason occurred."""
        return {reason: count for (_, reason), count in sorted(self._counts.items())}

    def lines(self, convention: Convention, table: str) -> Iterator[str]:
        """The summary as Markdown; `table` is the name of the file that lists every loss."""
        yield f"# What {convention.title} cannot carry"
        yield ""
        yield f"{convention.about} Layout: {convention.version}. The file has {_count(self.rows, 'row')}."
        yield f"Every loss stands in `{table}`, one a line; this page counts them by reason."
        for effect in EFFECTS:
            found = sorted((item for item in self._counts.items() if item[0][0] == effect), key=lambda i: (-i[1], i[0]))
            if not found:
                continue
            yield ""
            yield f"## {_HEADINGS[effect]}"
            yield ""
            for key, count in found:
                sentence = _plain(self._sentences[key])
                if effect == "file":
                    yield f"- {sentence}"
                elif count == 1:
                    yield f"- `{key[1]}`, once: {sentence}"
                else:
                    yield f"- `{key[1]}`, {count} times; the first: {sentence}"


def _fill(text: str, words: Mapping[str, object]) -> str:
    return text.format_map({name: "open or unknown" if word is None else word for name, word in words.items()})


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _plain(sentence: str) -> str:
    """Without line breaks, and with the marks of Markdown kept as text: sentences may hold words of reports."""
    words = " ".join(sentence.split())
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>#|" else mark for mark in words)
