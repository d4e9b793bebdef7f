"""A group of people as a sentence names it, from its determiner or number to its head.

Its count is what the words say; whether the people were harmed is not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.claims import Count, Measure

ONE = Count(1, 1)
COUNT = frozenset({"people", "count"})
"""The classes of a number that stands for people without naming them: "another", "a third"."""
PRONOUN = frozenset({"people", "pronoun"})


@dataclass(frozen=True, slots=True)
class Group:
    """A noun phrase over people; all ranges are half-open ranges of tokens of the sentence."""

    first: int
    last: int
    count: Count
    count_first: int
    count_last: int
    classes: frozenset[str]
    victims: tuple[int, int] | None = None
    harm: Measure | None = None
    """What a word inside the phrase asserts: "25 wounded people"."""
    is_kin: bool = False
    is_vague: bool = False
    """Whether the count comes from a word that is no number: "several", a bare plural."""
    whole: Count | None = None
    """For "three of the 12 victims", "none of the nine": the number that includes these."""
    whole_at: tuple[int, int] | None = None
    """Where that number stands, for a part that is counted itself."""
    is_more: bool = False
    """Whether the number adds to others: "three more", "another six"."""
    members: tuple[Group, ...] = ()


def group_classes(kind: str, harm: Measure | None = None) -> frozenset[str]:
    """The classes of a group of a kind ("counted", "implied", "plural", …), with or without a harm inside it."""
    names = {"people", "group", kind}
    if harm is not None:
        names |= {"harmed", "harmed_group"} if kind == "counted" else {"harmed"}
    return frozenset(names)
