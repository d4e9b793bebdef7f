"""`sources.toml`: what is collected every day, from where, and how. Unknown keys are errors."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from tracker.collect.addresses import require_address
from tracker.collect.details import Defaults
from tracker.collect.layout import FIELDS, Layout
from tracker.errors import UsageError

RELIEFWEB = "https://api.reliefweb.int/v2/reports"
RELIEFWEB_LIMIT = 100


class Kind(StrEnum):
    """What a source is; in `sources.toml`, the key that holds its address or paths."""

    FEED = "feed"
    PAGE = "page"
    RELIEFWEB = "reliefweb"
    FILES = "files"
    ADDRESS = "address"
    """An address given by hand: a feed or a page, whichever answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the network is asked: the table `[fetch]`."""

    contact: str = ""
    """An address or mail address that the user agent names, so that whoever is asked can complain."""
    delay: float = 1.0
    """Seconds between two questions to one host."""
    timeout: float = 30.0
    """Seconds until a host must say something."""
    deadline: float = 120.0
    """Seconds until a whole answer must be there."""
    max_megabytes: float = 10.0
    retries: int = 2
    """How often a question is asked again that met with a passing failure."""
    patience: float = 60.0
    """Seconds that a host may ask to be left alone for, to be asked again in the same run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked of ReliefWeb's API."""

    appname: str
    query: str = ""
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-3."""
    since: date | None = None
    limit: int = RELIEFWEB_LIMIT
    """Reports an answer."""
    address: str = RELIEFWEB


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source: a feed, pages, an API or files, with what holds for all its documents."""

    name: str
    kind: Kind
    places: tuple[str, ...]
    """Addresses, or paths."""
    defaults: Defaults = field(default_factory=Defaults)
    layout: Layout = field(default_factory=Layout)
    query: Query | None = None
    follow: bool = True
    """Whether a feed's linked pages are fetched; else its entries are the documents."""
    revisit_days: int = 7
    """For so long after its first visit a page is looked at again, for corrections."""
    silent_days: int = 7
    """After so many days without a new document, `tracker status` warns."""
    robots: bool = True
    allow_private: bool = False
    """Whether addresses of this machine and this network may be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """All that a `sources.toml` says."""

    sources: tuple[Source, ...] = ()
    manners: Manners = field(default_factory=Manners)

    def named(self, name: str) -> Source | None:
        """The source of that name."""
        return next((source for source in self.sources if source.name == name), None)


_TEXTS = ("outlet", "outlet_country", "language", "date_format", "encoding", "delimiter", "separator")
_SOURCE_KEYS = {"name", "columns", "follow", "revisit_days", "silent_days", "robots", "allow_private", *_TEXTS}
_KINDS = (Kind.FEED, Kind.PAGE, Kind.RELIEFWEB, Kind.FILES)


def load_sources(path: Path) -> Definition:
    """The sources that a file defines; UsageError in one sentence naming the file and the source at fault."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError(f"there is no {path}; write one (docs/sources.md shows how), or name files to read.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from None
    except ValueError as error:  # no TOML, or a number too long to be read
        raise UsageError(f"{path} is not TOML: {error}.") from None
    _require_keys(table, {"fetch", "source"}, str(path))
    manners = _read_manners(table.get("fetch", {}), f"{path}, [fetch]")
    tables = table.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise UsageError(f"{path}: sources are written as tables [[source]].")
    sources = tuple(_read_source(one, path, number) for number, one in enumerate(tables, 1))
    names = [source.name for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{path} has two sources called {name!r}; give each a name of its own.")
    return Definition(sources=sources, manners=manners)


def _read_manners(table: Any, place: str) -> Manners:
    known = {one.name for one in fields(Manners)}
    _require_keys(table, known, place)
    for key, value in table.items():
        if key == "contact":
            _text(table, key, place)
        elif isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise UsageError(f"{place}: {key} must be a number that is not negative, not {value!r}.")
    if "\n" in table.get("contact", "") or "\r" in table.get("contact", ""):
        raise UsageError(f"{place}: contact must be one line.")
    values: dict[str, Any] = dict(table)
    return Manners(**values | {"retries": int(values.get("retries", Manners().retries))})


def _read_source(table: Mapping[str, Any], path: Path, number: int) -> Source:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip() or any(character.isspace() for character in name):
        raise UsageError(f"{path}, source {number}: name must be a word without blanks.")
    place = f"{path}, source {name!r}"
    _require_keys(table, _SOURCE_KEYS | {kind.value for kind in _KINDS}, place)
    kinds = [kind for kind in _KINDS if kind.value in table]
    if len(kinds) != 1:
        raise UsageError(f"{place}: it must have one of {', '.join(kind.value for kind in _KINDS)}.")
    kind = kinds[0]
    texts = {key: _text(table, key, place) for key in _TEXTS}
    columns = _read_columns(table.get("columns", {}), place)
    source = Source(
        name=name,
        kind=kind,
        places=_read_places(table[kind.value], kind, path, place),
        defaults=Defaults(
            language=texts["language"],
            outlet=texts["outlet"],
            outlet_country=_country(texts["outlet_country"], place),
        ),
        layout=Layout(
            columns=columns,
            date_format=texts["date_format"],
            encoding=_encoding(texts["encoding"], place),
            delimiter=texts["delimiter"],
            separator=texts["separator"],
            prefix=f"{name}/" if kind is Kind.FILES else "",
        ),
        query=_read_query(table[kind.value], place) if kind is Kind.RELIEFWEB else None,
    )
    flags = {key: _flag(table, key, place) for key in ("follow", "robots", "allow_private") if key in table}
    numbers = {key: _count(table, key, place) for key in ("revisit_days", "silent_days") if key in table}
    return replace(source, **flags, **numbers)  # type: ignore[arg-type]


def _read_places(value: Any, kind: Kind, path: Path, place: str) -> tuple[str, ...]:
    if kind is Kind.RELIEFWEB:
        return ()
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed or not all(isinstance(one, str) and one.strip() for one in listed):
        raise UsageError(f"{place}: {kind.value} must be a string or a list of strings.")
    if kind is Kind.FILES:
        return tuple(str(path.parent / Path(one).expanduser()) for one in listed)
    try:
        return tuple(require_address(one) for one in listed)
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from None


def _read_query(value: Any, place: str) -> Query:
    if not isinstance(value, dict):
        raise UsageError(f'{place}: reliefweb must be a table such as {{ appname = "example.org" }}.')
    _require_keys(value, {one.name for one in fields(Query)}, f"{place}, reliefweb")
    if not _text(value, "appname", place):
        raise UsageError(f"{place}: ReliefWeb demands an appname; get one from apidoc.reliefweb.int and write it here.")
    countries = value.get("countries", [])
    if not isinstance(countries, list) or not all(isinstance(one, str) and len(one) == 3 for one in countries):
        raise UsageError(f'{place}: countries must be a list of ISO codes such as ["SDN"].')
    since = value.get("since")
    if since is not None and (not isinstance(since, date) or hasattr(since, "hour")):
        raise UsageError(f"{place}: since must be a date such as 2025-01-31, without quotes.")
    limit = _count(value, "limit", place) if "limit" in value else RELIEFWEB_LIMIT
    if not 1 <= limit <= 1000:
        raise UsageError(f"{place}: limit must be from 1 to 1000.")
    return Query(
        appname=value["appname"],
        query=_text(value, "query", place) or "",
        countries=tuple(countries),
        since=since,
        limit=limit,
        address=require_address(_text(value, "address", place) or RELIEFWEB),
    )


def _read_columns(value: Any, place: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise UsageError(f'{place}: columns must be a table such as {{ text = "Body", published = "Date" }}.')
    _require_keys(value, {*FIELDS, "outlet_country"}, f"{place}, columns")
    return dict(value)


def _require_keys(table: Any, known: set[str], place: str) -> None:
    if not isinstance(table, dict):
        raise UsageError(f"{place} must be a table.")
    for key in table:
        if key not in known:
            raise UsageError(f"{place}: the key {key!r} is unknown; it may have {', '.join(sorted(known))}.")


def _text(table: Mapping[str, Any], key: str, place: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{place}: {key} must be a string, not {value!r}.")
    return value or None


def _country(code: str | None, place: str) -> str | None:
    if code is not None and not (len(code) == 3 and code.isascii() and code.isupper()):
        raise UsageError(f"{place}: outlet_country must be three capital letters such as KEN, not {code!r}.")
    return code


def _encoding(name: str | None, place: str) -> str:
    try:
        codecs.lookup(name or "utf-8")
    except LookupError:
        raise UsageError(f"{place}: no encoding is called {name!r}.") from None
    return name or "utf-8"


def _flag(table: Mapping[str, Any], key: str, place: str) -> bool:
    value = table[key]
    if not isinstance(value, bool):
        raise UsageError(f"{place}: {key} must be true or false, not {value!r}.")
    return value


def _count(table: Mapping[str, Any], key: str, place: str) -> int:
    value = table[key]
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UsageError(f"{place}: {key} must be a whole number that is not negative, not {value!r}.")
    return int(value)
