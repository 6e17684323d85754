"""The list under the search box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.services.results.search import Hit
from desktop_app.services.results.tone import Tone
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.widgets.tag import paint_tag

_TONES = {"指标": Tone.GOOD, "企业": Tone.INFO, "村": Tone.WARN, "乡镇": Tone.WARN}
_PAD = 10.0
_TAG = 48.0
_WIDTH = 460


class SearchList(QWidget):
    """Drawn over the window, not in a window of its own: the box keeps the focus. ``picked(Hit)``."""

    picked = Signal(object)

    def __init__(self, box: QWidget) -> None:
        super().__init__(box.window())
        self._box = box
        self._hits: tuple[Hit, ...] = ()
        self._at = 0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is shown."""
        return self._hits

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Open below the box with the first hit marked; without hits the list says so."""
        self._hits = tuple(hits)
        self._at = 0
        self.resize(_WIDTH, int(self._row_height() * max(len(hits), 1) + 8))
        corner = self._box.mapTo(self.window(), QPoint(0, self._box.height() + 4))
        self.move(min(corner.x(), self.window().width() - self.width() - 8), corner.y())
        self.setAccessibleName("；".join(f"{hit.kind} {hit.name}" for hit in hits) or "没有找到")
        self.show()
        self.raise_()
        self.update()

    def take_key(self, event: QEvent) -> bool:
        """↑ ↓ walk, Enter picks, Esc closes; True when the key was ours."""
        if not self.isVisible() or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        ours = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
        if key not in ours:
            return False
        event.accept()
        if event.type() is QEvent.Type.ShortcutOverride:
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._mark(self._at + (1 if key == Qt.Key.Key_Down else -1))
        elif self._hits:
            self.picked.emit(self._hits[self._at])
        return True

    def _mark(self, at: int) -> None:
        self._at = min(max(at, 0), max(len(self._hits) - 1, 0))
        self.update()

    def _row_height(self) -> float:
        return QFontMetricsF(sized(14)).height() + 10

    def _row_at(self, y: float) -> int:
        return int((y - 4) // self._row_height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self._row_at(event.position().y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and 0 <= row < len(self._hits):
            self.picked.emit(self._hits[row])

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.colour("dash"), 1))
        painter.setBrush(palette.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if not self._hits:
            painter.setFont(sized(13))
            painter.setPen(palette.colour("muted"))
            room = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, "没有找到。可写名称、代码或拼音首字母，如 hsd")
            return
        for number, hit in enumerate(self._hits):
            self._paint_hit(painter, number, hit)

    def _paint_hit(self, painter: QPainter, number: int, hit: Hit) -> None:
        palette = colours()
        tall = self._row_height()
        room = QRectF(4, 4 + number * tall, self.width() - 8, tall)
        if number == self._at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour("accent_soft"))
            painter.drawRoundedRect(room, 4, 4)
        paint_tag(painter, room.adjusted(6, 0, 0, 0), hit.kind, _TONES.get(hit.kind, Tone.NEUTRAL))
        words = room.adjusted(_TAG + 6, 0, -_PAD, 0)
        name_font, detail_font = sized(14), sized(12)
        metrics, small = QFontMetricsF(name_font), QFontMetricsF(detail_font)
        name = metrics.elidedText(hit.name, Qt.TextElideMode.ElideRight, words.width() * 0.62)
        painter.setFont(name_font)
        painter.setPen(palette.colour("text"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
        rest = words.adjusted(metrics.horizontalAdvance(name) + 12, 0, 0, 0)
        painter.setFont(detail_font)
        painter.setPen(palette.colour("muted"))
        detail = small.elidedText(hit.detail, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), detail)
