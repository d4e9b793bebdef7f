"""Boundaries: the classes of words that no noun phrase holds, in one place for all that cut phrases."""

from __future__ import annotations

_MARKS = frozenset(["comma", "colon", "dash", "semicolon", "stop", "left", "right", "quote", "bullet", "slash"])
_VERBS = frozenset(["be", "get", "have", "do", "modal", "to", "not", "adverb"])
_JOINTS = frozenset(["preposition", "subordinator", "conjunction", "including"])
_PRONOUNS = frozenset(["plural_pronoun", "object_pronoun", "other_pronoun", "who", "whom", "which", "that"])

FUNCTION_WORDS = _MARKS | _VERBS | _JOINTS | _PRONOUNS | {"determiner"}
"""What begins no group, unless a rule for groups speaks of the word."""
PHRASE_STOPS = (
    FUNCTION_WORDS
    | {"possessive", "singular_pronoun", "no"}
    | {"harm_noun", "harm_nouns", "body", "lives", "case_word", "aged", "saying"}
)
"""What ends a noun phrase."""
CLAUSE_STARTS = (_MARKS - {"right", "slash"}) | {"subordinator", "conjunction"}
"""Behind what a clause may begin."""
AFTER_BARE = ("adverb", "say_verb", "rise", "tv_part", "harm_adj", "verb", "known")
"""What may follow a number or an "another" that stands without its noun."""
