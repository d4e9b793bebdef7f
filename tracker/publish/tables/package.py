"""A data package: all tables of one moment in one folder or .zip, with the schema that a program can check them by.

The layout is that of Frictionless Data (https://specs.frictionlessdata.io/data-package/). The same ledger gives the
same bytes: nothing in a package is dated but by its runs.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker import __version__
from tracker.errors import UsageError
from tracker.incidents.selection import Selection
from tracker.publish.tables.cells import Form
from tracker.publish.tables.codebook import write_codebook
from tracker.publish.tables.csvfile import write_whole
from tracker.publish.tables.dictionary import TABLES, Kind
from tracker.publish.tables.exports import write_export
from tracker.publish.tables.parquet import require_parquet, write_parquet
from tracker.publish.tables.schema import table_schema
from tracker.publish.tables.schema_version import SCHEMA_VERSION

if TYPE_CHECKING:
    from tracker.publish.tables.holdings import Holdings

_LISTS_AS_JSON = Form(json_lists=True)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_RIGHTS = (
    "Figures are facts. Quotes, titles and texts belong to their publishers, named in the column outlet. Places and "
    "coordinates are made of GeoNames data, CC BY 4.0. No licence is stated unless the property licenses is there."
)
_GEONAMES = {"title": "GeoNames (places and coordinates, CC BY 4.0)", "path": "https://www.geonames.org/"}


def write_package(holdings: Holdings, path: Path, *, parquet: bool = False, licence: str | None = None) -> int:
    """Write the package to the folder or .zip at `path`, which appears whole or not at all; returns its tables' rows.

    `licence` is that under which it is given away, by its Open Definition id such as CC-BY-4.0; None states none.

    UsageError where a choice was asked for, since keys between tables hold only where all is there; where the folder is
    there already and is no data package; or where nothing can be written.
    """
    if holdings.question.selection != Selection():
        raise UsageError(
            "a package is whole, so that what one table names is found in the others: leave the filters out, or export "
            "single tables."
        )
    if parquet:
        require_parquet()
    zipped = path.suffix == ".zip"
    _require_room(path, zipped)
    try:
        draft = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".draft", dir=path.parent))
        try:
            rows = _fill(draft, holdings, parquet, licence)
            if zipped:
                write_whole(path, partial(_zip, draft))
            else:
                _put(draft, path)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"the package {path} cannot be written ({reason}); name another with -o.") from error
    return rows


def _require_room(path: Path, zipped: bool) -> None:
    if zipped and path.is_dir():
        raise UsageError(f"{path} is a folder; name a .zip file in it.")
    if not zipped and path.exists() and not _is_package(path):
        raise UsageError(f"{path} is there already and holds more than a package; name a new folder, or a .zip file.")


def _is_package(path: Path) -> bool:
    """Whether a folder holds nothing but what a package has, so that it may give way to a new one."""
    tables = {kind.value for kind in TABLES}
    known = {"datapackage.json", "codebook.md", "codebook.csv", "data", "parquet"}
    known |= {f"data/{name}.csv" for name in tables} | {f"parquet/{name}.parquet" for name in tables}
    return path.is_dir() and all(entry.relative_to(path).as_posix() in known for entry in path.rglob("*"))


def _put(draft: Path, path: Path) -> None:
    """The folder in its place; an older package is removed only when the new one stands there."""
    if not path.exists():
        draft.replace(path)
        return
    old = draft.with_suffix(".old")
    path.replace(old)
    draft.replace(path)
    shutil.rmtree(old)


def _fill(folder: Path, holdings: Holdings, parquet: bool, licence: str | None) -> int:
    (folder / "data").mkdir()
    resources, copies, total = [], [], 0
    for kind in TABLES:
        name = f"data/{kind.value}.csv"
        total += (rows := _write(folder / name, partial(write_export, kind, holdings, form=_LISTS_AS_JSON)))
        resources.append(_resource(kind, holdings, name, folder, rows))
        if parquet:
            (folder / "parquet").mkdir(exist_ok=True)
            other = f"parquet/{kind.value}.parquet"
            columns, again = holdings.columns(kind), holdings.rows(kind)
            _write(folder / other, partial(write_parquet, TABLES[kind], columns, again))
            copies.append({"table": kind.value, **_proof(folder, other)})
    _write(folder / "codebook.md", write_codebook)
    _write(folder / "codebook.csv", partial(write_codebook, as_table=True))
    described = json.dumps(_describe(holdings, resources, copies, licence), ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(described, "utf-8", newline="\n")
    return total


def _write(path: Path, write: Any) -> int:
    with path.open("wb") as stream:
        return int(write(stream=stream))


def _describe(holdings: Holdings, resources: list[Any], copies: list[Any], licence: str | None) -> dict[str, Any]:
    known = holdings.question.as_known_on
    runs = [r.run for r in holdings.ledger.runs() if known is None or r.run.started_at.date() <= known]
    outlets = sorted({one.outlet for one in holdings.ledger.listed_documents(known) if one.outlet})
    made = {
        "schema_version": SCHEMA_VERSION,
        "program": "casualty-tracker",
        "program_version": __version__,
        "as_known_on": known.isoformat() if known else None,
        "runs": [run.run_id for run in runs],
        "rules_digest": runs[-1].rules_digest if runs else None,
        "null": "the empty cell; never 0",
        "formulas": "a text that begins with = + - @ has an apostrophe in front, which is not part of it",
        "rights": _RIGHTS,
    }
    if copies:
        made["parquet"] = copies
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "tracker",
        "title": "Reports of human harm: claims, incidents, running totals and series",
        "description": "What one row of each table is, its description says; what every column means, codebook.md.",
        "version": SCHEMA_VERSION,
        "sources": [{"title": outlet} for outlet in outlets] + [_GEONAMES],
    }
    if licence:
        package["licenses"] = [{"name": licence}]
    return package | {"tracker": made, "resources": resources}


def _resource(kind: Kind, holdings: Holdings, name: str, folder: Path, rows: int) -> dict[str, Any]:
    table = TABLES[kind]
    return {
        "profile": "tabular-data-resource",
        "name": kind.value,
        "title": kind.value.replace("_", " "),
        "description": f"One row is {table.row}. Order: {table.order}.",
        **_proof(folder, name),
        "rows": rows,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table_schema(table, holdings.columns(kind)),
    }


def _proof(folder: Path, name: str) -> dict[str, Any]:
    """The path of a file of the package, its length and its digest."""
    path = folder / name
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"path": name, "bytes": path.stat().st_size, "hash": f"sha256:{found}"}


def _zip(folder: Path, stream: Any) -> int:
    """The files of the folder in a fixed order, undated."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            with (folder / name).open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)
    return len(names)
