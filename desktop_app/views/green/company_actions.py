"""What happens when 企业画像 is opened and something is asked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.views.green.company_dialog import CompanyDialog
from desktop_app.views.jobs import Lane

if TYPE_CHECKING:
    from desktop_app.errors import UserError
    from desktop_app.models.values import Month
    from desktop_app.services.results.green import CompanyProfile
    from desktop_app.views.green.tab import GreenTab


class CompanyActions(QObject):
    """Opens the dialog over the tab and answers it."""

    def __init__(self, tab: GreenTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self.dialog: CompanyDialog | None = None
        desk = tab.desk
        for other in (desk.month_changed, desk.ledger_changed, desk.data_changed):
            other.connect(self._leave)

    def open(self, company: str = "") -> None:
        """Show a company, by default the first one."""
        month = self._tab.desk.month
        if month is None:
            return
        backend, programme = self._tab.desk.backend, self._tab.chooser.key or None
        self._tab.run(
            "company",
            lambda *_: backend.green_company(month, company, programme),
            on_result=lambda found: self._show(found, month),
            on_error=self._refused,
            lane=Lane.QUICK,
        )

    def _show(self, found: CompanyProfile, month: Month) -> None:
        if self.dialog is not None:
            self.dialog.show_profile(found)
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        dialog = CompanyDialog(found, self._tab)
        dialog.company_chosen.connect(self.open)
        dialog.what_if_asked.connect(lambda code, company, rate: self._what_if(month, code, company, rate))
        dialog.estimate_asked.connect(lambda metres: self._estimate(month, metres))
        dialog.figure_asked.connect(self._tab.desk.trace)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._gone)
        self.dialog = dialog
        # Not modal: 此数从何来 opens beside it.
        dialog.show()

    def _leave(self, *_: object) -> None:
        """The window behind has turned to another month or to other figures."""
        if self.dialog is not None:
            self.dialog.close()

    def _gone(self) -> None:
        self.dialog = None

    def _what_if(self, month: Month, code: str, company: str, rate: str) -> None:
        backend = self._tab.desk.backend
        self._tab.run(
            "what_if",
            lambda *_: backend.green_what_if(month, code, company, rate),
            on_result=self._answered,
            on_error=self._refused,
            lane=Lane.QUICK,
        )

    def _answered(self, words: str) -> None:
        if self.dialog is not None:
            self.dialog.show_answer(words)

    def _estimate(self, month: Month, metres: str) -> None:
        backend = self._tab.desk.backend
        self._tab.run(
            "estimate",
            lambda *_: backend.tape_estimate(month, metres),
            on_result=self._estimated,
            on_error=self._refused,
            lane=Lane.QUICK,
        )

    def _estimated(self, said: tuple[str, str, str]) -> None:
        if self.dialog is not None:
            self.dialog.show_estimate(said)

    def _refused(self, error: UserError) -> None:
        words = f"{error.message}。{error.hint}" if error.hint else error.message
        if self.dialog is not None:
            self.dialog.show_answer(words)
        else:
            self._tab.desk.complain(error)
