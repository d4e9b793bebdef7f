"""The quiet corpus: sport, finance, films, games, animals, notices … hold cues of harm and must yield nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tracker.documents import Document
from tracker.extract.extractor import Extractor

FILE = Path(__file__).resolve().parents[2] / "rules" / "en" / "quiet.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_the_corpus_is_well_formed() -> None:
    assert len(LINES) >= 120
    assert len({line["text"] for line in LINES}) == len(LINES)
    for line in LINES:
        assert {"kind", "text", "why"} <= set(line) <= {"kind", "text", "why", "known_miss"}
        assert line["why"].strip()
        assert line.get("known_miss", True) is True


@pytest.mark.parametrize("line", LINES, ids=[f"{at + 1}" for at in range(len(LINES))])
def test_it_yields_no_claim(extractor: Extractor, line: dict[str, Any]) -> None:
    claims = extractor.extract(Document(document_id="quiet", text=line["text"]))
    shown = [f"{claim.measure}: {claim.count_text!r} by {claim.rule_id}" for claim in claims]
    if line.get("known_miss"):
        assert shown, f"passes now; remove the mark known_miss in rules/en/quiet.jsonl from {line['text']!r}"
    else:
        assert not shown, f"{line['text']!r} must stay silent ({line['why']})"


def test_most_of_a_paragraph_of_quiet_lines_stays_silent_too(extractor: Extractor) -> None:
    """Lines that are silent alone are silent together: no cue reaches into its neighbour."""
    silent = [line["text"] for line in LINES if not line.get("known_miss")]
    for at in range(0, len(silent), 7):
        text = "\n\n".join(silent[at : at + 7])
        claims = extractor.extract(Document(document_id="quiet", text=text, title="Notes of the week"))
        assert [f"{claim.count_text!r} in {claim.quote!r}" for claim in claims] == []
