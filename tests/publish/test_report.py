"""The report as a reader gets it: opened again, its words are the incidents', and its bytes never change."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tracker.claims import Measure, Scope, Status
from tracker.errors import UsageError
from tracker.publish.pages.report import build_report, compose, write_files

SHELL = "At least 14 people were killed and 32 wounded in Old Harrow, the health office said."


@pytest.fixture(scope="session")
def fortnight(state):
    """A fortnight with an open bound, a conflict, a range, a fear, malnutrition, a long window and a corrected toll."""
    ministry = {"scope": Scope.CUMULATIVE, "source": "The ministry", "places": ("Gaza",), "country": "PSE"}
    return [
        state(SHELL, "At least 14", 14, None, places=("Old Harrow",), source="the health office"),
        state(SHELL, "32", 32, 32, measure=Measure.INJURIES, places=("Old Harrow",), source="the health office"),
        state("Seventeen died in Old Harrow, doctors said.", "Seventeen", 17, 17,
              places=("Old Harrow",), source="doctors"),
        state("Between 15 and 20 are missing off Lantern Point.", "Between 15 and 20", 15, 20, measure=Measure.MISSING,
              places=("Lantern Point",), day=date(2025, 3, 6), country="IDN"),
        state("Some 9 are feared dead at Kettle Ridge.", "9", 9, 9, places=("Kettle Ridge",), status=Status.POSSIBLE,
              country="MEX"),
        state("Six children died of hunger in North Basin.", "Six", 6, 6, measure=Measure.MALNUTRITION_DEATHS,
              places=("North Basin",), day=date(2025, 3, 12)),
        state("The network counted 61 killed in the past week.", "61", 61, 61, date_start=date(2025, 3, 7),
              date_end=date(2025, 3, 14), places=("North Basin",)),
        state("The toll stands at 4,902.", "4,902", 4902, 4902, published=date(2025, 3, 6), day=None, **ministry),
        state("It was put right to 4,895.", "4,895", 4895, 4895, published=date(2025, 3, 8), day=None, **ministry),
    ]  # fmt: skip


def read(pdf: bytes) -> str:
    """All words of the PDF, with every run of spaces as one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def count_pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def the_pdf(files: dict[str, bytes]) -> bytes:
    return next(content for name, content in files.items() if name.endswith(".pdf"))


@pytest.fixture(scope="session")
def printed(fortnight, gather, definition):
    """The words of the fortnight's report."""
    return read(the_pdf(build_report(gather(fortnight), definition)))


def test_files_are_named_by_definition_and_day(fortnight, gather, definition):
    names = list(build_report(gather(fortnight), definition, "both"))
    assert names[0] == "daily-2025-03-16.pdf"
    assert "daily-2025-03-16-1.png" in names
    assert "daily-2025-03-16-1.txt" in names
    assert [name for name in names if name.endswith(".csv")] == [
        f"daily-2025-03-16-{table}.csv" for table in ("daily", "malnutrition", "map", "incidents", "tolls", "evidence")
    ]


def test_figures_are_those_of_the_incidents(printed):
    assert "17 14–17" in printed  # the best figure, and below it the spread
    assert "≥ 14 the health office, 10 Mar 17 doctors, 10 Mar" in printed  # what conflicts, side by side
    assert "missing: 15–20" in printed
    assert "≤ 9 possible" in printed


def test_head_adds_only_what_may_be_added(printed):
    # 14–17 in Old Harrow, up to 9 feared; neither the 61 of a week nor the six of hunger nor the toll of 4,895.
    assert "5 incidents" not in printed
    assert "report 4 incidents for 3–16 March 2025, with 14 to 26 deaths and 32 injuries." in printed
    assert "Apart from these, they report 6 deaths from malnutrition." in printed


def test_running_totals_stand_apart_with_their_corrections(printed):
    assert "4,902 6 Mar 4,895 8 Mar −7" in printed
    assert "−7 (8 Mar)" in printed


def test_every_figure_is_proved(printed, fortnight):
    for reading in fortnight:
        if reading.claim.scope is Scope.EVENT:
            assert reading.claim.claim_id[:12] in printed
    assert f"“{SHELL}”" in printed


