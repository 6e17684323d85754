"""The chart widget: picture, legend, reading of values, drill-down, copying."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.charts import ChartSpec, Role
from desktop_app.views.charts import plotting
from desktop_app.views.charts.hover import HoverBox
from desktop_app.views.charts.legend import Legend
from desktop_app.views.charts.scale import value_words
from desktop_app.views.clipboard import put_table
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.tracing import offer_trace

if TYPE_CHECKING:
    from desktop_app.services.results.tracing import FigureAddress
    from desktop_app.views.charts.canvas import Canvas


class ChartView(QWidget):
    """Draws a ChartSpec. ``picked(key)`` fires on click, or Enter after ← →, when the chart has keys.

    A chart without data says why. Until the drawing library has been loaded (:func:`plotting.load`, which a tab has
    done in its worker) the place stays blank; :meth:`redraw` then draws.
    """

    picked = Signal(str)
    traced = Signal(object)
    """A :class:`FigureAddress`: 此数从何来 was asked of a point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec: ChartSpec | None = None
        self._canvas: Canvas | None = None
        self.tracer: Callable[[str], FigureAddress | None] | None = None
        """Key of a category → the figure drawn there."""
        self.part_tracer: Callable[[str, int], FigureAddress | None] | None = None
        """The same where each series has figures of its own: key and number of the series."""
        self._room = QWidget()
        self._stack = QStackedLayout(self._room)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._blank = QWidget()
        self._empty = EmptyState()
        self._stack.addWidget(self._blank)
        self._stack.addWidget(self._empty)
        self._legend = Legend()
        self._legend.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._room, 1)
        box.addWidget(self._legend)
        self._hover = HoverBox(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # ------------------------------------------------------------------------------------------- contents

    def set_spec(self, spec: ChartSpec) -> None:
        """Draw another chart."""
        self._spec = spec
        self._hover.hide()
        self.setAccessibleName(f"{spec.title}（{spec.unit}）" if spec.unit else spec.title)
        if spec.empty:
            self._empty.set_words("", spec.reason or "没有可画的数据")
            self._stack.setCurrentWidget(self._empty)
            self._legend.hide()
            return
        if not plotting.ready():
            self._stack.setCurrentWidget(self._blank)
            return
        canvas = self._canvas or self._make_canvas()
        canvas.draw(spec)
        self._legend.show_spec(spec)
        self._stack.setCurrentWidget(canvas.widget)

    def redraw(self) -> None:
        """Draw the same chart again."""
        if self._spec is not None:
            self.set_spec(self._spec)

    @property
    def spec(self) -> ChartSpec | None:
        """The chart shown."""
        return self._spec

    @property
    def empty_words(self) -> str:
        """Why nothing is drawn; empty when a chart is."""
        return self._empty.words if self._spec is not None and self._spec.empty else ""

    def _make_canvas(self) -> Canvas:
        from desktop_app.views.charts.canvas import Canvas

        canvas = Canvas()
        self._canvas = canvas
        self._stack.addWidget(canvas.widget)
        canvas.viewport.setMouseTracking(True)
        canvas.viewport.installEventFilter(self)
        canvas.widget.installEventFilter(self)
        return canvas

    # ------------------------------------------------------------------------------------------- reading

    def read(self, index: int) -> list[tuple[str, str]]:
        """Name and value of every series at a category, as the hover box shows them."""
        spec = self._spec
        if spec is None:
            return []
        return [(s.name, value_words(s.values[index], spec.decimals, spec.unit)) for s in spec.series]

    def point_at(self, index: int | None) -> None:
        """Mark a category and show its values; None takes the mark away."""
        spec, canvas = self._spec, self._canvas
        if spec is None or canvas is None or canvas.drawing is None:
            return
        canvas.drawing.set_hovered(index)
        if index is None:
            self._hover.hide()
            return
        caption = spec.captions[index] if index < len(spec.captions) else ""
        roles = [s.role for s in spec.series]
        self._hover.show_values(spec.categories[index], roles, self.read(index), caption)
        at = canvas.viewport.mapTo(self, canvas.place_of(index).toPoint())
        self._hover.place(at, self.size())

    def numbers_text(self) -> str:
        """The chart's numbers, tab-separated, one line a category; gaps are empty."""
        spec = self._spec
        if spec is None:
            return ""
        unit = f"（{spec.unit}）" if spec.unit else ""
        series = [s for s in spec.series if s.role is not Role.TARGET or len(spec.series) == 1] or list(spec.series)
        lines = ["\t".join([spec.title + unit, *(s.name for s in series)])]
        for i, category in enumerate(spec.categories):
            values = [s.values[i] for s in series]
            lines.append("\t".join([category, *("" if v is None else f"{v:.{spec.decimals}f}" for v in values)]))
        return "\n".join(lines)

    def copy_numbers(self) -> None:
        """Numbers to the clipboard, for WPS: as text and as a table, with the chart's note."""
        lines = [line.split("\t") for line in self.numbers_text().split("\n")]
        note = self._spec.note if self._spec is not None else ""
        figures = [False, *([True] * (len(lines[0]) - 1))]
        put_table(lines[1:], heads=lines[0], figures=figures, notes=[note] if note else [])

    def copy_picture(self) -> None:
        """The chart as it stands to the clipboard."""
        self.point_at(None)
        QGuiApplication.clipboard().setPixmap(self.picture())

    def picture(self) -> QPixmap:
        """The chart as it stands, with the whole of its note below: who is lacking goes where the picture goes."""
        shot = self.grab()
        note = self._spec.note if self._spec is not None and not self._spec.empty else ""
        if not note:
            return shot
        wide, high = self.width(), self.height()
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        words = f"注：{note}"
        room = QFontMetrics(sized(12)).boundingRect(QRect(8, 0, wide - 16, 10_000), flags, words)
        whole = QPixmap(int(wide * shot.devicePixelRatio()), int((high + room.height() + 8) * shot.devicePixelRatio()))
        whole.setDevicePixelRatio(shot.devicePixelRatio())
        whole.fill(colours().colour("card"))
        painter = QPainter(whole)
        painter.drawPixmap(0, 0, shot)
        painter.setFont(sized(12))
        painter.setPen(colours().colour("muted"))
        painter.drawText(QRect(8, high, wide - 16, room.height()), flags, words)
        painter.end()
        return whole

    # ------------------------------------------------------------------------------------------- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        canvas = self._canvas
        if canvas is None or watched not in {canvas.viewport, canvas.widget}:
            return super().eventFilter(watched, event)
        if watched is canvas.widget:
            if isinstance(event, QResizeEvent):
                canvas.fit()
            return event.type() is QEvent.Type.ContextMenu
        return self._mouse(canvas, event)

    def _mouse(self, canvas: Canvas, event: QEvent) -> bool:
        """What the pointer does over the picture; True keeps pyqtgraph from panning, zooming and its own menu."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            index = canvas.category_at(event.position())
            if kind is QEvent.Type.MouseMove:
                self.point_at(index)
                leads = index is not None and self._key(index) != ""
                canvas.viewport.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
            elif kind is QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
                self._pick(index)
            return True
        if kind is QEvent.Type.Leave:
            self.point_at(None)
        elif kind is QEvent.Type.Wheel:
            event.ignore()  # the page around the chart scrolls instead
            return True
        elif isinstance(event, QContextMenuEvent):
            self.point_at(canvas.category_at(QPointF(event.pos())))
            self._offer_menu(event.globalPos())
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        spec, canvas = self._spec, self._canvas
        if spec is None or canvas is None or canvas.drawing is None or spec.empty:
            super().keyPressEvent(event)
            return
        at, last = canvas.drawing.hovered, len(spec.categories) - 1
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.point_at(last if at is None else max(at - 1, 0))
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.point_at(last if at is None else min(at + 1, last))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._pick(at)
            case Qt.Key.Key_Menu:
                self._offer_menu(self.mapToGlobal(self.rect().center()))
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.redraw()

    def hasHeightForWidth(self) -> bool:
        """The words of the empty state wrap; without this their preferred height would be the chart's least one."""
        return False

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 96)

    def sizeHint(self) -> QSize:
        return QSize(360, 200)

    # ------------------------------------------------------------------------------------------- inside

    def _key(self, index: int) -> str:
        keys = self._spec.keys if self._spec is not None else ()
        return keys[index] if index < len(keys) else ""

    def traced_figure(self) -> FigureAddress | None:
        """The figure of the point that is read; of several lines, that of the first one that has any there."""
        found = self._figures()
        return found[0][1] if found else None

    def _figures(self) -> list[tuple[str, FigureAddress]]:
        """Name and figure of every series that has a value at the point that is read."""
        canvas, spec = self._canvas, self._spec
        at = canvas.drawing.hovered if canvas is not None and canvas.drawing is not None else None
        if spec is None or at is None or not self._key(at):
            return []
        key = self._key(at)
        if self.part_tracer is None:
            address = self.tracer(key) if self.tracer is not None else None
            return [] if address is None else [("", address)]
        drawn = [(n, s.name) for n, s in enumerate(spec.series) if s.values[at] is not None]
        return [(name, address) for n, name in drawn if (address := self.part_tracer(key, n)) is not None]

    def _pick(self, index: int | None) -> None:
        if index is not None and self._key(index):
            self.picked.emit(self._key(index))

    def _offer_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("复制图片", self.copy_picture)
        menu.addAction("复制数字（可粘贴到 WPS）", self.copy_numbers)
        figures = self._figures()
        if len(figures) > 1:
            for name, address in figures:
                offer_trace(menu, address, self.traced.emit, of=name)
        else:
            shown = self.tracer is not None or self.part_tracer is not None
            offer_trace(menu, self.traced_figure(), self.traced.emit, shown=shown)
        menu.popup(where)
