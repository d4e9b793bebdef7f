"""The map: no mark claims more than is known of its place, and nothing is lost without a word."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from datetime import date

import pytest

from tracker.claims import Cause, Count, Measure, Status
from tracker.incidents import Figure, Incident
from tracker.incidents.incident import Statement
from tracker.publish.charts.base_map import BORDERS, Box, coarsen, cut_ring, read_base_map
from tracker.publish.charts.drawing import new_figure
from tracker.publish.charts.labels import Frame, Wish, can_be_set, fit, measure_text, place_labels, shorten, wrap
from tracker.publish.charts.map import draw_map
from tracker.publish.charts.map_marks import Precision, judge_precision, sift, word_mark
from tracker.publish.charts.map_panel import label_name
from tracker.publish.charts.map_views import WORLD, View, choose_view, find_regions, surround_points
from tracker.publish.material import Window

MARCH = Window(date(2025, 3, 3), date(2025, 3, 16))
MEASURES = (Measure.DEATHS, Measure.INJURIES, Measure.MALNUTRITION_DEATHS)
NAMES = {"SDN": "Sudan", "PSE": "Palestinian Territory", "UKR": "Ukraine"}
LONG = "The old vegetable market beside the northern bridge of Upper Lantern Town"


def told(low, best, high, measure=Measure.DEATHS, status=Status.STATED):
    least = low if low is not None else high
    statement = Statement(
        measure=measure, count=Count(least, high), status=status, claim_ids=("c",), source=None, outlet="Harbour News",
        published=date(2025, 3, 5), text_sha256="f", current=True,
    )  # fmt: skip
    return Figure(
        low=low, best=best, high=high, claim_ids=("c",), recommended="c", origins=("o",), statements=(statement,)
    )


def incident(number, place, precision, at=None, deaths=(5, 5, 5), country="SDN", figures=None, **given):
    latitude, longitude = at or (None, None)
    fields = {
        "incident_id": f"i{number}", "place": place, "country": country, "admin1": None, "latitude": latitude,
        "longitude": longitude, "place_precision": precision, "date_start": date(2025, 3, 5),
        "date_end": date(2025, 3, 5), "date_basis": "event", "cause": None, "origins": ("o",), "sources": (),
        "outlets": ("Harbour News",), "claim_ids": ("c",), "document_ids": ("d",), "first_reported": date(2025, 3, 5),
        "last_reported": date(2025, 3, 5), "figures": figures or {Measure.DEATHS: told(*deaths)},
    }  # fmt: skip
    return Incident(**(fields | given))


EL_FASHER = incident(1, "El Fasher", "exact", (13.628, 25.349), (19, 19, 19))
SUDAN = incident(2, None, "country", (15.0, 30.0), (9, 9, 9))
DARFUR = incident(3, "North Darfur", "admin1", (15.0, 25.0), (14, 14, None), admin1="North Darfur")
NILE = incident(4, "the Nile", "sea", (17.0, 32.5), (6, 6, 6))
NOWHERE = incident(5, None, None, country=None)
WEEK = incident(6, "Kassala", "exact", (15.45, 36.4), date_start=date(2025, 3, 4), date_end=date(2025, 3, 12))


@pytest.fixture
def draw(reports, monkeypatch):
    """Draw a map; its figure is kept in `draw.figure`."""
    import tracker.publish.charts.map as module

    def keep(width, height):
        drawn.figure = new_figure(width, height)
        return drawn.figure

    def drawn(*incidents, window=MARCH):
        return draw_map(incidents, window, MEASURES, reports, NAMES)

    monkeypatch.setattr(module, "new_figure", keep)
    return drawn


def patches(figure, kind):
    return [patch for axes in figure.axes[:-1] for patch in axes.findobj(kind)]


def words_of(figure, axes=0):
    return [text.get_text() for text in figure.axes[axes].texts]


def overlaps(figure):
    """The pairs of words that lie on one another."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [
        (text.get_text(), text.get_window_extent(renderer).padded(-0.8))
        for text in figure.findobj(Text)
        if text.get_text().strip()
    ]
    return [(a, b) for at, (a, box) in enumerate(boxes) for b, other in boxes[at + 1 :] if box.overlaps(other)]


def rows(chart):
    return list(csv.DictReader(io.StringIO(chart.csv.decode())))


def test_nothing_to_show_is_no_map(draw):
    assert draw() is None
    assert draw(NOWHERE) is None
    assert draw(replace(EL_FASHER, date_start=date(2024, 3, 5), date_end=date(2024, 3, 5))) is None


