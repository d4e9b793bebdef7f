"""Draws the gallery: one example of each report from the example newsroom, as `make gallery` calls it.

The newsroom is taken in day by day, as a daily job would, so that the reports can tell what changed since the last one.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.collect import read_documents
from tracker.documents import Document
from tracker.extract import load_extractor
from tracker.gazetteer import Gazetteer
from tracker.ledger import Ledger, begin_run
from tracker.publish.gathering import Question, gather, with_rules
from tracker.publish.pages.definition import load_definition
from tracker.publish.pages.report import build_report
from tracker.settings import Settings, load_settings

HERE = Path(__file__).resolve().parent
NEWSROOM = HERE.parents[1] / "examples" / "newsroom"
SHOWN = {
    "daily": Question(),
    "weekly": Question(),
    "incident": Question(incident="LANDSLIDE"),
    "toll": Question(claimant="the health ministry"),
}
"""What each definition is asked; the incident is found by its cause, since an id says nothing."""
WIDTH = 900
"""Pixels: how broad the pictures are that a page on the web shows, and that tests compare."""


def take_in(settings: Settings, ledger: Ledger) -> None:
    """Record the newsroom's documents, each day's on the morning after."""
    extractor = load_extractor(settings)
    documents = [one for one in read_documents([NEWSROOM]) if isinstance(one, Document)]
    documents.sort(key=lambda document: (document.published or date.min, document.document_id))
    for day, published in groupby(
        documents, key=lambda document: max(document.published or date.min, date(2025, 3, 3))
    ):
        started = datetime.combine(day + timedelta(days=1), time(6), tzinfo=UTC)
        run = begin_run(started_at=started, rules_digest=extractor.rules_digest, command="ingest")
        for document in published:
            ledger.record(run, document, extractor.extract(document))
        ledger.compare_texts(run)


def draw(folder: Path) -> dict[str, bytes]:
    """Every file of the gallery by name."""
    settings = load_settings(f"sqlite:///{folder / 'newsroom.db'}")
    gazetteer = Gazetteer.open(settings.rules_folder)
    files: dict[str, bytes] = {}
    with Ledger.open(settings.database_url) as ledger:
        take_in(settings, ledger)
        for name, question in SHOWN.items():
            definition = load_definition(settings.reports_folder, name)
            if question.incident:
                question = Question(incident=_find(ledger, question.incident))
            material = with_rules(gather(ledger, definition, question, gazetteer), settings.rules_folder)
            for file, content in build_report(material, definition, "both", stem=name).items():
                if file.endswith(".pdf"):
                    files[file] = content
                elif file.endswith(".png"):
                    files[file] = _shrink(content)
                elif file.endswith(".txt"):
                    files[file] = content
    return files


def _find(ledger: Ledger, cause: str) -> str:
    from tracker.incidents import draw_up

    told = [incident for incident in draw_up(ledger).incidents if (incident.cause or "").upper() == cause]
    return max(told, key=lambda incident: len(incident.claim_ids)).incident_id


def _shrink(png: bytes) -> bytes:
    """The page with few colours and no broader than a page on the web shows it."""
    from PIL import Image

    page = Image.open(io.BytesIO(png)).convert("RGB")
    page = page.resize((WIDTH, round(page.height * WIDTH / page.width)), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    page.quantize(200, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def main(target: Path) -> None:
    """Write the gallery anew, and leave nothing of an older one."""
    with TemporaryDirectory() as folder:
        files = draw(Path(folder))
    for old in target.iterdir():
        if old.suffix in (".pdf", ".png", ".txt"):
            old.unlink()
    for name, content in files.items():
        (target / name).write_bytes(content)
    print(f"{len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB in {target}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
