"""The rules' own examples, run: each rule of rules/ does what its file says, and the check itself notices when not."""

from __future__ import annotations

import pytest
import regex

from tracker.extract.extractor import Extractor
from tracker.rulebook import Rule, Stage, load_rulebook
from tracker.rulebook.examples import check_examples
from tracker.rulebook.rules import CounterExample, Example
from tracker.rulebook.showing import describe
from tracker.settings import load_settings


def rule_ids() -> list[str]:
    book = load_rulebook(load_settings().rules_folder)
    return sorted(entry["id"] for name in book.rule_files() for entry in book.table(name)["rule"])


@pytest.fixture(scope="module")
def rules(extractor: Extractor) -> dict[str, Rule]:
    return {rule.id: rule for rule in extractor.rulebook.all_rules()}


@pytest.mark.parametrize("rule_id", rule_ids())
def test_a_rule_does_what_its_examples_say(extractor: Extractor, rules: dict[str, Rule], rule_id: str) -> None:
    assert [str(failure) for failure in check_examples([rules[rule_id]], extractor.match_example)] == []


def test_no_rule_is_left_out(rules: dict[str, Rule]) -> None:
    assert sorted(rules) == rule_ids()
    assert len(rules) > 100


DOG = CounterExample("A dog sat.", "a dog")


def cat(*, reject: CounterExample = DOG, start: int = 2, stage: Stage = Stage.TRUSTED) -> Rule:
    return Rule(
        id="pet.cat",
        stage=stage,
        rationale="Cats.",
        compile=lambda: regex.compile("cat"),
        written="cat",
        origin="en/pets.toml",
        matches=(Example("A cat sat.", start, start + 3),),
        rejects=(reject,),
        values={"gives": "pet"},
    )


def find(rule: Rule, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in rule.pattern.finditer(text)]


def test_a_good_rule_has_no_failure() -> None:
    assert check_examples([cat()], find) == []


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (cat(start=6), "must match 'sat' once, but matches 'cat'"),
        (cat(reject=CounterExample("A catfish.", "a fish")), "must not match (a fish), but matches 'cat'"),
        (cat(reject=CounterExample("A dog.", "a dog", known_miss=True)), "passes now; remove the mark"),
    ],
)
def test_a_failure_says_file_rule_and_what_is_wrong(rule: Rule, reason: str) -> None:
    (failure,) = check_examples([rule], find)
    assert str(failure).startswith("en/pets.toml: rule pet.cat: ")
    assert reason in str(failure)


def test_an_example_must_match_once_only() -> None:
    assert len(check_examples([cat()], lambda rule, text: [(2, 5), (6, 9)])) == 2
    assert "nothing" in str(check_examples([cat()], lambda rule, text: [])[0])


def test_a_draft_is_tried_and_a_retired_rule_is_not() -> None:
    assert len(check_examples([cat(start=6, stage=Stage.DRAFT)], find)) == 1
    assert check_examples([cat(start=6, stage=Stage.RETIRED)], find) == []


def test_a_known_miss_may_match() -> None:
    assert check_examples([cat(reject=CounterExample("A catfish.", "a fish", known_miss=True))], find) == []


def test_a_rule_is_described_with_its_marks() -> None:
    lines = list(describe(cat(reject=CounterExample("A catfish.", "a fish", known_miss=True))))
    assert lines[0] == "pet.cat   (trusted, en/pets.toml)"
    assert "  matches: A [[cat]] sat." in lines
    assert "  not:     A catfish.   since a fish (a known miss)" in lines
