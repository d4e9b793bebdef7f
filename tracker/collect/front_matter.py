"""Front matter: TOML between two lines `+++` at the top of a text says what is known about it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from tracker.collect.rejected import UnreadableError

KEYS = ("title", "published", "outlet", "outlet_country", "url", "language")
_FENCE = re.compile(r"\+\+\+[ \t]*(?:\r\n|\n|\Z)")
_CLOSING = re.compile(r"^\+\+\+[ \t]*(?:\r\n|\n|\Z)", re.MULTILINE)
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The details and the text proper, which begins right after the newline that ends the closing line `+++`.

    A text that does not open with `+++` is all text. Raises `UnreadableError` with the line that is at fault.
    """
    opening = _FENCE.match(text)
    if not opening:
        return {}, text
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise UnreadableError("the front matter is not closed; end it with a line +++.", 1)
    block = text[opening.end() : closing.start()]
    try:
        details = tomllib.loads(block)
    except ValueError as error:  # no TOML, or a number too long to be read
        found = _AT_LINE.search(str(error))
        line = int(found[1]) + 1 if found else block.count("\n") + 1
        is_toml = not isinstance(error, tomllib.TOMLDecodeError)
        message = "a number in it is too long to be read" if is_toml else _AT_LINE.sub("", str(error)).strip()
        raise UnreadableError(f"the front matter is not TOML: {message}.", line) from None
    for key in details:
        if key not in KEYS:
            raise UnreadableError(
                f"the front matter has an unknown key {key!r}; it may have {', '.join(KEYS)}.", _line(block, key)
            )
    return details, text[closing.end() :]


def find_line(text: str, key: str) -> int | None:
    """The line of `text` (from 1) on which its front matter sets `key`."""
    opening, closing = _FENCE.match(text), _CLOSING.search(text, 3)
    return _line(text[opening.end() : closing.start()], key) if opening and closing else None


def _line(block: str, key: str) -> int:
    """The line of the file on which `key` stands: the block begins on the file's second line."""
    pattern = re.compile(rf"[\s\[]*[\"']?{re.escape(key)}\b")
    numbers = (number for number, line in enumerate(block.split("\n"), 2) if pattern.match(line))
    return next(numbers, 1)
