"""Where things are and what the user has set: environment first, then defaults. "Now" is never read here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent
DEFAULT_DATABASE = "sqlite:///tracker.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run needs to know before it starts."""

    database_url: str
    rules_folder: Path
    reports_folder: Path
    language: str = "en"


def load_settings(database_url: str | None = None) -> Settings:
    """Settings from the arguments, else `TRACKER_DB`, `TRACKER_RULES` and `TRACKER_REPORTS`, else the defaults."""
    return Settings(
        database_url=database_url or os.environ.get("TRACKER_DB") or DEFAULT_DATABASE,
        rules_folder=locate("rules", "TRACKER_RULES"),
        reports_folder=locate("reports", "TRACKER_REPORTS"),
    )


def locate_sources(given: Path | None = None) -> Path:
    """The file that defines the sources: as given, else `TRACKER_SOURCES`, else sources.toml in this folder."""
    return given or Path(os.environ.get("TRACKER_SOURCES") or "sources.toml")


def locate(name: str, variable: str) -> Path:
    """The data folder `name`: where `variable` points, else beside the source checkout, else inside the wheel."""
    chosen = os.environ.get(variable)
    if chosen:
        folder = Path(chosen)
        if not folder.is_dir():
            raise UsageError(f"{variable} points to {chosen}, which is not a folder; correct or unset it.")
        return folder
    for folder in (_PACKAGE.parent / name, _PACKAGE / "data" / name):
        if folder.is_dir():
            return folder
    raise UsageError(f"the folder {name}/ was not found beside or inside the program; reinstall it.")
