"""What is written can be read back cell by cell, and no spreadsheet runs it or cuts it off."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.claims import Measure
from tracker.errors import UsageError
from tracker.publish.tables.cells import Form
from tracker.publish.tables.csvfile import restore, split_list, write_rows, write_whole

EXCEL = Form(excel=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
NASTY = st.text(st.sampled_from("'=+-@\t\r\n\",x;\\ \ufeff\u200fא😀"), min_size=1)


def written(*rows, form=Form()):  # noqa: B008
    stream = io.BytesIO()
    write_rows(["first", "second"], rows, stream, form)
    return stream.getvalue()


def read(data):
    return list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]


def test_null_zero_dates_lists_numbers_and_truth():
    moment = datetime(2025, 5, 5, 6, 30, tzinfo=UTC)
    data = written(
        [None, 0], [date(2025, 5, 5), ("a", "b")], [-3.7, Measure.DEATHS], [(), -5], [True, False], ["", moment]
    )
    assert data == (b"first,second\n,0\n2025-05-05,a; b\n-3.7,deaths\n,-5\ntrue,false\n,2025-05-05T06:30:00Z\n")


@pytest.mark.parametrize("text", ["=1+1", "+49", "-20", "@SUM(A1)", "\tx", "\rx", "'=1", "''+"])
def test_formulas_get_an_apostrophe_and_lose_it_again(text):
    ((cell, _),) = read(written([text, None]))
    assert cell == "'" + text
    assert restore(cell) == text


@pytest.mark.parametrize("text", ["'We fled", "49", "at least -20", "a=b", "–20"])
def test_other_text_is_left_alone(text):
    ((cell, _),) = read(written([text, None]))
    assert cell == text == restore(cell)


@given(TEXTS, NASTY)
@example("a\rb", 'say "no", twice')
def test_every_text_makes_the_round_trip(first, second):
    assert [tuple(map(restore, row)) for row in read(written([first, second]))] == [(first, second)]


@given(st.lists(TEXTS | NASTY).map(tuple))
@example(("a; b", "c\\", ";", " d", "=1; 2"))
@example(("", "a", "", " ", ""))
def test_every_list_splits_again(texts):
    ((cell, _),) = read(written([texts, 1]))
    assert split_list(restore(cell)) == texts


@given(st.lists(TEXTS | NASTY, min_size=1).map(tuple))
def test_a_list_may_be_json(texts):
    import json

    ((cell, _),) = read(written([texts, 1], form=Form(json_lists=True)))
    assert tuple(json.loads(cell)) == texts


def test_what_utf_8_cannot_hold_does_not_stop_the_table():
    assert b"\\ud800" in written(["\ud800", None])


@pytest.mark.parametrize(
    ("value", "form", "why"),
    [
        (
            "cut\0off",
            Form(),
            r"second in row 1 \(first a\) holds a NUL character, at which programs cut a cell off; corr",
        ),
        ("x" * 32_768, EXCEL, "holds 32768 characters, of which Excel would show 32767; leave --excel out"),
    ],
)
def test_what_would_be_cut_off_is_refused(value, form, why):
    with pytest.raises(UsageError, match=why):
        written(["a", value], form=form)


def test_more_rows_than_excel_opens_are_refused():
    class Nowhere(io.BytesIO):
        def write(self, data):
            return len(data)

    rows = ([number, None] for number in range(1_048_576))
    with pytest.raises(UsageError, match="more rows than the 1048575 that Excel opens"):
        write_rows(["a", "b"], rows, Nowhere(), EXCEL)


def test_excel_gets_a_byte_order_mark_and_its_own_line_ends():
    assert written(["Ödön", 7], form=EXCEL) == b"\xef\xbb\xbffirst,second\r\n\xc3\x96d\xc3\xb6n,7\r\n"


@pytest.mark.parametrize(
    "text",
    ["123456789012345678901234", "12345e789012", "1.5", "3-4", "2025-03-04", "10/12", "May 5", "TRUE", "7 pm", "5%"],
)
def test_excel_is_kept_from_reading_text_as_a_number_or_a_day(text):
    ((cell, _),) = read(written([text, None], form=EXCEL))
    assert cell == f'="{text}"'
    assert read(written([text, None])) == [[text, ""]]


@pytest.mark.parametrize(
    "text", ["at least 49 people", "3fa9c01d22ee", "Harbour News", "two dozen", "49 people, police said"]
)
def test_excel_reads_other_text_as_it_is(text):
    assert read(written([text, None], form=EXCEL)) == [[text, ""]]


def test_excel_takes_numbers_and_days_as_they_are():
    assert written([5, date(2025, 5, 5)], form=EXCEL).endswith(b"\r\n5,2025-05-05\r\n")


def test_rows_are_written_as_they_come():
    seen = []

    class Stream(io.BytesIO):
        def write(self, data):
            seen.append(bytes(data))
            return super().write(data)

    def rows():
        for number in range(3):
            assert len(seen) == number + 1
            yield [number, None]

    assert write_rows(["a", "b"], rows(), Stream()) == 3


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("old")

    def fail(stream):
        stream.write(b"half")
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        write_whole(path, fail)
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["table.csv"]


def test_an_unwritable_file_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "missing" / "table.csv"
    with pytest.raises(UsageError, match=r"table\.csv cannot be written \(no such file or directory\); name another"):
        write_whole(path, lambda stream: 0)
