"""Floors under the quality: what was reached on each gold file is pinned with the file's digest, and may not fall."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.errors import UsageError
from tracker.quality.agreement import FIELDS
from tracker.quality.gold import Extract, extract_all, read_gold
from tracker.quality.scoring import MEASURES, score_claims

FIGURES = ("f1", "precision", "recall", "record_f1", *(f"field_{name}" for name in (*FIELDS, "record")))
"""What has a floor, once for the core and once for the extended measures."""

_PINNED = ("core", "extended")
_DIGITS = 3  # of a figure, when it is pinned and when it is compared

Figures = dict[str, dict[str, float]]
"""By set of measures, then by figure: shares from 0 to 1, rounded; 0 where there was nothing to measure."""


@dataclass(frozen=True, slots=True)
class Floor:
    """One gold file's floors; `lowered` tells of every lowering: its reason, and the figures before and after."""

    sha256: str
    figures: Figures
    lowered: tuple[dict[str, Any], ...] = ()


def read_floors(path: Path) -> dict[str, Floor]:
    """The floors by gold file, whose names are relative to the folder of `path`; UsageError where it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: Floor(
                sha256=entry["sha256"],
                figures={group: {figure: entry[group][figure] for figure in FIGURES} for group in _PINNED},
                lowered=tuple(entry["lowered"]),
            )
            for name, entry in content.items()
        }
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); name the file of floors with --floors.") from None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(f"{path} is no file of floors ({error!r}); restore it, or delete it and pin anew.") from None


def find_shortfalls(floors: Path, name: str, extract: Extract) -> list[str]:
    """One sentence for each floor of gold file `name` that is not reached, [] where all are.

    A gold file that is not the one that was pinned is a shortfall by itself: its figures say nothing of the old ones.
    """
    pinned = read_floors(floors)
    if name not in pinned:
        return [f"{name} has no floors yet; pin them with `tracker score {floors.parent / name} --pin`."]
    gold = floors.parent / name
    if _digest(gold) != pinned[name].sha256:
        return [f"{name} is not the file that was pinned; pin its floors anew with `tracker score {gold} --pin`."]
    measured = measure_figures(gold, extract)
    return [
        f"{name}: {figure} fell from {before:.3f} to {after:.3f}; mend the rules, or pin with --lower and a reason."
        for figure, (before, after) in _find_falls(pinned[name].figures, measured).items()
    ]


def measure_figures(gold: Path, extract: Extract) -> Figures:
    """Every figure that has a floor, as `extract` reaches it on this gold file."""
    documents = read_gold(gold)
    claims = extract_all(documents, extract)
    measured: Figures = {}
    for group in _PINNED:
        reached = score_claims(documents, claims, MEASURES[group]).figures()
        measured[group] = {figure: round(reached.get(figure, 0.0), _DIGITS) for figure in FIGURES}
    return measured


def pin_floors(floors: Path, golds: Iterable[Path], extract: Extract, reason: str | None = None) -> list[Path]:
    """Makes what `extract` reaches the floors of these gold files, and keeps the others; without files, of all known.

    Returns the files pinned. UsageError where a floor would fall and no `reason` is given: then nothing is written.
    """
    pinned = read_floors(floors) if floors.exists() else {}
    paths = [Path(gold) for gold in golds] or [floors.parent / name for name in pinned]
    if not paths:
        raise UsageError(f"{floors} holds no gold file yet; name one, as in `tracker score GOLD --pin`.")
    refused = []
    for path in paths:
        name = Path(os.path.relpath(path, floors.parent)).as_posix()
        measured = measure_figures(path, extract)
        lowered: tuple[dict[str, Any], ...] = ()
        if name in pinned:
            lowered = pinned[name].lowered
            falls = _find_falls(pinned[name].figures, measured)
            refused += [f"{name} {figure} {before:.3f} → {after:.3f}" for figure, (before, after) in falls.items()]
            if falls and reason:
                lowered += ({"reason": reason, "figures": {figure: list(fall) for figure, fall in falls.items()}},)
        pinned[name] = Floor(_digest(path), measured, lowered)
    if refused and not reason:
        raise UsageError(f"floors would fall: {'; '.join(refused)}; mend the rules, or say why with --lower REASON.")
    _write(floors, pinned)
    return paths


def _find_falls(floors: Figures, measured: Figures) -> dict[str, tuple[float, float]]:
    return {
        f"{group} {figure}": (floors[group][figure], measured[group][figure])
        for group in _PINNED
        for figure in FIGURES
        if measured[group][figure] < floors[group][figure]
    }


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise UsageError(f"the gold file {path} cannot be read ({error.strerror}); restore it.") from None


def _write(path: Path, floors: Mapping[str, Floor]) -> None:
    content = {
        name: {"sha256": floor.sha256, **floor.figures, "lowered": list(floor.lowered)}
        for name, floor in sorted(floors.items())
    }
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); choose another place with --floors.") from None
