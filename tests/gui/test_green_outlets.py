"""网点与评分: green flags beside the scored sheets; a sheet is scored, printed and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.importing.plan import ImportOptions
from desktop_app.paths import resources_dir
from desktop_app.services import imports
from desktop_app.services.ledger import open_ledger
from desktop_app.services.results.imports import Outcome
from desktop_app.views.green.company_dialog import CompanyDialog
from desktop_app.views.green.outlet_dialog import FLAGS, RATES, OutletDialog
from desktop_app.views.green.score_dialog import ScoreDialog
from desktop_app.views.green.tab import GreenTab
from tests.gui.county import press
from tests.gui.rural_green import click, shown, small_county, write
from tests.gui.test_own_indicators import commit_text
from tests.reporting.reading import whole_text

CTRL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 20_000


@pytest.fixture
def tab(qtbot: QtBot, tmp_path: Path) -> Iterator[GreenTab]:
    county = small_county(tmp_path / "ledger.db")
    with closing(open_ledger(str(county))) as ledger:
        preview = imports.preview_file(ledger, resources_dir() / "sample" / "outlets.csv", ImportOptions())
        assert imports.commit_previews(ledger, [preview], "示例数据")[0].outcome is Outcome.COMMITTED
    with shown(qtbot, GreenTab, county) as made:
        yield made


def outlets(qtbot: QtBot, tab: GreenTab) -> OutletDialog:
    tab.outlets.open()
    qtbot.waitUntil(lambda: tab.outlets.dialog is not None, timeout=PATIENCE)
    assert tab.outlets.dialog is not None
    return tab.outlets.dialog


def sheet(qtbot: QtBot, tab: GreenTab, dialog: OutletDialog) -> ScoreDialog:
    click(dialog.score)
    qtbot.waitUntil(lambda: tab.outlets.sheet is not None, timeout=PATIENCE)
    assert tab.outlets.sheet is not None
    return tab.outlets.sheet


def fill(form: ScoreDialog, points: tuple[str, ...], veto: str = "无") -> None:
    form.made_on.setText("2021-03-12")
    form.assessor.clear()
    commit_text(form.assessor, "张三")
    for field, text in zip(form.scored, points, strict=True):
        field.clear()
        write(field, text)
    for box in form.vetoes:
        box.setCurrentText(veto)


def test_a_sheet_is_scored_by_typing_and_stands_in_the_list(qtbot: QtBot, tab: GreenTab, tmp_path: Path) -> None:
    dialog = outlets(qtbot, tab)
    assert "覆盖率" in dialog.words.text()
    first = dialog.table.rows[0]
    assert first.filing_no, "filed outlets of companies come first"
    assert first.verdict == ""
    form = sheet(qtbot, tab, dialog)
    fill(form, ("18", "18", "18", "18", "17.9"))
    qtbot.waitUntil(lambda: "未达标" in form.outcome.text(), timeout=PATIENCE)
    assert form.outcome.text() == "得分 89.9 / 100，89.9%，未达标"
    form.scored[4].setText("18")
    qtbot.waitUntil(lambda: form.outcome.text() == "得分 90 / 100，90.0%，达标", timeout=PATIENCE)
    form.vetoes[0].setCurrentText("有")
    qtbot.waitUntil(lambda: "一票否决" in form.outcome.text(), timeout=PATIENCE)
    form.vetoes[0].setCurrentText("无")
    file = tmp_path / "评分表.pdf"
    form.print_asked.emit(form.sheet(), str(file))
    qtbot.waitUntil(lambda: "已存为" in form.message.text(), timeout=PATIENCE)
    printed = whole_text(file)
    assert "快递绿色网点评分表" in printed
    assert first.name in printed
    assert "得分90/100，90.0%，达标" in printed
    press(form, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: dialog.table.rows[0].verdict == "90.0%，达标", timeout=PATIENCE)
    assert "改为“是”" in dialog.message.text()
    assert "绿色网点数记为" in dialog.message.text()
    assert (dialog.table.rows[0].green, dialog.table.rows[0].made_on) == ("是", "2021-03-12")
    click(dialog.reopen)
    qtbot.waitUntil(lambda: tab.outlets.sheet is not None and tab.outlets.sheet is not form, timeout=PATIENCE)
    again = tab.outlets.sheet
    assert again is not None
    assert [field.text() for field in again.scored] == ["18", "18", "18", "18", "18"]
    again.scored[0].setText("10")
    qtbot.waitUntil(again.isActiveWindow, timeout=PATIENCE)
    press(again, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "写明原因" in again.message.text(), timeout=PATIENCE)
    commit_text(again.reason, "复查扣分")
    press(again, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: dialog.table.rows[0].verdict == "82.0%，未达标", timeout=PATIENCE)
    assert [(e.state, e.reason) for e in dialog.sheets.rows] == [("在用", ""), ("已改正（第 2 号）", "复查扣分")]
    click(dialog.withdraw)
    commit_text(dialog.ask.reason, "评错了网点")
    click(dialog.ask.yes)
    qtbot.waitUntil(lambda: dialog.table.rows[0].verdict == "", timeout=PATIENCE)


def test_a_sheet_that_is_not_whole_is_not_stored(qtbot: QtBot, tab: GreenTab) -> None:
    dialog = outlets(qtbot, tab)
    form = sheet(qtbot, tab, dialog)
    fill(form, ("18", "18", "18", "18", ""))
    press(form, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "还没有评完" in form.message.text(), timeout=PATIENCE)
    form.scored[4].setText("21")
    qtbot.waitUntil(lambda: "应在 0 和满分 20 之间" in form.message.text(), timeout=PATIENCE)
    assert form.scored[0].text() == "18"


def test_a_sorting_centre_is_scored_with_its_own_vetoes(qtbot: QtBot, tab: GreenTab) -> None:
    dialog = outlets(qtbot, tab)
    dialog.score_asked.emit(None)
    qtbot.waitUntil(lambda: tab.outlets.sheet is not None, timeout=PATIENCE)
    form = tab.outlets.sheet
    assert form is not None
    commit_text(form.place, "示例甲快递分拨中心")
    fill(form, ("20", "20", "20", "20", "20"))
    form.vetoes[1].setCurrentText("有")
    press(form, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: dialog.table.rows[-1].name == "示例甲快递分拨中心", timeout=PATIENCE)
    assert dialog.table.rows[-1].verdict == "100.0%，一票否决"


def test_the_list_is_narrowed_by_typing(qtbot: QtBot, tab: GreenTab) -> None:
    dialog = outlets(qtbot, tab)
    whole = len(dialog.table.rows)
    dialog.search.setText("示例乙")
    assert 0 < len(dialog.table.rows) < whole
    assert all("示例乙" in f"{row.name}{row.company}" for row in dialog.table.rows)


def test_the_month_s_rates_of_outlets_stand_in_the_same_list(qtbot: QtBot, tab: GreenTab, tmp_path: Path) -> None:
    dialog = outlets(qtbot, tab)
    dialog.shown.set_key(RATES)
    dialog.shown.chosen.emit(RATES)
    assert "没有分网点的绿色包装表" in dialog.words.text()
    dialog.accept()
    file = tmp_path / "2021年3月绿色包装表_网点.csv"
    file.write_text(
        "企业,网点,胶带采购总量,瘦身胶带采购量\n示例乙快递,城东网点,40,39\n示例乙快递,城西网点,10,8\n",
        encoding="utf-8-sig",
    )
    ledger = tab.desk.backend._opened()
    preview = imports.preview_file(ledger, file, ImportOptions())
    assert imports.commit_previews(ledger, [preview], "")[0].outcome is Outcome.COMMITTED
    qtbot.waitUntil(lambda: tab.outlets.dialog is None, timeout=PATIENCE)
    dialog = outlets(qtbot, tab)
    assert dialog.table.isVisibleTo(dialog)
    dialog.shown.set_key(RATES)
    dialog.shown.chosen.emit(RATES)
    assert not dialog.table.isVisibleTo(dialog)
    assert [(row.outlet, row.rates["GRN.TAPEBUY"].text) for row in dialog.rates.rows] == [
        ("城东网点", "97.5"),
        ("城西网点", "80.0"),
    ]
    assert "2021年3月 2 个网点报了数" in dialog.words.text()
    assert not dialog.score.isEnabled()
    dialog.search.setText("城西")
    assert [row.outlet for row in dialog.rates.rows] == ["城西网点"]
    dialog.shown.set_key(FLAGS)
    dialog.search.clear()
    dialog.shown.chosen.emit(FLAGS)
    assert dialog.table.isVisibleTo(dialog)
    assert dialog.score.isEnabled()


# ----------------------------------------------------------------------------------------------- one company


def company(qtbot: QtBot, tab: GreenTab, name: str) -> CompanyDialog:
    tab.companies.open(name)
    qtbot.waitUntil(lambda: tab.companies.dialog is not None, timeout=PATIENCE)
    assert tab.companies.dialog is not None
    return tab.companies.dialog


def test_what_if_and_the_estimate_are_asked_in_the_company_s_profile(qtbot: QtBot, tab: GreenTab) -> None:
    dialog = company(qtbot, tab, "示例丙快递")
    dialog.table.select_where(lambda row: row.indicator == "GRN.NOREPACK")
    assert dialog.question.text() == "如果示例丙快递的不再二次包装达到"
    write(dialog.rate, "98")
    press(dialog.rate, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "全县由 90.8% 变为 93.0%" in dialog.answer.text(), timeout=PATIENCE)
    assert not dialog.estimate.isVisibleTo(dialog), "estimates are off until they are wanted"
    click(dialog.open_estimate)
    qtbot.waitUntil(lambda: dialog.estimate.isVisibleTo(dialog), timeout=PATIENCE)
    assert "（60−45）÷ 60" in dialog.estimate.text()
    assert "假设" in dialog.estimate.text()
    dialog.rate.setText("120")
    press(dialog.rate, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "超过 100%" in dialog.answer.text(), timeout=PATIENCE)


def test_another_company_is_chosen_in_place(qtbot: QtBot, tab: GreenTab) -> None:
    dialog = company(qtbot, tab, "示例丙快递")
    dialog.company_chosen.emit("示例己快递")
    qtbot.waitUntil(lambda: dialog.companies.key == "示例己快递", timeout=PATIENCE)
    assert {row.text for row in dialog.table.rows} == {"未报"}
    assert dialog.chart.spec is not None
    assert dialog.chart.spec.reason == "示例己快递没有报绿色包装的数"
