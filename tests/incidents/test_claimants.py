"""One claimant under many spellings is one; two claimants under a short name stay two."""

from itertools import permutations

from tracker.claims import Scope
from tracker.incidents import find_incidents, find_tolls
from tracker.incidents.claimants import identify_claimants


def keys(*readings):
    named = [r.claim.claim_id for r in readings]
    answers = [identify_claimants(order) for order in permutations(readings)]
    assert all(answer == answers[0] for answer in answers)
    return [answers[0][claim_id].key for claim_id in named]


def test_articles_and_case_tell_no_claimants_apart(tell):
    first, second, third = keys(
        tell("a", "8", claim_id="1", source="the Coast Guard"),
        tell("b", "8", claim_id="2", source="Its coast guard"),
        tell("c", "8", claim_id="3", source="coast guard"),
    )
    assert first == second == third


def test_a_short_form_belongs_to_the_longer_name_of_its_text(tell):
    long, short, elsewhere = keys(
        tell("a", "8", claim_id="1", source="the Delta Physicians' Network"),
        tell("a", "9", claim_id="2", source="the network", start=50),
        tell("b", "9", claim_id="3", source="the network"),
    )
    assert long == short != elsewhere


def test_of_two_longer_names_the_one_said_last_is_meant(tell):
    first, short, second = keys(
        tell("a", "8", claim_id="1", source="Kano police", source_kind="police"),
        tell("a", "9", claim_id="2", source="the police", source_kind="police", start=50),
        tell("a", "9", claim_id="3", source="Borno police", source_kind="police", start=90),
    )
    assert first == short != second


def test_a_short_form_of_another_kind_of_source_is_another(tell):
    long, short = keys(
        tell("a", "8", claim_id="1", source="a spokesman for the hospital", source_kind="hospital"),
        tell("a", "9", claim_id="2", source="the spokesman", source_kind="army", start=50),
    )
    assert long != short


def test_the_known_organisation_goes_before_its_spelling(tell):
    ministry = {"source_kind": "health_ministry", "country": "PSE"}
    found = keys(
        tell("a", "8", claim_id="1", source="Gaza's health ministry", source_id="moh", **ministry),
        tell("b", "8", claim_id="2", source="the Ministry of Health in Gaza", source_id="moh", **ministry),
        tell("c", "8", claim_id="3", source="the health ministry", **ministry),
    )
    assert found == [("id", "moh")] * 3


def test_the_ministries_of_two_countries_are_two(tell):
    first, second = keys(
        tell("a", "8", claim_id="1", source="the health ministry", source_kind="health_ministry", country="SDN"),
        tell("b", "8", claim_id="2", source="health ministry", source_kind="health_ministry", country="TCD"),
    )
    assert first != second


def test_within_an_incident_a_short_name_is_the_only_longer_one(tell):
    police = {"source_kind": "police"}
    incidents = find_incidents(
        [
            tell("a", "12", source="Borno state police", **police),
            tell("b", "14", source="Police", day=6, **police),
            tell("c", "9", source="residents", source_kind="witness"),
            tell("d", "8", source="other residents", source_kind="witness"),
        ]
    )
    assert [i.origins for i in incidents] == [("Borno state police", "other residents", "residents")]


def test_a_running_total_goes_on_under_a_short_name(tell):
    total = {"scope": Scope.CUMULATIVE, "happened": None, "country": "PSE", "places": ("Gaza Strip",)}
    points = find_tolls(
        [
            tell("a", "100", source="the health ministry in Gaza", source_kind="health_ministry", **total),
            tell("b", "110", source="the ministry", source_kind="government", day=6, **total),
        ]
    )
    assert [(p.claimant, p.low, p.kind) for p in points] == [
        ("the health ministry in Gaza", 100, "first"),
        ("the health ministry in Gaza", 110, "rise"),
    ]
