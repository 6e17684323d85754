"""A question in place of the buttons: what will happen, a reason, yes or no. No dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words

_ESC = Qt.Key.Key_Escape


class AskBar(QFrame):
    """Hidden until :meth:`ask`. ``closed`` fires when it has been answered either way."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("askBar")
        self._then: Callable[[str], None] | None = None
        self._needs_reason = False
        self.title = Words("", "title", wrap=True)
        self.detail = Words("", "muted", wrap=True)
        self.reason = QLineEdit()
        self.reason.textChanged.connect(self._check)
        self.reason.returnPressed.connect(self._yes_if_allowed)
        self.yes = button("", self._yes, kind="primary")
        self.no = button("不了　Esc", self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        answers = QHBoxLayout()
        answers.setSpacing(10)
        answers.addWidget(self.reason, 1)
        answers.addStretch()
        answers.addWidget(self.no)
        answers.addWidget(self.yes)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(8)
        box.addLayout(words)
        box.addLayout(answers)
        self.hide()

    def ask(
        self,
        title: str,
        detail: str,
        action: str,
        then: Callable[[str], None],
        *,
        reason: str = "",
        hint: str = "原因（可不填）",
        needs_reason: bool = False,
        takes_reason: bool = True,
    ) -> None:
        """Ask; ``then(reason)`` is called when the user agrees. Without ``takes_reason`` none is asked for."""
        self._then = then
        self._needs_reason = needs_reason
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.yes.setText(action)
        self.reason.setPlaceholderText(hint)
        self.reason.setText(reason)
        self.reason.setCursorPosition(0)
        self._check()
        self.reason.setVisible(takes_reason)
        self.show()
        (self.reason if takes_reason else self.no).setFocus()

    def dismiss(self) -> None:
        """No."""
        if not self.isHidden():
            self._then = None
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and event.key() == _ESC:
            # Esc belongs to the window (it closes the message bar) unless a question is open.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == _ESC:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _check(self) -> None:
        self.yes.setEnabled(not self._needs_reason or bool(self.reason.text().strip()))

    def _yes_if_allowed(self) -> None:
        if self.yes.isEnabled():
            self._yes()

    def _yes(self) -> None:
        then, reason = self._then, self.reason.text().strip()
        self.dismiss()
        if then is not None:
            then(reason)
