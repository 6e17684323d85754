"""What happens when 方案编辑 is opened and something is stored in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.services.results.tone import Tone
from desktop_app.views.green.programme_dialog import UNDO, ProgrammeDialog

if TYPE_CHECKING:
    from desktop_app.errors import UserError
    from desktop_app.services.results.programmes import ProgrammeBook, ProgrammeDraft
    from desktop_app.views.green.tab import GreenTab


class ProgrammeActions(QObject):
    """Opens the dialog over the tab and answers it."""

    def __init__(self, tab: GreenTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self.dialog: ProgrammeDialog | None = None

    def open(self) -> None:
        """Ask for the list and show it."""
        backend = self._tab.desk.backend
        if self._tab.desk.month is not None:
            self._tab.run("programmes", lambda *_: backend.programme_book(), on_result=self._show)

    def _show(self, book: ProgrammeBook) -> None:
        month = self._tab.desk.month
        if month is None:
            return
        dialog = ProgrammeDialog(book, month, self._tab)
        dialog.save_asked.connect(self._save)
        dialog.step_asked.connect(self._step)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._gone)
        self.dialog = dialog
        dialog.open()

    def _gone(self) -> None:
        self.dialog = None

    def _save(self, draft: ProgrammeDraft, reason: str, editing: str) -> None:
        backend, month = self._tab.desk.backend, self._tab.desk.month
        if month is None:
            return

        def store() -> tuple[str, ProgrammeBook]:
            return backend.save_programme(draft, month, reason, editing), backend.programme_book()

        self._tab.run("store", lambda *_: store(), on_result=self._stored, on_error=self._refused)

    def _stored(self, found: tuple[str, ProgrammeBook]) -> None:
        code, book = found
        if self.dialog is not None:
            self.dialog.show_book(book, "", code)
            self.dialog.say("已保存，本月的页面和月报里已有这个方案。", Tone.GOOD)
        self._tab.programme_stored(code)

    def _step(self, step: str, code: str, reason: str) -> None:
        backend = self._tab.desk.backend

        def do() -> ProgrammeBook:
            if step == UNDO:
                backend.undo_programme(code, reason)
            else:
                backend.retire_programme(code, reason)
            return backend.programme_book()

        self._tab.run("store", lambda *_: do(), on_result=self._stepped, on_error=self._refused)

    def _stepped(self, book: ProgrammeBook) -> None:
        if self.dialog is not None:
            self.dialog.show_book(book)
            self.dialog.begin_new()
            self.dialog.say("已改，改动连同原因记在台账里。", Tone.GOOD)
        self._tab.programme_stored("")

    def _refused(self, error: UserError) -> None:
        if self.dialog is not None:
            self.dialog.say(f"{error.message}。{error.hint}" if error.hint else error.message, Tone.BAD)
        else:
            self._tab.desk.complain(error)
