"""Line rules: rules whose patterns run over the folded words of one sentence, joined by single blanks."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from tracker.extract.text.sentences import Sentence
from tracker.rulebook import Rule


def match_line(rule: Rule, sentence: Sentence) -> Iterator[tuple[int, int, regex.Match[str]]]:
    """Where `rule` matches in `sentence`: half-open token range and the match itself.

    Patterns say themselves where words begin and end (`\\b`, or `(?<!\\S)` beside marks).
    """
    for match in rule.pattern.finditer(sentence.line):
        if match.end() > match.start():
            first, last = sentence.tokens_at(match.start(), match.end())
            yield first, last, match


def spans_of_line_rule(rule: Rule, text: str) -> list[tuple[int, int]]:
    """Where a line rule matches in `text` taken as one sentence, as offsets, for checking examples."""
    sentence = Sentence(text, 0, len(text), 0)
    tokens = sentence.tokens
    return [(tokens[first].start, tokens[last - 1].end) for first, last, _ in match_line(rule, sentence)]
