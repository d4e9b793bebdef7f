"""`rules/` on disk → a `Rulebook`: every file read, every pattern expanded, every mistake named by file and rule.

Files of a language folder are of three kinds: rule files (TOML with `[[rule]]`), tables (TOML without) and word lists
(`words/*.txt`, one entry a line, `#` comments). Results never depend on the order of files or of entries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import regex

from tracker.errors import RuleError
from tracker.rulebook.fragments import Fragments
from tracker.rulebook.rules import CounterExample, Rule, Stage, parse_example
from tracker.rulebook.tables import Table, parse_table

Compile = Callable[[str, str, str], "regex.Pattern[str]"]
"""From an expanded pattern, the file and the rule's id to a machine; RuleError where it cannot be."""

_NEEDED: dict[str, type] = {"stage": str, "rationale": str, "pattern": str, "examples": list, "rejects": list}
_KINDS: dict[type, str] = {str: "a text", list: "a list"}
_RULE_KEYS = {"id", *_NEEDED}
_FILE_KEYS = {"rule", "fragments", "about", "values", "defaults", "over"}
_LAYOUT = regex.compile(r"[ \t]*\n[ \t\n]*")
_ID = regex.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")


class Rulebook:
    """All that `rules/` says for one language; `digest` changes with any byte of it."""

    def __init__(self, folder: Path, language: str) -> None:
        if not (folder / language).is_dir():
            raise RuleError(
                f"{folder.name}/{language}: there are no rules for this language; choose one that has a folder."
            )
        self.folder = folder
        self.language = language
        self._files = _read_files(folder, language)
        self.digest = _digest(self._files)
        self._words: dict[str, frozenset[str]] = {}
        self._tables: dict[str, Table] = {}
        self._rules: dict[str, tuple[Rule, ...]] = {}
        self._compilers: dict[str, Compile] = {}

    def words(self, name: str) -> frozenset[str]:
        """The word list `words/<name>.txt`, folded as written there."""
        found = self._find_words(name)
        if found is None:
            raise RuleError(f"{self.language}/words/{name}.txt: this word list is missing; restore it.")
        return found

    def table(self, name: str) -> dict[str, Any]:
        """The parsed TOML file `<name>` of the language folder, or of `rules/` itself where it is for all languages.

        To ask it for a part that it lacks is a RuleError.
        """
        if name not in self._tables:
            for origin in (f"{self.language}/{name}.toml", f"{name}.toml"):
                if origin in self._files:
                    self._tables[name] = parse_table(self._files[origin], origin)
                    break
            else:
                raise RuleError(f"{self.language}/{name}.toml: this file is missing; restore it.")
        return self._tables[name]

    def rules(self, name: str, compiled: Compile | None = None) -> tuple[Rule, ...]:
        """The rules of the file `<name>` that are in force, ordered by id.

        `compiled` turns an expanded pattern into a machine where the file says that its patterns run `over` something
        other than words. Each pattern is compiled when it is first matched, since compiling takes most of the time
        that reading the rules takes; a mistake in one is a RuleError then, or in `tracker rules check`.
        """
        if compiled is not None:
            self._compilers.setdefault(name, compiled)
        return tuple(rule for rule in self._read_rules(name) if rule.stage is Stage.TRUSTED)

    def rule_files(self) -> list[str]:
        """The names of all files that hold rules, in order."""
        prefix = f"{self.language}/"
        return sorted(
            origin[len(prefix) : -len(".toml")]
            for origin, data in self._files.items()
            if origin.startswith(prefix) and origin.endswith(".toml") and b"[[rule]]" in data
        )

    def all_rules(self) -> list[Rule]:
        """Every rule of the language, whatever its stage, ordered by id; RuleError where two share an id."""
        found: dict[str, Rule] = {}
        for name in self.rule_files():
            for rule in self._read_rules(name):
                if rule.id in found:
                    raise RuleError(f"{rule.origin}: rule {rule.id} exists in {found[rule.id].origin} too; rename one.")
                found[rule.id] = rule
        return [found[rule_id] for rule_id in sorted(found)]

    def _find_words(self, name: str) -> frozenset[str] | None:
        if name not in self._words:
            origin = f"{self.language}/words/{name}.txt"
            if origin not in self._files:
                return None
            self._words[name] = _parse_words(self._files[origin], origin)
        return self._words[name]

    def _find_listed(self, name: str) -> frozenset[str] | None:
        """A word list, or the words of a part of a table, written `file.part`."""
        file, dot, part = name.partition(".")
        return frozenset(self.table(file)[part]) if dot else self._find_words(name)

    def _read_rules(self, name: str) -> tuple[Rule, ...]:
        if name not in self._rules:
            self._rules[name] = self._build_rules(name)
        return self._rules[name]

    def _build_rules(self, name: str) -> tuple[Rule, ...]:
        origin = f"{self.language}/{name}.toml"
        table = self.table(name)
        unknown = set(table) - _FILE_KEYS
        if unknown:
            raise RuleError(f"{origin}: unknown key {sorted(unknown)[0]!r}; remove or correct it.")
        shared = (
            self.table("fragments").get("fragments", {}) if f"{self.language}/fragments.toml" in self._files else {}
        )
        fragments = Fragments(table.get("fragments", {}), shared, self._find_listed)
        known_values = set(table.get("values", []))
        compiled = partial(self._compile, name)
        over = table.get("over", "words")
        rules = [
            _build_rule({**table.get("defaults", {}), **entry}, origin, fragments, known_values, compiled, over)
            for entry in table["rule"]
        ]
        return tuple(sorted(rules, key=lambda rule: rule.id))

    def _compile(self, name: str, pattern: str, origin: str, rule_id: str) -> regex.Pattern[str]:
        """By the way that the file asks for, whoever asks first."""
        over = self.table(name).get("over", "words")
        if over == "words":
            return compile_pattern(pattern, origin, rule_id)
        if name not in self._compilers:
            raise RuleError(f"{origin}: its patterns run over {over}; build an extractor before they are matched.")
        return self._compilers[name](pattern, origin, rule_id)


