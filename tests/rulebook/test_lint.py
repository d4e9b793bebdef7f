"""The lint: each thing that it looks for is found where it is put, nothing in a sound rulebook, and what it takes for
granted of the program holds."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tracker.cli.rules import READ_BY_INCIDENTS
from tracker.extract.harm import lexicon
from tracker.extract.text.tokens import tokenise
from tracker.rulebook import load_rulebook
from tracker.rulebook.lint import LONGEST_ENTRY, Finding, Reader, lint
from tracker.rulebook.rules import Example
from tracker.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tracker"
RULES = load_settings().rules_folder

FRAMES = """
about = "Frames"
values = ["rank"]
defaults = { stage = "trusted", rank = 5 }
over = "units"

[fragments]
slow = '''(?: adverb )'''

[[rule]]
id = "frame.sat"
rationale = "Who sits is seated."
pattern = '''people <<slow>>* 'sat' down_word'''
examples = ["[[Two]] cats sat down."]
rejects = [{ text = "Two cats ran.", why = "nobody is seated" }]
"""
RULE = FRAMES[FRAMES.index("[[rule]]") :]
SOUND = {
    "frames.toml": FRAMES,
    "grammar.toml": '[classes]\ndown_word = ["down", "right down"]\nadverb = ["slowly"]\n',
    "triggers.toml": '[lists]\nlimb = ["leg"]\n\n[intransitive.injuries]\nphrases = ["lost <<limb>>", "lost"]\n',
    "numerals.toml": '[hedges_before]\nlower = ["at least"]\nupper = ["up to"]\n\n[units]\none = 1\n',
    "causes.toml": '[fire]\ndirect = ["bush fire/s", "dealer\'s fire"]\n',
    "words/persons.txt": "# People.\ncat\nking\n",
    "words/abbreviations.txt": "# Short.\na.d\n",
}
PLACES = {"never.txt": "# Words.\nmarch\n", "ambiguous.txt": "nice\n"}


def fold(text: str) -> str:
    return " ".join(token.folded for token in tokenise(text, 0, len(text)))


def findings(folder: Path, changes: dict[str, str], winner: str | None = "frame.sat") -> list[Finding]:
    for name, content in {**SOUND, **changes}.items():
        path = folder / (name if name.startswith("places/") else f"en/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    for name, content in PLACES.items():
        path = folder / "places" / name
        path.parent.mkdir(exist_ok=True)
        if f"places/{name}" not in changes:
            path.write_text(content, encoding="utf-8")
    reader = Reader(
        fold=fold, words_asked={"persons", "abbreviations"}, classes_named={"trigger"}, winner=lambda example: winner
    )
    return lint(load_rulebook(folder), reader)


def put(name: str, old: str, new: str) -> dict[str, str]:
    text = SOUND[name]
    assert old in text
    return {name: text.replace(old, new)}


def test_a_sound_rulebook_has_nothing_to_mend(tmp_path: Path) -> None:
    assert list(map(str, findings(tmp_path, {}))) == []


FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "a class that no frame names": (
        put("grammar.toml", "adverb =", 'up_word = ["up"]\nadverb ='),
        "en/grammar.toml: [classes] up_word: no frame names this class",
    ),
    "a class named only inside a quoted word": (
        put("grammar.toml", "adverb =", 'sat = ["sits"]\nadverb ='),
        "en/grammar.toml: [classes] sat: no frame names",
    ),
    "a class of the sources that no code names": (
        {"source_grammar.toml": '[classes]\njoins = ["and"]\n'},
        "en/source_grammar.toml: [classes] joins: no frame names",
    ),
    "a fragment": (
        put("frames.toml", "slow =", "fast = '''(?: adverb )'''\nslow ="),
        "en/frames.toml: [fragments] fast: no pattern names this fragment",
    ),
    "a list of the triggers": (
        put("triggers.toml", "limb =", 'organ = ["heart"]\nlimb ='),
        "en/triggers.toml: [lists] organ: no entry names this list",
    ),
    "a word list": ({"words/beds.txt": "sofa\n"}, "en/words/beds.txt: nothing reads this list"),
    "a word twice in a list": (
        put("words/persons.txt", "king", "king\nking"),
        "en/words/persons.txt: 'king': written more than once",
    ),
    "a word twice in a class": (
        put("grammar.toml", '"down"', '"down", "down"'),
        "en/grammar.toml: [classes] down_word: 'down': written more than once",
    ),
    "a form twice by its ending": (
        put("causes.toml", '"bush fire/s"', '"bush fire/s", "bush fires"'),
        "en/causes.toml: [fire] direct: 'bush fires': written more than once",
    ),
    "a capital in a list": (put("words/persons.txt", "king", "King"), "en/words/persons.txt: 'King': no text is ever"),
    "a capital in a class": (
        put("grammar.toml", '"slowly"', '"Slowly"'),
        "en/grammar.toml: [classes] adverb: 'Slowly': no text is ever read as this; write 'slowly'",
    ),
    "a phrase that is tokenised otherwise": (
        put("numerals.toml", '"up to"', '"max. of"'),
        "'max. of': no text is ever read as this; write 'max . of'",
    ),
    "a key that is tokenised otherwise": (
        put("numerals.toml", "one = 1", '"One" = 1'),
        "en/numerals.toml: [units]: 'One': no text is ever read as this",
    ),
    "a word that is more tokens than are read together": (
        put("words/persons.txt", "king", "bo's'n"),
        "\"bo's'n\": no text is ever read as this; leave it out",
    ),
    "a phrase longer than is read together": (
        put("words/persons.txt", "king", "king\nking of spain"),
        "'king of spain': longer than this list is read, 2 words at a time, so never matched (of the first 1 here",
    ),
    "a hedge of two kinds": (
        put("numerals.toml", '"up to"', '"up to", "at least"'),
        "en/numerals.toml: [hedges_before] lower, upper: 'at least': stands in both",
    ),
    "a name both never and sometimes a place": (
        {"places/ambiguous.txt": "nice\nmarch\n"},
        "places/ambiguous.txt: 'march': stands in never.txt too",
    ),
    "a place name twice": ({"places/never.txt": "march\nmarch\n"}, "places/never.txt: 'march': written more than once"),
    "a place name with a capital": ({"places/never.txt": "March\n"}, "places/never.txt: 'March': not in lower case"),
    "a short rationale": (
        put("frames.toml", "Who sits is seated.", "Sitting."),
        "en/frames.toml: rule frame.sat: 'Sitting.': this rationale is no reason",
    ),
    "a short why": (put("frames.toml", "nobody is seated", "no"), "rule frame.sat: 'no': this why is no reason"),
    "an endless example": (
        put("frames.toml", "Two cats ran.", "Two cats ran. " * 15),
        "rule frame.sat: 'Two cats ran. Two",
    ),
    "an example of two rules": (
        {"frames.toml": FRAMES + RULE.replace("frame.sat", "frame.sat_too")},
        "en/frames.toml: rule frame.sat_too: 'Two cats sat down.': is an example of frame.sat too",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_by_file_part_and_entry(tmp_path: Path, fault: str) -> None:
    changes, message = FAULTS[fault]
    found = [finding for finding in findings(tmp_path, changes) if not finding.is_warning]
    assert len(found) == 1
    assert message in str(found[0])


@pytest.mark.parametrize(
    ("winner", "problem"),
    [("frame.stood", "its examples are decided by frame.stood"), (None, "read with all rules its examples give no")],
)
def test_a_frame_that_never_wins_is_only_warned_of(tmp_path: Path, winner: str | None, problem: str) -> None:
    (finding,) = findings(tmp_path, {}, winner)
    assert finding.is_warning
    assert str(finding).startswith(f"en/frames.toml: rule frame.sat: {problem}")


def test_a_frame_that_wins_one_of_its_examples_is_not_warned_of(tmp_path: Path) -> None:
    more = put("frames.toml", "sat down.", 'sat down.", "[[Three]] cats sat down.')
    reader = Reader(
        fold=fold,
        words_asked={"persons", "abbreviations"},
        classes_named=None,
        winner=lambda example: "frame.sat" if example.text.startswith("Three") else "frame.other",
    )
    findings(tmp_path, more)
    assert lint(load_rulebook(tmp_path), reader) == []


def test_many_entries_are_shown_shortened() -> None:
    finding = Finding("en/words/x.txt", "", tuple("abcdefgh"), "too many")
    assert str(finding) == "en/words/x.txt: 'a', 'b', 'c', 'd', 'e', 'f' and 2 more: too many"


def words_in_code() -> set[str]:
    """Every word of every string in the code of the extractor but the declaration of the classes itself."""
    found = set()
    for path in sorted((PACKAGE / "extract").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.name == "lexicon.py":
            start = text.index("CODE_CLASSES = ")
            text = text[:start] + text[text.index("\n)\n", start) + 3 :]
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= set(node.value.split())
    return found


def words_read_by(room: str, function: str) -> set[str]:
    found = set()
    for path in (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.args[0] if node.args else None, ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name == function:
                    argument = node.args[0]
                    assert isinstance(argument, ast.Constant)
                    found.add(str(argument.value))
    return found


def test_the_lists_of_the_incidents_are_known() -> None:
    by_extractor = words_read_by("extract", "words")
    assert words_read_by("incidents", "word_list") - by_extractor == READ_BY_INCIDENTS


def test_the_lists_that_are_read_by_word_exist() -> None:
    assert {path.stem for path in (RULES / "en" / "words").glob("*.txt")} >= set(LONGEST_ENTRY)


def test_the_code_names_every_class_that_it_is_said_to_name() -> None:
    book = load_rulebook(RULES)
    known = {name for table in ("grammar", "source_grammar") for name in book.table(table)["classes"]}
    assert known >= lexicon.CODE_CLASSES
    assert words_in_code() >= lexicon.CODE_CLASSES


def test_the_real_rules_have_no_example_that_is_too_long() -> None:
    reader = Reader(fold=fold, words_asked=(), classes_named=None, winner=lambda example: None)
    found = [str(finding) for finding in lint(load_rulebook(RULES), reader) if "characters; shorten" in str(finding)]
    assert found == []


def test_every_class_of_the_real_grammar_is_named() -> None:
    reader = Reader(fold=fold, words_asked=(), classes_named=lexicon.CODE_CLASSES, winner=lambda example: None)
    found = {finding.where for finding in lint(load_rulebook(RULES), reader) if "no frame names" in finding.problem}
    assert found == set(), "name the class in a frame, or remove it"


def test_an_example_is_decided_by_a_rule_of_the_real_rulebook() -> None:
    from tracker.cli.rules import _listen

    _, reader = _listen()
    text = "At least nine villagers were killed on Monday."
    assert reader.winner(Example(text, 0, 13)) == "frame.passive"
    assert reader.winner(Example(text, 3, 13)) is None
