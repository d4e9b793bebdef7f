"""Claims to incidents: which claims speak of one event, what it cost, and what claimants' running totals say."""

from tracker.incidents.finding import find_incidents
from tracker.incidents.incident import Figure, Incident, Link, Statement
from tracker.incidents.tolls import TollPoint, find_tolls

__all__ = ["Figure", "Incident", "Link", "Statement", "TollPoint", "find_incidents", "find_tolls"]