def test_a_country_is_shaded_and_is_never_a_dot(draw):
    from matplotlib.patches import Circle, Rectangle

    chart = draw(SUDAN, replace(SUDAN, incident_id="i9"))
    assert patches(draw.figure, Circle) == []
    assert "Sudan: 18 (2 incidents); place unknown" in words_of(draw.figure)
    assert any(patch.get_hatch() == "/////" for patch in draw.figure.axes[0].patches + draw.figure.axes[0].artists)
    squares = [patch for patch in patches(draw.figure, Rectangle) if patch.get_width() == patch.get_height() == 4.0]
    assert squares == []
    assert "Somewhere in a country: Sudan: 18 (2 incidents)." in chart.alt
    # The middle of the country, which the gazetteer gives, is not handed on as a place either.
    assert {(row["latitude"], row["longitude"], row["drawn_as"]) for row in rows(chart)} == {("", "", "country")}


@pytest.mark.parametrize("code", ["MDV", "TUV", "MLT"])
def test_a_country_too_small_to_be_seen_is_named_all_the_same(draw, code):
    chart = draw(
        incident(1, None, "country", country=code), incident(2, "Lima", "exact", (-12.05, -77.04), country="PER")
    )
    shown = [words for words in words_of(draw.figure) if words.endswith("place unknown")]
    assert len(shown) == 1 or "without a known place" in chart.alt


def test_a_country_that_the_base_map_lacks_is_counted_in_the_note(draw):
    chart = draw(EL_FASHER, incident(2, None, "country", country="QQQ"))
    assert "1 incident without a known place is not on the map." in chart.alt


def test_marks_say_how_well_the_place_is_known(draw):
    from matplotlib.patches import Circle, RegularPolygon

    chart = draw(EL_FASHER, SUDAN, DARFUR, NILE, NOWHERE, WEEK)
    filled = [patch for patch in patches(draw.figure, Circle) if patch.get_zorder() == 5]
    assert len(filled) == 1  # El Fasher
    assert any(patch.get_hatch() == "...." for patch in patches(draw.figure, Circle))  # North Darfur
    assert any(patch.get_hatch() == "----" for patch in patches(draw.figure, RegularPolygon))  # the Nile
    assert {"El Fasher: 19", "North Darfur: ≥\u00a014", "the Nile: 6", "Sudan: 9; place unknown"} <= set(
        words_of(draw.figure)
    )
    assert "1 incident without a known place is not on the map." in chart.alt
    assert "1 figure for many days is left out" in chart.alt
    assert {(row["incident_id"], row["drawn_as"]) for row in rows(chart)} == {
        ("i1", "point"), ("i2", "country"), ("i3", "area"), ("i4", "sea"), ("i5", "not drawn: no place"),
        ("i6", "not drawn: many days"),
    }  # fmt: skip
    for words in (
        "somewhere in this province",
        "on this water",
        "somewhere in this country",
        "Boundaries imply no opinion",
    ):
        assert words in chart.svg


def test_what_is_drawn_is_what_the_rows_say(draw):
    chart = draw(EL_FASHER, replace(EL_FASHER, incident_id="i8"), DARFUR)
    best = sum(int(row["best"]) for row in rows(chart) if row["mark"] == "1")
    assert f"El Fasher: {best} (2 incidents)" in words_of(draw.figure)


def test_only_feared_deaths_are_hollow_and_harm_without_deaths_is_a_square(draw):
    from matplotlib.patches import Circle, Rectangle

    feared = incident(1, "Beit Lahiya", "exact", (31.55, 34.5), country="PSE",
                      figures={Measure.DEATHS: told(None, None, 9, status=Status.POSSIBLE)})  # fmt: skip
    hurt = incident(2, "Rafah", "exact", (31.29, 34.25), country="PSE",
                    figures={Measure.INJURIES: told(4, 4, 4, Measure.INJURIES)})  # fmt: skip
    chart = draw(feared, hurt)
    hollow = [patch for patch in patches(draw.figure, Circle) if patch.get_facecolor()[:3] == (1, 1, 1)]
    squares = [patch for patch in patches(draw.figure, Rectangle) if patch.get_width() == 4.0]
    assert len(hollow) == len(squares) == 1
    assert {"Beit Lahiya: up to 9 feared", "Rafah: 4 injuries"} <= set(words_of(draw.figure))
    assert "only feared, or denied" in chart.svg


def test_malnutrition_is_never_added_to_other_deaths():
    figures = {Measure.DEATHS: told(5, 5, 5), Measure.MALNUTRITION_DEATHS: told(3, 3, 3, Measure.MALNUTRITION_DEATHS)}
    (mark,) = sift([replace(EL_FASHER, figures=figures)], MARCH, MEASURES, NAMES).marks
    assert mark.size == 5
    assert word_mark(mark) == "5; 3 of malnutrition"


