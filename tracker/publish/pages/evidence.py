"""The proof of each figure as it is printed: the sentence that states it, once, with all its numbers marked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tracker.claims import Status
from tracker.publish.charts.drawing import to_csv
from tracker.publish.pages.draft import Written
from tracker.publish.pages.parts import parts_of
from tracker.publish.wording import MEASURE_WORDS, clean, soften, word_bounds, word_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.claims import Claim, Measure
    from tracker.incidents import Figure, Incident
    from tracker.publish.pages.draft import Draft
    from tracker.readings import Reading

Piece = tuple[str, bool]
"""Words, and whether they give a number."""

ID_SHOWN = 12
"""How many marks of a claim's id are printed; the file beside the pages has all."""
_COLUMNS = (
    "number", "incident_id", "measure", "min", "max", "standing", "source", "outlet", "published", "url", "quote",
    "claim_id", "rule_id",
)  # fmt: skip


def write_evidence(draft: Draft) -> Written:
    """For every incident its figures and the sentences that state them, with where to find each; all of them as CSV."""
    entries, table = [], []
    for incident in draft.shown:
        figures = {m: incident.figures[m] for m in draft.measures if m in incident.figures}
        needed = _needed(draft, incident, figures)
        held = [draft.readings[c] for f in figures.values() for c in f.claim_ids if c in draft.readings]
        number = draft.numbers[incident.incident_id]
        entries.append(
            {
                "number": number,
                "heading": draft.heading(incident),
                "quotes": prove(draft, [r for r in held if r.claim.claim_id in needed], figures),
                "more": draft.words("evidence.more", n=len(held) - len(needed)) if len(held) > len(needed) else "",
            }
        )
        table += [(number, incident.incident_id, *_file(draft, r, figures)) for r in sorted(held, key=place_in_ledger)]
    spoken = [_say(draft, entry) for entry in entries]
    note = draft.words("evidence.note", file=draft.file("evidence"))
    return Written(
        {"entries": entries, "note": note},
        tables={"evidence": to_csv(_COLUMNS, table)},
        spoken={"evidence": spoken},
    )


def _needed(draft: Draft, incident: Incident, figures: Mapping[Measure, Figure]) -> set[str]:
    """The claims that prove what is printed: the best figure, all that stand beside it, and the parts."""
    needed = {reading.claim.claim_id for pair in parts_of(draft, incident) for reading in pair if reading is not None}
    for figure in figures.values():
        needed.update(claim for s in figure.statements if s.current for claim in s.claim_ids)
        needed.update([figure.recommended] if figure.recommended else figure.claim_ids)
    known = {claim for figure in figures.values() for claim in figure.claim_ids}
    return {claim for claim in needed & known if claim in draft.readings}


def prove(
    draft: Draft, readings: Iterable[Reading], figures: Mapping[Measure, Figure] | None = None
) -> list[dict[str, Any]]:
    """The sentences that state the claims, each once, by day of publication."""
    sentences: dict[tuple[str, int, int], list[Reading]] = {}
    for reading in sorted(readings, key=place_in_ledger):
        claim = reading.claim
        at = (claim.quote_start, claim.quote_end) if _has_quote(claim) else (claim.start, claim.end)
        sentences.setdefault((reading.text_sha256, *at), []).append(reading)
    return [_prove(draft, shared, figures or {}) for shared in sentences.values()]


def mark_numbers(quote: str, claims: Iterable[Claim]) -> list[Piece]:
    """The sentence cut where the claims' numbers begin and end; what two claims share is marked once."""
    edges = {0, len(quote)}
    spans = [(claim.start - claim.quote_start, claim.end - claim.quote_start) for claim in claims]
    edges.update(edge for span in spans for edge in span)
    cuts = sorted(edges)
    pieces: list[Piece] = []
    for start, end in pairwise(cuts):
        marked = any(first <= start and end <= last for first, last in spans)
        if pieces and pieces[-1][1] == marked:
            pieces[-1] = (pieces[-1][0] + quote[start:end], marked)
        else:
            pieces.append((quote[start:end], marked))
    return pieces


def place_in_ledger(reading: Reading) -> tuple[str, str, str, int, str]:
    """The order in which sentences are told: by publication, text, and place in the text."""
    published = reading.published.isoformat() if reading.published else ""
    claim = reading.claim
    return published, claim.document_id, reading.text_sha256, claim.start, claim.claim_id


