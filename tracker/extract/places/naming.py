"""Every place name of a document with what it means: what the place finder sees before any harm is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.documents import Document
from tracker.extract.places.finding import PlaceFinder
from tracker.extract.places.mentions import TITLE
from tracker.extract.text.stories import StorySplitter
from tracker.gazetteer import Gazetteer, Place
from tracker.rulebook import Rulebook, load_rulebook
from tracker.settings import Settings


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place name at half-open character offsets of a document's text."""

    start: int
    end: int
    text: str
    place: Place | None
    """What it most likely means; None where the gazetteer does not know it, or the story contradicts all it knows."""
    is_people: bool
    """Whether it is a people's name or the adjective of a country: "Syrian"."""


class PlaceReader:
    """Reads the place names of documents with one rulebook and one gazetteer."""

    def __init__(self, rulebook: Rulebook, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._stories = StorySplitter(rulebook)
        self._finder = PlaceFinder(rulebook, gazetteer)

    def read(self, document: Document) -> list[NamedPlace]:
        """The names in the order of the text; words that only describe a place ("the city") are none.

        The title helps to settle what a name means, but its own names have no offsets in the text and are left out.
        """
        found: dict[tuple[int, int], NamedPlace] = {}
        for story in self._stories.split(document):
            for mention in self._finder.find(story.sentences, story.title, document.outlet_country):
                if mention.sentence == TITLE or mention.is_described or not mention.text:
                    continue
                start = story.sentences[mention.sentence].tokens[mention.first].start
                end = start + len(mention.text)
                is_people = self._gazetteer.demonym(mention.text) is not None
                found[start, end] = NamedPlace(start, end, mention.text, mention.place, is_people)
        return [found[span] for span in sorted(found)]


def load_place_reader(settings: Settings) -> PlaceReader:
    """The reader for these settings."""
    rulebook = load_rulebook(settings.rules_folder, settings.language)
    return PlaceReader(rulebook, Gazetteer.open(settings.rules_folder))
