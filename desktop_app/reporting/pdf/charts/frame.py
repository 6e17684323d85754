"""Axes of a chart with vertical values: scale, ticks, grid, names of the categories, target lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop_app.charts import ChartKind, ChartSpec, TargetLine, even_labels, nice_ticks
from desktop_app.reporting.pdf.charts.marks import Box
from desktop_app.reporting.pdf.fonts import Face
from desktop_app.reporting.pdf.geometry import CAP, GREY, INK, SMALL_SIZE
from desktop_app.reporting.pdf.pen import Pen

LABEL = SMALL_SIZE
GRID = "#CCCCCC"


@dataclass(frozen=True)
class Frame:
    """Plot area with its scale. ``y_of`` and ``x_of`` map a value and a category to points on the page."""

    box: Box
    ticks: tuple[Decimal, ...]
    count: int

    @property
    def low(self) -> Decimal:
        """Value at the foot."""
        return self.ticks[0]

    @property
    def slot(self) -> float:
        """Width of one category."""
        return self.box.width / max(self.count, 1)

    def y_of(self, value: Decimal) -> float:
        """Points on the page; values beyond the scale stay at its end."""
        part = float((value - self.low) / (self.ticks[-1] - self.low))
        return self.box.y + self.box.height * min(max(part, 0.0), 1.0)

    def x_of(self, index: int) -> float:
        """Middle of a category."""
        return self.box.x + self.slot * (index + 0.5)


def value_range(spec: ChartSpec) -> tuple[Decimal, Decimal]:
    """Lowest and highest value to be shown; from 0 unless the chart says otherwise or values are negative."""
    if spec.kind is ChartKind.STACKED:
        columns = [[s.values[i] or Decimal(0) for s in spec.series] for i in range(len(spec.categories))]
        values = [sum((v for v in column if v > 0), Decimal(0)) for column in columns]
        values += [sum((v for v in column if v < 0), Decimal(0)) for column in columns]
    else:
        values = [value for series in spec.series for value in series.values if value is not None]
    values += [target.value for target in spec.targets]
    low = spec.minimum if spec.minimum is not None else min([Decimal(0), *values])
    high = spec.maximum if spec.maximum is not None else max(values, default=Decimal(1))
    return low, max(high, low)


def starts_above_zero(spec: ChartSpec) -> bool:
    """Whether the foot of the value axis is not 0: bars and slopes look larger than they are, which is said."""
    return spec.kind is not ChartKind.RANK and _ticks(spec)[0] > 0


def make_frame(spec: ChartSpec, box: Box, pen: Pen) -> Frame:
    """Fit ticks and leave room for their labels at the left and for the categories below."""
    ticks = _ticks(spec)
    left = max(pen.book.width(tick_text(tick, ticks), Face.SANS, LABEL) for tick in ticks) + 6.0
    right = max((pen.book.width(t.label, Face.SANS, LABEL) + 4.0 for t in spec.targets), default=4.0)
    plot = Box(box.x + left, box.y + 16.0, box.width - left - right, box.height - 22.0)
    return Frame(plot, ticks, len(spec.categories))


def _ticks(spec: ChartSpec) -> tuple[Decimal, ...]:
    low, high = value_range(spec)
    ticks = nice_ticks(low, high)
    kept = tuple(
        tick
        for tick in ticks
        if (spec.minimum is None or tick >= spec.minimum) and (spec.maximum is None or tick <= spec.maximum)
    )
    return kept if len(kept) >= 2 else ticks


def tick_text(tick: Decimal, ticks: Sequence[Decimal]) -> str:
    """A tick with as many decimals as the finest of them needs."""
    decimals = max(max(-int(t.normalize().as_tuple().exponent), 0) for t in ticks)
    return f"{tick:.{decimals}f}".replace("-", "−")


def draw_frame(pen: Pen, frame: Frame, spec: ChartSpec) -> None:
    """Grid and labels; every n-th category is named when they would touch."""
    box = frame.box
    for tick in frame.ticks:
        y = frame.y_of(tick)
        pen.stroke(box.x, y, box.right, y, 0.4, GRID)
        pen.text(box.x - 4.0, y - CAP * LABEL, tick_text(tick, frame.ticks), Face.SANS, LABEL, align="right")
    zero = frame.y_of(max(frame.low, Decimal(0)))
    pen.stroke(box.x, zero, box.right, zero, 0.8, INK)
    widths = [pen.book.width(name, Face.SANS, LABEL) for name in spec.categories]
    named = even_labels(widths, frame.slot, 4.0)
    for index, name in enumerate(spec.categories):
        x = frame.x_of(index)
        pen.stroke(x, box.y, x, box.y - 2.5, 0.6, INK)
        if index in named:
            pen.text(x, box.y - 12.5, name, Face.SANS, LABEL, align="center")


def draw_targets(pen: Pen, frame: Frame, targets: Sequence[TargetLine]) -> None:
    """Dashed lines with their words behind the plot."""
    for target in targets:
        y = frame.y_of(target.value)
        pen.stroke(frame.box.x, y, frame.box.right, y, 0.9, INK, (2.5, 1.5))
        pen.text(frame.box.right + 3.0, y - CAP * LABEL, target.label, Face.SANS, LABEL, colour=GREY)
