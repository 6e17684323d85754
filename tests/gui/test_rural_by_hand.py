"""快递进村 by hand in the window: entering, pasting, the register, a new list, stations, and taking it back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.paths import resources_dir
from desktop_app.services.results.villages import ListChange, VillageStep
from desktop_app.views.rural.change_dialog import ChangeDialog
from desktop_app.views.rural.entry_dialog import CoverageDialog
from desktop_app.views.rural.list_dialog import ListDialog
from desktop_app.views.rural.panel import VILLAGES
from desktop_app.views.rural.paste_dialog import PasteDialog
from desktop_app.views.rural.register_dialog import RegisterDialog
from desktop_app.views.rural.station_dialog import StationDialog
from desktop_app.views.rural.stations_dialog import StationsDialog
from desktop_app.views.rural.tab import RuralTab
from tests.gui.county import drop, fingerprint, imports, open_window, settle, until
from tests.gui.rural_green import click, shown, small_county

PATIENCE = 20_000


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_county(tmp_path_factory.mktemp("county") / "ledger.db")


@pytest.fixture
def tab(qtbot: QtBot, county: Path, tmp_path: Path) -> Iterator[RuralTab]:
    with shown(qtbot, RuralTab, Path(shutil.copy(county, tmp_path / "台账.db"))) as made:
        yield made


def wait(qtbot: QtBot, tab: RuralTab, kind: type[object]) -> None:
    qtbot.waitUntil(lambda: isinstance(tab.door.dialog, kind), timeout=PATIENCE)


def stored(qtbot: QtBot, tab: RuralTab, count: int) -> None:
    """Wait until so many entries can be undone and the tab shows them."""
    qtbot.waitUntil(lambda: len(tab.door.past.done) == count and not tab.waiting, timeout=PATIENCE)


def rate(tab: RuralTab) -> str:
    return next(card.kpi.text for card in tab.kpis.cards if card.kpi is not None and card.kpi.title == "通达率")


def choose(tab: RuralTab, *names: str) -> None:
    """Select villages in the list of all."""
    tab.panel.turn_to(VILLAGES)
    table = tab.panel.villages
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number, line in enumerate(table.rows):
        if line.row.name in names:
            table.selectionModel().select(table.rows_model.index(number, 0), flags)


def unreached(tab: RuralTab, count: int) -> list[str]:
    """Villages that are not reached and whose name nobody else has."""
    names = [line.row.name for line in tab.panel.villages.rows]
    alone = [line.row.name for line in tab.panel.villages.rows if line.state == "未通"]
    return [name for name in alone if names.count(name) == 1][:count]


def test_selected_villages_are_entered_at_once_and_taken_back(qtbot: QtBot, tab: RuralTab) -> None:
    before = rate(tab)
    assert not tab.door.menu().actions()[0].isEnabled(), "nothing is selected"
    tab.panel.turn_to(VILLAGES)
    names = unreached(tab, 2)
    choose(tab, *names)
    assert [village.name for village in tab.door.chosen()] == names
    tab.door.edit()
    wait(qtbot, tab, CoverageDialog)
    dialog = tab.door.dialog
    assert isinstance(dialog, CoverageDialog)
    assert all(name in dialog.lead.text() for name in names)
    click(dialog.enter)
    assert tab.door.dialog is dialog, "without a brand nothing is stored"
    dialog.brands.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.modes[next(iter(dialog.modes))].setChecked(True)
    assert dialog.modes_change.isChecked()
    dialog.day.setText("2021-03-12")
    dialog.checker.setText("张三")
    dialog.reason.setText("3月12日逐村核查")
    click(dialog.enter)
    stored(qtbot, tab, 1)
    after = {line.row.name: line.row for line in tab.panel.villages.rows}
    assert all(after[name].state == "通达" for name in names)
    assert all("2021-03-12 张三" in after[name].proof for name in names)
    assert float(rate(tab)) == pytest.approx(float(before) + 2 / 256 * 100, abs=0.06)
    tab.door.undo()
    stored(qtbot, tab, 0)
    assert rate(tab) == before


def test_where_a_record_is_carried_from_is_to_be_seen(qtbot: QtBot, tab: RuralTab) -> None:
    tab.panel.turn_to(VILLAGES)
    line = next(line for line in tab.panel.villages.rows if line.row.as_of == "2021-01")
    assert line.row.carried == "沿用自2021-01"
    column = next(c for c in tab.panel.villages.rows_model.columns if c.head == "记录")
    assert column.text(line) == "21-01"
    choose(tab, line.row.name)
    tab.door.edit()
    wait(qtbot, tab, CoverageDialog)
    dialog = tab.door.dialog
    assert isinstance(dialog, CoverageDialog)
    months = next(c for c in dialog.now.rows_model.columns if c.head == "月份")
    assert {months.text(row) for row in dialog.now.rows} == {"沿用自2021-01"}
    dialog.reject()


def form_of(qtbot: QtBot, tab: RuralTab, name: str) -> CoverageDialog:
    """The form of one village."""
    choose(tab, name)
    tab.door.edit()
    wait(qtbot, tab, CoverageDialog)
    dialog = tab.door.dialog
    assert isinstance(dialog, CoverageDialog)
    return dialog


def test_a_photo_is_attached_and_taken_out_again(qtbot: QtBot, tab: RuralTab, tmp_path: Path) -> None:
    photo = tmp_path / "站点.jpg"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(photo))
    tab.panel.turn_to(VILLAGES)
    name = unreached(tab, 1)[0]
    dialog = form_of(qtbot, tab, name)
    dialog.brands.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.state.setCurrentText("正常")
    dialog.file.setText(str(photo))
    dialog.reason.setText("3月12日逐村核查")
    click(dialog.enter)
    stored(qtbot, tab, 1)
    dialog = form_of(qtbot, tab, name)
    brand = dialog.brands.item(0).text()
    assert dialog.now.select_where(lambda record: record.brand == brand)
    assert dialog.proof.isEnabled()
    click(dialog.proof)
    qtbot.waitUntil(lambda: tab.work.proof is not None, timeout=PATIENCE)
    seen = tab.work.proof
    assert seen is not None
    assert "站点.jpg" in seen.told.text()
    assert "与登记时的指纹一致" in seen.told.text()
    seen.save_asked.emit()
    chooser = seen.findChildren(QFileDialog)[0]
    out = tmp_path / "取出.jpg"
    chooser.fileSelected.emit(str(out))
    chooser.reject()
    qtbot.waitUntil(lambda: out.exists() and out.stat().st_size == photo.stat().st_size, timeout=PATIENCE)
    assert out.read_bytes() == photo.read_bytes()
    dialog.reject()


def test_a_table_pasted_from_wps_is_checked_stored_and_taken_back(qtbot: QtBot, tab: RuralTab) -> None:
    tab.panel.turn_to(VILLAGES)
    wrong = "代码\t建制村\t示例甲\t示例乙\n220281001200\t金星村\t直投\t邮快\n220281001299\t错村\t是\t\n"
    QGuiApplication.clipboard().setText(wrong)
    tab.door.paste()
    dialog = tab.door.dialog
    assert isinstance(dialog, PasteDialog)
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=PATIENCE)
    assert [issue.row for issue in dialog.issues.rows if issue.code == "UNKNOWN_VILLAGE"] == [3]
    assert not dialog.enter.isEnabled()
    dialog.text.setPlainText(wrong.replace("220281001299\t错村\t是\t\n", ""))
    dialog.reason.setText("县局核实")
    click(dialog.read)
    qtbot.waitUntil(lambda: dialog.preview is not None, timeout=PATIENCE)
    assert dialog.enter.text() == "登记 2 条"
    click(dialog.enter)
    stored(qtbot, tab, 1)
    row = next(line.row for line in tab.panel.villages.rows if line.row.code == "220281001200")
    assert (row.as_of, row.carried) == ("2021-03", "")
    tab.door.undo()
    stored(qtbot, tab, 0)


def test_villages_are_merged_in_the_register_and_earlier_months_stay(qtbot: QtBot, tab: RuralTab) -> None:
    tab.door.register()
    register = tab.door.dialog
    assert isinstance(register, RegisterDialog)
    qtbot.waitUntil(lambda: len(register.units.rows) == 286, timeout=PATIENCE)
    assert not register.steps[VillageStep.MERGE].isEnabled()
    register.search.setText("220281003")
    villages = [n for n, unit in enumerate(register.units.rows) if unit.flagged][:2]
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    register.units.clearSelection()
    for number in villages:
        register.units.selectionModel().select(register.units.rows_model.index(number, 0), flags)
    assert [unit.flagged for unit in register.chosen] == [True, True]
    click(register.steps[VillageStep.MERGE])
    change = tab.door.dialog
    assert isinstance(change, ChangeDialog)
    click(change.enter)
    qtbot.waitUntil(change.enter.isEnabled, timeout=PATIENCE)
    assert tab.door.past.done == [], "without a reason nothing is stored"
    change.reason.setText("县政府批复并村")
    click(change.enter)
    stored(qtbot, tab, 1)
    qtbot.waitUntil(lambda: len(register._units) == 285, timeout=PATIENCE)
    assert next(card.kpi.text for card in tab.kpis.cards if card.kpi is not None) == "255"
    register.accept()
    tab.door.undo()
    stored(qtbot, tab, 0)
    assert next(card.kpi.text for card in tab.kpis.cards if card.kpi is not None) == "256"


def test_a_new_list_is_gone_through_line_by_line(qtbot: QtBot, tab: RuralTab, tmp_path: Path) -> None:
    tab.panel.turn_to(VILLAGES)
    lines = (resources_dir() / "sample" / "villages_220281.csv").read_text(encoding="utf-8-sig").splitlines()
    flagged = [n for n, line in enumerate(lines) if line.split(",")[2:3] == ["村委会"]]
    gone, renamed = flagged[5], flagged[40]
    cells = lines[renamed].split(",")
    lines[renamed] = ",".join([cells[0], "改名村", *cells[2:]])
    file = tmp_path / "2022名录.csv"
    file.write_text("\n".join(line for n, line in enumerate(lines) if n != gone), encoding="utf-8")
    tab.door.review(file)
    dialog = tab.door.dialog
    assert isinstance(dialog, ListDialog)
    qtbot.waitUntil(lambda: dialog.review is not None, timeout=PATIENCE)
    assert [line.change for line in dialog.rows.rows] == [ListChange.GONE, ListChange.RENAMED]
    assert dialog.enter.text() == "登记 2 条"
    dialog.rows.select_row(0)
    dialog.toggle()
    assert dialog.enter.text() == "登记 1 条"
    dialog.month.setText("五月")
    click(dialog.enter)
    assert "2021-05" in dialog.told.text()
    dialog.month.setText("2021-03")
    click(dialog.enter)
    stored(qtbot, tab, 1)
    names = {line.row.name for line in tab.panel.villages.rows}
    assert "改名村" in names
    assert lines[gone].split(",")[1] in names, "the line that was refused"
    tab.door.undo()
    stored(qtbot, tab, 0)
    assert "改名村" not in {line.row.name for line in tab.panel.villages.rows}


def test_a_proposed_merger_is_confirmed_in_the_window(qtbot: QtBot, tab: RuralTab, tmp_path: Path) -> None:
    lines = (resources_dir() / "sample" / "villages_220281.csv").read_text(encoding="utf-8-sig").splitlines()
    tab.panel.turn_to(VILLAGES)
    parts = [n for n, line in enumerate(lines) if "220281104200" in line or "220281104201" in line]
    assert len(parts) == 2
    head = lines[parts[0]].split(",")
    heir = lines[parts[0]].replace("220281104200", "220281104299").replace(head[1], "黄光村")
    kept = [line for n, line in enumerate(lines) if n not in parts]
    file = tmp_path / "2022名录.csv"
    file.write_text("\n".join([*kept, heir]), encoding="utf-8")
    tab.door.review(file)
    wait(qtbot, tab, ListDialog)
    dialog = tab.door.dialog
    assert isinstance(dialog, ListDialog)
    qtbot.waitUntil(lambda: dialog.review is not None, timeout=PATIENCE)
    assert "1 条疑似更名、合并、拆分" in dialog.told.text()
    dialog.group.set_key("建议")
    dialog.group.chosen.emit("建议")
    assert dialog.ideas.isVisible()
    assert not dialog.rows.isVisible()
    assert [idea.step for idea in dialog.ideas.rows] == [VillageStep.MERGE]
    dialog.ideas.select_row(0)
    dialog.toggle()
    assert "采用建议 1 条" in dialog.enter.text()
    click(dialog.enter)
    stored(qtbot, tab, 1)
    heirs = [line.row for line in tab.panel.villages.rows if line.row.code == "220281104299"]
    assert len(heirs) == 1
    assert heirs[0].brands, "the records of both go on"
    tab.door.undo()
    stored(qtbot, tab, 0)
    assert not [line for line in tab.panel.villages.rows if line.row.code == "220281104299"]
    tab.door.past.redo()
    stored(qtbot, tab, 1)
    assert [line.row.brands for line in tab.panel.villages.rows if line.row.code == "220281104299"] == [heirs[0].brands]


def entered(listed: StationsDialog) -> int:
    return len(listed.stations.rows)


def test_a_station_is_entered_and_corrected(qtbot: QtBot, tab: RuralTab) -> None:
    tab.door.stations()
    listed = tab.door._stations
    assert listed is not None
    qtbot.waitUntil(lambda: listed.told.text().startswith("0 个站"), timeout=PATIENCE)
    listed.asked.emit(None)
    wait(qtbot, tab, StationDialog)
    form = tab.door.dialog
    assert isinstance(form, StationDialog)
    form.name.setText("金星便民站")
    click(form.enter)
    assert entered(listed) == 0, "without a village nothing is stored"
    form.village.setCurrentText("民主街道 金星村")
    form.brands.setText("示例甲、示例乙")
    form.income.setText("1,250.50")
    form.reason.setText("3月验收")
    click(form.enter)
    qtbot.waitUntil(lambda: entered(listed) == 1, timeout=PATIENCE)
    row = listed.stations.rows[0]
    assert (row.village, row.brands) == ("金星村", ("示例甲", "示例乙"))
    assert (row.income, row.report_month) == ("1250.5", "2021-03")
    listed.accept()
    tab.door.undo()
    stored(qtbot, tab, 0)


def test_a_new_list_dropped_on_the_imports_is_not_stored_as_a_whole(qtbot: QtBot, county: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(county, tmp_path / "台账.db"))
    lines = (resources_dir() / "sample" / "villages_220281.csv").read_text(encoding="utf-8-sig").splitlines()
    file = tmp_path / "2022名录.csv"
    file.write_text("\n".join(lines[:-1]), encoding="utf-8")
    window = open_window(qtbot, path, "数据导入")
    page = imports(qtbot, window)
    before = fingerprint(path)
    drop(page, [file])
    until(qtbot, lambda: len(page.staging.stage.files) == 1 and page.staging.stage.files[0].word == "逐条核对")
    settle(qtbot, window)
    page.commit_ready()
    settle(qtbot, window)
    assert fingerprint(path) == before, "a register is never overwritten by a list"
    assert page.staging.diff.review.isVisible()
    click(page.staging.diff.review)
    until(qtbot, lambda: isinstance(window.current_tab, RuralTab))
    tab = window.current_tab
    assert isinstance(tab, RuralTab)
    dialog = tab.door.dialog
    assert isinstance(dialog, ListDialog)
    until(qtbot, lambda: dialog.review is not None)
    assert [line.change for line in dialog.rows.rows] == [ListChange.GONE]
    dialog.reject()
    settle(qtbot, window)
    window.close()
