"""The steps of the month: done, current, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.services.results.overview import Step, Tone
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

_DISC = 26.0
_GAP = 10.0


class StepBar(QWidget):
    """Painted in one piece. ``picked(Step)`` on click; ← → move along the steps, Enter picks."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show the steps."""
        self._steps = tuple(steps)
        self._at = next((i for i, step in enumerate(steps) if step.state == "now"), 0)
        self.setAccessibleName("；".join(f"{s.title} {s.detail}" for s in steps))
        self.update()

    def sizeHint(self) -> QSize:
        tall = QFontMetricsF(sized(14)).height() + QFontMetricsF(sized(12)).height()
        return QSize(600, int(max(tall, _DISC)) + 4)

    def _words_width(self, step: Step) -> float:
        title = QFontMetricsF(sized(14, bold=step.state == "now")).horizontalAdvance(step.title)
        return max(title, QFontMetricsF(sized(12)).horizontalAdvance(step.detail))

    def _lefts(self) -> list[float]:
        """Where each step begins: the last is as wide as its words, the others share the rest."""
        if not self._steps:
            return []
        last = _DISC + _GAP + self._words_width(self._steps[-1]) + 24
        each = (self.width() - 8 - last) / max(len(self._steps) - 1, 1)
        return [4 + each * i for i in range(len(self._steps))]

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lefts = self._lefts()
        for index, (step, left) in enumerate(zip(self._steps, lefts, strict=True)):
            right = lefts[index + 1] if index + 1 < len(lefts) else None
            self._paint_step(painter, index, step, left, right)

    def _paint_step(self, painter: QPainter, index: int, step: Step, left: float, right: float | None) -> None:
        palette = colours()
        middle = self.height() / 2
        disc = QRectF(left, middle - _DISC / 2, _DISC, _DISC)
        done, now = step.state == "done", step.state == "now"
        painter.setBrush(palette.colour("accent_fill" if done else "card"))
        painter.setPen(QPen(palette.colour("accent_fill" if done else "accent" if now else "border"), 2))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        painter.setPen(palette.colour("on_accent" if done else "accent" if now else "muted"))
        painter.setFont(sized(13, bold=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, "✓" if done else str(index + 1))
        title_font, small_font = sized(14, bold=now), sized(12)
        title, small = QFontMetricsF(title_font), QFontMetricsF(small_font)
        text_left = disc.right() + _GAP
        room = (right - text_left - 16) if right is not None else self.width() - text_left
        top = middle - (title.height() + small.height()) / 2
        painter.setPen(palette.colour("text"))
        painter.setFont(title_font)
        painter.drawText(QPointF(text_left, top + title.ascent()), step.title)
        painter.setPen(palette.colour("muted") if step.tone is Tone.NEUTRAL else palette.tone(step.tone)[0])
        painter.setFont(small_font)
        detail = small.elidedText(step.detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(text_left, top + title.height() + small.ascent()), detail)
        if right is not None:
            start = text_left + min(self._words_width(step), room) + 16
            if right - 16 > start:
                painter.setPen(QPen(palette.colour("border"), 2))
                painter.drawLine(QPointF(start, middle), QPointF(right - 16, middle))
        if self.hasFocus() and index == self._at:
            painter.setPen(QPen(palette.colour("accent"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            width = disc.width() + _GAP + min(self._words_width(step), room)
            painter.drawRoundedRect(QRectF(left - 3, 0.5, width + 8, self.height() - 1), 5, 5)

    def _step_at(self, x: float) -> int:
        lefts = self._lefts()
        return max((i for i, left in enumerate(lefts) if left <= x), default=0)

    def _pick(self, index: int) -> None:
        self._at = index
        self.update()
        if index < len(self._steps) and self._steps[index].tab:
            self.picked.emit(self._steps[index])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._step_at(event.position().x())
        leads = index < len(self._steps) and bool(self._steps[index].tab)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(self._step_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._at = min(max(self._at + (1 if key == Qt.Key.Key_Right else -1), 0), max(len(self._steps) - 1, 0))
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._pick(self._at)
        else:
            super().keyPressEvent(event)
