"""An empty state: what is not there, why, and the button that mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words


class EmptyState(QWidget):
    """``acted`` fires when the button is pressed, ``also_acted`` when the second, quieter one is."""

    acted = Signal()
    also_acted = Signal()

    def __init__(self, title: str = "", reason: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Words("", "heading", wrap=True)
        self._reason = Words("", "muted", wrap=True)
        self._button = button("", self.acted.emit, kind="primary")
        self._also = button("", self.also_acted.emit)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(10)
        box.addStretch(2)
        for words in (self._title, self._reason):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(words)
        box.addSpacing(6)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._also, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        self.set_words(title, reason, action)

    def set_words(self, title: str, reason: str = "", action: str = "", also: str = "") -> None:
        """Say what is not there, why, and what the buttons do; no action hides a button."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._also.setText(also)
        self._also.setVisible(bool(also))

    @property
    def words(self) -> str:
        """Title and reason, for tests and screen readers."""
        return "\n".join(filter(None, (self._title.text(), self._reason.text())))
