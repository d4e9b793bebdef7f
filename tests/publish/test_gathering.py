"""From a ledger to a report's material: windows, areas, claimants, and what changed since the last report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tracker.claims import Claim, Measure, Scope
from tracker.documents import Document
from tracker.errors import UsageError
from tracker.ledger import Ledger, begin_run
from tracker.publish.gathering import Question, gather, read_rules
from tracker.publish.pages.definition import load_definition
from tracker.publish.pages.report import compose
from tracker.settings import locate


def document(name: str, text: str, published: date, outlet: str = "Harbour News") -> Document:
    return Document(document_id=name, text=text, published=published, outlet=outlet)


def claim(doc: Document, words: str, number: int, **given: object) -> Claim:
    start = doc.text.index(words)
    fields = {
        "places": ("Dalori",), "country": "NGA", "date_start": doc.published, "date_end": doc.published,
        "measure": Measure.DEATHS, "quote": doc.text, "quote_end": len(doc.text), "rule_id": "en.test",
    } | given  # fmt: skip
    return Claim(
        document_id=doc.document_id, count_min=number, count_max=number, count_text=words, start=start,
        end=start + len(words), **fields,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture(name="ledger")
def _ledger(tmp_path):
    """Three mornings: an event and a toll; the event grows and another comes late; the toll falls."""
    toll = {"scope": Scope.CUMULATIVE, "source": "the ministry", "places": (), "date_start": None, "date_end": None,
            "baseline_date": date(2024, 10, 7)}  # fmt: skip
    first = document("a", "Eight died in Dalori.", date(2025, 5, 5))
    total = document("t1", "The toll stands at 900.", date(2025, 5, 5), "Delta Courier")
    more = document("b", "Eleven died in Dalori on 5 May, the mayor said.", date(2025, 5, 6), "Delta Courier")
    late = document("c", "Four died in Herat on 29 April.", date(2025, 5, 6), "Steppe Herald")
    fallen = document("t2", "The toll stands at 890.", date(2025, 5, 7), "Delta Courier")
    mornings = (
        (6, [(first, [claim(first, "Eight", 8)]), (total, [claim(total, "900", 900, **toll)])]),
        (7, [
            (more, [claim(more, "Eleven", 11, date_start=date(2025, 5, 5), date_end=date(2025, 5, 5),
                          source="the mayor")]),
            (late, [claim(late, "Four", 4, places=("Herat",), country="AFG", date_start=date(2025, 4, 29),
                          date_end=date(2025, 4, 29))]),
        ]),
        (8, [(fallen, [claim(fallen, "890", 890, **toll)])]),
    )  # fmt: skip
    with Ledger.open(f"sqlite:///{tmp_path / 'tracker.db'}") as ledger:
        for day, documents in mornings:
            run = begin_run(started_at=datetime(2025, 5, day, 6, tzinfo=UTC), rules_digest="r", command="test")
            for doc, claims in documents:
                ledger.record(run, doc, claims)
        yield ledger


def told(ledger, definition, **asked):
    values, _ = compose(gather(ledger, definition, Question(**asked)), definition)
    return values


def test_what_changed_is_told_by_sort(ledger, definition):
    values = told(ledger, definition, last=date(2025, 5, 7), since=date(2025, 5, 6))
    groups = {group["title"]: group["rows"] for group in values["changes"]["groups"]}
    assert set(groups) == {"Added late, to its own day", "Figure that rose", "Correction of a running total"}
    (rose,) = groups["Figure that rose"]
    assert [(figure["before"], figure["now"]) for figure in rose["figures"]] == [("8", "11 (8–11)")]
    assert rose["because"] == "1 new text"
    (late,) = groups["Added late, to its own day"]
    assert late["day"] == "29\u00a0Apr"
    (fell,) = groups["Correction of a running total"]
    assert [(figure["before"], figure["now"]) for figure in fell["figures"]] == [("900", "890")]


def test_the_last_report_was_made_at_the_end_of_the_day_before(ledger, definition):
    values = told(ledger, definition)
    assert values["changes"]["lead"].startswith("Since the end of 6 May 2025: ")
    first = told(ledger, definition, as_known_on=date(2025, 5, 6))
    assert "first report from this database" in first["changes"]["lead"]


def test_a_run_may_stand_for_the_last_report(ledger, definition):
    run = ledger.runs()[1].run.run_id
    values = told(ledger, definition, since=run[:8])
    assert [group["title"] for group in values["changes"]["groups"]] == ["Correction of a running total"]
    with pytest.raises(UsageError, match="no run has an id that begins with 'x'"):
        told(ledger, definition, since="x")


def test_nothing_new_is_said_to_be_so(ledger, definition):
    values = told(ledger, definition, since=date(2025, 5, 8))
    assert values["changes"]["lead"].startswith("Nothing has changed since")


def test_figures_stand_beside_those_of_the_window_before(ledger, definition):
    values = told(ledger, replace(definition, window_days=3), last=date(2025, 5, 7))
    (card,) = values["summary"]["cards"]
    assert (card["value"], card["spread"]) == ("11", "lowest 8, highest 11")
    assert card["before"] == ""  # nothing was read that was published by 4 May
    values = told(ledger, replace(definition, window_days=2), last=date(2025, 5, 7))
    assert values["summary"]["facts"][-1] == "2 days before: 1 incident"


def test_an_area_limits_incidents_tolls_and_changes(ledger, definition):
    material = gather(ledger, definition, Question(area="AFG", first=date(2025, 4, 28), since=date(2025, 5, 6)))
    assert [incident.place for incident in material.incidents] == ["Herat"]
    assert material.tolls == ()
    assert [change.measure for change in material.news.changes] == [Measure.DEATHS]
    with pytest.raises(UsageError, match="near it: Herat"):
        gather(ledger, definition, Question(area="Herrat"))


def test_a_claimant_is_found_by_name_without_articles_or_by_id(ledger, reports):
    definition = load_definition(reports, "toll")
    by_name = gather(ledger, definition, Question(claimant="Ministry"))
    assert [point.low for point in by_name.tolls] == [900, 890]
    by_id = gather(ledger, definition, Question(claimant=by_name.tolls[0].toll_id[:6]))
    assert by_id.tolls == by_name.tolls
    with pytest.raises(UsageError, match="near it: the ministry"):
        gather(ledger, definition, Question(claimant="the minstry"))
    with pytest.raises(UsageError, match="no value of 'Ministry' is dated"):
        gather(ledger, definition, Question(claimant="Ministry", first=date(2025, 6, 1), last=date(2025, 6, 2)))


def test_a_total_that_falls_is_told_with_its_correction(ledger, reports):
    definition = load_definition(reports, "toll")
    values = told(ledger, definition, claimant="the ministry")
    (row,) = values["revisions"]["rows"]
    assert (row["kind"], row["size"]) == ("corrected", "−10")
    (table,) = values["toll_points"]["tables"]
    assert [one["value"] for one in table["rows"]] == ["900", "890"]


def test_a_dossier_traces_the_figure_from_day_to_day(ledger, reports):
    definition = load_definition(reports, "incident")
    (incident, *_) = [
        i for i in gather(ledger, load_definition(reports), Question()).known_incidents if i.country == "NGA"
    ]
    values = told(ledger, definition, incident=incident.incident_id)
    (move,) = values["movement"]["moves"]
    assert [(row["value"], row["spread"]) for row in move["rows"]] == [("8", ""), ("11", "8–11")]
    assert [row["figure"] for row in values["statements"]["rows"]] == ["8", "11"]
    assert [side["best"] for row in values["conflicts"]["rows"] for side in row["sides"]] == [False, True]


def test_the_rules_in_force_are_counted_by_stage():
    rules = read_rules(locate("rules", "TRACKER_RULES"))
    assert sum(rules.stages.values()) > 100
    assert rules.vague == "codebook"
    assert ("dozens", 24, None) in rules.examples
