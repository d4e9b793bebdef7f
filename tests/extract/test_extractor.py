"""The extractor's promises: claims prove themselves, the gate changes nothing, order and neighbours do not matter."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.claims import Claim, identify
from tracker.documents import Document
from tracker.extract.extractor import Extractor
from tracker.gazetteer import Gazetteer
from tracker.rulebook import Rulebook, load_rulebook

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules"
QUIET = [json.loads(line)["text"] for line in (RULES / "en" / "quiet.jsonl").read_text(encoding="utf-8").splitlines()]


def read_gold() -> list[Document]:
    documents = []
    for name in ("texts", "newsroom", "blind", "blind_again"):
        for line in (ROOT / "tests" / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            published = date.fromisoformat(record["published"]) if record["published"] else None
            documents.append(
                Document(
                    document_id=record["document_id"], text=record["text"], title=record["title"], published=published
                )
            )
    return documents


GOLD = read_gold()
NEUTRAL = (
    "The ferry office opens at eight. Tickets are sold beside the old pump.\n\n{}\n\nThe library closes on Sunday."
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open(RULES)


def check_proof(document: Document, claims: list[Claim]) -> None:
    """What every claim must prove of itself, whatever the text."""
    text = document.text
    for claim in claims:
        assert claim.document_id == document.document_id
        assert text[claim.start : claim.end] == claim.count_text
        assert claim.count_text == claim.count_text.strip()
        assert text[claim.quote_start : claim.quote_end] == claim.quote
        assert claim.quote_start <= claim.start <= claim.end <= claim.quote_end
        assert claim.claim_id == identify(document.text_sha256, claim.start, claim.end, claim.measure)
        assert claim.rule_id
        everything = f"{text}\n{document.title or ''}"
        for words in (claim.victims, claim.source, claim.baseline_text, *claim.places):
            assert words is None or words in everything
        assert (claim.date_start is None) == (claim.date_end is None)
        if claim.part_of is not None:
            assert claim.part_of in {other.start for other in claims if other is not claim}
    assert len({claim.claim_id for claim in claims}) == len(claims)
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)


@pytest.mark.parametrize("document", GOLD, ids=lambda document: document.document_id)
def test_every_claim_over_the_gold_proves_itself(extractor: Extractor, document: Document) -> None:
    claims = extractor.extract(document)
    check_proof(document, claims)
    assert extractor.extract(document) == claims
    assert extractor.explain(document).claims == claims
    for claim in claims:
        # Words around the count may open a bound ("topped 40"), but never change the number that is printed.
        bounds = extractor.read_bounds(claim.count_text)
        assert bounds is None or claim.count_min == bounds[0] or claim.count_max == bounds[1]


def test_the_gate_changes_nothing(extractor: Extractor, gazetteer: Gazetteer) -> None:
    ungated = Extractor(extractor.rulebook, gazetteer, gated=False)
    quiet = [Document(document_id=f"quiet-{at}", text=text) for at, text in enumerate(QUIET)]
    for document in [*GOLD, *quiet]:
        assert extractor.extract(document) == ungated.extract(document), document.document_id


def test_the_gate_lets_disguised_cues_through(extractor: Extractor) -> None:
    for cue in ("KILLED", "Killed", "k\u200billed", "kil\u00adled", "\uff4billed", "killed"):
        text = f"Four men were {cue} in Cairo."
        assert [claim.count_min for claim in extractor.extract(Document(document_id="cue", text=text))] == [4], cue


def shuffled(value: Any, rng: random.Random) -> Any:
    """`value` with the keys of its tables and the entries of its lists of words or tables in another order."""
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {key: shuffled(value[key], rng) for key in keys}
    if isinstance(value, list) and value and all(isinstance(item, str | dict) for item in value):
        return rng.sample([shuffled(item, rng) for item in value], len(value))
    return value


class ShuffledRulebook(Rulebook):
    """The same rules in files whose entries stand in another order."""

    def __init__(self, folder: Path, language: str, seed: int) -> None:
        super().__init__(folder, language)
        self._rng = random.Random(seed)
        self._shuffled: dict[str, dict[str, Any]] = {}

    def table(self, name: str) -> dict[str, Any]:
        if name not in self._shuffled:
            self._shuffled[name] = shuffled(super().table(name), self._rng)
        return self._shuffled[name]


def test_the_order_of_entries_does_not_matter(extractor: Extractor, gazetteer: Gazetteer) -> None:
    other = Extractor(ShuffledRulebook(RULES, "en", seed=1), gazetteer)
    for document in GOLD:
        assert other.extract(document) == extractor.extract(document), document.document_id


def test_listing_the_rules_first_does_not_matter(gazetteer: Gazetteer) -> None:
    """Who asks for all rules before the extractor is built must not change what frames are compiled to."""
    rulebook = load_rulebook(RULES)
    rulebook.all_rules()
    document = Document(document_id="order", text="Four people were killed in Cairo.")
    assert [claim.count_min for claim in Extractor(rulebook, gazetteer).extract(document)] == [4]


def test_another_reading_has_another_digest(extractor: Extractor, gazetteer: Gazetteer) -> None:
    """The ledger skips what was read with the same digest: another policy for vague words must show in it."""
    other = Extractor(extractor.rulebook, gazetteer, vague="acled")
    document = Document(document_id="vague", text="Dozens of people were killed in Cairo.")
    assert extractor.extract(document) != other.extract(document)
    assert extractor.rules_digest != other.rules_digest


class TestExamples:
    """Each rule's own examples, alone and inside a page."""

    def test_rule_files_are_there(self, extractor: Extractor) -> None:
        assert {"frames", "qualifiers", "scope", "boilerplate"} <= set(extractor.rulebook.rule_files())

    def test_each_example_inside_a_neutral_page_keeps_its_proof(self, extractor: Extractor) -> None:
        for rule in extractor.rulebook.all_rules():
            for text in [example.text for example in rule.matches] + [reject.text for reject in rule.rejects]:
                document = Document(
                    document_id=rule.id, text=NEUTRAL.format(text), title="Notes", published=date(2025, 3, 6)
                )
                check_proof(document, extractor.extract(document))

    def test_the_neutral_page_itself_is_quiet(self, extractor: Extractor) -> None:
        document = Document(document_id="neutral", text=NEUTRAL.format(""))
        assert extractor.extract(document) == []


