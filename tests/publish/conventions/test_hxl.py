"""HXL: libhxl reads the file and finds nothing wrong; without hashtags it is a plain table with a file beside it."""

from __future__ import annotations

import csv
import io
import json

import hxl
import pytest

from tracker.claims import Cause, Measure, Status
from tracker.incidents import Account
from tracker.publish.tables.conventions.writing import Choices, write_convention, write_table

STRIKE = {"cause": Cause.AIRSTRIKE, "places": ("Old Harrow",)}


def written(account, **choices):
    stream = io.BytesIO()
    write_table("hxl", account, stream, Choices(**choices))
    return stream.getvalue()


@pytest.fixture(scope="module")
def source(newsroom):
    return hxl.data(io.BytesIO(written(newsroom[0])))


def test_libhxl_finds_the_tags_right_above_the_data(source):
    tags = {column.header: column.display_tag for column in source.columns}
    assert tags["killed"] == "#affected+killed+num"
    assert tags["country_code"] == "#country+code+v_iso3"
    assert all(column.header and column.tag for column in source.columns)


def test_libhxl_finds_no_error(newsroom):
    found = []
    hxl.schema(None, callback=found.append).validate(hxl.data(io.BytesIO(written(newsroom[0]))))
    assert [error for error in found if error.rule is None or error.rule.severity != "info"] == []


def test_libhxl_adds_up_what_we_say(newsroom):
    source = hxl.data(io.BytesIO(written(newsroom[0])))
    [row] = source.with_rows("#loc+name=Monday Market")
    assert [row.get(f"#affected+killed{bound}+num") for bound in ("-malnutrition-min-max", "+min", "+max")] == [
        "16",
        "12",
        "16",
    ]


def test_what_is_only_feared_stands_in_the_upper_bound_alone(state, tell):
    [row], losses = tell("hxl", state("9 are feared dead.", "9", 9, 9, status=Status.POSSIBLE, **STRIKE))
    assert (row.get("killed"), row.get("killed_min"), row["killed_max"], row["status"]) == (
        None,
        None,
        9,
        ("possible",),
    )
    assert {loss.reason for loss in losses} == {"only_feared", "evidence"}


def test_what_is_wholly_denied_stands_in_the_upper_bound_alone(state, tell):
    [row], losses = tell("hxl", state("The army denies that 9 died.", "9", 9, 9, status=Status.DISPUTED, **STRIKE))
    assert (row.get("killed"), row.get("killed_min"), row["killed_max"], row["status"]) == (
        None,
        None,
        9,
        ("disputed",),
    )
    assert "denied" in {loss.reason for loss in losses}


def test_each_measure_has_columns_of_its_own(state, tell):
    readings = [
        state(f"{10 + n} {measure} in Old Harrow.", str(10 + n), 10 + n, 10 + n, measure=measure, **STRIKE)
        for n, measure in enumerate(Measure)
        if measure not in (Measure.MALNUTRITION_DEATHS, Measure.MALNUTRITION_CASES)
    ]
    [row], _ = tell("hxl", *readings)
    assert [row[name] for name in ("killed", "injured", "casualties", "missing", "abducted")] == [10, 11, 12, 15, 18]


def test_a_zero_is_a_zero_and_an_unknown_nothing(state):
    account = Account((state("Nobody died.", "Nobody", 0, 0, **STRIKE),))
    _, _, row = csv.reader(io.StringIO(written(account).decode(), newline=""))
    header = written(account).decode().splitlines()[0].split(",")
    cells = dict(zip(header, row, strict=True))
    assert (cells["killed"], cells["injured"]) == ("0", "")


def test_the_hashtags_may_lie_in_a_file_beside_the_table(newsroom, tmp_path):
    path = tmp_path / "incidents.csv"
    count = write_convention("hxl", newsroom[0], path, Choices(sidecar=True))
    plain = list(csv.reader(path.read_text("utf-8").splitlines()))
    assert len(plain) == count + 1
    assert not any(cell.startswith("#") for cell in plain[1])
    tags = json.loads((tmp_path / "incidents.hxl.json").read_text("utf-8"))
    assert (tags["table"], tags["standard"]) == ("incidents.csv", "HXL 1.1")
    assert [column["header"] for column in tags["columns"]] == plain[0]
    with_tags = written(newsroom[0]).decode().splitlines()
    assert [column["tag"] for column in tags["columns"]] == with_tags[1].split(",")
    assert with_tags[2:] == path.read_text("utf-8").splitlines()[1:]


def test_an_address_that_spells_a_victim_s_name_is_cut(state, tell):
    told = state(
        "Ana Roe was killed.", "Ana Roe", 1, 1, victims="Ana Roe", url="https://news.example/ana-roe-dead", **STRIKE
    )
    [row], _ = tell("hxl", told)
    assert row["urls"] == ("https://news.example/ [name withheld]",)
    [row], _ = tell("hxl", told, names=True)
    assert row["urls"] == ("https://news.example/ana-roe-dead",)
