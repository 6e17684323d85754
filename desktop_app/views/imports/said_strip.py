"""What the last word of the user has changed in a file, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.views.imports import words
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import ElidedWords


class SaidStrip(QFrame):
    """Hidden while nothing was said. ``take_back``: the file is to stand as it did before."""

    take_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saidStrip")
        self.words = ElidedWords("", "cell")
        self.back = button("撤回　Ctrl+Z", self.take_back.emit, small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 6, 3)
        row.setSpacing(10)
        row.addWidget(self.words, 1)
        row.addWidget(self.back)
        self.hide()

    def show_file(self, file: StagedFile, naming: words.Naming) -> None:
        """Say what has changed since the last word."""
        before = file.before
        shown = before is not None and not file.settled
        if before is not None:
            told = words.told(before.options, file.options)
            self.words.setText(f"{told}：{words.effect(before.preview, file.preview, naming)}")
        self.setVisible(shown)
