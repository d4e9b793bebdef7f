"""The scoring of place names: what counts as found, what is left open, and how far off is far."""

from __future__ import annotations

import json

import pytest

from tracker.extract.places.naming import NamedPlace
from tracker.gazetteer import Place
from tracker.quality.toponyms import read_marked, score_toponyms

TEXT = "Ships left Lagos and Port Harcourt. Nigerian crews sang."
LAGOS = Place("Lagos", "town", "NGA", 6.45, 3.39, None, None, None, 0)


def found(name: str, place: Place | None = None, is_people: bool = False) -> NamedPlace:
    start = TEXT.index(name)
    return NamedPlace(start, start + len(name), name, place, is_people)


@pytest.fixture(name="marked")
def _marked(tmp_path):
    def make(*toponyms):
        path = tmp_path / "marked.jsonl"
        path.write_text(json.dumps({"document_id": "d", "text": TEXT, "toponyms": toponyms}), encoding="utf-8")
        return read_marked(path)

    return make


def test_same_and_overlapping_offsets_are_counted_apart(marked):
    documents = marked({"start": 11, "end": 16}, {"start": 21, "end": 34})
    score = score_toponyms(documents, lambda _: [found("Lagos"), found("Harcourt"), found("Ships")])
    assert (score.exact.right, score.exact.spurious) == (1, 2)
    assert (score.overlapping.right, score.overlapping.spurious) == (2, 1)


def test_a_people_s_name_counts_where_it_is_marked_and_is_not_held_against(marked):
    people = found("Nigerian", is_people=True)
    assert score_toponyms(marked({"start": 11, "end": 16}), lambda _: [people]).exact.spurious == 0
    assert score_toponyms(marked({"start": 36, "end": 44}), lambda _: [people]).exact.right == 1


def test_open_types_are_neither_asked_for_nor_punished(marked):
    documents = marked(
        {"start": 11, "end": 16, "type": "Homonym"}, {"start": 0, "end": 5, "type": "Literal_Expression"}
    )
    score = score_toponyms(documents, lambda _: [found("Lagos")])
    assert (score.exact.gold, score.exact.spurious) == (0, 0)


def test_distances_count_what_was_given_no_point_as_wrong(marked):
    documents = marked(
        {"start": 11, "end": 16, "lat": 6.5, "lon": 3.4}, {"start": 21, "end": 34, "lat": 4.8, "lon": 7.0}
    )
    score = score_toponyms(documents, lambda _: [found("Lagos", LAGOS), found("Port Harcourt")])
    assert (score.near_share, score.near_share_of_resolved) == (0.5, 1.0)
    assert score.median_km == pytest.approx(5.7, abs=0.2)


def test_a_mark_a_little_off_is_moved_to_its_name_and_one_far_off_left_out(marked):
    [document] = marked({"name": "Lagos", "start": 12, "end": 17}, {"name": "Accra", "start": 0, "end": 5})
    assert [(mark.start, mark.end) for mark in document.toponyms] == [(11, 16)]
    assert (document.mended, document.lost) == (1, 1)
