"""Ranking: horizontal bars, names at the left, captions behind the bars."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.charts import ChartSpec, Role
from desktop_app.reporting.pdf.charts.marks import PAPER, Box, filled
from desktop_app.reporting.pdf.charts.style import STYLES
from desktop_app.reporting.pdf.fonts import Face
from desktop_app.reporting.pdf.geometry import CAP, INK, SMALL_SIZE
from desktop_app.reporting.pdf.pen import Pen

PITCH = 16.0


def draw_rank(pen: Pen, box: Box, spec: ChartSpec) -> None:
    """One bar a category in the order given; a missing value shows no bar, its caption says why.

    A second series of the role TARGET is a tick across each bar (where it should be by now); a target of the chart is a
    line across all of them.
    """
    series = spec.series[0]
    captions = spec.captions or tuple("" for _ in spec.categories)
    measure = pen.book.width
    left = max((measure(name, Face.SANS, SMALL_SIZE) for name in spec.categories), default=0.0) + 6.0
    right = max((measure(words, Face.SANS, SMALL_SIZE) for words in captions), default=0.0) + 6.0
    paces = next((each.values for each in spec.series[1:] if each.role is Role.TARGET), ())
    known = [value for value in (*series.values, *paces, *(line.value for line in spec.targets)) if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    scale = (box.width - left - right) / float(high - low) if high > low else 0.0
    zero = box.x + left - float(low) * scale
    for index, (name, value) in enumerate(zip(spec.categories, series.values, strict=True)):
        middle = box.top - (index + 0.5) * PITCH
        baseline = middle - CAP * SMALL_SIZE
        pen.text(box.x + left - 4.0, baseline, name, Face.SANS, SMALL_SIZE, align="right")
        length = float(value) * scale if value is not None else 0.0
        style = STYLES[Role.WARN if index in spec.warned else series.role]
        filled(pen, Box(zero + min(length, 0.0), middle - PITCH * 0.31, abs(length), PITCH * 0.62), style)
        # Behind the target too, so that no line runs through the words.
        behind = max(length, 0.0, *(float(line.value) * scale for line in spec.targets))
        if index < len(paces) and (pace := paces[index]) is not None:
            x = zero + float(pace) * scale
            behind = max(behind, x - zero)
            # White on both sides, so that the tick stands out of a bar that prints as dark as it.
            pen.stroke(x, middle + PITCH * 0.31, x, middle - PITCH * 0.31, 4.4, PAPER)
            pen.stroke(x, middle + PITCH * 0.45, x, middle - PITCH * 0.45, 1.6, INK)
        if index < len(captions):
            pen.text(zero + behind + 4.0, baseline, captions[index], Face.SANS, SMALL_SIZE)
    for line in spec.targets:
        x = zero + float(line.value) * scale
        pen.stroke(x, box.top, x, box.top - PITCH * len(spec.categories), 0.5, INK)
    pen.stroke(zero, box.top, zero, box.top - PITCH * len(spec.categories), 0.8, INK)
