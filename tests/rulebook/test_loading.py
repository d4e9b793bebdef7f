"""Loading `rules/`: every mistake is named by file and rule in one sentence, and nothing depends on order."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tracker.errors import RuleError, TrackerError
from tracker.extract import load_extractor
from tracker.extract.causes import CauseFinder
from tracker.extract.dates.finding import DateFinder
from tracker.extract.gate import Gate
from tracker.extract.harm.lexicon import Lexicon
from tracker.extract.people.numerals import NumeralReader
from tracker.extract.perpetrators import PerpetratorFinder
from tracker.extract.sources.organisations import Organisations
from tracker.extract.sources.phrases import SourcePhrases
from tracker.gazetteer import Gazetteer
from tracker.publish.victim_names import NameFinder
from tracker.rulebook import Rule, Rulebook, Stage, load_rulebook
from tracker.settings import Settings, load_settings

RULES = load_settings().rules_folder

RULE = """
[[rule]]
id = "pet.cat"
stage = "trusted"
rationale = "Cats sit."
pattern = '''\\bcats? <<verb>>'''
gives = "pet"
examples = ["The [[cat sat]] down."]
rejects = [{ text = "The dog sat down.", why = "a dog" }]
"""
GOOD = f"""
about = "Pets"
values = ["gives"]

