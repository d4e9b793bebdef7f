"""One document → claims, with the trace that explains each."""

from tracker.extract.extractor import Extractor, load_extractor

__all__ = ["Extractor", "load_extractor"]
