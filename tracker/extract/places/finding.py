"""The places of a story: every name with its role, ambiguous names settled by the others of the story."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from tracker.extract.places.choosing import ACTION, HarmPlace, StoryPlaces
from tracker.extract.places.headings import HEADING, heads_list, label_end
from tracker.extract.places.mentions import TITLE, PlaceMention
from tracker.extract.places.resolution import resolve
from tracker.extract.places.roles import Cue, PlaceCues
from tracker.extract.places.toponyms import Name, ToponymFinder
from tracker.extract.text.sentences import Sentence
from tracker.extract.text.tokens import Token
from tracker.gazetteer import Gazetteer, Place
from tracker.rulebook import Rulebook

__all__ = ["HarmPlace", "PlaceFinder", "PlaceMention", "StoryPlaces"]

_INVISIBLE = (
    "\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"  # marks of direction
)
_DATELINE_END = frozenset(["-", "--", "–", "—", ":"])
_LISTED = frozenset(["bare", "subject", "speaker", "dateline", "locative", "event"])
_LONGEST_DATELINE = 16  # tokens
_HOME = (5, 6)  # tokens before and after a land's name that may belong to its ministry
_DESCRIBED = 3  # tokens between a people's name and the person whom it describes: "a Romanian lorry driver"
_AIR_STRIKE = "place.air_strike"  # the rule that asks for a country written in letters
_NAMING = frozenset(["place.local_office"])  # cues that let small places be read, though nobody was hurt there
_FIRM = frozenset(["place.in", "place.near", "place.in_site_of"])  # cues that make a place of a name that nobody knows
_KNOWN_ONLY = frozenset(["place.at_a"])  # cues that make no place of a name that nobody knows: "in an Apple store"


class PlaceFinder:
    """Finds the places of stories with the rules of one rulebook."""

    def __init__(self, rulebook: Rulebook, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._cues = PlaceCues(rulebook)
        self._names = ToponymFinder(rulebook, gazetteer)
        self._hospitals = rulebook.words("hospital_nouns")
        self._indefinite = rulebook.words("indefinite_articles")
        self._abroad = rulebook.words("foreign_sites")
        self._persons = rulebook.words("persons") | rulebook.words("titles")
        self._weapons = rulebook.words("weapon_nouns")
        self._home_bodies = rulebook.words("home_bodies")
        self._local_people = rulebook.words("local_people")

    def find(
        self,
        sentences: Sequence[Sentence],
        title: Sentence | None,
        outlet_country: str | None,
        victims: Collection[str] = (),
    ) -> list[PlaceMention]:
        """The mentions of a story in the order of its words, the title's first; `victims` are folded surnames."""
        mentions: list[PlaceMention] = []
        descriptions: list[tuple[int, Cue]] = []
        if title is not None:
            mentions += self._read(title, TITLE, 0)
        for number, sentence in enumerate(sentences):
            mentions += self._read(sentence, number, len(mentions))
            descriptions += [(number, cue) for cue in self._cues.for_themselves(sentence)]
        mentions = _place_lists(mentions, sentences)
        story = dict(enumerate(sentences)) | ({TITLE: title} if title is not None else {})
        surnames = self._names.surnames(story.values()).union(victims)
        mentions = [m for m in mentions if not _is_surname(m, surnames, story[m.sentence])]
        mentions = resolve(mentions, self._gazetteer, outlet_country)
        mentions = _keep_to_label(mentions, sentences)
        found = [
            described
            for number, cue in descriptions
            if (described := self._describe(number, cue, sentences[number], mentions)) is not None
        ]
        return sorted([*mentions, *found], key=lambda mention: (mention.sentence, mention.first, mention.last))

    def _read(self, sentence: Sentence, number: int, chain: int) -> list[PlaceMention]:
        starts = self._names.starts(sentence)
        if not starts:
            return []
        cues = self._cues.before_names(sentence) if starts[-1] > 0 else []
        cued: dict[int, bool] = {}
        for cue in cues:
            if cue.role == "locative" or cue.rule_id in _NAMING:
                for at in range(cue.opens, cue.last + 1):
                    cued[at] = cued.get(at, False) or cue.rule_id in _FIRM
        names = self._names.find(sentence, cued, starts)
        dateline = _dateline_end(sentence, names) if number <= 1 else 0
        mentions: list[PlaceMention] = []
        for at, name in enumerate(names):
            before = mentions[-1] if mentions else None
            role, near, rule_id = self._role(sentence, name, _best(cues, name))
            links = self._cues.between_names(sentence.tokens, names[at - 1].last, name.first) if at else []
            if role == "locative" and before is not None and before.rule_id == "place.journey" and "journey" in links:
                role, rule_id = "route", "place.journey"
            joint = _joint(links, names[at - 1], before, name, role) if before is not None else None
            if name.last <= dateline and name.shape not in ("demonym", "body"):
                role, rule_id = "dateline", "place.dateline"
            elif before is not None and joint is not None and before.role != "demonym" and name.shape != "demonym":
                role, near = joint, before.near
            if rule_id in _KNOWN_ONLY and not name.places:
                continue
            chain += joint is None
            is_home = self._is_home(sentence, name)
            end = name.core if name.core and is_home else name.last  # "Gaza", of "Gaza Ministry of Health"
            text = sentence.text[sentence.tokens[name.first].start : sentence.tokens[end - 1].end].rstrip(_INVISIBLE)
            mentions.append(
                PlaceMention(
                    number,
                    name.first,
                    name.last,
                    text,
                    self._candidates(name),
                    role,
                    near=near,
                    chain=chain,
                    is_local=self._is_local(sentence, name),
                    is_home=is_home,
                    rule_id=rule_id,
                )
            )
        return mentions

    def _candidates(self, name: Name) -> tuple[Place, ...]:
        if name.noun in self._abroad:
            return ()
        return (self._gazetteer.country(name.country),) if name.country else name.places

    def _role(self, sentence: Sentence, name: Name, cue: Cue | None) -> tuple[str, bool, str]:
        if name.shape == "demonym":
            after = self._cues.after_name(sentence.tokens, name.last)
            if after is not None and after[1] == ACTION:
                return "demonym", False, ACTION
            following = sentence.tokens[name.last : name.last + _DESCRIBED]
            if following and following[0].folded in self._weapons:
                return "origin", False, "place.demonym_of_weapon"
            is_of_person = any(token.folded in self._persons for token in following)
            return "demonym", False, "place.demonym_of_person" if is_of_person else "place.demonym"
        if name.shape == "body":
            return "speaker", False, "place.body"
        if name.shape == "road":
            return "route", False, "place.road"
        if cue is not None and cue.rule_id == "place.care":
            words = " ".join(token.folded for token in sentence.tokens[name.first : name.last])
            if any(noun in words for noun in self._hospitals):
                return "route", False, cue.rule_id
            cue = None
        before = sentence.tokens[name.first - 1].folded if name.first else ""
        if cue is not None and self._strikes(sentence.tokens, name):
            return "demonym", False, ACTION
        if cue is not None and not (before in self._indefinite and self._is_adjectival(sentence.tokens, name, True)):
            return cue.role, cue.near, cue.rule_id
        after = self._cues.after_name(sentence.tokens, name.last)
        if after is not None and after[1] == ACTION:
            is_actor = bool(name.places) and name.places[0].kind == "country"
            return ("demonym" if is_actor else "event"), False, after[1]
        if after is not None:
            return after[0], False, after[1]
        return ("demonym" if self._is_adjectival(sentence.tokens, name) else "bare"), False, "place.bare"

    def _strikes(self, tokens: Sequence[Token], name: Name) -> bool:
        """Whether the country strikes rather than is struck: "in US drone strikes in Somalia"."""
        if not name.places or name.places[0].kind != "country":
            return False
        rule_id = self._cues.strike_after(tokens, name.last)
        return rule_id is not None and (rule_id != _AIR_STRIKE or _is_acronym(tokens[name.first]))

    def _is_adjectival(self, tokens: Sequence[Token], name: Name, counted: bool = False) -> bool:
        """Whether a country's name stands like an adjective: "US senator", where `counted` "a United States raid"."""
        if not name.places or name.places[0].kind != "country" or name.last >= len(tokens):
            return False
        if counted:
            return tokens[name.last].text.islower() and name.noun == ""
        return tokens[name.last].folded in self._persons or _is_acronym(tokens[name.first])

    def _is_local(self, sentence: Sentence, name: Name) -> bool:
        return any(
            token.folded in self._local_people for token in sentence.tokens[max(0, name.first - 7) : name.last + 3]
        )

    def _is_home(self, sentence: Sentence, name: Name) -> bool:
        around = sentence.tokens[max(0, name.first - _HOME[0]) : name.last + _HOME[1]]
        return any(token.folded in self._home_bodies for token in around)

    def _describe(
        self, number: int, cue: Cue, sentence: Sentence, mentions: Sequence[PlaceMention]
    ) -> PlaceMention | None:
        """What the words stand for: the nearest place of the kind before them, else after them."""
        if cue.role == "worldwide":
            return PlaceMention(
                number, cue.first, cue.last, "", (), "worldwide", rule_id=cue.rule_id, chain=-1 - cue.first
            )
        inner = [m for m in mentions if m.sentence == number and cue.first <= m.first < cue.last]
        if any(m.role != "demonym" for m in inner):
            return None
        country = next((m.place.country for m in inner if m.place), None)
        before = [m for m in mentions if (m.sentence, m.first) < (number, cue.first)]
        nearest = [*reversed(before), *(() if cue.kinds == ("country",) else mentions[len(before) :])]
        if "town" in cue.kinds and "country" not in cue.kinds:  # hardly the camp that was named last
            nearest.sort(key=lambda m: m.rule_id == "place.site" or (m.place is not None and m.place.kind == "site"))
        for mention in nearest:
            place = mention.place
            if mention.role in ("demonym", "origin", "route", "worldwide"):
                continue
            if mention.role == "speaker" and not country and not (mention.is_home and mention.sentence <= number):
                continue  # "the island nation", of which the government has spoken
            if place is None:
                if "town" not in cue.kinds or mention.role not in ("locative", "nested", "list", "dateline"):
                    continue
            elif place.kind not in cue.kinds or (country and place.country != country):
                continue
            joined = next((m.chain for m in before if m.sentence == number and 0 <= cue.first - m.last <= 1), None)
            return PlaceMention(
                number,
                cue.first,
                cue.last,
                mention.text,
                mention.candidates,
                "locative",
                is_described=True,
                rule_id=cue.rule_id,
                chain=-1 - cue.first if joined is None else joined,
            )
        return None


