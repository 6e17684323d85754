"""What is drawn inside the axes: grid, bars, lines, markers, targets, stars.

Everything is painted in screen pixels, so that pens, markers and hatches look alike at every scale; the coordinate
system of pyqtgraph's view only says where.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from desktop_app.charts import ChartKind, ChartSpec, Role, Series
from desktop_app.views.charts.looks import look_of, paint_marker, paint_swatch
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

Place = Callable[[float, float], QPointF]
"""From chart coordinates (category index, value) to pixels."""

GROUP_SHARE = 0.68
"""Part of a category's width that its bars take."""
_SMALL = 11


class Drawing(QGraphicsItem):
    """One item for the whole chart; ``hovered`` is the index of the category under the pointer."""

    def __init__(self, spec: ChartSpec, ticks: tuple[Decimal, ...]) -> None:
        super().__init__()
        self.spec = spec
        self.ticks = ticks
        self.hovered: int | None = None
        self.bounds = QRectF(0, 0, 1, 1)

    def set_bounds(self, bounds: QRectF) -> None:
        """The visible part of the chart, in its own coordinates."""
        self.prepareGeometryChange()
        self.bounds = bounds

    def set_hovered(self, index: int | None) -> None:
        """Mark a category."""
        if index != self.hovered:
            self.hovered = index
            self.update()

    def boundingRect(self) -> QRectF:
        return self.bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        del option, widget
        to_pixels = painter.worldTransform()

        def place(x: float, y: float) -> QPointF:
            return to_pixels.map(QPointF(x, y))

        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.spec.kind is ChartKind.RANK:
            self._paint_rank(painter, place)
        else:
            self._paint_grid(painter, place)
            self._paint_hover(painter, place)
            if self.spec.kind is ChartKind.LINE:
                self._paint_lines(painter, place)
            else:
                self._paint_bars(painter, place)
            self._paint_targets(painter, place)
            self._paint_stars(painter, place)
        painter.restore()

    # ------------------------------------------------------------------------------------------- frame

    def _paint_grid(self, painter: QPainter, place: Place) -> None:
        painter.setPen(QPen(colours().colour("track"), 1))
        for tick in self.ticks:
            start, end = place(self.bounds.left(), float(tick)), place(self.bounds.right(), float(tick))
            y = round(start.y()) + 0.5
            painter.drawLine(QPointF(start.x(), y), QPointF(end.x(), y))

    def _paint_hover(self, painter: QPainter, place: Place) -> None:
        if self.hovered is None:
            return
        low, high = float(self.ticks[0]), float(self.ticks[-1])
        painter.setPen(QPen(colours().colour("dash"), 1))
        painter.drawLine(place(self.hovered, low), place(self.hovered, high))

    def _paint_targets(self, painter: QPainter, place: Place) -> None:
        painter.setFont(sized(_SMALL))
        for target in self.spec.targets:
            start = place(self.bounds.left(), float(target.value))
            end = place(self.bounds.right(), float(target.value))
            painter.setPen(QPen(colours().colour("text"), 1.2, Qt.PenStyle.DotLine))
            painter.drawLine(start, end)
            wide = QFontMetricsF(sized(_SMALL)).horizontalAdvance(target.label)
            painter.drawText(QPointF(end.x() - wide - 2, end.y() - 4), target.label)

    def _paint_stars(self, painter: QPainter, place: Place) -> None:
        painter.setFont(sized(_SMALL))
        painter.setPen(colours().colour("warn_bar"))
        for index in self.spec.highlights:
            values = [s.values[index] for s in self.spec.series if s.role is not Role.PREVIOUS]
            known = [v for v in values if v is not None]
            if known:
                height = sum(known, Decimal(0)) if self.spec.kind is ChartKind.STACKED else max(known)
                at = place(index, float(height))
                painter.drawText(QRectF(at.x() - 10, at.y() - 20, 20, 14), Qt.AlignmentFlag.AlignCenter, "★")

    # ------------------------------------------------------------------------------------------- lines

    def _paint_lines(self, painter: QPainter, place: Place) -> None:
        previous_first = sorted(self.spec.series, key=lambda s: s.role is not Role.PREVIOUS)
        for series in previous_first:
            self._paint_line(painter, place, series)

    def _paint_line(self, painter: QPainter, place: Place, series: Series) -> None:
        look = look_of(series.role)
        points = [place(i, float(v)) if v is not None else None for i, v in enumerate(series.values)]
        painter.setPen(QPen(look.colour, 1.8 if series.role is Role.PREVIOUS else 2.2, look.pen_style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        run: list[QPointF] = []
        for point in [*points, None]:
            if point is not None:
                run.append(point)
                continue
            if len(run) > 1:
                painter.drawPolyline(QPolygonF(run))
            run = []
        last = max((i for i, p in enumerate(points) if p is not None), default=-1)
        every = series.role is not Role.PREVIOUS and len(points) <= 14
        for i, point in enumerate(points):
            lonely = not (i and points[i - 1]) and not (i + 1 < len(points) and points[i + 1])
            if point is not None and (every or i in {last, self.hovered} or lonely):
                paint_marker(painter, point, look, 8.5 if i == self.hovered else 6.5)

    # ------------------------------------------------------------------------------------------- bars

    def _paint_bars(self, painter: QPainter, place: Place) -> None:
        lines = [s for s in self.spec.series if s.role is Role.TARGET]
        bars = [s for s in self.spec.series if s.role is not Role.TARGET]
        stacked = self.spec.kind is ChartKind.STACKED
        each = GROUP_SHARE if stacked else GROUP_SHARE / max(len(bars), 1)
        floor = float(min(self.ticks[0], Decimal(0))) if stacked else max(float(self.ticks[0]), 0.0)
        for index in range(len(self.spec.categories)):
            base = floor
            for number, series in enumerate(bars):
                value = series.values[index]
                if value is None:
                    continue
                left = index - GROUP_SHARE / 2 + (0 if stacked else each * number)
                top = base + float(value) if stacked else float(value)
                box = QRectF(place(left, top), place(left + each, base)).normalized()
                paint_swatch(painter, box.adjusted(1, 0, -1, 0), look_of(series.role))
                base = top if stacked else base
        for series in lines:
            self._paint_line(painter, place, series)

    def _paint_rank(self, painter: QPainter, place: Place) -> None:
        series = self.spec.series[0]
        font = sized(_SMALL)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        sign = rank_sign(self.spec)
        for index, value in enumerate(series.values):
            caption = self.spec.captions[index] if index < len(self.spec.captions) else ""
            length = sign * float(value) if value is not None else 0.0
            top, bottom = place(0, index - 0.33), place(length, index + 0.33)
            box = QRectF(top, bottom).normalized()
            if value is not None:
                look = look_of(Role.WARN if index in self.spec.warned else series.role)
                thick = min(box.height(), 22.0)
                box = QRectF(box.left(), box.center().y() - thick / 2, max(box.width(), 1.5), thick)
                paint_swatch(painter, box, look)
            if index == self.hovered:
                painter.setPen(QPen(colours().colour("text"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(-1, -1, 1, 1))
            right = max(top.x(), bottom.x(), self._paint_pace(painter, place, index)) + 7
            painter.setPen(colours().colour("text" if value is not None else "muted"))
            painter.drawText(QPointF(right, box.center().y() + metrics.ascent() / 2 - 1), caption)

    def _paint_pace(self, painter: QPainter, place: Place, index: int) -> float:
        """The target and where the bar should be by now; the right edge of both in pixels, 0 when there are none."""
        pace = next((s.values[index] for s in self.spec.series[1:] if s.role is Role.TARGET), None)
        marks = [(float(line.value), 1.0) for line in self.spec.targets]
        marks += [] if pace is None else [(float(pace), 2.0)]
        for value, thick in marks:
            painter.setPen(QPen(colours().colour("text"), thick))
            painter.drawLine(place(value, index - 0.45), place(value, index + 0.45))
        return max((place(value, index).x() for value, _ in marks), default=0.0)


def rank_sign(spec: ChartSpec) -> int:
    """−1 when every value is negative (drags): their bars then run to the right like all others."""
    known = [v for s in spec.series for v in s.values if v is not None]
    return -1 if known and all(v <= 0 for v in known) and any(v < 0 for v in known) else 1
