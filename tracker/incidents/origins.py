"""Independent origins: outlets that repeat one text, one sentence or one claimant are one voice.

A statement with a source has that source as its origin. One without has its outlet, and shares its origin with every
statement without a source that has the same text or a long sentence word for word. An outlet that is cited elsewhere
by name is the same origin as itself.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.incidents.names import fold
from tracker.incidents.unions import Unions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.incidents.groups import Group
    from tracker.incidents.incident import Statement

LONG_SENTENCE = 60
"""Folded characters from which on two equal sentences were copied and not written twice."""

Key = tuple[str, str]


def trace_origins(told: Sequence[tuple[Group, Statement]]) -> list[str]:
    """For each statement of one incident the name of its origin: equal for statements that share one."""
    unions: Unions[Key] = Unions()
    names: dict[Key, tuple[date, str]] = {}
    firsts: list[Key] = []
    for group, statement in told:
        keys = _keys(group, statement)
        firsts.append(keys[0])
        for key in keys:
            unions.join(keys[0], key)
        name = (statement.published or date.max, statement.source or statement.outlet or statement.text_sha256[:12])
        names[keys[0]] = min(name, names.get(keys[0], name))
    labels: dict[Key, tuple[date, str]] = {}
    for key, name in names.items():
        root = unions.root(key)
        labels[root] = min(name, labels.get(root, name))
    return [labels[unions.root(key)][1] for key in firsts]


def _keys(group: Group, statement: Statement) -> list[Key]:
    if statement.source is not None and fold(statement.source):
        return [("who", fold(statement.source))]
    keys = [("text", statement.text_sha256)]
    keys += [("who", fold(outlet)) for outlet in group.outlets if fold(outlet)]
    for reading in group.readings:
        if reading.claim.claim_id in statement.claim_ids and len(fold(reading.claim.quote)) >= LONG_SENTENCE:
            keys.append(("sentence", fold(reading.claim.quote)))
    return keys
