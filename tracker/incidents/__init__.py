"""Claims to incidents: which claims speak of one event, what it cost, and what claimants' running totals say."""

from tracker.incidents.account import Account, draw_up
from tracker.incidents.finding import find_incidents
from tracker.incidents.incident import Figure, Incident, Link, Statement
from tracker.incidents.tolls import TollPoint, find_tolls

__all__ = [
    "Account",
    "Figure",
    "Incident",
    "Link",
    "Statement",
    "TollPoint",
    "draw_up",
    "find_incidents",
    "find_tolls",
]
