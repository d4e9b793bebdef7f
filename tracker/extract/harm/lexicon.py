"""What single words and fixed phrases are: classes that patterns name, and the harms that triggers assert.

Every distinct set of classes is written as one character, so that a sentence becomes a short string and a pattern over
classes an ordinary regular expression. The words are in `grammar.toml`, `triggers.toml` and `words/`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from tracker.claims import Measure
from tracker.errors import RuleError
from tracker.extract.text.phrases import PhraseTable, spell_out
from tracker.rulebook import Rulebook
from tracker.rulebook.loading import compile_pattern

_FRAMES = {"transitive": "tv", "intransitive": "iv"}
_SLOTS = (*_FRAMES, "adjective", "count_noun", "act_noun")
_FORMS = ("base", "s", "past", "part", "ing")
_TERM = regex.compile(r"(\(\?P?<\w+>|\(\?[:=!]|\(\?<[=!])|'([^']+)'|(!?)([a-z_]+)|\s+|(.)")
_FIRST_SYMBOL = 0xE000

# The classes of units that are no single entry of the lexicon: chunks, and words known only by their shape.
UNIT_CLASSES: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "people group counted",
        "people group counted harmed",
        "people group counted harmed harmed_group",
        "people group implied",
        "people group implied harmed",
        "people group implied bare",
        "people group implied bare harmed",
        "people group implied bare kin_group",
        "people group definite",
        "people group definite harmed",
        "people group plural",
        "people group plural harmed",
        "people group unknown",
        "people group list",
        "people group list numbered",
        "people group implied kin_group",
        "people group counted kin_group",
        "people group plural kin_group",
        "people group counted captive_group",
        "people group implied captive_group",
        "people group plural captive_group",
        "people group zero",
        "people count",
        "people count partitive",
        "people count partitive victim_partitive",
        "people group counted count part_group",
        "people group counted count part_group victim_partitive",
        "people count zero",
        "people pronoun",
        "owner",
        "group definite_plural",
        "group definite_plural harmed",
        "thing",
        "thing counted_thing",
        "name",
        "place",
        "date",
        "age",
        "number",
        "word",
        "word verbish",
        "word participle",
        "adverb",
    )
)

# The classes of the grammars that code asks for by name, beside those that the patterns name.
CODE_CLASSES = frozenset(
    name
    for names in (
        "adverb aged all_but among and as be being body bullet but by case_word child_word colon comma conjunction",
        "dash definite determiner do drag for from get give have hurting including indefinite known left lives",
        "maln modal more_word no not object_pronoun of one_owner or ordinal_word other_one other_pronoun others_word",
        "both_word made_up_of",
        "pair_word plural_pronoun possessive possessive_mark preposition quote right rise saying semicolon send",
        "singular_object singular_pronoun slash stop subordinator survivor_word take that them to verb victim_word",
        "which who whom with zero_pronoun accompanied according after_infinitive before_time clause_openers",
        "conjunctions content ends_source infinitive joins no_issuers object_pronouns person_pronouns relatives",
        "resumptions shared_subject subject_relatives thing_pronouns unclear_times",
    )
    for name in names.split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase: its classes, and the measure it asserts where it is a trigger."""

    classes: frozenset[str]
    measure: Measure | None = None


