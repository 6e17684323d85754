"""Series in a frame: lines with gaps, groups of bars, stacks."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from desktop_app.charts import ChartSpec, Role
from desktop_app.reporting.pdf.charts.frame import LABEL, Frame
from desktop_app.reporting.pdf.charts.marks import PAPER, Box, filled, marker
from desktop_app.reporting.pdf.charts.style import STYLES
from desktop_app.reporting.pdf.fonts import Face
from desktop_app.reporting.pdf.geometry import CAP, INK
from desktop_app.reporting.pdf.pen import Pen, colour_of

_GROUP = 0.7
"""Part of a category's width that its bars take."""
_LABELLED = 6
"""Up to so many categories the parts of a stack carry their values."""


def draw_lines(pen: Pen, frame: Frame, spec: ChartSpec) -> None:
    """Last year's line first, so that this year's lies over it; a missing value is a gap, never 0."""
    for series in sorted(spec.series, key=lambda s: s.role is not Role.PREVIOUS):
        style = STYLES[series.role]
        points = [None if v is None else (frame.x_of(i), frame.y_of(v)) for i, v in enumerate(series.values)]
        for start, end in pairwise(points):
            if start is not None and end is not None:
                pen.stroke(*start, *end, style.width, style.colour, style.dash)
        for point in points:
            if point is not None:
                marker(pen, *point, style)
    _draw_last_value(pen, frame, spec)
    for index in spec.highlights:
        values = [s.values[index] for s in spec.series if s.role is not Role.PREVIOUS]
        best = max((v for v in values if v is not None), default=None)
        if best is not None:
            pen.text(frame.x_of(index), frame.y_of(best) + 5.0, "★", Face.SANS, LABEL, align="center")


def _draw_last_value(pen: Pen, frame: Frame, spec: ChartSpec) -> None:
    """The newest value of the current series stands in words beside its point."""
    current = next((s for s in spec.series if s.role is Role.CURRENT), None)
    known = [(i, v) for i, v in enumerate(current.values) if v is not None] if current else []
    if not known or known[-1][0] in spec.highlights:
        return
    index, value = known[-1]
    text = f"{value:.{spec.decimals}f}".replace("-", "−")
    above, below = min(frame.y_of(value) + 6.0, frame.box.top - 2.0), frame.y_of(value) - 6.0 - LABEL
    half = pen.book.width(text, Face.SANS, LABEL) / 2
    # It goes below its point where a line would run through it above and none does below.
    sunk = _crossed(frame, spec, index, above, half) and not _crossed(frame, spec, index, below, half)
    _boxed(pen, frame.x_of(index), below if sunk and below >= frame.box.y else above, text)


def _crossed(frame: Frame, spec: ChartSpec, index: int, y: float, half: float) -> bool:
    """Whether a target or the last stretch of this year's or last year's line runs through words at ``y``."""
    crossing = [frame.y_of(target.value) for target in spec.targets]
    for series in spec.series:
        last, before = series.values[index], series.values[index - 1] if index else None
        if last is None:
            continue
        end = frame.y_of(last)
        start = end if before is None else frame.y_of(before)
        # At the left edge of the words the line is so high.
        at_edge = end + (start - end) * min(half / frame.slot, 1.0)
        crossing += [at_edge, end, (at_edge + end) / 2]
    return any(y - 2.0 <= line <= y + LABEL for line in crossing)


def draw_bars(pen: Pen, frame: Frame, spec: ChartSpec) -> None:
    """One group a category, a bar a series, from the zero line."""
    width = frame.slot * _GROUP / max(len(spec.series), 1)
    zero = frame.y_of(max(frame.low, Decimal(0)))
    for number, series in enumerate(spec.series):
        for index, value in enumerate(series.values):
            if value is not None:
                left = frame.x_of(index) - frame.slot * _GROUP / 2 + number * width
                y = frame.y_of(value)
                filled(pen, Box(left, min(zero, y), width * 0.92, abs(y - zero)), STYLES[series.role])


def draw_stacks(pen: Pen, frame: Frame, spec: ChartSpec) -> None:
    """Parts on top of each other in the order of the series."""
    width = min(frame.slot * _GROUP, 46.0)
    for index in range(len(spec.categories)):
        base = Decimal(0)
        for series in spec.series:
            value = series.values[index]
            if value is None or value <= 0:
                continue
            low, high = frame.y_of(base), frame.y_of(base + value)
            x = frame.x_of(index)
            filled(pen, Box(x - width / 2, low, width, high - low), STYLES[series.role])
            if len(spec.categories) <= _LABELLED and high - low > LABEL + 3.0:
                _boxed(pen, x, (low + high) / 2 - CAP * LABEL, f"{value:.{spec.decimals}f}")
            base += value


def _boxed(pen: Pen, x: float, y: float, text: str) -> None:
    """Words on a slip of paper, legible over any hatch."""
    width = pen.book.width(text, Face.SANS, LABEL)
    pen.canvas.setFillColor(colour_of(PAPER))
    pen.canvas.rect(x - width / 2 - 1.5, y - 1.5, width + 3.0, LABEL + 1.0, stroke=0, fill=1)
    pen.text(x, y, text, Face.SANS, LABEL, align="center", colour=INK)
