"""How good the extraction is: claims are scored against texts coded by hand, and the figures may not fall."""

from tracker.quality.gold import GoldDocument, extract_all, read_claims, read_gold
from tracker.quality.scoring import MEASURES, Score, score_claims

__all__ = ["MEASURES", "GoldDocument", "Score", "extract_all", "read_claims", "read_gold", "score_claims"]
