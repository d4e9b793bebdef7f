"""What a source holds: documents, each with the place where it was found, and what to remember of the visit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tracker.collect.rejected import Rejected
from tracker.documents import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the last answer of an address was, so that the next question can be a short one."""

    address: str
    origin: str
    """The name of the source that led there."""
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    """Hex digest of the body."""
    details: Mapping[str, str] = field(default_factory=dict)
    """What the source said of the address (title, published); for an API, where to go on."""
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A document, where it was found, and (from the network) the visit to remember once it is recorded."""

    document: Document
    place: str
    line: int | None = None
    visit: Visit | None = None
    captured_at: datetime | None = None
    """When an archive took it; None for what is read now."""
    superseded: bool = False
    """Whether the same archive holds a later capture of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A page that answered that it is as it was."""

    document_id: str
    visit: Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """All that an answer (a feed, a page of results) led to has been dealt with: now its visit may be remembered."""

    place: str
    visit: Visit
    """Its address is the place's with the name of the source: what one source has dealt with is news to another."""


Found = Collected | Unchanged | Settled | Rejected


class Memory(Protocol):
    """What earlier ingests remember; the ledger is one."""

    def visit(self, address: str) -> Visit | None:
        """The last visit of an address."""
        ...

    def visits(self, origin: str, since: datetime) -> list[Visit]:
        """The addresses that a source led to first at `since` or later, in the order of their addresses."""
        ...

    def waiting(self, origin: str) -> list[Visit]:
        """The addresses of a source that are in quarantine and to be tried again."""
        ...

    def given_up(self, origin: str) -> set[str]:
        """The addresses of a source that are not to be tried again: dropped by a person, or tried often enough."""
        ...


class Forgetful:
    """The memory of who remembers nothing: every address is new."""

    def visit(self, _address: str) -> Visit | None:
        """None."""
        return None

    def visits(self, _origin: str, _since: datetime) -> list[Visit]:
        """None at all."""
        return []

    def waiting(self, _origin: str) -> list[Visit]:
        """None at all."""
        return []

    def given_up(self, _origin: str) -> set[str]:
        """None at all."""
        return set()


def sha256(content: bytes) -> str:
    """The hex digest by which bytes are known again."""
    return hashlib.sha256(content).hexdigest()
