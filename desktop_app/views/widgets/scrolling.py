"""A page that scrolls when the window is smaller than it needs, so that nothing is squeezed or cut."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class Steady(QWidget):
    """A part of a page whose height does not follow from its width, however its words wrap.

    Qt otherwise takes the preferred height of anything that contains wrapped words for its least height.
    """

    def __init__(self, least: QSize | None = None) -> None:
        super().__init__()
        self._least = least or QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(self._least)


def scrolling_page(page: QWidget, least_width: int, least_height: int) -> QVBoxLayout:
    """Put a scroll area into ``page`` and return the layout of its contents, with the house's margins.

    Sizes in device-independent pixels: below them the page scrolls instead of shrinking.
    """
    contents = Steady(QSize(least_width, least_height))
    holder = QWidget()
    holder.setProperty("scrolled", "true")
    around = QVBoxLayout(holder)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(contents)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(holder)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(area)
    box = QVBoxLayout(contents)
    box.setContentsMargins(16, 12, 16, 12)
    box.setSpacing(12)
    return box
