"""Reads reports of human harm and turns every stated figure into data that proves itself."""

__version__ = "0.1.0"
