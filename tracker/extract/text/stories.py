"""Stories of a page: what is news, what is notice, menu or credit, and where one story ends and the next begins.

Place, date, country and source carry over within a story and never from one to the next. After the notice that closes
an article, every paragraph is a story of its own: such columns hold the beginnings of other articles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.documents import Document
from tracker.extract.text.sentences import Sentence, cut_long, split_paragraphs, split_sentences
from tracker.rulebook import Rulebook

_LONGEST_NOTICE = 1200  # characters; a longer paragraph is read as news whatever it begins with


@dataclass(slots=True)
class Story:
    """One story: its sentences in order, and the headline where the document gives it apart from the text."""

    index: int
    title: Sentence | None
    sentences: list[Sentence] = field(default_factory=list)


class StorySplitter:
    """Splits documents by the rules of `boilerplate.toml`."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rules = rulebook.rules("boilerplate")
        self._abbreviations = rulebook.words("abbreviations")

    def split(self, document: Document) -> list[Story]:
        """The stories of `document` in order; paragraphs that are no news are left out."""
        title = cut_long(Sentence(document.title, 0, len(document.title), -1))[0] if document.title else None
        text = document.text
        stories: list[Story] = []
        current: Story | None = None
        one_by_one = False
        for number, (start, end) in enumerate(split_paragraphs(text)):
            kind = self._kind(text, start, end)
            if kind == "drop":
                continue
            if kind in ("ends", "part"):
                one_by_one = one_by_one or kind == "ends"
                current = None
                continue
            if current is None or one_by_one:
                current = Story(len(stories), title if not stories else None)
                stories.append(current)
            current.sentences += split_sentences(text, start, end, number, self._abbreviations)
            if kind == "stop":
                current = None
        return stories

    def _kind(self, text: str, start: int, end: int) -> str:
        if end - start > _LONGEST_NOTICE:
            return "news"
        line = Sentence(text, start, end, 0).line
        for rule in self._rules:
            if rule.pattern.fullmatch(line):
                return str(rule.values["gives"])
        return "news"
