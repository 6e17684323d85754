"""What the bars below the page have in common: a folder to choose, Esc closes, the words wrap."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.esc_bar import EscBar
from desktop_app.views.widgets.words import Words


class FolderBar(EscBar):
    """A bar that asks for a folder. Enter in the folder's field agrees. Hidden until a subclass shows it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Words("", "title", wrap=True)
        self.detail = Words("", "muted", wrap=True)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(words)
        self.folder.setPlaceholderText("存到哪个文件夹")
        self.folder.returnPressed.connect(self.agree)
        self.choose = button("浏览…", self._choose, tip="选一个文件夹")
        self.no = button("关闭　Esc", self.dismiss)
        self.row = QHBoxLayout()
        self.row.setSpacing(10)
        self.row.addWidget(Words(words, "caption"))
        self.row.addWidget(self.folder, 1)
        self.row.addWidget(self.choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self.detail)
        box.addLayout(self.row)

    @property
    def path(self) -> Path | None:
        """The folder as typed; None while the field is empty."""
        text = self.folder.text().strip()
        return Path(text).expanduser() if text else None

    def agree(self) -> None:
        """Enter in the folder's field."""

    def begin(self, folder: Path) -> None:
        """Show the bar with a proposal."""
        self.folder.setText(str(folder))
        self.show()
        self.folder.setFocus()

    def _choose(self) -> None:
        dialog = QFileDialog(self, "选一个文件夹", self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def open_folder(folder: Path) -> bool:
    """Show a folder in the system's file manager; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
