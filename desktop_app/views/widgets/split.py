"""A splitter that remembers where this user has put its handles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from desktop_app import settings

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

_REST_MS = 400
"""The preference is written when the handle has come to rest."""


class _Handle(QSplitterHandle):
    """Double click: as it was delivered."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        split = self.splitter()
        if isinstance(split, KeptSplitter):
            split.set_back()


class KeptSplitter(QSplitter):
    """Panels side by side or above each other; none can be dragged away altogether.

    :param name: under which the sizes are kept among the user's preferences.
    :param sizes: as delivered, in pixels; what is left over goes to the panel of ``grows``.
    """

    def __init__(
        self, direction: Qt.Orientation, name: str, sizes: Sequence[int], grows: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(direction, parent)
        self._key = f"split.{name}"
        self._delivered = list(sizes)
        self._grows = grows
        self._open: list[int] = []
        """Sizes before a panel was folded."""
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._keep)
        self.splitterMoved.connect(lambda *_: self._rest.start())
        self.setChildrenCollapsible(False)
        self.setHandleWidth(12 if direction is Qt.Orientation.Horizontal else 8)

    def createHandle(self) -> QSplitterHandle:
        handle = _Handle(self.orientation(), self)
        handle.setToolTip("拖动可改大小，双击还原")
        return handle

    def place(self) -> None:
        """Put the handles where the user has left them; to be called when all panels are in."""
        for number in range(self.count()):
            self.setStretchFactor(number, int(number == self._grows))
        kept = [int(word) for word in settings.get(self._key).split(",") if word.isdecimal()]
        self.setSizes(kept if len(kept) == self.count() and all(kept) else self._delivered)

    def fold(self, *, folded: bool) -> None:
        """A panel has become as small as it can be, and the others take its room; or it wants its room again."""
        if folded and not self._open:
            self._open = self.sizes()
            self.setSizes([sum(self._open) if number == self._grows else 0 for number in range(self.count())])
        elif not folded and self._open:
            self.setSizes(self._open)
            self._open = []

    def set_back(self) -> None:
        """As delivered."""
        self.setSizes(self._delivered)
        self._keep()

    def _keep(self) -> None:
        # A panel that is hidden or folded just now has no size worth remembering.
        if not self._open and all(self.widget(number).isVisible() for number in range(self.count())):
            settings.put(self._key, ",".join(map(str, self.sizes())))
