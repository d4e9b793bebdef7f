"""Where documents come from: every input becomes a document, or is set aside with its reason."""

from tracker.collect.details import Defaults
from tracker.collect.reader import read_documents
from tracker.collect.rejected import Rejected
from tracker.collect.sources import Definition, Kind, Source, load_sources

__all__ = ["Defaults", "Definition", "Kind", "Rejected", "Source", "load_sources", "read_documents"]
