"""What happens when 自设指标 or 新增指标 is opened and something is typed, tried or stored in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services.results.own_indicators import OwnBook, OwnDraft, OwnRow
from desktop_app.services.results.tone import Tone
from desktop_app.views.indicators.new_indicator import NewIndicatorDialog
from desktop_app.views.indicators.own_list import REMOVE, RETIRE, OwnListDialog
from desktop_app.views.jobs import Lane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from desktop_app.views.main_window import MainWindow

INDICATOR_TAB = "行业指标"
R = TypeVar("R")
_DONE = {RETIRE: "已停用", REMOVE: "已删去"}


class OwnIndicatorActions(QObject):
    """Opens the dialogs and answers them; ``show`` puts a dialog before the window."""

    def __init__(self, window: MainWindow, show: Callable[[QDialog], None]) -> None:
        super().__init__(window)
        self._window = window
        self._show = show
        self.list: OwnListDialog | None = None
        self.page: NewIndicatorDialog | None = None
        self._from_list = False

    # ------------------------------------------------------------------------------------------- opening

    def open_list(self) -> None:
        """Show the list."""
        self._with_book(lambda book: self._open_list(book, ""))

    def open_new(self) -> None:
        """Show an empty page for a new indicator; afterwards the list again when it was opened from there."""
        self._with_book(lambda book: self._open_page(book, None))

    def _with_book(self, then: Callable[[OwnBook], None]) -> None:
        if self._window.desk.month is None:
            return
        backend = self._window.desk.backend
        self._window.jobs.start(self, "book", lambda *_: backend.own_book(), on_result=then)

    @property
    def _month(self) -> Month:
        month = self._window.desk.month
        if month is None:
            raise RuntimeError("the dialogs are opened on a ledger only")
        return month

    def _open_list(self, book: OwnBook, done: str) -> None:
        dialog = OwnListDialog(book, self._month, self._window)
        dialog.new_asked.connect(self.open_new)
        dialog.change_asked.connect(lambda row: self._with_book(lambda known: self._open_page(known, row)))
        dialog.step_asked.connect(self._step)
        dialog.finished.connect(self._list_closed)
        self.list = dialog
        if done:
            dialog.say(done, Tone.GOOD)
        self._show(dialog)

    def _list_closed(self) -> None:
        self.list = None

    def _open_page(self, book: OwnBook, row: OwnRow | None) -> None:
        page = NewIndicatorDialog(book, self._month, row.draft if row is not None else None, self._window)
        page.code_asked.connect(self._propose)
        page.reading_asked.connect(self._read)
        page.trial_asked.connect(self._try)
        page.save_asked.connect(self._save)
        page.finished.connect(self._page_closed)
        self._from_list = self.list is not None
        self.page = page
        self._show(page)

    def _page_closed(self) -> None:
        self.page = None

    # ------------------------------------------------------------------------------------------- while typing

    def _propose(self, name: str) -> None:
        backend, page = self._window.desk.backend, self.page
        if page is not None:
            self._ask(page, "code", lambda: backend.propose_code(name), page.propose_code)

    def _read(self, draft: OwnDraft) -> None:
        backend, page = self._window.desk.backend, self.page
        if page is not None:
            self._ask(page, "read", lambda: backend.read_formula(draft), page.show_reading)

    def _try(self, draft: OwnDraft, month: Month, region: str) -> None:
        backend, page = self._window.desk.backend, self.page
        if page is not None:
            self._ask(page, "try", lambda: backend.try_draft(draft, month, region or None), page.show_trial)

    def _ask(self, page: NewIndicatorDialog, key: str, question: Callable[[], R], then: Callable[[R], object]) -> None:
        """Ask for a page; an answer that comes when it is closed is dropped."""

        def answered(found: R) -> None:
            if page is self.page:
                then(found)

        def refused(error: UserError) -> None:
            if page is self.page:
                page.panel.refuse_trial(error.message)

        self._window.jobs.start(self, key, lambda *_: question(), on_result=answered, on_error=refused, lane=Lane.QUICK)

    # ------------------------------------------------------------------------------------------- storing

    def _save(self, draft: OwnDraft, reason: str) -> None:
        page = self.page
        if page is None:
            return
        backend, editing = self._window.desk.backend, page.editing

        def store() -> tuple[tuple[str, str], ...]:
            wrong = backend.check_draft(draft, editing)
            if editing and not wrong and not reason.strip():
                wrong = (("reason", "改指标要写明原因，例如：市局来文调整口径"),)
            if not wrong:
                backend.save_own(draft, reason, editing)
            return wrong

        def answered(wrong: tuple[tuple[str, str], ...]) -> None:
            if wrong:
                page.refuse(wrong)
            else:
                self._saved(page, draft)

        def refused(error: UserError) -> None:
            page.refuse((("", f"{error.message}。{error.hint}" if error.hint else error.message),))

        self._window.jobs.start(self, "store", lambda *_: store(), on_result=answered, on_error=refused)

    def _saved(self, page: NewIndicatorDialog, draft: OwnDraft) -> None:
        word = "已改" if page.editing else "已新增"
        page.accept()
        self._announce()
        if self._from_list:
            self._with_book(lambda book: self._open_list(book, f"{word}“{draft.name}”。"))
            return
        self._window.desk.say(f"{word}指标“{draft.name}”（{draft.code}）", Tone.GOOD, "菜单“自设指标…”里可以改、停用。")
        self._window.desk.go(INDICATOR_TAB, code=draft.code)

    def _step(self, step: str, code: str, reason: str) -> None:
        backend, month = self._window.desk.backend, self._month

        def do() -> OwnBook:
            if step == RETIRE:
                backend.retire_own(code, month, reason)
            elif step == REMOVE:
                backend.remove_own(code, reason)
            else:
                backend.resume_own(code, reason)
            return backend.own_book()

        self._window.jobs.start(
            self, "store", lambda *_: do(), on_result=lambda book: self._stepped(step, book), on_error=self._refused
        )

    def _stepped(self, step: str, book: OwnBook) -> None:
        if self.list is not None:
            self.list.show_book(book, f"{_DONE.get(step, '已恢复使用')}。")
        self._announce()

    def _refused(self, error: UserError) -> None:
        words = f"{error.message}。{error.hint}" if error.hint else error.message
        if self.list is not None:
            self.list.say(words, Tone.BAD)
        else:
            self._window.desk.complain(error)

    def _announce(self) -> None:
        """Files that wait may have columns that are known now."""
        self._window.desk.announce_rules()
        self._window.desk.announce_change()
