"""The CSV files: fixed columns that the dictionary explains, nothing lost on the way out and back."""

import csv
import io
from dataclasses import fields, replace
from datetime import date

import pytest

from tracker.claims import Cause, Claim, Measure, PerpetratorStatus, Scope, Status, from_record, to_record
from tracker.errors import UsageError
from tracker.publish.tables.csvfile import restore
from tracker.publish.tables.dictionary import DICTIONARY, DICTIONARY_COLUMNS, Kind
from tracker.publish.tables.exports import DOCUMENT_COLUMNS, column_names, dictionary_path, export_file, write_export
from tracker.readings import Reading

CLAIM = Claim(
    document_id="d1",
    measure=Measure.DEATHS,
    count_min=8,
    count_max=None,
    count_text="-8 or so",
    start=3,
    end=11,
    victims='"traders", they said',
    places=("Dalori", "Nigeria"),
    country="NGA",
    date_start=date(2025, 5, 5),
    date_end=date(2025, 5, 5),
    source="@police",
    cause=Cause.SHOOTING,
    claim_id="c1",
    quote="=It was -8 or so,\nthey said.",
    quote_end=29,
    latitude=-11.5,
    longitude=13.0,
    geonames_id=7,
    admin1="Borno",
    place_precision="town",
    perpetrator_text="=the army",
    perpetrator_status=PerpetratorStatus.ALLEGED,
    flags=("vague",),
)


def reading(claim=CLAIM, **given):
    document = {"text_sha256": "ab" * 32, "published": date(2025, 5, 6), "outlet": "Paper", "title": "Eight, dead"}
    return Reading(claim=claim, **(document | given))


READINGS = [
    reading(),
    reading(replace(CLAIM, start=100, end=108, measure=Measure.INJURIES, count_min=0, count_max=0, claim_id="c2")),
    reading(replace(CLAIM, start=200, end=208, scope=Scope.CUMULATIVE, count_min=90, claim_id="c3", flags=())),
    reading(
        replace(
            CLAIM, scope=Scope.CUMULATIVE, count_min=70, count_max=70, date_start=None, date_end=None, claim_id="c4"
        ),
        text_sha256="cd" * 32,
    ),
]


def table(kind, readings=READINGS):
    stream = io.BytesIO()
    write_export(kind, readings, stream)
    return stream.getvalue()


def records(kind, readings=READINGS):
    return list(csv.DictReader(io.StringIO(table(kind, readings).decode(), newline="")))


@pytest.mark.parametrize("kind", Kind)
def test_every_column_is_described_once_and_every_description_has_a_column(kind):
    header = table(kind).decode().splitlines()[0].split(",")
    assert header == [column.name for column in DICTIONARY[kind]]
    assert len(set(header)) == len(header)
    assert all(len(record) == len(header) and None not in record for record in records(kind))
    assert records(kind)


@pytest.mark.parametrize("column", [c for columns in DICTIONARY.values() for c in columns], ids=lambda c: c.name)
def test_a_description_is_complete(column):
    assert column.meaning.endswith(".")
    assert column.type in {"text", "integer", "decimal", "date", "list"}
    assert column.source
    assert column.allowed or column.type in {"text", "list", "integer"}


def test_the_claims_table_has_every_field_of_a_claim_and_of_its_document():
    assert set(column_names(Kind.CLAIMS)) == {field.name for field in fields(Claim)} | set(DOCUMENT_COLUMNS)


@pytest.mark.parametrize(
    ("name", "kind"), [("measure", Measure), ("scope", Scope), ("status", Status), ("cause", Cause)]
)
def test_allowed_values_are_those_of_the_program(name, kind):
    (column,) = [column for column in DICTIONARY[Kind.CLAIMS] if column.name == kind.__name__.lower()]
    assert column.allowed.split("; ") == [member.value for member in kind]


