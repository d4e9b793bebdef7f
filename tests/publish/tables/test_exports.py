"""The tables: fixed columns that the dictionary explains, nothing lost on the way, and the filters of the series."""

import csv
import io
from dataclasses import fields
from datetime import date

import pytest

from tracker.claims import Cause, Claim, Measure, PerpetratorStatus, Scope, Status, from_record
from tracker.errors import UsageError
from tracker.incidents.selection import Selection
from tracker.judgements import Judgement, Verdict
from tracker.ledger import Ledger
from tracker.publish.tables.columns.claims import DOCUMENT_COLUMNS, REVIEW_COLUMNS, RUN_COLUMNS
from tracker.publish.tables.csvfile import restore, split_list
from tracker.publish.tables.dictionary import DICTIONARY, DICTIONARY_COLUMNS, TABLES, Kind
from tracker.publish.tables.exports import dictionary_path, export_file, write_export
from tracker.publish.tables.holdings import FILTERS, OPTIONS, Holdings, Question

TEXT = "=It was -8 or so,\nthey said."
FULL = {
    "victims": '"traders", they said',
    "places": ("Dalori; by the well", "Nigeria\\"),
    "country": "NGA",
    "source": "@police",
    "cause": Cause.SHOOTING,
    "latitude": -11.5,
    "longitude": 13.0,
    "geonames_id": 7,
    "admin1": "Borno",
    "place_precision": "exact",
    "perpetrator_text": "=the army",
    "perpetrator_status": PerpetratorStatus.ALLEGED,
    "flags": ("vague",),
}


@pytest.fixture
def ledger(shelve, state):
    """A text of nasty words, one of a window, one of two running totals, and one that dates nothing."""
    return shelve(
        [
            state(TEXT, "-8 or so", 8, None, document_id="a", **FULL),
            state(TEXT, "8 or so", 0, 0, document_id="a", measure=Measure.INJURIES),
            state("In May 40 died in Port Sudan.", "40", 40, 40, document_id="b", day=None, published=None),
            state("So far 90 have died.", "90", 90, 90, document_id="c", scope=Scope.CUMULATIVE, day=date(2025, 3, 5)),
            state("So far 70 have died.", "70", 70, 70, document_id="d", scope=Scope.CUMULATIVE, day=date(2025, 3, 8)),
            state("Five died.", "Five", 5, 5, document_id="e", day=None, published=date(2025, 3, 14), country="SSD"),
        ]
    )


def table(kind, ledger, **asked):
    question = Question(**{name: asked.pop(name) for name in ("as_known_on", "area", "with_text") if name in asked},
                        selection=Selection(**asked))  # fmt: skip
    stream = io.BytesIO()
    write_export(kind, Holdings(ledger, question), stream)
    return stream.getvalue()


def records(kind, ledger, **asked):
    return list(csv.DictReader(io.StringIO(table(kind, ledger, **asked).decode(), newline="")))


def counts(records, name):
    return [record[name] for record in records]


@pytest.mark.parametrize("kind", Kind)
def test_every_column_is_described_once_and_every_description_has_a_column(kind, ledger):
    header = table(kind, ledger).decode().splitlines()[0].split(",")
    assert header == [column.name for column in DICTIONARY[kind]]
    assert len(set(header)) == len(header)
    assert all(len(record) == len(header) and None not in record for record in records(kind, ledger))


@pytest.mark.parametrize("kind", [kind for kind in Kind if TABLES[kind].key])
def test_the_key_tells_all_rows_of_the_newsroom_apart(kind, holdings):
    names = [column.name for column in holdings.columns(kind)]
    keys = [tuple(row[names.index(name)] for name in TABLES[kind].key) for row in holdings.rows(kind)]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "column", [c for columns in DICTIONARY.values() for c in columns], ids=lambda column: column.name
)
def test_a_description_is_complete(column):
    assert column.meaning.endswith(".")
    assert column.type in {"text", "integer", "decimal", "date", "datetime", "boolean", "list"}
    assert column.source
    assert column.allowed or column.type in {"text", "list", "integer"}
    assert not column.values or column.allowed == "; ".join(column.values)


