"""`tracker extract --incidents`: a document's events on standard output, without any database."""

import json
import subprocess
import sys

TEXT = "Gunmen killed eight traders and wounded three on Monday at a market in Maiduguri, Nigeria, police said."


def extract(*arguments):
    return subprocess.run(
        [sys.executable, "-c", "from tracker.cli import main; main()", "extract", "-", *arguments],
        input=TEXT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_one_line_an_incident_with_its_figures():
    (line,) = extract("--incidents", "--published", "2025-05-06").stdout.splitlines()
    record = json.loads(line)
    assert (record["deaths_best"], record["injuries_best"], record["missing_best"]) == (8, 3, None)
    assert (record["country"], record["date_start"], len(record["claim_ids"])) == ("NGA", "2025-05-05", 2)


def test_incidents_are_json_lines_only():
    refused = extract("--incidents", "--format", "table")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--format table" in refused.stderr
