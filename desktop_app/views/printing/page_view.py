"""Pages of a report one below the other on a grey desk, as they will be printed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop_app.services.results.reports import PageHit, PlacedFigure
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.printing.hits import HitMarks
from desktop_app.views.printing.marks import FigureMarks

GAP = 16.0
_WIDEST_FIT = 1.6
"""Fit-width stops growing here, in pixels a point: beyond it one reads a page in slices."""
_ZOOMS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""Steps of the zoom; 1 is the paper's own size on a 96 dpi screen."""
PIXELS_PER_POINT = 96 / 72


class PageView(QAbstractScrollArea):
    """``wanted(pages, scale)`` asks for pictures that are on the screen and not there yet; ``moved`` when scrolled."""

    margin = 22.0
    """White on both sides of a page, in pixels."""
    least_fit = 0.3
    """Fit-width does not shrink pages below this, in pixels a point."""
    kept = 8
    """Pictures kept beyond those on the screen."""

    wanted = Signal(object, float)
    moved = Signal()
    traced = Signal(object)
    """A :class:`FigureAddress`: a number of the page was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("报表页面")
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._tops: list[float] = []
        self._zoom: float | None = None
        self.marks = FigureMarks()
        self.hits = HitMarks()
        self._pictures: dict[int, QImage] = {}
        self._scales: dict[int, float] = {}
        self._asked: tuple[tuple[int, ...], float] | None = None
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())

    # ------------------------------------------------------------------------------------------- contents

    def show_sizes(self, sizes: tuple[tuple[float, float], ...], *, keep_place: bool) -> None:
        """Show another document, pages in points; ``keep_place`` when it is the same report made anew."""
        at = self.verticalScrollBar().value() if keep_place else 0
        self._sizes = sizes
        if not keep_place:
            self._pictures = {}
        self._scales = {}
        self._asked = None
        self._arrange()
        self.verticalScrollBar().setValue(at)
        self._ask()

    def show_figures(self, figures: tuple[PlacedFigure, ...]) -> None:
        """The numbers that can be clicked; a marked one stays marked when it is still there."""
        self.marks.set_figures(figures)
        self.viewport().setMouseTracking(bool(figures))
        self.viewport().update()

    def forget_pictures(self) -> None:
        """Ask for all pictures anew."""
        self._scales = {}
        self._asked = None
        self._ask()

    def take(self, pictures: Mapping[int, QImage], scale: float) -> None:
        """Pictures that were asked for."""
        for page, image in pictures.items():
            self._pictures[page] = image
            self._scales[page] = scale
        self._drop_far()
        self._asked = None
        self.viewport().update()
        self._ask()

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self._sizes)

    @property
    def current_page(self) -> int:
        """The page (0-based) in the middle of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() * 0.45
        return max((n for n, top in enumerate(self._tops) if top <= middle), default=0)

    @property
    def complete(self) -> bool:
        """Every page on the screen is shown sharp."""
        return not self._lacking()

    # ------------------------------------------------------------------------------------------- zoom

    @property
    def scale(self) -> float:
        """Pixels a point."""
        if self._zoom is not None:
            return self._zoom * PIXELS_PER_POINT
        widest = max((width for width, _ in self._sizes), default=595.0)
        return min(max((self.viewport().width() - 2 * self.margin) / widest, self.least_fit), _WIDEST_FIT)

    @property
    def percent(self) -> int:
        """The zoom in percent of the paper's own size."""
        return round(self.scale / PIXELS_PER_POINT * 100)

    @property
    def fits_width(self) -> bool:
        """Whether the zoom follows the window."""
        return self._zoom is None

    def fit_width(self) -> None:
        """As wide as the desk."""
        self._set_zoom(None)

    def zoom(self, steps: int) -> None:
        """Nearer (+1) or farther (−1)."""
        now = self.scale / PIXELS_PER_POINT
        if steps > 0:
            self._set_zoom(next((z for z in _ZOOMS if z > now + 0.01), _ZOOMS[-1]))
        else:
            self._set_zoom(next((z for z in reversed(_ZOOMS) if z < now - 0.01), _ZOOMS[0]))

    def _set_zoom(self, zoom: float | None) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._zoom = zoom
        self._arrange()
        bar.setValue(round(share * bar.maximum()))
        self._ask()
        self.moved.emit()

    def go_to(self, page: int) -> None:
        """Bring the top of a page into view."""
        if self._tops:
            page = min(max(page, 0), self.pages - 1)
            self.verticalScrollBar().setValue(int(self._tops[page] - GAP))

    # ------------------------------------------------------------------------------------------- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = colours()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), palette.colour("desk"))
        for page in self._visible():
            paper = self._paper(page)
            painter.setPen(Qt.PenStyle.NoPen)
            for spread in (3, 2, 1):
                shade = palette.colour("text")
                shade.setAlphaF(0.05)
                painter.setBrush(shade)
                painter.drawRoundedRect(paper.adjusted(-spread, -spread + 1, spread, spread + 1), 2, 2)
            # Paper stays white in the dark face too: this is what comes out of the printer.
            painter.fillRect(paper, Qt.GlobalColor.white)
            image = self._pictures.get(page)
            if image is not None:
                painter.drawImage(paper, image, QRectF(image.rect()))
            else:
                painter.setPen(QPen(Qt.GlobalColor.gray))
                painter.setFont(sized(13))
                painter.drawText(paper, Qt.AlignmentFlag.AlignCenter, f"第 {page + 1} 页")
            self.hits.paint(painter, page, paper, self.scale)
            self.marks.paint(painter, page, paper, self.scale)
            self.paint_over(painter, page, paper)

    def paint_over(self, painter: QPainter, page: int, paper: QRectF) -> None:
        """For subclasses: what stands over a page."""

    def _paper(self, page: int) -> QRectF:
        width, height = self._sizes[page][0] * self.scale, self._sizes[page][1] * self.scale
        left = max((self.viewport().width() - width) / 2, self.margin) - self.horizontalScrollBar().value()
        return QRectF(
            round(left), round(self._tops[page] - self.verticalScrollBar().value()), round(width), round(height)
        )

    # ------------------------------------------------------------------------------------------- pictures

    def _visible(self) -> list[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [
            page
            for page, start in enumerate(self._tops)
            if start < bottom and start + self._sizes[page][1] * self.scale > top
        ]

    def _lacking(self) -> tuple[int, ...]:
        sharp = self.scale * self.devicePixelRatioF()
        return tuple(page for page in self._visible() if self._scales.get(page) != sharp)

    def _ask(self) -> None:
        pages = self._lacking()
        asked = (pages, self.scale * self.devicePixelRatioF())
        if pages and self.isVisible() and asked != self._asked:
            self._asked = asked
            self.wanted.emit(*asked)

    def _drop_far(self) -> None:
        near = self.current_page
        for page in sorted(self._pictures, key=lambda n: abs(n - near))[self.kept :]:
            del self._pictures[page]
            self._scales.pop(page, None)

    # ------------------------------------------------------------------------------------------- 此数从何来

    def traced_figure(self) -> FigureAddress | None:
        """The marked number."""
        return self.marks.address

    def place_of(self, figure: PlacedFigure) -> QRectF:
        """Where a number stands in the viewport."""
        return self.marks.rect_of(figure, self._paper(figure.page), self.scale)

    def _figure_at(self, where: QPointF) -> PlacedFigure | None:
        for page in self._visible():
            paper = self._paper(page)
            if paper.contains(where):
                return self.marks.at(page, where - paper.topLeft(), self.scale)
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._figure_at(event.position())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        self.viewport().setToolTip("" if found is None else f"{found.address.printed}：点击看此数从何来")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._figure_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.marks.mark(found)
            self.viewport().update()
            self.traced.emit(found.address)
        else:
            super().mouseReleaseEvent(event)

    def _step(self, by: int) -> None:
        """Mark the number after or before the marked one, or the first of the page, and bring it into sight."""
        found = self.marks.step(by, self.current_page)
        if found is None:
            return
        self._bring(self.place_of(found))

    def show_hits(self, hits: tuple[PageHit, ...]) -> None:
        """Mark where searched words stand and bring the first hit of this page or after it into sight."""
        self.hits.set_hits(hits, self.current_page)
        self._bring_hit()

    def step_hit(self, by: int) -> None:
        """The next (+1) or the previous (−1) hit; behind the last one comes the first."""
        self.hits.step(by)
        self._bring_hit()

    def _bring_hit(self) -> None:
        hit = self.hits.current
        if hit is not None:
            self._bring(self.hits.rect_of(hit.boxes[0], self._paper(hit.page), self.scale))
        self.viewport().update()

    def _bring(self, place: QRectF) -> None:
        """Scroll so far that a place of the viewport is in sight."""
        room, down, across = self.viewport().rect(), self.verticalScrollBar(), self.horizontalScrollBar()
        if place.top() < room.top() or place.bottom() > room.bottom():
            down.setValue(down.value() + int(place.center().y() - room.height() / 2))
        if place.left() < room.left() or place.right() > room.right():
            across.setValue(across.value() + int(place.center().x() - room.width() / 2))
        self.viewport().update()

    # ------------------------------------------------------------------------------------------- moving

    def _arrange(self) -> None:
        scale, top = self.scale, GAP
        self._tops = []
        for _, height in self._sizes:
            self._tops.append(top)
            top += height * scale + GAP
        width = max((w for w, _ in self._sizes), default=0.0) * scale + 2 * self.margin
        room = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setSingleStep(48)
        down.setRange(0, max(int(top) - room.height(), 0))
        across.setPageStep(room.width())
        across.setRange(0, 0 if self._zoom is None else max(int(width) - room.width(), 0))
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()
        self._ask()
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._ask()
        self.moved.emit()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type] # PySide hands over the right kind
        self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(1)
        elif control and key == Qt.Key.Key_Minus:
            self.zoom(-1)
        elif control and key == Qt.Key.Key_0:
            self.fit_width()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.marks.address is not None:
            self.traced.emit(self.marks.address)
        elif key == Qt.Key.Key_PageDown:
            self.go_to(self.current_page + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to(self.current_page - 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(self.pages - 1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(640, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 240)
