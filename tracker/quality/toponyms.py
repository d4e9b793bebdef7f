"""Place names against texts in which every name is marked: which are found, and how far from the truth they are put.

The measures are those of the literature on geoparsing: precision, recall and F1 of the names; of those found, the share
put within 161 km (100 miles) of the marked point, and the median distance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from tracker.documents import Document
from tracker.errors import UsageError
from tracker.extract.places.naming import NamedPlace
from tracker.gazetteer import Place, distance_km
from tracker.quality.gold import read_lines
from tracker.quality.scoring import Tally, add_tallies

NEAR_KM = 161.0
"""100 miles, the usual bound: a country's middle and a town's fringe are a matter of taste within it."""
_SLIP = 12  # characters by which an offset may be off, where the name says which words are meant

# Types of marks as GeoWebNews has them, after Gritta and others (2019).
_EXPRESSIONS = frozenset({"Literal_Expression", "Non_Lit_Expression"})  # common nouns: "the village"
_OPEN = frozenset({"Non_Toponym", "Demonym", "Language", "Homonym", "Embedded_Literal", "Embedded_Non_Lit"})

ReadPlaces = Callable[[Document], Sequence[NamedPlace]]
"""Whatever finds the place names of a document: the place reader's method, or a stand-in."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A marked name: half-open character offsets, degrees where known; `is_open` is neither asked for nor punished."""

    start: int
    end: int
    latitude: float | None
    longitude: float | None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A text with the names marked in it; `mended` marks were moved to the words they name, `lost` had none near."""

    document: Document
    toponyms: tuple[Toponym, ...]
    mended: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A name that was found: `km` from the marked point, None where either has no point."""

    document_id: str
    name: str
    gold: Toponym
    found: NamedPlace
    km: float | None


@dataclass(frozen=True, slots=True)
class ToponymScore:
    """A set of marked texts, scored."""

    documents: int
    exact: Tally
    overlapping: Tally
    matches: tuple[Match, ...]
    """By overlapping offsets."""
    missed: tuple[tuple[str, Toponym, str], ...]
    spurious: tuple[tuple[str, NamedPlace], ...]
    mended: int
    lost: int

    @property
    def pointed(self) -> list[Match]:
        """The names found whose true point is known."""
        return [match for match in self.matches if match.gold.latitude is not None]

    @property
    def distances(self) -> list[float]:
        """Kilometres between the marked point and the one given, smallest first, where one was given."""
        return sorted(match.km for match in self.pointed if match.km is not None)

    @property
    def near_share(self) -> float | None:
        """The share of `pointed` put within 161 km, 0 to 1: a name without a point given is wrong; None of none."""
        near = sum(km <= NEAR_KM for km in self.distances)
        return near / len(self.pointed) if self.pointed else None

    @property
    def near_share_of_resolved(self) -> float | None:
        """The same share of those names only that were given a point."""
        return sum(km <= NEAR_KM for km in self.distances) / len(self.distances) if self.distances else None

    @property
    def median_km(self) -> float | None:
        """The median distance of those that were given a point."""
        return median(self.distances) if self.distances else None


def read_marked(path: Path) -> list[MarkedDocument]:
    """The texts of a file, one a line: `document_id`, `text`, `toponyms`, and where known `title` and `published`.

    A toponym has `start` and `end`, and where known `name`, `lat`, `lon` and `type`. Where the words at the offsets are
    not its name, the same name a few characters off is meant: corpora count from before a trimmed blank.
    UsageError names the line that cannot be used.
    """
    documents: dict[str, MarkedDocument] = {}
    for number, record in read_lines(path):
        try:
            marked = _make_marked(record)
        except KeyError as error:
            raise UsageError(f"{path}:{number}: the key {error.args[0]} is missing; correct the line.") from None
        except (TypeError, ValueError) as error:
            raise UsageError(f"{path}:{number}: {error}; correct the line.") from None
        if marked.document.document_id in documents:
            raise UsageError(f"{path}:{number}: {marked.document.document_id} has a line already; remove one.")
        documents[marked.document.document_id] = marked
    if not documents:
        raise UsageError(f"{path} holds no texts; give a file of JSON lines with document_id, text and toponyms.")
    return list(documents.values())


