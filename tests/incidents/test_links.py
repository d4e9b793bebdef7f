"""The written rule between texts: what links, what does not, and that each link says why."""

import pytest

from tracker.claims import Cause, Measure
from tracker.incidents import find_incidents
from tracker.incidents.groups import group_events
from tracker.incidents.links import contradict, link_groups

TOWN = {"place_precision": "town", "latitude": 11.85, "longitude": 13.16, "admin1": "Borno", "geonames_id": 1}
PROVINCE = {"place_precision": "admin1", "places": ("Borno",), "admin1": "Borno"}
COUNTRY = {"place_precision": "country", "places": ("Nigeria",)}


def link(first, second):
    (left,), (right,) = group_events([first]), group_events([second])
    found, mirrored = link_groups(left, right), link_groups(right, left)
    assert (found is None) == (mirrored is None)
    if found is not None:
        assert (found.score, found.claim_ids) == (mirrored.score, mirrored.claim_ids)
        assert not contradict(left, right)
    return found


def test_a_link_gives_its_reasons(tell):
    found = link(tell("a", "8"), tell("b", "8"))
    assert found.score == 1.0
    assert found.reasons == (
        "same place name, maiduguri",
        "same date",
        "same cause, shooting",
        "figures of deaths agree",
    )


@pytest.mark.parametrize(
    "other",
    [
        {"count": "12"},
        {"count": "5+"},
        {"cause": None},
        {"cause": Cause.ATTACK},
        {"happened": (4, 5)},
        {"happened": None, "day": 7},
        {"places": ("Custom House", "Maiduguri")},
        {"measure": Measure.INJURIES},
        TOWN | {"places": ("Yerwa",), "latitude": 11.9},
    ],
    ids=repr,
)
def test_these_are_reports_of_one_event(tell, other):
    assert link(tell("a", "8", **TOWN), tell("b", other.pop("count", "8"), **(TOWN | other)))


@pytest.mark.parametrize(
    "other",
    [
        {"country": "NER"},
        {"country": None},
        {"happened": 6},
        {"happened": None, "day": 9},
        {"happened": (1, 31)},
        {"places": ("Kano",)},
        {"places": (), "count": "12"},
        {"cause": Cause.FLOOD},
        {"count": "60"},
        {"happened": None, "cause": Cause.ATTACK, "count": "3"},
    ],
    ids=repr,
)
def test_these_may_be_two_events_and_stay_two(tell, other):
    assert link(tell("a", "8"), tell("b", other.pop("count", "8"), **other)) is None


def test_far_places_are_two_even_where_all_else_agrees(tell):
    far = TOWN | {"places": ("Bama",), "latitude": 11.52, "longitude": 13.69, "geonames_id": 2}
    assert link(tell("a", "8", **TOWN), tell("b", "8", **far)) is None


def test_equal_windows_link_and_days_inside_them_do_not(tell):
    window = tell("a", "60", happened=(1, 31))
    assert link(window, tell("b", "60", happened=(1, 31)))
    assert link(window, tell("b", "60", happened=(1, 30))) is None


@pytest.mark.parametrize("coarse", [PROVINCE, COUNTRY], ids=["province", "country"])
def test_a_province_or_country_holds_the_town_only_where_date_cause_and_figure_agree(tell, coarse):
    town = tell("a", "8", **TOWN)
    assert link(town, tell("b", "8", **coarse))
    assert link(town, tell("b", "9", **coarse)) is None
    assert link(town, tell("b", "8", cause=None, **coarse)) is None
    assert link(town, tell("b", "8", happened=(4, 5), **coarse)) is None


@pytest.mark.parametrize("count", ["1", "2+"])
def test_a_figure_that_fits_any_event_tells_nothing_of_a_country(tell, count):
    assert link(tell("a", count, **TOWN), tell("b", count, **COUNTRY)) is None


def test_without_place_and_country_nothing_links(tell):
    nowhere = {"places": (), "country": None}
    assert link(tell("a", "8", **nowhere), tell("b", "8", **nowhere)) is None
    assert link(tell("a", "8", country=None, places=("Red Sea",)), tell("b", "8", country=None, places=("Red Sea",)))