class Lexicon:
    """The words of one rulebook, and the alphabet of class sets that its patterns are compiled to."""

    def __init__(self, rulebook: Rulebook, literals: Iterable[str] = ()) -> None:
        grammar = rulebook.table("grammar")["classes"]
        triggers = rulebook.table("triggers")
        lists = {name: list(words) for name, words in triggers["lists"].items()}
        lists["possessive"] = list(rulebook.words("possessives"))
        classes: dict[str, set[str]] = defaultdict(set)
        measures: dict[str, Measure] = {}
        for name, words in grammar.items():
            for word in words:
                classes[word].add(name)
        for word in literals:
            classes[word].add(f"'{word}")
        for phrase, name, measure in _trigger_forms(triggers, lists):
            classes[phrase] |= {name, "trigger", str(measure)}
            if measures.setdefault(phrase, measure) is not measure:
                raise RuleError(f"triggers.toml: {phrase!r} stands for {measures[phrase]} and for {measure}; keep one.")
        for word in rulebook.words("victim_adverbs") - set(grammar["not"]):
            classes[word].add("adverb")
        plain = frozenset(rulebook.table("grammar")["plain"]["classes"])
        for own in classes.values():
            if own <= plain:
                own.add("word")
        for name in ("say_verbs", "say_participles"):
            for word in rulebook.words(name):
                classes[word].add(name.removesuffix("s"))
        self.entries = PhraseTable[Entry](
            {phrase: Entry(frozenset(names), measures.get(phrase)) for phrase, names in classes.items()}
        )
        self.trigger_words = frozenset(measures)
        sets = sorted({frozenset(names) for names in classes.values()} | set(UNIT_CLASSES), key=sorted)
        self.symbols = {names: chr(_FIRST_SYMBOL + number) for number, names in enumerate(sets)}
        self._members: dict[str, str] = defaultdict(str)
        for names, symbol in self.symbols.items():
            for name in names:
                self._members[name] += symbol

    def compile_units(self, pattern: str, origin: str, rule_id: str) -> regex.Pattern[str]:
        """A pattern over classes (`people be adverb* tv_part`, `'toll' of count`) as a machine over symbols.

        A bare word names a class, a quoted word itself, `!` before either excludes, `any` is any unit; everything
        else is regular-expression syntax and blanks are layout.
        """
        pieces = []
        for match in _TERM.finditer(pattern):
            opening, literal, negated, name, other = match.groups()
            if literal or name:
                pieces.append(self._set(f"'{literal}" if literal else name, bool(negated), origin, rule_id))
            else:
                pieces.append(opening or other or "")
        return compile_pattern("".join(pieces), origin, rule_id)

    def _set(self, name: str, negated: bool, origin: str, rule_id: str) -> str:
        if name == "any":
            return "."
        members = self._members.get(name)
        if not members:
            raise RuleError(f"{origin}: rule {rule_id}: no word or unit has the class {name!r}; correct the pattern.")
        return f"[{'^' if negated else ''}{members}]"


def literals_of(rulebook: Rulebook, name: str) -> set[str]:
    """The quoted words in the patterns of a file, which the lexicon must know one by one."""
    table = rulebook.table(name)
    patterns = [entry.get("pattern", "") for entry in table.get("rule", [])] + list(table.get("fragments", {}).values())
    return {match.group(2) for pattern in patterns for match in _TERM.finditer(pattern) if match.group(2)}


def _trigger_forms(
    triggers: dict[str, dict[str, dict[str, list[str]]]], lists: dict[str, list[str]]
) -> Iterable[tuple[str, str, Measure]]:
    for frame in _SLOTS:
        for measure_name, table in triggers[frame].items():
            try:
                measure = Measure(measure_name)
            except ValueError:
                raise RuleError(f"triggers.toml: [{frame}.{measure_name}]: there is no such measure.") from None
            for entry in table.get("verbs", []):
                yield from ((p, f"{_FRAMES[frame]}_{form}", measure) for form, p in _verb_forms(entry, lists))
            for phrase in spell_out(table.get("phrases", []), lists):
                yield phrase, f"{_FRAMES[frame]}_past", measure
            if frame == "adjective":
                yield from ((phrase, "harm_adj", measure) for phrase in spell_out(table["words"], lists))
            if frame in ("count_noun", "act_noun"):
                for pair in table["words"]:
                    singular, plural = pair.split(" ")
                    yield singular, "harm_noun" if frame == "count_noun" else "harm_act", measure
                    yield plural, "harm_nouns" if frame == "count_noun" else "harm_act", measure


def _verb_forms(entry: str, lists: dict[str, list[str]]) -> Iterable[tuple[str, str]]:
    forms, _, rest = entry.partition(" + ")
    words = forms.split(" ")
    if len(words) % len(_FORMS):
        raise RuleError(f"triggers.toml: {entry!r} must give five forms: base, -s, past, participle, -ing.")
    size = len(words) // len(_FORMS)
    for number, form in enumerate(_FORMS):
        verb = " ".join(words[number * size : (number + 1) * size])
        for phrase in spell_out([f"{verb} {rest}" if rest else verb], lists):
            yield form, phrase
