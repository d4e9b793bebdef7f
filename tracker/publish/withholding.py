"""Withholding the names of victims: nothing that is printed spells them, unless names are asked for; minors' never."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import regex

from tracker.incidents.words import fold
from tracker.publish.victim_names import NAME_WORD, Found, NameFinder, load_name_finder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.claims import Claim
    from tracker.readings import Reading

WITHHELD = "[name withheld]"

_WITHHELD_RUN = regex.compile(r"\[name withheld\](?:(?:[\s,.]|\band\b){1,5}\[name withheld\])+")


class Withholding:
    """Which names each text holds, so that no words from it print them, whichever claim quotes it.

    Withheld is every name in the words that say who was harmed, and every person's name in a quote that is not a
    source's or a place's. With `names` only those stay withheld that may be a minor's: all names of a text that
    speaks of minors anywhere, but for those with an adult's age. `texts` are the texts in full by digest, where they
    are known; else the quotes stand for them.
    """

    def __init__(
        self,
        readings: Iterable[Reading],
        names: bool = False,
        *,
        finder: NameFinder | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> None:
        self._readings: dict[str, list[Reading]] = defaultdict(list)
        for reading in readings:
            self._readings[reading.text_sha256].append(reading)
        self.asked_for = names
        self._finder = finder
        self._texts = texts or {}
        self._hidden: dict[str, dict[str, str]] = {}
        self._met: set[str] = set()

    @property
    def count(self) -> int:
        """How many different names were withheld from the words seen so far."""
        return len(self._met)

    def hide(self, text: str, *text_sha256: str) -> str:
        """The words, from the texts with these digests, with their names replaced."""
        spelt = {word: name for sha in text_sha256 for word, name in self._names_of(sha).items()}

        def replace(match: regex.Match[str]) -> str:
            self._met.add(spelt[match.group()])
            return WITHHELD

        if spelt and text:
            # Longest first, so that a full name goes before its parts.
            choices = "|".join(map(regex.escape, sorted(spelt, key=lambda word: (-len(word), word))))
            text = regex.sub(rf"(?<![\p{{L}}\p{{M}}])(?:{choices})(?![\p{{L}}\p{{M}}])", replace, text)
        return _WITHHELD_RUN.sub(WITHHELD, text)

    def url(self, reading: Reading) -> str | None:
        """The address of the text; only its site where the address itself spells a withheld name."""
        if not reading.url:
            return None
        spelt = self._names_of(reading.text_sha256)
        address = urlsplit(reading.url)
        words = set(fold(unquote(reading.url[len(f"{address.scheme}://{address.netloc}") :])).split())
        for word, name in spelt.items():
            if set(fold(word).split()) <= words and fold(word):
                self._met.add(name)
                return f"{address.scheme}://{address.netloc}/ {WITHHELD}"
        return reading.url

    def _names_of(self, sha: str) -> dict[str, str]:
        """Every spelling to be replaced in words of the text, with the name that it gives away."""
        if sha not in self._hidden:
            self._hidden[sha] = self._find_names(sha)
        return self._hidden[sha]

    def _find_names(self, sha: str) -> dict[str, str]:
        readings = self._readings.get(sha, [])
        if not readings:
            return {}
        finder = self._finder or load_name_finder()
        quotes = list(dict.fromkeys(words for r in readings for words in (r.claim.quote, r.title or "") if words))
        victims = [
            name
            for r in readings
            if r.claim.victims and names_victims(r.claim)
            for name in finder.names_in(r.claim.victims)
        ]
        places = {word for r in readings for words in (*r.claim.places, r.claim.admin1 or "") for word in _words(words)}
        others = places | {word for reading in readings for word in _words_of_speakers(reading)}
        found = [Found(name) for name in victims]
        for quote in quotes:
            # Whoever is cited keeps the name, unless an age tells that it is a victim's.
            found += [one for one in finder.find(quote) if not _is_among(one.name, places if one.age else others)]
        if self.asked_for:
            found = _keep_minors(found, finder, self._texts.get(sha) or "\n".join(quotes))
        spelt: dict[str, str] = {}
        for name in dict.fromkeys(one.name for one in found):
            whole = {name} if len(name) > 1 else set()
            for word in (*whole, *(part for part in _words(name) if part not in others)):
                for spelling in (word, word.upper(), word.title()):
                    spelt.setdefault(spelling, name)
        return spelt


def _keep_minors(found: Iterable[Found], finder: NameFinder, text: str) -> list[Found]:
    """The names that may be a minor's, in doubt all."""
    kept = list(found)
    ages: dict[str, set[str]] = defaultdict(set)
    for one in kept:
        ages[one.name].add(one.age)
    if not finder.tells_of_minors(text):
        return [one for one in kept if "minor" in ages[one.name]]
    return [one for one in kept if "adult" not in ages[one.name] or "minor" in ages[one.name]]


def _words(text: str) -> list[str]:
    """The words that are spelt as names."""
    return NAME_WORD.findall(text)


def _words_of_speakers(reading: Reading) -> Iterable[str]:
    """The words spelt as names of whoever speaks, and of whom somebody accuses."""
    claim = reading.claim
    for words in (claim.source, claim.relayed_by, reading.outlet, claim.perpetrator_text):
        yield from _words(words or "")


def _is_among(name: str, others: set[str]) -> bool:
    return bool(words := _words(name)) and others.issuperset(words)


def names_victims(claim: Claim) -> bool:
    """Whether `victims` holds a personal name rather than a kind of people alone ("Palestinians", "two Hungarians").

    A name stands where the count would ("Ana Roe was killed"), or before a pronoun that stands for it; its count is
    exact, which that of a bare plural never is.
    """
    victims = claim.victims
    if not victims or claim.count_min != claim.count_max or any(mark.isdigit() for mark in victims + claim.count_text):
        return False
    if victims == claim.count_text:
        return True
    if not victims[0].isupper() or claim.count_min != 1 or victims in claim.count_text or claim.count_text in victims:
        return False
    return victims not in claim.quote[claim.end - claim.quote_start :]
