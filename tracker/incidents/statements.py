"""Within one text's event: which claims repeat each other, which add up, and which only detail a bigger figure.

The rule, for claims of one measure, one source and one status:
- a part stands aside where the text gives its whole; without the whole it only says "at least so many";
- claims of one sentence that differ in bounds or in victims are disjoint groups and add up ("two soldiers and a
  policeman" is 3); with the same bounds and the same or no victims they repeat each other;
- sentences do not add up: the one with the largest total covers the others, and a looser wording of it gives way.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.claims import Count
from tracker.incidents.bounds import add, floor, is_looser, looseness
from tracker.incidents.incident import Statement
from tracker.incidents.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.claims import Claim
    from tracker.incidents.claimants import Key
    from tracker.incidents.groups import Group

VAGUE = "vague"
"""The flag of a claim whose words are no number ("dozens"); its lower bound is a convention, never a best figure."""


def state(group: Group, *, doubtful: bool = False) -> list[Statement]:
    """What the text says of this event: one statement for each measure, source and status.

    With `doubtful`, only what looks like a running total is read; without, everything else.
    """
    claims = [r.claim for r in group.readings if (r.claim.claim_id in group.doubtful) is doubtful]
    voices: dict[tuple[str, Key, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        voice = group.voices.get(claim.claim_id)
        voices[(claim.measure, voice.key if voice else (), claim.status)].append(claim)
    whole_measures = {claim.measure for claim in claims if claim.claim_id not in group.parts}
    statements = []
    for _, said in sorted(voices.items()):
        wholes = [claim for claim in said if claim.claim_id not in group.parts]
        if not wholes and said[0].measure in whole_measures:
            continue
        total, members = _largest(wholes or said)
        statements.append(
            Statement(
                measure=said[0].measure,
                count=total if wholes else Count(floor(total), None),
                status=said[0].status,
                claim_ids=tuple(claim.claim_id for claim in members),
                source=said[0].source,
                outlet=group.outlets[0] if group.outlets else None,
                published=group.published,
                text_sha256=group.key[0],
                is_part=not wholes,
                exact_bound=not any(VAGUE in claim.flags for claim in members),
            )
        )
    return statements


def _largest(claims: Sequence[Claim]) -> tuple[Count, list[Claim]]:
    sentences: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        place = (claim.quote_start, claim.quote_end) if claim.quote else (claim.start, claim.end)
        sentences[place].append(claim)
    totals = []
    for _, members in sorted(sentences.items()):
        disjoint = _drop_repeats(members)
        totals.append((add([Count(claim.count_min, claim.count_max) for claim in disjoint]), disjoint))
    tight = [entry for entry in totals if not any(is_looser(entry[0], other) for other, _ in totals)]
    return max(tight, key=lambda entry: (floor(entry[0]), -looseness(entry[0]), -entry[1][0].start))


def _drop_repeats(claims: Sequence[Claim]) -> list[Claim]:
    kept: list[Claim] = []
    for claim in claims:
        if not any(_repeats(claim, earlier) for earlier in kept):
            kept.append(claim)
    return kept


def _repeats(claim: Claim, earlier: Claim) -> bool:
    if (claim.count_min, claim.count_max) != (earlier.count_min, earlier.count_max):
        return False
    return claim.victims is None or earlier.victims is None or fold(claim.victims) == fold(earlier.victims)
