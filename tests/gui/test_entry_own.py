"""录入: the bureau's own indicators stand in the grid as soon as they are made; an indicator is found by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services.results.own_indicators import OwnDraft
from desktop_app.views.entry.pivot import Shape
from desktop_app.views.main_window import MainWindow
from tests.gui.county import click, indicators, press, settle, text_of, type_in, until
from tests.gui.entering import CONTROL, Clerk
from tests.gui.test_own_indicators import commit_text, new_page

K = Qt.Key


def names(clerk: Clerk) -> list[str]:
    """The heads of the rows."""
    cells = clerk.page.cells
    return [str(cells.headerData(n, Qt.Orientation.Vertical)) for n in range(cells.rowCount())]


def test_a_new_indicator_is_entered_by_its_frequency_and_towns(qtbot: QtBot, window: MainWindow) -> None:
    clerk = Clerk(qtbot, window)
    assert not any("客户座谈" in name for name in names(clerk))
    page = new_page(qtbot, window)
    commit_text(page.form.name, "客户座谈次数")
    until(qtbot, lambda: page.form.code.text() == "OWN.KHZTCS")
    page.form.unit.setCurrentText("家次")
    commit_text(page.form.definition, "本局召开客户座谈会的次数。")
    page.form.frequency.set_key("quarter")
    page.form.dimensions.set_key("town")
    press(page, K.Key_S, CONTROL)
    settle(qtbot, window)
    window.activateWindow()
    until(qtbot, lambda: QApplication.activeWindow() is window)
    clerk = Clerk(qtbot, window)
    until(qtbot, lambda: any("客户座谈次数" in name for name in names(clerk)))
    march = clerk.go("OWN.KHZTCS", "2021-03")
    clerk.type("4")
    clerk.rest()
    assert clerk.stored(march) == "4"
    february = clerk.go("OWN.KHZTCS", "2021-02")
    clerk.type("1")
    clerk.rest()
    assert clerk.stored(february) is None
    clerk.page.show_cell(february)
    assert "按季录入" in clerk.page.note.text()
    clerk.page.shape.set_key(Shape.TOWNS.value)
    clerk.page.shape.chosen.emit(Shape.TOWNS.value)
    assert "客户座谈次数" in [name for _, name in clerk.page.item._options]
    tab = indicators(qtbot, window)
    tab.aim({"code": "OWN.KHZTCS"})
    settle(qtbot, window)
    until(qtbot, lambda: not tab.waiting and tab.wish.code == "OWN.KHZTCS")
    assert text_of(tab, "OWN.KHZTCS", "累计") == "4"


def test_a_retired_one_and_one_of_companies_are_not_offered(qtbot: QtBot, window: MainWindow) -> None:
    backend = window.desk.backend
    draft = OwnDraft("客户座谈次数", "OWN.A.A", "家次", "count", "次数。", group="本局自设/自设指标")
    backend.save_own(draft, "", "")
    backend.save_own(OwnDraft("企业自查次数", "OWN.A.B", "家次", "count", "次数。", owner="company"), "", "")
    clerk = Clerk(qtbot, window)
    assert any("客户座谈次数" in name for name in names(clerk))
    assert not any("企业自查次数" in name for name in names(clerk))
    assert window.desk.month is not None
    backend.retire_own("OWN.A.A", window.desk.month, "不再统计")
    window.desk.announce_change()
    clerk.until(lambda: not any("客户座谈次数" in name for name in names(clerk)))


def test_an_indicator_is_found_by_name_code_or_initials(qtbot: QtBot, window: MainWindow) -> None:
    clerk = Clerk(qtbot, window)
    everything = names(clerk)
    clerk.key(K.Key_F, CONTROL)
    assert clerk.on(clerk.page.search)
    type_in(clerk.page.search, "qqqq")
    assert clerk.page.empty.isVisible()
    clerk.page.search.clear()
    type_in(clerk.page.search, "gov.inspect.visit")
    assert len(names(clerk)) == 1
    clerk.page.search.clear()
    commit_text(clerk.page.search, "检查")
    assert 0 < len(names(clerk)) < len(everything)
    clerk.key(K.Key_Return)
    assert clerk.on(clerk.page.grid)
    key = clerk.page.grid.current_key
    assert key is not None
    assert (key.period, clerk.page.grid.currentIndex().row()) == ("2021-03", 0)
    clerk.page.search.clear()
    assert names(clerk) == everything
    clerk.by_year()
    clerk.page.search.setText("czrk")
    assert [name.partition("（")[0] for name in names(clerk)] == ["常住人口"]
    click(clerk.page.shape._pills[Shape.TOWNS.value])
    assert [name for _, name in clerk.page.item._options] == ["常住人口"]
