"""A bar below a page that Esc puts away: the base of questions and of choices of a folder."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

_ESC = Qt.Key.Key_Escape


class EscBar(QFrame):
    """Hidden until a subclass shows it. ``closed`` fires when it has been put away."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("askBar")
        self.hide()

    def dismiss(self) -> None:
        """Put the bar away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and event.key() == _ESC:
            # Esc belongs to the window (it closes the message bar) unless a bar is open.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == _ESC:
            self.dismiss()
        else:
            super().keyPressEvent(event)