[fragments]
verb = '''(?:sat|sits)'''
{RULE}"""


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def load(folder: Path, files: dict[str, str | bytes]) -> list[Rule]:
    rules = load_rulebook(write(folder, files)).all_rules()
    for rule in rules:
        assert rule.pattern
    return rules


def refusal(folder: Path, files: dict[str, str | bytes]) -> str:
    with pytest.raises(RuleError) as refused:
        load(folder, files)
    return str(refused.value)


def is_one_sentence(message: str) -> bool:
    return message.endswith(".") and "\n" not in message and "Traceback" not in message


class TestGoodFiles:
    def test_a_rule_is_read_whole(self, tmp_path: Path) -> None:
        (rule,) = load(tmp_path, {"pets.toml": GOOD})
        assert (rule.id, rule.stage, rule.origin) == ("pet.cat", Stage.TRUSTED, "en/pets.toml")
        assert rule.rationale == "Cats sit."
        assert rule.values == {"gives": "pet"}
        assert rule.pattern.search("the cats sat")
        (example,) = rule.matches
        assert example.text[example.start : example.end] == "cat sat"
        assert example.text == "The cat sat down."
        (reject,) = rule.rejects
        assert (reject.text, reject.why, reject.known_miss) == ("The dog sat down.", "a dog", False)

    def test_line_breaks_of_a_pattern_are_layout(self, tmp_path: Path) -> None:
        spread = GOOD.replace(r"\bcats? <<verb>>", "\\bcats?\n    [ ]<<verb>>\n")
        (rule,) = load(tmp_path, {"pets.toml": spread})
        assert rule.pattern.search("the cat sits")

    def test_a_pattern_may_begin_on_a_line_of_its_own(self, tmp_path: Path) -> None:
        """TOML drops the first line break only: the blanks behind it are layout too."""
        (rule,) = load(tmp_path, {"pets.toml": GOOD.replace(r"\bcats? <<verb>>", "\n    cats?[ ]<<verb>>\n")})
        assert rule.pattern.search("the cat sits")

    def test_fragments_of_the_file_hide_shared_ones_and_word_lists_come_last(self, tmp_path: Path) -> None:
        beds = GOOD.replace("pet.cat", "pet.bed").replace("<<verb>>", "<<other>> <<beds>>")
        files: dict[str, str | bytes] = {
            "pets.toml": GOOD,
            "beds.toml": beds,
            "fragments.toml": "[fragments]\nverb = '''ran'''\nother = '''hid'''\n",
            "words/other.txt": "slept\n",
            "words/beds.txt": "# where\nsofa\n\nsofa bed\n",
        }
        bed, cat = load(tmp_path, files)
        assert cat.pattern.search("cat sat")
        assert not cat.pattern.search("cat ran")
        assert bed.pattern.search("cat hid sofa bed").group().endswith("sofa bed")  # type: ignore[union-attr]
        assert not bed.pattern.search("cat slept sofa")

    def test_a_pattern_may_name_the_words_of_a_part_of_a_table(self, tmp_path: Path) -> None:
        files: dict[str, str | bytes] = {
            "pets.toml": GOOD.replace("<<verb>>", "<<sizes.beds>>"),
            "sizes.toml": '[beds]\nsofa = 4\n"sofa bed" = 5\n',
        }
        (rule,) = load(tmp_path, files)
        assert rule.pattern.search("cat sofa bed").group() == "cat sofa bed"  # type: ignore[union-attr]
        message = refusal(tmp_path, {**files, "sizes.toml": "[chairs]\nsofa = 4\n"})
        assert message == "en/sizes.toml: 'beds' is missing; restore it."

    def test_a_word_list_has_comments_and_blank_lines(self, tmp_path: Path) -> None:
        book = load_rulebook(write(tmp_path, {"words/beds.txt": "# where\r\nsofa\r\n\r\n  sofa bed  \n"}))
        assert book.words("beds") == {"sofa", "sofa bed"}

    @pytest.mark.parametrize("stage", ["draft", "retired"])
    def test_rules_that_are_not_trusted_are_kept_but_do_not_run(self, tmp_path: Path, stage: str) -> None:
        book = load_rulebook(write(tmp_path, {"pets.toml": GOOD.replace('"trusted"', f'"{stage}"')}))
        assert book.rules("pets") == ()
        assert [rule.id for rule in book.all_rules()] == ["pet.cat"]

    def test_defaults_of_a_file_hold_for_its_rules(self, tmp_path: Path) -> None:
        text = GOOD.replace('stage = "trusted"\n', "").replace(
            'values = ["gives"]', 'values = ["gives"]\ndefaults = { stage = "draft" }'
        )
        assert load(tmp_path, {"pets.toml": text})[0].stage is Stage.DRAFT

    def test_a_file_without_rules_is_a_table(self, tmp_path: Path) -> None:
        book = load_rulebook(write(tmp_path, {"pets.toml": GOOD, "sizes.toml": "[sizes]\ncat = 4\n"}))
        assert book.rule_files() == ["pets"]
        assert book.table("sizes") == {"sizes": {"cat": 4}}


BROKEN: dict[str, tuple[str, str]] = {
    # what is broken: the file, and a word that its message must hold beside file and rule
    "TOML syntax": (GOOD + "\n[[rule\n", "TOML"),
    "unknown key of the file": (GOOD.replace('about = "Pets"', 'abuot = "Pets"'), "abuot"),
    "unknown key of a rule": (GOOD.replace('gives = "pet"', 'givse = "pet"'), "givse"),
    "no id": (GOOD.replace('id = "pet.cat"\n', ""), "id"),
    "an id without a dot": (GOOD.replace("pet.cat", "cat"), "id"),
    "no rationale": (GOOD.replace('rationale = "Cats sit."\n', ""), "rationale"),
    "an empty rationale": (GOOD.replace("Cats sit.", ""), "rationale"),
    "no pattern": (GOOD.replace("pattern = '''\\bcats? <<verb>>'''\n", ""), "pattern"),
    "no stage": (GOOD.replace('stage = "trusted"\n', ""), "stage"),
    "an unknown stage": (GOOD.replace('"trusted"', '"beta"'), "draft, trusted, retired"),
    "no examples": (GOOD.replace('examples = ["The [[cat sat]] down."]\n', ""), "examples"),
    "an empty list of examples": (GOOD.replace('["The [[cat sat]] down."]', "[]"), "examples"),
    "an unmarked example": (GOOD.replace("[[cat sat]]", "cat sat"), "mark exactly one"),
    "an example marked twice": (GOOD.replace("[[cat sat]]", "[[cat]] [[sat]]"), "mark exactly one"),
    "no rejects": (GOOD.replace('rejects = [{ text = "The dog sat down.", why = "a dog" }]\n', ""), "rejects"),
    "a reject without its why": (GOOD.replace(', why = "a dog"', ""), "why"),
    "a reject with an unknown key": (GOOD.replace("why =", "wy = 1, why ="), "rejects"),
    "a bad regular expression": (GOOD.replace(r"\bcats?", r"\b(cats?"), "compile"),
    "an unknown fragment": (GOOD.replace("<<verb>>", "<<verbs>>"), "<<verbs>>"),
    "fragments in a circle": (GOOD.replace("(?:sat|sits)", "<<verb>>"), "circle"),
    "an id twice in a file": (GOOD + RULE, "pet.cat"),
}


class TestMistakes:
    @pytest.mark.parametrize("mistake", BROKEN)
    def test_it_is_named_by_file_and_rule(self, tmp_path: Path, mistake: str) -> None:
        content, word = BROKEN[mistake]
        assert content != GOOD, "the mistake was not made"
        message = refusal(tmp_path, {"pets.toml": content})
        assert message.startswith("en/pets.toml: ")
        assert word in message
        assert is_one_sentence(message)
        if mistake not in ("TOML syntax", "unknown key of the file", "no id", "an id without a dot"):
            assert "pet.cat" in message

    def test_an_id_in_two_files_names_both(self, tmp_path: Path) -> None:
        message = refusal(tmp_path, {"pets.toml": GOOD, "zoo.toml": GOOD})
        assert "en/pets.toml" in message
        assert "en/zoo.toml" in message
        assert "pet.cat" in message
        assert is_one_sentence(message)

    @pytest.mark.parametrize("name", ["pets.toml", "words/beds.txt"])
    def test_a_file_that_is_not_utf8(self, tmp_path: Path, name: str) -> None:
        content = GOOD.replace("<<verb>>", "<<beds>>").encode()
        files: dict[str, str | bytes] = {"pets.toml": content, "words/beds.txt": b"sofa\n"}
        files[name] = b"# \xff\xfe caf\xe9\n"
        if name == "pets.toml":
            files[name] = content + b"\n# \xff\n"
        message = refusal(tmp_path, files)
        assert message.startswith(f"en/{name}: ")
        assert "UTF-8" in message

    def test_a_missing_language_file_table_or_word_list(self, tmp_path: Path) -> None:
        write(tmp_path, {"pets.toml": GOOD})
        with pytest.raises(RuleError, match=r"/xx: there are no rules for this language"):
            load_rulebook(tmp_path, "xx")
        book = load_rulebook(tmp_path)
        with pytest.raises(RuleError, match=r"en/sizes\.toml: this file is missing"):
            book.table("sizes")
        with pytest.raises(RuleError, match=r"en/words/beds\.txt: this word list is missing"):
            book.words("beds")

    @pytest.mark.parametrize(
        "line",
        [
            'examples = "The [[cat sat]] down."',
            "examples = [3]",
            "pattern = 3",
            "rationale = 3",
            "stage = 3",
            "rejects = [{ text = 3, why = 'a number' }]",
            'rejects = "no dogs"',
            'rejects = ["The dog sat down."]',
        ],
    )
    def test_a_value_of_the_wrong_type(self, tmp_path: Path, line: str) -> None:
        key = line.partition(" ")[0]
        changed = [line if old.startswith(f"{key} =") else old for old in GOOD.splitlines()]
        message = refusal(tmp_path, {"pets.toml": "\n".join(changed)})
        assert message.startswith("en/pets.toml: ")
        assert "pet.cat" in message


class TestDigest:
    def test_it_changes_with_any_byte(self, tmp_path: Path) -> None:
        files: dict[str, str | bytes] = {"pets.toml": GOOD, "words/beds.txt": "sofa\n", "sizes.toml": "cat = 4\n"}
        digests = {load_rulebook(write(tmp_path, files)).digest}
        for name in files:
            content = files[name]
            assert isinstance(content, str)
            digests.add(load_rulebook(write(tmp_path, {**files, name: content + "\n"})).digest)
        (tmp_path / "organisations.toml").write_text("x = 1\n", encoding="utf-8")
        digests.add(load_rulebook(write(tmp_path, files)).digest)
        write(tmp_path, {"words/more.txt": ""})
        digests.add(load_rulebook(tmp_path).digest)
        assert len(digests) == 6

    def test_it_is_the_same_for_the_same_bytes_elsewhere(self, tmp_path: Path) -> None:
        shutil.copytree(RULES, tmp_path / "copy")
        assert load_rulebook(tmp_path / "copy").digest == load_rulebook(RULES).digest

    @pytest.mark.parametrize("name", ["places/never.txt", "places/sites.csv"])
    def test_it_changes_with_the_places_too(self, tmp_path: Path, name: str) -> None:
        """The overlays decide where a harm is put: a text read before must be read again when they change."""
        shutil.copytree(RULES, tmp_path / "copy")
        with (tmp_path / "copy" / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        assert load_rulebook(tmp_path / "copy").digest != load_rulebook(RULES).digest


class TestOrder:
    def test_rules_come_by_id_whatever_their_order(self, tmp_path: Path) -> None:
        ids = ["pet.cat", "pet.ant", "pet.bee", "pet.dog"]
        head, rule = GOOD.split("\n[[rule]]")
        found = []
        for seed in range(4):
            random.Random(seed).shuffle(ids)
            text = head + "".join("\n[[rule]]" + rule.replace("pet.cat", name) for name in ids)
            found.append([rule.id for rule in load(tmp_path / str(seed), {"pets.toml": text})])
        assert found == [sorted(ids)] * 4

    def test_a_longer_entry_of_a_word_list_wins_wherever_it_stands(self, tmp_path: Path) -> None:
        lines = ["sofa", "sofa bed", "sofa bed frame", "bed"]
        for seed in range(4):
            random.Random(seed).shuffle(lines)
            content = GOOD.replace("<<verb>>", "<<beds>>")
            (rule,) = load(tmp_path / str(seed), {"pets.toml": content, "words/beds.txt": "\n".join(lines)})
            match = rule.pattern.search("cat sofa bed frame")
            assert match is not None
            assert match.group() == "cat sofa bed frame"


def settings_for(folder: Path) -> Settings:
    return Settings(database_url="", rules_folder=folder, reports_folder=folder)


@pytest.fixture(scope="module")
def own_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of rules/ that a test may break and must mend again."""
    folder = tmp_path_factory.mktemp("own") / "rules"
    shutil.copytree(RULES, folder)
    return folder


