"""A pyqtgraph view with two axes in the house's style, holding one Drawing.

pyqtgraph is the product's chosen part for charts (decision 0010): it is not to be replaced by painting of our own.
"""

from __future__ import annotations

from decimal import Decimal

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QGraphicsGridLayout, QSizePolicy, QWidget

from desktop_app.charts import ChartKind, ChartSpec, even_labels
from desktop_app.views.charts import plotting
from desktop_app.views.charts.drawing import Drawing, rank_sign
from desktop_app.views.charts.scale import tick_words, value_ticks
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

_AXIS_PX = 11
_NAMES_MOST, _NAMES_LEAST = 0.4, 72.0
"""Of the width of a ranking, what its names may take; and what they have in any case, in pixels."""


class Canvas:
    """Wraps the plot widget; pyqtgraph's own menu, buttons and mouse zoom are off."""

    def __init__(self) -> None:
        plotting.load()
        # Not a PlotWidget: its menus and dialogs, which nobody sees here, take ten times as long to make as the rest.
        self._plot = pg.GraphicsView()
        self._view = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._left = pg.AxisItem("left", linkView=self._view)
        self._bottom = pg.AxisItem("bottom", linkView=self._view)
        self._grid = QGraphicsGridLayout()
        self._grid.setSpacing(0)
        self._grid.addItem(self._left, 0, 0)
        self._grid.addItem(self._view, 0, 1)
        self._grid.addItem(self._bottom, 1, 1)
        self._grid.setColumnStretchFactor(1, 100)
        self._grid.setRowStretchFactor(0, 100)
        self._centre = pg.GraphicsWidget()
        self._centre.setLayout(self._grid)
        self._plot.setCentralItem(self._centre)
        self.drawing: Drawing | None = None
        self._view.setDefaultPadding(0)
        self._view.disableAutoRange()
        self._view.sigRangeChanged.connect(self._range_changed)
        self.widget.setFrameShape(QFrame.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    @property
    def widget(self) -> pg.GraphicsView:
        """The widget to place."""
        return self._plot

    @property
    def viewport(self) -> QWidget:
        """The widget that gets the mouse."""
        viewport: QWidget = self._plot.viewport()
        return viewport

    def draw(self, spec: ChartSpec) -> None:
        """Draw a chart in place of the one before."""
        if self.drawing is not None:
            self._view.removeItem(self.drawing)
        ticks = value_ticks(spec)
        self.drawing = Drawing(spec, ticks)
        self._plot.setBackground(colours().colour("card"))
        for axis in (self._left, self._bottom):
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(colours().colour("muted"))
            # Ticks of no length are dots all the same, hence tickAlpha.
            axis.setStyle(
                tickFont=sized(_AXIS_PX), tickLength=0, tickAlpha=0, tickTextOffset=6, autoReduceTextSpace=False
            )
        # The first month bears the year and may reach below the value axis: it is not left out for that.
        self._bottom.setStyle(hideOverlappingLabels=False)
        self._view.addItem(self.drawing, ignoreBounds=True)
        self.fit()

    def fit(self) -> None:
        """Set ranges and tick words for the present size."""
        if self.drawing is None:
            return
        if self.drawing.spec.kind is ChartKind.RANK:
            self._fit_rank(self.drawing.spec)
        else:
            self._fit_columns(self.drawing.spec, self.drawing.ticks)
        self._range_changed()

    def category_at(self, position: QPointF) -> int | None:
        """Index of the category under a point of the viewport."""
        if self.drawing is None:
            return None
        at = self._view.mapSceneToView(self._plot.mapToScene(position.toPoint()))
        spec = self.drawing.spec
        index = round(at.y() if spec.kind is ChartKind.RANK else at.x())
        inside = self.drawing.bounds.adjusted(-0.6, -1e12, 0.6, 1e12).contains(QPointF(at.x(), at.y()))
        if spec.kind is ChartKind.RANK:
            inside = True
        return index if inside and 0 <= index < len(spec.categories) else None

    def place_of(self, index: int) -> QPointF:
        """Where a category stands in the viewport: its middle, at the height of its largest value."""
        drawing = self.drawing
        if drawing is None:
            return QPointF()
        if drawing.spec.kind is ChartKind.RANK:
            at = self._view.mapViewToScene(QPointF(0, index))
        else:
            known = [v for s in drawing.spec.series if (v := s.values[index]) is not None]
            at = self._view.mapViewToScene(QPointF(index, float(max(known, default=drawing.ticks[0]))))
        return QPointF(self._plot.mapFromScene(at))

    # ------------------------------------------------------------------------------------------- inside

    def _fit_columns(self, spec: ChartSpec, ticks: tuple[Decimal, ...]) -> None:
        self._view.invertY(False)
        left, bottom = self._left, self._bottom
        words = tick_words(ticks)
        suffix = "%" if spec.unit == "%" else ""
        left.setTicks([[(float(t), w + suffix) for t, w in zip(ticks, words, strict=True)]])
        metrics = QFontMetricsF(sized(_AXIS_PX))
        axis = max(metrics.horizontalAdvance(w + suffix) for w in words) + 12
        left.setWidth(axis)
        bottom.setHeight(metrics.height() + 8)
        bottom.show()
        room = max(self._plot.width() - axis - 12, 60)
        widths = [metrics.horizontalAdvance(c) for c in spec.categories]
        each = max(widths, default=20) + 8
        named = even_labels(widths, room / max(len(widths), 1), 5)
        bottom.setTicks([[(float(i), spec.categories[i]) for i in named]])
        count = len(spec.categories)
        pad = 0.5 if spec.kind is not ChartKind.LINE else min(0.5, max(0.12, each / 2 / room * count))
        low, high = float(ticks[0]), float(ticks[-1])
        head = (high - low) * (0.07 if spec.highlights or spec.targets else 0.03)
        if spec.targets:
            # The target's words stand on its line: in a low chart they need more room than a share of the range.
            above = high - float(max(target.value for target in spec.targets))
            tall = max(self._plot.height() - metrics.height() - 12, 40)
            words = 1.2 * metrics.height() / tall
            head = max(head, ((high - low) * words - above) / (1 - words))
        self._grid.setContentsMargins(0, 4, 6, 0)
        self._view.setRange(xRange=(-pad, count - 1 + pad), yRange=(low, high + head), padding=0)

    def _fit_rank(self, spec: ChartSpec) -> None:
        self._view.invertY(True)
        metrics = QFontMetricsF(sized(_AXIS_PX))
        left = self._left
        left.setTextPen(colours().colour("text"))
        # Bars and their figures need room beside long names, which are told whole when a bar is pointed at.
        most = max(self._plot.width() * _NAMES_MOST, _NAMES_LEAST)
        names = [metrics.elidedText(each, Qt.TextElideMode.ElideRight, most) for each in spec.categories]
        left.setTicks([[(float(i), name) for i, name in enumerate(names)]])
        # left.width() would be the width before this one until the scene is laid out.
        axis = max((metrics.horizontalAdvance(name) for name in names), default=20) + 12
        left.setWidth(axis)
        self._bottom.hide()
        self._bottom.setHeight(0)
        self._grid.setContentsMargins(0, 0, 0, 0)
        sign = rank_sign(spec)
        values = [sign * float(v) for s in spec.series for v in s.values if v is not None]
        longest = max(values, default=1.0) or 1.0
        caption = max((metrics.horizontalAdvance(c) for c in spec.captions), default=0) + 14
        room = max(self._plot.width() - axis, 80)
        share = max(1 - caption / room, 0.25)
        low = min(0.0, *values) if values else 0.0
        rows = max(len(spec.categories), 5)
        self._view.setRange(xRange=(low, longest / share), yRange=(-0.5, rows - 0.5), padding=0)

    def _range_changed(self, *_: object) -> None:
        if self.drawing is not None:
            (left, right), (low, high) = self._view.viewRange()
            self.drawing.set_bounds(QRectF(left, low, right - left, high - low))
