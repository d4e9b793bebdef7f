"""Headings of lists: a line without a full stop above lines of labels and figures, which holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.text.sentences import Sentence

HEADING = "place.heading"

_STOPS = frozenset([".", "!", "?", '"'])
_BULLETS = frozenset("-*•●▪·◦‣⭕🔴")
_LABELS = frozenset([":", "=", "-"])
_LONGEST = 16  # tokens


def heads_list(sentences: Sequence[Sentence], number: int) -> bool:
    """Whether the sentence is a heading and the next one a line of its list."""
    if number + 1 >= len(sentences):
        return False
    heading, following = sentences[number], sentences[number + 1]
    tokens = heading.tokens
    if len(tokens) > _LONGEST or heading.paragraph == following.paragraph or tokens[-1].folded in _STOPS:
        return False
    return not is_entry(heading) and is_entry(following)


def is_entry(sentence: Sentence) -> bool:
    """Whether the sentence is a line of a list: a bullet, or a label with its figure, without a full stop."""
    tokens = sentence.tokens
    if tokens[0].text in _BULLETS:
        return True
    if tokens[-1].folded == ".":
        return False
    return any(
        tokens[at].folded in _LABELS and at + 1 < len(tokens) and tokens[at + 1].folded[0].isdigit()
        for at in range(1, len(tokens))
    )


def is_line(sentence: Sentence) -> bool:
    """Whether the sentence may stand among the lines of a list or above them: it has no full stop."""
    return is_entry(sentence) or sentence.tokens[-1].folded not in _STOPS


def label_end(sentence: Sentence) -> int:
    """How many tokens of an entry are its bullet and label ("- Goma: 12 dead"); 0 where it has none."""
    tokens = sentence.tokens
    if not is_entry(sentence):
        return 0
    for at in range(1, len(tokens) - 1):
        if tokens[at].folded in _LABELS:
            return at
    return 0
