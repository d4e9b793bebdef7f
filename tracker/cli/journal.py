"""The log file: one JSON object a line, readable by its owner only."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tracker.errors import UsageError

_OWN = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


@contextmanager
def journal(path: Path | None) -> Iterator[None]:
    """While it is open, what the program logs is appended to the file at `path`; UsageError where that cannot be."""
    if path is None:
        yield
        return
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    except OSError as error:
        raise UsageError(f"the log file {path} cannot be written: {error.strerror or error}.") from None
    stream = os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_JsonLines())
    logger = logging.getLogger("tracker")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = True
        stream.close()


class _JsonLines(logging.Formatter):
    """Time (UTC), level, what happened, and whatever else the event carries."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        entry |= {key: value for key, value in record.__dict__.items() if key not in _OWN}
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)
