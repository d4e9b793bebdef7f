"""Two runs side by side: which claims a change of the rules gained, lost or altered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.claims import Claim, Measure, to_record
from tracker.errors import UsageError
from tracker.quality.gold import GoldDocument
from tracker.quality.listing import describe
from tracker.quality.scoring import score_claims

Key = tuple[str, int, int, Measure]

_COMPARED = (
    "count_min",
    "count_max",
    "victims",
    "part_of",
    "scope",
    "status",
    "places",
    "country",
    "date_start",
    "date_end",
    "source",
    "cause",
)


class Sort(StrEnum):
    """What became of a claim between two runs."""

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that only one run has, or that both have with other `values` (field: before and after).

    `before` and `after` are what gold says of it: right, right but for some fields, spurious or optional; None where
    no gold was given or the run has no such claim.
    """

    sort: Sort
    claim: Claim
    values: dict[str, tuple[Any, Any]]
    before: str | None = None
    after: str | None = None

    def __str__(self) -> str:
        altered = "; ".join(f"{name} {old!r} → {new!r}" for name, (old, new) in self.values.items())
        verdict = " → ".join(dict.fromkeys(said for said in (self.before, self.after) if said))
        parts = (f"{self.sort:7}", describe(self.claim), altered, f"[{verdict}]" if verdict else "")
        return "  ".join(part for part in parts if part)


def compare_runs(
    old: Iterable[Claim],
    new: Iterable[Claim],
    measures: frozenset[Measure] = frozenset(Measure),
    gold: Sequence[GoldDocument] | None = None,
) -> list[Change]:
    """What differs in the codebook's fields, by document and place in it; the same in whatever order the claims came.

    A claim is known by document, offsets and measure; UsageError where one run states one twice.
    """
    before, after = (_index(claim for claim in run if claim.measure in measures) for run in (old, new))
    verdicts_before, verdicts_after = (_judge(run, measures, gold) for run in (before, after))
    changes = []
    for key in sorted(before.keys() | after.keys()):
        earlier, later = before.get(key), after.get(key)
        values = _find_differences(earlier, later) if earlier and later else {}
        claim = later or earlier
        if claim is None or (earlier and later and not values):
            continue
        sort = Sort.CHANGED if values else Sort.GAINED if later else Sort.LOST
        changes.append(Change(sort, claim, values, verdicts_before.get(key), verdicts_after.get(key)))
    return changes


def _index(claims: Iterable[Claim]) -> dict[Key, Claim]:
    index: dict[Key, Claim] = {}
    for claim in claims:
        key = _key(claim)
        if key in index:
            raise UsageError(f"one run states {describe(claim)} twice; give each claim one line.")
        index[key] = claim
    return index


def _key(claim: Claim) -> Key:
    return claim.document_id, claim.start, claim.end, claim.measure


def _find_differences(earlier: Claim, later: Claim) -> dict[str, tuple[Any, Any]]:
    one, other = to_record(earlier), to_record(later)
    return {name: (one[name], other[name]) for name in _COMPARED if one[name] != other[name]}


def _judge(run: dict[Key, Claim], measures: frozenset[Measure], gold: Sequence[GoldDocument] | None) -> dict[Key, str]:
    if gold is None:
        return {}
    verdicts: dict[Key, str] = {}
    for document in score_claims(gold, [run[key] for key in sorted(run)], measures).documents:
        verdicts |= {_key(claim): "spurious" for claim in document.spurious}
        verdicts |= {_key(claim): "optional" for claim in document.excused}
        for pair in document.pairs:
            verdicts[_key(pair.predicted)] = f"right but for {', '.join(pair.wrong)}" if pair.wrong else "right"
    return verdicts
