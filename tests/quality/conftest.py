"""A small gold set and a stand-in extractor that answers from a list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FLOOD = "Nine villagers drowned in Torit on Monday, the commissioner said. Dozens were hurt, and one farmer is missing."
MARKET = "Two traders were shot in Wau. Police arrested a clerk and a few others."


def make_record(
    text: str, words: str, measure: str, low: int | None, high: int | None, **fields: Any
) -> dict[str, Any]:
    """A claim record of `words` in `text`, with what the test names and otherwise the codebook's defaults."""
    start = text.index(words)
    record = {"measure": measure, "count_min": low, "count_max": high, "count_text": words, "start": start}
    return {**record, "end": start + len(words), "scope": "event", "status": "stated", "places": [], **fields}


FLOOD_CLAIMS = [
    make_record(
        FLOOD,
        "Nine",
        "deaths",
        9,
        9,
        victims="villagers",
        places=["Torit", "South Sudan"],
        country="SSD",
        date_start="2025-05-05",
        date_end="2025-05-05",
        source="commissioner",
        cause="flood",
    ),
    make_record(FLOOD, "Dozens", "injuries", 24, None, places=["Torit"], country="SSD", cause="flood"),
    make_record(FLOOD, "one farmer", "missing", 1, 1, victims="farmer", country="SSD", optional=True),
]
MARKET_CLAIMS = [
    make_record(MARKET, "Two", "deaths", 2, 2, victims="traders", places=["Wau"], country="SSD"),
    make_record(MARKET, "a clerk", "detained", 1, 1, victims="clerk"),
]
GOLD = [
    {
        "document_id": "flood",
        "text": FLOOD,
        "published": "2025-05-06",
        "phenomena": ["attributed", "vague"],
        "claims": FLOOD_CLAIMS,
    },
    {"document_id": "market", "text": MARKET, "phenomena": ["vague"], "claims": MARKET_CLAIMS},
]


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    """The records as a file of JSON lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(name="record")
def _record() -> Callable[..., dict[str, Any]]:
    """Makes a claim record of one of the two gold texts, by document."""
    texts = {"flood": FLOOD, "market": MARKET}

    def make(
        document: str, words: str, measure: str, low: int | None, high: int | None, **fields: Any
    ) -> dict[str, Any]:
        return {"document_id": document, **make_record(texts[document], words, measure, low, high, **fields)}

    return make


@pytest.fixture(name="lines")
def _lines() -> Callable[[Path, list[dict[str, Any]]], Path]:
    """Writes records as a file of JSON lines."""
    return write_lines


@pytest.fixture(name="gold_file")
def _gold_file(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "gold.jsonl", GOLD)


@pytest.fixture(name="perfect")
def _perfect() -> list[dict[str, Any]]:
    """What a perfect system says, the optional claim included."""
    return [
        {"document_id": document["document_id"], **{key: value for key, value in claim.items() if key != "optional"}}
        for document in GOLD
        for claim in document["claims"]
    ]
