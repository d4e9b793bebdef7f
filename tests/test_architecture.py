"""The house stands as docs/architecture.md draws it: imports run one way, modules are small, the start is light."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "tracker"

FLOORS = (
    ("spans.py", "errors.py", "claims.py", "documents.py", "readings.py", "judgements.py", "digests.py", "settings.py"),
    ("rulebook/",),
    ("gazetteer/",),
    ("extract/",),
    ("collect/",),
    ("ledger/",),
    ("incidents/",),
    ("publish/",),
    ("quality/",),
    ("ingest.py", "doctor.py"),
    ("cli/",),
)
"""From the ground up: a room imports from its own floor and from those above it in this list."""

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "data" not in path.relative_to(PACKAGE).parts)
HEAVY = (
    *("pandas", "matplotlib", "sqlmodel", "sqlalchemy", "alembic", "typst", "numpy"),
    *(
        "requests",
        "urllib3",
        "feedparser",
        "trafilatura",
        "lxml",
        "warcio",
        "zstandard",
        "protego",
        "charset_normalizer",
    ),
)
NAMELESS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers"}
MOST_LINES = 400


def room_of(path: Path) -> str:
    """The room that a file of the package stands in, as the table of floors writes it."""
    first, *rest = path.relative_to(PACKAGE).parts
    return f"{first}/" if rest else first


def floor_of(room: str) -> int | None:
    """The floor's place in FLOORS; None for what stands on none."""
    return next((at for at, rooms in enumerate(FLOORS) if room in rooms), None)


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a module imports from, at its start, inside its functions or for type checking alike."""
    package = ["tracker", *path.relative_to(PACKAGE).parent.parts]
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            # `from tracker import ledger` names the room only after the import.
            names |= {f"{module}.{alias.name}" for alias in node.names} if module == "tracker" else {module}
    inside = [name.split(".")[1] for name in names if name.startswith("tracker.")]
    return {f"{name}/" if (PACKAGE / name).is_dir() else f"{name}.py" for name in inside}


def test_the_floors_are_those_of_the_documentation() -> None:
    drawn = re.findall(r"^\| (\d+) \| (.*?) \|", (ROOT / "docs" / "architecture.md").read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _ in drawn] == list(range(1, len(FLOORS) + 1))
    assert [tuple(re.findall(r"`(.+?)`", rooms)) for _, rooms in drawn] == list(FLOORS)


def test_every_module_stands_on_a_floor() -> None:
    rooms = {room_of(path) for path in MODULES} - {"__init__.py", "__main__.py"}
    assert rooms <= {room for rooms in FLOORS for room in rooms}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    own = floor_of(room_of(path))
    imported = imported_rooms(path)
    if own is None:  # tracker/__init__.py carries the version and nothing else
        assert room_of(path) == "__main__.py" or not imported
        return
    below = {room for room in imported if (floor := floor_of(room)) is not None and floor > own}
    assert not below, f"{room_of(path)} stands above {sorted(below)}"
    assert not {room for room in imported if floor_of(room) is None} - {"__version__.py"}


def test_the_reading_of_imports_sees_every_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "tracker"
    for room in ("ledger", "publish", "incidents", "extract", "collect"):
        (package / room).mkdir(parents=True)
    module = package / "extract" / "trace.py"
    module.write_text(
        "import tracker.ledger.rows\nfrom tracker import publish\nfrom tracker.claims import Claim\n"
        "def late():\n    from ..incidents import links\n    from .. import collect\n    import trackerless\n"
    )
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", package)
    assert imported_rooms(module) == {"ledger/", "publish/", "claims.py", "incidents/", "collect/"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_says_its_idea(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {part for path in PACKAGE.rglob("*.py") for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert not names & NAMELESS


def test_no_module_is_too_long_to_be_read_at_once() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}


def test_the_command_line_starts_without_heavy_packages() -> None:
    commands = [
        f"tracker.cli.{path.stem}" for path in sorted((PACKAGE / "cli").glob("*.py")) if path.stem != "__init__"
    ]
    if not (PACKAGE / "cli" / "__init__.py").exists():
        pytest.skip("tracker.cli has no front door yet")
    code = f"import sys, tracker.cli, {', '.join(commands)}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (started.returncode, started.stdout.strip()) == (0, ""), started.stderr


def test_no_file_holds_a_path_of_somebody_s_machine() -> None:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("the files of the repository are known in a checkout only")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    # Assembled, so that this file does not hold what it forbids.
    folders = "|".join(("home/" + r"[\w.-]+", "Users/" + r"[\w.-]+", "root", "work"))
    machine = re.compile(rf"(?<![\w./-])/(?:{folders})/".encode())
    found = {
        name: match.group().decode()
        for name in listed.split("\0")
        if name and (ROOT / name).is_file() and (match := machine.search((ROOT / name).read_bytes()))
    }
    assert found == {}
