"""The legend under a chart: marker and name of each series, and a quiet note."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.charts import ChartKind, ChartSpec, Role
from desktop_app.views.charts.looks import Look, look_of, paint_marker, paint_swatch
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

_MARK = 26.0
_GAP = 16.0


class Legend(QWidget):
    """One line of text; names that do not fit are left out from the right, the note first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[tuple[Look, str]] = []
        self._bars = False
        self._notes: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_spec(self, spec: ChartSpec) -> None:
        """Take names and looks from the chart."""
        self._bars = spec.kind is not ChartKind.LINE
        single = len(spec.series) == 1 and not spec.targets and spec.kind is not ChartKind.LINE
        self._entries = [] if single else [(look_of(s.role), s.name) for s in spec.series if s.name]
        self._notes = [spec.note] if spec.note else []
        if spec.keys:
            self._notes.append("悬停看数，点击看明细")
        self.setToolTip(spec.note)
        self.setVisible(bool(self._entries or self._notes))
        self.setAccessibleName("、".join(name for _, name in self._entries))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, int(QFontMetricsF(sized(12)).height()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = sized(12)
        metrics = QFontMetricsF(font)
        middle, x = self.height() / 2, 0.0
        painter.setFont(font)
        for look, name in self._entries:
            wide = metrics.horizontalAdvance(name)
            if x + _MARK + wide > self.width():
                return
            if self._bars and look.role not in {Role.TARGET, Role.PREVIOUS}:
                paint_swatch(painter, QRectF(x, middle - 5, 16, 10), look)
            else:
                painter.setPen(QPen(look.colour, 2, look.pen_style))
                painter.drawLine(QPointF(x, middle), QPointF(x + 20, middle))
                paint_marker(painter, QPointF(x + 6, middle), look)
            painter.setPen(colours().colour("muted"))
            painter.drawText(QRectF(x + _MARK, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
            x += _MARK + wide + _GAP
        painter.setPen(colours().colour("muted"))
        for note in self._notes:
            wide = metrics.horizontalAdvance(note)
            if x + wide > self.width() and (note is not self._notes[0] or self.width() - x < 60):
                return
            shown = metrics.elidedText(note, Qt.TextElideMode.ElideRight, self.width() - x)
            painter.drawText(QRectF(x, 0, self.width() - x, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            x += wide + _GAP
