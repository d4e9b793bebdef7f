"""A source's pages, visited: what its feed lists, what waits in quarantine, and what may have been corrected since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from tracker.collect.addresses import show_address, tidy_address
from tracker.collect.feeds import Entry, looks_like_feed, read_feed
from tracker.collect.fetching import Answer, Web
from tracker.collect.found import Collected, Found, Memory, Settled, Unchanged, Visit, sha256
from tracker.collect.pages import make_page_document, make_text_document, make_told_document
from tracker.collect.rejected import Rejected, UnreadableError
from tracker.collect.sources import Kind, Source

_TEXT_KINDS = ("text/plain", "text/markdown")
_PAGE_KINDS = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "")


class Visitor:
    """One ingest of one source from the network. Nothing is fetched before it is asked for."""

    def __init__(self, source: Source, memory: Memory, web: Web, now: datetime) -> None:
        self._source = source
        self._memory = memory
        self._web = web
        self._now = now
        self._seen = memory.given_up(source.name) - {tidy_address(place) for place in source.places}

    def collect(self) -> Iterator[Found]:
        """All that the source holds: of each address the document, that it is unchanged, or why there is none."""
        for address in self._source.places:
            if self._source.kind is Kind.PAGE:
                yield from self._visit(tidy_address(address), {})
            else:
                yield from self._visit_feed(address)
        if self._source.kind is Kind.PAGE or not self._source.follow:
            return
        feeds = {*self._source.places, *map(tidy_address, self._source.places)}
        since = self._now - timedelta(days=self._source.revisit_days)
        known = [*self._memory.waiting(self._source.name), *self._memory.visits(self._source.name, since)]
        for visit in known:
            if visit.address not in feeds and "#" not in visit.address:  # which no page's tidied address has
                yield from self._visit(visit.address, visit.details)

    # Feeds.

    def _visit_feed(self, address: str) -> Iterator[Found]:
        page = self._source.kind is Kind.ADDRESS
        remembered = tidy_address(address) if page else f"{address}#{self._source.name}"
        earlier = self._memory.visit(remembered)
        try:
            answer = self._ask(address, earlier)
            visit = self._note(remembered, earlier, answer, {})
            if answer.unchanged or (earlier is not None and earlier.sha256 == visit.sha256):
                same = Unchanged(document_id=remembered, visit=visit)
                yield same if page else Settled(place=show_address(address), visit=visit)
                return
            if page and not looks_like_feed(answer.body, answer.kind):
                yield self._make(tidy_address(address), answer, visit)
                return
            entries = read_feed(answer.body, answer.address)
        except UnreadableError as refusal:
            yield self._refuse(address, earlier, {}, refusal)
            return
        for number, entry in enumerate(entries, 1):
            yield from self._visit_entry(address, number, entry)
        # Only now: an ingest that is killed before meets the whole feed again. Pages that could not be reached wait in
        # quarantine under their own addresses, whether the feed still lists them tomorrow or not.
        yield Settled(place=show_address(address), visit=visit)

    def _visit_entry(self, feed: str, number: int, entry: Entry) -> Iterator[Found]:
        if self._source.follow and entry.address:
            yield from self._visit(entry.address, entry.told)
            return
        if entry.address:
            if entry.address in self._seen:
                return
            self._seen.add(entry.address)
        name = entry.address or f"{tidy_address(feed)}#{sha256(repr(entry).encode('utf-8', 'backslashreplace'))[:12]}"
        try:
            document = make_told_document(entry.markup, name, entry.told, self._source.defaults)
        except UnreadableError as refusal:
            reason = str(refusal) if entry.address else f"the entry has no address, and of its own words: {refusal}"
            yield Rejected(show_address(feed), number, reason, refusal.sha256)
            return
        yield Collected(document=replace(document, url=entry.address or None), place=feed, line=number)

    # Pages.

    def _visit(self, address: str, told: Mapping[str, str]) -> Iterator[Found]:
        if address in self._seen:
            return
        self._seen.add(address)
        earlier = self._memory.visit(address)
        if earlier is not None and self._is_settled(earlier):
            return
        told = told or (earlier.details if earlier else {})
        try:
            answer = self._ask(address, earlier)
            visit = self._note(address, earlier, answer, told)
            if answer.unchanged or (earlier is not None and earlier.sha256 == visit.sha256):
                yield Unchanged(document_id=address, visit=visit)
                return
            yield self._make(address, answer, visit)
        except UnreadableError as refusal:
            yield self._refuse(address, earlier, told, refusal)

    def _is_settled(self, earlier: Visit) -> bool:
        """Whether a page is too old to be asked for corrections, although a feed still lists it."""
        if self._source.kind is Kind.PAGE:
            return False
        return earlier.first_at < self._now - timedelta(days=self._source.revisit_days)

    def _ask(self, address: str, earlier: Visit | None) -> Answer:
        return self._web.ask(
            address,
            etag=earlier.etag if earlier else None,
            last_modified=earlier.last_modified if earlier else None,
            robots=self._source.robots,
            allow_private=self._source.allow_private,
        )

    def _note(self, address: str, earlier: Visit | None, answer: Answer, told: Mapping[str, str]) -> Visit:
        """What to remember: an answer that nothing changed may leave out what the one before it said."""
        kept = earlier if answer.unchanged else None
        return Visit(
            address=address,
            origin=earlier.origin if earlier else self._source.name,
            etag=answer.etag or (kept.etag if kept else None),
            last_modified=answer.last_modified or (kept.last_modified if kept else None),
            sha256=kept.sha256 if kept else sha256(answer.body),
            details=dict(told),
            first_at=earlier.first_at if earlier else self._now,
            last_at=self._now,
        )

    def _make(self, address: str, answer: Answer, visit: Visit) -> Found:
        source = self._source
        try:
            if answer.kind in _TEXT_KINDS:
                make = make_text_document
            elif answer.kind in _PAGE_KINDS:
                make = make_page_document
            else:
                raise UnreadableError(f"it is of the kind {answer.kind}, not a page or a text.", sha256=visit.sha256)
            document = make(answer.body, answer.charset, address, visit.details, source.defaults)
        except UnreadableError as refusal:
            return Rejected(show_address(address), None, str(refusal), visit.sha256, visit)
        return Collected(document=document, place=address, visit=visit)

    def _refuse(
        self, address: str, earlier: Visit | None, told: Mapping[str, str], refusal: UnreadableError
    ) -> Rejected:
        """Set aside, with what is needed to ask again; not what would make the next answer a short one."""
        visit = Visit(
            address=address,
            origin=self._source.name,
            details=dict(told),
            first_at=earlier.first_at if earlier else self._now,
            last_at=self._now,
        )
        return Rejected(show_address(address), None, str(refusal), refusal.sha256, visit)
