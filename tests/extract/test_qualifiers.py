"""Qualifiers: what takes a harm out of the record or weakens it, and what only looks as if it did."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.documents import Document
from tracker.extract.extractor import Extractor
from tracker.extract.harm.qualifiers import STATUSES, QualifierFinder
from tracker.extract.text.sentences import Sentence
from tracker.rulebook import Rule, load_rulebook

FINDER = QualifierFinder(load_rulebook(Path(__file__).resolve().parents[2] / "rules"))
KNOWN_MISS = pytest.mark.xfail(strict=True, reason="not read so yet; remove the mark when it is")

HIDE_NOTHING = {"qualifier.pseudo_not", "qualifier.pseudo_feared"}


def effects_of(text: str) -> list[str]:
    return [cue.effect for cue in FINDER.find(Sentence(text, 0, len(text), 0))]


def statuses(extractor: Extractor, text: str) -> list[str]:
    return [claim.status.value for claim in extractor.extract(Document(document_id="cue", text=text))]


@pytest.mark.parametrize("rule", FINDER.rules, ids=lambda rule: rule.id)
def test_a_rule_says_its_effect_and_reach(rule: Rule) -> None:
    assert rule.values["gives"]
    assert rule.values.get("reach", "after") in {"after", "before", "near", "sentence", "figure", "previous"}
    assert rule.values.get("span", 12) >= 0


def test_both_statuses_have_cues() -> None:
    assert set(STATUSES) <= {rule.values["gives"] for rule in FINDER.rules}


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(rule, id=rule.id, marks=KNOWN_MISS if rule.id in HIDE_NOTHING else ())
        for rule in FINDER.rules
        if rule.values["gives"] == "pseudo"
    ],
)
def test_a_pseudo_cue_hides_the_cue_that_it_looks_like(rule: Rule) -> None:
    """A pseudo-cue that hides nothing in its own examples is dead weight."""
    others = [other for other in FINDER.rules if other.values["gives"] != "pseudo"]
    for example in rule.matches:
        sentence = Sentence(example.text, 0, len(example.text), 0)
        marked = [match.span() for other in others for match in other.pattern.finditer(sentence.line)]
        assert marked, f"{rule.id}: no cue to hide in {example.text!r}"
        assert effects_of(example.text) == [], example.text


@pytest.mark.parametrize(
    "text",
    [
        "The blast did not kill the two guards.",
        "The wall could kill four people.",
        "They plotted to kill four judges.",
        "If two more people are killed, the ward closes.",
        "The group threatened to execute four hostages.",
        "The agency expects 4,000 people to be displaced.",
        "In the film, a butler murders four guests.",
        "Two hikers reported missing have turned up alive.",
        "Nobody would say that four men might be killed.",
    ],
)
def test_what_did_not_happen_is_no_claim(extractor: Extractor, text: str) -> None:
    assert statuses(extractor, text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Four miners were killed.", ["stated"]),
        ("Four miners were reportedly killed.", ["stated"]),
        ("The rebels claimed that four soldiers were killed.", ["stated"]),
        ("An estimated 40 people were killed.", ["stated"]),
        ("Forty people are feared dead.", ["possible"]),
        ("Forty people are believed to have been killed.", ["possible"]),
        ("Forty people are presumed dead.", ["possible"]),
        ("Forty people were killed, unconfirmed reports say.", ["possible"]),
        ("The quake may have killed two shepherds.", ["possible"]),
        ("The army denied that its men had killed four villagers.", ["disputed"]),
        ("The army denied responsibility for the blast that killed four villagers.", ["stated"]),
        ("Six traders were killed by suspected militants.", ["stated"]),
        ("The blast not only killed two guards.", ["stated"]),
        ("Two guards were killed before the roof could be cleared.", ["stated"]),
    ],
)
def test_status(extractor: Extractor, text: str, wanted: list[str]) -> None:
    assert statuses(extractor, text) == wanted


def test_a_cue_stays_in_its_sentence(extractor: Extractor) -> None:
    assert statuses(extractor, "Forty people are feared dead. Nine people were injured.") == ["possible", "stated"]
    assert statuses(extractor, "The wall could kill four people. Nine people were injured.") == ["stated"]


def test_a_cue_does_not_cross_a_clause_border(extractor: Extractor) -> None:
    assert statuses(extractor, "The dam could burst; nine people were killed.") == ["stated"]
    assert statuses(extractor, "The dam could burst, but nine people were killed.") == ["stated"]


def test_what_was_dropped_names_its_reason(extractor: Extractor) -> None:
    trace = extractor.explain(Document(document_id="cue", text="They plotted to kill four judges."))
    assert trace.claims == []
    (drop,) = trace.rejections
    assert "four" in drop.words
    assert drop.reason
    assert drop.rule_id


def test_a_denied_account_is_the_one_told_before(extractor: Extractor) -> None:
    told = "Five students were shot dead on Friday, an ombudsman said."
    assert statuses(extractor, f"{told} Police denied the account.") == ["disputed"]
    assert statuses(extractor, f"{told} Police called the report false.") == ["disputed"]
    assert statuses(extractor, f"{told} Police denied the account, saying nobody was killed.") == ["disputed", "stated"]
    assert statuses(extractor, f"{told} Police denied responsibility.") == ["stated"]


def test_the_month_of_may_makes_no_guess(extractor: Extractor) -> None:
    assert statuses(extractor, "An eruption on 11 May killed three trekkers.") == ["stated"]
