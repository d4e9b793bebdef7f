"""The words of each page image, for whoever cannot see it: what stands on the page, in the order in which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.publish.pages.draft import Spoken


def describe_pages(head: str, spoken: Spoken, places: Iterable[Mapping[str, Any]], pages: int) -> list[str]:
    """One text a page, begun by `head` with its number. `places` are the marks of the template: `kind` and `key` of
    each part, and its `page` from 1; what they say stands in `spoken`. A mark that nothing is said of is passed over.
    """
    texts = [[head.format(page=number, pages=pages)] for number in range(1, pages + 1)]
    for place in places:
        lines = spoken.get(place["kind"], [])
        if place["key"] < len(lines):
            texts[place["page"] - 1] += lines[place["key"]]
    return [make_plain("\n".join(lines)) + "\n" for lines in texts]


def make_plain(text: str) -> str:
    """Without the marks that only help setting type: bound spaces, break points, isolation of names."""
    return text.replace("\u00a0", " ").replace("\u200b", "").replace("\u2068", "").replace("\u2069", "")
