"""查找: words to look for in the pages, how many hits, and the way from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words


class FindBar(QWidget):
    """``asked(words)`` while typing, ``stepped(±1)`` for the next or previous hit, ``closed`` at Esc."""

    asked = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLineEdit()
        self.words.setPlaceholderText("在页面文字里查找，企业名、村名、数都行")
        self.words.setAccessibleName("在页面文字里查找")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.asked)
        self.words.returnPressed.connect(lambda: self.stepped.emit(1))
        self.count = Words("", "caption")
        back = button("‹", lambda: self.stepped.emit(-1), small=True, tip="上一处（Shift+F3）")
        forth = button("›", lambda: self.stepped.emit(1), small=True, tip="下一处（F3 或回车）")
        back.setAccessibleName("上一处")
        forth.setAccessibleName("下一处")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.words, 1)
        row.addWidget(self.count)
        row.addWidget(back)
        row.addWidget(forth)
        row.addWidget(button("关闭", self.shut, small=True, tip="Esc"))
        self.hide()

    def open(self) -> None:
        """Show it, ready to type; what was looked for is marked, so that typing replaces it."""
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        if self.words.text():
            self.asked.emit(self.words.text())

    def shut(self) -> None:
        """Hide it; the marks go with it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def say(self, number: int, hits: int) -> None:
        """Which of how many hits."""
        if not self.words.text().strip():
            self.count.setText("")
        else:
            self.count.setText(f"第 {number} / {hits} 处" if hits else "没有找到")

    def event(self, event: QEvent) -> bool:
        overriding = event.type() is QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            # Esc belongs to the window (it closes the message bar) unless something is being looked for.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)
