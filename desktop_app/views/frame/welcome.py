"""Shown over the tabs when no ledger could be opened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words


class Welcome(QFrame):
    """Says why, and offers: try again, open another, make a new one."""

    opening = Signal()
    making = Signal()
    trying = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("welcome")
        self.setAutoFillBackground(True)
        self._title = Words("", "heading", wrap=True)
        self._hint = Words("", "muted", wrap=True)
        self._first = button("新建台账…", self.making.emit, kind="primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for each in (button("再试一次", self.trying.emit), button("打开台账…", self.opening.emit), self._first):
            buttons.addWidget(each)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 24, 40, 24)
        box.setSpacing(12)
        box.addStretch(2)
        for words in (self._title, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(words)
        box.addLayout(buttons)
        box.addStretch(3)
        self._over = over
        over.installEventFilter(self)

    def explain(self, error: UserError) -> None:
        """Why there is no ledger, and how to mend it."""
        self._title.setText(f"{error.where}：{error.message}" if error.where else error.message)
        self._hint.setText(error.hint)
        self._hint.setVisible(bool(error.hint))

    @property
    def words(self) -> str:
        """What it says."""
        return "\n".join(filter(None, (self._title.text(), self._hint.text())))

    def show_over(self) -> None:
        """Cover the tabs."""
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self._first.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        return False
