"""Lint: what is wrong with the rulebook although every pattern compiles and every example passes.

A class that nothing names, a list that nobody reads, an entry that no text can ever be: such things cost nothing when
the program runs, and mislead whoever reads the rules. How texts are folded, and what the program itself asks for, is
told by the room that reads texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import regex

from tracker.rulebook.loading import Rulebook
from tracker.rulebook.rules import Example, Rule, Stage

SHORTEST_REASON = 10
SHORTEST_WHY = 3  # "a fact" says enough of a reject
LONGEST_EXAMPLE = 200
LONGEST_ENTRY = {
    "first_names": 1,
    "groups": 1,
    "not_persons": 1,
    "person_adjectives": 1,
    "kin": 2,
    "kin_plural": 2,
    "persons": 2,
    "persons_plural": 2,
}
"""How many words the program takes together where it looks something up in these lists."""
READ_OTHERWISE = frozenset(["abbreviations", "causes"])
"""Files whose entries are compared with texts in a way of their own, however they are written."""
_SHOWN = 6
_REFERENCE = regex.compile(r"<<([a-z][a-z0-9_]*)>>")
_NO_CLASS = regex.compile(r"'[^']*'|\(\?P?<\w+>|<<\w+>>")
_CLASS = regex.compile(r"[a-z_]+")
# Tables whose lists answer the same question, so that an entry of two of them is decided by one alone.
_RIVALS = (("numerals", "hedges_before"), ("numerals", "hedges_after"))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: the file, the part of it, the entries, what is the matter and what to do.

    A warning may be meant so; it is shown, and does not fail the check.
    """

    origin: str
    where: str
    entries: tuple[str, ...]
    problem: str
    is_warning: bool = False

    def __str__(self) -> str:
        shown = ", ".join(map(repr, self.entries[:_SHOWN]))
        if len(self.entries) > _SHOWN:
            shown += f" and {len(self.entries) - _SHOWN} more"
        return ": ".join(part for part in (self.origin, self.where, shown, self.problem) if part)


