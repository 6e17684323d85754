"""Markers and hatched boxes."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.reporting.pdf.charts.style import Hatch, Marker, Style
from desktop_app.reporting.pdf.pen import Pen, colour_of

PAPER = "#FFFFFF"
_STEP = 3.6
_RADIUS = 2.2


@dataclass(frozen=True)
class Box:
    """A rectangle in points; ``x``, ``y`` its lower left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.y + self.height


def marker(pen: Pen, x: float, y: float, style: Style) -> None:
    """A point of a line; a ring has paper inside."""
    canvas = pen.canvas
    canvas.setDash([])
    canvas.setLineWidth(1.1)
    canvas.setStrokeColor(colour_of(style.colour))
    canvas.setFillColor(colour_of(PAPER if style.marker is Marker.RING else style.colour))
    r = _RADIUS
    corners: list[tuple[float, float]]
    match style.marker:
        case Marker.DISC | Marker.RING:
            canvas.circle(x, y, r, stroke=1, fill=1)
            return
        case Marker.SQUARE:
            canvas.rect(x - r, y - r, 2 * r, 2 * r, stroke=1, fill=1)
            return
        case Marker.TRIANGLE:
            corners = [(x, y + r * 1.3), (x - r * 1.2, y - r), (x + r * 1.2, y - r)]
        case Marker.DIAMOND:
            corners = [(x, y + r * 1.4), (x - r * 1.4, y), (x, y - r * 1.4), (x + r * 1.4, y)]
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def filled(pen: Pen, box: Box, style: Style) -> None:
    """A box in the style's colour: solid, light, or hatched on paper."""
    if box.width <= 0 or box.height <= 0:
        return
    canvas = pen.canvas
    canvas.setDash([])
    canvas.setLineWidth(0.7)
    canvas.setStrokeColor(colour_of(style.colour))
    canvas.setFillColor(colour_of(style.colour if style.hatch is Hatch.SOLID else PAPER))
    if style.hatch is Hatch.LIGHT:
        canvas.setFillColor(colour_of("#D5D8D6"))
    canvas.rect(box.x, box.y, box.width, box.height, stroke=1, fill=1)
    if style.hatch in {Hatch.SOLID, Hatch.LIGHT}:
        return
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(box.x, box.y, box.width, box.height)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.lines(_hatching(box, style.hatch))
    canvas.restoreState()


def _hatching(box: Box, hatch: Hatch) -> list[tuple[float, float, float, float]]:
    """Parallel strokes over the whole box; their places are fixed to the page, so that neighbours meet."""
    strokes: list[tuple[float, float, float, float]] = []
    if hatch is Hatch.LEVEL:
        y = box.y - box.y % _STEP + _STEP
        while y < box.top:
            strokes.append((box.x, y, box.right, y))
            y += _STEP
        return strokes
    if hatch in {Hatch.RISING, Hatch.CROSSED}:
        c = (box.y - box.right) // _STEP * _STEP
        while c < box.top - box.x:
            strokes.append((box.x, box.x + c, box.right, box.right + c))
            c += _STEP
    if hatch in {Hatch.FALLING, Hatch.CROSSED}:
        c = (box.y + box.x) // _STEP * _STEP
        while c < box.top + box.right:
            strokes.append((box.x, c - box.x, box.right, c - box.right))
            c += _STEP
    return strokes
