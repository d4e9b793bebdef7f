"""The database: facts are appended, opinions stand beside them, and every figure can be read again from its text."""

from tracker.judgements import Judgement, Verdict, standing
from tracker.ledger.collection import Note, Quarantined, SourceRun
from tracker.ledger.ledger import Ledger
from tracker.ledger.runs import Outcome, Run, RunRecord, begin_run
from tracker.ledger.verification import Finding, verify

__all__ = [
    "Finding",
    "Judgement",
    "Ledger",
    "Note",
    "Outcome",
    "Quarantined",
    "Run",
    "RunRecord",
    "SourceRun",
    "Verdict",
    "begin_run",
    "standing",
    "verify",
]
