"""What people have said of incidents: which claims to leave out, which tell of one event, and which do not.

The rule that joins texts only proposes. A ruling holds whatever else agrees or contradicts; where two rulings exclude
each other, claims stay apart. Rulings name claims, whose ids stay the same when texts are ingested again, when rules
change around them, and when incidents form anew.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tracker.incidents.incident import Link
from tracker.judgements import Verdict, standing

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

    from tracker.judgements import Judgement

K = TypeVar("K", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Rulings:
    """The judgements on events that stand."""

    excluded: frozenset[str] = frozenset()
    together: tuple[Judgement, ...] = ()
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Rulings:
        """What the judgements say that nobody has withdrawn; their order makes no difference."""
        known = sorted(standing(judgements), key=lambda judgement: (judgement.made_on, judgement.judgement_id))
        apart = [j for j in known if j.verdict is Verdict.OTHER_EVENT]
        return cls(
            excluded=frozenset(claim for j in known if j.verdict is Verdict.EXCLUDED for claim in j.side),
            together=tuple(j for j in known if j.verdict is Verdict.SAME_EVENT),
            apart=tuple((frozenset(j.side), frozenset(j.other_claim_ids)) for j in apart),
        )

    def keep_apart(self, claims: Collection[str], others: Collection[str]) -> bool:
        """Whether somebody holds that these claims and those tell of different events."""
        return any(
            (not side.isdisjoint(claims) and not against.isdisjoint(others))
            or (not side.isdisjoint(others) and not against.isdisjoint(claims))
            for side, against in self.apart
        )

    def divide(self, claims: Sequence[str]) -> list[list[str]]:
        """The claims of one text's event, in pieces where somebody holds that they are several; else in one.

        A claim that no ruling names stays with those that were not taken out.
        """
        pieces: dict[tuple[bool, ...], list[str]] = defaultdict(list)
        dividing = [side for side, against in self.apart if side & set(claims) and against & set(claims)]
        for claim in claims:
            pieces[tuple(claim in side for side in dividing)].append(claim)
        return [piece for _, piece in sorted(pieces.items())]

    def joins(self, homes: dict[str, K]) -> Iterator[tuple[K, K, Link]]:
        """Which two of the places where claims stand somebody holds for one event, the oldest judgement first.

        Of either side the first claim that is still read speaks for it.
        """
        for judgement in self.together:
            first = next((claim for claim in judgement.side if claim in homes), None)
            second = next((claim for claim in judgement.other_claim_ids if claim in homes), None)
            if first is not None and second is not None:
                words = f"judged by {judgement.author} on {judgement.made_on}: {judgement.reason}"
                yield homes[first], homes[second], Link(score=1.0, reasons=(words,), claim_ids=(first, second))
