"""A page that scrolls when the window is smaller than it needs, so that nothing is squeezed or cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class _Steady(QWidget):
    """Contents whose height does not follow from their width.

    A scroll area would otherwise take the preferred height of any contents with wrapped words for the least one.
    """

    def hasHeightForWidth(self) -> bool:
        return False


def scrolling_page(page: QWidget, least_width: int, least_height: int) -> QVBoxLayout:
    """Put a scroll area into ``page`` and return the layout of its contents, with the house's margins.

    Sizes in device-independent pixels: below them the page scrolls instead of shrinking.
    """
    contents = _Steady()
    contents.setMinimumSize(least_width, least_height)
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
