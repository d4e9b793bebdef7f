"""Measures one `tracker ingest` of many documents into SQLite: rate, memory and size of the database as it goes on.

    python benchmarks/ingest.py FILE.jsonl.gz --documents 100000

FILE holds documents as JSON lines, packed or not. Where it holds fewer than are asked for, it is repeated: ids get a
number, and a sentence of its own is set at the end of each repeated text, so that each is a near-duplicate to be found
(`--identical` leaves the sentence out: then the texts are the same bytes under other ids). Before and after, the same
program extracts from the first documents without a database: the control, without which a rate says little about a
machine that does other things too. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

TRACKER = [sys.executable, "-c", "from tracker.cli import main; main()"]
MIB = 2**20


@dataclass(frozen=True)
class Sample:
    """How an ingest stood: seconds since it began, seconds of
    processor time, documents and compared texts in the database, bytes of memory."""

    seconds: float
    work: float
    documents: int
    compared: int
    memory: int


def repeat(path: Path, wanted: int, *, identical: bool) -> Iterator[str]:
    """So many lines of documents, those of `path` again and again under other ids."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    records = [json.loads(line) for line in content.splitlines() if line.strip()]
    for number in range(wanted):
        lap, at = divmod(number, len(records))
        record = dict(records[at])
        record["document_id"] = f"{record.get('document_id', at)}/{lap}"
        if lap and not identical:
            record["text"] += f"\nThis is edition {lap} of the text."
        yield json.dumps(record, ensure_ascii=False) + "\n"


def memory_of(process: int) -> int:
    """Bytes of memory that a process and its children hold at present."""
    total = 0
    for own in (process, *children_of(process)):
        try:
            fields = Path(f"/proc/{own}/statm").read_text().split()
        except OSError:
            continue
        total += int(fields[1]) * os.sysconf("SC_PAGE_SIZE")
    return total


def work_of(process: int) -> float:
    """Seconds of processor time that a process and its children have had."""
    total = 0
    for own in (process, *children_of(process)):
        try:
            fields = Path(f"/proc/{own}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def children_of(process: int) -> list[int]:
    """The ids of a process's children."""
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [int(word) for word in path.read_text().split()]
        except OSError:
            continue
    return found


def count(database: Path) -> tuple[int, int]:
    """The documents and the compared texts that a database holds."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)) as connection:
            documents = connection.execute("SELECT coalesce(max(id), 0) FROM documents").fetchone()[0]
            compared = connection.execute("SELECT count(*) FROM sketches").fetchone()[0] if documents else 0
            return documents, compared
    except sqlite3.Error:
        return 0, 0


def follow(process: subprocess.Popen[bytes], database: Path, every: float) -> Iterator[Sample]:
    """The ingest as it stands, again and again until it ends."""
    began = time.monotonic()
    while process.poll() is None:
        memory, work = memory_of(process.pid), work_of(process.pid)
        yield Sample(time.monotonic() - began, work, *count(database), memory)
        time.sleep(every)


def control(source: Path, documents: int) -> tuple[float, float]:
    """Documents a second, and a second of processor time, that are extracted from without a database."""
    with source.open("rb") as lines, tempfile.NamedTemporaryFile(suffix=".jsonl") as part:
        for _, line in zip(range(documents), lines, strict=False):
            part.write(line)
        part.flush()
        began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*TRACKER, "extract", part.name], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return documents / (time.monotonic() - began), documents / work


def show(samples: list[Sample], marks: list[int], database: Path) -> None:
    """A table of how memory and rate stood at each mark of documents recorded, then of texts compared."""
    print("| stage | seconds | of processor time | documents/s of this stage | peak memory so far (MiB) |")
    print("|---|--:|--:|--:|--:|")
    last = Sample(0, 0, 0, 0, 0)
    for name, field in (("recorded", "documents"), ("compared", "compared")):
        for mark in marks:
            reached = next((sample for sample in samples if getattr(sample, field) >= mark), None)
            if reached is None:
                continue
            peak = max(sample.memory for sample in samples if sample.seconds <= reached.seconds)
            rate = (getattr(reached, field) - getattr(last, field)) / max(0.001, reached.seconds - last.seconds)
            row = (f"{mark} {name}", f"{reached.seconds:.0f}", f"{reached.work:.0f}", f"{rate:.0f}")
            print(f"| {' | '.join(row)} | {peak / MIB:.0f} |")
            last = reached
    peak = max(sample.memory for sample in samples)
    print(f"| end, with the summary | {samples[-1].seconds:.0f} | {samples[-1].work:.0f} | | {peak / MIB:.0f} |")
    print(f"\nThe database has {database.stat().st_size / MIB:.0f} MiB.")


def main() -> None:
    """Makes the documents, ingests them, and prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="documents as JSON lines (.jsonl, .jsonl.gz)")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--identical", action="store_true", help="repeat texts without changing them")
    parser.add_argument(
        "--folder", type=Path, help="where the documents and the database are kept; else a temporary one"
    )
    parser.add_argument("--control", type=int, default=3000, help="documents of the control")
    parser.add_argument("--jobs", type=int, default=1, help="processes that extract")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        source, database = folder / "documents.jsonl", folder / "tracker.db"
        database.unlink(missing_ok=True)
        with source.open("w", encoding="utf-8") as stream:
            stream.writelines(repeat(given.file, given.documents, identical=given.identical))
        before = control(source, given.control)
        words = ["ingest", str(source), "--jobs", str(given.jobs), "--now", "2026-04-01T06:00"]
        words += ["--db", f"sqlite:///{database}"]
        process = subprocess.Popen([*TRACKER, *words])
        samples = list(follow(process, database, max(0.2, given.documents / 100_000)))
        if process.wait() not in (0, 1):
            sys.exit("the ingest failed")
        after = control(source, given.control)
        size = source.stat().st_size / MIB
        print(f"\n{given.documents} documents of {size:.0f} MiB; extraction alone, on the first {given.control}:")
        for rate, work_rate in (before, after):
            print(f"{rate:.0f} documents/s, {work_rate:.0f} a second of processor time")
        print()
        show(samples, [given.documents // 4, given.documents // 2, given.documents], database)
        last = samples[-1]
        rate, work_rate = given.documents / last.seconds, given.documents / last.work
        print(f"{rate:.0f} documents/s in all, {work_rate:.0f} a second of processor time.")


if __name__ == "__main__":
    main()
