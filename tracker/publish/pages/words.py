"""The words of a report, in one file a language: `reports/words/en.toml`; code asks for them by name."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from tracker.errors import UsageError
from tracker.publish.wording import word_number

if TYPE_CHECKING:
    from pathlib import Path


class Words:
    """Phrases by their dotted names. A phrase that depends on a number has two forms, `one` and `other`."""

    def __init__(self, table: dict[str, Any], origin: Path) -> None:
        self.table = table
        self._origin = origin

    def __call__(self, name: str, **values: object) -> str:
        """The phrase with its values filled in; whole numbers as they are printed. `n` chooses between two forms.

        UsageError where the file lacks the phrase, or the phrase asks for a value that it is not given.
        """
        phrase = self._find(name)
        if isinstance(phrase, dict):
            phrase = phrase.get("one" if values.get("n") == 1 else "other")
        if not isinstance(phrase, str):
            raise UsageError(f"{self._origin}: the phrase {name!r} is missing; restore it from the project.")
        shown = {key: _print(value) for key, value in values.items()}
        try:
            return phrase.format_map(shown)
        except (KeyError, ValueError, IndexError) as problem:
            raise UsageError(
                f"{self._origin}: the phrase {name!r} asks for {problem}, which it is not given."
            ) from None

    def has(self, name: str) -> bool:
        """Whether the file has such a phrase."""
        return self._find(name) is not None

    def lines(self, name: str) -> list[str]:
        """A list of sentences."""
        found = self._find(name)
        if not isinstance(found, list):
            raise UsageError(f"{self._origin}: the list {name!r} is missing; restore it from the project.")
        return [str(line) for line in found]

    def _find(self, name: str) -> Any:
        found: Any = self.table
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found


def load_words(folder: Path, language: str) -> Words:
    """The words of a language; UsageError where the file is missing or no TOML."""
    path = folder / "words" / f"{language}.toml"
    if "/" in language or "\\" in language or not path.is_file():
        known = ", ".join(sorted(file.stem for file in (folder / "words").glob("*.toml"))) or "none"
        raise UsageError(f"there are no words in the language {language!r} in {path.parent}; it knows: {known}.")
    try:
        return Words(tomllib.loads(path.read_text(encoding="utf-8")), path)
    except ValueError as problem:  # no TOML, no UTF-8, or a number too long to be read
        raise UsageError(f"{path} is not valid TOML: {problem}.") from problem


def _print(value: object) -> object:
    return word_number(value) if isinstance(value, int) and not isinstance(value, bool) else value
