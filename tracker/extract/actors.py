"""Actors: the words of a sentence for somebody who may have done a harm, the armed and the forces of states alone.

Which words name them is in `words/armed_nouns.txt`, `attackers.txt` and `force_nouns.txt` and in `organisations.toml`;
a country or what comes from it ("Israeli") is an actor only where a rule says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.extract.text.phrases import PhraseTable
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token, tokenise
from tracker.gazetteer import Gazetteer
from tracker.rulebook import Rulebook

ARMED, FORCE, STATE, ADJECTIVE, NAMED = "armed", "force", "state", "adjective", "named"
_KINDS = {"armed_group": ARMED, "army": FORCE, "police": FORCE}

_LONGEST = 4  # words of a country's name


class Actor(NamedTuple):
    """Words for somebody who may have done a harm: a token range, the side, and the words that tell him from others."""

    first: int
    last: int
    kind: str
    names: frozenset[str]
    is_owned: bool
    """Whether the words begin with "its" or "our": whoever speaks admits the harm."""


class ActorFinder:
    """Finds the words for armed people and forces in a sentence."""

    def __init__(self, rulebook: Rulebook, gazetteer: Gazetteer) -> None:
        grammar = rulebook.table("perpetrator_grammar")["classes"]
        self._grammar = {name: frozenset(words) for name, words in grammar.items()}
        armed = rulebook.words("attackers") | rulebook.words("armed_nouns")
        forces = rulebook.words("force_nouns")
        entries = dict.fromkeys(forces, (FORCE, False)) | dict.fromkeys(armed, (ARMED, False))
        entries |= dict.fromkeys(self._grammar["group_names"], (ARMED, False))
        for row in rulebook.table("organisations")["organisation"]:
            if row["kind"] in _KINDS and not row["id"].startswith("any-"):
                for alias in row["aliases"]:
                    words = " ".join(token.folded for token in tokenise(alias, 0, len(alias)))
                    entries.setdefault(words, (_KINDS[row["kind"]], alias.isupper()))
        self._table = PhraseTable(entries)
        self._gazetteer = gazetteer
        self._modifiers = rulebook.words("actor_modifiers")
        self._openers = rulebook.words("actor_openers")
        self._times = rulebook.words("source_times")
        self._common = armed | forces

    def find(self, sentence: Sentence) -> list[Actor]:
        """The actors in the order of the words; of "Israeli forces" the whole, of "an Israeli raid" the first word."""
        tokens = sentence.tokens
        shouted = not any(token.text.islower() for token in tokens)
        found: list[Actor] = []
        at = 0
        while at < len(tokens):
            head = self._head(tokens, at, shouted)
            if head is None:
                name = None if shouted else self._name(tokens, at)
                if name is not None and (not found or found[-1].last <= name.first):
                    found.append(name)
                at += 1
                continue
            last, kind = head
            actor = self._extended(tokens, at, last, kind, shouted)
            if found and found[-1].last == actor.first and {found[-1].kind, actor.kind} <= {ARMED, FORCE}:
                before = found.pop()  # "Shining Path" "terrorists"
                actor = actor._replace(first=before.first, names=before.names | actor.names)
            found = [other for other in found if other.last <= actor.first]
            if actor.kind:
                found.append(actor)
            at = max(actor.last, at + 1)
        return found

    def _name(self, tokens: Sequence[Token], at: int) -> Actor | None:
        """The capitalised name that begins at a word: of whom it is, the words around it must say."""
        if not self._is_of_name(tokens[at]) or (at and self._is_of_name(tokens[at - 1])):
            return None
        last = at + 1
        while last < len(tokens) and (
            self._is_of_name(tokens[last])
            or (
                tokens[last].folded in self._grammar["within_names"]
                and last + 1 < len(tokens)
                and self._is_of_name(tokens[last + 1])
            )
        ):
            last += 1
        first = at - 1 if at and tokens[at - 1].folded in self._grammar["articles"] else at
        return Actor(first, last, NAMED, frozenset(token.folded for token in tokens[at:last]), is_owned=False)

    def _is_of_name(self, token: Token) -> bool:
        plain = (
            self._grammar["small"] | self._grammar["articles"] | self._grammar["owners"] | self._grammar["negations"]
        )
        return token.is_capitalised and token.folded not in plain and token.folded not in self._times

    def side(self, words: str) -> str | None:
        """The side that the last word for somebody armed in `words` is of."""
        tokens = tokenise(words, 0, len(words))
        hits = [hit for at in range(len(tokens)) if (hit := self._table.longest(tokens, at))]
        return hits[-1][1][0] if hits else None

    def speaks_for(self, source: str, actor: str) -> bool:
        """Whether a source is the actor or its body: of its name, or a force of its kind and of no other name."""
        theirs, its = tokenise(source, 0, len(source)), tokenise(actor, 0, len(actor))
        side = self.side(source)
        if side is None or side != self.side(actor):
            return False
        words = [{token.folded for token in tokens} - self._grammar["articles"] for tokens in (theirs, its)]
        names = [self._names(tokens) for tokens in (theirs, its)]
        if side == ARMED:
            return words[0] == words[1] or not names[0].isdisjoint(names[1])
        same_kind = words[0].isdisjoint(self._grammar["police"]) == words[1].isdisjoint(self._grammar["police"])
        return same_kind and not (names[0] and names[1] and names[0].isdisjoint(names[1]))

    def _names(self, tokens: Sequence[Token]) -> frozenset[str]:
        plain = self._modifiers | self._grammar["articles"] | self._grammar["small"] | self._openers
        names: set[str] = set()
        at = 0
        while at < len(tokens):
            hit = self._table.longest(tokens, at)
            last = hit[0] if hit else at + 1
            words = " ".join(token.folded for token in tokens[at:last])
            if words not in self._common and words not in plain and tokens[at].is_capitalised:
                names.update(words.split(" "))
            at = last
        return frozenset(names)

    def _head(self, tokens: Sequence[Token], at: int, shouted: bool) -> tuple[int, str] | None:
        hit = self._table.longest(tokens, at)
        if hit is not None:
            last, (kind, capitals) = hit
            if not capitals or (not shouted and tokens[at].text.isupper()):
                return last, kind
        if tokens[at].is_capitalised and not shouted:
            if self._gazetteer.demonym(tokens[at].folded):
                return at + 1, ADJECTIVE
            place = self._gazetteer.longest([token.folded for token in tokens[at : at + _LONGEST]], 0)
            if place is not None and place[1] and place[1][0].kind == "country":
                return at + place[0], STATE
        return None

    def _extended(self, tokens: Sequence[Token], at: int, last: int, kind: str, shouted: bool) -> Actor:
        first = at
        while first > 0 and self._belongs(tokens, first - 1, shouted):
            first -= 1
        opener = tokens[first - 1].folded if first else ""
        if first < at and opener in self._grammar["in_places"]:
            first = at  # "in Kano gunmen"
            while first > 0 and tokens[first - 1].folded in self._modifiers:
                first -= 1
        if first > 1 and opener == "of" and tokens[first - 2].folded in self._openers:
            first -= 2
            while first > 0 and tokens[first - 1].folded in self._modifiers | self._grammar["articles"]:
                first -= 1
        last = self._end(tokens, last)
        words = [token.folded for token in tokens[first:last]]
        before = tokens[first - 1].folded if first else ""
        if before == "of" or words[0] in self._grammar["negations"] or before in self._grammar["negations"]:
            kind = ""  # "a bus full of soldiers", "no group"
        names = self._names(tokens[first:last])
        owned = words[0] in self._grammar["owners"]
        return Actor(first, last, kind, names, owned)

    def _belongs(self, tokens: Sequence[Token], at: int, shouted: bool) -> bool:
        """Whether a word before an actor's head is part of the phrase."""
        token = tokens[at]
        if tokens[at + 1].folded in self._grammar["articles"]:
            return False
        if token.folded in self._modifiers or token.folded in self._grammar["articles"]:
            return True
        if token.folded in self._grammar["owners"] or token.folded in self._grammar["negations"]:
            return True
        if token.folded.isdigit() or token.folded.endswith(("-backed", "-led", "-linked", "-affiliated", "-aligned")):
            return True
        if token.folded == "'s":
            return at > 0 and tokens[at - 1].is_capitalised
        named = token.is_capitalised and not shouted and token.folded not in self._times
        return named and token.folded not in self._grammar["in_places"] | self._grammar["small"]

    def _end(self, tokens: Sequence[Token], last: int) -> int:
        """The end of a phrase with what says whose people they are: "fighters from the Northern Front"."""
        for link in self._grammar["whose"]:
            words = link.split(" ")
            if [token.folded for token in tokens[last : last + len(words)]] == words:
                at = last + len(words)
                while at < len(tokens) and tokens[at].folded in self._grammar["articles"]:
                    at += 1
                end = at
                while end < len(tokens) and tokens[end].is_capitalised and tokens[end].folded not in self._times:
                    end += 1
                if end > at:
                    hit = self._table.longest(tokens, end) if end < len(tokens) else None
                    return hit[0] if hit else end
        return last
