"""`tracker rules`: the rulebook listed, shown and checked, by the program as installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.rulebook import load_rulebook
from tracker.settings import load_settings

TRACKER = Path(sys.executable).with_name("tracker")
RULES = load_settings().rules_folder


def run(*arguments: str, rules: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **({"TRACKER_RULES": str(rules)} if rules else {})}
    return subprocess.run(
        [str(TRACKER), "rules", *arguments], capture_output=True, text=True, env=environment, check=False
    )


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    shutil.copytree(RULES, tmp_path / "rules")
    return tmp_path / "rules"


def test_list_names_every_rule_with_stage_file_and_reason() -> None:
    listed = run("list")
    assert listed.returncode == 0
    assert listed.stderr == ""
    lines = listed.stdout.splitlines()
    book = load_rulebook(RULES)
    ids = sorted(entry["id"] for name in book.rule_files() for entry in book.table(name)["rule"])
    assert [line.split()[0] for line in lines] == ids
    line = next(line for line in lines if line.startswith("boilerplate.rights "))
    assert line.split()[1:3] == ["trusted", "en/boilerplate.toml"]
    assert line.endswith("A notice of rights closes an article.")


def test_show_prints_reason_pattern_and_examples() -> None:
    shown = run("show", "boilerplate.rule")
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "boilerplate.rule   (trusted, en/boilerplate.toml)"
    assert "  A line of marks parts two stories." in lines
    assert any(line.startswith("  pattern: ") for line in lines)
    assert "  matches: [[* * *]]" in lines
    assert any(line.startswith("  not:     * four dead") for line in lines)


def test_show_of_an_unknown_rule_says_where_the_ids_are() -> None:
    shown = run("show", "frame.unheard_of")
    assert shown.returncode == 2
    assert shown.stdout == ""
    assert shown.stderr == "tracker: there is no rule 'frame.unheard_of'; `tracker rules list` names them all.\n"


def test_check_prints_a_failing_example_and_exits_with_1(own_rules: Path) -> None:
    path = own_rules / "en" / "boilerplate.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('examples = ["[[* * *]]"]', 'examples = ["[[four dead]]"]'), encoding="utf-8")
    checked = run("check", rules=own_rules)
    assert checked.returncode == 1
    assert "en/boilerplate.toml: rule boilerplate.rule: must match 'four dead' once" in checked.stdout
    assert checked.stderr.endswith("examples fail.\n")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("en/boilerplate.toml", "[[rule]]", "[[rule", "en/boilerplate.toml: not valid TOML"),
        ("en/boilerplate.toml", "^(?:[*_=~#-]", "^((?:[*_=~#-]", "rule boilerplate.rule: the pattern does not compile"),
        ("en/vague.toml", 'default = "codebook"', 'default = "wild"', "vague.toml: there is no policy 'wild'"),
    ],
)
def test_a_broken_file_is_one_clear_sentence(own_rules: Path, name: str, old: str, new: str, message: str) -> None:
    path = own_rules / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    refused = run("check", rules=own_rules)
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.startswith("tracker: ")
    assert message in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_folder_of_rules_that_is_not_there(tmp_path: Path) -> None:
    refused = run("list", rules=tmp_path / "nowhere")
    assert refused.returncode == 2
    assert refused.stderr.startswith("tracker: TRACKER_RULES points to ")
    assert refused.stderr.count("\n") == 1
