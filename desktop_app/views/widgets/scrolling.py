"""The least size of a page: below it the tab scrolls, so that nothing is squeezed or cut."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget


class Steady(QWidget):
    """A part of a page whose height does not follow from its width, however its words wrap.

    Qt otherwise takes the preferred height of anything that contains wrapped words for its least height.
    """

    def __init__(self, least: QSize | None = None) -> None:
        super().__init__()
        self._least = least or QSize(0, 0)

    def set_least(self, least: QSize) -> None:
        """Another least size, for other contents."""
        self._least = least
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(self._least)


def scrolling_page(page: QWidget, least_width: int, least_height: int) -> QVBoxLayout:
    """Give a tab's page its least size, in device-independent pixels; returns the layout of its contents."""
    contents = Steady(QSize(least_width, least_height))
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(contents)
    box = QVBoxLayout(contents)
    box.setContentsMargins(16, 12, 16, 12)
    box.setSpacing(12)
    return box


class PageStack(QStackedWidget):
    """Pages of different least sizes on one tab: only the one that is shown counts."""

    def turn_to(self, page: QWidget, least: tuple[int, int]) -> None:
        """Show a page; ``least``: width and height below which the tab's page scrolls then."""
        for each in map(self.widget, range(self.count())):
            policy = QSizePolicy.Policy.Preferred if each is page else QSizePolicy.Policy.Ignored
            each.setSizePolicy(policy, policy)
        contents = self.parentWidget()
        if isinstance(contents, Steady):
            contents.set_least(QSize(*least))
        self.setCurrentWidget(page)
