"""What makes a figure prove itself: its words and its quote stand in the stored text where it says they do."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.claims import Claim


def find_faults(claim: Claim, text: str) -> Iterator[str]:
    """Each way in which the claim does not stand in `text`, as half a sentence."""
    if not 0 <= claim.start < claim.end <= len(text):
        yield f"offsets {claim.start} to {claim.end} lie outside the text of {len(text)} characters"
    elif text[claim.start : claim.end] != claim.count_text:
        yield f"count_text is {claim.count_text!r}, but the text has {text[claim.start : claim.end]!r} there"
    if not claim.quote:
        yield "it has no quote"
        return
    if not 0 <= claim.quote_start < claim.quote_end <= len(text):
        yield f"the quote's offsets {claim.quote_start} to {claim.quote_end} lie outside the text"
    elif text[claim.quote_start : claim.quote_end] != claim.quote:
        yield "the quote is not what the text has at its offsets"
    if not claim.quote_start <= claim.start <= claim.end <= claim.quote_end:
        yield "the quote does not cover count_text"
