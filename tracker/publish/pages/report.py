"""The report: material and a definition become the bytes of its files, the same bytes for the same material."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from tracker.errors import UsageError
from tracker.publish.pages.draft import Draft, Spoken
from tracker.publish.pages.listing import pick_gravest, sort_incidents
from tracker.publish.pages.page_words import describe_pages
from tracker.publish.pages.sections import write_sections
from tracker.publish.pages.typeset import Press
from tracker.publish.pages.words import load_words
from tracker.publish.tables.csvfile import write_whole
from tracker.publish.withholding import Withholding
from tracker.publish.wording import clean, word_day, word_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tracker.publish.charts.drawing import Chart
    from tracker.publish.material import Material
    from tracker.publish.pages.definition import Definition
    from tracker.publish.pages.draft import Written

Format = Literal["pdf", "png", "both"]

_TEMPLATE = "report.typ"


def build_report(
    material: Material, definition: Definition, fmt: Format = "pdf", names: bool = False, *, stem: str | None = None
) -> dict[str, bytes]:
    """The files of the report by name: PDF, or a PNG and its words for each page, or both, and the CSV of each chart.

    `stem` begins the names of all files; else the definition's name, its subject and the day do. Names of victims are
    withheld unless `names`, and those that may be minors' always. The clock is never read: the document bears the day
    the report is for.
    """
    if fmt not in ("pdf", "png", "both"):
        raise UsageError(f"unknown format {fmt!r}; choose pdf, png or both.")
    draft = start_draft(material, definition, names, stem=stem)
    written = write_sections(draft, definition.sections)
    values = _values(draft, written)
    press = Press(definition.folder / _TEMPLATE, values, material.generated_for)
    files: dict[str, bytes] = {}
    if fmt in ("pdf", "both"):
        files[f"{draft.stem}.pdf"] = press.pdf()
    if fmt in ("png", "both"):
        pages = press.png()
        spoken: Spoken = {}
        for section in written.values():
            spoken |= section.spoken
        head = draft.words("page.spoken", title=values["title"], window=values["window"], day=values["generated_for"])
        texts = describe_pages(head, spoken, press.places(), len(pages))
        for number, (page, text) in enumerate(zip(pages, texts, strict=True), start=1):
            files[f"{draft.stem}-{number}.png"] = page
            files[f"{draft.stem}-{number}.txt"] = text.encode()
    for section in written.values():
        for chart in section.charts:
            files[f"{draft.stem}-{chart.name}.csv"] = chart.csv
        for name, content in section.tables.items():
            files[f"{draft.stem}-{name}.csv"] = content
    return files


def compose(material: Material, definition: Definition, names: bool = False) -> tuple[dict[str, Any], list[Chart]]:
    """The values that the template prints, and the charts among them. Only the sections of the definition are made."""
    draft = start_draft(material, definition, names)
    written = write_sections(draft, definition.sections)
    return _values(draft, written), [chart for section in written.values() for chart in section.charts]


def start_draft(material: Material, definition: Definition, names: bool = False, *, stem: str | None = None) -> Draft:
    """The report in the making, its incidents chosen and numbered."""
    incidents = sort_incidents(material.incidents, definition.measures)
    subject = material.subject.incident_id if material.subject else None
    return Draft(
        material=material,
        definition=definition,
        words=load_words(definition.folder, definition.language),
        withholding=Withholding(material.readings, names, texts=material.texts),
        incidents=tuple(incidents),
        shown=tuple(pick_gravest(incidents, definition.measures, definition.most_incidents)),
        stem=stem or "-".join(part for part in (definition.name, subject, material.generated_for.isoformat()) if part),
    )


def _values(draft: Draft, written: Mapping[str, Written]) -> dict[str, Any]:
    material, definition, words = draft.material, draft.definition, draft.words
    dated, window = material.generated_for, draft.window
    title = clean(definition.title)
    when = word_days(window.first, window.last)
    shown = [name for name in definition.sections if written[name].values is not None]
    about = _about(draft)
    return {
        "title": title,
        "document_title": ", ".join(part for part in (title, about, when) if part),
        "about": about,
        "language": definition.language,
        "page": definition.page,
        "window": when,
        "generated_for": word_day(dated),
        "subline": words(f"page.subline_{definition.kind}", window=when, day=word_day(dated)),
        "known_on": words("page.known_on", day=word_day(material.as_known_on)) if material.as_known_on else "",
        "date": [dated.year, dated.month, dated.day],
        "sections": shown,
        "words": words.table["page"],
        **{name: written[name].values for name in shown},
    }


def _about(draft: Draft) -> str:
    """What the report is limited to, for its head and its title."""
    material = draft.material
    if material.subject is not None:
        return draft.heading(material.subject, in_full=True)
    if draft.definition.kind == "toll":
        names = dict.fromkeys(clean(point.claimant) for point in material.tolls if point.claimant)
        return "; ".join(name[:1].upper() + name[1:] for name in names)
    return clean(material.area or "")


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
