"""The rules' own examples, run: a rule matches each example once, at the mark, and no reject."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.rulebook.rules import Rule, Stage

Match = Callable[[Rule, str], list[tuple[int, int]]]
"""Where a rule matches in a text, as half-open offsets; the room that prepares the text supplies it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One example that does not do what the rule's file says."""

    rule: Rule
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.rule.origin}: rule {self.rule.id}: {self.reason}: {self.text!r}"


def check_examples(rules: Iterable[Rule], match: Match) -> list[Failure]:
    """Every example that fails, in the order of the rules; retired rules are not tried."""
    failures = []
    for rule in rules:
        if rule.stage is Stage.RETIRED:
            continue
        for example in rule.matches:
            found = match(rule, example.text)
            if found != [(example.start, example.end)]:
                shown = ", ".join(repr(example.text[start:end]) for start, end in found) or "nothing"
                wanted = example.text[example.start : example.end]
                failures.append(Failure(rule, example.text, f"must match {wanted!r} once, but matches {shown}"))
        for reject in rule.rejects:
            found = match(rule, reject.text)
            if found and not reject.known_miss:
                shown = ", ".join(repr(reject.text[start:end]) for start, end in found)
                failures.append(Failure(rule, reject.text, f"must not match ({reject.why}), but matches {shown}"))
            elif not found and reject.known_miss:
                failures.append(Failure(rule, reject.text, "is marked as a known miss but passes now; remove the mark"))
    return failures
