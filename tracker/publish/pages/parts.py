"""Whom the figures count: children, women, medics, journalists as the texts say, each beside its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.claims import Scope
from tracker.incidents.adding import counts_anybody
from tracker.incidents.words import fold
from tracker.publish.pages.draft import NOTHING, Written
from tracker.publish.withholding import names_victims
from tracker.publish.wording import MEASURE_WORDS, calm, clean, isolate, soften, word_bounds

if TYPE_CHECKING:
    from tracker.claims import Measure
    from tracker.incidents import Incident
    from tracker.publish.pages.draft import Draft
    from tracker.readings import Reading


def write_parts(draft: Draft) -> Written:
    """A row for each whole with its parts, which are never added: to it, to each other, or to any sum."""
    rows = [row for incident in draft.shown for row in _rows(draft, incident)]
    if not rows:
        return NOTHING
    spoken = [[f"{row['number']}. {row['heading']}: {row['whole']}, {row['said']}."] for row in rows]
    return Written({"rows": rows}, spoken={"part": spoken})


def parts_of(draft: Draft, incident: Incident) -> list[tuple[Reading, Reading | None]]:
    """The incident's claims that are a part of another figure and say whom they count, each with that figure's claim.

    Of several that count the same people only the latest: parts are superseded as wholes are.
    """
    told = [draft.readings[claim] for claim in incident.claim_ids if claim in draft.readings]
    latest: dict[tuple[Measure, str], Reading] = {}
    for reading in sorted(told, key=lambda r: (str(r.published or ""), r.text_sha256, r.claim.start)):
        claim = reading.claim
        if claim.scope is not Scope.EVENT or claim.measure not in draft.measures or _stands_alone(draft, reading):
            continue
        if claim.victims and not counts_anybody(claim):
            latest[claim.measure, fold(claim.victims)] = reading
    pairs = []
    for reading in latest.values():
        pairs.append((reading, draft.whole_of(reading)))
    return pairs


def _stands_alone(draft: Draft, reading: Reading) -> bool:
    """Whether the claim is no part, or only one of a running total, which is another thing."""
    if reading.claim.part_of is None:
        return True
    wholes = draft.by_place.get((reading.text_sha256, reading.claim.part_of), ())
    return bool(wholes) and all(whole.claim.scope is not Scope.EVENT for whole in wholes)


def _rows(draft: Draft, incident: Incident) -> list[dict[str, Any]]:
    shelves: dict[tuple[Measure, str], list[str]] = {}
    for reading, whole in parts_of(draft, incident):
        key = (reading.claim.measure, f"{_bounds(whole)} {measure_of(whole)}" if whole else "")
        shelves.setdefault(key, []).append(_name_part(draft, reading))
    return [
        {
            "number": draft.numbers[incident.incident_id],
            "heading": draft.heading(incident),
            "whole": whole or f"{MEASURE_WORDS[measure].lower()}: {draft.words('parts.no_whole')}",
            "parts": parts,
            "said": draft.words("parts.of_them", parts="; ".join(parts)),
        }
        for (measure, whole), parts in shelves.items()
    ]


def _name_part(draft: Draft, reading: Reading) -> str:
    victims = draft.withholding.hide(clean(reading.claim.victims or ""), reading.text_sha256)
    # A wire all in capitals writes kinds of people so too; names in it are calmed as names are.
    told = victims.lower() if victims.isupper() and not names_victims(reading.claim) else calm(victims)
    return f"{_bounds(reading)} {isolate(soften(told))}"


def measure_of(reading: Reading) -> str:
    """What the reading counts, inside a sentence."""
    return MEASURE_WORDS[reading.claim.measure].lower()


def _bounds(reading: Reading) -> str:
    return word_bounds(reading.claim.count_min, reading.claim.count_max)
