"""Names of people in quoted words, and whether a name may be a minor's: by rules, and rather once too often."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import regex

from tracker.errors import RuleError
from tracker.incidents.words import fold, word_list
from tracker.rulebook import load_rulebook
from tracker.settings import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tracker.rulebook import Rulebook

_WORD = r"\p{Lu}[\p{L}\p{M}'’\-]*+\.?+"
_ADULT, _MINOR = "adult", "minor"

_NO_PERSONS = ("organisation_words", "area_nouns", "site_nouns", "site_heads", "place_kinds")
"""Word lists of which one word makes a run of capitals the name of a body or a site."""

NAME_WORD = regex.compile(r"\p{Lu}[\p{L}\p{M}'’\-]{2,}+")
"""A word that by itself gives a name away."""


@dataclass(frozen=True, slots=True)
class Found:
    """One name as it is spelt, and the age that stands with it: "adult", "minor", or "" where none does."""

    name: str
    age: str = ""


class NameFinder:
    """Finds people's names by the table `naming` of the rulebooks, and the word lists of all languages."""

    def __init__(self, rulebooks: Iterable[Rulebook]) -> None:
        books = list(rulebooks)
        tables = [book.table("naming") for book in books]
        numbers = {
            word: value
            for book in books
            for part in ("units", "tens")
            for word, value in book.table("numerals")[part].items()
        }
        self._first_names = word_list("first_names")
        self._titles = word_list("titles")
        self._common = word_list("common_words") | word_list("persons") | word_list("kin") | word_list("kin_plural")
        self._no_persons = frozenset().union(*(word_list(name) for name in _NO_PERSONS))
        self._numbers = numbers
        particles = "|".join(sorted(map(regex.escape, word_list("name_particles")), key=len, reverse=True))
        run = rf"(?<![\p{{L}}\p{{M}}\-]){_WORD}(?: (?:(?:{particles}) ?){{0,2}}{_WORD}){{0,5}}"
        self._run = regex.compile(run)
        self._aged: list[regex.Pattern[str]] = []
        self._named: list[regex.Pattern[str]] = []
        self._not_people: set[str] = set()
        minors: set[str] = set()
        years: set[str] = set()
        self._below = 0
        digits = "|".join([r"\d{1,3}", *sorted(map(regex.escape, numbers), key=len, reverse=True)])
        for table in tables:
            units = [*table["years"], *table["other_units"]]
            marks = {
                "<<name>>": f"(?<name>{run})",
                "<<age>>": rf"(?<age>(?i:(?<!\p{{L}})(?:{digits})(?:-(?:{digits}))?))",
                "<<unit>>": f"(?<unit>{'|'.join(sorted(units, key=len, reverse=True))})",
            }
            self._aged += [_compile(pattern, marks) for pattern in table["aged"]]
            self._named += [_compile(pattern, marks) for pattern in table["named"]]
            self._not_people.update(table["not_people"])
            minors.update(table["minors"])
            years.update(table["years"])
            self._below = max(self._below, table["minor_below"])
        self._years = years
        nouns = "|".join(map(regex.escape, sorted(minors)))
        self._minors = regex.compile(rf"(?i)(?<![\p{{L}}\p{{M}}])(?:{nouns})(?![\p{{L}}\p{{M}}])")
        self._any_age = regex.compile(
            rf"(?i)(?<!\p{{L}})(?<age>(?:{digits})(?:-(?:{digits}))?)[- ](?<unit>\p{{L}}+)[- ]olds?\b"
        )

    def find(self, quote: str) -> Iterator[Found]:
        """The names in the words quoted: with an age, given in so many words, or begun by a known given name."""
        for pattern in self._aged:
            for match in pattern.finditer(quote, overlapped=True):
                for name in self._trim(match["name"]):
                    yield Found(name, self._age(match["age"], match.groupdict().get("unit")))
        for pattern in self._named:
            for match in pattern.finditer(quote):
                yield from (Found(name) for name in self._trim(match["name"]))
        for match in self._run.finditer(quote):
            for name in self._trim(match.group()):
                before = quote[: match.start() + match.group().find(name)].split()
                if self._has_first_name(name) and (not before or fold(before[-1]) not in self._not_people):
                    yield Found(self._cut(name) if quote.isupper() else name)

    def names_in(self, victims: str) -> list[str]:
        """The names in words that say who was harmed, whatever stands between them ("Ana Roe and her son Max")."""
        found = [name for match in self._run.finditer(victims) for name in self._trim(match.group())]
        if not found and not regex.search(r"\p{Lu}", victims) and not self._common.intersection(fold(victims).split()):
            return [victims]  # in a script without capitals, or by somebody who writes none
        return found

    def tells_of_minors(self, words: str) -> bool:
        """Whether anybody who is not grown up is spoken of, by a noun or an age."""
        if self._minors.search(words):
            return True
        return any(self._age(match["age"], match["unit"]) == _MINOR for match in self._any_age.finditer(words))

    def _trim(self, run: str) -> Iterator[str]:
        """The run without titles and ordinary words before it; nothing where it is no person's name."""
        words = run.split()
        while (
            words
            and (fold(words[0]) in self._titles or fold(words[0]) in self._common)
            and not self._is_given(words[0])
        ):
            words.pop(0)
        name = " ".join(words).rstrip(".'’-")
        if all(fold(word) in self._not_people for word in words):
            return
        if not any(fold(word) in self._no_persons for word in words if not self._is_given(word)):
            yield name

    def _cut(self, name: str) -> str:
        """Of a run in a text all in capitals, where everything looks like a name, the given name and the word after."""
        words = name.split()
        at = next(at for at, word in enumerate(words) if self._is_given(word))
        return " ".join(words[at : at + 2])

    def _has_first_name(self, name: str) -> bool:
        words = name.split()
        return any(self._is_given(word) for word in words) and fold(words[0]) not in self._not_people

    def _is_given(self, word: str) -> bool:
        return fold(word.rstrip(".")) in self._first_names

    def _age(self, number: str, unit: str | None) -> str:
        if unit is not None and unit.casefold() not in self._years:
            return _MINOR
        years = 0
        for part in number.casefold().split("-"):
            years += int(part) if part.isdecimal() else self._numbers.get(part, 0)
        return _MINOR if years < self._below else _ADULT


@cache
def load_name_finder(folder: Path | None = None) -> NameFinder:
    """The finder by the rules of every language; RuleError where a table cannot be read."""
    rules = folder or locate("rules", "TRACKER_RULES")
    languages = sorted(path.parent.name for path in rules.glob("*/naming.toml"))
    if not languages:
        raise RuleError("naming.toml: this file is missing in every language; restore it.")
    return NameFinder(load_rulebook(rules, language) for language in languages)


def _compile(pattern: str, marks: Mapping[str, str]) -> regex.Pattern[str]:
    for mark, meaning in marks.items():
        pattern = pattern.replace(mark, meaning)
    try:
        return regex.compile(pattern, regex.V1)
    except regex.error as problem:
        raise RuleError(
            f"naming.toml: the pattern {pattern[:60]!r}… does not compile ({problem}); correct it."
        ) from None
