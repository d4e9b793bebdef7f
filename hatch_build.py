"""Builds the place index while the package is built, so that every installation has a working gazetteer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlaceIndexHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs the builder of `tracker gazetteer build` for wheels and editable installs; a current index stays."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the index and add it to the files of the wheel, though git ignores it."""
        sys.path.insert(0, self.root)
        try:
            from tracker.gazetteer.builder import build_index
            from tracker.gazetteer.index import INDEX
        finally:
            sys.path.remove(self.root)
        build_index()
        build_data["artifacts"].append("/" + INDEX.relative_to(Path(self.root).resolve()).as_posix())
