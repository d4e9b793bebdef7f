"""Labels beside what they name: each finds a place where it touches no other, or is left out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.publish.charts.drawing import INK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.ft2font import FT2Font

POINTS_PER_INCH = 72.0

AIR = 1.2
"""Points between a label and whatever stands beside it."""
_DISTANCES = (2.0, 8.0, 15.0, 24.0, 36.0)
"""Points between what is named and its label; beyond the first a fine line leads there."""
_DIRECTIONS = (0, 180, 90, 270, 40, 320, 140, 220)
"""Degrees, the best first: right, left, above, below, and the corners."""


class Frame(NamedTuple):
    """A rectangle in points of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def hits(self, other: Frame) -> bool:
        """Whether the two share any ground."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def lies_in(self, other: Frame) -> bool:
        """Whether it is wholly inside the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.bottom <= self.bottom
            and self.top <= other.top
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A label wanted: its words, the point that it names, and how far what is drawn there reaches. All in points."""

    words: str
    x: float
    y: float
    reach: float
    size: float
    bold: bool = False
    is_inside: bool = False
    """Whether it may stand on the point itself, as the name of an area does."""
    colour: str = INK
    directions: tuple[int, ...] = _DIRECTIONS
    """Degrees in which it may stand, the best first."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its place: the left end of its baseline's box, and where its leading line ends, if it has one."""

    wish: Wish
    frame: Frame
    leads_to: tuple[float, float] | None


def place_labels(
    wishes: Sequence[Wish], taken: Iterable[Frame], inside: Frame, most: int, farthest: float = _DISTANCES[-1]
) -> list[Placed]:
    """The labels that fit, at most `most`, the first wishes first. None touches another, a `taken` frame or the edge.

    None stands farther than `farthest` points from what it names.
    """
    obstacles = list(taken)
    placed: list[Placed] = []
    for wish in wishes:
        if len(placed) >= most:
            break
        width, height = measure_text(wish.words, wish.size, wish.bold)
        for distance in (distance for distance in _DISTANCES if distance <= farthest):
            frames = [_beside(wish, width, height, distance, direction) for direction in wish.directions]
            if wish.is_inside and distance == _DISTANCES[0]:
                frames.insert(0, _around(wish, width, height))
            free = next(
                (
                    frame
                    for frame in frames
                    if frame.lies_in(inside) and not any(frame.hits(other) for other in obstacles)
                ),
                None,
            )
            if free is not None:
                leads_to = _nearest(free, wish.x, wish.y) if distance > _DISTANCES[0] else None
                placed.append(Placed(wish, free, leads_to))
                obstacles.append(free)
                break
    return placed


def _beside(wish: Wish, width: float, height: float, distance: float, direction: int) -> Frame:
    away = wish.reach + distance
    across, up = math.cos(math.radians(direction)), math.sin(math.radians(direction))
    x, y = wish.x + away * across, wish.y + away * up
    left = x - width / 2 + math.copysign(width / 2, across) if abs(across) > 0.1 else x - width / 2
    bottom = y - height / 2 + math.copysign(height / 2, up) if abs(up) > 0.1 else y - height / 2
    return Frame(left - AIR, bottom - AIR / 2, left + width + AIR, bottom + height + AIR / 2)


def _around(wish: Wish, width: float, height: float) -> Frame:
    left, bottom = wish.x - width / 2, wish.y - height / 2
    return Frame(left - AIR, bottom - AIR / 2, left + width + AIR, bottom + height + AIR / 2)


def _nearest(frame: Frame, x: float, y: float) -> tuple[float, float]:
    return (min(max(x, frame.left), frame.right), min(max(y, frame.bottom), frame.top))


def measure_text(words: str, size: float, bold: bool = False) -> tuple[float, float]:
    """Width and height in points of a line in the charts' typeface; the height is that of the tallest letters."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    width, _, _ = TextToPath().get_text_width_height_descent(words, font, ismath=False)
    return (float(width), size * 1.15)


def can_be_set(words: str) -> bool:
    """Whether the charts' typeface has all letters: Latin, Greek, Cyrillic, Arabic and Hebrew, but not Bengali."""
    letters = _charmap()
    return all(ord(letter) in letters for letter in words if not letter.isspace())


def as_set(words: str, otherwise: str) -> str:
    """The words where they can be set, else something that is said in their place."""
    return words if can_be_set(words) else otherwise


@cache
def _charmap() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font: FT2Font = get_font(findfont(FontProperties(family="DejaVu Sans")))
    return frozenset(int(code) for code in font.get_charmap())


def shorten(words: str, longest: int) -> str:
    """The words, cut after a whole word where they are longer than `longest` letters, with a sign that they are cut."""
    if len(words) <= longest:
        return words
    at = words[:longest].rfind(" ")
    return words[: at if at > longest // 2 else longest - 1].rstrip(" ,;-–") + "…"


def wrap(words: str, width: float, size: float) -> list[str]:
    """The words in lines that are not wider than so many points."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and measure_text(longer, size)[0] > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def fit(words: str, width: float, size: float, bold: bool = False) -> str:
    """The words, cut with a sign of it where they are wider than so many points."""
    if measure_text(words, size, bold)[0] <= width:
        return words
    longest = next(
        (n for n in range(len(words) - 1, 1, -1) if measure_text(words[:n] + "…", size, bold)[0] <= width), 1
    )
    return shorten(words, longest + 1)
