"""A rule as a person reads it: its reason, its pattern as written, and its examples with the marks."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.rulebook.rules import Rule


def describe(rule: Rule) -> Iterator[str]:
    """The rule line by line."""
    yield f"{rule.id}   ({rule.stage}, {rule.origin})"
    yield f"  {rule.rationale}"
    for key in sorted(rule.values):
        yield f"  {key}: {rule.values[key]}"
    yield f"  pattern: {' '.join(rule.written.split())}"
    for example in rule.matches:
        text, start, end = example.text, example.start, example.end
        yield f"  matches: {text[:start]}[[{text[start:end]}]]{text[end:]}"
    for reject in rule.rejects:
        miss = " (a known miss)" if reject.known_miss else ""
        yield f"  not:     {reject.text}   since {reject.why}{miss}"
