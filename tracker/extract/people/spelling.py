"""Spelling: how a sentence uses capital letters, and so what a capital letter tells of names."""

from __future__ import annotations

from collections.abc import Container, Sequence

from tracker.extract.people.noun_phrases import Mark
from tracker.extract.people.persons import PersonWords
from tracker.extract.text.tokens import Token

_MAX_NAME = 7
_LONGEST_SYLLABLE = 5  # letters: "Roh Tae-woong"


class Spelling:
    """One sentence's capitals."""

    __slots__ = ("_marks", "_particles", "_persons", "is_capitals", "is_mixed", "start", "tokens")

    def __init__(self, tokens: Sequence[Token], persons: PersonWords, particles: Container[str]) -> None:
        self.tokens = tokens
        self._persons = persons
        self._particles = particles
        self._marks: Sequence[Mark | None] = ()
        words = [token for token in tokens if token.text[0].isalpha()]
        capitals = sum(token.is_capitalised for token in words)
        self.is_mixed = capitals * 10 < len(words) * 7
        """False for headlines in title case and for all capitals, where a capital letter tells nothing."""
        self.is_capitals = len(words) > 2 and sum(token.text.isupper() for token in words) * 10 > len(words) * 8
        self.start = next((at for at, token in enumerate(tokens) if token.text[0].isalpha()), 0)

    def is_part_of_name(self, at: int, mark: Mark) -> bool:
        """Whether a listed word is spelt as part of a name ("Grateful Dead") or as an acronym ("US", "WHO")."""
        token = self.tokens[at]
        if not self.is_mixed or not token.is_capitalised or at <= self.start:
            return False
        if len(token.text) > 1 and token.text.isupper() and mark.last == at + 1:
            return not mark.has("maln", "trigger")
        beside = [self.tokens[at - 1], *self.tokens[at + 1 : at + 2]]
        return mark.has("trigger") and any(word.is_capitalised and word.text[0].isalpha() for word in beside)

    def name_end(self, at: int, marks: Sequence[Mark | None], blocked: Sequence[bool]) -> int:
        """The end of the run of words spelt as a name that begins at `at`, `at` itself where none does."""
        end = at
        tokens = self.tokens
        while end < len(tokens) and end - at < _MAX_NAME and not blocked[end]:
            if not self._spells_name(end, marks[end], inside=end > at) and not (end > at and self._joins_name(end)):
                break
            end += 1
        return end

    def _spells_name(self, at: int, mark: Mark | None, *, inside: bool) -> bool:
        token = self.tokens[at]
        if inside and mark is None and self._has_article(token):
            return True
        if not token.is_capitalised or self._describes(token, inside=inside):
            return False  # "Marcos-related" describes
        if self.is_capitals:
            return self._is_known_name(token, inside=inside and mark is None)
        return mark is None or (inside and not mark.has("trigger") and len(token.text) > 3)

    def _describes(self, token: Token, *, inside: bool) -> bool:
        """Whether a word with a hyphen is an adjective: "Marcos-related", not the second half of "Choi Soon-sil"."""
        ending = token.text.rpartition("-")[2]
        if not ending[:1].islower() or ending == token.text:
            return ending[:1].islower()
        return not inside or len(ending) > _LONGEST_SYLLABLE or ending in self._persons.hyphen_endings

    def _has_article(self, token: Token) -> bool:
        """Whether a particle is joined to a name by a hyphen: "Yusuf al-Banna"."""
        particle, hyphen, name = token.text.partition("-")
        return bool(hyphen) and f"{particle}-" in self._particles and name[:1].isupper()

    def _is_known_name(self, token: Token, *, inside: bool) -> bool:
        """In all capitals only given names begin a name, and only words that name nothing else carry it on."""
        if token.folded in self._persons.first_names:
            return True
        known = self._persons.number_of(token.folded, token.folded) or self._persons.is_thing(token.folded)
        return inside and not known and not self._persons.is_adjective(token.folded)

    def _joins_name(self, at: int) -> bool:
        """A particle before another capital ("Mansour bin Muqrin", "Omar al-Sabah"), or the dot of an initial."""
        tokens = self.tokens
        particle, hyphen, rest = tokens[at].text.partition("-")
        if hyphen and rest[:1].isupper():
            return particle + hyphen in self._particles or particle in self._particles
        if at + 1 >= len(tokens):
            return False
        if tokens[at].folded == ".":
            return len(tokens[at - 1].text) == 1
        return tokens[at].folded in self._particles and tokens[at + 1].is_capitalised
