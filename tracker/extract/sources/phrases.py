"""The phrase that names a source: how far it runs to the left of a verb of saying or to the right of "according to"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract.text.tokens import Token
from tracker.rulebook import Rulebook

Range = tuple[int, int]

_STOPS = frozenset([",", ";", ":", "-", '"', "(", ")", ".", "!", "?", "...", "[", "]", "/"])


class SourcePhrases:
    """Finds and judges noun phrases by closed lists of words; all ranges are half-open token ranges."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.grammar: dict[str, frozenset[str]] = {
            name: frozenset(words) for name, words in rulebook.table("source_grammar")["classes"].items()
        }
        self._ends_head = rulebook.words("adjunct_openers") | _STOPS | self.grammar["relatives"] | self.grammar["of"]
        self._before_phrase = (
            rulebook.words("adjunct_openers") | self.grammar["joins"] | self.grammar["of"] | self.grammar["infinitive"]
        )
        self.breaks = rulebook.words("clause_breaks")
        self.pronouns = rulebook.words("carry_pronouns")
        self._verbs = rulebook.words("clause_verbs")
        self._leads = rulebook.words("source_leads")
        self._adjuncts = rulebook.words("adjunct_openers")
        self._determiners = rulebook.words("source_determiners")
        self._times = rulebook.words("source_times")
        self._records = rulebook.words("record_nouns")
        self._counted = rulebook.words("counted_nouns")
        self._own_voices = [entry.split(" ") for entry in rulebook.words("own_voices")]
        self._persons = rulebook.words("persons")
        self._bodies = rulebook.words("authority_nouns") | rulebook.words("hospital_nouns")
        self._bodies -= self.grammar["no_issuers"]
        kinds = rulebook.words("place_kinds") | rulebook.words("site_nouns")
        self._places = (kinds - self._bodies) | self.grammar["no_issuers"]
        nouns = {entry.split(" ")[-1] for entry in rulebook.words("source_nouns")}
        self._nouns = (
            nouns | {f"{noun}s" for noun in nouns} | {entry.split(" ")[-1] for entry in rulebook.words("titles")}
        )

    def before(self, tokens: Sequence[Token], at: int, floor: int = 0) -> Range | None:
        """The phrase that ends just before `tokens[at]` and begins at `floor` or later; appositions belong to it."""
        if at > floor and tokens[at - 1].folded == ",":
            return self._before_comma(tokens, at - 1, floor)
        return self._trim(tokens, self._start(tokens, at, floor), at)

    def after(self, tokens: Sequence[Token], at: int) -> Range | None:
        """The phrase that begins at `tokens[at]`."""
        last = self._end(tokens, at)
        if last <= at:
            return None
        if last < len(tokens) and tokens[last].folded == "," and tokens[last - 1].is_capitalised:
            apposed = self._end(tokens, last + 1)
            closes = apposed >= len(tokens) or tokens[apposed].folded in _STOPS
            if closes and self._is_apposition(tokens, last + 1, apposed):
                last = apposed
        return at, last

    def subject(self, tokens: Sequence[Token]) -> Range | None:
        """The first noun phrase of a sentence, up to its first verb, phrases of time and place left out."""
        first = 0
        while first < len(tokens):
            stop = self._stop_after(tokens, first)
            if stop >= len(tokens) or tokens[first].folded not in self._adjuncts:
                break
            first = stop + 1
        last = first
        while last < len(tokens) and tokens[last].folded not in _STOPS and not self._is_verb(tokens, last, first):
            last += 1
        return self._trim(tokens, first, last)

    def is_clause(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a stretch of words holds a finite verb, relative clauses left aside."""
        at = first
        while at < last:
            if tokens[at].folded in self.grammar["relatives"]:
                at = self._stop_after(tokens, at)
            elif self._is_verb(tokens, at, first):
                return True
            at += 1
        return False

    def speaks(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a phrase holds a word for someone who speaks, or an acronym."""
        shouted = not any(token.text.islower() for token in tokens)  # all in capitals: no acronym can be told
        return any(
            token.folded in self._nouns or (not shouted and self._is_acronym(token)) for token in tokens[first:last]
        )

    def _is_acronym(self, token: Token) -> bool:
        return len(token.text) > 1 and token.text.isupper() and token.text.isalpha()

    def names_body(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a phrase without a verb holds a word for a body, and none for a place: no province, no centre."""
        held = {token.folded for token in tokens[first:last]}
        if not self.speaks(tokens, first, last):
            return False
        if any(self._is_acronym(token) for token in tokens[first:last]) or not held.isdisjoint(self._bodies):
            return True
        return held.isdisjoint(self._places | self._records)

    def is_record(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a phrase holds a word for something that keeps figures."""
        return any(token.folded in self._records for token in tokens[first:last])

    def is_counted(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a phrase names what is counted ("12 deaths", "cases in Lima") and so cannot be a source."""
        head = first
        while (
            head < last and (head == first or tokens[head].folded not in self._adjuncts) and tokens[head].folded != "of"
        ):
            head += 1
        if tokens[head - 1].folded in self._counted:
            return True
        return any(token.folded[0].isdigit() for token in tokens[first:last]) and not self.speaks(tokens, first, last)

    def is_sentence(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a stretch of words holds a verb that can only be finite."""
        relative = next((at for at in range(first, last) if tokens[at].folded in self.grammar["relatives"]), last)
        return any(token.folded in self._verbs for token in tokens[first:relative])

    def agrees(self, pronoun: str, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a pronoun can stand for a phrase: he and she for one person, it for a body, they for several."""
        head = self._head(tokens, first, last)
        is_name = tokens[head].is_capitalised and tokens[head].folded not in self._nouns
        is_person = is_name or tokens[head].folded in self._persons
        if pronoun in self.grammar["person_pronouns"]:
            return is_person
        if pronoun in self.grammar["thing_pronouns"]:
            return is_name or not is_person
        return True

    def can_say(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a phrase names somebody who might speak: a name, a person, an office."""
        head = tokens[self._head(tokens, first, last)]
        return head.is_capitalised or head.folded in self._persons or self.speaks(tokens, first, last)

    def is_known(self, token: Token) -> bool:
        """Whether a word alone names somebody who might speak: a person, an office, an acronym."""
        return token.folded in self._persons or token.folded in self._nouns or self._is_acronym(token)

    def _head(self, tokens: Sequence[Token], first: int, last: int) -> int:
        at = first
        while (
            at + 1 < last
            and tokens[at + 1].folded not in self._adjuncts | _STOPS | self.grammar["relatives"] | self.grammar["of"]
        ):
            at += 1
        return at

    def is_own_voice(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a phrase names the outlet itself ("our correspondent")."""
        words = [token.folded for token in tokens[first:last]]
        return any(entry in (words[:1], words[:2]) for entry in self._own_voices)

    def antecedent(self, tokens: Sequence[Token], relative: int) -> int:
        """Where the phrase begins that the relative pronoun at `relative` takes up."""
        at = relative
        while at > max(0, relative - 7) and tokens[at - 1].folded not in self._ends_head:
            at -= 1
        return at

    def _before_comma(self, tokens: Sequence[Token], comma: int, floor: int) -> Range | None:
        inner_first = self._start(tokens, comma, floor)
        inner = self._trim(tokens, inner_first, comma)
        at, set_off = inner_first, self.is_adjunct(tokens, inner_first, comma)
        while at - 1 > floor and tokens[at - 1].folded == ",":
            head_last, at = at - 1, self._start(tokens, at - 1, floor)
            if self.is_adjunct(tokens, at, head_last):
                if not set_off:
                    break
                continue
            if self.is_clause(tokens, at, head_last):
                break
            head = self._trim(tokens, at, head_last)
            if head is None:
                break
            return head if set_off else (head[0], comma)
        return None if set_off else inner

    def _start(self, tokens: Sequence[Token], last: int, floor: int) -> int:
        at = last
        while at > floor:
            folded = tokens[at - 1].folded
            if folded == ")":
                at = self._opening(tokens, at - 1, floor)
                continue
            if folded in _STOPS or folded in self.breaks or (folded in self.grammar["content"] and at < last):
                break
            if folded in self.grammar["joins"]:
                left = self._plain_start(tokens, at - 1, floor)
                if left == at - 1 or self.is_clause(tokens, left, at - 1):
                    break
            at -= 1
        return at

    def _plain_start(self, tokens: Sequence[Token], last: int, floor: int) -> int:
        while last > floor and tokens[last - 1].folded not in _STOPS and tokens[last - 1].folded not in self.breaks:
            last -= 1
        return last

    def _opening(self, tokens: Sequence[Token], closing: int, floor: int) -> int:
        for at in range(closing - 1, floor - 1, -1):
            if tokens[at].folded == "(":
                return at
        return closing

    def _end(self, tokens: Sequence[Token], at: int) -> int:
        first, relative = at, False
        while at < len(tokens):
            folded = tokens[at].folded
            if folded == "(" and at > first:
                closing = self._closing(tokens, at)
                if closing is None:
                    break
                at = closing + 1
                continue
            if folded in _STOPS or (at > first and (folded in self.breaks or folded in self.grammar["ends_source"])):
                break
            if at > first:
                if self._opens_clause(tokens, at) or self._opens_time(tokens, at):
                    break
                if folded in self._verbs and not relative:
                    break
                if folded in self.grammar["joins"]:
                    stop = self._stop_after(tokens, at + 1)
                    if stop == at + 1 or self.is_clause(tokens, at + 1, stop):
                        break
            relative = relative or folded in self.grammar["relatives"]
            at += 1
        return at

    def _opens_clause(self, tokens: Sequence[Token], at: int) -> bool:
        folded, previous = tokens[at].folded, tokens[at - 1].folded
        if folded in self.grammar["infinitive"]:
            return at + 1 < len(tokens) and tokens[at + 1].folded in self.grammar["after_infinitive"]
        if folded[0].isdigit():
            return previous not in self._adjuncts
        opens = folded in self.grammar["clause_openers"]
        return opens and previous not in self._before_phrase and not previous.endswith(("ed", "ing"))

    def _opens_time(self, tokens: Sequence[Token], at: int) -> bool:
        if tokens[at].folded in self._times:
            return (
                tokens[at - 1].folded not in self.grammar["possessive"]
                and tokens[at].folded not in self.grammar["unclear_times"]
            )
        following = tokens[at + 1].folded if at + 1 < len(tokens) else ""
        return tokens[at].folded in self.grammar["before_time"] and following in self._times

    def _closing(self, tokens: Sequence[Token], opening: int) -> int | None:
        return next((at for at in range(opening + 1, len(tokens)) if tokens[at].folded == ")"), None)

    def _stop_after(self, tokens: Sequence[Token], at: int) -> int:
        while at < len(tokens) and tokens[at].folded not in _STOPS:
            at += 1
        return at

    def _trim(self, tokens: Sequence[Token], first: int, last: int) -> Range | None:
        while last > first and (
            tokens[last - 1].folded in self._times or tokens[last - 1].folded in self.grammar["before_time"]
        ):
            last -= 1
        while first < last and self._is_lead(tokens[first]):
            first += 1
        if first < last and tokens[first].folded in self._adjuncts:
            first = self._past_adjunct(tokens, first, last)
        if first >= last or tokens[first].folded in self.grammar["according"]:
            return None
        return first, last

    def _is_lead(self, token: Token) -> bool:
        folded = token.folded
        return (
            folded in self._leads
            or folded in self.grammar["joins"]
            or (folded.endswith("ly") and not token.is_capitalised)
        )

    def _past_adjunct(self, tokens: Sequence[Token], first: int, last: int) -> int:
        # "On Monday police", "In Mosul the army", "at dawn residents": the source begins after the phrase.
        at = first + 1
        while at < last and tokens[at].folded in self._times:
            at += 1
        if at > first + 1:
            return at
        for at in range(first + 2, last):
            if tokens[at].folded in self._determiners or tokens[at].folded in self._nouns:
                return at
        return last if tokens[first].folded not in self.grammar["accompanied"] else first + 1

    def _is_verb(self, tokens: Sequence[Token], at: int, first: int) -> bool:
        token = tokens[at]
        if token.folded in self._verbs:
            # "May" within a sentence is the month.
            return at == first or not token.is_capitalised or token.text.isupper()
        if at == first or not token.folded.endswith("ed") or len(token.folded) < 5 or token.is_capitalised:
            return False
        return tokens[at - 1].folded not in self._determiners and not tokens[at - 1].folded.endswith("ly")

    def is_adjunct(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a stretch of words is a phrase of time, place or manner, or nothing."""
        if first >= last:
            return True
        folded = tokens[first].folded
        return folded in self._adjuncts or folded[0].isdigit() or folded.endswith("ing") or self._is_lead(tokens[first])

    def _is_apposition(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        if first >= last or self.is_adjunct(tokens, first, last) or self.is_clause(tokens, first, last):
            return False
        return self.speaks(tokens, first, last)
