"""Every figure that differs between two accounts is named once, with what changed it."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Scope
from tracker.incidents import Account
from tracker.incidents.changes import Stand, find_changes
from tracker.incidents.groups import distinct
from tracker.judgements import Judgement, Verdict

ELSEWHERE = {"places": ("Lokoja",), "latitude": 7.8, "longitude": 6.7}


def stand(*readings, judgements=(), **texts):
    known = tuple(distinct(readings)[0].values())
    return Stand(Account(known, judgements), {r.claim.document_id: r.text_sha256 for r in known} | texts)


def changes(before, after):
    return [(c.subject, c.before, c.after, c.because) for c in find_changes(before, after)]


def test_nothing_differs_from_itself(tell):
    known = stand(tell("a", "8"), tell("b", "900", scope=Scope.CUMULATIVE))
    assert changes(known, known) == []


def test_a_new_text_changes_a_figure_and_brings_others(tell):
    before = stand(tell("a", "8", source="police"))
    after = stand(tell("a", "8", source="police"), tell("b", "12", source="police", day=6), tell("c", "3", **ELSEWHERE))
    assert sorted(changes(before, after), key=repr) == sorted(
        [
            ("incident", (8, 8, 8), (12, 12, 12), ("new texts: 1",)),
            ("incident", None, (3, 3, 3), ("new texts: 1",)),
        ],
        key=repr,
    )


def test_rules_that_read_a_text_otherwise(tell):
    before, after = stand(tell("a", "8")), stand(tell("a", "18"))
    assert changes(before, after) == [("incident", (8, 8, 8), (18, 18, 18), ("claims read otherwise: 1",))]
    empty = stand(a="a")
    assert changes(empty, before) == [("incident", None, (8, 8, 8), ("claims read otherwise: 1",))]
    assert changes(before, empty) == [("incident", (8, 8, 8), None, ("claims read otherwise: 1",))]


def test_a_text_that_was_changed(tell):
    before, after = stand(tell("a", "8", sha="first")), stand(tell("a", "9", sha="second"))
    assert [because for *_, because in changes(before, after)] == [("changed texts: 1",)] * 2


def test_a_judgement(tell):
    readings = [tell("a", "8", outlet="A"), tell("b", "3", outlet="B", **ELSEWHERE)]
    before = stand(*readings)
    first, second = (reading.claim.claim_id for reading in before.account.readings)
    made = Judgement(
        claim_id=first, author="R", made_on=date(2025, 5, 9), verdict=Verdict.SAME_EVENT, other_claim_ids=(second,)
    )
    after = stand(*readings, judgements=(made,))
    found = changes(before, after)
    pairs = {(values[1], values[2]) for values in found}
    kept, gone = ((8, 8, 8), (3, 3, 3)) if ((3, 3, 3), None) in pairs else ((3, 3, 3), (8, 8, 8))
    assert pairs == {(kept, (3, 8, 8)), (gone, None)}
    assert all(because[0] == "judged: 1" for *_, because in found)
    assert any("now told as part of" in because[-1] for *_, because in found)


def test_an_incident_that_an_earlier_text_joins_is_the_same(tell):
    after = stand(tell("b", "8", outlet="B", day=6), tell("a", "8", outlet="A", day=5))
    before = stand(tell("b", "8", outlet="B", day=6))
    assert changes(before, after) == []


def test_values_of_tolls(tell):
    old = tell("a", "900", scope=Scope.CUMULATIVE, source="ministry")
    new = tell("b", "950", scope=Scope.CUMULATIVE, source="ministry", day=6, happened=6)
    assert changes(stand(old), stand(old, new)) == [("toll", None, (950, 950), ("new texts: 1",))]
    reread = tell("a", "905", scope=Scope.CUMULATIVE, source="ministry")
    assert changes(stand(old), stand(reread)) == [("toll", (900, 900), (905, 905), ("claims read otherwise: 1",))]


def test_going_back_names_the_same_figures(tell):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("38"), st.booleans()), max_size=6), st.integers(0, 6))
    def check(drawn, cut):
        readings = [tell(f"t{n}", count, day=5 + day, happened=5 + day, **(ELSEWHERE if there else {}))
                    for n, (day, count, there) in enumerate(drawn)]  # fmt: skip
        before, after = stand(*readings[:cut]), stand(*readings)
        forth = sorted(((c.before, c.after) for c in find_changes(before, after)), key=repr)
        back = sorted(((c.after, c.before) for c in find_changes(after, before)), key=repr)
        assert forth == back
        assert find_changes(replace(before), before) == []

    check()
