"""What people hold of incidents: it outweighs the rule, can be taken back, and survives whatever comes in later."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Cause, Measure, Scope
from tracker.errors import UsageError
from tracker.incidents import Account, find_incidents, find_tolls, judging
from tracker.incidents.groups import distinct
from tracker.incidents.series import series_rows

SIGNED = ("R. Ito", date(2025, 5, 9), "I was there.")


def account(*readings):
    return Account(tuple(distinct(readings)[0].values()))


def judged(known, made):
    return replace(known, judgements=(*known.judgements, *made))


def ids(known):
    return [incident.incident_id for incident in known.incidents]


def bests(known):
    return [incident.figures[Measure.DEATHS].best for incident in known.incidents if incident.figures]


@pytest.fixture(name="two")
def _two(tell):
    """Two incidents that the rule keeps apart, for their causes differ."""
    return account(tell("a", "8", outlet="A"), tell("b", "9", outlet="B", cause=Cause.FLOOD, day=6))


def test_incidents_that_a_person_merges_are_one(two):
    after = judged(two, judging.merge(two, ids(two), *SIGNED))
    (incident,) = after.incidents
    assert incident.figures[Measure.DEATHS].best == 9
    assert incident.origins == ("A", "B")
    assert incident.links[0].reasons == ("judged by R. Ito on 2025-05-09: I was there.",)


def test_a_merge_that_is_taken_back_ends(two):
    after = judged(two, judging.merge(two, ids(two), *SIGNED))
    made = after.judgements[0].judgement_id
    again = judged(after, [judging.withdraw(after, made[:8], *SIGNED)])
    assert again.incidents == two.incidents
    with pytest.raises(UsageError, match="is a withdrawal, which cannot be withdrawn"):
        judging.withdraw(again, again.judgements[1].judgement_id, *SIGNED)


def test_texts_that_a_person_splits_are_two_incidents(tell):
    known = account(tell("a", "8", outlet="A"), tell("b", "8", outlet="B"), tell("c", "8", outlet="C"))
    (incident,) = known.incidents
    after = judged(known, judging.split(known, incident.incident_id, ["b"], *SIGNED))
    assert sorted(found.document_ids for found in after.incidents) == [("a", "c"), ("b",)]


def test_one_text_that_tells_of_two_events_can_be_split(tell):
    known = account(
        tell("a", "8"), tell("a", "3", start=50, part_of=0, victims="children"),
        tell("a", "20", start=90), tell("a", "7", start=120, part_of=90, victims="women"),
    )  # fmt: skip
    (incident,) = known.incidents
    moved = next(r.claim.claim_id for r in known.readings if r.claim.start == 90)
    after = judged(known, judging.split(known, incident.incident_id, [moved[:10]], *SIGNED))
    assert sorted(bests(after)) == [8, 20]
    assert sorted(len(found.claim_ids) for found in after.incidents) == [2, 2]


def test_what_a_person_excludes_is_in_no_incident_series_or_toll(tell):
    known = account(tell("a", "8"), tell("b", "5", places=("Lokoja",)))
    after = judged(known, judging.exclude(known, [ids(known)[0]], *SIGNED))
    assert bests(after) == [8]
    assert [row.best for row in series_rows(after.incidents)] == [8]
    toll = account(tell("c", "900", scope=Scope.CUMULATIVE))
    assert find_tolls(toll.readings, judging.exclude(toll, [toll.readings[0].claim.claim_id], *SIGNED)) == []


def test_an_excluded_claim_takes_its_parts_along(tell):
    known = account(tell("a", "8"), tell("a", "3", start=50, part_of=0))
    whole = next(r.claim.claim_id for r in known.readings if r.claim.start == 0)
    assert judged(known, judging.exclude(known, [whole], *SIGNED)).incidents == []


def test_judgements_hold_when_more_texts_come_and_old_claims_go(tell, two):
    made = judging.merge(two, ids(two), *SIGNED)
    later = [*two.readings, tell("c", "9", outlet="C", cause=Cause.FLOOD, day=6)]
    (incident,) = find_incidents(later, made)
    assert len(incident.document_ids) == 3
    gone = [reading for reading in later if reading.claim.document_id != "a"]
    assert len(find_incidents(gone, made)) == 1  # of one side nothing is read any more: the judgement rests
    assert find_incidents(later, made) == find_incidents(reversed(later), made)


def test_claims_that_two_judgements_pull_both_ways_stay_apart(two):
    merged = judged(two, judging.merge(two, ids(two), *SIGNED))
    split = judged(merged, judging.split(merged, ids(merged)[0], ["b"], *SIGNED))
    assert len(split.incidents) == 2
    with pytest.raises(UsageError, match="withdraw that judgement first"):
        judging.merge(split, ids(split), *SIGNED)


@pytest.mark.parametrize(
    ("judge", "message"),
    [
        (lambda two: judging.merge(two, [ids(two)[0]], *SIGNED), "at least two different incidents"),
        (lambda two: judging.merge(two, [ids(two)[0], "zz"], *SIGNED), "no incident has an id that begins with 'zz'"),
        (lambda two: judging.split(two, ids(two)[0], ["a", "b"], *SIGNED), "no claim or document there is called 'b'"),
        (lambda two: judging.split(two, ids(two)[0], ["a"], *SIGNED), "leaves the incident as it is"),
        (lambda two: judging.exclude(two, [""], *SIGNED), "no claim or document there is called ''"),
        (lambda two: judging.withdraw(two, "0", *SIGNED), "no judgement has an id that begins with '0'"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_sentence(two, judge, message):
    first = next(i for i, incident in enumerate(two.incidents) if incident.document_ids == ("a",))
    known = replace(two, readings=two.readings if first == 0 else two.readings[::-1])
    with pytest.raises(UsageError, match=message):
        judge(known)


def test_no_order_of_judgements_or_texts_makes_a_difference(tell):
    readings = [tell(f"t{n}", str(5 + n % 2), outlet=f"O{n}", day=5 + n % 2, start=n) for n in range(5)]
    known = account(*readings, tell("x", "7", places=("Lokoja",)), tell("y", "2", places=("Bama",)))
    names = ids(known)
    made = [
        *judging.merge(known, names[-2:], *SIGNED),
        *judging.exclude(known, ["t3"], *SIGNED),
    ]

    @settings(max_examples=50, deadline=None)
    @given(st.permutations(known.readings), st.permutations(made))
    def check(texts, opinions):
        assert find_incidents(texts, opinions) == find_incidents(known.readings, made)

    check()
