"""The month that governs every tab: ‹ 2021年3月 ›, a grid of months, or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.views.widgets.buttons import button

if TYPE_CHECKING:
    from desktop_app.models.values import Month
    from desktop_app.views.frame.month_popup import MonthPopup


class MonthBox(QFrame):
    """``chosen(Month)`` fires when the user turns to another month."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("monthBox")
        self._month: Month | None = None
        self._first: Month | None = None
        self._last: Month | None = None
        self._popup: MonthPopup | None = None
        self._back = button("‹", lambda: self.turn(-1), tip="上个月（Alt+← 或 Ctrl+PgUp）")
        self._name = button("——年—月", self.open_popup, tip="选月份（Alt+M）")
        self._next = button("›", lambda: self.turn(1), tip="下个月（Alt+→ 或 Ctrl+PgDn）")
        self._back.setAccessibleName("上个月")
        self._next.setAccessibleName("下个月")
        self._name.setObjectName("monthName")
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for each in (self._back, self._name, self._next):
            row.addWidget(each)
        self.setEnabled(False)

    def set_span(self, first: Month | None, last: Month | None) -> None:
        """Months that hold figures; the grid shows the others quietly."""
        self._first, self._last = first, last

    def set_month(self, month: Month) -> None:
        """Show a month; emits nothing."""
        self._month = month
        self._name.setText(month.label)
        self._name.setAccessibleName(f"月份 {month.label}")
        self.setEnabled(True)

    @property
    def month(self) -> Month | None:
        """The month shown."""
        return self._month

    def turn(self, months: int) -> None:
        """Turn forward or back."""
        if self._month is not None:
            self.choose(self._month.shift(months))

    def choose(self, month: Month) -> None:
        """As if the user had picked it."""
        if month != self._month:
            self.set_month(month)
            self.chosen.emit(month)

    def filled(self, month: Month) -> bool:
        """Whether the ledger holds figures around that month."""
        return self._first is not None and self._last is not None and self._first <= month <= self._last

    def open_popup(self) -> None:
        """Show the grid of months under the box."""
        if self._month is None:
            return
        if self._popup is None:
            from desktop_app.views.frame.month_popup import MonthPopup

            self._popup = MonthPopup(self)
        self._popup.open_at(self._month)
