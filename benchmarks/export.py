"""How fast tables leave a big ledger, and whether memory stays flat: `python benchmarks/export.py 10000 1000000`.

For each number of claims a ledger of invented texts is written into a temporary folder, and each table is exported by a
process of its own, whose time, rate and peak memory are printed. Nothing is left behind.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from tracker.claims import Cause, Claim, Measure
from tracker.documents import Document
from tracker.judgements import Judgement, Verdict
from tracker.ledger import Ledger, begin_run
from tracker.ledger.engine import open_engine, writing
from tracker.ledger.rows import claim_values, document_values, with_id
from tracker.ledger.tables import CLAIMS, DOCUMENT_RUNS, DOCUMENTS, SIGHTINGS

_IN_EACH = 20
_BATCH = 500
_SENTENCE = (
    'At least {number} people were killed and homes burned near "Quay {place}", officials said on Monday; more follow.'
)
_PROGRAM = """
from tracker.cli import main
try:
    main()
finally:  # of this program alone: what wait4 tells includes its parent's peak
    print("peak:", next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""
_EXPORTS = (
    ("claims",),
    ("claims", "--parquet"),
    ("claims", "--from", "2025-03-01", "--to", "2025-03-31"),
    ("documents",),
    ("judgements",),
)


def main(sizes: list[int]) -> None:
    """Measure the exports of ledgers of these many claims."""
    print(f"{'claims':>9}  {'export':<44} {'rows':>9} {'MB':>7} {'s':>7} {'CPU s':>7} {'rows/s':>8} {'peak MB':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/tracker.db"
            fill(url, size)
            for words in _EXPORTS:
                measure(size, url, words, Path(folder))


def measure(size: int, url: str, words: tuple[str, ...], folder: Path) -> None:
    """Export one table in a process of its own and print what it took."""
    path = folder / ("table.parquet" if "--parquet" in words else "table.csv")
    begun, used = time.perf_counter(), _used()
    command = [sys.executable, "-c", _PROGRAM, "export", *words, "--db", url, "-o", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds, busy = time.perf_counter() - begun, _used() - used
    if done.returncode:
        raise SystemExit(done.stderr)
    rows = int(done.stderr.rsplit(": ", 1)[1].split()[0])
    peak = int(done.stdout.split()[-1]) / 1024
    print(
        f"{size:>9}  {' '.join(words):<44} {rows:>9} {path.stat().st_size / 1e6:>7.1f} {seconds:>7.1f} "
        f"{busy:>7.1f} "
        f"{rows / seconds:>8.0f} {peak:>8.0f}",
        flush=True,
    )


def _used() -> float:
    """Seconds of CPU that finished processes of ours have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def fill(url: str, size: int) -> None:
    """A ledger of `size` claims, 20 a text, and a judgement on every thousandth claim."""
    run = begin_run(started_at=datetime(2025, 6, 1, tzinfo=UTC), rules_digest="0" * 64, command="benchmark")
    judged = []
    with Ledger.open(url) as ledger:
        ledger.record(run, *invent(0))  # the first brings the run's row
        engine = open_engine(url, create=False)
        numbers = range(1, max(2, size // _IN_EACH))
        for first in range(1, len(numbers) + 1, _BATCH):
            documents, readings, runs, claims, sightings = [], [], [], [], []
            for at in range(first, min(first + _BATCH, len(numbers) + 1)):
                document, own = invent(at)
                key = at + 1
                documents.append(document_values(document) | {"id": key, "first_run_id": run.run_id})
                row = {"document_key": key, "run_id": run.run_id, "rules_digest": run.rules_digest}
                runs.append(row | {"id": key})
                for number, claim in enumerate(own):
                    claim_key = at * _IN_EACH + number + 1
                    told = {"id": claim_key, "document_key": key, "first_run_id": run.run_id}
                    claims.append(claim_values(with_id(claim, document)) | told)
                    sightings.append({"document_run_key": key, "claim_key": claim_key})
                readings.append(with_id(own[0], document).claim_id)
            with writing(engine) as connection:
                for table, rows in (
                    (DOCUMENTS, documents), (DOCUMENT_RUNS, runs), (CLAIMS, claims), (SIGHTINGS, sightings)
                ):  # fmt: skip
                    connection.execute(insert(table), rows)
            judged += readings[:: max(1, 1000 // _IN_EACH)]
        engine.dispose()
        for claim_id in judged:
            verdict = Judgement(
                claim_id=claim_id,
                author="A. Coder",
                made_on=date(2025, 6, 2),
                verdict=Verdict.WRONG,
                reason="benchmark",
            )
            ledger.judge(verdict)


def invent(at: int) -> tuple[Document, list[Claim]]:
    """A text of twenty sentences, and the claim of each."""
    day = date(2025, 1, 1) + timedelta(days=at % 150)
    lines = [_SENTENCE.format(number=at % 900 + line + 1, place=line, at=at) for line in range(_IN_EACH)]
    text = "\n".join(lines)
    document = Document(
        document_id=f"text-{at:08}",
        text=text,
        title=f"Night of fires, {at}",
        published=day,
        outlet=f"Paper {at % 40}",
        url=f"https://paper.example/{at}",
        language="en",
    )
    claims, start = [], 0
    for line, sentence in enumerate(lines):
        number = at % 900 + line + 1
        words = f"At least {number}"
        claim = Claim(
            document_id=document.document_id,
            measure=Measure.DEATHS,
            count_min=number,
            count_max=None,
            count_text=words,
            start=start,
            end=start + len(words),
            victims="people",
            places=(f"Quay {line}", "Sudan"),
            country="SDN",
            date_start=day,
            date_end=day,
            source="officials",
            cause=Cause.FIRE,
            quote=sentence,
            quote_start=start,
            quote_end=start + len(sentence),
            rule_id="frame.participle",
            event=line,
            latitude=13.5 + line / 100,
            longitude=25.25,
            place_precision="exact",
            date_precision="day",
        )
        claims.append(claim)
        start += len(sentence) + 1
    return document, claims


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 100_000, 1_000_000])
