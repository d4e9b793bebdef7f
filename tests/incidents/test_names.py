"""Folding tells apart what differs and nothing else."""

import pytest

from tracker.incidents.names import fold


@pytest.mark.parametrize(
    ("name", "other"),
    [("Khan Younis", "KHAN  YOUNIS"), ("Médecins", "Medecins"), ("Deir al-Balah", "Deir al Balah"), ("İzmir", "Izmir")],
)
def test_spellings_of_one_name_fold_alike(name, other):
    assert fold(name) == fold(other)


def test_other_names_and_scripts_stay_apart():
    assert fold("Gaza") != fold("Gaza City")
    assert fold("غزة") not in ("", fold("رفح"))
    assert fold("—") == ""
