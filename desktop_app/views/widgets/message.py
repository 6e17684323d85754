"""The message bar: what happened, how to mend it, and a button to copy the words."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.results.tone import Tone
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.tag import Tag
from desktop_app.views.widgets.words import Words, restyle

_LEADS = {Tone.BAD: "未成", Tone.WARN: "注意", Tone.GOOD: "完成", Tone.INFO: "说明", Tone.NEUTRAL: "说明"}


class MessageBar(QFrame):
    """One message at a time, newest wins; stays until it is closed (Esc) or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._tag = Tag()
        self._text = Words("", wrap=True).selectable()
        self._hint = Words("", "hint", wrap=True).selectable()
        self._copy = button("复制", self.copy, small=True)
        self._close = button("关闭", self.clear, small=True, tip="Esc")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._text)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(self._tag)
        row.addLayout(words, 1)
        row.addWidget(self._copy)
        row.addWidget(self._close)
        self.hide()

    def show_message(self, text: str, tone: Tone, hint: str = "") -> None:
        """Show a message."""
        self._tag.set(_LEADS[tone], tone)
        self._text.setText(text)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        restyle(self, tone=tone.value)
        self.show()

    def clear(self) -> None:
        """Hide the bar."""
        self.hide()

    def copy(self) -> None:
        """Put the words on the clipboard, to send them to whoever can help."""
        QGuiApplication.clipboard().setText(self.words)

    @property
    def words(self) -> str:
        """Message and hint."""
        return "\n".join(filter(None, (self._text.text(), self._hint.text())))
