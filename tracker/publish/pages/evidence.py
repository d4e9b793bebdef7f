"""The proof of each figure as it is printed: the sentence that states it, once, with all its numbers marked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tracker.claims import Status
from tracker.publish.pages.listing import name_place
from tracker.publish.wording import MEASURE_WORDS, UNKNOWN, clean, soften, word_bounds, word_day, word_short_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.claims import Claim, Measure
    from tracker.incidents import Figure, Incident
    from tracker.publish.material import Material
    from tracker.publish.withholding import Withholding
    from tracker.readings import Reading

Piece = tuple[str, bool]
"""Words, and whether they give a number."""


def write_evidence(
    material: Material, incidents: Sequence[Incident], measures: Sequence[Measure], withholding: Withholding
) -> list[dict[str, Any]]:
    """For every incident its figures and the sentences that state them, with where to find each."""
    by_id = {reading.claim.claim_id: reading for reading in material.readings}
    entries = []
    for number, incident in enumerate(incidents, start=1):
        figures = {measure: incident.figures[measure] for measure in measures if measure in incident.figures}
        sentences: dict[tuple[str, int, int], list[Reading]] = {}
        found = (by_id[claim_id] for figure in figures.values() for claim_id in figure.claim_ids if claim_id in by_id)
        for reading in sorted(found, key=_place_in_ledger):
            claim = reading.claim
            at = (claim.quote_start, claim.quote_end) if _has_quote(claim) else (claim.start, claim.end)
            sentences.setdefault((reading.text_sha256, *at), []).append(reading)
        entries.append(
            {
                "number": str(number),
                "heading": ", ".join(
                    (word_short_days(incident.date_start, incident.date_end), *name_place(material, incident))
                ).replace(f", {UNKNOWN}", ", place unknown"),
                "quotes": [_prove(shared, figures, withholding) for shared in sentences.values()],
            }
        )
    return entries


def mark_numbers(quote: str, claims: Iterable[Claim]) -> list[Piece]:
    """The sentence cut where the claims' numbers begin and end; what two claims share is marked once."""
    edges = {0, len(quote)}
    spans = [(claim.start - claim.quote_start, claim.end - claim.quote_start) for claim in claims]
    edges.update(edge for span in spans for edge in span)
    cuts = sorted(edges)
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        marked = any(first <= start and end <= last for first, last in spans)
        if pieces and pieces[-1][1] == marked:
            pieces[-1] = (pieces[-1][0] + quote[start:end], marked)
        else:
            pieces.append((quote[start:end], marked))
    return pieces


def _has_quote(claim: Claim) -> bool:
    at, to = claim.start - claim.quote_start, claim.end - claim.quote_start
    return at >= 0 and claim.quote[at:to] == claim.count_text


def _place_in_ledger(reading: Reading) -> tuple[str, str, str, int, str]:
    published = reading.published.isoformat() if reading.published else ""
    claim = reading.claim
    return published, claim.document_id, reading.text_sha256, claim.start, claim.claim_id


def _prove(shared: Sequence[Reading], figures: Mapping[Measure, Figure], withholding: Withholding) -> dict[str, Any]:
    """One sentence, where it was read, and each claim that it makes."""
    first = shared[0]
    claims = [reading.claim for reading in shared]
    pieces = mark_numbers(first.claim.quote, claims) if _has_quote(first.claim) else [(first.claim.count_text, True)]
    pieces[0] = (pieces[0][0].lstrip(), pieces[0][1])
    pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    url = withholding.url(first) or ""
    return {
        "pieces": [[_soften_piece(withholding.hide(words, first.text_sha256)), marked] for words, marked in pieces],
        "outlet": soften(first.outlet or "outlet not recorded"),
        "published": word_day(first.published) if first.published else "undated",
        "url": clean(url),
        "link": clean(url) if url.startswith(("https://", "http://")) and " " not in url else "",
        "claims": [
            {
                "figure": f"{MEASURE_WORDS[claim.measure]} {word_bounds(claim.count_min, claim.count_max)}",
                "standing": _standing(claim, figures[claim.measure]),
                "source": soften(withholding.hide(claim.source or "", first.text_sha256)),
                "claim": claim.claim_id,
                "rule": clean(claim.rule_id) or UNKNOWN,
            }
            for claim in claims
        ],
    }


def _standing(claim: Claim, figure: Figure) -> str:
    """What the claim is to its figure, where it is not simply one of its statements."""
    words = [] if claim.status is Status.STATED else [claim.status.value]
    if claim.part_of is not None:
        words.append("part of a larger figure")
    own = [statement for statement in figure.statements if claim.claim_id in statement.claim_ids]
    if own and not any(statement.current for statement in own):
        words.append("superseded")
    if claim.claim_id == figure.recommended and len(figure.claim_ids) > 1:
        words.append("best figure")
    return ", ".join(words)


def _soften_piece(piece: str) -> str:
    """A piece of a sentence, with the spaces at its ends kept, for they part it from its neighbour."""
    middle = soften(piece)
    if not middle:
        return " " if piece else ""
    return f"{' ' if piece[0].isspace() else ''}{middle}{' ' if piece[-1].isspace() else ''}"
