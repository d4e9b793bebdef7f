"""Independent origins: outlets that repeat one text, one sentence or one claimant are one voice.

A statement with a source has that source as its origin, whoever relayed it. One without has its outlet, and shares its
origin with every statement without a source that has the same text, a copy of it or a long sentence word for word, and
with the source that a copy names for the same figure. An outlet that is cited elsewhere by name is the same origin as
itself.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.incidents.claimants import Key, name_key, settle
from tracker.incidents.names import bare, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.incidents.groups import Group
    from tracker.incidents.incident import Statement

LONG_SENTENCE = 60
"""Folded characters from which on two equal sentences were copied and not written twice."""


def trace_origins(told: Sequence[tuple[Group, Statement]]) -> list[str]:
    """For each statement of one incident the name of its origin: equal for statements that share one."""
    voices = [group.voices.get(statement.claim_ids[0]) for group, statement in told]
    unions = settle(voice for voice in voices if voice is not None)
    names: dict[Key, tuple[date, str]] = {}
    firsts: list[Key] = []
    for (group, statement), voice in zip(told, voices, strict=True):
        keys = [voice.key] if voice is not None else _outlet_keys(group, statement)
        firsts.append(keys[0])
        for key in keys:
            unions.join(keys[0], key)
        name = (statement.published or date.max, statement.source or statement.outlet or statement.text_sha256[:12])
        names[keys[0]] = min(name, names.get(keys[0], name))
    for (group, statement), key in zip(told, firsts, strict=True):
        if key[0] == "text":  # the source that one copy names is the source of the others
            for (_, other), others in zip(told, firsts, strict=True):
                if other.text_sha256 in group.alike and _says_the_same(statement, other):
                    unions.join(key, others)
    labels: dict[Key, tuple[date, str]] = {}
    for key, name in names.items():
        root = unions.root(key)
        labels[root] = min(name, labels.get(root, name))
    return [labels[unions.root(key)][1] for key in firsts]


def _says_the_same(statement: Statement, other: Statement) -> bool:
    return (statement.measure, statement.count, statement.status) == (other.measure, other.count, other.status)


def _outlet_keys(group: Group, statement: Statement) -> list[Key]:
    keys: list[Key] = [("text", text) for text in (statement.text_sha256, *sorted(group.alike))]
    keys += [name_key(outlet) for outlet in group.outlets if bare(outlet)]
    for reading in group.readings:
        if reading.claim.claim_id in statement.claim_ids and len(fold(reading.claim.quote)) >= LONG_SENTENCE:
            keys.append(("sentence", fold(reading.claim.quote)))
    return keys
