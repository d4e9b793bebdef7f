"""The report: material and a definition become the bytes of its files, the same bytes for the same material."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from tracker.claims import Measure
from tracker.errors import UsageError
from tracker.publish.charts.days import draw_days
from tracker.publish.charts.periods import gather_bars
from tracker.publish.charts.tolls import draw_tolls, group_tolls, pick_lines
from tracker.publish.pages.evidence import write_evidence
from tracker.publish.pages.listing import sort_incidents, write_incidents, write_tolls
from tracker.publish.pages.method import write_method
from tracker.publish.pages.page_words import describe_pages
from tracker.publish.pages.summary import write_summary
from tracker.publish.pages.typeset import find_places, set_pdf, set_png
from tracker.publish.tables.csvfile import write_whole
from tracker.publish.withholding import Withholding
from tracker.publish.wording import MALNUTRITION, clean, word_day, word_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tracker.publish.charts.drawing import Chart
    from tracker.publish.charts.periods import Bar
    from tracker.publish.material import Material, Window
    from tracker.publish.pages.definition import Definition

Format = Literal["pdf", "png", "both"]

_TEMPLATE = "report.typ"


def build_report(
    material: Material, definition: Definition, fmt: Format = "pdf", names: bool = False
) -> dict[str, bytes]:
    """The files of the report by name: PDF, or a PNG and its words for each page, or both, and the CSV of each chart.

    Names of victims are withheld unless `names`. The clock is never read: the document bears the day the report is for.
    """
    if fmt not in ("pdf", "png", "both"):
        raise UsageError(f"unknown format {fmt!r}; choose pdf, png or both.")
    stem = f"{definition.name}-{material.generated_for.isoformat()}"
    values, charts = compose(material, definition, names)
    template = definition.folder / _TEMPLATE
    files: dict[str, bytes] = {}
    if fmt in ("pdf", "both"):
        files[f"{stem}.pdf"] = set_pdf(template, values, material.generated_for)
    if fmt in ("png", "both"):
        pages = set_png(template, values, material.generated_for)
        words = describe_pages(values, find_places(template, values), len(pages))
        for number, (page, text) in enumerate(zip(pages, words, strict=True), start=1):
            files[f"{stem}-{number}.png"] = page
            files[f"{stem}-{number}.txt"] = text.encode()
    for chart in charts:
        files[f"{stem}-{chart.name}.csv"] = chart.csv
    return files


def compose(material: Material, definition: Definition, names: bool = False) -> tuple[dict[str, Any], list[Chart]]:
    """The values that the template prints, and the charts among them. Only the sections of the definition are made."""
    measures, window = definition.measures, material.window
    incidents = sort_incidents(material.incidents, measures)
    dated = material.generated_for
    values: dict[str, Any] = {
        "title": clean(definition.title),
        "language": definition.language,
        "page": definition.page,
        "window": word_days(window.first, window.last),
        "generated_for": word_day(dated),
        "known_on": word_day(material.as_known_on) if material.as_known_on else "",
        "date": [dated.year, dated.month, dated.day],
        "sections": list(definition.sections),
    }
    charts: list[Chart] = []
    for section in definition.sections:
        if section == "summary":
            values[section] = write_summary(material, incidents, measures)
        elif section == "daily":
            drawn_days = _draw_days(gather_bars(incidents, window), window, measures, definition.folder)
            charts += drawn_days
            values[section] = [{"name": chart.name, "svg": chart.svg, "alt": chart.alt} for chart in drawn_days]
        elif section == "tolls":
            lines = group_tolls(material.tolls, measures)
            drawn = draw_tolls(lines, window, definition.folder)
            values[section] = {"svg": "", "alt": "", **write_tolls(lines, len(pick_lines(lines)))}
            if drawn:
                charts.append(drawn)
                values[section] |= {"svg": drawn.svg, "alt": drawn.alt}
        elif section == "incidents":
            values[section] = write_incidents(material, incidents, measures)
        elif section == "evidence":
            values[section] = write_evidence(material, incidents, measures, Withholding(material.readings, names))
        elif section == "method":
            values[section] = write_method(material, incidents)
    return values, charts


def _draw_days(bars: Sequence[Bar], window: Window, measures: Sequence[Measure], folder: Path) -> list[Chart]:
    """The chart of violent and other harm, deaths and injuries even where empty; then that of malnutrition, if any."""
    present = {bar.measure for bar in bars}
    harm = [m for m in measures if m not in MALNUTRITION and (m in present or m in (Measure.DEATHS, Measure.INJURIES))]
    hunger = [measure for measure in measures if measure in MALNUTRITION and measure in present]
    charts = [draw_days("daily", bars, window, harm, folder)] if harm else []
    return [*charts, draw_days("malnutrition", bars, window, hunger, folder, columns=2)] if hunger else charts


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files into `folder`, each whole or not at all; the paths in the order of `files`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UsageError(f"the folder {folder} cannot be made ({problem.strerror}); name another with -o.") from problem
    for name, content in files.items():
        write_whole(folder / name, partial(_pour, content))
    return [folder / name for name in files]


def _pour(content: bytes, stream: BinaryIO) -> int:
    return stream.write(content)
