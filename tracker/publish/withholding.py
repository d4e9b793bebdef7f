"""Withholding the names of victims: no quote and no address that is printed spells them, unless names are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.claims import Claim
    from tracker.readings import Reading

WITHHELD = "[name withheld]"

_NAME_WORD = regex.compile(r"\p{Lu}[\p{L}\p{M}'’-]{2,}+")
_WITHHELD_RUN = regex.compile(r"\[name withheld\](?:[\s,.]{1,3}\[name withheld\])+")


class Withholding:
    """Which names of victims each text holds, so that no quote from it prints them, whichever claim quotes it.

    With `names` nothing is withheld.
    """

    def __init__(self, readings: Iterable[Reading], names: bool = False) -> None:
        self._names: dict[str, set[str]] = {}
        kept: dict[str, set[str]] = {}
        for reading in () if names else tuple(readings):
            claim = reading.claim
            spoken_of = kept.setdefault(reading.text_sha256, set())
            for words in (*claim.places, claim.source or ""):
                spoken_of.update(_NAME_WORD.findall(words))
            if claim.victims and names_victims(claim):
                self._names.setdefault(reading.text_sha256, set()).add(claim.victims)
        for text, found in self._names.items():
            parts = {part for name in found for part in _NAME_WORD.findall(name)}
            found.update(parts - kept[text])

    def hide(self, text: str, text_sha256: str) -> str:
        """The words, quoted from the text with this digest, with its names of victims replaced."""
        # Longest first, so that a full name goes before its parts.
        for name in sorted(self._names.get(text_sha256, ()), key=lambda name: (-len(name), name)):
            spellings = "|".join(regex.escape(spelling) for spelling in (name, name.upper()))
            text = regex.sub(rf"(?<![\p{{L}}\p{{M}}])(?:{spellings})(?![\p{{L}}\p{{M}}])", WITHHELD, text)
        return _WITHHELD_RUN.sub(WITHHELD, text)

    def url(self, reading: Reading) -> str | None:
        """The address of the text; only its site where the address itself spells a withheld name."""
        if not reading.url:
            return None
        names = self._names.get(reading.text_sha256, ())
        spelled = reading.url.casefold()
        if any(part.casefold() in spelled for name in names for part in _NAME_WORD.findall(name)):
            address = urlsplit(reading.url)
            return f"{address.scheme}://{address.netloc}/ {WITHHELD}"
        return reading.url


def names_victims(claim: Claim) -> bool:
    """Whether `victims` is a personal name rather than a kind of people ("Palestinians", "two Hungarians").

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