def test_method_names_run_rules_and_counts(printed):
    for fact in ("run-7", "0123abcd", "Documents read 8", "Claims found in them 9", "Inputs set aside not recorded"):
        assert fact in printed


def test_pdf_is_titled_dated_and_tagged(fortnight, gather, definition):
    pdf = the_pdf(build_report(gather(fortnight), definition))
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert document.get_metadata_value("Title") == "Reported human harm, 3–16 March 2025"
        assert document.get_metadata_value("CreationDate").startswith("D:20250316")
        assert 2 <= len(document) <= 4
    finally:
        document.close()
    for mark in (b"/Lang(en)", b"/MarkInfo", b"/StructTreeRoot", b"/Alt"):
        assert mark in pdf
    assert b"pdfuaid:part>1<" in pdf


def test_only_the_embedded_fonts_are_used(fortnight, gather, definition):
    pdf = the_pdf(build_report(gather(fortnight), definition))
    fonts = {name.split(b"+")[-1] for name in re.findall(rb"/FontName ?/([\w+-]+)", pdf)}
    assert fonts
    assert all(font.startswith(b"DejaVuSans") for font in fonts)


def test_bytes_depend_on_nothing_but_the_data(fortnight, gather, definition, tmp_path):
    """Two processes with other hash seeds, time zones and order of readings write the same bytes."""
    program = (
        "import hashlib, pickle, sys; from tracker.publish.pages.report import build_report;"
        "files = build_report(*pickle.load(open(sys.argv[1], 'rb')), 'both');"
        "print(*(f'{name} {hashlib.sha256(content).hexdigest()}' for name, content in files.items()), sep='\\n')"
    )
    shuffled = list(fortnight)
    random.Random(4).shuffle(shuffled)
    printed = []
    for number, readings in enumerate((fortnight, shuffled)):
        path = tmp_path / f"material-{number}.pickle"
        path.write_bytes(pickle.dumps((gather(readings), definition)))
        environment = os.environ | {"PYTHONHASHSEED": str(number), "TZ": ("UTC", "Asia/Tokyo")[number]}
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, text=True, env=environment, check=True
        )
        printed.append(done.stdout)
    assert printed[0] == printed[1]
    here = build_report(gather(fortnight), definition, "both")
    assert printed[0].split() == [
        word for name, content in here.items() for word in (name, hashlib.sha256(content).hexdigest())
    ]


def test_names_of_victims_are_withheld_unless_asked_for(state, gather, definition):
    sentence = "Mara Velden was shot dead and two others were hurt; Velden was a nurse."
    url = "https://news.example/2025/mara-velden-shot"
    given = {"places": ("Sandgate",), "url": url}
    material = gather(
        [
            state(sentence, "Mara Velden", 1, 1, victims="Mara Velden", **given),
            state(sentence, "two", 2, 2, victims="others", measure=Measure.INJURIES, **given),
        ]
    )
    files = build_report(material, definition, "both")
    hidden = read(the_pdf(files)) + "".join(
        content.decode() for name, content in files.items() if not name.endswith(("pdf", "png"))
    )
    assert "velden" not in hidden.casefold()
    assert "[name withheld] was shot dead and two others were hurt; [name withheld] was a nurse." in hidden
    assert "Mara Velden was shot dead" in read(the_pdf(build_report(material, definition, names=True)))


def test_empty_report_says_that_nothing_was_reported(gather, definition):
    files = build_report(gather([]), definition, "both")
    words = read(the_pdf(files))
    assert "it is a lack of reports, not a count of zero" in words
    assert "no figure reported in this window" in words
    assert files["daily-2025-03-16-daily.csv"].count(b"\n") == 1


def test_one_claim_makes_a_report(state, gather, definition):
    words = read(the_pdf(build_report(gather([state("Three died.", "Three", 3, 3)]), definition)))
    assert "report 1 incident for 3–16 March 2025, with 3 deaths." in words