def _is_acronym(token: Token) -> bool:
    """Whether a country is written in letters that stand for words: "US", "U.S."."""
    letters = token.text.replace(".", "")
    return len(letters) <= 3 and letters.isupper()


def _keep_to_label(mentions: Sequence[PlaceMention], sentences: Sequence[Sentence]) -> list[PlaceMention]:
    """The mentions of a story that is filed under a country ("LEBANON. Two soldiers …"): all else is not the scene."""
    label = next((m for m in mentions if m.sentence == 0), None)
    if label is None or label.place is None or label.place.kind != "country" or label.first > 0:
        return list(mentions)
    rest = sentences[0].tokens[label.last :]
    if [token.folded for token in rest] not in ([], ["."]) or not sentences[0].tokens[0].text.isupper():
        return list(mentions)
    country = label.place.country
    kept = [replace(label, role="dateline", rule_id="place.dateline")]
    for mention in mentions:
        if mention is label or mention.role in ("demonym", "worldwide"):
            continue
        fitting = tuple(place for place in mention.candidates if place.country == country)
        if fitting or not mention.candidates:
            kept.append(replace(mention, candidates=fitting))
    return kept


def _place_lists(mentions: Sequence[PlaceMention], sentences: Sequence[Sentence]) -> list[PlaceMention]:
    """The mentions; the place of a list's heading or of a line's label is where its figures are from."""
    return [_in_list(mention, sentences) for mention in mentions]


