"""A field that filters what stands below it by name, code or pinyin initials."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget


class SearchField(QLineEdit):
    """``what``: whose names are sought (村名); ``accessible``: what the field is called."""

    def __init__(self, what: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(f"{what}、代码、拼音首字母")
        self.setAccessibleName(accessible)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(110)
