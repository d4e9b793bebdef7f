"""Where documents come from: every input becomes a document, or is set aside with its reason."""

from tracker.collect.details import Defaults
from tracker.collect.reader import read_documents
from tracker.collect.rejected import Rejected

__all__ = ["Defaults", "Rejected", "read_documents"]