def load_readers(settings: Settings) -> None:
    """Load whatever reads tables of the rules: the extractor, and what withholds names from reports."""
    load_extractor(settings)
    NameFinder([load_rulebook(settings.rules_folder)])


@pytest.mark.parametrize("name", sorted(path.name for path in (RULES / "en").glob("*.toml")))
def test_a_missing_file_of_the_real_rules_is_named(own_rules: Path, name: str) -> None:
    path = own_rules / "en" / name
    content = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(TrackerError, match=rf"{name}: this file is missing"):
            load_readers(settings_for(own_rules))
    finally:
        path.write_bytes(content)


@pytest.mark.parametrize("name", sorted(path.name for path in (RULES / "en").glob("*.toml")))
def test_broken_toml_in_the_real_rules_is_named(own_rules: Path, name: str) -> None:
    path = own_rules / "en" / name
    content = path.read_bytes()
    path.write_bytes(content + b"\n[[[\n")
    try:
        with pytest.raises(RuleError, match=rf"{name}: not valid TOML"):
            load_readers(settings_for(own_rules))
    finally:
        path.write_bytes(content)


class Torn(Rulebook):
    """The real rules without one part of one file."""

    file = part = ""

    def table(self, name: str) -> dict[str, Any]:
        table = super().table(name)
        if name == self.file:
            table.pop(self.part, None)
        return table


READERS: dict[str, Callable[[Rulebook], object]] = {
    "calendar": DateFinder,
    "causes": CauseFinder,
    "naming": lambda book: NameFinder([book]),
    "grammar": lambda book: Gate(book, Lexicon(book)),
    "numerals": NumeralReader,
    "organisations": Organisations,
    "perpetrator_grammar": lambda book: PerpetratorFinder(book, Gazetteer.open(RULES)),
    "source_grammar": SourcePhrases,
    "triggers": Lexicon,
    "vague": NumeralReader,
}


def parts() -> list[tuple[str, str]]:
    book = load_rulebook(RULES)
    names = {path.stem for path in [*RULES.glob("*.toml"), *(RULES / "en").glob("*.toml")]} - set(book.rule_files())
    return [(name, part) for name in sorted(names) for part in book.table(name) if part != "about"]


@pytest.mark.parametrize(("name", "part"), parts())
def test_a_missing_part_of_a_table_of_the_real_rules_is_named(name: str, part: str) -> None:
    book = Torn(RULES, "en")
    book.file, book.part = name, part
    with pytest.raises(RuleError, match=rf"{name}\.toml: '{part}' is missing; restore it\."):
        READERS[name](book)
