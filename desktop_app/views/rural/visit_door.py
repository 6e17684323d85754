"""What stands behind 录入巡查表: sheets by their numbers, lines stored as they are entered, the last one taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.visits import VisitHead, VisitLine, VisitStored
from desktop_app.views.rural.visit_dialog import VisitDialog

if TYPE_CHECKING:
    from desktop_app.views.rural.past import RuralPast
    from desktop_app.views.rural.tab import RuralTab


class VisitDoor:
    """Hands of one dialog; every answer comes through the tab's jobs."""

    def __init__(self, tab: RuralTab, past: RuralPast, month: Month) -> None:
        self._tab, self._past, self._month = tab, past, month
        self.dialog = VisitDialog(month, tab)
        self._entered = 0
        self.dialog.sheet_asked.connect(self._ask)
        self.dialog.line_entered.connect(self._store)
        self.dialog.undo_asked.connect(self._undo)
        self.dialog.finished.connect(self._closed)

    def _refuse(self, error: UserError) -> None:
        self.dialog.refuse(error.message + (f"：{error.hint}" if error.hint else ""))

    def _fault(self) -> None:
        self.dialog.refuse("没有存入，请再试一次")

    def _ask(self, typed: str) -> None:
        backend, month = self._tab.desk.backend, self._month
        self._tab.run(
            "visit sheet",
            lambda *_: backend.visit_sheet(typed, month),
            on_result=self.dialog.show_sheet,
            on_error=self._refuse,
        )

    def _store(self, line: VisitLine) -> None:
        sheet, dialog, backend = self.dialog.sheet, self.dialog, self._tab.desk.backend
        if sheet is None:
            return
        day, month = dialog.day.text(), dialog.month.text()
        checker, witness, photos = dialog.checker.text(), dialog.witness.text(), dialog.photo_folder

        def enter() -> VisitStored:
            of = Month.parse(month.strip())
            return backend.enter_visit(sheet, VisitHead(backend.visit_day(day, of), checker, of, witness, photos), line)

        def stored(made: VisitStored) -> None:
            self._entered += 1
            words = f"巡查表 {sheet.number} 第 {line.place.number} 行{line.place.name}"
            self._past.note(made.batch, words, lambda: enter().batch)
            dialog.line_stored(line.place.number, made)

        try:
            Month.parse(month.strip())
        except ValueError:
            dialog.refuse("“记入”的月份要写成 2021-03 这样")
            dialog.month.setFocus()
            return
        self._tab.run("visit line", lambda *_: enter(), on_result=stored, on_error=self._refuse, on_fault=self._fault)

    def _undo(self) -> None:
        self._past.undo(lambda act: self.dialog.line_undone(act.batch))

    def _closed(self) -> None:
        if self._entered:
            self._tab.desk.say(f"巡查表录入 {self._entered} 行", Tone.GOOD, "Ctrl+Z 逐行撤销。")
            self._tab.desk.announce_change()
