"""The ids that the documents of files have taken: of two different ones under one id, only the first is read."""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Self

from tracker.errors import LedgerError


class TakenIds:
    """Remembers every id in a temporary file that goes with the program, so that memory does not grow with the input.

    The file is made when there are too many ids for a few megabytes of memory.
    """

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("CREATE TABLE taken (id TEXT PRIMARY KEY, digest BLOB, place TEXT) WITHOUT ROWID")
        self._file.execute("BEGIN")  # never ended: nothing of it is to last

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._file.close()

    def take(self, document_id: str, digest: bytes, place: str) -> tuple[bytes, str] | None:
        """Takes an id for the document with this digest at this place; who has it already, where somebody has.

        Raises LedgerError where the temporary file cannot grow.
        """
        try:
            found = self._file.execute("SELECT digest, place FROM taken WHERE id = ?", (document_id,)).fetchone()
            if found is None:
                self._file.execute("INSERT INTO taken VALUES (?, ?, ?)", (document_id, digest, place))
                return None
        except sqlite3.Error as error:
            raise LedgerError(
                f"the temporary file of document ids refused: {error}; make room in the folder of temporary files, "
                "or name another one as TMPDIR."
            ) from None
        return bytes(found[0]), str(found[1])
