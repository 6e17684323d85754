"""What happens when 网点与评分 is opened and a sheet is scored, printed or withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.services.results.tone import Tone
from desktop_app.views.green.outlet_dialog import OutletDialog
from desktop_app.views.green.score_dialog import ScoreDialog
from desktop_app.views.jobs import Lane

if TYPE_CHECKING:
    from desktop_app.errors import UserError
    from desktop_app.models.values import Month
    from desktop_app.services.results.scoring import Filed, OutletBoard, OutletRow, ScoreSheet
    from desktop_app.views.green.tab import GreenTab


class OutletActions(QObject):
    """Opens the list over the tab, a sheet over the list, and answers both."""

    def __init__(self, tab: GreenTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self.dialog: OutletDialog | None = None
        self.sheet: ScoreDialog | None = None

    @property
    def _month(self) -> Month:
        month = self._tab.desk.month
        if month is None:
            raise RuntimeError("the list is opened on a ledger only")
        return month

    def open(self) -> None:
        """Show the list."""
        if self._tab.desk.month is None:
            return
        backend, month = self._tab.desk.backend, self._month
        self._tab.run("outlets", lambda *_: backend.outlet_board(month), on_result=self._show, on_error=self._refused)

    def _show(self, board: OutletBoard) -> None:
        dialog = OutletDialog(board, self._tab)
        dialog.score_asked.connect(self._score)
        dialog.sheet_asked.connect(lambda sheet, in_force: self._show_sheet(sheet, frozen=not in_force))
        dialog.withdraw_asked.connect(self._withdraw)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._gone)
        self.dialog = dialog
        dialog.open()

    def _gone(self) -> None:
        self.dialog = None

    # ------------------------------------------------------------------------------------------- one sheet

    def _score(self, row: OutletRow | None) -> None:
        backend = self._tab.desk.backend
        form, place, outlet = ("centre", "", None) if row is None else ("outlet", row.name, row.id)
        if row is not None and row.id is None:
            form = "centre"
        self._tab.run(
            "sheet",
            lambda *_: backend.blank_sheet(form, place, outlet),
            on_result=self._show_sheet,
            on_error=self._refused,
            lane=Lane.QUICK,
        )

    def _show_sheet(self, sheet: ScoreSheet, *, frozen: bool = False) -> None:
        if self.dialog is None:
            return
        dialog = ScoreDialog(sheet, f"{datetime.now().astimezone():%Y-%m-%d}", self.dialog, frozen=frozen)
        dialog.judge_asked.connect(self._judge)
        dialog.save_asked.connect(self._save)
        dialog.print_asked.connect(self._print)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._sheet_gone)
        self.sheet = dialog
        dialog.open()
        if sheet.id:
            self._judge(sheet)

    def _sheet_gone(self) -> None:
        self.sheet = None

    def _judge(self, sheet: ScoreSheet) -> None:
        backend = self._tab.desk.backend
        self._tab.run(
            "judge",
            lambda *_: backend.judge_sheet(sheet),
            on_result=self._judged,
            on_error=self._refused,
            lane=Lane.QUICK,
        )

    def _judged(self, found: tuple[str, bool | None]) -> None:
        if self.sheet is not None:
            self.sheet.show_result(*found)

    def _save(self, sheet: ScoreSheet, reason: str) -> None:
        backend, month = self._tab.desk.backend, self._month

        def store() -> tuple[Filed, OutletBoard]:
            filed = backend.save_sheet(sheet, reason)
            return filed, backend.outlet_board(month)

        self._tab.run("store", lambda *_: store(), on_result=self._saved, on_error=self._refused)

    def _saved(self, found: tuple[Filed, OutletBoard]) -> None:
        filed, board = found
        if self.sheet is not None:
            later = self.sheet.sheet().made_on[:7] > board.month
            self.sheet.accept()
            self._done(board, f"评分表第 {filed.number} 号已保存。{filed.words}", later=later)

    def _done(self, board: OutletBoard, words: str, *, later: bool = False) -> None:
        if self.dialog is not None:
            tail = "评分日期在本月以后，到那个月的列表里才显示。" if later else ""
            self.dialog.show_board(board, words + tail)
        self._tab.desk.announce_change()

    def _print(self, sheet: ScoreSheet, file: str) -> None:
        backend = self._tab.desk.backend
        self._tab.run(
            "print", lambda *_: backend.print_sheet(sheet, file), on_result=self._printed, on_error=self._refused
        )

    def _printed(self, file: str) -> None:
        if self.sheet is not None:
            self.sheet.say(f"已存为 {file}", Tone.GOOD)

    # ------------------------------------------------------------------------------------------- the list

    def _withdraw(self, number: int, reason: str) -> None:
        backend, month = self._tab.desk.backend, self._month

        def do() -> tuple[Filed, OutletBoard]:
            filed = backend.withdraw_sheet(number, reason)
            return filed, backend.outlet_board(month)

        self._tab.run("store", lambda *_: do(), on_result=self._withdrawn, on_error=self._refused)

    def _withdrawn(self, found: tuple[Filed, OutletBoard]) -> None:
        filed, board = found
        self._done(board, f"评分已撤回，原因记在台账里。{filed.words}")

    def _refused(self, error: UserError) -> None:
        words = f"{error.message}。{error.hint}" if error.hint else error.message
        if self.sheet is not None:
            self.sheet.say(words, Tone.BAD)
        elif self.dialog is not None:
            self.dialog.say(words, Tone.BAD)
        else:
            self._tab.desk.complain(error)