def test_the_claims_table_has_every_field_of_a_claim_of_its_document_its_run_and_its_review():
    beside = [column.name for column in (*DOCUMENT_COLUMNS, *RUN_COLUMNS, *REVIEW_COLUMNS)]
    assert [*TABLES[Kind.CLAIMS].names] == [field.name for field in fields(Claim)] + beside


@pytest.mark.parametrize(
    ("name", "kind"), [("measure", Measure), ("scope", Scope), ("status", Status), ("cause", Cause)]
)
def test_allowed_values_are_those_of_the_program(name, kind):
    (column,) = [column for column in DICTIONARY[Kind.CLAIMS] if column.name == kind.__name__.lower()]
    assert column.allowed.split("; ") == [member.value for member in kind]


def test_what_the_extractor_gives_is_among_the_values_that_the_codebook_lists(holdings):
    for kind in Kind:
        for column, cells in zip(holdings.columns(kind), zip(*holdings.rows(kind), strict=True), strict=False):
            assert not column.values or set(cells) <= {*column.values, None}, f"{kind}: {column.name}"
            assert not column.required or None not in cells, f"{kind}: {column.name}"


def test_a_claim_makes_the_round_trip(ledger):
    types = {column.name: column.type for column in DICTIONARY[Kind.CLAIMS]}
    read = {"list": split_list, "integer": int, "decimal": float}
    for one, record in zip(ledger.sighted(), records(Kind.CLAIMS, ledger), strict=True):
        values = {name: restore(cell) for name, cell in record.items()}
        values = {name: None if cell is None else read.get(types[name], str)(cell) for name, cell in values.items()}
        assert from_record(values) == one.reading.claim
        assert (values["outlet"], values["url"]) == ("Harbour News", "https://news.example/a")
        assert (values["run_id"], values["rules_digest"]) == (one.run_id, "ab" * 32)


def test_null_is_empty_and_zero_is_zero(ledger):
    series = {record["measure"]: record for record in records(Kind.SERIES, ledger, last=date(2025, 3, 10))}
    assert (series["deaths"]["low"], series["deaths"]["best"], series["deaths"]["high"]) == ("8", "", "")
    assert (series["injuries"]["low"], series["injuries"]["best"], series["injuries"]["high"]) == ("0", "0", "0")


def test_incidents_have_a_row_for_each_measure_and_their_claims_one_each(ledger):
    rows = [row for row in records(Kind.INCIDENTS, ledger) if row["country"] == "NGA"]
    assert [(row["measure"], row["counted"]) for row in rows] == [("deaths", "true"), ("injuries", "true")]
    assert rows[0]["sources"] == "'@police"
    links = {row["claim_id"]: row for row in records(Kind.INCIDENT_CLAIMS, ledger)}
    linked = links[rows[0]["figure_claims"]]
    assert (linked["incident_id"], linked["part_played"]) == (rows[0]["incident_id"], "recommended")


def test_a_correction_is_a_negative_number_and_no_formula(ledger):
    tolls = [(row["low"], row["change"], row["kind"], row["stale"]) for row in records(Kind.TOLLS, ledger)]
    assert tolls == [("90", "", "first", "false"), ("70", "-20", "correction", "false")]
    assert counts(records(Kind.REVISIONS, ledger), "size") == ["-20"]


def test_documents_have_their_run_and_number_of_claims_and_their_text_only_where_asked(ledger):
    rows = records(Kind.DOCUMENTS, ledger)
    assert [(row["document_id"], row["claims"]) for row in rows] == [
        ("b", "1"), ("a", "2"), ("c", "1"), ("d", "1"), ("e", "1"),
    ]  # fmt: skip
    assert "text" not in rows[0]
    asked = {row["document_id"]: row["text"] for row in records(Kind.DOCUMENTS, ledger, with_text=True)}
    assert asked["a"] == f"'{TEXT}"


def test_runs_say_what_they_brought(ledger):
    (row,) = records(Kind.RUNS, ledger)
    assert (row["started_at"], row["documents"], row["claims"]) == ("2025-03-20T06:00:00Z", "5", "6")
    assert records(Kind.RUNS, ledger, as_known_on=date(2025, 3, 19)) == []