def test_hundreds_of_incidents_fill_pages_with_repeated_headers(state, gather, definition):
    readings = [
        state(f"In town {n} {n + 100} died.", str(n + 100), n + 100, n + 100, places=(f"Town {n}",)) for n in range(500)
    ]
    pdf = the_pdf(build_report(gather(readings), replace(definition, sections=("incidents",), most_incidents=500)))
    words = read(pdf)
    assert all(f"Town {n} " in words for n in range(500))
    assert words.count("Who says so") == count_pages(pdf) > 8


def test_of_too_many_incidents_the_gravest_are_printed_and_all_are_filed(state, gather, definition):
    readings = [
        state(f"In town {n} {n + 100} died.", str(n + 100), n + 100, n + 100, places=(f"Town {n}",)) for n in range(60)
    ]
    files = build_report(gather(readings), replace(definition, most_incidents=20))
    words = read(the_pdf(files))
    assert "The 20 gravest of 60 incidents; all are in daily-2025-03-16-incidents.csv" in words
    assert "Town 59 " in words
    assert "Town 39 " not in words
    assert files["daily-2025-03-16-incidents.csv"].count(b"\n") == 61
    assert f"{sum(range(100, 160)):,} deaths" in words  # the sums hold them all


def test_hostile_text_is_printed_as_it_stands(state, gather, definition):
    hostile = '#panic() *x* $y$ @z <l> \\ "q" {{[ `c` //c /*d*/ \u202e\ufffe\x00 = - + 中 killed 4 בית حي'
    readings = [
        state(
            hostile, "4", 4, 4, places=("#import x" + "W" * 70,), source="<b>*us*</b>", outlet="$$", url="javascript:x"
        )
    ]
    pdf = the_pdf(build_report(gather(readings), definition))
    words = read(pdf)
    assert "#panic() *x* $y$ @z" in words
    assert "<b>*us*</b>" in words
    assert b"/URI(javascript" not in pdf


def test_a_long_place_name_is_printed_whole(state, gather, definition):
    place = "San Bartolomé de los Altos Viejos y Santa María del Río Grande de Abajo"
    assert place in read(the_pdf(build_report(gather([state("Two died.", "Two", 2, 2, places=(place,))]), definition)))


def test_sections_come_in_the_order_of_the_definition(fortnight, gather, definition):
    values, charts = compose(gather(fortnight), replace(definition, sections=("method", "summary")))
    assert values["sections"] == ["method", "summary"]
    assert charts == []
    assert "evidence" not in values


def test_page_words_follow_the_pages(fortnight, gather, definition):
    files = build_report(gather(fortnight), definition, "png")
    texts = [content.decode() for name, content in files.items() if name.endswith(".txt")]
    assert len(texts) == sum(name.endswith(".png") for name in files)
    assert "Bar chart of persons reported per day" in texts[0]
    assert any("deaths 17 (14–17); injuries 32" in text for text in texts)
    assert any("≥ 14 (the health office, 10 Mar); 17 (doctors, 10 Mar)" in text for text in texts)
    assert any("Method and limits" in text for text in texts)


def test_files_are_written_whole(tmp_path):
    paths = write_files(tmp_path / "new" / "folder", {"a.txt": b"1", "b.txt": b"2"})
    assert [path.read_bytes() for path in paths] == [b"1", b"2"]
    assert {path.name for path in paths[0].parent.iterdir()} == {"a.txt", "b.txt"}


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be made"):
        write_files(tmp_path / "file" / "folder", {"a.txt": b""})


def test_unknown_format_is_refused(gather, definition):
    with pytest.raises(UsageError, match="unknown format 'docx'"):
        build_report(gather([]), definition, "docx")  # type: ignore[arg-type]


def test_a_missing_template_is_named(gather, definition, tmp_path, reports: Path):
    (tmp_path / "style.mplstyle").write_bytes((reports / "style.mplstyle").read_bytes())
    shutil.copytree(reports / "words", tmp_path / "words")
    with pytest.raises(UsageError, match=r"report\.typ is missing"):
        build_report(gather([]), replace(definition, folder=tmp_path))
