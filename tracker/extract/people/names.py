"""Names: words that a story spells as names, and names that the gazetteer knows as places and so not as people."""

from __future__ import annotations

from collections.abc import Container, Iterable

import regex

from tracker.extract.text.sentences import Sentence
from tracker.gazetteer import Gazetteer

_WIDE = frozenset({"country", "admin1", "region", "sea"})
_LARGE = 30_000  # inhabitants; a smaller town is as likely a surname
_MID_SENTENCE = regex.compile(r"(?<=[\p{Ll},] )\p{Lu}\p{Ll}[\p{L}\p{M}'\u2019-]+")


def find_names(quotes: Iterable[str]) -> frozenset[str]:
    """The words that stand with a capital in the middle of a sentence somewhere in these."""
    return frozenset(word for quote in quotes for word in _MID_SENTENCE.findall(quote))


def find_surnames(sentences: Iterable[Sentence], leads: Container[str], particles: Container[str]) -> frozenset[str]:
    """The folded capitalised words that follow one of `leads`, given names or titles, somewhere in the story."""
    found = set()
    for sentence in sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens[:-1]):
            if token.folded not in leads or not token.is_capitalised:
                continue
            following = at + 1
            while following < len(tokens) - 1 and tokens[following].text in particles:
                following += 1
            if tokens[following].is_capitalised and not tokens[following].text.isupper():
                found.add(tokens[following].folded)
    return frozenset(found)


class PlaceNames:
    """Answers whether a name is rather a place's than a person's; answers are kept."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, bool] = {}

    def includes(self, name: str) -> bool:
        """Whether a country, province, region, sea or large town bears the name."""
        if name not in self._known:
            self._known[name] = any(
                place.kind in _WIDE or place.population >= _LARGE for place in self._gazetteer.candidates(name)
            )
        return self._known[name]