def _in_list(mention: PlaceMention, sentences: Sequence[Sentence]) -> PlaceMention:
    if mention.sentence == TITLE or mention.role not in _LISTED:
        return mention
    if heads_list(sentences, mention.sentence):
        return replace(mention, role="locative", rule_id=HEADING)
    if mention.role != "locative" and mention.last <= label_end(sentences[mention.sentence]):
        return replace(mention, role="locative", rule_id="place.label")
    return mention


def _joint(
    links: Collection[str], previous: Name, before: PlaceMention, name: Name, role: str
) -> Literal["nested", "list"] | None:
    """How a name is joined to the one before it, whose chain it then belongs to."""
    if any(n.shape in ("body", "road") for n in (previous, name)):
        return None
    if before.rule_id == "place.care" or (before.role == "subject" and role == "locative"):
        return None
    if "nested" in links:
        return "nested"
    return "list" if "list" in links and "demonym" not in (previous.shape, name.shape) else None


def _is_surname(mention: PlaceMention, surnames: Collection[str], sentence: Sentence) -> bool:
    """Whether what looks like a small place is how the story calls a person."""
    if mention.last - mention.first > 1 or mention.text.casefold() not in surnames:
        return False
    place = mention.place
    if place is None:
        return True
    owns = sentence.tokens[mention.last : mention.last + 1]
    is_owner = bool(owns) and owns[0].folded == "'s"  # "inside McArthur's home"
    return place.kind in ("town", "admin2") and (is_owner or mention.role not in ("locative", "nested", "dateline"))


def _best(cues: Iterable[Cue], name: Name) -> Cue | None:
    fitting = [cue for cue in cues if cue.opens <= name.first <= cue.last]
    exact = [cue for cue in fitting if cue.rule_id != "place.care"] if name.shape not in ("site",) else fitting
    return min(exact, key=lambda cue: (cue.first, -cue.last, cue.rule_id), default=None)


def _dateline_end(sentence: Sentence, names: Sequence[Name]) -> int:
    """How many tokens of the sentence are a dateline ("NAKURU, Kenya (Agency) —"), 0 where there is none."""
    if not names or names[0].first != 0:
        return 0
    tokens = sentence.tokens
    for at, token in enumerate(tokens[:_LONGEST_DATELINE]):
        if (
            token.text in _DATELINE_END
            and at >= names[0].last
            and (token.text in "—–:" or tokens[at - 1].end < token.start or at == names[0].last)
        ):
            return at
        if token.text[0].isalpha() and token.text.islower() and token.folded not in ("and", "of"):
            return 0
    return 0
