"""One strike of a day whose dead a bulletin of that day sums up is not added to it."""

import pytest

from tracker.claims import Cause, Measure
from tracker.incidents import find_incidents

PROVINCE = {"places": ("Borno",), "admin1": "Borno", "place_precision": "admin1"}
TOWN = {"places": ("Dikwa",), "admin1": "Borno", "place_precision": "exact", "cause": Cause.AIRSTRIKE}


def covered(tell, bulletin, single):
    day = tell("a", "60", **({"happened": (4, 5), "cause": None, "source": "the ministry"} | PROVINCE | bulletin))
    strike = tell("b", single.pop("count", "8"), **({"happened": 4} | TOWN | single))
    incidents = find_incidents([day, strike])
    assert find_incidents([strike, day]) == incidents
    ids = {incident.incident_id: incident.place for incident in incidents}
    return {i.place: ids[i.covered[Measure.DEATHS]] for i in incidents if i.covered}


@pytest.mark.parametrize("bulletin", [{}, {"places": (), "admin1": None, "place_precision": None}])
def test_a_strike_in_the_days_and_area_of_a_bulletin_may_be_in_it(tell, bulletin):
    assert covered(tell, bulletin, {}) == {"Dikwa": None if bulletin else "Borno"}


@pytest.mark.parametrize(
    ("bulletin", "single"),
    [
        ({}, {"happened": 6}),
        ({}, {"admin1": "Yobe"}),
        ({}, {"country": "NER"}),
        ({}, {"count": "61"}),
        ({}, {"cause": None}),
        ({"happened": 4}, {}),
        ({"cause": Cause.ATTACK}, {}),
        ({"measure": Measure.INJURIES}, {}),
    ],
)
def test_what_the_bulletin_cannot_include_is_added(tell, bulletin, single):
    assert covered(tell, bulletin, single) == {}
