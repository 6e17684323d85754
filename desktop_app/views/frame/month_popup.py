"""The grid of months under the month box, with a line to type in."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from desktop_app.models.values import Month
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words, restyle

if TYPE_CHECKING:
    from desktop_app.views.frame.month_box import MonthBox


def month_from_words(text: str) -> Month | None:
    """``2021-3``, ``202103``, ``2021.03``, ``2021年3月``, full-width digits too → Month; None when it is none."""
    plain = text.translate({ord("０") + i: str(i) for i in range(10)}).strip()
    match = re.fullmatch(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*月?", plain)
    if match is None:
        return None
    try:
        return Month(int(match[1]), int(match[2]))
    except ValueError:
        return None


class MonthPopup(QFrame):
    """A year of months, arrows to walk, a line to type in. Esc closes."""

    def __init__(self, box: MonthBox) -> None:
        super().__init__(box, Qt.WindowType.Popup)
        self.setObjectName("monthPopup")
        self._box = box
        self._year = 0
        self._title = Words("", "title")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.addWidget(button("‹", lambda: self._show_year(self._year - 1), kind="flat", tip="上一年（PgUp）"))
        head.addWidget(self._title, 1)
        head.addWidget(button("›", lambda: self._show_year(self._year + 1), kind="flat", tip="下一年（PgDn）"))
        grid = QGridLayout()
        grid.setSpacing(4)
        self._months: list[QPushButton] = []
        for number in range(1, 13):
            each = button(f"{number}月", partial(self._pick, number), kind="month")
            each.installEventFilter(self)
            grid.addWidget(each, (number - 1) // 4, (number - 1) % 4)
            self._months.append(each)
        self._typed = QLineEdit()
        self._typed.setPlaceholderText("键入，如 2021-3，回车")
        self._typed.returnPressed.connect(self._enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addWidget(self._typed)

    def open_at(self, month: Month) -> None:
        """Open below the box, at the right edge of it."""
        self._show_year(month.year)
        self._typed.clear()
        self.adjustSize()
        corner = self._box.mapToGlobal(QPoint(self._box.width() - self.width(), self._box.height() + 4))
        self.move(corner)
        self.show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        month = self._box.month
        self._months[month.month - 1 if month is not None else 0].setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched in self._months:
            at = self._months.index(watched)
            steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -4, Qt.Key.Key_Down: 4}
            key = Qt.Key(event.key())
            if key in steps:
                self._walk(at, steps[key])
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._pick(at + 1)
                return True
            if "0" <= event.text() <= "9":
                self._typed.setFocus()
                self._typed.setText(event.text())
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._show_year(self._year + (1 if event.key() == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)

    def _walk(self, at: int, step: int) -> None:
        """Move the focus; past the edge the year turns."""
        target = at + step
        if not 0 <= target < 12:
            self._show_year(self._year + (1 if target > 11 else -1))
        self._months[target % 12].setFocus()

    def _show_year(self, year: int) -> None:
        if not 1900 <= year <= 2999:
            return
        self._year = year
        self._title.setText(f"{year}年")
        for number, each in enumerate(self._months, start=1):
            month = Month(year, number)
            restyle(
                each,
                filled="true" if self._box.filled(month) else "false",
                current="true" if month == self._box.month else "false",
            )

    def _pick(self, number: int) -> None:
        self.close()
        self._box.choose(Month(self._year, number))

    def _enter(self) -> None:
        month = month_from_words(self._typed.text())
        if month is None:
            self._typed.selectAll()
            self._typed.setToolTip("写成 2021-3 或 202103")
        else:
            self.close()
            self._box.choose(month)
