"""The files of rules/conventions/: complete, in the order of the layouts, and refused with file and key where wrong."""

from __future__ import annotations

import shutil

import pytest

from tracker.errors import RuleError
from tracker.publish.tables.conventions.convention import NAMES, folder
from tracker.publish.tables.conventions.countries import country_codes, priogrid_cell
from tracker.publish.tables.conventions.evidence import are_civilians
from tracker.publish.tables.conventions.writing import convention_of
from tracker.rulebook import load_rulebook
from tracker.settings import load_settings

UCDP = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
T4P = [
    "report_date",
    "report_source",
    "report_period",
    "massacres_cum",
    "ext_massacres_cum",
    "killed",
    "killed_cum",
    "killed_children_cum",
    "killed_women_cum",
    "killed_recovered",
    "killed_succumbed",
    "killed_truce_new",
    "killed_committee",
    "ext_killed",
    "ext_killed_cum",
    "ext_killed_children_cum",
    "ext_killed_women_cum",
    "child_famine_cum",
    "famine_cum",
    "aid_seeker_killed_cum",
    "aid_seeker_injured_cum",
    "injured",
    "injured_cum",
    "ext_injured",
    "ext_injured_cum",
    "civdef_killed_cum",
    "ext_civdef_killed_cum",
    "med_killed_cum",
    "ext_med_killed_cum",
    "press_killed_cum",
    "ext_press_killed_cum",
]


@pytest.mark.parametrize(("name", "columns", "count"), [("ucdp", UCDP, 49), ("acled", ACLED, 31), ("t4p", T4P, 31)])
def test_the_columns_are_those_of_the_layout_in_its_order(name, columns, count):
    assert list(convention_of(name).column_names) == columns
    assert len(columns) == count


@pytest.mark.parametrize("name", NAMES)
def test_every_column_and_reason_is_explained(name):
    layout = convention_of(name)
    assert all(column.meaning.endswith(".") and column.source for column in layout.columns)
    assert all(column.allowed or column.type in ("text", "list", "integer") for column in layout.columns)
    assert all(reason.text[-1] in ".}" for reason in layout.reasons.values())


def test_the_conventions_are_no_rules_of_reading(tmp_path):
    rules = load_settings().rules_folder
    shutil.copytree(rules, tmp_path / "rules")
    digest = load_rulebook(rules).digest
    (tmp_path / "rules" / "conventions" / "ucdp.toml").unlink()
    assert load_rulebook(tmp_path / "rules").digest == digest


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("ucdp", 'title = "', 'titel = "', "conventions/ucdp.toml: unknown key 'titel'"),
        ("ucdp", "[where_prec]", "[where]", "conventions/ucdp.toml: unknown key 'where'"),
        ("ucdp", 'name = "relid", type = "text"', 'name = "relid", type = "word"', "column 'relid'"),
        ("ucdp", 'name = "relid", type', 'name = "relid", kind = "x", type', "column 'relid': unknown key 'kind'"),
        ("ucdp", 'name = "relid"', 'name = "id"', "column 'id' stands there twice"),
        ("ucdp", "torture = { in_scope", "tortures = { in_scope", "[causes] unknown key 'tortures'"),
        ("ucdp", "torture = { in_scope = false,", "torture = { in_scope = 0,", "cause 'torture' needs in_scope"),
        ("acled", 'sub_event_type = "Air', 'sub_type = "Air', "cause 'airstrike': unknown key 'sub_type'"),
        ("ucdp", 'no_death = { effect = "left_out"', 'no_death = { effect = "out"', "reason 'no_death' needs"),
        ("t4p", 'extended = "ext_killed_cum"', 'extended = "ext_cum"', "killed_cum names 'ext_cum', which is unknown"),
        ("t4p", 'famine_cum = { measure = "malnutrition_deaths"', 'famine_cum = { measure = "hunger"', "'hunger'"),
        ("hxl", 'tag = "#event+id", ', "", "column 'incident_id' has no tag"),
        ("hxl", 'deaths = "killed"', 'death = "killed"', "[measures] unknown key 'death'"),
        ("hxl", 'title = "', "title = ", "conventions/hxl.toml: not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_key(tmp_path, monkeypatch, file, old, new, complaint):
    rules = tmp_path / "rules"
    shutil.copytree(folder(), rules / "conventions")
    path = rules / "conventions" / f"{file}.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    monkeypatch.setenv("TRACKER_RULES", str(rules))
    with pytest.raises(RuleError) as refused:
        convention_of(file)
    assert complaint in str(refused.value)


def test_a_missing_file_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_RULES", str(tmp_path))
    with pytest.raises(RuleError, match=r"conventions/ucdp\.toml: this file is missing; restore it"):
        convention_of("ucdp")


@pytest.mark.parametrize(
    ("alpha3", "codes"),
    [
        ("SDN", (729, 625, "Northern Africa")),
        ("YEM", (887, 678, "Middle East")),
        ("DEU", (276, 260, "Europe")),
        ("SRB", (688, 340, "Europe")),
        ("XKX", (None, 347, "Europe")),
        ("PSE", (275, None, "Middle East")),
        ("TON", (776, 972, "Oceania")),
        (None, (None, None, None)),
        ("XXX", (None, None, None)),
    ],
)
def test_numbers_of_countries(alpha3, codes):
    assert country_codes(alpha3) == codes


@pytest.mark.parametrize("number", ["iso", "gw"])
def test_no_two_countries_share_a_number(number):
    lines = (folder().parent / "places" / "countries.csv").read_text("utf-8").splitlines()
    known = [getattr(country_codes(line.split(",")[0]), number) for line in lines]
    numbers = [value for value in known if value is not None]
    assert len(numbers) == len(set(numbers)) > 190


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [
        (10.51, 2.29, 145085),  # published examples of the numbering
        (-90, -180, 1),
        (-90, 179.99, 720),
        (-89.5, -180, 721),
        (90, 180, 259200),
        (-14.75, 25.75, 108412),
    ],
)
def test_the_cell_of_a_point(latitude, longitude, cell):
    assert priogrid_cell(latitude, longitude) == cell


@pytest.mark.parametrize(
    ("victims", "answer"),
    [
        ("civilians", True),
        ("Sudanese civilians", True),
        ("passers-by", True),
        ("civilians and soldiers", False),
        ("children", False),
        ("people", False),
        ("Civilianson", False),
        (None, False),
    ],
)
def test_civilians_by_the_words_alone(victims, answer):
    assert are_civilians(victims) is answer
