"""In place of the grid: why a file was not read, and the password where that is all it wants."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.empty import EmptyState


class UnreadPage(QWidget):
    """``unlocked(str)``: a password has been given."""

    unlocked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = EmptyState()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self.password.setPlaceholderText("打开密码")
        self.password.setAccessibleName("打开密码")
        self.password.setMinimumWidth(200)
        self.password.returnPressed.connect(self._unlock)
        self.unlock = button("打开", self._unlock, kind="primary")
        self._lock = QWidget()
        row = QHBoxLayout(self._lock)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.password)
        row.addWidget(self.unlock)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addStretch(2)
        box.addWidget(self.state)
        box.addWidget(self._lock)
        box.addStretch(3)

    @property
    def words(self) -> str:
        """What is said, for tests and screen readers."""
        return self.state.words

    def show_file(self, file: StagedFile) -> None:
        """Say why this file has no grid."""
        if file.waiting:
            self.state.set_words(file.preview.label, "读好以后，这里是表的内容。")
        else:
            issue = file.preview.issues[0] if file.preview.issues else None
            title = issue.message if issue is not None else "这个文件读不了"
            self.state.set_words(title, issue.suggestion if issue is not None else "")
        self._lock.setVisible(file.wants_password)
        self.password.clear()

    def _unlock(self) -> None:
        if self.password.text():
            self.unlocked.emit(self.password.text())
