"""A rule: a pattern with its reason and its running examples, read from one `[[rule]]` of a file under `rules/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

import regex

from tracker.errors import RuleError

_MARK = regex.compile(r"\[\[(.*?)\]\]", regex.DOTALL)


class Stage(StrEnum):
    """How far a rule has come: a trusted one is in force, a draft is tried by its examples, a retired one is kept."""

    DRAFT = "draft"
    TRUSTED = "trusted"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Example:
    """A text that the rule must match exactly once, at the marked place (offsets in `text`, marks removed)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CounterExample:
    """A text that the rule must leave alone, and why; `known_miss` marks one that it still wrongly matches."""

    text: str
    why: str
    known_miss: bool = False


@dataclass(frozen=True)
class Rule:
    """One rule. `values` holds what its file says beyond the pattern (a measure, a precision, a reach …)."""

    id: str
    stage: Stage
    rationale: str
    compile: Callable[[], regex.Pattern[str]] = field(repr=False, compare=False)
    """Makes the machine; RuleError where the pattern cannot be one."""
    written: str
    """The pattern as a person wrote it, fragments unexpanded."""
    origin: str
    """The file, relative to `rules/`, that holds the rule."""
    matches: tuple[Example, ...]
    rejects: tuple[CounterExample, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    over: str = "words"
    """What the pattern runs over: the words of a sentence or its units."""

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The machine, made when first asked for: whoever only lists the rules does not wait for it."""
        return self.compile()


def parse_example(marked: str, origin: str, rule_id: str) -> Example:
    """The example written as `text with the [[matched words]] marked`."""
    marks = list(_MARK.finditer(marked))
    if len(marks) != 1:
        raise RuleError(f"{origin}: rule {rule_id}: mark exactly one [[span]] in the example {marked!r}.")
    mark = marks[0]
    text = marked[: mark.start()] + mark.group(1) + marked[mark.end() :]
    return Example(text, mark.start(), mark.start() + len(mark.group(1)))
