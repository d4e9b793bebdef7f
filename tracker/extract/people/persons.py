"""Which words name people: the word lists of the rulebook, their regular plurals, and the demonyms of the gazetteer."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from tracker.rulebook import Rulebook

# Endings of nouns for somebody who does something; what stands before the hyphen is what he does it to.
_AGENTS = ("er", "ers", "man", "men", "woman", "women", "ist", "ists")
_SHORTEST_DERIVED = 4  # letters: "Reed" and "King" are names


class Number(Enum):
    """Grammatical number of a person noun."""

    SINGULAR = "singular"
    PLURAL = "plural"


class PersonWords:
    """Answers what a folded word can head: a person, persons, kin, a collective, or no person at all."""

    def __init__(self, rulebook: Rulebook, demonym: Callable[[str], str | None]) -> None:
        kin = rulebook.words("kin")
        singulars = rulebook.words("persons") | kin
        self.kin = kin | rulebook.words("kin_plural") | {plural for word in kin for plural in plurals_of(word)}
        self.collectives = rulebook.words("groups")
        self.body_words = rulebook.words("organisation_words")
        self.site_heads = rulebook.words("site_heads")
        self.hyphen_endings = rulebook.words("hyphen_endings")
        self.area_nouns = rulebook.words("area_nouns")
        self.others = rulebook.words("other_words")
        self.offices = rulebook.words("offices")
        self.titles = rulebook.words("titles")
        self.title_words = frozenset(title.rpartition(" ")[2] for title in self.titles)
        self.first_names = rulebook.words("first_names")
        self._prefixes = rulebook.words("person_prefixes")
        self._unchanging = tuple(sorted(rulebook.words("unchanging_demonyms")))
        self._endings = tuple(sorted(rulebook.words("person_endings")))
        self._derived = tuple(sorted(rulebook.words("derived_endings")))
        self._suffixes = tuple(sorted(rulebook.words("person_suffixes")))
        self._plurals = (
            rulebook.words("persons_plural")
            | rulebook.words("kin_plural")
            | {plural for word in singulars for plural in plurals_of(word)}
        )
        self._singulars = singulars
        not_persons = rulebook.words("not_persons")
        self._not_persons = not_persons | {plural for word in not_persons for plural in plurals_of(word)}
        self._adjectives = rulebook.words("person_adjectives")
        self._demonym = demonym

    def number_of(self, folded: str, written: str, *, after_one: bool = False) -> Number | None:
        """The number of the person noun `folded`, None where the word is none.

        `after_one` says that "a" or "one" stands before it, which decides for words that are both ("a Hutu").
        """
        if after_one and folded in self._singulars:
            return Number.SINGULAR
        if folded in self._plurals:
            return Number.PLURAL
        if folded in self._singulars:
            return Number.SINGULAR
        if written[0].isupper() and self._demonym(written):
            both = folded.endswith(self._unchanging) and not after_one
            regular = folded.endswith("s") and folded[-3:] not in ("ous", "ess")
            return Number.PLURAL if both or regular else Number.SINGULAR
        if folded.endswith(self._suffixes):
            return Number.PLURAL if folded.endswith("s") else Number.SINGULAR
        prefix, hyphen, last = folded.rpartition("-")
        joined = prefix in self._prefixes or last.endswith(_AGENTS)  # "census-takers", "tea-pickers"
        return self.number_of(last, last) if hyphen and prefix and joined else None

    def names_by_ending(self, folded: str) -> bool:
        """Whether the ending alone makes the word a person: "a 40-year-old"."""
        return folded.endswith(self._suffixes)

    def is_thing(self, folded: str) -> bool:
        """Whether the word is listed as naming something that is no person."""
        return folded in self._not_persons

    def number_of_compound(self, phrase: str) -> Number | None:
        """The number of a person noun of two words ("security forces"), None where the phrase is none."""
        if phrase in self._plurals:
            return Number.PLURAL
        return Number.SINGULAR if phrase in self._singulars else None

    def is_adjectival(self, folded: str) -> bool:
        """Whether the word ends as nationality adjectives do that serve as plurals too."""
        return folded.endswith(self._unchanging)

    def may_name_people(self, folded: str) -> bool:
        """Whether an unlisted noun is formed as words for people in their trade, office or origin are."""
        return folded.isalpha() and folded.endswith(self._endings)

    def is_derived(self, folded: str) -> bool:
        """Whether the word is formed as verbs, adjectives and abstract nouns are, and names hardly ever."""
        return len(folded) > _SHORTEST_DERIVED and folded.endswith(self._derived)

    def is_adjective(self, folded: str) -> bool:
        """Whether the word is listed as one that stands before victims."""
        return folded in self._adjectives


def plurals_of(word: str) -> tuple[str, ...]:
    """The regular plurals that `word` may have."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return (word[:-1] + "ies",)
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word + "es",)
    return (word + "s",)
