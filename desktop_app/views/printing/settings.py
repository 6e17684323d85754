"""What the printing tab lets the bureau set of a kind of report: its sections, its official form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.errors import UserError
from desktop_app.services.results.reports import FormRow, SectionRow
from desktop_app.services.results.tone import Tone

if TYPE_CHECKING:
    from desktop_app.views.printing.form_dialog import FormDialog
    from desktop_app.views.printing.layout_dialog import LayoutDialog
    from desktop_app.views.printing.proof import Order
    from desktop_app.views.tab import Tab


class ReportSettings(QObject):
    """Opens the dialogs and stores what they say; ``changed`` when the report must be made anew."""

    changed = Signal()

    def __init__(self, tab: Tab[Any]) -> None:
        super().__init__(tab)
        self._tab = tab
        self.layout_dialog: LayoutDialog | None = None
        self.form_dialog: FormDialog | None = None

    def ask_sections(self, order: Order) -> None:
        """Let the user arrange a kind of report."""
        backend = self._tab.desk.backend
        address = order.kind, order.period, order.edition
        self._tab.run(
            "sections",
            lambda _progress, _cancelled: (
                backend.report_sections(*address),
                backend.report_sections(*address, shipped=True),
            ),
            on_result=lambda found: self._open_sections(order, *found),
        )

    def ask_form(self, order: Order) -> None:
        """Let the user set the official form."""
        backend = self._tab.desk.backend
        self._tab.run(
            "form",
            lambda _progress, _cancelled: backend.report_form(order.kind, order.period),
            on_result=lambda found: self._open_form(order, *found),
        )

    def _open_form(self, order: Order, row: FormRow, number: str) -> None:
        from desktop_app.views.printing.form_dialog import FormDialog

        dialog = FormDialog(order.title, order.period_label, row, number, self._tab)
        self.form_dialog = dialog
        backend = self._tab.desk.backend
        dialog.number_asked.connect(
            lambda template: self._tab.run(
                "number", lambda _progress, _cancelled: backend.next_number(template), on_result=self._propose
            )
        )
        dialog.saved.connect(lambda wanted: self._save_form(dialog, order, wanted))
        dialog.finished.connect(self._form_closed)
        dialog.open()

    def _form_closed(self) -> None:
        if self.form_dialog is not None:
            self.form_dialog.deleteLater()
            self.form_dialog = None

    def _propose(self, number: str) -> None:
        if self.form_dialog is not None:
            self.form_dialog.propose(number)

    def _save_form(self, dialog: FormDialog, order: Order, row: FormRow) -> None:
        backend = self._tab.desk.backend

        def stored(_none: object) -> None:
            if self.form_dialog is dialog:
                dialog.accept()
            self._tab.desk.say(f"{order.title}的公文格式已存", Tone.GOOD)
            self.changed.emit()

        def refused(error: UserError) -> None:
            if self.form_dialog is dialog:
                dialog.tell(f"{error.message}。{error.hint}。")
            else:
                self._tab.desk.complain(error)

        self._tab.run(
            "set form",
            lambda _progress, _cancelled: backend.set_form(order.kind, order.period, row),
            on_result=stored,
            on_error=refused,
        )

    def _open_sections(self, order: Order, rows: tuple[SectionRow, ...], shipped: tuple[SectionRow, ...]) -> None:
        from desktop_app.views.printing.layout_dialog import LayoutDialog

        dialog = LayoutDialog(order.title, rows, shipped, self._tab)
        self.layout_dialog = dialog
        dialog.saved.connect(lambda wanted: self._save_sections(dialog, order, wanted))
        dialog.finished.connect(self._sections_closed)
        dialog.open()

    def _sections_closed(self) -> None:
        if self.layout_dialog is not None:
            self.layout_dialog.deleteLater()
            self.layout_dialog = None

    def _save_sections(self, dialog: LayoutDialog, order: Order, rows: tuple[SectionRow, ...]) -> None:
        backend = self._tab.desk.backend

        def refused(error: UserError) -> None:
            if self.layout_dialog is dialog:
                dialog.tell(f"{error.message}。{error.hint}。")
            else:
                self._tab.desk.complain(error)

        def stored(_none: object) -> None:
            if self.layout_dialog is dialog:
                dialog.accept()
            words = f"{order.title}的栏目已存，以后各期都照此" if rows else f"{order.title}的栏目已恢复原样"
            self._tab.desk.say(words, Tone.GOOD)
            self.changed.emit()

        self._tab.run(
            "set sections",
            lambda _progress, _cancelled: backend.set_sections(order.kind, rows),
            on_result=stored,
            on_error=refused,
        )
