"""The field in which a formula is typed: a name or its pinyin initials finds the code, slips are marked in place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCompleter, QPlainTextEdit, QTextEdit, QWidget

from desktop_app.services.results.own_indicators import FormulaNote, Word
from desktop_app.views.palette import colours

_SOUGHT = int(Qt.ItemDataRole.UserRole) + 1
_WORD = re.compile(r"[A-Za-z0-9_.㐀-鿿]+$")
_KEPT_BY_LIST = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape})
_LEAST_LETTERS = 2
_LIST_ROWS = 9
_LIST_PX = 420


class FormulaEdit(QPlainTextEdit):
    """One formula in plain text. Enter and Tab leave the field, or take the marked code while the list is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setPlaceholderText("例如 MKT.REV / MKT.VOL；打“业务收入”或 ywsr，再从提示里选")
        self.setAccessibleName("公式")
        self._known: frozenset[str] = frozenset()
        self._model = QStandardItemModel(self)
        self._filling = False
        self.completer = QCompleter(self._model, self)
        self.completer.setWidget(self)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setCompletionRole(_SOUGHT)
        self.completer.setMaxVisibleItems(_LIST_ROWS)
        self.completer.activated.connect(self._take)
        self.textChanged.connect(self._offer)

    def set_words(self, words: Sequence[Word]) -> None:
        """What may be named in the formula."""
        self._known = frozenset(word.code for word in words)
        self._model.clear()
        for word in words:
            item = QStandardItem(f"{word.name}　{word.unit}　{word.code}")
            item.setData(f"{word.name} {word.initials} {word.code}", _SOUGHT)
            self._model.appendRow(item)

    @property
    def formula(self) -> str:
        """What was typed, on one line; positions in it are those of the field."""
        return self.toPlainText().replace("\n", " ").rstrip()

    def set_formula(self, text: str) -> None:
        """Show a formula."""
        self._filling = True
        self.setPlainText(text)
        self._filling = False

    def mark(self, notes: Sequence[FormulaNote]) -> None:
        """Underline what the notes are about."""
        marks = []
        length = len(self.toPlainText())
        for note in notes:
            if not note.position:
                continue
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(colours().colour("bad" if note.serious else "warn"))
            look.setBackground(colours().colour("bad_soft" if note.serious else "warn_soft"))
            start = min(note.position - 1, max(length - 1, 0))
            cursor = self.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(min(start + max(note.length, 1), length), QTextCursor.MoveMode.KeepAnchor)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor  # type: ignore[attr-defined]  # the stubs of PySide6 leave the members out
            mark.format = look  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    # ------------------------------------------------------------------------------------------- the list

    @property
    def typed(self) -> str:
        """The word before the cursor."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _WORD.search(before)
        return found[0] if found else ""

    def _offer(self) -> None:
        word = self.typed
        chinese = not word.isascii()
        wanted = chinese or (len(word) >= _LEAST_LETTERS and not word[0].isdigit())
        # With only one letter an input method may still be at work; a whole code needs no help.
        if self._filling or not self.hasFocus() or not wanted or word in self._known:
            self.completer.popup().hide()
            return
        self.completer.setCompletionPrefix(word)
        if not self.completer.completionCount():
            self.completer.popup().hide()
            return
        popup = self.completer.popup()
        popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
        place = self.cursorRect()
        place.setWidth(_LIST_PX)
        self.completer.complete(place)

    def _take(self, found: str) -> None:
        """Put the code, the last word of what was found, in the place of what was typed."""
        code = found.rpartition(" ")[2]
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self.typed))
        self._filling = True
        cursor.insertText(f"{code} ")
        self._filling = False
        self.setTextCursor(cursor)
        self.textChanged.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completer.popup().isVisible() and event.key() in _KEPT_BY_LIST:
            event.ignore()  # the list takes it
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.completer.setWidget(self)
        super().focusInEvent(event)
