"""From texts on disk to judgements, tolls, reconciliation, differences and flags, as a person types the commands."""

import json

import pytest
from typer.testing import CliRunner

from tracker.cli import app
from tracker.errors import UsageError

BULLETINS = {
    day: f"The health ministry in Gaza said {killed} people were killed in the Gaza Strip in the past 24 hours. "
    f"It said {total} people have been killed there since 7 October 2023."
    for day, killed, total in (
        ("2025-03-03", "27", "58,412"),
        ("2025-03-04", "31", "58,443"),
        ("2025-03-05", "18", "58,430"),
    )
}
ATTACKS = {
    "north": "Police said gunmen shot eight traders dead in Dalori in Nigeria on Monday.",
    "south": "Nine people drowned when a ferry sank near Lokoja in Nigeria on Monday.",
}


@pytest.fixture(name="ingest")
def _ingest(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", f"sqlite:///{tmp_path / 'tracker.db'}")

    def ingest(texts, now, published=None):
        rows = [
            {"document_id": name, "text": text, "published": published or name, "outlet": "Paper"}
            for name, text in texts.items()
        ]
        path = tmp_path / f"{now}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return run("ingest", str(path), "--now", now)

    return ingest


def run(*arguments):
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout.splitlines()


def refusal(*arguments):
    exception = CliRunner().invoke(app, list(arguments)).exception
    assert isinstance(exception, UsageError)
    return str(exception)


def ids(lines):
    return list(dict.fromkeys(line.split()[0] for line in lines[1:]))


SIGNED = ("--by", "R. Ito", "--why", "Seen on the spot.", "--now", "2025-03-05")


def test_a_judgement_is_made_listed_and_withdrawn_and_survives_a_new_ingest(ingest):
    ingest(ATTACKS, "2025-03-04", "2025-03-04")
    before = run("incidents", "list")
    north, south = ids(before)
    (made,) = run("incidents", "merge", north, south, *SIGNED)
    judgement = made.split()[0]
    assert "same_event" in made
    merged = run("incidents", "list")
    assert len(ids(merged)) == 1
    assert "same_event by R. Ito: Seen on the spot." in "\n".join(run("incidents", "show", ids(merged)[0]))
    assert "R. Ito" in run("incidents", "judgements")[1]
    assert run("incidents", "list", "--as-known-on", "2025-03-04") == before
    ingest(
        {"third": "A bus fell into a ravine near Jos in Nigeria on Monday, killing four people."},
        "2025-03-06",
        "2025-03-04",
    )
    assert len(ids(run("incidents", "list"))) == 2
    run("incidents", "withdraw", judgement, "--by", "S. Eze", "--why", "It was another day.", "--now", "2025-03-07")
    assert len(ids(run("incidents", "list"))) == 3
    assert [line.split()[4] for line in run("incidents", "judgements")[1:]] == ["same_event", "withdrawn"]
    assert run("incidents", "list", "--as-known-on", "2025-03-05") == merged
    assert "withdrawn before" in refusal("incidents", "withdraw", judgement, *SIGNED)


def test_excluded_and_split(ingest):
    ingest(ATTACKS, "2025-03-04", "2025-03-04")
    north, south = ids(run("incidents", "list"))
    run("incidents", "exclude", north, *SIGNED)
    assert ids(run("incidents", "list")) == [south]
    assert len(run("series")) == 2
    assert len(run("export", "series")) == 2
    assert "leaves the incident as it is" in refusal("incidents", "split", south, "south", *SIGNED)
    assert "--why must say something" in refusal("incidents", "exclude", south, "--by", "R", "--why", " ")


def test_tolls_with_their_revisions_and_reconciliation(ingest):
    ingest(BULLETINS, "2025-03-06")
    (toll,) = ids(run("tolls", "list"))
    shown = "\n".join(run("tolls", "show", toll[:6]))
    assert "58430" in shown
    assert "correction: the total changed by -13, of which the claimant's own figures explain 18: 31 taken off" in shown
    (revision,) = run("tolls", "revisions")[1:]
    assert revision.split()[:4] == ["2025-03-05", "correction", "-31", "-13"]
    steps = run("reconcile", toll)[1:]
    assert [line.split("deaths")[1].split()[2] for line in steps] == ["31", "-13", "18"]
    assert "31 taken off the toll on 2025-03-05" in steps[1]
    assert run("export", "revisions")[1].startswith("2025-03-05,correction,-31,-13,2025-03-04,")
    for command in ("tolls show", "reconcile"):
        assert "tracker tolls list" in refusal(*command.split(), "zz")
    assert "give the earlier day first" in refusal("reconcile", "--from", "2025-03-05", "--to", "2025-03-04")


def test_runs_and_what_they_changed(ingest):
    texts = list(BULLETINS.items())
    ingest(dict(texts[:2]), "2025-03-05")
    ingest(BULLETINS, "2025-03-06")
    first, second = ids(run("runs"))
    differing = run("diff", first, second)
    assert [line.split()[0] for line in differing[1:]] == ["incident", "toll"]
    assert all("new texts: 1" in line for line in differing[1:])
    assert len(run("diff", second[:6], second)) == 1
    assert "tracker runs" in refusal("diff", first, "zz")


def test_flags_leave_the_exit_status_alone(ingest):
    ingest(BULLETINS, "2025-03-06")
    result = CliRunner().invoke(app, ["verify"])
    assert result.exit_code == 0
    assert "falls by 13 on 2025-03-05" in result.stdout
    assert "0 faults, 1 flags." in result.stderr


def test_the_same_question_gives_the_same_bytes_later(ingest):
    ingest(dict(list(BULLETINS.items())[:2]), "2025-03-05")
    questions = ["incidents list", "tolls list", "tolls revisions", "series --every", "reconcile", "export tolls"]
    asked = [[*question.split(), "--as-known-on", "2025-03-05"] for question in questions]
    before = [run(*question) for question in asked]
    ingest(BULLETINS | ATTACKS, "2025-03-09", "2025-03-05")
    assert [run(*question) for question in asked] == before
