"""`tracker score`: how well claims match texts coded by hand, what a change of the rules did, and the floors."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.columns import align
from tracker.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.claims import Claim
    from tracker.quality import Score
    from tracker.quality.comparison import Change
    from tracker.quality.gold import Extract
    from tracker.quality.scoring import Tally


class Group(StrEnum):
    """Which measures are looked at."""

    CORE = "core"
    EXTENDED = "extended"
    ALL = "all"


def score(
    first: Annotated[Path | None, typer.Argument(metavar="GOLD", help="Texts coded by hand, as JSON lines.")] = None,
    second: Annotated[
        Path | None,
        typer.Argument(metavar="PREDICTED", help="Claim records, as JSON lines; else the rules read the gold texts."),
    ] = None,
    measures: Annotated[
        Group | None, typer.Option("--measures", help="Which measures; else core, with --compare all.")
    ] = None,
    errors: Annotated[
        int, typer.Option("--errors", metavar="N", min=0, help="Print N errors of each sort, but not as JSON.")
    ] = 0,
    rules: Annotated[bool, typer.Option("--rules", help="Print what each rule contributed instead.")] = False,
    compare: Annotated[
        bool, typer.Option("--compare", help="Take two files of claim records, OLD and NEW, and print what differs.")
    ] = False,
    gold: Annotated[
        Path | None, typer.Option("--gold", help="With --compare: say which of the differences are right.")
    ] = None,
    pin: Annotated[
        bool, typer.Option("--pin", help="Make the figures of GOLD (else of all gold files with floors) the floors.")
    ] = False,
    lower: Annotated[
        str | None, typer.Option("--lower", metavar="REASON", help="With --pin: let floors fall, for this reason.")
    ] = None,
    floors: Annotated[Path, typer.Option("--floors", help="With --pin: the file of floors.")] = Path(
        "tests/floors.json"
    ),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score claims against texts coded by hand, as the codebook says."""
    from tracker.quality import MEASURES, extract_all, read_claims, read_gold, score_claims
    from tracker.quality.comparison import compare_runs
    from tracker.quality.floors import pin_floors

    if lower is not None and not (pin and lower.strip()):
        raise UsageError(
            "--lower goes with --pin and says why floors fall, as in --pin --lower 'The gold is stricter.'."
        )
    if gold is not None and not compare:
        raise UsageError("--gold goes with --compare; otherwise name the gold file first, without an option.")
    if pin and (second is not None or compare):
        raise UsageError("--pin measures the current rules; give it gold files only.")
    if pin:
        for path in pin_floors(floors, [first] if first else [], _current_rules(), lower):
            typer.echo(f"{floors}: pinned {path}", err=True)
        return
    if compare:
        if first is None or second is None:
            raise UsageError("--compare needs two files of claim records, OLD and NEW.")
        chosen = MEASURES[measures or "all"]
        changes = compare_runs(read_claims(first), read_claims(second), chosen, read_gold(gold) if gold else None)
        _print(_change_records(changes) if as_json else _list_changes(changes))
        return
    if first is None:
        raise UsageError("name a gold file, as in `tracker score GOLD`.")
    documents = read_gold(first)
    claims = read_claims(second) if second else extract_all(documents, _current_rules())
    group = measures or Group.CORE
    scored = score_claims(documents, claims, MEASURES[group])
    if rules:
        _print(_rule_records(scored) if as_json else _rule_table(scored))
    else:
        _print(_figures(scored) if as_json else _describe(scored, group, errors))


def _current_rules() -> Extract:
    from tracker.extract import load_extractor
    from tracker.settings import load_settings

    return load_extractor(load_settings()).extract


def _print(lines: Iterator[str] | dict[str, Any] | list[dict[str, Any]]) -> None:
    if isinstance(lines, dict | list):
        typer.echo(json.dumps(lines, ensure_ascii=False))
        return
    for line in lines:
        typer.echo(line)


def _describe(scored: Score, group: str, errors: int) -> Iterator[str]:
    from tracker.quality.listing import list_errors

    tally = scored.tally
    yield (
        f"{len(scored.documents)} documents, {tally.gold} gold claims ({group}): "
        f"{tally.right} right, {tally.missed} missed, {tally.spurious} spurious"
    )
    yield (
        f"precision {tally.precision:.3f}  recall {tally.recall:.3f}  F1 {tally.f1:.3f}  "
        f"record F1 {scored.record_f1:.3f}"
    )
    yield from ("", _tally_table("measure", list(scored.by_measure().items())))
    accuracies = [(name, f"{share:.3f}") for name, share in scored.accuracies().items()]
    if accuracies:
        yield from ("", align(("field", "right, of the claims found"), accuracies))
    # The phenomena that cost most stand first.
    phenomena = sorted(scored.by_phenomenon().items(), key=lambda item: -item[1].missed - item[1].spurious)
    if phenomena:
        yield from ("", _tally_table("phenomenon", phenomena))
    for at, line in enumerate(list_errors(scored, errors)):
        yield from ((line,) if at else ("", line))


def _tally_table(title: str, tallies: Sequence[tuple[str, Tally]]) -> str:
    header = (title, "gold", "right", "missed", "spurious", "precision", "recall", "F1")
    rows = [
        (
            name,
            tally.gold,
            tally.right,
            tally.missed,
            tally.spurious,
            f"{tally.precision:.3f}" if tally.right + tally.spurious else None,
            f"{tally.recall:.3f}" if tally.gold else None,
            f"{tally.f1:.3f}" if tally.gold else None,
        )
        for name, tally in tallies
    ]
    return align(header, rows)


def _figures(scored: Score) -> dict[str, Any]:
    return {
        **scored.figures(),
        "by_measure": {measure: _tally_record(tally) for measure, tally in scored.by_measure().items()},
        "by_phenomenon": {name: _tally_record(tally) for name, tally in scored.by_phenomenon().items()},
    }


def _tally_record(tally: Tally) -> dict[str, Any]:
    counts = {"gold": tally.gold, "right": tally.right, "spurious": tally.spurious}
    return {**counts, "precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _rule_records(scored: Score) -> list[dict[str, Any]]:
    from tracker.quality.scorecard import score_rules

    return [
        {
            "rule_id": card.rule_id,
            "claims": card.claims,
            "right": card.right,
            "spurious": card.spurious,
            "precision": card.precision,
        }
        for card in score_rules(scored)
    ]


def _rule_table(scored: Score) -> Iterator[str]:
    rows = [
        (
            card["rule_id"] or "(none)",
            card["claims"],
            card["right"],
            card["spurious"],
            None if card["precision"] is None else f"{card['precision']:.3f}",
        )
        for card in _rule_records(scored)
    ]
    yield align(("rule", "claims", "right", "spurious", "precision"), rows)


def _change_records(changes: list[Change]) -> list[dict[str, Any]]:
    return [
        {
            "sort": change.sort,
            **_place_record(change.claim),
            "values": change.values,
            "before": change.before,
            "after": change.after,
        }
        for change in changes
    ]


def _place_record(claim: Claim) -> dict[str, Any]:
    names = ("document_id", "start", "end", "measure", "count_text")
    return {name: getattr(claim, name) for name in names}


def _list_changes(changes: list[Change]) -> Iterator[str]:
    from tracker.quality.comparison import Sort

    yield from map(str, changes)
    counts = [f"{sum(change.sort is sort for change in changes)} {sort}" for sort in Sort]
    yield ", ".join(counts)