def test_places_near_each_other_link_only_where_figures_agree(tell):
    near = TOWN | {"places": ("Yerwa",), "latitude": 11.9, "geonames_id": 2}
    assert link(tell("a", "8", **TOWN), tell("b", "8", **near))
    assert link(tell("a", "8", **TOWN), tell("b", "9", **near)) is None


def test_a_town_of_another_province_is_not_in_it(tell):
    assert link(tell("a", "8", **TOWN), tell("b", "8", **(PROVINCE | {"places": ("Kano",), "admin1": "Kano"}))) is None


def test_the_dead_of_an_earthquake_are_found_over_days(tell):
    quake = {"cause": Cause.EARTHQUAKE}
    assert link(tell("a", "30", **quake), tell("b", "1200", **quake))
    assert link(tell("a", "30"), tell("b", "1200")) is None


def test_two_events_of_one_story_are_never_one(tell):
    first, second = group_events([tell("a", "8"), tell("a", "8", start=50, event=1)])
    assert contradict(first, second)
    assert link_groups(first, second) is None


SLIDE = {"cause": Cause.LANDSLIDE}
MINISTRY = {"cause": None, "source": "the health ministry", "source_kind": "health_ministry"}


def test_a_province_seldom_sees_two_disasters_of_a_kind_on_one_day(tell):
    assert link(tell("a", "9", **TOWN, **SLIDE), tell("b", "23+", **PROVINCE, **SLIDE))
    assert not link(tell("a", "9", **TOWN, **SLIDE), tell("b", "23+", **COUNTRY, **SLIDE))
    assert not link(tell("a", "9", **TOWN, **SLIDE), tell("b", "23", happened=6, **PROVINCE, **SLIDE))
    assert not link(tell("a", "9", **TOWN), tell("b", "23", **PROVINCE))


def test_one_claimant_s_same_figure_for_the_same_days_is_one_whatever_the_place_is_called(tell):
    days = {"happened": (4, 5)}
    assert link(tell("a", "31", **TOWN, **days, **MINISTRY), tell("b", "31", **PROVINCE, **days, **MINISTRY))
    assert not link(tell("a", "31", **TOWN, **days, **MINISTRY), tell("b", "32", **PROVINCE, **days, **MINISTRY))
    other = MINISTRY | {"source": "the army", "source_kind": "army"}
    assert not link(tell("a", "31", **TOWN, **days, **MINISTRY), tell("b", "31", **PROVINCE, **days, **other))
    assert not link(tell("a", "31", **PROVINCE, **MINISTRY), tell("b", "31", happened=6, **PROVINCE, **MINISTRY))


def test_a_place_known_by_its_water_only_is_one_by_its_name(tell):
    ferry = {"places": ("Old Pier", "Long River"), "place_precision": "sea", "cause": Cause.SHIPWRECK}
    assert link(tell("a", "21", **ferry), tell("b", "30", **ferry))
    assert not link(tell("a", "21", **ferry), tell("b", "30", **(ferry | {"places": ("New Pier", "Long River")})))


def test_the_days_of_two_bulletins_are_two_though_they_share_one(tell):
    days = {"cause": None, **TOWN}
    assert not link(tell("a", "18", happened=(4, 5), **days), tell("b", "18", happened=(5, 6), **days))
    assert link(tell("a", "18", happened=(4, 5), **TOWN), tell("b", "18", happened=5, **TOWN))


def test_hunger_and_other_harm_are_never_one_event(tell):
    hunger = {"measure": Measure.MALNUTRITION_DEATHS, "cause": None}
    assert not link(tell("a", "18", **TOWN, cause=None), tell("b", "18", **TOWN, **hunger))


def test_a_village_that_no_gazetteer_has_is_a_place_by_its_name(tell):
    village = {"places": ("Kurebe", "Nigeria"), "geonames_id": 1, "latitude": 9.6, "longitude": 8.1}
    known = village | {"place_precision": "country"}
    others = known | {"places": ("Yandev", "Nigeria")}
    one, same, another = (
        tell("a", "8", **known), tell("b", "4", measure=Measure.INJURIES, **known), tell("c", "8", **others)
    )  # fmt: skip
    assert [len(incident.document_ids) for incident in find_incidents([one, same])] == [2]
    assert len(find_incidents([one, another])) == 2
