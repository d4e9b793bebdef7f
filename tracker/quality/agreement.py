"""When a predicted claim is the gold one, and which of its fields are right, as the codebook compares two records."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

from tracker.claims import Claim
from tracker.spans import Span

FIELDS = ("scope", "status", "country", "place", "date", "source", "cause", "victims", "part_of")
"""The fields that are compared, in the order of the tables."""

RECORD_FIELDS = frozenset({"scope", "country", "date", "source"})
"""The fields without which a figure cannot be used: a record is right when all of these are."""


def is_found(gold: Claim, predicted: Claim) -> bool:
    """Whether the prediction states the gold figure: the same measure and bounds, in words that overlap."""
    return (
        gold.measure is predicted.measure
        and (gold.count_min, gold.count_max) == (predicted.count_min, predicted.count_max)
        and share_words(gold, predicted)
    )


def share_words(gold: Claim, predicted: Claim) -> bool:
    """Whether the two claims rest on a character of the text in common."""
    return Span(gold.start, gold.end).overlaps(Span(predicted.start, predicted.end))


def find_wrong_fields(gold: Claim, predicted: Claim) -> tuple[str, ...]:
    """The fields of FIELDS in which a found claim disagrees with the gold one.

    Of places, only the most specific gold place is asked for; of parts, only that the claim is one.
    """
    if gold.places:
        place = any(is_same_name(gold.places[0], name) for name in predicted.places)
    else:
        place = not predicted.places
    agreements = {
        "scope": gold.scope is predicted.scope,
        "status": gold.status is predicted.status,
        "country": gold.country == predicted.country,
        "place": place,
        "date": (gold.date_start, gold.date_end) == (predicted.date_start, predicted.date_end),
        "source": is_same_name(gold.source, predicted.source),
        "cause": gold.cause == predicted.cause,
        "victims": is_same_name(gold.victims, predicted.victims),
        "part_of": (gold.part_of is None) == (predicted.part_of is None),
    }
    return tuple(name for name in FIELDS if not agreements[name])


def is_same_name(one: str | None, other: str | None) -> bool:
    """Whether two names share at least half of the shorter one's words, or both say nothing.

    Case, accents, possessive endings and the words of name_stopwords.txt tell nothing apart.
    """
    left, right = _telling_words(one or ""), _telling_words(other or "")
    if not left or not right:
        return not left and not right
    shared = len(left & right)
    return shared > 0 and 2 * shared >= min(len(left), len(right))


@cache
def _stopwords() -> frozenset[str]:
    # Beside the measure, not under rules/: who tunes the rules must not be able to bend the yardstick.
    return frozenset(Path(__file__).with_name("name_stopwords.txt").read_text(encoding="utf-8").split())


@cache
def _telling_words(name: str) -> frozenset[str]:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return frozenset(re.findall(r"\w+", plain.replace("'s", ""))) - _stopwords()
