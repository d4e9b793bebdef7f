"""The trace of an extraction: why a claim was made, which words gave each field, why a candidate was dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.claims import Claim


@dataclass(frozen=True, slots=True)
class FieldReason:
    """One field of a claim: its value as text, the words it came from, and the rule where one decided."""

    name: str
    value: str
    words: str
    rule_id: str = ""


@dataclass(frozen=True, slots=True)
class ClaimReason:
    """A claim with the reasons of its fields."""

    claim: Claim
    fields: tuple[FieldReason, ...]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate that became no claim."""

    words: str
    rule_id: str
    reason: str


@dataclass(slots=True)
class Trace:
    """Everything that can be told about one document's extraction."""

    stories: int = 0
    sentences: int = 0
    gated: int = 0
    """Sentences that held a cue and were read closely."""
    reasons: list[ClaimReason] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)

    @property
    def claims(self) -> list[Claim]:
        """The claims, in the order of the text."""
        return [reason.claim for reason in self.reasons]

    def lines(self) -> Iterable[str]:
        """The trace for people to read, line by line."""
        counts = {
            "stories": self.stories,
            "sentences": self.sentences,
            "with a cue": self.gated,
            "claims": len(self.reasons),
        }
        yield ", ".join(f"{name}: {count}" for name, count in counts.items())
        for reason in self.reasons:
            claim = reason.claim
            bounds = f"{_bound(claim.count_min)} to {_bound(claim.count_max)}"
            yield ""
            yield f"{claim.measure}: {claim.count_text!r} = {bounds}   [{claim.rule_id}]"
            yield f"  in: {claim.quote}"
            for item in reason.fields:
                because = f"  from {item.words!r}" if item.words else ""
                rule = f"  [{item.rule_id}]" if item.rule_id else ""
                yield f"  {item.name}: {item.value}{because}{rule}"
        if self.rejections:
            yield ""
            yield "dropped:"
        for rejection in self.rejections:
            yield f"  {rejection.words!r}: {rejection.reason}   [{rejection.rule_id}]"


def _bound(value: int | None) -> str:
    return "open" if value is None else str(value)
