"""Names of countries for what is printed and exported, from the gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def country_names(rules_folder: Path) -> Callable[[str], str]:
    """Codes to names; a code stays where the gazetteer cannot be read or does not know it."""
    from tracker.errors import GazetteerError
    from tracker.gazetteer import Gazetteer

    try:
        gazetteer = Gazetteer.open(rules_folder)
    except GazetteerError:
        return str

    def name(code: str) -> str:
        try:
            return gazetteer.country(code).name
        except GazetteerError:
            return code

    return name
