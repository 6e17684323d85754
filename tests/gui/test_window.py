"""The window's frame on a real ledger: opening, month, keys, messages, faults, care."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app import settings
from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.paths import log_dir
from desktop_app.services import ledger as ledger_service
from desktop_app.services.results.tone import Tone
from desktop_app.views.backend import Backend
from desktop_app.views.frame.actions import WindowActions
from desktop_app.views.frame.dialogs import NewLedgerDialog, TableDialog
from desktop_app.views.frame.faults import FaultDialog
from desktop_app.views.frame.footer import KeyHints
from desktop_app.views.frame.month_popup import MonthPopup, month_from_words
from desktop_app.views.frame.welcome import Welcome
from desktop_app.views.main_window import MainWindow
from desktop_app.views.tabs import TABS
from tests.gui.county import PATIENCE, number_of, open_window, settle

# Qt's screenless platform says so of every menu and grid that pops up.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def words_of(window: MainWindow) -> str:
    """Everything that stands on labels in sight."""
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key into the window, as the keyboard sends it."""
    target = QApplication.focusWidget() or window
    QTest.keyClick(target, key, modifier)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A new ledger with nothing in it."""
    made = ledger_service.create(tmp_path / "空.db", "220281", "蛟河市")
    made.close()
    return tmp_path / "空.db"


@pytest.fixture
def small(qtbot: QtBot, empty: Path) -> MainWindow:
    """The window on the new ledger."""
    return opened(qtbot, empty)


def opened(qtbot: QtBot, path: Path) -> MainWindow:
    window = MainWindow(Backend(str(path)))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.desk.info is not None or welcomed(window), timeout=PATIENCE)
    tab = window.current_tab
    assert tab is not None
    qtbot.waitUntil(lambda: welcomed(window) or not tab.waiting, timeout=PATIENCE)
    settle(qtbot, window)
    return window


def welcomed(window: MainWindow) -> bool:
    """No ledger could be opened, and the window says so."""
    welcome = window.findChild(Welcome)
    return welcome is not None and welcome.isVisible()


# ------------------------------------------------------------------------------------------------- opening


def test_the_shell_stands_before_anything_is_asked(qtbot: QtBot, empty: Path) -> None:
    window = MainWindow(Backend(str(empty)))
    qtbot.addWidget(window)
    assert [window.strip.tabText(i) for i in range(window.strip.count())] == [entry.name for entry in TABS]
    assert window.current_tab is None
    assert window.jobs.running == 0


def test_header_and_footer_name_the_ledger(qtbot: QtBot, window: MainWindow) -> None:
    shown = words_of(window)
    assert "蛟河市 · 220281" in shown
    assert "台账 台账.db" in shown
    assert "已存盘" in shown
    assert "示例数据" in {tag.accessibleName() for tag in window.header.findChildren(type(window.header._sample))}


def test_only_the_shown_tab_is_built(qtbot: QtBot, small: MainWindow) -> None:
    assert list(small._tabs) == [0]
    small.strip.setCurrentIndex(2)
    settle(qtbot, small)
    assert sorted(small._tabs) == [0, 2]


def test_a_new_ledger_says_what_to_do_first(qtbot: QtBot, small: MainWindow) -> None:
    shown = words_of(small)
    assert "还没有数据" in shown
    button = next(b for b in small.findChildren(QPushButton) if b.text() == "导入文件" and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, small)
    assert small.strip.tabText(small.strip.currentIndex()) == "数据导入"


def test_a_missing_ledger_is_explained_and_another_can_be_made(qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(qtbot, tmp_path / "没有.db")
    welcome = window.findChild(Welcome)
    assert welcome is not None
    assert welcome.isVisible()
    assert "没有.db" in welcome.words
    buttons = [b.text() for b in welcome.findChildren(QPushButton)]
    assert buttons == ["再试一次", "打开台账…", "新建台账…"]


def test_a_ledger_that_appears_is_opened_on_trying_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "晚到.db"
    window = opened(qtbot, path)
    ledger_service.create(path, "220281", "蛟河市").close()
    welcome = window.findChild(Welcome)
    assert welcome is not None
    welcome.trying.emit()
    settle(qtbot, window)
    assert not welcome.isVisible()
    assert "蛟河市" in words_of(window)


def test_a_second_window_on_the_same_ledger_is_told_so(qtbot: QtBot, small: MainWindow, empty: Path) -> None:
    second = opened(qtbot, empty)
    welcome = second.findChild(Welcome)
    assert welcome is not None
    assert "打开" in welcome.words or "占用" in welcome.words
    small.close()
    welcome.trying.emit()
    settle(qtbot, second)
    assert not welcome.isVisible()


def test_a_new_ledger_is_made_from_the_window(qtbot: QtBot, small: MainWindow, tmp_path: Path) -> None:
    press(small, Qt.Key.Key_N, CTRL)
    dialog = small.frame_actions.dialog
    assert isinstance(dialog, NewLedgerDialog)
    dialog.code.setText("22028x")
    dialog.make.click()
    assert dialog.isVisible(), "a wrong code must not be accepted"
    dialog.code.setText("520625")
    dialog.name.setText("印江县")
    assert dialog.place.text() == str(tmp_path / "520625.db")
    dialog.make.click()
    settle(qtbot, small)
    qtbot.waitUntil(lambda: "印江县 · 520625" in words_of(small), timeout=PATIENCE)
    assert (tmp_path / "520625.db").exists()


# --------------------------------------------------------------------------------------------------- month


def test_keys_turn_the_month_and_every_tab_follows(qtbot: QtBot, window: MainWindow) -> None:
    window.desk.set_month(Month(2021, 3))
    settle(qtbot, window)
    press(window, Qt.Key.Key_Left, ALT)
    press(window, Qt.Key.Key_PageUp, CTRL)
    press(window, Qt.Key.Key_Right, ALT)
    settle(qtbot, window)
    assert window.desk.month == Month(2021, 2)
    assert window.header.month_box.month == Month(2021, 2)
    assert "2021年2月" in words_of(window)


def test_turning_fast_shows_only_the_last_month(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(8):
        window.header.month_box.turn(-1)
    for _ in range(3):
        window.header.month_box.turn(1)
    settle(qtbot, window)
    month = window.desk.month
    assert month is not None
    assert month.label in words_of(window)


def test_the_month_is_remembered_in_the_ledger(qtbot: QtBot, empty: Path) -> None:
    first = opened(qtbot, empty)
    first.header.month_box.choose(Month(2020, 11))
    settle(qtbot, first)
    first.close()
    again = opened(qtbot, empty)
    assert again.desk.month == Month(2020, 11)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2021-3", Month(2021, 3)),
        ("202103", Month(2021, 3)),
        ("２０２１年３月", Month(2021, 3)),
        ("2021.12", Month(2021, 12)),
        ("2021 / 7", Month(2021, 7)),
        ("2021-13", None),
        ("三月", None),
        ("", None),
    ],
)
def test_typed_months(text: str, month: Month | None) -> None:
    assert month_from_words(text) == month


def test_a_month_is_picked_from_the_grid_by_keyboard(qtbot: QtBot, small: MainWindow) -> None:
    small.header.month_box.choose(Month(2021, 3))
    press(small, Qt.Key.Key_M, ALT)
    popup = small.findChild(MonthPopup)
    assert popup is not None
    assert popup.isVisible()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        focused = popup.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    assert small.desk.month == Month(2021, 8)
    assert not popup.isVisible()


def test_a_month_is_typed_into_the_grid(qtbot: QtBot, small: MainWindow) -> None:
    small.header.month_box.choose(Month(2021, 3))
    small.header.month_box.open_popup()
    popup = small.findChild(MonthPopup)
    assert popup is not None
    focused = popup.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "2")
    QTest.keyClicks(popup._typed, "020-12")
    QTest.keyClick(popup._typed, Qt.Key.Key_Return)
    assert small.desk.month == Month(2020, 12)


def test_walking_past_december_turns_the_year(qtbot: QtBot, small: MainWindow) -> None:
    small.header.month_box.choose(Month(2020, 12))
    small.header.month_box.open_popup()
    popup = small.findChild(MonthPopup)
    assert popup is not None
    QTest.keyClick(popup._months[11], Qt.Key.Key_Right)
    QTest.keyClick(popup._months[0], Qt.Key.Key_Return)
    assert small.desk.month == Month(2021, 1)


# --------------------------------------------------------------------------------------------- keys, words


@pytest.mark.parametrize("number", range(1, len(TABS) + 1))
def test_ctrl_and_a_number_opens_a_tab(qtbot: QtBot, small: MainWindow, number: int) -> None:
    press(small, Qt.Key(Qt.Key.Key_0 + number), CTRL)
    settle(qtbot, small)
    assert small.strip.currentIndex() == number - 1
    assert small.current_tab is not None
    assert small.current_tab.isVisible()


@pytest.mark.parametrize(("key", "tab"), [(Qt.Key.Key_I, "数据导入"), (Qt.Key.Key_P, "报表打印")])
def test_the_footer_keys_lead_to_their_tabs(qtbot: QtBot, small: MainWindow, key: Qt.Key, tab: str) -> None:
    press(small, key, CTRL)
    settle(qtbot, small)
    assert small.strip.tabText(small.strip.currentIndex()) == tab


def test_a_refusal_says_where_what_and_how_and_can_be_copied(qtbot: QtBot, small: MainWindow) -> None:
    small.desk.complain(UserError("文件打不开", hint="请在 WPS 中另存为 xlsx", where="丁.xls"))
    assert small.message.isVisible()
    small.message.copy()
    assert QGuiApplication.clipboard().text() == "丁.xls：文件打不开\n请在 WPS 中另存为 xlsx"
    press(small, Qt.Key.Key_Escape)
    assert not small.message.isVisible()


def test_a_fault_of_ours_leaves_a_report_and_no_figures(
    qtbot: QtBot, small: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Backend, "overview", lambda *_: 1 // 0)
    small.ask_again()
    settle(qtbot, small)
    dialog = small.frame_actions.dialog
    assert isinstance(dialog, FaultDialog)
    [report] = list(log_dir().iterdir())
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
    assert str(report) in "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert "这一页没有读出来" in words_of(small)
    dialog.accept()
    monkeypatch.undo()
    small.ask_again()
    settle(qtbot, small)
    assert "还没有数据" in words_of(small)


def test_ctrl_b_makes_a_backup_that_can_be_opened(qtbot: QtBot, small: MainWindow, empty: Path) -> None:
    press(small, Qt.Key.Key_B, CTRL)
    settle(qtbot, small)
    assert "备份已做好" in small.message.words
    made = Path(small.message.words.split("\n")[1])
    with sqlite3.connect(made) as copy:
        assert copy.execute("pragma integrity_check").fetchone() == ("ok",)
    copy.close()
    assert "上次备份 今日" in words_of(small)


def test_the_ledger_is_checked_from_the_menu(qtbot: QtBot, small: MainWindow) -> None:
    small.frame_actions.check_ledger()
    settle(qtbot, small)
    dialog = small.frame_actions.dialog
    assert isinstance(dialog, TableDialog)
    assert {row[1] for row in dialog.table.rows} == {"正常"}


def test_f1_lists_the_keys(qtbot: QtBot, small: MainWindow) -> None:
    press(small, Qt.Key.Key_F1)
    dialog = small.frame_actions.dialog
    assert isinstance(dialog, TableDialog)
    assert any("Alt+←" in row[0] for row in dialog.table.rows)


def test_every_entry_of_the_menu_does_something(qtbot: QtBot, small: MainWindow) -> None:
    press(small, Qt.Key.Key_T, ALT)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    named = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert named == [
        "打开台账…",
        "新建台账…",
        "立即备份",
        "检查台账",
        "读表方案…",
        "审核规则…",
        "新增指标…",
        "自设指标…",
        "外观：浅色",
        "外观：深色",
        "外观：跟随系统",
        "快捷键",
        "关于邮管台账",
    ]
    next(a for a in menu.actions() if a.text() == "外观：深色").trigger()
    menu.close()
    assert settings.get("theme") == "dark"


@pytest.mark.parametrize("width", [1366, 911, 768, 640])
def test_the_window_fits_a_small_screen_and_hints_go_before_anything_is_cut(
    qtbot: QtBot, small: MainWindow, width: int
) -> None:
    small.resize(width, 432)
    qtbot.waitUntil(lambda: small.width() == small.footer.width() == width, timeout=5000)
    hints = small.footer.findChildren(KeyHints)[0]
    assert hints.text().endswith("F1 快捷键")
    assert hints.fontMetrics().horizontalAdvance(hints.text()) <= hints.width()
    assert ("Ctrl+1…7 换页" in hints.text()) or width < 800


def test_every_dialog_can_be_resized(qtbot: QtBot, small: MainWindow) -> None:
    actions: WindowActions = small.frame_actions
    for show in (actions.show_about, actions.show_keys, actions.new_ledger):
        show()
        dialog = actions.dialog
        assert dialog is not None
        assert dialog.maximumWidth() > 4000
        assert dialog.minimumWidth() < dialog.width()


def test_badges_stand_beside_the_tab(qtbot: QtBot, small: MainWindow) -> None:
    before = small.strip.tabRect(number_of(small, "数据导入")).width()
    small.desk.set_badge("数据导入", 12)
    assert small.strip.badge(number_of(small, "数据导入")) == 12
    assert small.strip.tabRect(number_of(small, "数据导入")).width() > before
    small.desk.set_badge("数据导入", 0)
    assert small.strip.tabRect(number_of(small, "数据导入")).width() == before


def test_messages_of_every_tone_name_their_kind(qtbot: QtBot, small: MainWindow) -> None:
    for tone in Tone:
        small.desk.say("话", tone)
        assert small.message._tag.text


def test_closing_while_a_tab_is_being_read_leaves_nothing_behind(qtbot: QtBot, empty: Path) -> None:
    window = MainWindow(Backend(str(empty)))
    qtbot.addWidget(window)
    window.show()
    window.open()
    window.close()
    again = opened(qtbot, empty)
    assert again.findChild(Welcome) is None, "the first window must have let go of the ledger"


def test_before_a_register_the_code_is_shown_once(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "新.db"
    ledger_service.create(path, "220281").close()
    window = open_window(qtbot, path)
    assert window.desk.info is not None
    assert window.header._place.text() == "220281"
