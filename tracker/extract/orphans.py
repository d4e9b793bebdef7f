"""Processes that extract for another end with it, however it ends."""

from __future__ import annotations

import os
import signal
import threading
import time

_LOOK_SECONDS = 0.5


def end_with_parent() -> None:
    """From now on this process ends soon after the one that started it, which may be killed without a word.

    A person's Ctrl+C is for that one to answer, and not for each of them with a trace of its own.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
