"""One small factory: a reading that names only what matters to the test."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tracker.claims import Cause, Claim, Measure
from tracker.readings import Reading

Tell = Callable[..., Reading]


def tell(text: str, count: str, **given: Any) -> Reading:
    """A reading of the text named `text`: counts are "8", "8+" (at least), "-8" (up to) or "5-8".

    By default deaths in a shooting in Maiduguri on 5 May 2025, published that day by an outlet named after the text.
    """
    low, dash, high = re.fullmatch(r"(\d*)([-+]?)(\d*)", count).groups()
    start = given.pop("start", 0)
    day = given.pop("day", 5)
    happened = given.pop("happened", 5)
    span = happened if isinstance(happened, tuple) else (happened, happened)
    fields = {
        "document_id": text,
        "measure": Measure.DEATHS,
        "count_text": "x" * 3,
        "quote": f"The sentence at {start} of {text}.",
        "quote_start": start,
        "quote_end": start + 40,
        "country": "NGA",
        "places": ("Maiduguri",),
        "cause": Cause.SHOOTING,
    }
    document = {
        "text_sha256": given.pop("sha", text),
        "published": May(day),
        "outlet": given.pop("outlet", f"outlet of {text}"),
        "copies": given.get("copies", ()),
        "alike": given.pop("alike", given.pop("copies", ())),
    }
    return Reading(
        claim=Claim(
            count_min=int(low) if low else None,
            count_max=int(high) if high else None if dash else int(low),
            start=start,
            end=given.pop("end", start + 3),
            date_start=May(span[0]),
            date_end=May(span[1]),
            **(fields | given),
        ),
        **document,
    )


def May(day: int | date | None) -> date | None:  # noqa: N802
    """A day of May 2025, or the date itself."""
    return date(2025, 5, day) if isinstance(day, int) else day


@pytest.fixture(name="tell", scope="session")
def _tell() -> Tell:
    return tell
