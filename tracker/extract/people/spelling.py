"""Spelling: how a sentence uses capital letters, and so what a capital letter tells of names."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from tracker.extract.people.noun_phrases import Mark
from tracker.extract.people.persons import PersonWords
from tracker.extract.text.tokens import Token

_MAX_NAME = 7
_LONGEST_SYLLABLE = 5  # letters: "Roh Tae-woong"


class Spelling:
    """One sentence's capitals."""

    __slots__ = ("_names", "_particles", "_persons", "is_capitals", "is_mixed", "start", "tokens")

    def __init__(
        self,
        tokens: Sequence[Token],
        persons: PersonWords,
        particles: Container[str],
        names: Container[str] = frozenset(),
    ) -> None:
        self.tokens = tokens
        self._persons = persons
        self._particles = particles
        self._names = names
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

    def name_starts(self, marks: Sequence[Mark | None], blocked: Sequence[bool]) -> frozenset[int]:
        """In all capitals, where a phrase that tells somebody's office must end since the name begins."""
        if not self.is_capitals:
            return frozenset()
        return frozenset(at for at in range(1, len(self.tokens)) if self.name_end(at, marks, blocked) > at)

    def family_names(self, marks: Sequence[Mark | None]) -> Iterable[str]:
        """In all capitals, the words that stand behind a given name or a title, or for whom harm befell, as written."""
        if not self.is_capitals:
            return
        free = [False] * len(self.tokens)
        at = 0
        while at < len(self.tokens):
            end = at + 1 if self._is_harmed(at, marks) else self.name_end(at, marks, free)
            yield from (
                token.text
                for index, token in enumerate(self.tokens[at:end], at)
                if token.folded not in self._persons.first_names and self._names_nothing_else(token, marks[index])
            )
            at = max(end, at + 1)

    def _is_harmed(self, at: int, marks: Sequence[Mark | None]) -> bool:
        """Whether an unknown word begins a clause that says that it was killed or hurt, which befalls people."""
        opens = at == self.start or self._has(marks, at - 1, "comma", "subordinator", "conjunction")
        if not opens or self.tokens[at].folded in self._persons.body_words or not self._has(marks, at + 1, "be"):
            return False
        verb = at + 2 + self._has(marks, at + 2, "adverb")
        hurt = self._has(marks, verb, "tv_part") and self._has(marks, verb, "deaths", "injuries")
        return hurt and self._names_nothing_else(self.tokens[at], marks[at])

    def _has(self, marks: Sequence[Mark | None], at: int, *classes: str) -> bool:
        mark = marks[at] if 0 <= at < len(marks) else None
        return mark is not None and mark.has(*classes)

    def name_end(self, at: int, marks: Sequence[Mark | None], blocked: Sequence[bool]) -> int:
        """The end of the run of words spelt as a name that begins at `at`, `at` itself where none does."""
        tokens = self.tokens
        end = at
        if self.is_capitals and at < len(tokens) and not blocked[at]:
            behind = self._after_honorific(at)
            if behind > at and behind < len(tokens) and not blocked[behind]:
                if not self._spells_name(behind, marks[behind], inside=True):
                    return at
                end = behind
        while end < len(tokens) and end - at < _MAX_NAME and not blocked[end]:
            if not self._spells_name(end, marks[end], inside=end > at) and not (end > at and self._joins_name(end)):
                break
            end += 1
        return end

    def _after_honorific(self, at: int) -> int:
        """Past "DR.", "MSGR" and what else is said of nobody but with a name; `at` itself where none stands."""
        word = self.tokens[at].folded
        if word not in self._persons.titles or self._persons.number_of(word, word) is not None:
            return at
        return at + 2 if at + 1 < len(self.tokens) and self.tokens[at + 1].folded == "." else at + 1

    def _spells_name(self, at: int, mark: Mark | None, *, inside: bool) -> bool:
        token = self.tokens[at]
        if inside and mark is None and self._has_article(token):
            return True
        if not token.is_capitalised or self._describes(token, inside=inside):
            return False  # "Marcos-related" describes
        if not self.is_capitals:
            return mark is None or (inside and not mark.has("trigger") and len(token.text) > 3)
        # In all capitals only a given name begins a name, or a word that names nothing else where a name must stand.
        if token.folded in self._persons.first_names:
            return True
        return (inside or token.text in self._names or self._is_titled(at)) and self._names_nothing_else(token, mark)

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

    def _names_nothing_else(self, token: Token, mark: Mark | None) -> bool:
        """Whether a word in capitals is no word of the language that the rules know, nor formed as one."""
        word, persons = token.folded, self._persons
        known = persons.number_of(word, word) or persons.is_thing(word) or persons.is_adjective(word)
        return mark is None and not known and word[0].isalpha() and not persons.is_derived(word)

    def _is_titled(self, at: int) -> bool:
        """Whether a title stands right before, with or without the dot of an abbreviation."""
        before = at - 1 - (at > 1 and self.tokens[at - 1].folded == ".")
        return before >= 0 and self.tokens[before].folded in self._persons.title_words and len(self.tokens[at].text) > 2

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
