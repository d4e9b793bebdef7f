"""`tracker extract` as installed: what goes in, what comes out, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tracker.cli.extract import parse_date
from tracker.errors import UsageError

TRACKER = Path(sys.executable).with_name("tracker")
ROOT = Path(__file__).resolve().parents[2]
GOLD = [
    ROOT / "tests" / "gold" / name for name in ("newsroom.jsonl", "texts.jsonl", "blind.jsonl", "blind_again.jsonl")
]
TEXT = "At least four people were killed and nine injured in Cairo on Monday, doctors said.\n"
CODEBOOK = [
    "document_id", "measure", "count_min", "count_max", "count_text", "start", "end", "victims", "part_of", "scope",
    "status", "places", "country", "date_start", "date_end", "source", "cause",
]  # fmt: skip


def run(*arguments: str | Path, given: str | bytes = b"", seed: str = "0") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [str(TRACKER), "extract", *map(str, arguments)],
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=False,
    )


def records(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def complaint(done: subprocess.CompletedProcess[bytes], status: int) -> str:
    """The one line on standard error of a run that ended with `status`; never a traceback."""
    message = done.stderr.decode()
    assert "Traceback" not in message
    assert done.returncode == status, message
    assert message.endswith("\n")
    assert message.count("\n") == 1
    return message


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture(scope="module")
def closed_early(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, bytes]:
    """Exit status and standard error of an extraction whose reader takes one line, as `| head -1` does."""
    folder = tmp_path_factory.mktemp("closed")
    lines = "".join(json.dumps({"document_id": f"d{at}", "text": TEXT * 3}) + "\n" for at in range(400))
    path = write(folder / "many.jsonl", lines)
    with subprocess.Popen(
        [str(TRACKER), "extract", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["document_id"] == "d0"
        process.stdout.close()
        complaints = process.stderr.read()
    return process.returncode, complaints


class TestIn:
    def test_a_text_from_standard_input(self) -> None:
        done = run("-", "--published", "2025-03-06", given=TEXT)
        assert (done.returncode, done.stderr) == (0, b"")
        dead, hurt = records(done)
        assert list(dead)[: len(CODEBOOK)] == CODEBOOK
        assert (dead["measure"], dead["count_min"], dead["count_max"]) == ("deaths", 4, None)
        assert (hurt["measure"], hurt["count_min"], hurt["count_max"]) == ("injuries", 9, 9)
        assert dead["places"] == ["Cairo"]
        assert dead["country"] == "EGY"
        assert (dead["date_start"], dead["date_end"]) == ("2025-03-03", "2025-03-03")
        for record in (dead, hurt):
            assert TEXT[record["start"] : record["end"]] == record["count_text"]
            assert TEXT[record["quote_start"] : record["quote_end"]] == record["quote"]

    def test_json_lines_from_standard_input(self) -> None:
        lines = [
            {"document_id": "a", "text": TEXT, "published": "2025-03-06", "colour": "red"},
            {"document_id": "b", "text": "Two men drowned in Lima.", "title": None},
        ]
        done = run("-", given="".join(json.dumps(line) + "\n" for line in lines))
        assert (done.returncode, done.stderr) == (0, b"")
        assert [(r["document_id"], r["count_min"]) for r in records(done)] == [("a", 4), ("a", 9), ("b", 2)]
        assert records(done)[0]["date_start"] == "2025-03-03"

    def test_offsets_count_code_points_of_the_text_as_given(self, tmp_path: Path) -> None:
        text = "\U0001f480 \u201cCaf\u00e9\u201d\r\n\r\nFour men were k\u200billed in Cairo.\r\n"
        done = run(write(tmp_path / "odd.txt", text))
        (record,) = records(done)
        assert text[record["start"] : record["end"]] == record["count_text"] == "Four"
        assert text[record["quote_start"] : record["quote_end"]] == record["quote"]

    def test_a_folder_and_several_files(self, tmp_path: Path) -> None:
        write(tmp_path / "b.txt", "Two men drowned in Lima.")
        write(tmp_path / "a.md", TEXT)
        assert [r["document_id"] for r in records(run(tmp_path))] == ["a", "a", "b"]

    def test_a_text_without_claims_is_no_mistake(self) -> None:
        done = run("-", given="The library closes on Sunday.")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


class TestSetAside:
    def test_an_unreadable_file_costs_only_itself(self, tmp_path: Path) -> None:
        reasons = {
            "missing.txt": (None, "it does not exist."),
            "empty.txt": (b"", "it is empty."),
            "blank.txt": (b" \n\n", "it holds no text."),
            "binary.txt": (b"Four\x00men\x00were killed", "it is binary"),
            "latin.txt": ("Four caf\u00e9s".encode("latin-1"), "it is not UTF-8"),
            "picture.png": (b"\x89PNG", "files of the kind .png cannot be read"),
            "empty.jsonl": (b"", "it is empty."),
        }
        for name, (content, _) in reasons.items():
            if content is not None:
                write(tmp_path / name, content)
        done = run(*(tmp_path / name for name in reasons), write(tmp_path / "good.txt", TEXT))
        assert done.returncode == 1
        complaints = done.stderr.decode().splitlines()
        for (name, (_, reason)), line in zip(reasons.items(), complaints, strict=True):
            assert line.startswith("set aside: ")
            assert name in line
            assert reason in line
        assert [r["document_id"] for r in records(done)] == ["good", "good"]

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_a_broken_line_costs_only_itself(self, tmp_path: Path, jobs: str) -> None:
        broken = [
            '{"text": "Four men',
            "[1, 2]",
            '{"document_id": "x"}',
            '{"text": 3}',
            '{"text": "a", "published": "soon"}',
            '"x"',
            '{"document_id": "x", "text": "Quatre morts.", "language": "fr"}',
        ]
        good = json.dumps({"document_id": "good", "text": TEXT, "language": "en-GB"})
        last = good.replace("good", "last")
        done = run(write(tmp_path / "dump.jsonl", "\n".join([good, *broken, last])), "--jobs", jobs)
        assert done.returncode == 1
        complaints = done.stderr.decode().splitlines()
        assert len(complaints) == len(broken)
        for number, line in enumerate(complaints[:-1], 2):
            assert line.startswith("set aside: ")
            assert f"dump.jsonl:{number}: " in line
        assert "there are no rules for the language 'fr'." in complaints[-1]
        assert [r["document_id"] for r in records(done)] == ["good", "good", "last", "last"]

    def test_nothing_on_standard_input(self) -> None:
        assert "it is empty." in complaint(run("-"), 1)


class TestWrongUsage:
    def test_a_date_that_is_none(self) -> None:
        message = complaint(run("-", "--published", "yesterday", given=TEXT), 2)
        assert message == "tracker: --published must be a date written as in 2025-03-31, not 'yesterday'.\n"
        for day in ("2025-13-01", "06/03/2025", ""):
            with pytest.raises(UsageError, match="--published must be a date"):
                parse_date("--published", day)

    @pytest.mark.parametrize("arguments", [["--format", "xml"], ["--jobs", "0"], ["--jobs", "many"], ["--frobnicate"]])
    def test_an_option_that_is_none(self, arguments: list[str]) -> None:
        done = run("-", *arguments, given=TEXT)
        message = done.stderr.decode()
        assert done.returncode == 2
        assert done.stdout == b""
        assert arguments[0] in message
        assert "Traceback" not in message
        if arguments[0] == "--format":
            assert all(name in message for name in ("jsonl", "csv", "table"))

    def test_an_unknown_command(self) -> None:
        done = subprocess.run([str(TRACKER), "extrakt"], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "extrakt" in done.stderr
        assert "Traceback" not in done.stderr


class TestOut:
    def test_csv_has_the_fields_of_the_codebook_and_no_formulas(self) -> None:
        lines = [{"document_id": "=SUM(A1)", "text": TEXT, "published": "2025-03-06"}]
        done = run("-", "--format", "csv", given="".join(json.dumps(line) + "\n" for line in lines))
        assert (done.returncode, done.stderr) == (0, b"")
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
        assert [(row["measure"], row["count_min"], row["count_max"]) for row in rows] == [
            ("deaths", "4", ""),
            ("injuries", "9", "9"),
        ]
        assert set(CODEBOOK) <= set(rows[0])
        assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())

    def test_a_table_for_people(self) -> None:
        done = run("-", "--format", "table", given=TEXT)
        header, *lines = done.stdout.decode().splitlines()
        assert done.returncode == 0
        assert header.split()[:3] == ["document_id", "measure", "count_text"]
        assert any("deaths" in line and "At least four" in line and "Cairo" in line for line in lines)

    def test_neither_processes_nor_hash_seeds_change_a_byte(self) -> None:
        alone = run(*GOLD, seed="1")
        assert alone.returncode == 0
        assert alone.stdout.count(b"\n") > 300
        assert run(*GOLD, "--jobs", "2", seed="2").stdout == alone.stdout

    def test_a_reader_that_has_enough_hears_no_complaint(self, closed_early: tuple[int, bytes]) -> None:
        assert closed_early[1] == b""

    def test_a_reader_that_has_enough_is_no_mistake(self, closed_early: tuple[int, bytes]) -> None:
        """Status 1 would say that inputs were set aside."""
        assert closed_early[0] == 0


class TestHelp:
    def test_the_commands_are_listed(self) -> None:
        done = subprocess.run([str(TRACKER), "--help"], capture_output=True, text=True, check=False)
        assert done.returncode == 0
        commands = "extract explain ingest verify incidents tolls series reconcile runs diff report export rules score"
        for command in commands.split():
            assert f" {command} " in done.stdout, command

    def test_extract_says_what_it_takes(self) -> None:
        done = run("--help")
        assert done.returncode == 0
        for option in ("--published", "--language", "--format", "--jobs"):
            assert option in done.stdout.decode()

    def test_the_version(self) -> None:
        done = subprocess.run([str(TRACKER), "--version"], capture_output=True, text=True, check=False)
        assert done.returncode == 0
        assert done.stdout.startswith("tracker ")
