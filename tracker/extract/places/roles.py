"""What the words around a name say of it: whether the harm may be there, and which names belong together.

The words are in `places.toml`; a rule speaks of the name after it, before it, between two names, or for a place itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import RuleError
from tracker.extract.text.matching import match_line
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token
from tracker.rulebook import Rule, Rulebook

_SIDES = ("left", "right", "link", "self", "strike")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words before a name: half-open token range, and what they make of a name at its end or inside it."""

    first: int
    last: int
    opens: int
    """Where the name may begin at the earliest."""
    role: str
    near: bool
    rule_id: str
    kinds: tuple[str, ...]


class PlaceCues:
    """The rules of `places.toml` by the side on which they stand."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rules: dict[str, list[Rule]] = {side: [] for side in _SIDES}
        for rule in rulebook.rules("places"):
            side = rule.values["side"]
            if side not in self._rules:
                raise RuleError(f"{rule.origin}: rule {rule.id}: side must be one of {', '.join(_SIDES)}.")
            self._rules[side].append(rule)

    def before_names(self, sentence: Sentence) -> list[Cue]:
        """The cues that stand before names."""
        return _cues(self._rules["left"], sentence)

    def for_themselves(self, sentence: Sentence) -> list[Cue]:
        """The words that stand for a place named elsewhere, or for none."""
        return _cues(self._rules["self"], sentence)

    def after_name(self, tokens: Sequence[Token], last: int) -> tuple[str, str] | None:
        """The role that the words after a name give it, and the rule's id."""
        rule = self._following("right", tokens, last)
        return (rule.values["role"], rule.id) if rule is not None else None

    def strike_after(self, tokens: Sequence[Token], last: int) -> str | None:
        """The id of the rule by which the words after a country's name make it who strikes."""
        rule = self._following("strike", tokens, last)
        return rule.id if rule is not None else None

    def _following(self, side: str, tokens: Sequence[Token], last: int) -> Rule | None:
        line = " ".join(token.folded for token in tokens[last : last + 5])
        return next((rule for rule in self._rules[side] if rule.pattern.match(line)), None)

    def between_names(self, tokens: Sequence[Token], first: int, last: int) -> list[str]:
        """The roles that the words between two names allow for the second: nested, list, both or none."""
        if first == last:
            return ["nested"]
        if last - first > 9:
            return []
        line = " ".join(token.folded for token in tokens[first:last])
        return [str(rule.values["role"]) for rule in self._rules["link"] if rule.pattern.fullmatch(line)]


def _cues(rules: Sequence[Rule], sentence: Sentence) -> list[Cue]:
    cues = []
    words = frozenset(sentence.line.split(" "))
    for rule in rules:
        needs = rule.values["needs"]
        if needs and words.isdisjoint(needs):
            continue
        for first, last, match in match_line(rule, sentence):
            opens = last
            if "tail" in rule.pattern.groupindex and match.start("tail") < match.end():
                opens = sentence.tokens_at(match.start("tail") + 1, match.end())[0]
            cues.append(
                Cue(first, last, opens, rule.values["role"], rule.values["near"], rule.id, tuple(rule.values["kinds"]))
            )
    return cues
