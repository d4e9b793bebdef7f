"""The database: facts are appended, opinions stand beside them, and every figure can be read again from its text."""

from tracker.judgements import Judgement, Verdict, standing
from tracker.ledger.ledger import Ledger
from tracker.ledger.runs import Outcome, Run, RunRecord, begin_run
from tracker.ledger.verification import Finding, verify

__all__ = [
    "Finding",
    "Judgement",
    "Ledger",
    "Outcome",
    "Run",
    "RunRecord",
    "Verdict",
    "begin_run",
    "standing",
    "verify",
]
