"""`rules/` on disk → compiled rules, with the reason, the stage and the running examples of each."""

from tracker.rulebook.loading import Rulebook, load_rulebook
from tracker.rulebook.rules import Rule, Stage

__all__ = ["Rule", "Rulebook", "Stage", "load_rulebook"]
