"""How values are put into print: bounds, dates, measures and causes, with null always a dash and never a zero."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from tracker.claims import Cause, Measure
from tracker.incidents.words import fold, word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = "–"

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

MEASURE_WORDS = {
    Measure.DEATHS: "Deaths",
    Measure.INJURIES: "Injuries",
    Measure.CASUALTIES: "Dead and injured, not split",
    Measure.MALNUTRITION_DEATHS: "Deaths from malnutrition",
    Measure.MALNUTRITION_CASES: "Cases of acute malnutrition",
    Measure.MISSING: "Missing",
    Measure.DISPLACED: "Displaced",
    Measure.DETAINED: "Detained",
    Measure.ABDUCTED: "Abducted",
}

MALNUTRITION = (Measure.MALNUTRITION_DEATHS, Measure.MALNUTRITION_CASES)

# Overrides and directional marks in a quote could make a figure read backwards; they carry no words.
_DIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNPRINTABLE = frozenset({"Cc", "Cn", "Co", "Cs"})
_LONGEST_WORD = 24
_ISO_DAY = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")


def word_cause(cause: Cause | None) -> str:
    """The cause in plain words, or a dash where the texts give none."""
    return UNKNOWN if cause is None else cause.value.replace("_", " ").replace("heat cold", "heat or cold")


def word_number(number: int) -> str:
    """Digits with a comma between thousands: 56,531."""
    return f"{number:,}"


def word_bounds(low: int | None, high: int | None) -> str:
    """The bounds as a reader expects them: "12", "≥ 14", "≤ 20", "15–20", or a dash where nothing is known."""
    if low is None and high is None:
        return UNKNOWN
    if high is None:
        return f"≥\u00a0{word_number(low or 0)}"
    if low is None:
        return f"≤\u00a0{word_number(high)}"
    if low == high:
        return word_number(low)
    return f"{word_number(low)}–{word_number(high)}"


def word_figure(low: int | None, best: int | None, high: int | None) -> tuple[str, str]:
    """A figure and its spread, each as it is printed: the best with the bounds beside it, else only the bounds."""
    bounds = word_bounds(low, high)
    if best is None or (low == best and high in (best, None)):
        return bounds, ""
    return word_number(best), bounds


def word_day(day: date) -> str:
    """A day in full: 16 March 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def word_dates(text: str) -> str:
    """The text with its dates as they are printed: 16 March 2025 for 2025-03-16."""
    return _ISO_DAY.sub(lambda match: word_day(date.fromisoformat(match.group())), text)


def word_days(first: date | None, last: date | None) -> str:
    """A stretch of days without needless repetition: 28 February – 3 March 2025; a dash where it is unknown."""
    if first is None or last is None:
        known = first or last
        return UNKNOWN if known is None else word_day(known)
    if first == last:
        return word_day(last)
    if first.year != last.year:
        return f"{word_day(first)} – {word_day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {word_day(last)}"
    return f"{first.day}–{word_day(last)}"


def word_short_days(first: date | None, last: date | None) -> str:
    """As `word_days` with months of three letters and, inside one year, no year: 28 Feb – 3 Mar."""
    if first is None or last is None:
        return UNKNOWN
    if first == last:
        return _short(last)
    if first.year != last.year:
        return f"{_short(first)} {first.year} – {_short(last)} {last.year}"
    if first.month != last.month:
        return f"{_short(first)} – {_short(last)}"
    return f"{first.day}–{_short(last)}"


def word_many(number: int, one: str, more: str) -> str:
    """The number with its noun: 1 incident, 2 incidents."""
    return f"{word_number(number)} {one if number == 1 else more}"


def word_and(parts: Sequence[str]) -> str:
    """The parts as a list in a sentence: a, b and c; "" where there are none."""
    return "".join(parts) if len(parts) <= 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def calm(name: str) -> str:
    """A name that a wire gives all in capitals, with capitals only where words begin; single ones only where known."""
    parts = re.split(r"([ -])", name)
    if len(parts) == 1 and name.isupper() and fold(name) in word_list("source_nouns"):
        return name.lower()
    return "".join(part.capitalize() for part in parts) if name.isupper() and len(parts) > 1 else name


def isolate(name: str) -> str:
    """A name that runs from right to left, set apart so that what stands around it keeps its order."""
    runs_left = any(unicodedata.bidirectional(mark) in ("R", "AL") for mark in name)
    return f"\u2068{name}\u2069" if runs_left else name


def clean(text: str) -> str:
    """The text with nothing that cannot be set in type: no controls, no private codes, spaces for line breaks."""
    spaced = "".join(" " if mark in "\n\r\t\u2028\u2029" else mark for mark in text)
    kept = (mark for mark in spaced if mark not in _DIRECTIONAL and unicodedata.category(mark) not in _UNPRINTABLE)
    return " ".join("".join(kept).split())


def soften(text: str) -> str:
    """The cleaned text with invisible break points inside words too long for a narrow column."""
    return " ".join(_break(word) for word in clean(text).split(" "))


def _break(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    step = _LONGEST_WORD // 2
    return "\u200b".join(word[start : start + step] for start in range(0, len(word), step))


def _short(day: date) -> str:
    return f"{day.day}\u00a0{MONTHS[day.month - 1][:3]}"
