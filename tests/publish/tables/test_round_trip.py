"""A table opened with pandas, from CSV and from Parquet, holds the values that were written: types, nulls, texts."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Claim, Measure
from tracker.ledger.listing import Sighted
from tracker.publish.tables.cells import Form
from tracker.publish.tables.csvfile import restore, split_list, write_rows
from tracker.publish.tables.dictionary import TABLES, Kind
from tracker.publish.tables.parquet import write_parquet
from tracker.publish.tables.record_rows import claim_rows
from tracker.publish.tables.reviews import Reviews
from tracker.readings import Reading

if TYPE_CHECKING:
    from tracker.publish.tables.dictionary import Column
    from tracker.publish.tables.holdings import Holdings

DTYPES = {"text": "string", "list": "string", "integer": "Int64", "decimal": "float64", "boolean": "boolean"}
FORMS = {"plain": Form(), "package": Form(json_lists=True)}

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
NASTY = WORDS | st.text(st.sampled_from("'=+-@\t\r\n\",;\\|\ufeff\u200f\u202eNAnull א\u0645😀0"), min_size=1)
MAYBE = st.none() | NASTY


def with_pandas(data: bytes, columns: tuple[Column, ...]) -> pd.DataFrame:
    """The table as docs/exports.md says to open it."""
    dtypes = {column.name: DTYPES[column.type] for column in columns if column.type in DTYPES}
    days = [column.name for column in columns if column.type in ("date", "datetime")]
    return pd.read_csv(io.BytesIO(data), dtype=dtypes, parse_dates=days, keep_default_na=False, na_values=[""])


def plain(value: object, column: Column, json_lists: bool) -> object:
    """The value of a cell as it was before it was written, by the documented steps."""
    if column.type == "list":
        if value is pd.NA:
            return ()
        return tuple(json.loads(str(value))) if json_lists else split_list(restore(str(value)))
    if pd.isna(value):
        return None
    if column.type == "text":
        return restore(str(value))
    if column.type in ("date", "datetime"):
        moment = pd.Timestamp(value).to_pydatetime()
        return moment.date() if column.type == "date" else moment
    return value


def expected(value: object, column: Column) -> object:
    """What a table can hold of a value: an empty text is null."""
    if column.type == "list":
        return value
    return None if value == "" else value


def compare(frame: pd.DataFrame, rows: list[tuple[object, ...]], columns: tuple[Column, ...], json_lists: bool) -> None:
    assert len(frame) == len(rows)
    for at, column in enumerate(columns):
        read = [plain(value, column, json_lists) for value in frame[column.name]]
        assert read == [expected(row[at], column) for row in rows], column.name


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("form", FORMS)
def test_the_newsroom_in_pandas_from_csv(holdings: Holdings, kind: Kind, form: str) -> None:
    rows, columns, stream = [tuple(row) for row in holdings.rows(kind)], holdings.columns(kind), io.BytesIO()
    write_rows([column.name for column in columns], rows, stream, FORMS[form])
    frame = with_pandas(stream.getvalue(), columns)
    compare(frame, rows, columns, FORMS[form].json_lists)
    for column in columns:
        is_day = pd.api.types.is_datetime64_any_dtype(frame[column.name])
        assert is_day == (column.type in ("date", "datetime") and len(frame) > 0)


@pytest.mark.parametrize("kind", Kind)
def test_the_newsroom_in_pandas_from_parquet(holdings: Holdings, kind: Kind) -> None:
    pytest.importorskip("pyarrow")
    rows, columns, stream = [tuple(row) for row in holdings.rows(kind)], holdings.columns(kind), io.BytesIO()
    assert write_parquet(TABLES[kind], columns, rows, stream) == len(rows)
    frame = pd.read_parquet(io.BytesIO(stream.getvalue()), dtype_backend="pyarrow")
    for at, column in enumerate(columns):
        read = frame[column.name].array.__arrow_array__().to_pylist()
        assert [tuple(value) if column.type == "list" else value for value in read] == [row[at] for row in rows]


def test_parquet_says_what_its_columns_mean_and_which_schema_it_has(holdings: Holdings) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    stream = io.BytesIO()
    write_parquet(TABLES[Kind.TOLLS], TABLES[Kind.TOLLS].columns, holdings.rows(Kind.TOLLS), stream)
    schema = parquet.read_schema(io.BytesIO(stream.getvalue()))
    assert schema.metadata[b"schema_version"].decode() == "1.0"
    assert schema.field("low").metadata[b"unit"] == b"persons"
    again = io.BytesIO()
    write_parquet(TABLES[Kind.TOLLS], TABLES[Kind.TOLLS].columns, holdings.rows(Kind.TOLLS), again)
    assert again.getvalue() == stream.getvalue()


@st.composite
def claims(draw: st.DrawFn) -> Sighted:
    """A claim whose every text is anything a document may hold."""
    words = draw(NASTY)
    texts = {name: draw(MAYBE) for name in ("victims", "source", "baseline_text", "admin1", "relayed_by", "source_id")}
    low, high = draw(st.none() | st.integers(0, 9)), draw(st.none() | st.integers(9, 2**63 - 1))
    claim = Claim(
        document_id=draw(NASTY),
        measure=draw(st.sampled_from(Measure)),
        count_min=0 if low is None and high is None else low,
        count_max=high,
        count_text=words,
        start=0,
        end=len(words),
        places=draw(st.lists(NASTY, max_size=3).map(tuple)),
        flags=draw(st.lists(NASTY, max_size=2).map(tuple)),
        date_start=draw(st.none() | st.dates(date(1900, 1, 1), date(2030, 1, 1))),
        latitude=draw(st.none() | st.floats(-90, 90)),
        quote=draw(NASTY),
        rule_id="x",
        claim_id="0" * 24,
        **texts,
    )
    reading = Reading(claim=claim, text_sha256="0" * 64, title=draw(MAYBE), url=draw(MAYBE), outlet=draw(MAYBE))
    return Sighted(reading=reading, run_id="0" * 24, rules_digest="0")


@settings(max_examples=60, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=4), st.sampled_from(sorted(FORMS)))
def test_whatever_a_text_says_comes_back(told: list[Sighted], form: str) -> None:
    rows, columns = [tuple(row) for row in claim_rows(told, Reviews([]))], TABLES[Kind.CLAIMS].columns
    stream = io.BytesIO()
    write_rows([column.name for column in columns], rows, stream, FORMS[form])
    compare(with_pandas(stream.getvalue(), columns), rows, columns, FORMS[form].json_lists)


@settings(max_examples=20, deadline=None)
@given(claims())
def test_parquet_holds_the_very_words(told: Sighted) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    stream = io.BytesIO()
    rows = list(claim_rows([told], Reviews([])))
    write_parquet(TABLES[Kind.CLAIMS], TABLES[Kind.CLAIMS].columns, rows, stream)
    (record,) = parquet.read_table(io.BytesIO(stream.getvalue())).to_pylist()
    claim = told.reading.claim
    assert (record["quote"], tuple(record["places"])) == (claim.quote, claim.places)
    assert (record["victims"], record["count_max"], record["date_start"]) == (
        claim.victims,
        claim.count_max,
        claim.date_start,
    )


def test_without_pyarrow_parquet_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.errors import UsageError
    from tracker.publish.tables.parquet import require_parquet

    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'casualty-tracker\[parquet\]', or leave --parquet out"):
        require_parquet()
