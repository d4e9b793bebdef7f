"""What a frame needs before it is run: read off its pattern, and never more than a match holds."""

from __future__ import annotations

import pytest

from tracker.documents import Document
from tracker.extract.extractor import Extractor
from tracker.extract.harm.frame_needs import needs_of


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("[ab][c]", ["c", "ab"]),
        ("[a]*[b]?[c]{0,2}[d]+", ["d"]),
        ("(?<![a])(?P<patient>[b])(?![c])", ["b"]),
        ("(?=[a])[b]", ["b"]),
        ("[^a].[b]", ["b"]),
        ("(?:[a]|[bc][d])[e]", ["e", "ad"]),
        ("(?:[a]|[b]?)[c]", ["c"]),
        ("(?:[a][b]){2}", ["a", "b"]),
        ("(?:(?![a]).){0,9}?[b]", ["b"]),
        ("[a]|.", []),
    ],
)
def test_needs_are_what_every_match_holds(pattern: str, needs: list[str]) -> None:
    assert needs_of(pattern) == tuple(frozenset(need) for need in needs)


def test_a_sentence_without_cues_is_not_read(extractor: Extractor) -> None:
    """Words that a phrase of harm shares with any other sentence let no sentence through."""
    text = "Profits are up but several banks support the march of prices; a trial sets off in March."
    assert extractor.explain(Document(document_id="bank", text=text)).gated == 0
