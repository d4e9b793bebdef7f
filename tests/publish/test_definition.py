"""Report definitions: the shipped one loads, and a wrong key is named with its file."""

from __future__ import annotations

import pytest

from tracker.claims import Measure
from tracker.errors import UsageError
from tracker.publish.pages.definition import load_definition, with_measures


def test_the_daily_report_as_shipped(definition):
    assert (definition.kind, definition.window_days, definition.chart_days) == ("window", 7, 14)
    assert definition.sections[0] == "summary"
    assert Measure.MALNUTRITION_DEATHS in definition.measures


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("window_days", "windowdays", "unknown key 'windowdays'"),
        ("window_days = 7", "", "the key 'window_days' is missing"),
        ("window_days = 7", "window_days = 0", "window_days is 0"),
        ("window_days = 7", "window_days = true", "window_days is True"),
        ('"tolls"', '"toll"', "unknown entry 'toll'"),
        ('"tolls"', '"daily"', "names 'daily' twice"),
        ('"injuries"', '"wounds"', "unknown entry 'wounds'"),
        ('"a4"\n\n', '"a5"\n\n', "unknown entry 'a5'"),
        ('title = "Reported human harm"', "title = 7", "title is 7"),
        ('kind = "window"', 'kind = "month"', "unknown entry 'month'"),
        ('kind = "window"', "", "the key 'kind' is missing"),
        ('kind = "window"', 'kind = "toll"', "unknown key 'window_days'"),
        ('"tolls"', '"claimant"', "unknown entry 'claimant'"),
        ("most_incidents = 200", "most_incidents = 0", "most_incidents is 0"),
        ("sections = [", "sections = ", "is not valid TOML"),
    ],
)
def test_a_wrong_definition_names_file_and_key(reports, tmp_path, old, new, complaint):
    text = (reports / "daily.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "daily.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        load_definition(tmp_path)
    assert complaint in str(refused.value)
    assert "daily.toml" in str(refused.value)


def test_an_unknown_definition_lists_the_known(reports):
    with pytest.raises(UsageError, match=r"perhaps 'weekly' is meant.*it knows: daily, incident, toll, weekly"):
        load_definition(reports, "weekley")


@pytest.mark.parametrize("name", ["daily", "weekly", "incident", "toll"])
def test_every_shipped_definition_loads(reports, name):
    assert load_definition(reports, name).name == name


def test_measures_asked_for_narrow_a_definition_and_may_widen_it(definition):
    asked = with_measures(definition, [Measure.ABDUCTED, Measure.INJURIES])
    assert asked.measures == (Measure.INJURIES, Measure.ABDUCTED)
    assert with_measures(definition, []) is definition