def score_toponyms(marked: Iterable[MarkedDocument], read_places: ReadPlaces) -> ToponymScore:
    """What `read_places` finds in the texts, against their marks.

    Each mark takes one found name at most: one with the same offsets, else the first that overlaps. A people's name is
    a place name only in some corpora: one that is marked counts as found, one that is not marked is not held against.
    """
    exact: list[Tally] = []
    overlapping: list[Tally] = []
    matches: list[Match] = []
    missed: list[tuple[str, Toponym, str]] = []
    spurious: list[tuple[str, NamedPlace]] = []
    documents = list(marked)
    for one in documents:
        text, name = one.document.text, one.document.document_id
        places = list(read_places(one.document))
        pairs = _pair(one.toponyms, places)
        taken = {id(place) for _, place in pairs}
        asked = [gold for gold in one.toponyms if not gold.is_open]
        right = [(gold, place) for gold, place in pairs if not gold.is_open]
        same = [(gold, place) for gold, place in right if (gold.start, gold.end) == (place.start, place.end)]
        loose = [place for place in places if id(place) not in taken and not place.is_people]
        loose = [place for place in loose if not any(_overlaps(gold, place) for gold in one.toponyms if gold.is_open)]
        exact.append(Tally(len(asked), len(same), len(loose) + len(right) - len(same)))
        overlapping.append(Tally(len(asked), len(right), len(loose)))
        matches += [Match(name, text[g.start : g.end], g, p, _distance(g, p.place)) for g, p in right]
        found = {id(gold) for gold, _ in pairs}
        missed += [(name, gold, text[gold.start : gold.end]) for gold in asked if id(gold) not in found]
        spurious += [(name, place) for place in loose]
    return ToponymScore(
        documents=len(documents),
        exact=add_tallies(exact),
        overlapping=add_tallies(overlapping),
        matches=tuple(matches),
        missed=tuple(missed),
        spurious=tuple(spurious),
        mended=sum(one.mended for one in documents),
        lost=sum(one.lost for one in documents),
    )


def _pair(toponyms: Sequence[Toponym], places: Sequence[NamedPlace]) -> list[tuple[Toponym, NamedPlace]]:
    pairs: list[tuple[Toponym, NamedPlace]] = []
    free = list(places)
    left: list[Toponym] = []
    for gold in toponyms:
        same = next((p for p in free if (p.start, p.end) == (gold.start, gold.end)), None)
        if same is None:
            left.append(gold)
        else:
            free.remove(same)
            pairs.append((gold, same))
    for gold in sorted(left, key=lambda gold: gold.is_open):
        near = next((place for place in free if _overlaps(gold, place)), None)
        if near is not None:
            free.remove(near)
            pairs.append((gold, near))
    return sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))


def _overlaps(gold: Toponym, place: NamedPlace) -> bool:
    return gold.start < place.end and place.start < gold.end


def _distance(gold: Toponym, place: Place | None) -> float | None:
    if place is None:
        return None
    return distance_km(Place("", "site", None, gold.latitude, gold.longitude, None, None, None, 0), place)


def _make_marked(record: dict[str, Any]) -> MarkedDocument:
    published = _want(record.get("published"), str, "published")
    document = Document(
        document_id=_want(record["document_id"], str, "document_id", needed=True),
        text=_want(record["text"], str, "text", needed=True),
        title=_want(record.get("title"), str, "title"),
        published=date.fromisoformat(published) if published else None,
        language=_want(record.get("language"), str, "language"),
    )
    toponyms: dict[tuple[int, int], Toponym] = {}
    mended = lost = 0
    for mark in _want(record["toponyms"], list, "toponyms", needed=True):
        kind = _want(_want(mark, dict, "a toponym", needed=True).get("type"), str, "type")
        if kind in _EXPRESSIONS:
            continue
        start, end = (_want(mark[key], int, key, needed=True) for key in ("start", "end"))
        name = _want(mark.get("name"), str, "name")
        if name is None and not 0 <= start < end <= len(document.text):
            raise ValueError(f"the offsets {start} to {end} are not within the text")
        at = start if name is None or document.text[start:end] == name else _nearest(document.text, name, start)
        if at is None:
            lost += 1
            continue
        mended += at != start
        end = at + (len(name) if name is not None else end - start)
        toponyms.setdefault((at, end), Toponym(at, end, *_point(mark), is_open=kind in _OPEN))
    return MarkedDocument(document, tuple(toponyms[span] for span in sorted(toponyms)), mended, lost)


def _nearest(text: str, name: str, start: int) -> int | None:
    """Where `name` stands nearest to `start`, None where it does not stand close by."""
    places = [at for at in range(max(0, start - _SLIP), start + _SLIP + 1) if name and text.startswith(name, at)]
    return min(places, key=lambda at: (abs(at - start), at), default=None)


def _point(mark: dict[str, Any]) -> tuple[float | None, float | None]:
    latitude, longitude = (_want(mark.get(key), (int, float), key) for key in ("lat", "lon"))
    if latitude is None or longitude is None:
        if latitude is longitude:
            return None, None
        raise ValueError("lat and lon stand together or not at all")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{latitude}, {longitude} is not a point on the globe")
    return float(latitude), float(longitude)


def _want(value: Any, kind: type | tuple[type, ...], name: str, *, needed: bool = False) -> Any:
    if (value is None and needed) or (value is not None and (not isinstance(value, kind) or isinstance(value, bool))):
        raise TypeError(f"{name} cannot be {value!r}")
    return value