def test_judgements_and_reviews_are_as_they_stood(ledger):
    claim = records(Kind.CLAIMS, ledger)[0]["claim_id"]
    wrong = Judgement(claim_id=claim, author="Mbye", made_on=date(2025, 4, 1), verdict=Verdict.WRONG, reason="no, 4")
    back = Judgement(
        claim_id=claim, author="Mbye", made_on=date(2025, 4, 3), verdict=Verdict.WITHDRAWN, reason="40 it is",
        withdraws=wrong.judgement_id,
    )  # fmt: skip
    ledger.judge(wrong)
    ledger.judge(back)
    then = records(Kind.JUDGEMENTS, ledger, as_known_on=date(2025, 4, 2))
    assert [(row["verdict"], row["stands"], row["claim_ids"]) for row in then] == [("wrong", "true", claim)]
    now = records(Kind.JUDGEMENTS, ledger)
    assert [(row["verdict"], row["stands"]) for row in now] == [("wrong", "false"), ("withdrawn", "false")]
    assert now[1]["withdraws"] == now[0]["judgement_id"]
    assert counts(records(Kind.JUDGEMENTS, ledger, last=date(2025, 4, 2)), "verdict") == ["wrong"]
    reviewed = records(Kind.CLAIMS, ledger, as_known_on=date(2025, 4, 2))[0]
    assert [reviewed[column.name] for column in REVIEW_COLUMNS] == [
        "wrong", "Mbye", "2025-04-01", "no, 4", wrong.judgement_id,
    ]  # fmt: skip
    assert records(Kind.CLAIMS, ledger)[0]["review_state"] == "unreviewed"


# Which rows.


@pytest.mark.parametrize(
    ("asked", "documents"),
    [
        ({}, ["b", "a", "a", "c", "d", "e"]),
        ({"first": date(2025, 3, 8)}, ["a", "a", "d", "e"]),  # what its text does not date, by its publication
        ({"last": date(2025, 3, 9)}, ["c", "d"]),
        ({"measures": frozenset({Measure.INJURIES})}, ["a"]),
        ({"country": "ssd"}, ["e"]),
        ({"admin1": "borno"}, ["a"]),
        ({"place": "Dalori; by the well"}, ["a"]),
        ({"causes": frozenset({Cause.SHOOTING})}, ["a"]),
    ],
)
def test_claims_are_chosen_as_incidents_are(ledger, asked, documents):
    assert counts(records(Kind.CLAIMS, ledger, **asked), "document_id") == documents


def test_incidents_series_and_tolls_are_chosen_by_the_same_words(ledger):
    asked = {"first": date(2025, 3, 8), "last": date(2025, 3, 10)}
    assert {*counts(records(Kind.INCIDENTS, ledger, **asked), "date_end")} == {"2025-03-10"}
    assert {*counts(records(Kind.SERIES, ledger, **asked), "date")} == {"2025-03-10"}
    assert counts(records(Kind.TOLLS, ledger, **asked), "as_of") == ["2025-03-08"]
    assert counts(records(Kind.REVISIONS, ledger, **asked), "day") == ["2025-03-08"]
    assert records(Kind.TOLLS, ledger, country="SSD") == []
    assert records(Kind.TOLLS, ledger, measures=frozenset({Measure.INJURIES})) == []
    assert counts(records(Kind.DOCUMENTS, ledger, first=date(2025, 3, 11)), "document_id") == ["e"]
    assert {*counts(records(Kind.SERIES, ledger, area="admin1", country="NGA"), "area")} == {"NGA/Borno"}


def test_a_choice_changes_no_figure(holdings):
    """Incidents are found from all claims, and chosen then."""
    everything = list(holdings.rows(Kind.INCIDENTS))
    question = Question(selection=Selection(country="PSE", measures=frozenset({Measure.DEATHS})))
    chosen = list(Holdings(holdings.ledger, question).rows(Kind.INCIDENTS))
    assert chosen
    assert all(row in everything for row in chosen)