def load_rulebook(folder: Path, language: str = "en") -> Rulebook:
    """The rulebook of `language` in the folder `rules/`; RuleError names the file that cannot be read."""
    return Rulebook(folder, language)


def compile_pattern(pattern: str, origin: str, rule_id: str) -> regex.Pattern[str]:
    """`pattern` compiled; a line break and the blanks around it are layout, any other blank stands for itself."""
    try:
        return regex.compile(_LAYOUT.sub("", pattern), regex.V1)
    except regex.error as error:
        raise RuleError(f"{origin}: rule {rule_id}: the pattern does not compile ({error}); correct it.") from None


def _build_rule(
    entry: dict[str, Any], origin: str, fragments: Fragments, known_values: set[str], compiled: Compile, over: str
) -> Rule:
    rule_id = entry.get("id")
    if not isinstance(rule_id, str) or not _ID.fullmatch(rule_id):
        raise RuleError(f"{origin}: a rule has the id {rule_id!r}; give it one like 'death.passive'.")
    for key, kind in _NEEDED.items():
        if not entry.get(key):
            raise RuleError(f"{origin}: rule {rule_id}: {key!r} is missing or empty; every rule needs it.")
        if not isinstance(entry[key], kind):
            raise RuleError(f"{origin}: rule {rule_id}: {key!r} must be {_KINDS[kind]}; correct it.")
    if not all(isinstance(example, str) for example in entry["examples"]):
        raise RuleError(f"{origin}: rule {rule_id}: each of 'examples' must be a text; correct it.")
    unknown = set(entry) - _RULE_KEYS - known_values
    if unknown:
        raise RuleError(f"{origin}: rule {rule_id}: unknown key {sorted(unknown)[0]!r}; remove or correct it.")
    try:
        stage = Stage(entry["stage"])
    except ValueError:
        raise RuleError(f"{origin}: rule {rule_id}: stage must be one of {', '.join(Stage)}.") from None
    expanded = fragments.expand(entry["pattern"], origin, f"rule {rule_id}")
    rejects = []
    for reject in entry["rejects"]:
        if not isinstance(reject, dict) or not {"text", "why"} <= set(reject) <= {"text", "why", "known_miss"}:
            raise RuleError(f"{origin}: rule {rule_id}: each of 'rejects' needs a text and a why.")
        if not (isinstance(reject["text"], str) and isinstance(reject["why"], str)):
            raise RuleError(f"{origin}: rule {rule_id}: text and why of 'rejects' must be texts; correct them.")
        rejects.append(CounterExample(reject["text"], reject["why"], reject.get("known_miss", False)))
    return Rule(
        id=rule_id,
        stage=stage,
        rationale=entry["rationale"],
        compile=partial(compiled, expanded, origin, rule_id),
        written=entry["pattern"],
        origin=origin,
        matches=tuple(parse_example(example, origin, rule_id) for example in entry["examples"]),
        rejects=tuple(rejects),
        values={key: value for key, value in entry.items() if key in known_values},
        over=over,
    )


def _read_files(folder: Path, language: str) -> dict[str, bytes]:
    paths = [*folder.glob("*.toml"), *(folder / language).rglob("*.toml"), *(folder / language).rglob("*.txt")]
    paths += [path for path in (folder / "places").glob("*") if path.suffix in (".csv", ".txt")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}


def _digest(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for origin in sorted(files):
        digest.update(f"{origin}\0{len(files[origin])}\0".encode())
        digest.update(files[origin])
    return digest.hexdigest()[:16]


def _parse_words(data: bytes, origin: str) -> frozenset[str]:
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise RuleError(f"{origin}: the file is not UTF-8; save it as UTF-8.") from None
    return frozenset(stripped for line in lines if (stripped := line.strip()) and not stripped.startswith("#"))
