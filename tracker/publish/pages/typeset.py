"""Setting type: a template and plain values become PDF or PNG pages, with the project's fonts and no others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from tracker.errors import UsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import typst

_PIXELS_PER_INCH = 150.0


class Press:
    """One report that is set as often as it is asked for; what was laid out once is not laid out again."""

    def __init__(self, template: Path, values: dict[str, Any], dated: date) -> None:
        import typst

        if not template.is_file():
            raise UsageError(f"the template {template} is missing; restore it from the project.")
        self._template = template
        self._timestamp = datetime.combine(dated, time(), tzinfo=UTC)
        # Values travel as JSON, never as source, so that no text can be taken for markup.
        self._compiler = typst.Compiler(
            input=str(template),
            root=str(template.parent),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
        )

    def pdf(self) -> bytes:
        """The pages as one tagged PDF (PDF/UA-1) that bears the day of the report."""
        return self._set("pdf")[0]

    def png(self) -> list[bytes]:
        """The pages as one PNG each."""
        return self._set("png")

    def places(self) -> list[dict[str, Any]]:
        """Where the parts stand, in order: `kind` and `key` of each thing that the template marks, `page` from 1."""
        found = self._compiler.query("<place>", field="value")
        places: list[dict[str, Any]] = json.loads(found)
        return places

    def _set(self, form: Literal["pdf", "png"]) -> list[bytes]:
        import typst

        try:
            made = self._compiler.compile(
                format=form,
                ppi=_PIXELS_PER_INCH,
                pdf_standards=["ua-1"] if form == "pdf" else [],
                timestamp=self._timestamp,
            )
        except typst.TypstError as problem:
            told = problem.diagnostic or problem.message
            raise UsageError(f"the template {self._template} cannot be set: {told}; mend the template.") from problem
        return list(made) if isinstance(made, list) else [made] if made else []


@cache
def _fonts() -> typst.Fonts:
    """DejaVu from matplotlib's folder (Latin, Greek, Cyrillic, Arabic, Hebrew): the same letters on every machine."""
    from pathlib import Path

    import matplotlib
    import typst

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
