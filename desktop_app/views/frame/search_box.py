"""The search box of the header: indicators, companies, villages and towns by name, code or pinyin initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.services.results.search import Hit
    from desktop_app.views.frame.search_list import SearchList


class SearchBox(QLineEdit):
    """``asked(text)`` fires while the user types; answer with :meth:`show_hits`. ``picked(Hit)`` when one is chosen.

    The list opens below the box without taking the focus, so that an input method is never interrupted.
    """

    asked = Signal(str)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list: SearchList | None = None
        self.setObjectName("search")
        self.setPlaceholderText("查指标、企业、村（拼音首字母）")
        self.setAccessibleName("查找")
        self.setToolTip("Ctrl+K")
        self.setMinimumWidth(120)
        self.setMaximumWidth(280)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._edited)
        self.setEnabled(False)

    def begin(self) -> None:
        """Put the cursor here with everything marked (Ctrl+K)."""
        self.setFocus()
        self.selectAll()
        self._edited(self.text())

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Show what was found for ``text``, unless something else is being typed by now."""
        if text != self.text().strip() or not self.hasFocus():
            return
        if self._list is None:
            from desktop_app.views.frame.search_list import SearchList

            self._list = SearchList(self)
            self._list.picked.connect(self._pick)
            self.installEventFilter(self)
        self._list.show_hits(hits)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What the open list shows; empty when it is closed."""
        return self._list.hits if self._list is not None and self._list.isVisible() else ()

    def close_list(self) -> None:
        """Close the list."""
        if self._list is not None:
            self._list.hide()

    def _edited(self, text: str) -> None:
        if text.strip():
            self.asked.emit(text.strip())
        else:
            self.close_list()

    def _pick(self, hit: Hit) -> None:
        self.close_list()
        self.clear()
        self.picked.emit(hit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._list is not None and watched is self:
            if event.type() is QEvent.Type.FocusOut:
                self.close_list()
            elif event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
                return self._list.take_key(event)
        return super().eventFilter(watched, event)
