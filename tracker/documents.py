"""A document: one text as it was read, with its outlet and its date of publication."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text with what is known about it. Offsets everywhere refer to `text`, exactly as given."""

    document_id: str
    text: str
    title: str | None = None
    published: date | None = None
    language: str | None = None
    outlet: str | None = None
    outlet_country: str | None = None
    """ISO 3166-1 alpha-3 of the country that the outlet mainly writes about, where a source definition says so."""
    url: str | None = None

    @property
    def text_sha256(self) -> str:
        """Hex digest of the text in UTF-8: the identity of what was read, whatever it was called."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
