"""What a frame needs: sets of units of which a sentence must hold one each, read off its pattern.

Most frames can match few sentences; asking for their units first spares running them. What is read off is a bound: a
pattern may need more than it says, never less.
"""

from __future__ import annotations

import regex

Need = frozenset[str]
"""Symbols of units of which at least one must stand in the row."""

_PIECE = regex.compile(
    r"""(?P<set>\[[^\^\]][^\]]*\]) | (?P<look>\(\?<?[=!]) | (?P<open>\((?:\?(?:P?<\w+>|:))?) | (?P<bar>\|)
    | (?P<close>\)) | (?P<many>[*?+]|\{\d*(?:,\d*)?\}) | (?P<other>\[\^[^\]]*\]|.)""",
    regex.VERBOSE | regex.DOTALL,
)


def needs_of(pattern: str) -> tuple[Need, ...]:
    """The needs of a pattern over the symbols of units, the smallest first."""
    pieces = [(str(match.lastgroup), match.group()) for match in _PIECE.finditer(pattern)]
    needs, _ = _alternatives(pieces, 0)
    return tuple(sorted(set(needs), key=lambda need: (len(need), sorted(need))))


def _alternatives(pieces: list[tuple[str, str]], at: int) -> tuple[list[Need], int]:
    """The needs of what stands between `at` and the bracket that closes it, and where that bracket stands.

    Of several branches one must match, so the narrowest need of each makes one together.
    """
    branches: list[list[Need]] = [[]]
    while at < len(pieces) and pieces[at][0] != "close":
        kind, text = pieces[at]
        if kind == "bar":
            branches.append([])
        inner: list[Need] = []
        if kind in ("open", "look"):
            inner, at = _alternatives(pieces, at + 1)
            inner = [] if kind == "look" else inner
        elif kind == "set":
            inner = [frozenset(text[1:-1])]
        at += 1
        following = pieces[at] if at < len(pieces) else ("", "")
        if not (following[0] == "many" and _is_optional(following[1])):
            branches[-1] += inner
    if len(branches) == 1:
        return branches[0], at
    if not all(branches):
        return [], at
    return [frozenset[str]().union(*(min(branch, key=len) for branch in branches))], at


def _is_optional(quantifier: str) -> bool:
    return quantifier in ("*", "?") or quantifier.startswith(("{0", "{,"))
