"""Of one voice's counts in a text, which come on top of one another: what it says that an event cost altogether.

The rule, for claims of one measure, source and status, none of them a part of another:
- claims of one sentence that differ in bounds or in victims are disjoint groups and add up ("two soldiers and a
  policeman" is 3); with the same bounds and the same or no victims they repeat each other;
- a sentence adds to the one before only with a sign of it: another, others, more; also, with victims of its own;
  another person's name where only persons with names were told of;
- who was hurt before and then died comes on top of those killed outright;
- other sentences do not add up: the largest total covers the others, and a looser wording of it gives way;
- attackers are counted apart and come on top of the others, unless a total of people told after them covers both.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.claims import Count
from tracker.incidents.bounds import add, floor, is_looser, looseness
from tracker.incidents.words import fold, word_list

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tracker.claims import Claim

Sum = tuple[Count, list["Claim"]]


def add_up(claims: Sequence[Claim], openers: Collection[str], late: Collection[str] = ()) -> Sum:
    """The total of at least one claim, and the claims that make it up in the order of the text.

    `openers` are the ids of the claims that are the first of any measure in their sentence, `late` those of deaths
    among people who were told of as injured.
    """
    others = [claim for claim in claims if not is_attacker(claim)]
    attackers = [claim for claim in claims if is_attacker(claim)]
    if not others or not attackers:
        return _largest(_chains(claims, openers, late))
    count, members = _largest(_chains(others, openers, late))
    against, hostile = _largest(_chains(attackers, openers, late))
    before = sentence_of(hostile[-1]) < sentence_of(members[0])
    if before and all(map(counts_anybody, members)) and floor(count) >= floor(against):
        return count, members
    return add([count, against]), sorted([*members, *hostile], key=lambda claim: claim.start)


def is_attacker(claim: Claim) -> bool:
    """Whether the claim counts those who did the harm, as far as its own words say."""
    victims = fold(claim.victims or "").split()
    if victims:
        return victims[-1] in word_list("attackers")
    quote = f" {fold(claim.quote)} "
    return (
        (claim.count_min, claim.count_max) == (1, 1)
        and fold(claim.count_text) in word_list("carry_pronouns")
        and any(f" {words} " in quote for words in word_list("own_hand"))
    )


def is_further(claim: Claim) -> bool:
    """Whether the count itself says that it comes on top of another: "another woman", "two others"."""
    signs = set(fold(f"{claim.count_text} {claim.victims or ''}").split()) & word_list("further_counts")
    if claim.count_max is None:
        signs -= set(fold(claim.count_text).split())  # "more than 30" is a bound
    return bool(signs)


def says_also(claim: Claim) -> bool:
    """Whether the claim's sentence says that its harm was done too."""
    return bool(set(fold(claim.quote).split()) & word_list("further_adverbs"))


def counts_anybody(claim: Claim) -> bool:
    """Whether the words count people of every kind, so that a closer noun elsewhere may name some of them."""
    victims = fold(claim.victims or "").split()
    return not victims or victims[-1] in word_list("anybody_nouns")


def sentence_of(claim: Claim) -> tuple[int, int]:
    """Where the claim's sentence stands; the claim's own place where there is no quote."""
    return (claim.quote_start, claim.quote_end) if claim.quote else (claim.start, claim.end)


def drop_repeats(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of one sentence without those that say the same again."""
    kept: list[Claim] = []
    for claim in claims:
        if not any(_repeats(claim, earlier) for earlier in kept):
            kept.append(claim)
    return kept


def count_of(claim: Claim) -> Count:
    """The claim's bounds."""
    return Count(claim.count_min, claim.count_max)


def _chains(claims: Sequence[Claim], openers: Collection[str], late: Collection[str]) -> list[list[Claim]]:
    sentences: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in claims:
        sentences[sentence_of(claim)].append(claim)
    chains: list[list[Claim]] = []
    for _, members in sorted(sentences.items()):
        disjoint = drop_repeats(members)
        before = _referred_to(chains)
        if before and (disjoint[0].claim_id in late or _comes_on_top(disjoint, before, openers)):
            before += disjoint
        else:
            chains.append(disjoint)
    return chains


def _largest(chains: Sequence[list[Claim]]) -> Sum:
    totals = [(add([count_of(claim) for claim in chain]), chain) for chain in chains]
    tight = [entry for entry in totals if not any(is_looser(entry[0], other) for other, _ in totals)]
    return max(tight, key=lambda entry: (floor(entry[0]), -looseness(entry[0]), -entry[1][0].start))


def _referred_to(chains: Sequence[list[Claim]]) -> list[Claim]:
    """The last chain that is no mere reference to a bigger one ("one of them remained in a coma")."""
    for at in range(len(chains) - 1, 0, -1):
        bare = all(claim.victims is None for claim in chains[at])
        if not bare or _least(chains[at]) > max(map(_least, chains[:at])):
            return chains[at]
    return chains[0] if chains else []


def _comes_on_top(sentence: Sequence[Claim], chain: Sequence[Claim], openers: Collection[str]) -> bool:
    # "Two were killed and four others hurt": others than the two, not than those hurt before.
    if is_further(sentence[0]) and sentence[0].claim_id in openers:
        return True
    if all(map(_is_named, [*sentence, *chain])):
        return not _names(sentence) & _names(chain)
    if not says_also(sentence[0]):
        return False
    known = {fold(claim.victims or "") for claim in chain}
    if any(counts_anybody(claim) or fold(claim.victims or "") in known for claim in sentence):
        return False
    return _least(sentence) <= _least(chain) or not any(map(counts_anybody, chain))


def _least(claims: Sequence[Claim]) -> int:
    return floor(add([count_of(claim) for claim in claims]))


def _is_named(claim: Claim) -> bool:
    """One person, called by name: each word of the name begins with a capital, and there is more than one."""
    words = (claim.victims or "").split()
    return (claim.count_min, claim.count_max) == (1, 1) and len(words) > 1 and all(w[:1].isupper() for w in words)


def _names(claims: Sequence[Claim]) -> set[str]:
    return {word for claim in claims for word in fold(claim.victims or "").split()}


def _repeats(claim: Claim, earlier: Claim) -> bool:
    if (claim.count_min, claim.count_max) != (earlier.count_min, earlier.count_max):
        return False
    return claim.victims is None or earlier.victims is None or fold(claim.victims) == fold(earlier.victims)
