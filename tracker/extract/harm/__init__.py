"""Harm as a sentence states it: units, frames, subjects, qualifiers, and the mentions that come of them."""
