"""One small factory for reports: a reading of one sentence that names only what matters to the test."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker.claims import Claim, Measure, identify
from tracker.incidents import find_incidents, find_tolls
from tracker.publish.material import Material, Window
from tracker.publish.pages.definition import Definition, load_definition
from tracker.readings import Reading

State = Callable[..., Reading]
Gather = Callable[..., Material]


def state(sentence: str, words: str, low: int | None, high: int | None, **given: Any) -> Reading:
    """A reading of `sentence`, whose `words` give the count: deaths on 10 March 2025, reported that day."""
    text = given.pop("text", sentence)
    sha = hashlib.sha256(text.encode()).hexdigest()
    at = sentence.index(words)
    published = given.pop("published", date(2025, 3, 10))
    document = {"outlet": given.pop("outlet", "Harbour News"), "url": given.pop("url", "https://news.example/a")}
    measure = given.pop("measure", Measure.DEATHS)
    day = given.pop("day", date(2025, 3, 10))
    fields = {
        "document_id": sha[:8],
        "count_text": words,
        "start": at,
        "end": at + len(words),
        "claim_id": identify(sha, at, at + len(words), measure),
        "quote": sentence,
        "quote_end": len(sentence),
        "rule_id": "en.test",
        "country": "SDN",
        "date_start": day,
        "date_end": day,
    }
    claim = Claim(measure=measure, count_min=low, count_max=high, **(fields | given))
    return Reading(claim=claim, text_sha256=sha, published=published, **document)


def gather(readings: Iterable[Reading], first: int = 3, last: int = 16) -> Material:
    """The material that the readings make for days of March 2025."""
    readings = tuple(readings)
    window = Window(date(2025, 3, first), date(2025, 3, last))
    incidents, tolls = tuple(find_incidents(readings)), tuple(find_tolls(readings))
    return Material(
        window=window,
        generated_for=window.last,
        incidents=tuple(i for i in incidents if window.touches(i.date_start, i.date_end)),
        tolls=tuple(point for point in tolls if window.first <= point.as_of <= window.last),
        known_incidents=incidents,
        known_tolls=tolls,
        read_since=min((reading.published for reading in readings if reading.published), default=None),
        readings=readings,
        runs=("run-7",),
        rules_digest="0123abcd",
        documents=len({reading.text_sha256 for reading in readings}),
        claims=len(readings),
        country_names={"SDN": "Sudan"},
    )


@pytest.fixture(name="state", scope="session")
def _state() -> State:
    return state


@pytest.fixture(name="gather", scope="session")
def _gather() -> Gather:
    return gather


@pytest.fixture(scope="session")
def reports() -> Path:
    """The folder of report definitions."""
    return Path(__file__).parents[2] / "reports"


@pytest.fixture(scope="session")
def definition(reports: Path) -> Definition:
    """The daily report as it ships."""
    return load_definition(reports)
