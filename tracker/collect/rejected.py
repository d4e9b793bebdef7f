"""An input that was set aside: which one, where in it, and why, in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.errors import InputError

if TYPE_CHECKING:
    from tracker.collect.found import Visit

_QUOTED = 300


@dataclass(frozen=True, slots=True)
class Rejected:
    """One input that could not become a document. `line` counts from 1; None where the whole input is meant."""

    source: str
    line: int | None
    reason: str
    sha256: str | None = field(default=None, compare=False)
    """Hex digest of its bytes; None where there were none to read."""
    visit: Visit | None = field(default=None, compare=False)
    """What is known of the address, for trying it again; None where it is not from the network."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", printable(_shorten(self.reason)))  # it may quote the input

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{printable(place)}: {self.reason}"


def _shorten(reason: str) -> str:
    """The reason without the middle of what it quotes at length."""
    return reason if len(reason) <= 2 * _QUOTED else f"{reason[:_QUOTED]} … {reason[-_QUOTED:]}"


class UnreadableError(InputError):
    """Raised inside this room by whoever finds the fault; the reader turns it into a `Rejected`."""

    def __init__(
        self, reason: str, line: int | None = None, detail: str | None = None, sha256: str | None = None
    ) -> None:
        super().__init__(reason)
        self.line = line
        self.detail = detail
        """The key of the detail that does not fit, where it is one."""
        self.sha256 = sha256
        """The digest of the bytes that could not be read, where there were any."""


def printable(text: str) -> str:
    """A text that any terminal and database can hold: what others wrote may command a terminal, or be no characters."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def name_safely(name: str) -> str:
    """A file name that any terminal and database can hold: bytes that are no UTF-8 are written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
