"""Setting type: a template and plain values become PDF or PNG pages, with the project's fonts and no others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any

from tracker.errors import UsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import typst

_PIXELS_PER_INCH = 150.0


def set_pdf(template: Path, values: dict[str, Any], dated: date) -> bytes:
    """The pages as one tagged PDF (PDF/UA-1) that bears the date `dated`."""
    pages = _compile(template, values, dated, "pdf")
    return pages[0]


def set_png(template: Path, values: dict[str, Any], dated: date) -> list[bytes]:
    """The pages as one PNG each."""
    return _compile(template, values, dated, "png")


def find_places(template: Path, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the parts stand, in order: `kind` and `key` of each thing that the template marks, `page` from 1."""
    import typst

    found = typst.query(template.read_bytes(), "<place>", field="value", font_paths=_fonts(), sys_inputs=_carry(values))
    places: list[dict[str, Any]] = json.loads(found)
    return places


def _carry(values: dict[str, Any]) -> dict[str, str]:
    """Values travel as JSON, never as source, so that no text can be taken for markup."""
    return {"values": json.dumps(values, ensure_ascii=False)}


def _compile(template: Path, values: dict[str, Any], dated: date, form: str) -> list[bytes]:
    import typst

    if not template.is_file():
        raise UsageError(f"the template {template} is missing; restore it from the project.")
    try:
        made = typst.compile(
            template.read_bytes(),
            format="pdf" if form == "pdf" else "png",
            font_paths=_fonts(),
            ppi=_PIXELS_PER_INCH,
            sys_inputs=_carry(values),
            pdf_standards=["ua-1"] if form == "pdf" else [],
            timestamp=datetime.combine(dated, time(), tzinfo=UTC),
        )
    except typst.TypstError as problem:
        raise UsageError(f"the template {template} cannot be set: {problem.message}; mend the template.") from problem
    return list(made) if isinstance(made, list) else [made]


@cache
def _fonts() -> typst.Fonts:
    """DejaVu from matplotlib's folder (Latin, Greek, Cyrillic, Arabic, Hebrew): the same letters on every machine."""
    from pathlib import Path

    import matplotlib
    import typst

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
