"""Measurements, like tests, keep away from the real home folder and need no screen."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.support.isolation import point_away_from_home

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def _no_real_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """HOME and its relatives lie in a temporary folder for the whole run."""
    with pytest.MonkeyPatch.context() as patch:
        point_away_from_home(tmp_path_factory.mktemp("home"), patch)
        yield
