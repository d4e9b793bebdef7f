"""Which organisation, or which kind of source, a phrase names, by the aliases of `rules/organisations.toml`."""

from __future__ import annotations

from typing import NamedTuple

from tracker.extract.text.phrases import PhraseTable
from tracker.extract.text.tokens import tokenise
from tracker.rulebook import Rulebook

_KIND_ONLY = "any-"
_ARMED = "armed_group"


class Organisation(NamedTuple):
    """A row of the table: who speaks, of what kind. `source_id` is None where only the kind is known."""

    source_id: str | None
    kind: str


def armed_groups(rulebook: Rulebook) -> PhraseTable[None]:
    """The names of armed groups of several words, which hold no place: "Popular Front for the Liberation of Palestine".

    Where a group is called by a part of its name too, small words and a place behind that part tell where it acts
    ("Islamic State in Iraq"): only the part is a name then.
    """
    aliases = [
        alias
        for row in rulebook.table("organisations")["organisation"]
        if row["kind"] == _ARMED
        for alias in row["aliases"]
    ]
    short = [f"{alias.casefold()} " for alias in aliases]
    names: dict[str, None] = {}
    for alias in aliases:
        words = " ".join(token.folded for token in tokenise(alias, 0, len(alias)))
        rests = (alias[len(start) :] for start in short if alias.casefold().startswith(start))
        if " " in words and not any(rest[:1].islower() for rest in rests):
            names[words] = None
    return PhraseTable(names)


class _Alias(NamedTuple):
    organisation: Organisation
    in_capitals: bool


class Organisations:
    """Finds organisations in short phrases; a named one goes before a mere kind, a longer alias before a shorter."""

    def __init__(self, rulebook: Rulebook) -> None:
        aliases: dict[str, _Alias] = {}
        for row in rulebook.table("organisations")["organisation"]:
            source_id = None if row["id"].startswith(_KIND_ONLY) else row["id"]
            for alias in row["aliases"]:
                words = " ".join(token.folded for token in tokenise(alias, 0, len(alias)))
                aliases.setdefault(words, _Alias(Organisation(source_id, row["kind"]), alias.isupper()))
        self._table = PhraseTable(aliases)

    def identify(self, phrase: str) -> Organisation | None:
        """The organisation that `phrase` names."""
        tokens = tokenise(phrase, 0, len(phrase))
        best: tuple[bool, int, int] | None = None
        found = None
        for at in range(len(tokens)):
            hit = self._table.longest(tokens, at)
            if hit is None:
                continue
            end, alias = hit
            if alias.in_capitals and not all(token.text == token.text.upper() for token in tokens[at:end]):
                continue
            rank = (alias.organisation.source_id is not None, end - at, -at)
            if best is None or rank > best:
                best, found = rank, alias.organisation
        return found
