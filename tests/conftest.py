"""What several rooms' tests share: the extractor by the real rules, built once."""

from __future__ import annotations

import pytest

from tracker.extract import load_extractor
from tracker.extract.extractor import Extractor
from tracker.settings import load_settings


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return load_extractor(load_settings())
