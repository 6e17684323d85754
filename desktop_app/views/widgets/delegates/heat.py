"""Heat cells: green by depth, stripes below the limit, a dashed box for 未报."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.qtmodels.columns import CellRole, Heat, HeatLook
from desktop_app.views.widgets.delegates.base import CellDelegate, Index

_RADIUS = 3.0
_STRIPE = 4.0
_HEAT_PX = 12.5


def blend(over: QColor, under: QColor, share: float) -> QColor:
    """``over`` at an opacity of ``share`` on ``under``, as an opaque colour."""
    share = min(max(share, 0.0), 1.0)
    return QColor(
        round(over.red() * share + under.red() * (1 - share)),
        round(over.green() * share + under.green() * (1 - share)),
        round(over.blue() * share + under.blue() * (1 - share)),
    )


def heat_colours(level: float) -> tuple[QColor, QColor]:
    """Ground and ink for a level 0…1; the ink is the one that reads better on the ground."""
    palette = colours()
    ground = blend(palette.colour("accent"), palette.colour("card"), 0.08 + 0.84 * min(max(level, 0.0), 1.0))
    return ground, readable_ink(ground)


def readable_ink(ground: QColor) -> QColor:
    """Black or white, whichever contrasts more (WCAG relative luminance); one of them always reaches 4.5."""

    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)

    bright = 0.2126 * channel(ground.redF()) + 0.7152 * channel(ground.greenF()) + 0.0722 * channel(ground.blueF())
    return QColor("#FFFFFF") if 1.05 / (bright + 0.05) > (bright + 0.05) / 0.05 else QColor("#000000")


def paint_stripes(painter: QPainter, box: QRectF, radius: float = _RADIUS) -> None:
    """Diagonal stripes that look the same on every scale and in a mono print."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.fillRect(box, colours().colour("card"))
    painter.setPen(QPen(colours().colour("hatch"), _STRIPE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    step = _STRIPE * 2 * 1.4142
    x = box.left() - box.height() - step
    while x < box.right() + step:
        painter.drawLine(QPointF(x, box.bottom() + 2), QPointF(x + box.height() + 4, box.top() - 2))
        x += step
    painter.restore()


def paint_heat(painter: QPainter, box: QRectF, heat: Heat) -> None:
    """One heat cell into ``box``."""
    palette = colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = palette.colour("text")
    if heat.look is HeatLook.FILL:
        ground, ink = heat_colours(heat.level)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
    elif heat.look is HeatLook.HATCH:
        paint_stripes(painter, box)
    elif heat.look is HeatLook.MISSING:
        ink = palette.colour("muted")
        painter.setPen(QPen(palette.colour("dash"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    elif heat.look is HeatLook.NONE:
        ink = palette.colour("muted")
    font = sized(_HEAT_PX)
    painter.setFont(font)
    painter.setPen(ink)
    shown = QFontMetricsF(font).elidedText(heat.text, Qt.TextElideMode.ElideRight, box.width() - 2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class HeatDelegate(CellDelegate):
    """Paints the column's :class:`Heat`."""

    def paint_contents(self, painter: QPainter, room: QRectF, index: Index) -> None:
        heat = index.data(CellRole.CELL)
        if isinstance(heat, Heat):
            paint_heat(painter, room.adjusted(2, 2, -2, -3), heat)
        else:
            super().paint_contents(painter, room, index)
