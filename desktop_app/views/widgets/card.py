"""A card: white ground, hairline, title with subtitle and actions, contents below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop_app.views.widgets.words import ElidedWords, Words


class Card(QFrame):
    """Contents go into ``body``, a vertical layout, through :meth:`add`."""

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None, *, margin: int = 14) -> None:
        super().__init__(parent)
        self._title = Words(title, "title")
        self._subtitle = ElidedWords(subtitle, "subtitle")
        self._head = QWidget()
        self._actions = QHBoxLayout(self._head)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._actions.setSpacing(8)
        self._actions.addWidget(self._title)
        self._actions.addWidget(self._subtitle, 1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, 10, margin, 10)
        self.body.setSpacing(8)
        self.body.addWidget(self._head)
        self._head.setVisible(bool(title or subtitle))
        self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Change the title; an empty one hides the head when nothing else stands there."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._show_head()

    def set_subtitle(self, subtitle: str) -> None:
        """Change the small words beside the title."""
        self._subtitle.setText(subtitle)
        self._show_head()

    @property
    def title(self) -> str:
        """The title as shown."""
        return self._title.text()

    @property
    def subtitle(self) -> str:
        """The subtitle as shown."""
        return self._subtitle.text()

    def add_action(self, widget: QWidget) -> None:
        """Put a button, tag or choice at the right end of the head."""
        self._actions.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.setVisible(True)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget below what is there."""
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout, stretch: int = 0) -> None:
        """Add a layout below what is there."""
        self.body.addLayout(layout, stretch)

    def _show_head(self) -> None:
        self._head.setVisible(self._actions.count() > 2 or bool(self.title or self.subtitle))
