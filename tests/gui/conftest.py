"""A ledger with the demo county, made once, and copies of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.views.main_window import MainWindow
from desktop_app.views.theme import Theme, ThemeMode
from tests.gui.county import copy_county, fill_county, open_window


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    """Every test sees the window in the program's own face and font, whichever test came before."""
    Theme(qapp, ThemeMode.LIGHT)


@pytest.fixture(scope="session")
def demo_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo county's ledger; read it, copy it, do not write to it."""
    return fill_county(tmp_path_factory.mktemp("county") / "county.db")


@pytest.fixture
def county(demo_county: Path, tmp_path: Path) -> Path:
    """A copy of the demo county's ledger of this test's own."""
    return copy_county(demo_county, tmp_path / "ledger")


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    """The real window on the demo county, March 2021."""
    return open_window(qtbot, county)