@pytest.mark.parametrize("rule_id", [rule["id"] for rule in load_rulebook(RULES).table("frames")["rule"]])
def test_a_frames_example_is_a_claim_of_the_whole_pipeline(extractor: Extractor, rule_id: str) -> None:
    """A frame may be right alone and yet be shadowed: its example must give a claim that touches the marked count."""
    rule = next(rule for rule in extractor.rulebook.rules("frames") if rule.id == rule_id)
    for example in rule.matches:
        claims = extractor.extract(Document(document_id=rule_id, text=example.text))
        assert any(c.start < example.end and example.start < c.end for c in claims), example.text


# Texts for the properties: pieces of news, and what might trip over them.
SENTENCES = sorted({sentence for document in GOLD for sentence in document.text.replace("\n", " ").split(". ")})
WORDS = sorted({word for document in GOLD for word in document.text.split()})
MARKS = [*".,;:!?()[]\"'-", *"\u201c\u201d\u2019\u2013\u2026", "\n", "\n\n", "* * *", "\u2022 ", " ", "\t", "\r\n"]
ODD = [
    *"\u200b\u00ad\u202e\ufeff\u0301\uff11\ufdfa\u00b2\U0001f480\u0130\ud800\x00",
    "\u0661\u0662",
    "12",
    "1,200",
    "3.5",
]
TEXTS = st.lists(
    st.one_of(st.sampled_from(SENTENCES), st.sampled_from(WORDS), st.sampled_from(MARKS + ODD), st.text(max_size=3)),
    max_size=25,
).flatmap(lambda pieces: st.sampled_from(["", " "]).map(lambda joint: joint.join(pieces)))
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)) | st.sampled_from([date.min, date.max])
FAST = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@FAST
@given(text=TEXTS, title=st.none() | st.sampled_from(SENTENCES) | st.text(max_size=20), published=DAYS)
def test_any_text_finishes_and_every_claim_proves_itself(
    extractor: Extractor, text: str, title: str | None, published: date | None
) -> None:
    document = Document(document_id="any", text=text, title=title, published=published)
    claims = extractor.extract(document)
    check_proof(document, claims)
    assert extractor.extract(document) == claims


def figures(claims: list[Claim]) -> list[tuple[object, ...]]:
    return [(c.start, c.end, c.measure, c.count_min, c.count_max, c.claim_id and c.count_text) for c in claims]


def check_addition(extractor: Extractor, document: Document, addition: str) -> None:
    before = figures(extractor.extract(document))
    longer = replace(document, text=f"{document.text}\n\n{addition}")
    after = [figure for figure in figures(extractor.extract(longer)) if figure[0] < len(document.text)]  # type: ignore[operator]
    assert after == before, document.document_id


@FAST
@given(document=st.sampled_from(GOLD), addition=st.sampled_from(QUIET))
def test_an_unrelated_paragraph_behind_changes_no_earlier_figure(
    extractor: Extractor, document: Document, addition: str
) -> None:
    check_addition(extractor, document, addition)


@FAST
@given(document=st.sampled_from(GOLD), lines=st.integers(1, 4))
def test_blank_lines_in_front_only_move_the_offsets(extractor: Extractor, document: Document, lines: int) -> None:
    before = extractor.extract(document)
    after = extractor.extract(replace(document, text="\n" * lines + document.text))
    assert [(c.start - lines, c.measure, c.count_text, c.places, c.source) for c in after] == [
        (c.start, c.measure, c.count_text, c.places, c.source) for c in before
    ]


@FAST
@given(document=st.sampled_from(GOLD))
def test_capitals_cost_no_figure_their_offsets(extractor: Extractor, document: Document) -> None:
    loud = replace(document, text=document.text.upper())
    check_proof(loud, extractor.extract(loud))


def test_reading_one_text_does_not_depend_on_what_was_read_before(extractor: Extractor) -> None:
    alone = {document.document_id: extractor.extract(document) for document in GOLD}  # in the order of the files
    for document in random.Random(3).sample(GOLD, 100):
        assert extractor.extract(document) == alone[document.document_id]