@pytest.mark.parametrize(
    ("kind", "asked", "words"),
    [
        (Kind.DOCUMENTS, {"country": "SDN"}, "--country cannot choose among documents; choose them by --from, --to."),
        (Kind.CLAIMS, {"source": "x"}, "--source cannot choose among claims; choose them by --measure, --cause, "),
        (Kind.RUNS, {"first": date(2025, 1, 1)}, "--from cannot choose among runs; leave it out."),
        (Kind.INCIDENT_CLAIMS, {"added": date(2025, 1, 1)}, None),
    ],
)
def test_a_filter_that_does_not_fit_is_refused(ledger, kind, asked, words):
    if words is None:
        assert records(kind, ledger, **asked) == []
        return
    with pytest.raises(UsageError) as refusal:
        table(kind, ledger, **asked)
    assert words in str(refusal.value)


def test_every_filter_has_a_name_on_the_command_line_and_every_table_its_filters():
    assert set(OPTIONS) == {field.name for field in fields(Selection)}
    assert set(FILTERS) == set(Kind) == set(TABLES)
    for kind, table_ in TABLES.items():
        assert bool(table_.day) == ("first" in FILTERS[kind])


# How it is written.


def test_claims_documents_and_judgements_pass_through_without_the_account(ledger, monkeypatch):
    monkeypatch.setattr("tracker.publish.tables.holdings.draw_up", None)
    assert len(records(Kind.CLAIMS, ledger)) == 6
    assert len(records(Kind.DOCUMENTS, ledger)) == 5
    assert records(Kind.JUDGEMENTS, ledger) == []


@pytest.mark.parametrize("kind", Kind)
def test_the_order_of_ingest_changes_no_byte(kind, tmp_path, ledger):
    question = Question()
    expected = table(kind, ledger)
    with Ledger.open(f"sqlite:///{tmp_path / 'other.db'}") as other:
        (record,) = ledger.runs()
        claims = list(ledger.readings())
        for document in list(ledger.documents())[::-1]:
            own = [reading.claim for reading in claims if reading.claim.document_id == document.document_id]
            other.record(record.run, document, own[::-1])
        stream = io.BytesIO()
        write_export(kind, Holdings(other, question), stream)
    assert stream.getvalue() == expected


@pytest.mark.parametrize("kind", Kind)
def test_without_readings_there_is_a_header(kind, shelve):
    assert table(kind, shelve([])).decode() == ",".join(TABLES[kind].names) + "\n"


def test_the_dictionary_lies_beside_the_table(tmp_path, ledger):
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "claims.csv"
    assert export_file(Kind.CLAIMS, Holdings(ledger, Question()), path) == 6
    assert dictionary_path(path) == folder / "claims.dictionary.csv"
    header, *rows = csv.reader(dictionary_path(path).read_text(encoding="utf-8").splitlines())
    assert tuple(header) == DICTIONARY_COLUMNS
    assert tuple(row[0] for row in rows) == TABLES[Kind.CLAIMS].names
    assert sorted(entry.name for entry in folder.iterdir()) == ["claims.csv", "claims.dictionary.csv"]


def test_a_folder_is_no_file(tmp_path, ledger):
    with pytest.raises(UsageError, match="is a folder; name a file in it, such as"):
        export_file(Kind.CLAIMS, Holdings(ledger, Question()), tmp_path)


def test_a_total_told_as_an_event_is_exported_with_its_flag_and_counted_nowhere(shelve, state):
    ministry = {"source": "the ministry", "cause": None}
    total = state(
        "So far 58,000 died.", "58,000", 58000, None, scope=Scope.CUMULATIVE, baseline_text="so far", **ministry
    )
    day = state("On Monday 15 died.", "15", 15, 15, **ministry)
    mistaken = state("In all 58,010 died.", "58,010", 58010, 58010, **ministry)
    ledger = shelve([total, day, mistaken])

    flagged = {row["best"]: (row["flags"], row["counted"]) for row in records(Kind.INCIDENTS, ledger)}
    assert flagged == {"15": ("", "true"), "58010": ("looks_like_total", "false")}
    assert [row["low"] for row in records(Kind.SERIES, ledger)] == ["15"]
    parts = {row["claim_id"]: row["part_played"] for row in records(Kind.INCIDENT_CLAIMS, ledger)}
    assert parts[mistaken.claim.claim_id] == "other"
