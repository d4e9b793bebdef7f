"""A fault in a hand-made file is reported with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tracker.errors import RuleError
from tracker.gazetteer import Gazetteer
from tracker.gazetteer.overlays import read_overlays

PLACES = Path(__file__).parents[2] / "rules" / "places"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PLACES, tmp_path / "rules" / "places"))


FAULTS = [
    ("sites.csv", "name,country,latitude,longitude\nSomewhere,PSX,31,34\n", "sites.csv line 2: 'PSX'"),
    ("sites.csv", "name,country,latitude,longitude\nSomewhere,PSE,91,34\n", "line 2: 91"),
    ("sites.csv", "name,country,latitude,longitude\nSomewhere,PSE,31,east\n", "line 2: latitude and longitude"),
    ("sites.csv", "name,country,latitude,longitude\n\n,PSE,31,34\n", "line 3: the cell 'name' is empty"),
    ("sites.csv", "name,country,latitude,longitude\nSomewhere,PSE,31\n", "line 2: 3 cells"),
    ("sites.csv", "name,land,latitude,longitude\nSomewhere,PSE,31,34\n", "line 1: unknown column 'land'"),
    ("sites.csv", "name,kind,country,latitude,longitude\nSomewhere,spot,PSE,31,34\n", "line 2: the kind 'spot'"),
    ("countries.csv", "alpha3,alpha2,name\nps,PS,Palestine\n", "countries.csv line 2: 'ps'"),
    ("ambiguous.txt", "nice\nMobile\n", "ambiguous.txt line 2: 'Mobile'"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "text", "message"), FAULTS)
def test_a_fault_names_file_and_line(folder: Path, file: str, text: str, message: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        read_overlays(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "seas.csv").unlink()
    with pytest.raises(RuleError, match=r"seas\.csv"):
        read_overlays(folder)


def test_an_edit_acts_at_once(folder: Path) -> None:
    with (folder / "sites.csv").open("a", encoding="utf-8") as file:
        file.write("Exampleford camp,Exampleford,,KEN,Turkana,,,,3.5,35.0,camp\n".replace(",,,,3.5", ",,3.5"))
    found = Gazetteer.open(folder.parent).candidates("Exampleford")
    assert [(place.name, place.country, place.admin1) for place in found] == [("Exampleford camp", "KEN", "Turkana")]


def test_a_row_without_a_point_must_rename_a_known_place(folder: Path) -> None:
    with (folder / "sites.csv").open("a", encoding="utf-8") as file:
        file.write("Exampleford,Exampleton,town,KEN,Turkana,,,,\n")
    with pytest.raises(RuleError, match="no town 'Exampleford'"):
        Gazetteer.open(folder.parent)
