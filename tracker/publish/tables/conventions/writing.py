"""One file in another data set's layout, with the losses beside it: as a table, and as a page to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from tracker.errors import UsageError
from tracker.publish.tables.conventions import acled, hxl, t4p, ucdp
from tracker.publish.tables.conventions.losses import LOSS_COLUMNS, Kept, Summary, loss_row
from tracker.publish.tables.csvfile import write_rows, write_whole
from tracker.publish.tables.dictionary import DICTIONARY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path
    from types import ModuleType

    from tracker.publish.tables.conventions.convention import Convention
    from tracker.publish.tables.conventions.evidence import Findings
    from tracker.publish.tables.conventions.losses import Entry, Key, Loss
    from tracker.publish.tables.csvfile import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a user may ask of a conversion; each layout heeds what concerns it."""

    name_country: Callable[[str], str] = str
    """From an ISO 3166-1 alpha-3 code to an English name."""
    names: bool = False
    """Whether the names of victims are written, which are withheld otherwise."""
    area: str | None = None
    claimant: str | None = None
    """Of `t4p`: whose totals, and for where."""
    sidecar: bool = False
    """Of `hxl`: the hashtags in a file beside the table instead of in its second row."""
    read_at: Mapping[str, datetime] = field(default_factory=dict)
    """Of `acled`: when the run started that first read each claim as it now is, by claim id."""


def convention_of(name: str) -> Convention:
    """The columns and reasons of one layout; UsageError where there is none of this name."""
    layout: Convention = _module(name).convention()
    return layout


def convert(name: str, account: Findings, choices: Choices | None = None) -> Iterator[Entry]:
    """The rows and losses of one layout, one after another, in an order that depends on the account alone."""
    asked = choices or Choices()
    if name == "t4p":
        return t4p.convert(account, asked.area, asked.claimant, asked.names)
    if name == "acled":
        return acled.convert(account, asked.name_country, asked.names, asked.read_at)
    if name == "hxl":
        return hxl.convert(account, asked.name_country, asked.names)
    _module(name)
    return ucdp.convert(account, asked.name_country, asked.names)


def rows(name: str, account: Findings, choices: Choices | None = None) -> Iterator[Row]:
    """The rows alone, the row of hashtags first where the layout has one."""
    if _has_tag_row(name, choices):
        yield hxl.tag_row(convention_of(name))
    for entry in convert(name, account, choices):
        if isinstance(entry, Kept):
            yield entry.row


def losses(name: str, account: Findings, choices: Choices | None = None) -> Iterator[Loss]:
    """The losses alone."""
    for entry in convert(name, account, choices):
        if not isinstance(entry, Kept):
            yield entry


def unaccounted(account: Findings, entries: Iterable[Entry]) -> set[Key]:
    """The figures and totals of the account that are in no row and were not said to be left out: always none."""
    wanted: set[Key] = {("toll", point.toll_id, point.claim_id) for point in account.tolls}
    for incident in account.incidents:
        wanted |= {("figure", incident.incident_id, measure) for measure in incident.figures}
        wanted |= {("doubtful", incident.incident_id, measure) for measure in incident.doubtful}
    for entry in entries:
        if isinstance(entry, Kept):
            wanted -= set(entry.carries)
        elif entry.effect == "left_out":
            wanted.discard(entry.key)
    return wanted


def write_convention(name: str, account: Findings, path: Path, choices: Choices | None = None) -> int:
    """Write the table to `path`, its losses to NAME.losses.csv and their summary to NAME.losses.md; returns the rows.

    NAME.dictionary.csv explains the columns; with `choices.sidecar` the hashtags go to NAME.hxl.json. Each file appears
    whole or not at all; UsageError where one cannot be written or the choices do not fit the account.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it, such as {path / name}.csv.")
    layout, summary = convention_of(name), Summary()
    summary.rows = write_whole(path, lambda stream: write_table(name, account, stream, choices))
    table = losses_path(path)
    write_whole(table, lambda stream: write_losses(name, account, stream, choices, summary))
    page = "\n".join(summary.lines(layout, table.name)) + "\n"
    write_whole(table.with_suffix(".md"), lambda stream: stream.write(page.encode("utf-8", "backslashreplace")))
    columns = path.with_name(f"{path.stem}.dictionary.csv")
    write_whole(columns, lambda stream: write_rows(DICTIONARY_COLUMNS, dictionary_rows(layout), stream))
    if layout.tags and choices is not None and choices.sidecar:
        tags = hxl.sidecar(layout, path.name)
        write_whole(path.with_name(f"{path.stem}.hxl.json"), lambda stream: stream.write(tags))
    return summary.rows


def write_table(name: str, account: Findings, stream: BinaryIO, choices: Choices | None = None) -> int:
    """Write the table alone to an open stream, row by row; returns how many there were, hashtags not counted."""
    written = write_rows(convention_of(name).column_names, rows(name, account, choices), stream)
    return written - _has_tag_row(name, choices)


def write_losses(
    name: str,
    account: Findings,
    stream: BinaryIO,
    choices: Choices | None = None,
    summary: Summary | None = None,
) -> int:
    """Write the losses alone to an open stream, counting them in `summary`; returns how many there were.

    The conversion runs a second time for them: it is cheap beside the account, and neither file is held in memory.
    """
    counting = summary or Summary()
    return write_rows(LOSS_COLUMNS, map(loss_row, counting.counted(losses(name, account, choices))), stream)


def dictionary_rows(layout: Convention) -> list[Row]:
    """The data dictionary of one layout, as rows under `DICTIONARY_COLUMNS`."""
    return [
        (column.name, column.type, column.unit, column.meaning, column.allowed, column.source)
        for column in layout.columns
    ]


def losses_path(path: Path) -> Path:
    """Where the losses of the table at `path` are written: `ucdp.csv` has `ucdp.losses.csv`."""
    return path.with_name(f"{path.stem}.losses.csv")


def _has_tag_row(name: str, choices: Choices | None) -> bool:
    return bool(convention_of(name).tags) and not (choices or Choices()).sidecar


def _module(name: str) -> ModuleType:
    modules = {"ucdp": ucdp, "acled": acled, "t4p": t4p, "hxl": hxl}
    if name not in modules:
        raise UsageError(f"there is no layout {name!r}; choose one of {', '.join(modules)}.")
    return modules[name]
