"""A tag: a word on a tinted ground, as widget and as painting for table cells."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.services.results.tone import Tone
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

TAG_PX = 12
_PAD = 7.0
_RADIUS = 4.0


def tag_width(text: str) -> float:
    """Width that the tag of this text needs."""
    return QFontMetricsF(sized(TAG_PX)).horizontalAdvance(text) + 2 * _PAD


def tag_height() -> float:
    """Height of a tag."""
    return QFontMetricsF(sized(TAG_PX)).height() + 3


def paint_tag(painter: QPainter, room: QRectF, text: str, tone: Tone) -> None:
    """Paint a tag at the left of ``room``, centred in its height; the word is cut with … when there is no room."""
    if not text:
        return
    ink, ground = colours().tone(tone)
    font = sized(TAG_PX)
    metrics = QFontMetricsF(font)
    width = min(tag_width(text), room.width())
    height = min(tag_height(), room.height())
    box = QRectF(room.left(), room.center().y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    painter.setPen(ink)
    painter.setFont(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 2 * _PAD + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Tag(QWidget):
    """A word with a tone. Never coloured alone: the word says what is meant."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    @property
    def tone(self) -> Tone:
        """How it is meant."""
        return self._tone

    def set(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Change word and tone; an empty word hides the tag."""
        self._text = text
        self._tone = tone
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(tag_width(self._text) + 1), int(tag_height() + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        paint_tag(painter, QRectF(self.rect()), self._text, self._tone)
