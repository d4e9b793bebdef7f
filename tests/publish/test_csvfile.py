"""What is written can be read back cell by cell, and no spreadsheet runs it."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.claims import Measure
from tracker.errors import UsageError
from tracker.publish.tables.csvfile import restore, write_rows, write_whole


def written(*rows):
    stream = io.BytesIO()
    write_rows(["first", "second"], rows, stream)
    return stream.getvalue()


def read(data):
    return list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]


def test_null_zero_dates_lists_and_numbers():
    data = written([None, 0], [date(2025, 5, 5), ("a", "b")], [-3.7, Measure.DEATHS], [(), -5])
    assert data == b"first,second\n,0\n2025-05-05,a; b\n-3.7,deaths\n,-5\n"


@pytest.mark.parametrize("text", ["=1+1", "+49", "-20", "@SUM(A1)", "\tx", "\rx", "'=1", "''+"])
def test_formulas_get_an_apostrophe_and_lose_it_again(text):
    ((cell, _),) = read(written([text, None]))
    assert cell == "'" + text
    assert restore(cell) == text


@pytest.mark.parametrize("text", ["'We fled", "49", "at least -20", "a=b", "–20"])
def test_other_text_is_left_alone(text):
    ((cell, _),) = read(written([text, None]))
    assert cell == text == restore(cell)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.text(st.sampled_from("'=+-@\t\r\n\",x"), min_size=1),
)
@example("a\rb", 'say "no", twice')
def test_every_text_makes_the_round_trip(first, second):
    assert [tuple(map(restore, row)) for row in read(written([first, second]))] == [(first, second)]


def test_what_utf_8_cannot_hold_does_not_stop_the_table():
    assert b"\\ud800" in written(["\ud800", None])


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