def test_a_town_that_a_bulletin_says_for_its_province_is_no_address():
    bulletin = replace(
        EL_FASHER, place="Gaza", admin1="Gaza Strip", date_start=date(2025, 3, 4), date_end=date(2025, 3, 5)
    )
    assert judge_precision(bulletin) is Precision.AREA
    assert judge_precision(replace(bulletin, cause=Cause.AIRSTRIKE)) is Precision.POINT
    assert judge_precision(replace(bulletin, date_start=date(2025, 3, 5))) is Precision.POINT
    (mark,) = sift([bulletin], MARCH, MEASURES, NAMES).marks
    assert mark.name == "Gaza Strip"


def test_areas_of_dots_are_in_proportion(draw):
    from matplotlib.patches import Circle

    for_size = (("A", 13.0, 25.0, 400), ("B", 14.0, 27.0, 100), ("C", 15.0, 29.0, 0))
    draw(*(incident(name, name, "exact", (north, east), (n, n, n)) for name, north, east, n in for_size))
    radii = sorted(patch.radius for patch in patches(draw.figure, Circle) if patch.get_zorder() == 5)
    assert radii[2] == pytest.approx(2 * radii[1])
    assert radii[0] > 1  # none is too small to be seen


def test_labels_of_long_and_foreign_names_never_overlap(draw):
    names = (LONG, "مخيم النصيرات للاجئين وسط قطاع غزة", "Новгород-Северский район", "חאן יונס", "ঢাকা", "Jabalia")
    chart = draw(
        *(
            incident(n, name, "exact", (31.3 + 0.02 * n, 34.3 + 0.015 * n), country="PSE")
            for n, name in enumerate(names)
        )
    )
    assert overlaps(draw.figure) == []
    shown = words_of(draw.figure)
    assert "The old vegetable market…: 5" in shown
    assert "a place in Palestinian Territory: 5" in shown  # no row of boxes for what the typeface lacks
    assert "ঢাকা" not in chart.svg
    assert LONG in chart.alt  # the words have all of it
    assert LONG in chart.csv.decode()


def test_a_crowd_of_five_thousand_is_drawn_and_its_labels_never_overlap(draw):
    dice = random.Random(7)
    middles = (("SDN", 13, 25), ("UKR", 48, 36), ("NGA", 10, 8), ("COL", 4, -74), ("AFG", 34, 66))
    crowd = []
    for number in range(5000):
        code, north, east = dice.choice(middles)
        precision = dice.choices(("exact", "admin1", "country", "sea", None), (70, 10, 10, 2, 8))[0]
        persons = int(dice.paretovariate(1))
        at = (north + dice.gauss(0, 2), east + dice.gauss(0, 2))
        crowd.append(incident(number, f"Town {number}", precision, at, (persons,) * 3, country=code))
    chart = draw(*crowd)
    assert overlaps(draw.figure) == []
    assert len(rows(chart)) == 5000
    assert len(chart.svg) < 4_000_000


def test_places_on_several_continents_are_a_world_with_enlarged_regions(draw):
    chart = draw(EL_FASHER, incident(2, "Tawila", "exact", (13.5, 24.85)),
                 incident(3, "Lima", "exact", (-12.05, -77.04), country="PER"))  # fmt: skip
    world, zoom = draw.figure.axes[0], draw.figure.axes[1]
    shown = [text.get_text() for text in world.texts]
    assert "Lima: 5" in shown
    assert "A" in shown
    assert "El Fasher: 19" not in shown  # it stands in the part that is enlarged
    assert {"A", "El Fasher: 19", "Tawila: 5"} <= {text.get_text() for text in zoom.texts}
    assert chart is not None


def test_the_same_incidents_give_the_same_bytes_in_any_order(draw):
    incidents = [EL_FASHER, SUDAN, DARFUR, NILE, NOWHERE, WEEK]
    first = draw(*incidents)
    again = draw(*reversed(incidents))
    assert (first.svg, first.alt) == (again.svg, again.alt)
    assert sorted(first.csv.splitlines()) == sorted(again.csv.splitlines())


def test_the_meridian_of_180_degrees_is_no_edge():
    assert surround_points([(179.4, -16.4), (-171.8, -13.8)]) == pytest.approx(Box(179.4, -16.4, 188.2, -13.8))
    view = choose_view([(179.4, -16.4), (-171.8, -13.8)], [], (1.5, 2.5))
    assert not view.is_world
    assert view.box.holds(view.wrap(-171.8), -13.8)
    assert view.box.east - view.box.west < 20


