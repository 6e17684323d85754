"""The window's keys. Given after the first paint: nobody presses them before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app.views.tabs import IMPORT_TAB, PRINT_TAB

if TYPE_CHECKING:
    from desktop_app.views.main_window import MainWindow


def give_keys(window: MainWindow) -> list[QShortcut]:
    """Connect every key of the footer and of F1's list; they work wherever the focus is in the window."""
    box = window.header.month_box
    keys: list[tuple[str, Callable[[], object]]] = [
        ("Alt+Left", partial(box.turn, -1)),
        ("Ctrl+PgUp", partial(box.turn, -1)),
        ("Alt+Right", partial(box.turn, 1)),
        ("Ctrl+PgDown", partial(box.turn, 1)),
        ("Alt+M", box.open_popup),
        ("Alt+T", window.open_menu),
        ("Ctrl+K", window.header.search.begin),
        ("F5", window.ask_again),
        ("F7", window.trace_focus),
        ("Ctrl+I", partial(window.command, "import", IMPORT_TAB)),
        ("Ctrl+E", partial(window.desk.go, IMPORT_TAB, entry="show")),
        ("Ctrl+P", partial(window.command, "print", PRINT_TAB)),
        ("Ctrl+O", partial(_act, window, "open_ledger")),
        ("Ctrl+N", partial(_act, window, "new_ledger")),
        ("Ctrl+Shift+N", partial(_act, window, "new_indicator")),
        ("Ctrl+B", partial(_act, window, "back_up")),
        ("F1", partial(_act, window, "show_keys")),
        ("Esc", window.message.clear),
    ]
    keys += [(f"Ctrl+{n + 1}", partial(window.strip.setCurrentIndex, n)) for n in range(window.strip.count())]
    given = []
    for sequence, call in keys:
        key = QShortcut(QKeySequence(sequence), window)
        key.activated.connect(call)
        given.append(key)
    return given


def _act(window: MainWindow, name: str) -> None:
    """The actions are loaded with the first that is wanted."""
    getattr(window.frame_actions, name)()
