"""docs/rules.md does what it says: its edits, made in a copy of rules/, change what its commands print as it shows."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner

from tracker.cli import app
from tracker.documents import Document
from tracker.extract import load_extractor
from tracker.extract.extractor import Extractor
from tracker.extract.text.sentences import Sentence
from tracker.rulebook.examples import check_examples
from tracker.rulebook.showing import describe
from tracker.settings import Settings, load_settings

RULES = load_settings().rules_folder
PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
SECTION = regex.compile(r"^## (.+)$", regex.MULTILINE)
BLOCK = regex.compile(
    r"(?:^In `(?<file>rules/[^`]+)`(?<where>[^\n]*):\n\n)?^```(?<kind>\w+)\n(?<body>.*?)^```$",
    regex.MULTILINE | regex.DOTALL,
)
QUOTED = regex.compile(r"`([^`]+)`")
MORE = "…"


@dataclass
class Section:
    """A section of the page: the edits and the commands in it, in their order."""

    title: str
    blocks: list[regex.Match[str]] = field(default_factory=list)


def read_sections() -> list[Section]:
    text = PAGE.read_text(encoding="utf-8")
    _, *parts = SECTION.split(text)
    sections = [Section(title, list(BLOCK.finditer(body))) for title, body in zip(parts[::2], parts[1::2], strict=True)]
    return [section for section in sections if section.blocks]


SECTIONS = read_sections()


def edit(rules: Path, block: regex.Match[str]) -> None:
    """Makes one edit of the page: at the end of the file, below the lines that it names, or in the alphabet."""
    path = rules.parent / block["file"]
    text = path.read_text(encoding="utf-8")
    body = block["body"]
    where = block["where"]
    if where.startswith(", below "):
        at = 0
        for anchor in QUOTED.findall(where):
            at = text.index(f"\n{anchor}\n", at) + len(anchor) + 1
        text = text[: at + 1] + body + text[at + 1 :]
    elif where.startswith(", instead of "):
        (old,) = QUOTED.findall(where)
        assert text.count(old) == 1, old
        text = text.replace(old, body.rstrip("\n"))
    elif where == ", in the order of the alphabet":
        lines = text.splitlines()
        heads = [line for line in lines if line.startswith("#")]
        words = {line for line in lines if not line.startswith("#")} | {body.strip()}
        assert body.strip() not in lines, "it is known already; choose another example"
        text = "\n".join([*heads, *sorted(words)]) + "\n"
    else:
        assert where.startswith((", at the end", ", in the order of the ids")), where
        text = f"{text}\n{body}" if body.startswith("[[") else text + body
    path.write_text(text, encoding="utf-8")


def run(extractor: Extractor, rules: Path, command: str) -> list[str]:
    """What a command prints, its messages too; the extractor is the one by these rules."""
    words = shlex.split(command)
    if words == ["tracker", "rules", "check"]:
        return CliRunner().invoke(app, words[1:], env={"TRACKER_RULES": str(rules)}).output.splitlines()
    if words[:3] == ["tracker", "rules", "show"]:
        return list(describe(next(rule for rule in extractor.rulebook.all_rules() if rule.id == words[3])))
    assert words[:2] == ["tracker", "explain"], command
    published = date.fromisoformat(words[4]) if words[3:4] == ["--published"] else None
    return list(extractor.explain(Document(document_id="text", text=words[2], published=published)).lines())


def agree(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines are the same; a line of "…" stands for any that the page leaves out."""
    if not shown or not printed:
        return not printed and all(line == MORE for line in shown)
    if shown[0] == MORE:
        return any(agree(shown[1:], printed[at:]) for at in range(len(printed) + 1))
    return shown[0] == printed[0] and agree(shown[1:], printed[1:])


def load(rules: Path) -> Extractor:
    return load_extractor(Settings(database_url="", rules_folder=rules, reports_folder=rules))


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.title)
def test_a_section_does_what_it_says(extractor: Extractor, tmp_path: Path, section: Section) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    known = {rule.id for rule in extractor.rulebook.all_rules()}
    current: Extractor | None = extractor
    for block in section.blocks:
        if block["file"]:
            edit(rules, block)
            current = None
            continue
        assert block["kind"] == "console"
        current = current or load(rules)
        command, *shown = block["body"].rstrip("\n").split("\n")
        printed = run(current, rules, command.removeprefix("$ "))
        assert agree(shown, printed), "\n".join(printed)
        if current is not extractor and "explain" in command:
            assert printed != run(extractor, RULES, command.removeprefix("$ ")), "the edits change nothing"
    if current is not None and current is not extractor:
        new = [rule for rule in current.rulebook.all_rules() if rule.id not in known]
        assert [str(failure) for failure in check_examples(new, current.match_example)] == []


def test_every_file_that_the_page_names_exists() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("## See why")[0]
    names = {name for name in QUOTED.findall(table) if name.endswith((".toml", ".txt", ".csv"))}
    assert len(names) > 20
    shared = RULES.parent, RULES / "en", RULES / "en" / "words", RULES / "places"
    assert [name for name in sorted(names) if not any((folder / name).is_file() for folder in shared)] == []


def test_the_keys_of_a_frame_are_all_explained(extractor: Extractor) -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("| key | means |") :].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    explained = {key.split(" ")[0] for cell in cells for key in QUOTED.findall(cell)}
    assert explained >= set(extractor.rulebook.table("frames")["values"])


def test_the_units_of_the_sentence_are_as_shown(extractor: Extractor) -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("| unit of ") :].partition("\n\n")[0]
    header, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    said = header[0].partition('"')[2].rstrip('"')
    sentence = Sentence(said, 0, len(said), 0)
    dates = [(mention.first, mention.last) for mention in extractor._dates.find(sentence, None)]
    units = extractor._units.read(sentence, dates)
    assert [words for words, _ in rows] == [
        said[units.tokens[unit.first].start : units.tokens[unit.last - 1].end] for unit in units.row
    ]
    for (words, classes), unit in zip(rows, units.row, strict=True):
        assert set(classes.split(", ")) == {name for name in unit.classes if not name.startswith("'")}, words


@pytest.mark.parametrize(("stage", "figures"), [("draft", 0), ("trusted", 1), ("retired", 0)])
def test_a_stage_is_in_force_as_the_page_says(extractor: Extractor, tmp_path: Path, stage: str, figures: int) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(RULES, rules)
    path = rules / "en" / "frames.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index('id = "frame.lives_lost"')
    path.write_text(f'{text[:start]}stage = "{stage}"\n{text[start:]}', encoding="utf-8")
    document = Document(document_id="text", text="Thirty lives were lost in the wreck.")
    assert len(load(rules).extract(document)) == figures
