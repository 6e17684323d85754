"""The real map: boundaries and village points that the user has loaded, drawn offline, no tiles.

A boundary of a township is as deep as its rate; a village is a dot that differs in shape as well as in colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QLabel, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.services.results.rural import TownRow
from desktop_app.services.results.rural_map import Point, RuralMap, Shape
from desktop_app.views.charts import plotting
from desktop_app.views.palette import colours
from desktop_app.views.rural.tile_map import rate_colour
from desktop_app.views.rural.villages import REACHED, RELAPSED, UNREACHED, VillageLine
from desktop_app.views.widgets.empty import EmptyState

_SYMBOLS = {REACHED: "o", UNREACHED: "x", RELAPSED: "t"}
_COLOURS = {REACHED: "good", UNREACHED: "warn", RELAPSED: "bad"}
LEGEND = "● 通达　✕ 未通　▼ 回退　底色越深通达率越高；拖动平移，滚轮缩放，双击复原"
WHY = (
    "可以装入乡镇或村的界线（GeoJSON），也可以装入村的点（GeoJSON，或有“村代码、经度、纬度”的表）。"
    "文件只读一次，留在台账里，不联网。"
)


if TYPE_CHECKING:
    from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent


class VillageMap(QWidget):
    """``asked(town name)`` and ``village_asked(code)`` on a click; ``load_asked()`` when there is no map yet."""

    asked = Signal(str)
    village_asked = Signal(str)
    load_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map = RuralMap()
        self._towns: Sequence[TownRow] = ()
        self._lines: Sequence[VillageLine] = ()
        self._plot: Any = None
        self._view: Any = None
        self._scale = 1.0
        self.shapes: list[tuple[Shape, QPainterPath]] = []
        self.dots: list[tuple[Point, VillageLine]] = []
        self._empty = EmptyState()
        self._empty.set_words("还没有装入地图", WHY, "装入地图…")
        self._empty.acted.connect(self.load_asked)
        self._page = QWidget()
        self._box = QVBoxLayout(self._page)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._legend = QLabel(LEGEND)
        self._legend.setProperty("role", "muted")
        self._legend.setWordWrap(True)
        self._box.addWidget(self._legend)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._page)
        self.setAccessibleName("乡镇地图")

    def set_map(self, loaded: RuralMap) -> None:
        """Boundaries and points to draw on."""
        self._map = loaded
        self._draw(fit=True)

    def set_board(self, towns: Sequence[TownRow], lines: Sequence[VillageLine]) -> None:
        """Rates and states of a month."""
        self._towns, self._lines = towns, lines
        self._draw(fit=False)

    @property
    def drawn(self) -> bool:
        """Whether there is a map on the screen."""
        return self._stack.currentWidget() is self._page

    # ------------------------------------------------------------------------------------------- drawing

    def _draw(self, *, fit: bool) -> None:
        self._stack.setCurrentWidget(self._empty if self._map.empty else self._page)
        if self._map.empty or not self.isVisible():
            return
        first = self._view is None
        if first:
            self._make_view()
        self._view.clear()
        corners = [y for shape in self._map.shapes for ring in shape.rings for _, y in ring]
        heights = corners or [point.y for point in self._map.points]
        middle = sum(heights) / len(heights)
        self._scale = cos(radians(middle)) if abs(middle) < 89 else 1.0
        self._draw_shapes()
        self._draw_points()
        self._plot.setBackground(colours().colour("card"))
        if first or fit:
            self.fit()

    def fit(self) -> None:
        """The whole map. Not pyqtgraph's own range, to which a pen of one pixel is as wide as a degree."""
        box = QRectF()
        for _, path in self.shapes:
            box = box.united(path.boundingRect())
        for point in self._map.points:
            box = box.united(QRectF(point.x * self._scale - 1e-4, point.y - 1e-4, 2e-4, 2e-4))
        self._view.setRange(box, padding=0.03)

    def _make_view(self) -> None:
        import pyqtgraph as pg

        plotting.load()
        self._plot = pg.GraphicsView()
        self._view = pg.ViewBox(enableMenu=False, lockAspect=True)
        self._plot.setCentralItem(self._view)
        self._plot.scene().sigMouseClicked.connect(self._clicked)
        self._box.insertWidget(0, self._plot, 1)

    def _draw_shapes(self) -> None:
        rates = {town.code: town.rate_pct for town in self._towns}
        known = {line.row.code: line for line in self._lines}
        palette = colours()
        self.shapes = []
        for shape in self._map.shapes:
            path = QPainterPath()
            for ring in shape.rings:
                if ring:
                    path.moveTo(ring[0][0] * self._scale, ring[0][1])
                    for x, y in ring[1:]:
                        path.lineTo(x * self._scale, y)
                    path.closeSubpath()
            item = QGraphicsPathItem(path)
            pen = QPen(palette.colour("muted"), 1)
            pen.setCosmetic(True)
            item.setPen(pen)
            if shape.code in rates:
                item.setBrush(rate_colour(rates[shape.code]))
            elif shape.code in known:
                item.setBrush(palette.colour(_COLOURS[known[shape.code].state] + "_soft"))
            self._view.addItem(item)
            self.shapes.append((shape, path))

    def _draw_points(self) -> None:
        import pyqtgraph as pg

        states = {line.row.code: line for line in self._lines}
        self.dots = [(point, states[point.code]) for point in self._map.points if point.code in states]
        palette = colours()
        spots = [
            {
                "pos": (point.x * self._scale, point.y),
                "symbol": _SYMBOLS[line.state],
                "brush": palette.colour(_COLOURS[line.state]),
                "pen": palette.colour("card"),
                "size": 9,
            }
            for point, line in self.dots
        ]
        if spots:
            self._view.addItem(pg.ScatterPlotItem(spots=spots, pxMode=True))

    # ------------------------------------------------------------------------------------------- asking

    def _clicked(self, event: MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if event.double():
            self.fit()
            return
        self.ask_at(self._view.mapSceneToView(event.scenePos()))

    def ask_at(self, at: QPointF) -> None:
        """What lies there: the nearest village within a few pixels, else the township of the boundary."""
        pixel = self._view.viewPixelSize()
        near = [
            (abs(p.x * self._scale - at.x()) / pixel[0] + abs(p.y - at.y()) / pixel[1], line.row.code)
            for p, line in self.dots
        ]
        if near and min(near)[0] <= 12:
            self.village_asked.emit(min(near)[1])
            return
        names = {town.code: town.name for town in self._towns}
        for shape, path in self.shapes:
            if path.contains(at):
                if shape.code in names:
                    self.asked.emit(names[shape.code])
                elif shape.code:
                    self.village_asked.emit(shape.code)
                return

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        self._draw(fit=False)
