"""Claims against gold: each gold claim finds at most one prediction, and what is left over on a side is an error."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.claims import Claim, Measure
from tracker.errors import UsageError
from tracker.quality.agreement import FIELDS, RECORD_FIELDS, find_wrong_fields, is_found, share_words
from tracker.quality.gold import GoldDocument

_EXTENDED = frozenset({Measure.DISPLACED, Measure.DETAINED, Measure.ABDUCTED})
MEASURES: dict[str, frozenset[Measure]] = {
    "core": frozenset(Measure) - _EXTENDED,
    "extended": _EXTENDED,
    "all": frozenset(Measure),
}
"""The sets of measures that are scored apart."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Claims asked for, found and invented. A share of nothing is 0, so that silence never looks perfect."""

    gold: int = 0
    right: int = 0
    spurious: int = 0

    @property
    def missed(self) -> int:
        """Gold claims that no prediction states."""
        return self.gold - self.right

    @property
    def precision(self) -> float:
        """The share of predictions that are right, 0 to 1."""
        return _share(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float:
        """The share of gold claims that are found, 0 to 1."""
        return _share(self.right, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        return _share(2 * self.precision * self.recall, self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold claim with the prediction that states it, and the fields in which the two disagree."""

    gold: Claim
    predicted: Claim
    wrong: tuple[str, ...]

    @property
    def is_usable(self) -> bool:
        """Whether the fields are right without which the figure cannot be used."""
        return RECORD_FIELDS.isdisjoint(self.wrong)


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One gold document's claims, sorted out; `excused` are predictions on words that the gold leaves open."""

    gold: GoldDocument
    pairs: tuple[Pair, ...]
    missed: tuple[Claim, ...]
    spurious: tuple[Claim, ...]
    excused: tuple[Claim, ...]

    @property
    def tally(self) -> Tally:
        """The document in numbers."""
        return Tally(len(self.pairs) + len(self.missed), len(self.pairs), len(self.spurious))


@dataclass(frozen=True, slots=True)
class Score:
    """A set of gold documents, each scored, in the order of the gold."""

    documents: tuple[DocumentScore, ...]

    @property
    def pairs(self) -> list[Pair]:
        """All gold claims that were found."""
        return [pair for document in self.documents for pair in document.pairs]

    @property
    def tally(self) -> Tally:
        """The whole set in numbers."""
        return add_tallies(document.tally for document in self.documents)

    @property
    def record_f1(self) -> float:
        """F1 where only found claims whose record is right count as right."""
        tally = self.tally
        usable = sum(pair.is_usable for pair in self.pairs)
        return _share(2 * usable, tally.gold + tally.right + tally.spurious) if tally.gold else 0.0

    def by_measure(self) -> dict[Measure, Tally]:
        """The measures that the gold or a prediction has, in the order of the codebook."""
        gold, right, spurious = Counter[Measure](), Counter[Measure](), Counter[Measure]()
        for document in self.documents:
            right.update(pair.gold.measure for pair in document.pairs)
            gold.update(pair.gold.measure for pair in document.pairs)
            gold.update(claim.measure for claim in document.missed)
            spurious.update(claim.measure for claim in document.spurious)
        return {m: Tally(gold[m], right[m], spurious[m]) for m in Measure if gold[m] or spurious[m]}

    def by_phenomenon(self) -> dict[str, Tally]:
        """Each phenomenon with all claims of the documents that show it, by name; these overlap."""
        grouped: dict[str, list[Tally]] = defaultdict(list)
        for document in self.documents:
            for phenomenon in document.gold.phenomena:
                grouped[phenomenon].append(document.tally)
        return {phenomenon: add_tallies(grouped[phenomenon]) for phenomenon in sorted(grouped)}

    def accuracies(self) -> dict[str, float]:
        """The share of found claims that have each field right, then `record`; {} where none is found."""
        pairs = self.pairs
        if not pairs:
            return {}
        wrong = Counter(name for pair in pairs for name in pair.wrong)
        shares = {name: _share(len(pairs) - wrong[name], len(pairs)) for name in FIELDS}
        return {**shares, "record": _share(sum(pair.is_usable for pair in pairs), len(pairs))}

    def figures(self) -> dict[str, Any]:
        """The headline as plain JSON values: counts, then shares from 0 to 1."""
        tally = self.tally
        return {
            "documents": len(self.documents),
            "gold": tally.gold,
            "right": tally.right,
            "spurious": tally.spurious,
            "precision": tally.precision,
            "recall": tally.recall,
            "f1": tally.f1,
            **{f"field_{name}": share for name, share in self.accuracies().items()},
            "record_f1": self.record_f1,
        }


def score_claims(
    gold: Sequence[GoldDocument], predicted: Iterable[Claim], measures: frozenset[Measure] = MEASURES["core"]
) -> Score:
    """The claims of `predicted` against `gold`, of these measures only.

    The first prediction in its given order that states a gold claim is its pair. UsageError where a prediction is about
    a document that the gold does not hold.
    """
    free: dict[str, list[Claim]] = {found.document.document_id: [] for found in gold}
    for claim in predicted:
        if claim.measure not in measures:
            continue
        if claim.document_id not in free:
            raise UsageError(
                f"a predicted claim is about {claim.document_id!r}, which the gold file does not hold; "
                "extract from the texts of the gold file."
            )
        free[claim.document_id].append(claim)
    return Score(tuple(_score_document(found, free[found.document.document_id], measures) for found in gold))


def _score_document(gold: GoldDocument, predicted: list[Claim], measures: frozenset[Measure]) -> DocumentScore:
    free = list(predicted)
    pairs, missed = [], []
    for claim in gold.claims:
        if claim.measure not in measures:
            continue
        at = next((at for at, candidate in enumerate(free) if is_found(claim, candidate)), None)
        if at is None:
            missed.append(claim)
            continue
        found = free.pop(at)
        pairs.append(Pair(claim, found, find_wrong_fields(claim, found)))
    # Whatever stands on the words of an optional claim is let pass, be its count or its measure another.
    open_words = [claim for claim in gold.optional if claim.measure in measures]
    excused = [claim for claim in free if any(share_words(optional, claim) for optional in open_words)]
    spurious = [claim for claim in free if claim not in excused]
    return DocumentScore(gold, tuple(pairs), tuple(missed), tuple(spurious), tuple(excused))


def add_tallies(tallies: Iterable[Tally]) -> Tally:
    """The tallies as one."""
    listed = list(tallies)
    return Tally(sum(t.gold for t in listed), sum(t.right for t in listed), sum(t.spurious for t in listed))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
