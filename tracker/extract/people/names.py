"""Names: words that a story spells as names, and names that the gazetteer knows as places and so not as people."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from tracker.gazetteer import Gazetteer

_WIDE = frozenset({"country", "admin1", "region", "sea"})
_LARGE = 30_000  # inhabitants; a smaller town is as likely a surname
_MID_SENTENCE = regex.compile(r"(?<=[\p{Ll},] )\p{Lu}\p{Ll}[\p{L}\p{M}'\u2019-]+")


def find_names(quotes: Iterable[str]) -> frozenset[str]:
    """The words that stand with a capital in the middle of a sentence somewhere in these."""
    return frozenset(word for quote in quotes for word in _MID_SENTENCE.findall(quote))


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