def hide_pieces(draft: Draft, shared: Sequence[Reading]) -> list[list[Any]]:
    """The sentence of these claims in pieces, without withheld names."""
    first = shared[0]
    pieces = mark_numbers(first.claim.quote, [r.claim for r in shared]) if _has_quote(first.claim) else [
        (first.claim.count_text, True)
    ]  # fmt: skip
    pieces[0] = (pieces[0][0].lstrip(), pieces[0][1])
    pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    hidden = draft.withholding.hide(first.claim.quote, first.text_sha256)
    if hidden != first.claim.quote and _spans_pieces(draft, pieces, hidden, first.text_sha256):
        pieces = [(hidden.strip(), False)]
    told = [(_soften_piece(draft.withholding.hide(words, first.text_sha256)), marked) for words, marked in pieces]
    return [list(piece) for piece in told]


def _spans_pieces(draft: Draft, pieces: Sequence[Piece], hidden: str, sha: str) -> bool:
    """Whether a name runs over the edge of a piece, so that hiding piece by piece would leave some of it."""
    apart = "".join(draft.withholding.hide(words, sha) for words, _ in pieces)
    return "".join(apart.split()) != "".join(hidden.split())


def _has_quote(claim: Claim) -> bool:
    at, to = claim.start - claim.quote_start, claim.end - claim.quote_start
    return at >= 0 and claim.quote[at:to] == claim.count_text


def _prove(draft: Draft, shared: Sequence[Reading], figures: Mapping[Measure, Figure]) -> dict[str, Any]:
    """One sentence, where it was read, and each claim that it makes."""
    first = shared[0]
    url = draft.withholding.url(first) or ""
    is_web = url.startswith(("https://", "http://"))
    return {
        "pieces": hide_pieces(draft, shared),
        "outlet": soften(first.outlet or draft.words("evidence.no_outlet")),
        "published": word_day(first.published) if first.published else draft.words("evidence.undated"),
        "url": clean(url).split("://", 1)[-1] if is_web else clean(url),
        "link": clean(url) if is_web and " " not in url else "",
        "claims": [_tell_claim(draft, reading, figures) for reading in shared],
    }


def _tell_claim(draft: Draft, reading: Reading, figures: Mapping[Measure, Figure]) -> dict[str, str]:
    claim = reading.claim
    return {
        "figure": f"{MEASURE_WORDS[claim.measure]} {word_bounds(claim.count_min, claim.count_max)}",
        "standing": ", ".join(stand_of(draft, reading, figures.get(claim.measure))),
        "source": draft.source(claim.source, [reading.text_sha256]),
        "claim": claim.claim_id[:ID_SHOWN],
    }


def stand_of(draft: Draft, reading: Reading, figure: Figure | None) -> list[str]:
    """What the claim is to its figure, where it is not simply one of its statements."""
    words, claim = draft.words, reading.claim
    told = [] if claim.status is Status.STATED else [claim.status.value]
    if draft.whole_of(reading) is not None:
        told.append(words("standing.part"))
    if figure is None:
        return told
    own = [statement for statement in figure.statements if claim.claim_id in statement.claim_ids]
    if own and not any(statement.current for statement in own):
        told.append(words("standing.superseded"))
    if claim.claim_id == figure.recommended and len(figure.claim_ids) > 1 and figure.best is not None:
        told.append(words("standing.best"))
    return told


def _file(draft: Draft, reading: Reading, figures: Mapping[Measure, Figure]) -> tuple[object, ...]:
    claim, sha = reading.claim, reading.text_sha256
    return (
        claim.measure.value, claim.count_min, claim.count_max,
        ", ".join(stand_of(draft, reading, figures.get(claim.measure))) or None,
        draft.withholding.hide(claim.source or "", sha) or None, reading.outlet, reading.published,
        draft.withholding.url(reading), draft.withholding.hide(" ".join(claim.quote.split()), sha),
        claim.claim_id, claim.rule_id,
    )  # fmt: skip


def _soften_piece(piece: str) -> str:
    """A piece of a sentence, with the spaces at its ends kept, for they part it from its neighbour."""
    middle = soften(piece)
    if not middle:
        return " " if piece else ""
    return f"{' ' if piece[0].isspace() else ''}{middle}{' ' if piece[-1].isspace() else ''}"


def say_quotes(quotes: Iterable[Mapping[str, Any]]) -> list[str]:
    """The sentences for whoever cannot see the page."""
    lines = []
    for quote in quotes:
        words = "".join(words for words, _ in quote["pieces"])
        claims = ", ".join(claim["figure"] for claim in quote["claims"])
        lines.append(f"“{words}” {quote['outlet']}, {quote['published']}: {claims}.")
    return lines


def _say(draft: Draft, entry: Mapping[str, Any]) -> list[str]:
    return [f"{draft.words('evidence.spoken')} {entry['number']}. {entry['heading']}:", *say_quotes(entry["quotes"])]
