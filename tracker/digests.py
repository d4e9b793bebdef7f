"""A digest of plain values: what is equal has one name, on every machine and in every run."""

from __future__ import annotations

import hashlib
import json


def digest(*values: object) -> str:
    """A hex digest of plain values: equal values, equal digest, on every machine."""
    content = json.dumps(values, ensure_ascii=True, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()
