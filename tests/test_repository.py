"""The repository keeps its word: locks fit pyproject.toml, documents fit the program, the wheel works on its own."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from typer.testing import CliRunner

import tracker
from tracker.cli import app

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNTIME: list[str] = PYPROJECT["project"]["dependencies"]
EXTRAS: list[str] = [line for lines in PYPROJECT["project"]["optional-dependencies"].values() for line in lines]
BUILD: list[str] = PYPROJECT["build-system"]["requires"]
DEVELOPMENT: list[str] = PYPROJECT["dependency-groups"]["dev"]

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]
SHOWN = [README, *((ROOT / "docs" / name).read_text("utf-8") for name in ("sources.md", "deploy.md", "exports.md"))]
EXAMPLES = [
    example
    for text in SHOWN
    for example in (*re.findall(r"`(tracker [^`]+)`", text), *re.findall(r"^    \$ (tracker .+)$", text, re.MULTILINE))
]


def names(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


def read_lock(name: str) -> dict[str, tuple[Version, int]]:
    """Each package of a lock with its release and how many hashes it has."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            pinned = re.fullmatch(r"([\w.-]+)==(\S+)((?: +--hash=sha256:[0-9a-f]{64})*) *", line)
            assert pinned, f"{name}: this is no pinned package with hashes: {line[:80]}"
            found[canonicalize_name(pinned[1])] = (Version(pinned[2]), pinned[3].count("--hash="))
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_for_everything(name: str) -> None:
    without = [package for package, (_, hashes) in read_lock(name).items() if not hashes]
    assert without == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host|file:/|@", text)


def test_the_locks_fit_pyproject() -> None:
    runtime, development = map(read_lock, LOCKS)
    assert runtime.items() <= {name: development[name] for name in runtime if name in development}.items()
    for lines, lock in ((RUNTIME + BUILD, runtime), (DEVELOPMENT + EXTRAS, development)):
        for wanted in map(Requirement, lines):
            release, _ = lock[canonicalize_name(wanted.name)]
            assert wanted.specifier.contains(release, prereleases=True), f"{wanted} is locked at {release}: make lock"


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)`[^|]*\|(.*)\|$", text, re.MULTILINE)
    assert names([package for package, _ in rows]) == names(RUNTIME + EXTRAS + BUILD + DEVELOPMENT)
    for package, cells in rows:
        reason, size, licence, _ = (cell.strip() for cell in cells.split(" | "))
        assert all((reason, size.isdigit(), licence)), f"{package} lacks its reason, size or licence"


def test_what_the_program_imports_is_declared() -> None:
    """A package that only comes with another one is gone the day that other one does without it."""
    homes = packages_distributions()
    undeclared = set()
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and not node.level:
                modules = [node.module or ""]
            else:
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for top in {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - {"tracker"}:
                if not {canonicalize_name(home) for home in homes.get(top, [top])} & names(RUNTIME + EXTRAS):
                    undeclared.add(f"{path.relative_to(ROOT)}: {top}")
    assert undeclared == set()


def test_the_version_is_said_once_everywhere() -> None:
    version = PYPROJECT["project"]["version"]
    assert tracker.__version__ == version
    assert re.search(rf"^## \[.*\b{re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


def test_the_readme_shows_every_command() -> None:
    assert set(re.findall(r"^\| `([a-z]+)` \|", README, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_command_of_the_readme_exists_with_its_options(example: str) -> None:
    words = shlex.split(example)[1:]
    if words[0] == "COMMAND":  # `tracker COMMAND --help` stands for all
        return
    command = COMMANDS[words.pop(0)]
    if hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("-")} <= options
    for word in words:
        if "/" in word and "://" not in word and not word.startswith(("demo/", "incoming/", "-")):
            assert (ROOT / word).exists(), f"{word} of {example!r} is not there"


def test_the_example_of_the_readme_prints_what_it_shows() -> None:
    [(line, shown)] = re.findall(r"^    \$ tracker (explain .+)\n((?:    .*\n|\n)+)", README, re.MULTILINE)
    printed = CliRunner().invoke(app, shlex.split(line)).stdout
    assert [row.removeprefix("    ").rstrip() for row in shown.strip("\n").splitlines()] == printed.strip().splitlines()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_files_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    dead = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert dead == []


def test_the_targets_that_documents_name_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        word
        for path in DOCUMENTS
        for word in re.findall(r"(?:^ +|`)make ([a-z]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {"demo", "test"} <= named <= targets


def test_the_ci_run_is_a_program() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)
    assert "set -euo pipefail" in script.read_text("utf-8")


def test_the_wheel_works_from_any_folder(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "note.txt").write_text("Two hikers died in a fall near Grenoble, police said.\n", "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    environment["PYTHONPATH"] = str(tmp_path / "site")

    def run(*words: str) -> str:
        code = "import tracker.cli; tracker.cli.main()"
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=elsewhere,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("ingest", "note.txt", "--published", "2025-03-10", "--now", "2025-03-10T12:00")
    assert run("export", "claims").splitlines()[1].startswith("note,deaths,2,2,Two,")
    assert run("export", "ucdp").startswith("id,relid,year,")  # rules/conventions/ came along
    [pdf, *_] = run("report", "daily").splitlines()
    assert (elsewhere / pdf).read_bytes().startswith(b"%PDF-")
