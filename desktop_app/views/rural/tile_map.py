"""乡镇方块图: one tile per township, darker the more villages are reached, striped below 30 %.

No coordinates are needed: the clerk drags each tile once to where the township lies, and the ledger remembers.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, sqrt

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop_app.services.results.rural import TownRow
from desktop_app.services.results.rural_map import TilePlaces
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

GAP = 6.0
LOW_PCT = 30
WIDEST, TALLEST = 150.0, 92.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def laid_out(codes: Sequence[str], kept: TilePlaces) -> TilePlaces:
    """A place for every township: those kept, the others in the order of their codes where room is left."""
    places = {code: at for code, at in kept.items() if code in set(codes)}
    taken = set(places.values())
    wide = max(ceil(sqrt(len(codes) * 1.3)), max((column + 1 for column, _ in taken), default=1))
    free = ((n % wide, n // wide) for n in range(wide * (len(codes) + len(taken) + 1)))
    for code in codes:
        if code not in places:
            places[code] = next(at for at in free if at not in taken)
            taken.add(places[code])
    return places


def rate_colour(rate: Decimal | None) -> QColor:
    """Green, deeper the higher the rate; grey when nobody can say."""
    palette = colours()
    if rate is None:
        return palette.colour("neutral_soft")
    share = min(max(float(rate) / 100, 0.0), 1.0)
    low, high = palette.colour("accent_soft"), palette.colour("accent_fill")
    deep = 0.12 + 0.88 * share**2
    return QColor.fromRgbF(
        low.redF() + (high.redF() - low.redF()) * deep,
        low.greenF() + (high.greenF() - low.greenF()) * deep,
        low.blueF() + (high.blueF() - low.blueF()) * deep,
    )


def ink_on(ground: QColor) -> QColor:
    """White on dark ground, else the text colour that can be read."""
    return QColor("#FFFFFF") if ground.lightnessF() < 0.5 else QColor("#1B2420")


class TileMap(QWidget):
    """``asked(town name)`` on click or Enter; ``moved(places)`` after a tile was dragged (or Ctrl+arrow)."""

    asked = Signal(str)
    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._towns: dict[str, TownRow] = {}
        self._kept: TilePlaces = {}
        self.places: TilePlaces = {}
        self.current = ""
        self._pressed: QPoint | None = None
        self._dragged = ""
        self._at = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("乡镇方块图")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(420, 320)

    def set_towns(self, towns: Sequence[TownRow]) -> None:
        """Show another month or definition."""
        self._towns = {town.code: town for town in towns}
        self._arrange()

    def set_places(self, places: TilePlaces) -> None:
        """Where the tiles were put before."""
        self._kept = dict(places)
        self._arrange()

    def reset(self) -> None:
        """Back to the order of the codes."""
        self._kept = {}
        self._arrange()
        self.moved.emit({})

    def _arrange(self) -> None:
        self.places = laid_out(sorted(self._towns), self._kept)
        if self.current not in self._towns:
            self.current = min(self._towns, default="")
        self.update()

    # ------------------------------------------------------------------------------------------- geometry

    @property
    def _grid(self) -> tuple[int, int]:
        """Columns and rows."""
        columns = max((column for column, _ in self.places.values()), default=0) + 1
        rows = max((row for _, row in self.places.values()), default=0) + 1
        return columns, rows

    def _size(self) -> tuple[float, float]:
        # One more row and column than are filled, so that a tile can be dragged beyond the last one.
        columns, rows = self._grid
        wide = min(self.width() / (columns + 0.35), WIDEST)
        return wide, min(self.height() / (rows + 0.35), TALLEST)

    def tile_rect(self, code: str) -> QRectF:
        """Where a township's tile is drawn."""
        wide, tall = self._size()
        column, row = self.places[code]
        return QRectF(column * wide + 1, row * tall + 1, wide - GAP, tall - GAP)

    def tile_at(self, where: QPointF) -> str:
        """The township under a point, empty when there is none."""
        return next((code for code in self.places if self.tile_rect(code).contains(where)), "")

    def _place_at(self, where: QPointF) -> tuple[int, int]:
        wide, tall = self._size()
        return max(int(where.x() // wide), 0), max(int(where.y() // tall), 0)

    def put(self, code: str, place: tuple[int, int]) -> None:
        """Move a tile; one that stands there takes its place."""
        before = self.places[code]
        if place == before:
            return
        for other, at in self.places.items():
            if at == place:
                self.places[other] = before
        self.places[code] = place
        self._kept = dict(self.places)
        self.update()
        self.moved.emit(dict(self.places))

    # ------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for code, town in self._towns.items():
            if code != self._dragged:
                self._tile(painter, self.tile_rect(code), town)
        if self._dragged:
            box = self.tile_rect(self._dragged)
            box.moveCenter(self._at)
            painter.setOpacity(0.85)
            self._tile(painter, box, self._towns[self._dragged])

    def _tile(self, painter: QPainter, box: QRectF, town: TownRow) -> None:
        palette = colours()
        ground = rate_colour(town.rate_pct)
        low = town.rate_pct is not None and town.rate_pct < LOW_PCT
        marked = town.code == self.current and self.hasFocus()
        painter.setPen(QPen(palette.colour("text" if marked else "border"), 2 if marked else 1))
        painter.setBrush(palette.colour("card") if low else ground)
        painter.drawRoundedRect(box, 6, 6)
        if low:
            painter.setBrush(QBrush(palette.colour("hatch"), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, 6, 6)
        ink = palette.colour("text") if low or town.rate_pct is None else ink_on(ground)
        painter.setPen(ink)
        inner = box.adjusted(8, 6, -6, -6)
        name, small = sized(13, bold=True), sized(12)
        painter.setFont(name)
        metrics = QFontMetricsF(name)
        words = metrics.elidedText(town.name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), words)
        painter.setFont(small)
        rate = "—" if town.rate_pct is None else f"{town.rate_pct}%"
        room = QFontMetricsF(small).height()
        if inner.height() >= metrics.height() + room:
            lost = f" 回退{town.relapsed}" if town.relapsed else ""
            long = f"{rate}　{town.covered}/{town.villages} 村{lost}"
            fits = QFontMetricsF(small).horizontalAdvance(long) <= inner.width()
            painter.drawText(
                inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), long if fits else f"{rate}{lost}"
            )

    # ------------------------------------------------------------------------------------------- the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        code = self.tile_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and code:
            self.current = code
            self._pressed = event.position().toPoint()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self.tile_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor)
        town = self._towns.get(under)
        self.setToolTip("" if town is None else f"{town.name}：{town.covered}/{town.villages} 村，站点 {town.stations}")
        if self._pressed is None:
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._dragged or far:
            self._dragged = self.current
            self._at = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._dragged = self._dragged, ""
        pressed, self._pressed = self._pressed, None
        if dragged:
            self.put(dragged, self._place_at(event.position()))
        elif pressed is not None and self.tile_at(event.position()) == self.current:
            self.asked.emit(self._towns[self.current].name)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is not None and self.current:
            column, row = self.places[self.current]
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.put(self.current, (max(column + step[0], 0), max(row + step[1], 0)))
            else:
                self._walk(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.current:
            self.asked.emit(self._towns[self.current].name)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: tuple[int, int]) -> None:
        """To the nearest tile in that direction."""
        column, row = self.places[self.current]
        ahead = [
            (abs(c - column) + abs(r - row) + 2 * (abs(r - row) if step[0] else abs(c - column)), code)
            for code, (c, r) in self.places.items()
            if (c - column) * step[0] + (r - row) * step[1] > 0
        ]
        if ahead:
            self.current = min(ahead)[1]
            self.update()
