"""Legend of a chart: line with marker or hatched box before each name, so that it reads without colour."""

from __future__ import annotations

from desktop_app.charts import ChartKind, ChartSpec
from desktop_app.reporting.pdf.charts.marks import Box, filled, marker
from desktop_app.reporting.pdf.charts.style import STYLES
from desktop_app.reporting.pdf.fonts import Face
from desktop_app.reporting.pdf.geometry import SMALL_SIZE
from desktop_app.reporting.pdf.pen import Pen

STAR = "★ 双11"


def draw_legend(pen: Pen, spec: ChartSpec, right: float, y: float) -> None:
    """From the right edge leftwards, in the order of the series; ``y`` is the baseline of the names."""
    x = right
    if spec.highlights:
        x -= pen.book.width(STAR, Face.SANS, SMALL_SIZE)
        pen.text(x, y, STAR, Face.SANS, SMALL_SIZE)
        x -= 10.0
    for series in reversed([series for series in spec.series if series.name]):
        x -= pen.book.width(series.name, Face.SANS, SMALL_SIZE)
        pen.text(x, y, series.name, Face.SANS, SMALL_SIZE)
        style = STYLES[series.role]
        if spec.kind is ChartKind.LINE:
            pen.stroke(x - 26.0, y + 3.2, x - 4.0, y + 3.2, style.width, style.colour, style.dash)
            marker(pen, x - 15.0, y + 3.2, style)
        else:
            filled(pen, Box(x - 22.0, y - 1.0, 18.0, 8.5), style)
        x -= 34.0