def test_a_view_holds_its_points_and_has_the_shape_asked_for():
    points = [(25.3, 13.6), (36.4, 15.4), (32.5, 19.0)]
    view = choose_view(points, [], (1.5, 2.5))
    assert all(view.box.holds(*point) for point in points)
    assert 1.45 < view.shape < 2.55
    assert (
        choose_view([(25.0, 13.0)], [], (1.5, 2.5)).box.north - choose_view([(25.0, 13.0)], [], (1.5, 2.5)).box.south
        == 6
    )
    assert choose_view([(25.0, 13.0), (-70.0, -10.0)], [], (1.5, 2.5)).is_world


def test_the_world_is_drawn_to_equal_areas():
    world = View(WORLD, is_world=True)

    def area(west, south):
        (left, bottom), (right, _), (_, top) = (
            world.project(west, south), world.project(west + 1, south), world.project(west, south + 1)
        )  # fmt: skip
        return (right - left) * (top - bottom)

    # A degree square at 60° has half the ground of one at the equator.
    assert area(11, 60) / area(11, 0) == pytest.approx(0.49, abs=0.01)


def test_regions_are_neighbours_and_chains_are_cut():
    near = [(25.0, 13.0), (26.0, 14.0), (-70.0, -10.0)]
    assert find_regions(near, 24.0) == [[0, 1], [2]]
    chain = [(float(x), 10.0) for x in range(0, 60, 3)]
    assert max(map(len, find_regions(chain, 24.0))) < 20


def test_the_base_map_is_small_and_knows_its_countries():
    assert BORDERS.stat().st_size < 1_200_000
    for scale in ("50m", "10m"):
        base = read_base_map(scale)
        codes = {country.code for country in base.countries}
        assert {"PSE", "ISR", "SDN", "SSD", "ESH", "TWN", "XKX", "UKR", "FJI"} <= codes
        for number in base.inner | base.outer:
            assert all(abs(a[0] - b[0]) <= 180 for a, b in zip(base.arcs[number], base.arcs[number][1:], strict=False))


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [("PSE", 34.45, 31.5), ("UKR", 34.1, 45.0), ("SDN", 25.35, 13.63), ("SOM", 44.06, 9.56), ("FJI", 177.9, -17.8)],
)
def test_places_lie_in_the_countries_that_the_gazetteer_gives_them(code, longitude, latitude):
    from matplotlib.path import Path

    base = read_base_map("10m")
    box = Box(longitude - 1, latitude - 1, longitude + 1, latitude + 1)
    rings = base.fill([country for country in base.countries if country.code == code], box, 0)
    assert any(Path(ring).contains_point((longitude, latitude)) for ring in rings)


def test_rings_are_cut_at_the_box_and_thinned():
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert sorted(cut_ring(square, Box(1, 1, 9, 9))) == [(1, 1), (1, 4), (4, 1), (4, 4)]
    assert cut_ring(square, Box(5, 5, 9, 9)) == []
    assert coarsen([(0, 0), (0.1, 0), (0.2, 0), (1, 0), (1.05, 0)], 0.5) == [(0, 0), (1, 0), (1.05, 0)]


def test_labels_stand_free_or_are_left_out():
    room = Frame(0, 0, 100, 40)
    wishes = [Wish(words=f"Town {n}", x=50, y=20, reach=2, size=6) for n in range(30)]
    placed = place_labels(wishes, [Frame(45, 15, 55, 25)], room, most=30)
    assert 1 <= len(placed) < 30
    frames = [label.frame for label in placed]
    assert not any(a.hits(b) for at, a in enumerate(frames) for b in frames[at + 1 :])
    assert all(frame.lies_in(room) and not frame.hits(Frame(45, 15, 55, 25)) for frame in frames)


def test_words_are_cut_honestly():
    assert shorten("Old Harrow", 20) == "Old Harrow"
    assert shorten("Old Harrow upon the River Lantern", 20) == "Old Harrow upon the…"
    cut = fit(LONG, 100, 6.5)
    assert cut.endswith("…")
    assert measure_text(cut, 6.5)[0] <= 100
    assert all(measure_text(line, 6.5)[0] <= 100 for line in wrap(LONG, 100, 6.5))
    assert can_be_set("Gaza غزة Київ חיפה São")
    assert not can_be_set("ঢাকা")


def test_a_number_behind_an_arabic_name_is_not_turned_round():
    (mark,) = sift([replace(EL_FASHER, place="الفاشر")], MARCH, MEASURES, NAMES).marks
    assert label_name(mark).endswith("\u200f\u200e")
