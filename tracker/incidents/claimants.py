"""Who gives a figure: different spellings and short forms of one claimant are one key.

Within a text a short form ("the ministry") belongs to the longer name there that holds all its words. Between texts a
known organisation is its id; a ministry without one is that of the country of the harm.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tracker.incidents.names import bare
from tracker.incidents.unions import Unions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.claims import Claim
    from tracker.readings import Reading

Key = tuple[str, ...]
"""What stands for one claimant: ("id", organisation), ("kind", ministry, country) or ("name", its words)."""

_ONE_A_STATE = frozenset({"health_ministry", "interior_ministry", "defence_ministry"})
"""Kinds of which a country has one: that of the country of the harm is meant where no other is named."""
_MANY = frozenset({"witness", "relative", "anonymous"})
"""Kinds that tell no party: "residents" of one text need not be the "local residents" of another."""
_ANY_OFFICE = frozenset({None, "government"})
"""Kinds of a name too short to tell what office it is ("the ministry", "the office")."""


class Voice(NamedTuple):
    """A claimant as one claim names it."""

    key: Key
    words: tuple[str, ...]
    kind: str | None


def identify_claimants(readings: Iterable[Reading]) -> dict[str, Voice]:
    """The claimant of every claim with a source, by claim id; the claims carry their ids. Order never matters."""
    texts: dict[str, list[Claim]] = defaultdict(list)
    for reading in readings:
        if reading.claim.source and bare(reading.claim.source):
            texts[reading.text_sha256].append(reading.claim)
    ids_of_names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    ids_of_kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in (claim for claims in texts.values() for claim in claims):
        if claim.source_id:
            ids_of_names[_words(claim)].add(claim.source_id)
            if claim.source_kind and claim.country:
                ids_of_kinds[(claim.source_kind, claim.country)].add(claim.source_id)
    return {
        claim.claim_id: _voice(_spelled_out(claim, claims), claim, ids_of_names, ids_of_kinds)
        for claims in texts.values()
        for claim in claims
    }


def name_key(name: str) -> Key:
    """The key of a party that is known by its name only, such as an outlet."""
    return ("name", *bare(name))


def settle(voices: Iterable[Voice]) -> Unions[Key]:
    """Which of the claimants of one incident or one running total are the same.

    A name of another text belongs to the only longer one that holds all its words ("police", "Borno state police").
    """
    unions: Unions[Key] = Unions()
    known = sorted(set(voices), key=repr)
    for voice in known:
        longer = {
            other.key
            for other in known
            if set(voice.words) < set(other.words) and _kinds_fit(voice.kind, other.kind) and voice.kind not in _MANY
        }
        if voice.key[0] == "name" and len(longer) == 1:
            unions.join(longer.pop(), voice.key)
    return unions


def _words(claim: Claim) -> tuple[str, ...]:
    return bare(claim.source or "")


def _spelled_out(claim: Claim, others: Sequence[Claim]) -> Claim:
    """The claim of the same text that names this claim's source in more words, else the claim itself."""
    for _ in range(len(others)):  # every step finds more words
        longer = [
            other
            for other in others
            if set(_words(claim)) < set(_words(other)) and _kinds_fit(claim.source_kind, other.source_kind)
        ]
        if claim.source_id or not longer:
            break
        # The last one before it, else the first one after it.
        start = claim.start
        claim = min(longer, key=lambda c: (c.start > start, abs(c.start - start), _words(c), c.claim_id))
    return claim


def _voice(
    named: Claim,
    claim: Claim,
    ids_of_names: Mapping[tuple[str, ...], set[str]],
    ids_of_kinds: Mapping[tuple[str, str], set[str]],
) -> Voice:
    words, kind = _words(named), named.source_kind
    ids = {named.source_id} if named.source_id else ids_of_names.get(words, set())
    if len(ids) != 1 and kind in _ONE_A_STATE and kind and claim.country:
        ids = ids_of_kinds.get((kind, claim.country), set())
        if len(ids) != 1:
            return Voice(("kind", kind, claim.country), words, kind)
    if len(ids) == 1:
        return Voice(("id", *ids), words, kind)
    return Voice(("name", *words), words, kind)


def _kinds_fit(kind: str | None, other: str | None) -> bool:
    return kind == other or kind in _ANY_OFFICE or other in _ANY_OFFICE
