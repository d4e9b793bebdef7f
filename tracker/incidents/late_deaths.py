"""Who was hurt and then died: counted among the dead, and among the injured no more.

"Four were wounded. One of them died later in hospital": one dead and three injured. Such a death is either a part of
the injured by the text's own words, or one person known already ("he", "the clerk", a name) who dies of wounds told of
before. It comes on top of those who were killed outright.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.claims import Measure
from tracker.incidents.words import fold, word_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.claims import Claim


def find_late_deaths(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, in the order of the text, that count deaths among the injured of the same event."""
    late: list[Claim] = []
    for at, claim in enumerate(claims):
        if claim.measure is not Measure.DEATHS or claim.count_min is None or claim.count_min != claim.count_max:
            continue
        hurt = [other for other in claims[:at] if other.measure is Measure.INJURIES and (other.count_min or 0) > 0]
        if _dies_later(claim) and (_is_among(claim, hurt) or _is_known(claim, hurt)):
            late.append(claim)
    return late


def _is_among(claim: Claim, hurt: Sequence[Claim]) -> bool:
    enough = [other for other in hurt if (other.count_min or 0) >= (claim.count_min or 0)]
    return any(other.start == claim.part_of for other in enough)


def _dies_later(claim: Claim) -> bool:
    quote = f" {fold(claim.quote)} "
    return any(f" {words} " in quote for words in word_list("late_deaths"))


def _is_known(claim: Claim, hurt: Sequence[Claim]) -> bool:
    """Whether the one who died is spoken of as somebody already told of, and somebody was hurt before."""
    if not hurt or claim.count_max != 1:
        return False
    words = claim.count_text.split()
    return fold(words[0]) in word_list("known_openers") or all(word[:1].isupper() for word in words)
