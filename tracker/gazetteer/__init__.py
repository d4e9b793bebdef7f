"""Place names → `Place`, offline."""

from tracker.gazetteer.gazetteer import Gazetteer
from tracker.gazetteer.places import KINDS, Kind, Place, distance_km

__all__ = ["KINDS", "Gazetteer", "Kind", "Place", "distance_km"]
