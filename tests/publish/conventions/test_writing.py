"""Nothing is dropped silently: each figure and total is in a row or named as left out, in files that stay the same."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from datetime import date, timedelta

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.claims import Cause, Claim, Measure, PerpetratorStatus, Scope, Status, identify
from tracker.errors import UsageError
from tracker.incidents import Account
from tracker.publish.tables.conventions.convention import NAMES
from tracker.publish.tables.conventions.losses import LOSS_COLUMNS, Kept
from tracker.publish.tables.conventions.writing import (
    Choices,
    convention_of,
    convert,
    losses,
    losses_path,
    rows,
    unaccounted,
    write_convention,
    write_losses,
    write_table,
)
from tracker.publish.tables.csvfile import restore
from tracker.readings import Reading

DAY = date(2025, 3, 10)


@st.composite
def told(draw):
    """A reading of a text of its own or of a few shared ones, with anything that the layouts look at."""
    text = draw(st.sampled_from("abcdef"))
    start = draw(st.integers(0, 40)) * 5
    measure = draw(st.sampled_from(Measure))
    low = draw(st.none() | st.integers(0, 60))
    high = draw(st.none() | st.integers(low or 0, 90)) if low is not None else draw(st.integers(0, 90))
    first = DAY - timedelta(days=draw(st.sampled_from((0, 0, 1, 2, 5, 40, 500))))
    dated = draw(st.booleans())
    actor = draw(st.none() | st.sampled_from(("gunmen", "the army")))
    sha = hashlib.sha256(text.encode()).hexdigest()
    claim = Claim(
        document_id=text,
        measure=measure,
        count_min=low,
        count_max=high,
        count_text="three",
        start=start,
        end=start + 5,
        victims=draw(st.none() | st.sampled_from(("people", "civilians", "children", "Ana Roe"))),
        part_of=draw(st.none() | st.integers(0, 40).map(lambda at: at * 5)),
        scope=draw(st.sampled_from(Scope)),
        status=draw(st.sampled_from(Status)),
        places=draw(st.sampled_from(((), ("Old Harrow",), ("North Basin",)))),
        country=draw(st.sampled_from((None, "SDN", "PSE"))),
        date_start=first if dated else None,
        date_end=DAY if dated else None,
        source=draw(st.none() | st.sampled_from(("police", "the ministry"))),
        cause=draw(st.none() | st.sampled_from(Cause)),
        claim_id=identify(sha, start, start + 5, measure),
        quote=f"Sentence {start} of text {text}.",
        quote_end=20,
        event=draw(st.integers(0, 2)),
        place_precision=draw(st.none() | st.sampled_from(("exact", "admin1", "country"))),
        latitude=draw(st.none() | st.just(10.51)),
        longitude=2.29,
        perpetrator_text=actor,
        perpetrator_status=draw(st.sampled_from(PerpetratorStatus)) if actor else None,
        flags=draw(st.sampled_from(((), ("vague",)))),
    )
    return Reading(claim=claim, text_sha256=sha, published=draw(st.none() | st.just(DAY)), outlet=f"Paper {text}")


def accounts():
    """Accounts in which each claim has one reading."""
    unique = st.lists(told(), max_size=12, unique_by=lambda reading: reading.claim.claim_id)
    return unique.map(lambda readings: Account(tuple(readings)))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=120, deadline=None)
@given(account=accounts())
def test_every_figure_and_total_is_in_a_row_or_named_as_left_out(name, account):
    choices = Choices()
    if name == "t4p":
        try:
            entries = list(convert(name, account, choices))
        except UsageError as refused:
            if "choose by" not in str(refused):
                return  # there is no total of deaths, and nothing is written at all
            claimant, _, area = str(refused).split("from: ")[1].rstrip(".").split("; ")[0].rpartition(" for ")
            choices = Choices(claimant=claimant, area=area)
            if "no area named" in str(refused):
                return
    entries = list(convert(name, account, choices))
    assert unaccounted(account, entries) == set()
    carried = [key for entry in entries if isinstance(entry, Kept) for key in entry.carries]
    assert len(carried) == len(set(carried))
    left_out = {entry.key for entry in entries if not isinstance(entry, Kept) and entry.effect == "left_out"}
    assert left_out.isdisjoint(carried)
    if name == "ucdp":
        columns = convention_of(name).column_names
        for row in (dict(zip(columns, e.row, strict=True)) for e in entries if isinstance(e, Kept)):
            dead = [row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")]
            assert sum(dead) == row["best"]
            assert min(dead) >= 0
            assert row["low"] <= row["best"] <= row["high"] >= 1


@pytest.mark.parametrize("name", NAMES)
def test_the_newsroom_is_accounted_for(newsroom, name):
    choices = Choices(claimant="the health ministry")
    assert unaccounted(newsroom[0], convert(name, newsroom[0], choices)) == set()
    assert len(list(rows(name, newsroom[0], choices))) > 10


@pytest.mark.parametrize("name", NAMES)
def test_a_dropped_figure_would_be_noticed(newsroom, name):
    choices = Choices(claimant="the health ministry")
    entries = list(convert(name, newsroom[0], choices))
    dropped = next(entry for entry in entries if not isinstance(entry, Kept) and entry.effect == "left_out")
    entries.remove(dropped)
    assert unaccounted(newsroom[0], entries) == {dropped.key}


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_the_readings_changes_no_byte(newsroom, name):
    choices = Choices(claimant="the health ministry")

    def written(account):
        table, lost = io.BytesIO(), io.BytesIO()
        write_table(name, account, table, choices)
        write_losses(name, account, lost, choices)
        return table.getvalue(), lost.getvalue()

    readings = list(newsroom[0].readings)
    known = written(newsroom[0])
    random.Random(7).shuffle(readings)
    assert written(Account(tuple(readings))) == known


@pytest.mark.parametrize("name", NAMES)
def test_the_files_of_one_export(newsroom, tmp_path, name):
    path = tmp_path / f"{name}.csv"
    choices = Choices(claimant="the health ministry")
    count = write_convention(name, newsroom[0], path, choices)
    header, *table = csv.reader(path.read_text("utf-8").splitlines())
    assert tuple(header) == convention_of(name).column_names
    assert len(table) == count + (name == "hxl")
    header, *lost = csv.reader(losses_path(path).read_text("utf-8").splitlines())
    assert tuple(header) == LOSS_COLUMNS
    assert [row[1] for row in lost] == [loss.reason for loss in losses(name, newsroom[0], choices)]
    page = (tmp_path / f"{name}.losses.md").read_text("utf-8")
    assert f"The file has {count} rows." in page
    assert f"`{name}.losses.csv`" in page
    assert all("{" not in line and "None" not in line for line in page.splitlines())
    assert (tmp_path / f"{name}.dictionary.csv").read_text("utf-8").count("\n") == len(table[0]) + 1
    assert len(list(tmp_path.iterdir())) == 4


def test_pandas_reads_the_same_numbers(newsroom, tmp_path):
    write_convention("ucdp", newsroom[0], tmp_path / "ucdp.csv")
    frame = pandas.read_csv(tmp_path / "ucdp.csv")
    sides = frame[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]]
    assert (sides.sum(axis=1) == frame["best"]).all()
    wanted = [row[0] for row in rows("ucdp", newsroom[0])]
    assert frame["id"].tolist() == wanted
    assert frame["gwnoa"].isna().all()


def test_a_formula_of_a_text_is_neutralised(state, tmp_path):
    given_by = {"cause": Cause.AIRSTRIKE, "places": ("=HYPERLINK(1)",), "source": "@police", "latitude": -1.5}
    account = Account((state("Nine were killed.", "Nine", 9, 9, longitude=2.0, **given_by),))
    path = tmp_path / "ucdp.csv"
    write_convention("ucdp", account, path)
    [row] = csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""))
    assert row["where_coordinates"] == "'=HYPERLINK(1)"
    assert restore(row["where_coordinates"]) == "=HYPERLINK(1)"
    assert (row["source_original"], row["latitude"]) == ("'@police", "-1.5")


def test_marks_of_a_report_s_words_are_no_markdown(state, tmp_path):
    given_by = {"cause": Cause.AIRSTRIKE, "perpetrator_text": "the *army*\n# x", "country": "SDN"}
    stated = {"perpetrator_status": PerpetratorStatus.ALLEGED}
    account = Account((state("Nine were killed.", "Nine", 9, 9, **given_by, **stated),))
    write_convention("ucdp", account, tmp_path / "ucdp.csv")
    page = (tmp_path / "ucdp.losses.md").read_text("utf-8")
    assert "the \\*army\\* \\# x" in page


def test_an_empty_account_makes_a_header_and_a_page(tmp_path):
    assert write_convention("ucdp", Account(()), tmp_path / "ucdp.csv") == 0
    assert (tmp_path / "ucdp.csv").read_text("utf-8").startswith("id,relid,year")
    assert "The file has 0 rows." in (tmp_path / "ucdp.losses.md").read_text("utf-8")


def test_wrong_names_are_refused(tmp_path):
    with pytest.raises(UsageError, match="there is no layout 'gtd'; choose one of ucdp, acled, t4p, hxl"):
        write_convention("gtd", Account(()), tmp_path / "gtd.csv")
    with pytest.raises(UsageError, match="is a folder; name a file in it"):
        write_convention("ucdp", Account(()), tmp_path)
