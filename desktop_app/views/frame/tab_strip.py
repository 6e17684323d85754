"""The strip of tabs with their badges."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

_PAD = 16.0
_BADGE_PX = 11


class TabStrip(QTabBar):
    """QTabBar with its own painting; ← → move when it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badges: dict[int, int] = {}
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)

    def set_badge(self, index: int, count: int) -> None:
        """The number beside a tab's name; 0 takes it away."""
        if self._badges.get(index, 0) != count:
            self._badges[index] = count
            self.setTabToolTip(index, f"{count} 件待处理" if count else "")
            # QTabBar measures anew when a text is set, not on updateGeometry().
            self.setTabText(index, self.tabText(index) + " ")
            self.setTabText(index, self.tabText(index).strip())
            self.update()

    def badge(self, index: int) -> int:
        """The number beside a tab's name."""
        return self._badges.get(index, 0)

    def _badge_width(self, index: int) -> float:
        count = self.badge(index)
        return QFontMetricsF(sized(_BADGE_PX)).horizontalAdvance(str(count)) + 12 if count else 0.0

    def tabSizeHint(self, index: int) -> QSize:
        wide = QFontMetricsF(sized(14, bold=True)).horizontalAdvance(self.tabText(index))
        badge = self._badge_width(index)
        return QSize(int(wide + 2 * _PAD + (badge + 6 if badge else 0)), int(QFontMetricsF(sized(14)).height()) + 21)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.tabSizeHint(0).height() if self.count() else 42)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), palette.colour("card"))
        pointer = self.mapFromGlobal(self.cursor().pos())
        for index in range(self.count()):
            self._paint_tab(painter, index, hovered=self.tabRect(index).contains(pointer))

    def _paint_tab(self, painter: QPainter, index: int, *, hovered: bool) -> None:
        palette = colours()
        room = QRectF(self.tabRect(index))
        chosen = index == self.currentIndex()
        font = sized(14, bold=chosen)
        painter.setFont(font)
        painter.setPen(palette.colour("accent" if chosen else "text" if hovered else "muted"))
        wide = QFontMetricsF(font).horizontalAdvance(self.tabText(index))
        badge = self._badge_width(index)
        left = room.center().x() - (wide + (badge + 6 if badge else 0)) / 2
        words = QRectF(left, room.top(), wide + 2, room.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.tabText(index))
        if badge:
            box = QRectF(left + wide + 6, room.center().y() - 9, max(badge, 18.0), 18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour("bad_soft"))
            painter.drawRoundedRect(box, 9, 9)
            painter.setPen(palette.colour("bad"))
            painter.setFont(sized(_BADGE_PX))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.badge(index)))
        if chosen:
            painter.fillRect(QRectF(room.left(), room.bottom() - 2, room.width(), 3), palette.colour("accent"))
            if self.hasFocus():
                painter.setPen(QPen(palette.colour("accent"), 1, Qt.PenStyle.DotLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(room.adjusted(5, 6, -5, -7), 4, 4)
