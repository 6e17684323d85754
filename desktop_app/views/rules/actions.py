"""What happens when the dialog 审核规则 is opened and something is set in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.errors import UserError
from desktop_app.services.results.rules import RuleBook
from desktop_app.views.rules.dialog import RulesDialog
from desktop_app.views.rules.editor import Wish

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desktop_app.views.main_window import MainWindow


class RuleActions(QObject):
    """Opens the dialog and stores what is wished for; ``show`` puts a dialog before the window."""

    def __init__(self, window: MainWindow, show: Callable[[QDialog], None]) -> None:
        super().__init__(window)
        self._window = window
        self._show = show
        self._dialog: RulesDialog | None = None

    def open(self, code: str = "") -> None:
        """Ask for the rules and show them, the rule of this code marked."""
        backend = self._window.desk.backend
        self._window.jobs.start(self, "open", lambda *_: backend.rules(), on_result=lambda book: self._open(book, code))

    def _open(self, book: RuleBook, code: str) -> None:
        dialog = RulesDialog(book, code, self._window)
        dialog.editor.save_asked.connect(self._save)
        dialog.editor.reset_asked.connect(self._reset)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        self._show(dialog)

    def _closed(self) -> None:
        self._dialog = None

    def _save(self, wish: Wish) -> None:
        backend = self._window.desk.backend
        self._store(lambda: backend.set_rule(wish.code, wish.severity, wish.thresholds, wish.reason), "已保存")

    def _reset(self, wish: Wish) -> None:
        backend = self._window.desk.backend
        self._store(lambda: backend.reset_rule(wish.code, wish.reason), "已恢复出厂设置")

    def _store(self, step: Callable[[], RuleBook], done: str) -> None:
        self._window.jobs.start(
            self,
            "store",
            lambda *_: step(),
            on_result=lambda book: self._stored(book, f"{done}；还没入库的文件会按新规则重新核对。"),
            on_error=self._refused,
        )

    def _stored(self, book: RuleBook, done: str) -> None:
        if self._dialog is not None:
            self._dialog.show_book(book, done)
        self._window.desk.announce_change()
        self._window.desk.announce_rules()

    def _refused(self, error: UserError) -> None:
        if self._dialog is not None:
            self._dialog.refuse(f"{error.message}。{error.hint}" if error.hint else error.message)
        else:
            self._window.desk.complain(error)
