"""Builds the place index while the package is built, and adds to a wheel what reports are made from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlaceIndexHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs the builder of `tracker gazetteer build` for wheels and editable installs; a current index stays."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the index and add it to the files of the wheel, though git ignores it; add the definitions too."""
        sys.path.insert(0, self.root)
        try:
            from tracker.gazetteer.builder import build_index
            from tracker.gazetteer.index import INDEX
        finally:
            sys.path.remove(self.root)
        build_index()
        if self.target_name == "wheel" and version != "editable":
            for path in sorted(Path(self.root, "reports").iterdir()):
                if path.name != "gallery":  # examples for the web, which no report needs
                    build_data["force_include"][str(path)] = f"tracker/data/reports/{path.name}"
        build_data["artifacts"].append("/" + INDEX.relative_to(Path(self.root).resolve()).as_posix())