def test_a_claim_makes_the_round_trip():
    types = {column.name: column.type for column in DICTIONARY[Kind.CLAIMS]}
    read = {"list": lambda text: text.split("; "), "integer": int, "decimal": float, "text": str, "date": str}
    for original, record in zip(READINGS, records(Kind.CLAIMS), strict=True):
        values = {name: restore(cell) for name, cell in record.items()}
        record = {name: None if cell is None else read[types[name]](cell) for name, cell in values.items()}
        assert from_record(record) == original.claim
        assert {name: record[name] for name in ("outlet", "title", "url", "published")} == {
            "outlet": "Paper",
            "title": "Eight, dead",
            "url": None,
            "published": "2025-05-06",
        }
    assert set(to_record(CLAIM)) <= set(types)


def test_claims_pass_through_one_at_a_time():
    def endless():
        yield READINGS[0]
        raise StopAsyncIteration

    stream = io.BytesIO()
    with pytest.raises(StopAsyncIteration):
        write_export(Kind.CLAIMS, endless(), stream)
    assert stream.getvalue().count(b"Paper") == 1


def test_null_is_empty_and_zero_is_zero():
    series = {record["measure"]: record for record in records(Kind.SERIES)}
    assert (series["deaths"]["low"], series["deaths"]["best"], series["deaths"]["high"]) == ("8", "", "")
    assert (series["injuries"]["low"], series["injuries"]["best"], series["injuries"]["high"]) == ("0", "0", "0")


def test_incidents_have_a_row_for_each_measure():
    deaths, injuries = records(Kind.INCIDENTS)
    assert deaths["incident_id"] == injuries["incident_id"]
    assert (deaths["measure"], deaths["figure_claims"], deaths["recommended"]) == ("deaths", "c1", "c1")
    assert (deaths["place"], deaths["latitude"], deaths["outlets"]) == ("Dalori", "-11.5", "Paper")
    assert deaths["sources"] == "'@police"


def test_a_correction_is_a_negative_number_and_no_formula():
    assert [(record["low"], record["change"], record["kind"]) for record in records(Kind.TOLLS)] == [
        ("90", "", "first"),
        ("70", "-20", "correction"),
    ]


@pytest.mark.parametrize("kind", [Kind.SERIES, Kind.INCIDENTS, Kind.TOLLS])
def test_the_order_of_the_readings_changes_no_byte(kind):
    assert table(kind, READINGS[::-1]) == table(kind)


@pytest.mark.parametrize("kind", Kind)
def test_without_readings_there_is_a_header(kind):
    assert table(kind, []).decode() == ",".join(column_names(kind)) + "\n"


def test_the_dictionary_lies_beside_the_table(tmp_path):
    path = tmp_path / "claims.csv"
    assert export_file(Kind.CLAIMS, READINGS, path) == 4
    assert dictionary_path(path) == tmp_path / "claims.dictionary.csv"
    header, *rows = csv.reader(dictionary_path(path).read_text(encoding="utf-8").splitlines())
    assert tuple(header) == DICTIONARY_COLUMNS
    assert tuple(row[0] for row in rows) == column_names(Kind.CLAIMS)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["claims.csv", "claims.dictionary.csv"]


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(UsageError, match="is a folder; name a file in it, such as"):
        export_file(Kind.CLAIMS, READINGS, tmp_path)


def test_a_total_told_as_an_event_is_exported_with_its_flag_and_counted_nowhere():
    ministry = {"source": "the ministry", "cause": None, "flags": (), "start": 0, "end": 8}
    total = replace(
        CLAIM, count_min=58000, claim_id="t1", scope=Scope.CUMULATIVE, baseline_text="since May", **ministry
    )
    day = replace(CLAIM, count_min=15, count_max=15, claim_id="t2", **ministry)
    mistaken = replace(CLAIM, count_min=58010, count_max=58010, claim_id="t3", **ministry)
    readings = [reading(claim, text_sha256=claim.claim_id * 32) for claim in (total, day, mistaken)]

    flagged = {row["best"]: row["flags"] for row in records(Kind.INCIDENTS, readings)}
    assert flagged == {"15": "", "58010": "looks_like_total"}
    assert [row["low"] for row in records(Kind.SERIES, readings)] == ["15"]
