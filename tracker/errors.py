"""One family of errors: the library raises them, the command line phrases them and sets the exit status."""

from __future__ import annotations

from typing import ClassVar


class TrackerError(Exception):
    """Anything a user can mend; its text is one sentence that says what is wrong, where, and what to do next."""

    exit_status: ClassVar[int] = 2


class UsageError(TrackerError):
    """An argument, a setting or a definition that cannot be used as given."""


class RuleError(TrackerError):
    """A file under `rules/` that cannot be loaded: names the file and, where known, the rule."""


class GazetteerError(TrackerError):
    """The place index is missing, unreadable or older than this program expects."""


class InputError(TrackerError):
    """One input that cannot be read; it is set aside and the rest goes on."""

    exit_status = 1


class LedgerError(TrackerError):
    """The database cannot be opened, or refused a write."""

    exit_status = 3
