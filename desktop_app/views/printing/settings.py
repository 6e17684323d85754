"""What the printing tab lets the bureau set of a kind of report: its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_app.errors import UserError
from desktop_app.services.results.reports import SectionRow
from desktop_app.services.results.tone import Tone

if TYPE_CHECKING:
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

    def ask_sections(self, order: Order) -> None:
        """Let the user arrange a kind of report."""
        backend = self._tab.desk.backend
        address = order.kind, str(order.month), order.edition
        self._tab.run(
            "sections",
            lambda _progress, _cancelled: (
                backend.report_sections(*address),
                backend.report_sections(*address, shipped=True),
            ),
            on_result=lambda found: self._open_sections(order, *found),
        )

    def _open_sections(self, order: Order, rows: tuple[SectionRow, ...], shipped: tuple[SectionRow, ...]) -> None:
        from desktop_app.views.printing.layout_dialog import LayoutDialog

        dialog = LayoutDialog(order.title, rows, shipped, self._tab)
        self.layout_dialog = dialog
        dialog.saved.connect(lambda wanted: self._save_sections(dialog, order, wanted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_sections(self, dialog: LayoutDialog, order: Order, rows: tuple[SectionRow, ...]) -> None:
        backend = self._tab.desk.backend

        def stored(_none: object) -> None:
            dialog.accept()
            self.layout_dialog = None
            words = f"{order.title}的栏目已存，以后各期都照此" if rows else f"{order.title}的栏目已恢复原样"
            self._tab.desk.say(words, Tone.GOOD)
            self.changed.emit()

        def refused(error: UserError) -> None:
            dialog.tell(f"{error.message}。{error.hint}。")

        self._tab.run(
            "set sections",
            lambda _progress, _cancelled: backend.set_sections(order.kind, rows),
            on_result=stored,
            on_error=refused,
        )
