"""Processes that extract for another end with it, however it ends."""

from __future__ import annotations

import os
import threading
import time

_LOOK_SECONDS = 0.5


def end_with_parent() -> None:
    """From now on this process ends soon after the one that started it, which may be killed without a word."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
