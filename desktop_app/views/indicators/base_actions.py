"""What happens when 可比口径… is chosen on a line of the table and a base is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.models.values import Month
from desktop_app.services.results.comparable import BaseQuestion, ComparableRow
from desktop_app.services.results.figures import TableLine
from desktop_app.services.results.tone import Tone
from desktop_app.views.indicators.base_dialog import BaseDialog
from desktop_app.views.jobs import Lane

if TYPE_CHECKING:
    from desktop_app.views.indicators.tab import IndicatorsTab


MONTH, TO_DATE = "month", "to_date"


class BaseDoor:
    """Opens the dialog for a line of the tab's table and answers it."""

    def __init__(self, tab: IndicatorsTab) -> None:
        self._tab = tab
        self.dialog: BaseDialog | None = None

    def menu(self, line: TableLine) -> tuple[tuple[str, Callable[[], None]], ...]:
        """The line's entry of the context menu; a base belongs to the whole region, not to one company."""
        return () if self._tab.wish.enterprise else (("可比口径…", lambda: self.open(line)),)

    def open(self, line: TableLine) -> None:
        """Ask for the base of the marked line in the month of the window."""
        month = self._tab.desk.month
        if month is None:
            return
        periods = [(MONTH, month.label)]
        if line.figure.cumulative is not None and month.month > 1 and not line.figure.yoy_is_points:
            periods.append((TO_DATE, f"1—{month.month}月累计"))

        def show(question: BaseQuestion) -> None:
            dialog = BaseDialog(question, tuple(periods), self._tab)
            dialog.turned.connect(lambda key: self._ask(line, month, key, dialog.show_question))
            dialog.entered.connect(lambda key, amount, reason: self._store(line, month, key, amount, reason))
            dialog.finished.connect(dialog.deleteLater)
            dialog.finished.connect(self._gone)
            self.dialog = dialog
            dialog.open()

        self._ask(line, month, MONTH, show)

    def _gone(self) -> None:
        self.dialog = None

    def _ask(self, line: TableLine, month: Month, key: str, show: Callable[[BaseQuestion], None]) -> None:
        backend, figure = self._tab.desk.backend, line.figure
        self._tab.run(
            "base",
            lambda *_: backend.base_question(figure.code, month, figure.region, cumulative=key == TO_DATE),
            on_result=show,
            on_error=self._tab.desk.complain,
            lane=Lane.QUICK,
        )

    def _store(self, line: TableLine, month: Month, key: str, amount: str, reason: str) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        backend, figure = self._tab.desk.backend, line.figure
        self._tab.run(
            "set base",
            lambda *_: backend.set_base(figure.code, month, amount, reason, figure.region, cumulative=key == TO_DATE),
            on_result=self._stored,
            on_error=dialog.refuse,
        )

    def _stored(self, row: ComparableRow) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        hint = f"原来的（{row.replaced_reason}）不再使用，仍留在台账里。" if row.replaced is not None else ""
        self._tab.desk.say(f"{row.name}的可比口径已记下，同比按它算", Tone.GOOD, hint)
        self._tab.desk.announce_change()
