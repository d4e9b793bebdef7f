"""The gallery: every report looks as it is stored, and every figure printed is one of the series and incidents."""

from __future__ import annotations

import importlib.util
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops

from tracker.claims import Measure
from tracker.incidents import draw_up
from tracker.incidents.incident import Incident
from tracker.incidents.reconciliation import reconcile
from tracker.incidents.series import series_frame
from tracker.ledger import Ledger
from tracker.settings import load_settings

GALLERY = Path(__file__).parents[2] / "reports" / "gallery"
FIRST, LAST = date(2025, 3, 10), date(2025, 3, 16)
MEASURES = (Measure.DEATHS, Measure.INJURIES, Measure.CASUALTIES, Measure.MISSING, Measure.MALNUTRITION_DEATHS,
            Measure.MALNUTRITION_CASES)  # fmt: skip
GREY = (124, 176)
"""Pixels to which a page is reduced for comparison: words become grey, lines and blocks stay."""
TOLERANCE = 2.0
"""How far two pages may differ on average, of 255: other letters and ids do, another layout does not."""


@pytest.fixture(scope="module")
def drawing() -> ModuleType:
    """The script that draws the gallery."""
    spec = importlib.util.spec_from_file_location("gallery_draw", GALLERY / "draw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drawn(drawing, tmp_path_factory):
    """The gallery drawn anew, and what its database amounts to."""
    folder = tmp_path_factory.mktemp("gallery")
    files = drawing.draw(folder)
    with Ledger.open(load_settings(f"sqlite:///{folder / 'newsroom.db'}").database_url) as ledger:
        account = draw_up(ledger)
    return files, account


def read(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def between(text: str, start: str, end: str) -> str:
    """What stands between two headings; page heads and feet taken out."""
    found = re.search(rf"{re.escape(start)}(.*?){re.escape(end)}", text)
    assert found is not None, (start, end)
    plain = re.sub(r"Report for \d+ March 2025\. Unknown is not zero\. Page \d+ of \d+", " ", found[1])
    return re.sub(r"Reported human harm 10–16 March 2025", " ", plain)


def numbers(text: str) -> Counter[str]:
    """Every number as it is printed, with what marks it as a bound."""
    return Counter(re.findall(r"[≥≤+−]? ?\d[\d,]*", text.replace("\u00a0", " ")))


def is_added(incident: Incident) -> bool:
    """Written down anew, so that the test does not ask the report's own code: days of the window, at most three."""
    if incident.date_start is None or incident.date_end is None or set(incident.figures) <= set(incident.covered):
        return False
    day = incident.date_end if incident.date_basis == "event" else incident.date_start
    return FIRST <= day <= LAST and (incident.date_end - incident.date_start).days <= 2


@pytest.mark.parametrize("name", ["daily", "weekly", "incident", "toll"])
def test_pages_look_as_they_are_stored(drawn, name):
    files, _ = drawn
    made = sorted(file for file in files if re.fullmatch(rf"{name}-\d+\.png", file))
    stored = sorted(path.name for path in GALLERY.glob(f"{name}-*.png"))
    assert made == stored, "draw the gallery anew with `make gallery` and look at it"
    for file in made:
        apart = difference(Image.open(io.BytesIO(files[file])), Image.open(GALLERY / file))
        assert apart < TOLERANCE, f"{file} looks other than stored ({apart:.1f}); look at it, then `make gallery`"


def difference(one: Image.Image, other: Image.Image) -> float:
    grey = [np.asarray(page.convert("L").resize(GREY, Image.Resampling.BOX), dtype=float) for page in (one, other)]
    return float(np.abs(grey[0] - grey[1]).mean())


def test_the_comparison_sees_a_change_of_layout():
    page = Image.open(GALLERY / "daily-1.png").convert("RGB")
    assert difference(page, page) == 0
    assert difference(page, ImageChops.offset(page, 0, 24)) > TOLERANCE


def test_the_gallery_is_of_modest_size():
    assert sum(path.stat().st_size for path in GALLERY.iterdir()) < 4_000_000


def test_the_same_newsroom_gives_the_same_bytes(drawing, drawn, tmp_path):
    again = drawing.draw(tmp_path)
    assert {name: hash(content) for name, content in again.items()} == {
        name: hash(content) for name, content in drawn[0].items()
    }


def test_key_figures_are_sums_of_the_series(drawn):
    files, account = drawn
    text = read(files["daily.pdf"])
    added = [incident for incident in account.incidents if is_added(incident)]
    frame = series_frame(added)
    for measure, label in ((Measure.DEATHS, "Deaths"), (Measure.INJURIES, "Injuries"), (Measure.MISSING, "Missing"),
                           (Measure.MALNUTRITION_DEATHS, "Deaths from malnutrition")):  # fmt: skip
        rows = frame[frame["measure"] == measure.value]
        low, is_open = int(rows["low"].sum()), bool(rows["high"].isna().any())
        assert re.search(rf"{label} {'at least ' if is_open else ''}{low:,}\b", text), label
        incidents = sum(measure in incident.figures for incident in added)
        origins = {origin for i in added if measure in i.figures for origin in i.figures[measure].origins}
        told = f"{incidents} incident{'s' * (incidents != 1)}, "
        assert re.search(rf"{label} .{{0,40}}?{told}\d+ independent origin", text), label
        assert len(origins) <= int(re.search(rf"{label} .{{0,40}}?{told}(\d+)", text)[1])  # type: ignore[index]
    assert f"report {len([i for i in added if set(i.figures) & set(MEASURES)])} incidents for" in text


def test_the_table_of_incidents_prints_their_figures_and_no_others(drawn):
    files, account = drawn
    text = between(read(files["daily.pdf"]), "Deaths Injuries Other Who says so Origins", "– not reported, which is")
    text = text.replace("No. Date Place Cause Deaths Injuries Other Who says so Origins", " ")
    expected: Counter[str] = Counter()
    shown = [
        i for i in account.incidents
        if i.date_start and i.date_end and i.date_start <= LAST and i.date_end >= FIRST
        and set(i.figures) & set(MEASURES)
    ]  # fmt: skip
    for number, incident in enumerate(shown, start=1):
        expected[str(number)] += 1
        expected[str(len(incident.origins))] += 1
        expected.update(str(day.day) for day in {incident.date_start, incident.date_end})
        for measure in set(incident.figures) & set(MEASURES):
            figure = incident.figures[measure]
            low, best, high = figure.low, figure.best, figure.high
            if best is not None and (low != best or high not in (best, None)):
                expected[f"{best:,}"] += 1
            if high is None:
                expected[f"≥ {low or 0:,}"] += 1
            elif low is None:
                expected[f"≤ {high:,}"] += 1
            else:
                expected.update(f"{bound:,}" for bound in {low, high})
    assert Counter(number.strip() for number in numbers(text).elements()) == expected


def test_the_table_of_running_totals_prints_their_values(drawn):
    files, account = drawn
    text = between(read(files["daily.pdf"]), "Counted First Last Change Revisions", "Method and limits")
    series: dict[str, list[int]] = {}
    for point in account.tolls:
        if point.measure in MEASURES and date(2025, 3, 3) <= point.as_of <= LAST and point.low is not None:
            series.setdefault(point.toll_id, []).append(point.low)
    for values in series.values():
        first, last = f"{values[0]:,}", f"{values[-1]:,}"
        pattern = rf"{first} \d+ Mar (?:≥ )?{last} \d+ Mar"
        if len(values) > 1:
            pattern += rf" \+{values[-1] - values[0]:,} "
        assert re.search(pattern, text.replace("\u00a0", " ")), pattern


def test_the_report_on_a_claimant_prints_points_and_residuals(drawn):
    files, account = drawn
    text = read(files["toll.pdf"]).replace("\u00a0", " ")
    points = [p for p in account.tolls if (p.claimant, p.measure) == ("the health ministry", Measure.DEATHS)]
    for point in points:
        value = f"{point.low:,}"
        assert re.search(rf"{point.as_of.day} March 2025 (?:≥ )?{value} ", text), value
        if point.residual:
            assert f"{abs(point.residual):,}" in text
    *_, whole = reconcile(points, account.incidents, steps=True)
    assert f"the total changed by +{whole.change:,}." in text
    assert f"add up to {whole.best:,}; the difference is +{whole.residual:,}." in text


def test_the_dossier_prints_every_statement(drawn):
    files, account = drawn
    text = read(files["incident.pdf"])
    told = [i for i in account.incidents if i.cause == "landslide"]
    subject = max(told, key=lambda incident: len(incident.claim_ids))
    assert subject.incident_id in text
    for figure in subject.figures.values():
        for statement in figure.statements:
            assert statement.claim_ids[0][:12] in text


@pytest.mark.parametrize("name", ["daily", "weekly", "incident", "toll"])
def test_a_pdf_is_tagged_titled_and_can_be_found_in(drawn, name):
    pdf = drawn[0][f"{name}.pdf"]
    assert len(pdf) < 2_000_000
    for mark in (b"/Lang(en)", b"/MarkInfo", b"/StructTreeRoot", b"/Outlines", b"pdfuaid:part>1<"):
        assert mark in pdf
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert document.get_metadata_value("Title")
        titles = [bookmark.get_title() for bookmark in document.get_toc()]
        assert "Method and limits" in titles
        assert len(document) <= 6
    finally:
        document.close()


def test_no_name_of_the_family_is_printed_anywhere(drawn):
    files, account = drawn
    named = [r for r in account.readings if "Jarad" in r.claim.quote]
    assert named
    for name, content in files.items():
        words = read(content) if name.endswith(".pdf") else content.decode() if name.endswith(".txt") else ""
        for part in ("Jarad", "Samar", "Yazan"):
            assert part not in words, (name, part)
