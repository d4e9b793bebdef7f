"""Drawing: a figure in the house style becomes SVG whose bytes depend on nothing but what it shows."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.claims import Measure
from tracker.errors import UsageError
from tracker.publish.tables.csvfile import write_rows
from tracker.publish.wording import word_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours, which the colour-blind can tell apart; one colour belongs to one measure everywhere.
COLOURS = {
    Measure.DEATHS: "#0072B2",
    Measure.INJURIES: "#56B4E9",
    Measure.CASUALTIES: "#009E73",
    Measure.MISSING: "#CC79A7",
    Measure.MALNUTRITION_DEATHS: "#D55E00",
    Measure.MALNUTRITION_CASES: "#E69F00",
    Measure.DISPLACED: "#7A7A7A",
    Measure.DETAINED: "#7A7A7A",
    Measure.ABDUCTED: "#7A7A7A",
}
INK = "#22272b"
QUIET = "#6a7177"

_FEWEST_DAYS = 7
"""The breadth of the horizontal axis at least, so that the bar of one day is no wall."""

_PATH = re.compile(r' d="[^"]*"')
_FINER = re.compile(r"(\.\d\d)\d+")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One finished chart: the drawing, the same thing in words, and the rows behind it as CSV."""

    name: str
    svg: str
    alt: str
    csv: bytes


@contextmanager
def house_style(folder: Path) -> Iterator[None]:
    """Draw by `style.mplstyle` of `folder` and by nothing that the user's own configuration says."""
    import matplotlib

    path = folder / "style.mplstyle"
    if not path.is_file():
        raise UsageError(f"the style file {path} is missing; restore it from the project.")
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(matplotlib.rc_params_from_file(path, use_default_template=False))
        yield


def new_figure(width: float, height: float) -> Figure:
    """An empty figure, `width` by `height` in inches, that no window system knows of."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height))


def to_svg(figure: Figure) -> str:
    """The figure as SVG without date or program name, its lines exact to a hundredth of a point."""
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return _PATH.sub(lambda path: _FINER.sub(r"\1", path.group()), drawn.getvalue())


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV with one header line; None is an empty cell, never a zero.

    A NUL character, at which programs cut a cell off, is written as the sign for what cannot be shown: a report is
    read by people, and one strange text must not cost it.
    """
    written = io.BytesIO()
    write_rows(columns, ([_show(value) for value in row] for row in rows), written)
    return written.getvalue()


def _show(value: object) -> object:
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def mark_days(axes: Axes, days: Sequence[date], most: int = 16) -> None:
    """At most about `most` ticks for the days: every one, two or three days, else Mondays, else firsts of the month."""
    step = next((step for step in (1, 2, 3) if len(days) <= step * most), None)
    if step is not None:
        marked = list(days[::step])
    elif len(days) <= 7 * most:
        marked = [day for day in days if day.weekday() == 0]
    else:
        firsts = [day for day in days if day.day == 1]
        marked = firsts[:: -(-len(firsts) // most)]
    labels: list[str] = []
    before: date | None = None
    for day in marked:
        opens_year = before is None or day.year != before.year
        opens_month = before is None or opens_year or day.month != before.month
        lines = [str(day.day), _MONTHS[day.month - 1] if opens_month else "", str(day.year) if opens_year else ""]
        labels.append("\n".join(line for line in lines if line))
        before = day
    axes.set_xticks([day.toordinal() for day in marked], labels)
    margin = max(0.6, (_FEWEST_DAYS - len(days)) / 2)
    axes.set_xlim(days[0].toordinal() - margin, days[-1].toordinal() + margin)


def mark_persons(axes: Axes, most: int) -> None:
    """Ticks on the vertical axis: about `most` round numbers of whole persons."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(nbins=most, integer=True, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: word_number(int(value))))


def round_ceiling(highest: float) -> float:
    """The end of a vertical axis that begins at zero and leaves room above `highest` for a label."""
    return max(highest * 1.22, 1.0)
