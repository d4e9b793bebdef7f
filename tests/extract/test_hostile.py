"""The hostile corpus: texts made to trip a reader up must finish, and every claim's offsets must hold all the same.

They are read by a process of their own; a text that takes a minute ends it with a traceback of where it stood.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[2] / "rules" / "en" / "hostile.jsonl"
LINES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
SECONDS = 60  # a safety net, no benchmark

READER = """
import faulthandler, json, sys
from datetime import date
from tracker.documents import Document
from tracker.extract import load_extractor
from tracker.settings import load_settings

extractor = load_extractor(load_settings())
for line in sys.stdin:
    name, text = json.loads(line)
    faulthandler.dump_traceback_later(float(sys.argv[1]), exit=True)
    wrong, claims = [], []
    try:
        document = Document(document_id="hostile", text=text, title=text[:200], published=date(2025, 3, 6))
        claims = extractor.extract(document)
    except Exception as error:
        wrong.append(f"{type(error).__name__}: {error}"[:300])
    faulthandler.cancel_dump_traceback_later()
    for claim in claims:
        read = (text[claim.start : claim.end], text[claim.quote_start : claim.quote_end])
        if read != (claim.count_text, claim.quote):
            wrong.append(f"offsets do not hold for {claim.count_text!r}"[:300])
    if len({claim.claim_id for claim in claims}) != len(claims):
        wrong.append("claim ids are not unique")
    print(json.dumps([name, len(claims), wrong]), flush=True)
"""


def text_of(line: dict[str, Any]) -> str:
    """The text: its parts in a row, a part written [words, times] repeated."""
    return "".join(part if isinstance(part, str) else part[0] * part[1] for part in line["parts"])


def read_all(lines: list[dict[str, Any]]) -> dict[str, tuple[int, list[str]]]:
    """By name: how many claims, and what was wrong. A text that hangs costs only itself: the rest is read anew."""
    results: dict[str, tuple[int, list[str]]] = {}
    waiting = list(lines)
    while waiting:
        given = "".join(json.dumps([line["name"], text_of(line)]) + "\n" for line in waiting)
        done = subprocess.run(
            [sys.executable, "-c", READER, str(SECONDS)], input=given, capture_output=True, text=True, check=False
        )
        for name, claims, wrong in map(json.loads, done.stdout.splitlines()):
            results[name] = (claims, wrong)
        waiting = [line for line in waiting if line["name"] not in results]
        if waiting:
            results[waiting.pop(0)["name"]] = (0, [f"did not finish: {done.stderr[-1500:]}"])
    return results


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[int, list[str]]]:
    return read_all([line for line in LINES if line.get("known_miss") != "slow"])


def marked(line: dict[str, Any]) -> Any:
    """`known_miss`: "crash" is tried and must still fail; "slow" is not even tried."""
    known = line.get("known_miss")
    reason = f"a known {known}; remove the mark in rules/en/hostile.jsonl when it is mended"
    marks = [pytest.mark.xfail(reason=reason, strict=True, run=known != "slow")] if known else []
    return pytest.param(line, id=line["name"].replace(" ", "-"), marks=marks)


def test_the_corpus_is_well_formed() -> None:
    assert len({line["name"] for line in LINES}) == len(LINES)
    for line in LINES:
        assert {"name", "parts"} <= set(line) <= {"name", "parts", "claims", "known_miss"}
        assert line.get("known_miss", "slow") in {"slow", "crash"}
        assert text_of(line).strip()


@pytest.mark.parametrize("line", [marked(line) for line in LINES])
def test_it_finishes_with_exact_offsets(results: dict[str, tuple[int, list[str]]], line: dict[str, Any]) -> None:
    claims, wrong = results[line["name"]]
    assert wrong == []
    if "claims" in line:
        assert claims == line["claims"]
