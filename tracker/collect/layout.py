"""The layout of a source's files: which column is what, how dates are written, what parts the texts of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tracker.collect.rejected import UnreadableError

FIELDS = ("document_id", "text", "title", "published", "language", "outlet", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How to read files whose makers had something else in mind."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """From a field of ours (one of FIELDS or outlet_country) to the key or column that holds it."""
    date_format: str | None = None
    """As in strptime; None for ISO dates."""
    encoding: str = "utf-8"
    delimiter: str | None = None
    """Of CSV; None for a comma (.csv) or a tab (.tsv)."""
    separator: str | None = None
    """The line that parts the texts of one file; None where a file is one text."""
    prefix: str = ""
    """Set before the ids that come from file names, so that two sources may have files of one name."""

    def column(self, name: str) -> str:
        """The key or column that holds our field `name`."""
        return self.columns.get(name, name)

    def pick(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Our fields from a record of theirs; what it lacks is None."""
        wanted = dict.fromkeys(FIELDS) | dict.fromkeys(self.columns)
        picked = {name: record.get(self.column(name)) for name in wanted}
        published = picked["published"]
        if self.date_format and isinstance(published, str) and published.strip():
            try:
                picked["published"] = datetime.strptime(published.strip(), self.date_format).date()
            except ValueError:
                reason = f"published must be written as in {self.date_format}, not {published!r}."
                raise UnreadableError(reason, detail="published") from None
        return picked


PLAIN = Layout()
