"""The errors of a score as lines to read: what was missed, invented or coded otherwise, with the text around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tracker.claims import Claim
from tracker.quality.agreement import FIELDS
from tracker.quality.scoring import Score

_BEFORE, _AFTER = 90, 110  # characters of text shown on either side


def list_errors(score: Score, limit: int) -> Iterator[str]:
    """Two lines for each of the first `limit` errors of every sort: the claim, and the text around it."""
    found: dict[str, list[tuple[str, Claim, str]]] = defaultdict(list)
    for document in score.documents:
        text = document.gold.document.text
        for claim in document.missed:
            found["missed"].append((describe(claim), claim, text))
        for claim in document.spurious:
            found["spurious"].append((f"{describe(claim)}  {claim.rule_id}".rstrip(), claim, text))
        for pair in document.pairs:
            for name in pair.wrong:
                values = f"gold {value_of(pair.gold, name)!r}, predicted {value_of(pair.predicted, name)!r}"
                found[f"field {name}"].append((f"{describe(pair.gold)}: {values}", pair.gold, text))
    for sort in ("missed", "spurious", *(f"field {name}" for name in FIELDS)):
        for said, claim, text in found[sort][:limit]:
            yield f"{sort}  {said}"
            yield f"    {_show_context(text, claim.start, claim.end)}"


def describe(claim: Claim) -> str:
    """The claim in a line: where it stands, what it counts, how many, in which words."""
    where = f"{claim.document_id} {claim.start}-{claim.end}"
    return f"{where}  {claim.measure} {show_count(claim.count_min, claim.count_max)}  {claim.count_text!r}"


def show_count(minimum: int | None, maximum: int | None) -> str:
    """The bounds as printed: 49, at least 49, at most 20, or 20 to 30."""
    if minimum == maximum:
        return str(minimum)
    if minimum is None:
        return f"at most {maximum}"
    return f"at least {minimum}" if maximum is None else f"{minimum} to {maximum}"


def value_of(claim: Claim, field: str) -> Any:
    """What a claim says for one of FIELDS, as plain values; a date is written as its first and last day."""
    if field == "date":
        days = [str(day) for day in (claim.date_start, claim.date_end) if day]
        return "/".join(dict.fromkeys(days)) or None
    if field == "place":
        return list(claim.places)
    value = getattr(claim, field)
    return value if value is None or isinstance(value, int) else str(value)


def _show_context(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    opening = "…" if start > _BEFORE else ""
    closing = "…" if end + _AFTER < len(text) else ""
    return " ".join(f"{opening}{before}»{text[start:end]}«{after}{closing}".split())
