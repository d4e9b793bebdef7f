"""Reading groups: which kind of group begins at a token, told by its first word."""

from __future__ import annotations

from tracker.extract.people.boundaries import FUNCTION_WORDS
from tracker.extract.people.counted_groups import CountedGroups
from tracker.extract.people.groups import ONE, PRONOUN, Group
from tracker.extract.people.noun_phrases import Phrases
from tracker.extract.people.numerals import NumeralReader
from tracker.extract.people.persons import PersonWords
from tracker.extract.people.uncounted_groups import UncountedGroups

_OWNER = frozenset({"owner"})
_LONGEST_DESCRIPTION = 3
_BEFORE_PREDICATE = ("have", "who", "which", "singular_pronoun", "plural_pronoun", "other_pronoun", "harm_nouns")


class GroupReader:
    """Finds the group that begins at a token."""

    def __init__(self, numerals: NumeralReader, persons: PersonWords) -> None:
        self._persons = persons
        self._counted = CountedGroups(numerals, persons)
        self._uncounted = UncountedGroups(numerals, persons, self._counted)

    def read(self, phrases: Phrases, at: int) -> Group | None:
        """The group whose first token is at `at`, None where none begins there."""
        marks, numerals = phrases.marks, phrases.numerals
        mark = marks[at]
        if mark is not None and mark.has("all_but"):
            return self._counted.all_but(phrases, at, mark.last)
        if mark is not None and mark.has("both_word") and phrases.only_joins(at + 1):
            return None
        if at in numerals:
            return self._counted.read(phrases, numerals[at])
        if mark is None:
            opens = phrases.tokens[at].folded[0].isalpha() or self._persons.names_by_ending(phrases.tokens[at].folded)
            return self._uncounted.bare(phrases, at) if opens else None
        if mark.has("zero_pronoun"):
            return self._counted.nobody(phrases, at, mark.last)
        if mark.has("no"):
            return self._counted.no(phrases, at)
        if mark.has("singular_pronoun", "singular_object"):
            return Group(at, at + 1, ONE, at, at + 1, PRONOUN)
        if mark.has("other_one"):
            return self._uncounted.another(phrases, at)
        if mark.has("one_owner") and phrases.folded(at + 1) and self._owns_body(phrases, at + 1):
            return Group(at, at + 1, ONE, at, at + 1, _OWNER)
        if mark.has("one_owner") and phrases.has(at - 1, "tv_ing") and phrases.run(at + 1) == at + 1:
            return Group(at, at + 1, ONE, at, at + 1, PRONOUN)  # "injuring her", not "injuring her husband"
        if mark.has("indefinite", "possessive"):
            return self._uncounted.determined(phrases, at, "implied")
        if mark.has("definite"):
            return self._uncounted.determined(phrases, at, "definite")
        if mark.has("trigger") and not mark.has("tv_part", "harm_adj"):
            return None
        if mark.has("say_verb") and phrases.is_said(at, -1):
            return None
        if not mark.entry.classes.isdisjoint(FUNCTION_WORDS) or self._is_predicate(phrases, at):
            return None
        return self._uncounted.bare(phrases, at)

    def _is_predicate(self, phrases: Phrases, at: int) -> bool:
        """Whether a form that is past and participle stands behind its subject: "shells killed civilians"."""
        if at == 0 or not phrases.has(at, "tv_past"):
            return False
        if phrases.marks[at - 1] is None:
            return phrases.folded(at - 1)[0].isalpha() and not phrases.is_verbish(at - 1)
        is_framed = phrases.has(at - 1, "which") and at > 1 and phrases.has(at - 2, "preposition")
        return phrases.has(at - 1, *_BEFORE_PREDICATE) and not is_framed

    def _owns_body(self, phrases: Phrases, at: int) -> bool:
        """Whether a body stands at `at`, or behind an adjective or two: "his bullet-riddled body"."""
        for index in range(at, at + _LONGEST_DESCRIPTION):
            if phrases.has(index, "body"):
                return phrases.head(index + 1) is None  # "his body guards" are others
            if index >= len(phrases.tokens) or (
                phrases.marks[index] is not None and not phrases.has(index, "harm_adj")
            ):
                return False
        return False
