"""录入巡查表 in the window: the sheet by its number, one key a line, stored at once, taken back and entered again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.views.rural.tab import RuralTab
from desktop_app.views.rural.visit_dialog import VisitDialog
from tests.gui.rural_green import press, shown, small_county

PATIENCE = 20_000


def write(field: QLineEdit, text: str) -> None:
    """Type letters, Chinese ones too, as an input method commits them."""
    for letter in text:
        field.insert(letter)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_county(tmp_path_factory.mktemp("county") / "ledger.db")


@pytest.fixture
def tab(qtbot: QtBot, county: Path, tmp_path: Path) -> Iterator[RuralTab]:
    with shown(qtbot, RuralTab, Path(shutil.copy(county, tmp_path / "台账.db"))) as made:
        yield made


@pytest.fixture
def dialog(qtbot: QtBot, tab: RuralTab) -> VisitDialog:
    """The sheet of 黄松甸镇, its head filled in by keys alone, the first line waiting."""
    tab.door.visits()
    made = tab.door.dialog
    assert isinstance(made, VisitDialog)
    write(made.form, "104")
    press(made.form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.sheet is not None, timeout=PATIENCE)
    for field, typed in ((made.day, "3-12"), (made.checker, "王五"), (made.witness, "赵村长")):
        assert made.focusWidget() is field
        write(field, typed)
        press(field, Qt.Key.Key_Return)
    assert made.focusWidget() is made.finding
    return made


def entered(qtbot: QtBot, dialog: VisitDialog, count: int) -> None:
    qtbot.waitUntil(lambda: len(dialog.stored) == count, timeout=PATIENCE)


def rate(tab: RuralTab) -> str:
    return next(card.kpi.text for card in tab.kpis.cards if card.kpi is not None and card.kpi.title == "通达率")


def test_the_lines_are_those_of_the_paper(dialog: VisitDialog) -> None:
    assert dialog.form.text() == "104-2103"
    assert [place.number for place in dialog.rows.rows] == list(range(1, 13))
    codes = [place.code for place in dialog.rows.rows]
    assert codes == sorted(codes)


def test_a_sheet_is_entered_with_one_key_a_line_and_stands_at_once(
    qtbot: QtBot, tab: RuralTab, dialog: VisitDialog
) -> None:
    before = rate(tab)
    first = dialog.rows.rows[0]
    assert first.brands
    write(dialog.finding, "=")
    entered(qtbot, dialog, 1)
    assert dialog.rows.current_row is dialog.rows.rows[1], "on to the next line"
    write(dialog.finding, "-")
    assert dialog.rows.current_row is dialog.rows.rows[2]
    write(dialog.finding, "0")
    entered(qtbot, dialog, 2)
    write(dialog.finding, "1")
    assert dialog.focusWidget() is dialog.brands
    for cell, typed in (
        *((dialog.brands, "甲 乙"), (dialog.modes, "邮快"), (dialog.times, "5"), (dialog.station, "村口站")),
        *((dialog.charge, "0"), (dialog.photo, "")),
    ):
        assert dialog.focusWidget() is cell
        write(cell, typed)
        press(cell, Qt.Key.Key_Return)
    entered(qtbot, dialog, 3)
    assert dialog.stored[4].words.startswith("正常 示例甲、示例乙")
    assert "已存 3，没有到过 1" in dialog.found.text()
    assert len(tab.door.past.done) == 3
    dialog.accept()
    qtbot.waitUntil(lambda: rate(tab) != before and not tab.waiting, timeout=PATIENCE)
    seen = [line.row for line in tab.panel._lines if "2021-03-12 王五" in line.row.proof]
    assert len(seen) == 3


def test_a_wrong_word_keeps_the_line_as_it_was_typed(qtbot: QtBot, dialog: VisitDialog) -> None:
    write(dialog.finding, "1")
    write(dialog.brands, "没有这家")
    QTest.keyClick(dialog.brands, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "不认识的品牌" in dialog._told.text(), timeout=PATIENCE)
    assert dialog.brands.text() == "没有这家"
    assert dialog.stored == {}
    assert dialog.rows.current_row is dialog.rows.rows[0]


def test_the_last_line_is_taken_back_and_comes_again(qtbot: QtBot, tab: RuralTab, dialog: VisitDialog) -> None:
    before = rate(tab)
    write(dialog.finding, "0")
    entered(qtbot, dialog, 1)
    QTest.keyClick(dialog.finding, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    entered(qtbot, dialog, 0)
    assert dialog.rows.current_row is dialog.rows.rows[0], "the line is open again"
    dialog.accept()
    qtbot.waitUntil(lambda: not tab.waiting, timeout=PATIENCE)
    assert rate(tab) == before
    tab.door.past.redo()
    qtbot.waitUntil(lambda: len(tab.door.past.done) == 1 and not tab.waiting, timeout=PATIENCE)
    assert rate(tab) != before
    assert tab.door.past.undone == []


def test_the_number_of_a_sheet_that_does_not_exist_is_refused_with_examples(qtbot: QtBot, tab: RuralTab) -> None:
    tab.door.visits()
    made = tab.door.dialog
    assert isinstance(made, VisitDialog)
    write(made.form, "999")
    press(made.form, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "没有这张巡查表" in made._told.text(), timeout=PATIENCE)
    made.reject()


def test_the_page_of_a_village_shows_who_was_there_and_the_photo(
    qtbot: QtBot, tab: RuralTab, dialog: VisitDialog, tmp_path: Path
) -> None:
    photos = tmp_path / "照片"
    photos.mkdir()
    image = QImage(900, 1200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(photos / "IMG_0007.jpg"))
    dialog.photos.setText(str(photos))
    write(dialog.finding, "1")
    write(dialog.photo, "7")
    press(dialog.photo, Qt.Key.Key_Return)
    entered(qtbot, dialog, 1)
    assert dialog.stored[1].attached == "IMG_0007.jpg"
    code = dialog.rows.rows[0].code
    dialog.accept()
    qtbot.waitUntil(lambda: not tab.waiting, timeout=PATIENCE)
    tab.work.open_village(code)
    qtbot.waitUntil(lambda: tab.work.dialog is not None and tab.work.dialog.page is not None, timeout=PATIENCE)
    page = tab.work.dialog
    assert page is not None
    newest = page.visits.rows[0]
    assert (str(newest.day), newest.kind, newest.checker) == ("2021-03-12", "实地核查", "王五")
    assert newest.note == "巡查表104-2103第1行，见证人赵村长，照片7"
    page.visits.select_row(0)
    assert page.proof_button.isVisible()
    page.proof_button.click()
    qtbot.waitUntil(lambda: tab.work.proof is not None, timeout=PATIENCE)
    proof = tab.work.proof
    assert proof is not None
    assert proof.picture is not None
    assert (proof.picture.width(), proof.picture.height()) == (900, 1200)
    assert "与登记时的指纹一致" in proof.told.text()
    proof.accept()
    page.reject()
