"""How each role of a series looks in the window: colour by face, dash, marker and hatch for those who see no colour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from desktop_app.charts import Role
from desktop_app.views.palette import colours


@dataclass(frozen=True)
class Look:
    """``marker``: pyqtgraph's symbol names. ``hollow``: marker filled with the ground."""

    role: Role
    colour: QColor
    pen_style: Qt.PenStyle
    marker: str
    hollow: bool
    hatch: Qt.BrushStyle


_SHAPES: dict[Role, tuple[Qt.PenStyle, str, bool, Qt.BrushStyle]] = {
    Role.CURRENT: (Qt.PenStyle.SolidLine, "o", False, Qt.BrushStyle.SolidPattern),
    Role.PREVIOUS: (Qt.PenStyle.DashLine, "o", True, Qt.BrushStyle.Dense6Pattern),
    Role.PART_1: (Qt.PenStyle.SolidLine, "o", False, Qt.BrushStyle.SolidPattern),
    Role.PART_2: (Qt.PenStyle.SolidLine, "s", False, Qt.BrushStyle.BDiagPattern),
    Role.PART_3: (Qt.PenStyle.SolidLine, "t", False, Qt.BrushStyle.Dense4Pattern),
    Role.PART_4: (Qt.PenStyle.SolidLine, "d", False, Qt.BrushStyle.FDiagPattern),
    Role.WARN: (Qt.PenStyle.SolidLine, "t1", False, Qt.BrushStyle.SolidPattern),
    Role.TARGET: (Qt.PenStyle.DotLine, "", False, Qt.BrushStyle.SolidPattern),
}


def look_of(role: Role) -> Look:
    """The look of a role in the face in force."""
    palette = colours()
    token = {
        Role.CURRENT: "accent",
        Role.PREVIOUS: "previous",
        Role.PART_1: "accent",
        Role.PART_2: "series2",
        Role.PART_3: "series3",
        Role.PART_4: "series4",
        Role.WARN: "warn_bar",
        Role.TARGET: "text",
    }[role]
    style, marker, hollow, hatch = _SHAPES[role]
    return Look(role, palette.colour(token), style, marker, hollow, hatch)


def paint_marker(painter: QPainter, at: QPointF, look: Look, size: float = 6.5) -> None:
    """The marker of a look, centred."""
    if not look.marker:
        return
    r = size / 2
    painter.setPen(QPen(look.colour, 1.2))
    painter.setBrush(colours().colour("card") if look.hollow else look.colour)
    if look.marker == "s":
        painter.drawRect(QRectF(at.x() - r, at.y() - r, size, size))
    elif look.marker in {"t", "t1"}:
        up = -1 if look.marker == "t1" else 1
        painter.drawPolygon(QPolygonF([at + QPointF(-r, -r * up), at + QPointF(r, -r * up), at + QPointF(0, r * up)]))
    elif look.marker == "d":
        corners = (QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0))
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
    else:
        painter.drawEllipse(at, r, r)


def paint_swatch(painter: QPainter, box: QRectF, look: Look) -> None:
    """A bar of the look: tinted ground with its hatch in the full colour."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    if look.hatch is Qt.BrushStyle.SolidPattern:
        painter.setBrush(look.colour)
        painter.drawRoundedRect(box, 1.5, 1.5)
    else:
        ground = QColor(look.colour)
        ground.setAlphaF(0.55)
        painter.setBrush(ground)
        painter.drawRect(box)
        painter.setBrush(QBrush(look.colour, look.hatch))
        painter.drawRect(box)
        painter.setPen(QPen(look.colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
    painter.restore()