@dataclass(frozen=True, slots=True)
class Reader:
    """What the program that reads texts by the rulebook says of itself."""

    fold: Callable[[str], str]
    """A text as the words that entries are compared with: folded, one blank between them."""
    words_asked: Collection[str]
    """The word lists that the code reads by name."""
    classes_named: Collection[str] | None
    """The classes that the code names itself; None where it does not say."""
    winner: Callable[[Example], str | None]
    """The rule that makes the figure at the mark when the example is read with all rules."""


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of one language by their names: TOML as parsed, word lists as written, repeated entries too."""

    tables: Mapping[str, Mapping[str, Any]]
    lists: Mapping[str, list[str]]
    language: str

    def toml(self, name: str) -> str:
        return f"{self.language}/{name}.toml"

    def txt(self, name: str) -> str:
        return f"{self.language}/words/{name}.txt"

    def entries(self) -> Iterator[tuple[str, str, str, list[str]]]:
        """Every list of words: the name of its file, the file, the part of it, and the entries as written."""
        for name, table in self.tables.items():
            yield from ((name, self.toml(name), where, entries) for where, entries in _lists(table))
        for name, words in self.lists.items():
            yield name, self.txt(name), "", words


def lint(rulebook: Rulebook, reader: Reader) -> list[Finding]:
    """Everything to mend, in the order of the files; warnings among them."""
    rules = rulebook.all_rules()
    folder = rulebook.folder / rulebook.language
    files = _Files(
        tables={path.stem: rulebook.table(path.stem) for path in sorted(folder.glob("*.toml"))},
        lists={path.stem: _written(path) for path in sorted(folder.glob("words/*.txt"))},
        language=rulebook.language,
    )
    found = [
        *_unused_classes(files, reader),
        *_unused_fragments(files),
        *_unused_lists(files, reader),
        *_repeated(files),
        *_unreadable(files, reader),
        *_shadowed(files),
        *_places(rulebook.folder / "places"),
        *_thin_rules(rules),
        *_repeated_examples(rules),
        *_never_winning(rules, reader),
    ]
    return sorted(found, key=lambda finding: (finding.origin, finding.where, finding.problem))


def _unused_classes(files: _Files, reader: Reader) -> Iterator[Finding]:
    """Classes of the grammars that no frame and no code names."""
    if reader.classes_named is None:
        return
    named = set(reader.classes_named)
    for pattern in _patterns(files.tables.get("frames", {})):
        named |= set(_CLASS.findall(_NO_CLASS.sub(" ", pattern)))
    for name in ("grammar", "source_grammar"):
        for entry in sorted(set(files.tables.get(name, {}).get("classes", {})) - named):
            yield Finding(files.toml(name), f"[classes] {entry}", (), "no frame names this class; remove it or use it")


def _unused_fragments(files: _Files) -> Iterator[Finding]:
    for name, table in files.tables.items():
        used = _references(_patterns(table))
        for entry in sorted(set(table.get("fragments", {})) - used):
            yield Finding(files.toml(name), f"[fragments] {entry}", (), "no pattern names this fragment; remove it")


def _unused_lists(files: _Files, reader: Reader) -> Iterator[Finding]:
    used = _references(text for table in files.tables.values() for _, texts in _lists(table) for text in texts)
    used |= _references(pattern for table in files.tables.values() for pattern in _patterns(table))
    for name in sorted(set(files.lists) - used - set(reader.words_asked)):
        yield Finding(files.txt(name), "", (), "nothing reads this list; remove it")
    for name, table in files.tables.items():
        for entry in sorted(set(table.get("lists", {})) - used):
            yield Finding(files.toml(name), f"[lists] {entry}", (), "no entry names this list; remove it")


def _repeated(files: _Files) -> Iterator[Finding]:
    for _, origin, where, entries in files.entries():
        counts = Counter(form for entry in entries for form in set(_spelt(entry)))
        twice = tuple(sorted(form for form, count in counts.items() if count > 1))
        if twice:
            yield Finding(origin, where, twice, "written more than once; keep one")


def _unreadable(files: _Files, reader: Reader) -> Iterator[Finding]:
    """Entries that are not written as a text is folded, so that no text can ever be them."""
    tables = [(name, files.toml(name), where, keys) for name, t in files.tables.items() for where, keys in _keys(t)]
    for name, origin, where, entries in (*files.entries(), *tables):
        if name in READ_OTHERWISE:
            continue
        spelt = (_REFERENCE.sub(" ", form) for entry in entries for form in _spelt(entry))
        forms = {form for words in spelt if not _is_piece(form := " ".join(words.split()))}
        wrong = sorted(form for form in forms if reader.fold(form) != form)
        if wrong:
            folded = reader.fold(wrong[0])
            fits = folded.count(" ") < LONGEST_ENTRY.get(name, folded.count(" ") + 1)
            advice = f"write {folded!r}" if fits else "leave it out"
            yield Finding(origin, where, tuple(wrong), f"no text is ever read as this; {advice}")


def _shadowed(files: _Files) -> Iterator[Finding]:
    """Entries that never decide anything, since another always answers first."""
    for name, longest in LONGEST_ENTRY.items():
        listed = set(files.lists.get(name, ()))
        phrases = sorted(entry for entry in listed if entry.count(" ") >= longest)
        if phrases:
            phrases.sort(key=lambda phrase: phrase.split(" ")[-1] in listed)
            lost = sum(phrase.split(" ")[-1] not in listed for phrase in phrases)
            missing = f" (of the first {lost} here not even the last word is listed)" if lost else ""
            problem = (
                f"longer than this list is read, {longest} words at a time, so never matched{missing}; shorten these"
            )
            yield Finding(files.txt(name), "", tuple(phrases), problem.replace("1 words", "1 word"))
    for file, table in _RIVALS:
        for (one, some), (other, more) in combinations(files.tables.get(file, {}).get(table, {}).items(), 2):
            both = tuple(sorted(set(some) & set(more)))
            if both:
                yield Finding(files.toml(file), f"[{table}] {one}, {other}", both, "stands in both; keep one")


def _places(folder: Path) -> Iterator[Finding]:
    lists = {path.stem: _written(path) for path in sorted(folder.glob("*.txt"))}
    for name, words in lists.items():
        twice = tuple(sorted(word for word, count in Counter(words).items() if count > 1))
        if twice:
            yield Finding(f"places/{name}.txt", "", twice, "written more than once; keep one")
        capital = tuple(sorted({word for word in words if word != word.lower()}))
        if capital:
            yield Finding(f"places/{name}.txt", "", capital, "not in lower case; write it so")
    both = tuple(sorted(set(lists.get("never", ())) & set(lists.get("ambiguous", ()))))
    if both:
        yield Finding("places/ambiguous.txt", "", both, "stands in never.txt too, which decides; keep one")


def _thin_rules(rules: Iterable[Rule]) -> Iterator[Finding]:
    """Reasons too short to tell anything, and examples too long to show one thing."""
    for rule in rules:
        where = f"rule {rule.id}"
        if len(rule.rationale) < SHORTEST_REASON:
            yield Finding(rule.origin, where, (rule.rationale,), "this rationale is no reason; say what is so in texts")
        for reject in rule.rejects:
            if len(reject.why) < SHORTEST_WHY:
                yield Finding(
                    rule.origin, where, (reject.why,), "this why is no reason; say what the words are instead"
                )
        for text in [*(example.text for example in rule.matches), *(reject.text for reject in rule.rejects)]:
            if len(text) > LONGEST_EXAMPLE:
                problem = f"an example of {len(text)} characters; shorten it to the words that matter"
                yield Finding(rule.origin, where, (text,), problem)


def _repeated_examples(rules: Iterable[Rule]) -> Iterator[Finding]:
    owners: dict[tuple[str, int, int], list[Rule]] = defaultdict(list)
    for rule in rules:
        for example in rule.matches:
            owners[example.text, example.start, example.end].append(rule)
    for (text, _, _), owning in owners.items():
        for rule in owning[1:]:
            problem = f"is an example of {owning[0].id} too; write another, which only this rule matches"
            yield Finding(rule.origin, f"rule {rule.id}", (text,), problem)


def _never_winning(rules: Iterable[Rule], reader: Reader) -> Iterator[Finding]:
    """Frames of which no example is made a figure by the frame itself, once all rules are heard."""
    for rule in rules:
        if rule.over == "units" and rule.stage is Stage.TRUSTED:
            winners = [reader.winner(example) for example in rule.matches]
            if rule.id not in winners:
                others = ", ".join(sorted({winner for winner in winners if winner}))
                problem = (
                    f"its examples are decided by {others}; is it needed, or its rank too high?"
                    if others
                    else "read with all rules its examples give no figure; is a cue missing in [gate] of grammar.toml?"
                )
                yield Finding(rule.origin, f"rule {rule.id}", (), problem, is_warning=True)


def _patterns(table: Mapping[str, Any]) -> Iterator[str]:
    """The patterns of a rule file, those of its fragments too."""
    yield from (rule.get("pattern", "") for rule in table.get("rule", []))
    yield from table.get("fragments", {}).values()


def _references(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in _REFERENCE.findall(text)}


def _lists(table: Mapping[str, Any], where: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of words in a table and where it stands; rules hold none."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _lists(value, f"{where}.{key}" if where else key)
        elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            yield f"[{where}] {key}" if where else key, value


def _keys(table: Mapping[str, Any], where: str = "") -> Iterator[tuple[str, list[str]]]:
    """The words that stand for a value ("several" = [2, -1]) in every table of such."""
    for key, value in table.items():
        if isinstance(value, Mapping) and key not in ("fragments", "defaults"):
            inner = f"{where}.{key}" if where else key
            words = [word for word, meaning in value.items() if not isinstance(meaning, Mapping)]
            if words:
                yield f"[{inner}]", words
            yield from _keys(value, inner)


def _spelt(entry: str) -> list[str]:
    """What an entry stands for: endings behind "/" spelt out, `<<lists>>` left as they are."""
    forms = [""]
    for word in entry.replace(" + ", " ").split():
        base, *endings = word.split("/") if len(word) > 1 else [word]
        forms = [f"{form} {base}{ending}".strip() for form in forms for ending in ("", *endings)]
    return forms


def _is_piece(form: str) -> bool:
    """Whether the form is a piece of a word by its hyphen: "-year-old", "mid-"."""
    return form.strip("-") not in ("", form)


def _written(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
