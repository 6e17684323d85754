"""The box that shows a category's values beside the pointer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.charts import Role
from desktop_app.views.charts.looks import look_of, paint_marker
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

_PAD = 8.0
_MARK = 16.0


class HoverBox(QWidget):
    """Lets the mouse through; painted, so that it is there at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._head = ""
        self._caption = ""
        self._roles: Sequence[Role] = ()
        self._values: Sequence[tuple[str, str]] = ()
        self.hide()

    def show_values(
        self, head: str, roles: Sequence[Role], values: Sequence[tuple[str, str]], caption: str = ""
    ) -> None:
        """Show a category's values."""
        self._head, self._roles, self._values, self._caption = head, roles, values, caption
        self.resize(self.sizeHint())
        self.show()
        self.raise_()
        self.update()

    @property
    def words(self) -> str:
        """What the box says."""
        lines = [self._head, *(f"{name} {value}".strip() for name, value in self._values)]
        return "\n".join([*lines, self._caption] if self._caption else lines)

    def place(self, at: QPoint, room: QSize) -> None:
        """Stand beside a point without leaving the chart."""
        x = at.x() + 14
        if x + self.width() > room.width():
            x = at.x() - 14 - self.width()
        y = min(max(at.y() - self.height() // 2, 0), max(room.height() - self.height(), 0))
        self.move(max(min(x, room.width() - self.width()), 0), y)

    def sizeHint(self) -> QSize:
        bold, plain = QFontMetricsF(sized(12, bold=True)), QFontMetricsF(sized(12))
        widths = [bold.horizontalAdvance(self._head), plain.horizontalAdvance(self._caption)]
        widths += [
            _MARK + plain.horizontalAdvance(name) + 16 + bold.horizontalAdvance(value) for name, value in self._values
        ]
        lines = 1 + len(self._values) + bool(self._caption)
        return QSize(int(max(widths) + 2 * _PAD + 2), int(lines * (plain.height() + 2) + 2 * _PAD - 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.colour("dash"), 1))
        painter.setBrush(palette.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        bold, plain = sized(12, bold=True), sized(12)
        line = QFontMetricsF(plain).height() + 2
        row = QRectF(_PAD, _PAD - 2, self.width() - 2 * _PAD, line)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(bold)
        painter.setPen(palette.colour("text"))
        painter.drawText(row, int(left | middle), self._head)
        for role, (name, value) in zip(self._roles, self._values, strict=True):
            row.translate(0, line)
            paint_marker(painter, QPointF(row.left() + 5, row.center().y()), look_of(role))
            painter.setFont(plain)
            painter.setPen(palette.colour("muted"))
            painter.drawText(row.adjusted(_MARK, 0, 0, 0), int(left | middle), name)
            painter.setFont(bold)
            painter.setPen(palette.colour("text"))
            painter.drawText(row, int(right | middle), value)
        if self._caption:
            row.translate(0, line)
            painter.setFont(plain)
            painter.setPen(palette.colour("muted"))
            painter.drawText(row, int(left | middle), self._caption)
