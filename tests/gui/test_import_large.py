"""数据导入 of a large village sheet: the window tells how far it is, can be stopped, and then goes on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.importing.planner import is_large
from desktop_app.models.values import Month, months_between
from desktop_app.services import ledger, registers
from desktop_app.services.known import KnownVillages
from desktop_app.services.results.imports import Outcome
from desktop_app.views.imports.tab import ImportsTab
from desktop_app.views.main_window import MainWindow
from tests.gui.county import click, drop, fingerprint, imports, open_window, settle, until


@pytest.fixture
def window(qtbot: QtBot, county: Path) -> MainWindow:
    return open_window(qtbot, county, "数据导入")


@pytest.fixture
def tab(qtbot: QtBot, window: MainWindow) -> ImportsTab:
    return imports(qtbot, window)


@pytest.fixture
def sheet(county: Path, tmp_path: Path) -> Path:
    """Every village and three brands over ten years, one row each."""
    with closing(ledger.open_ledger(county)) as opened:
        brands = [company.brand for company in registers.list_enterprises(opened)][:3]
        villages = list(KnownVillages(opened))
    months = months_between(Month(2010, 1), Month(2019, 12))
    lines = ["村代码,建制村,品牌,月份,进村方式,周投递次数,村级站点"]
    lines += [
        f"{village.code},{village.name},{brand},{month},直投,3,{village.name}服务站"
        for month in months
        for village in villages
        for brand in brands
    ]
    path = tmp_path / "进村历年.csv"
    path.write_bytes(("\n".join(lines) + "\n").encode("gb18030"))
    assert is_large(path)
    return path


def test_a_large_sheet_tells_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, window: MainWindow, tab: ImportsTab, county: Path, sheet: Path
) -> None:
    strip, shares, words = tab.staging.progress, [], []

    def note(value: int) -> None:
        shares.append(value / max(strip._bar.maximum(), 1))
        words.append(strip._words.text())

    strip._bar.valueChanged.connect(note)
    before = fingerprint(county)
    drop(tab, [sheet])
    settle(qtbot, window)
    (file,) = tab.staging.stage.files
    assert file.ready, file.preview.issues
    assert len({share for share in shares if 0 < share < 1}) >= 2, "the bar moves while the file is read"
    shares.clear()
    tab.commit_ready()
    until(qtbot, lambda: any(0 < share < 0.5 for share in shares))
    click(strip._cancel)
    settle(qtbot, window)
    assert "已取消" in window.message.words
    assert fingerprint(county) == before, "nothing half done"
    assert tab.staging.stage.files[0].ready, "the file is still there to be stored"
    tab.commit_ready()
    settle(qtbot, window)
    result = tab.staging.stage.files[0].result
    assert result is not None
    assert result.outcome is Outcome.COMMITTED
    assert any("入库" in word and "条记录" in word for word in words), "also while it is being stored"
