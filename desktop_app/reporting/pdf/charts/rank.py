"""Ranking: horizontal bars, names at the left, captions behind the bars."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.charts import ChartSpec, Role
from desktop_app.reporting.pdf.charts.marks import Box, filled
from desktop_app.reporting.pdf.charts.style import STYLES
from desktop_app.reporting.pdf.fonts import Face
from desktop_app.reporting.pdf.geometry import CAP, INK, SMALL_SIZE
from desktop_app.reporting.pdf.pen import Pen

PITCH = 16.0


def draw_rank(pen: Pen, box: Box, spec: ChartSpec) -> None:
    """One bar a category in the order given; a missing value shows no bar, its caption says why."""
    series = spec.series[0]
    captions = spec.captions or tuple("" for _ in spec.categories)
    measure = pen.book.width
    left = max((measure(name, Face.SANS, SMALL_SIZE) for name in spec.categories), default=0.0) + 6.0
    right = max((measure(words, Face.SANS, SMALL_SIZE) for words in captions), default=0.0) + 6.0
    room = box.width - left - right
    highest = max((v for v in series.values if v is not None), default=Decimal(0))
    x = box.x + left
    for index, (name, value) in enumerate(zip(spec.categories, series.values, strict=True)):
        middle = box.top - (index + 0.5) * PITCH
        pen.text(x - 4.0, middle - CAP * SMALL_SIZE, name, Face.SANS, SMALL_SIZE, align="right")
        length = room * float(value / highest) if value is not None and highest > 0 else 0.0
        style = STYLES[Role.WARN if index in spec.warned else series.role]
        filled(pen, Box(x, middle - PITCH * 0.31, max(length, 0.0), PITCH * 0.62), style)
        if index < len(captions):
            pen.text(x + length + 4.0, middle - CAP * SMALL_SIZE, captions[index], Face.SANS, SMALL_SIZE)
    pen.stroke(x, box.top, x, box.top - PITCH * len(spec.categories), 0.8, INK)
