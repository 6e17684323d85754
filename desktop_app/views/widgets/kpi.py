"""Key figure cards: caption, big number with unit, change, bar with a mark, footnote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.results.overview import Kpi
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.tracing import offer_trace
from desktop_app.views.widgets.words import ElidedWords, Words, restyle

if TYPE_CHECKING:
    from desktop_app.services.results.tracing import FigureAddress


class TargetBar(QWidget):
    """A bar filled to a fraction with a mark at another (序时进度, target)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill: float | None = None
        self._mark: float | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # cards side by side keep their lines level
        self.setSizePolicy(policy)

    def set(self, fill: float | None, mark: float | None) -> None:
        """Fractions 0…1; no fill hides the bar."""
        self._fill, self._mark = fill, mark
        self.setVisible(fill is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, 3, self.width(), 6)
        painter.setBrush(palette.colour("track"))
        painter.drawRoundedRect(track, 3, 3)
        fill = min(max(self._fill or 0.0, 0.0), 1.0)
        if fill > 0:
            painter.setBrush(palette.colour("accent"))
            painter.drawRoundedRect(QRectF(0, 3, max(self.width() * fill, 6), 6), 3, 3)
        if self._mark is not None:
            left = min(max(self._mark, 0.0), 1.0) * (self.width() - 2)
            painter.setBrush(palette.colour("text"))
            painter.drawRect(QRectF(left, 0, 2, 12))


class FigureWords(QWidget):
    """A big number and its unit on one line."""

    def __init__(self, pixels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels = pixels
        self._number = ""
        self._unit = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set(self, number: str, unit: str) -> None:
        """Change both."""
        self._number, self._unit = number, unit
        self.update()

    def sizeHint(self) -> QSize:
        # The face's own line is half as tall again as its figures; the card needs no more than this.
        return QSize(80, int(QFontMetricsF(sized(self._pixels, bold=True)).ascent() * 1.12))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        unit_font = sized(13)
        unit_room = QFontMetricsF(unit_font).horizontalAdvance(self._unit) + 5
        pixels = float(self._pixels)
        while pixels > 14 and self._width(pixels) + unit_room > self.width():
            pixels -= 1  # a long number in a narrow card gets smaller; figures are never cut
        line = self.height() - QFontMetricsF(sized(self._pixels)).descent() * 0.75
        painter.setFont(sized(pixels, bold=True))
        painter.setPen(colours().colour("text"))
        painter.drawText(QPointF(0, line), self._number)
        painter.setFont(unit_font)
        painter.setPen(colours().colour("muted"))
        painter.drawText(QPointF(self._width(pixels) + 5, line), self._unit)

    def _width(self, pixels: float) -> float:
        return QFontMetricsF(sized(pixels, bold=True)).horizontalAdvance(self._number)


class KpiCard(QFrame):
    """One key figure. ``picked(Kpi)`` fires on click, Enter or Space when the figure leads somewhere."""

    picked = Signal(object)
    traced = Signal(object)
    """A :class:`FigureAddress`: 此数从何来 was asked of the card."""

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self.tracer: Callable[[Kpi], FigureAddress | None] | None = None
        self.source = button("来源", self._trace, kind="link", small=True, tip="此数从何来（F7）")
        self.source.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._kpi: Kpi | None = None
        self._compact = compact
        self._title = ElidedWords("", "muted")
        self._number = FigureWords(23 if compact else 27)
        self._change = Words("", "caption")
        self._aside = ElidedWords("", "caption")
        self._bar = TargetBar()
        self._foot = ElidedWords("", "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 14, 8)
        box.setSpacing(1)
        change = QHBoxLayout()
        change.setSpacing(10)
        self._change.setMinimumHeight(self._change.sizeHint().height())
        change.addWidget(self._change)
        change.addWidget(self._aside, 1)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._title, 1)
        top.addWidget(self.source)
        box.addLayout(top)
        box.addWidget(self._number)
        box.addLayout(change)
        if not compact:
            box.addSpacing(4)
            box.addWidget(self._bar)
            box.addSpacing(2)
        box.addWidget(self._foot)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_kpi(self, kpi: Kpi) -> None:
        """Show a figure."""
        self._kpi = kpi
        self._title.setText(kpi.title)
        self._number.set(kpi.text, kpi.unit)
        self._change.setText(kpi.change)
        self._change.set_tone(kpi.change_tone)
        self._change.setVisible(bool(kpi.change))
        self._aside.setText(kpi.aside)
        self._fit_aside()
        self._foot.setText(kpi.footnote)
        self._foot.setVisible(bool(kpi.footnote) and not (self._compact and (kpi.change or kpi.aside)))
        self.setToolTip("\n".join(filter(None, (kpi.change, kpi.aside, kpi.footnote))))
        self._bar.set(kpi.bar, kpi.mark)
        clickable = bool(kpi.tab)
        restyle(self, clickable="true" if clickable else "false")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
        self.source.setVisible(self.traced_figure() is not None)
        self.setAccessibleName(f"{kpi.title} {kpi.text}{kpi.unit} {kpi.change} {kpi.footnote}")

    @property
    def kpi(self) -> Kpi | None:
        """The figure shown."""
        return self._kpi

    def traced_figure(self) -> FigureAddress | None:
        """The figure of the card."""
        return self.tracer(self._kpi) if self.tracer is not None and self._kpi is not None else None

    def _trace(self) -> None:
        if (address := self.traced_figure()) is not None:
            self.traced.emit(address)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_trace(menu, self.traced_figure(), self.traced.emit)
        menu.popup(event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._pick()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._pick()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_aside()

    def _fit_aside(self) -> None:
        """The aside is shown whole or not at all; the tooltip has it in any case."""
        room = self.width() - 28 - (self._change.sizeHint().width() + 10 if self._change.text() else 0)
        self._aside.setVisible(bool(self._aside.text()) and self._aside.sizeHint().width() <= room)

    def _pick(self) -> None:
        if self._kpi is not None and self._kpi.tab:
            self.picked.emit(self._kpi)


class KpiRow(QWidget):
    """Cards of equal width side by side; makes as many as there are figures."""

    picked = Signal(object)
    traced = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact
        self.tracer: Callable[[Kpi], FigureAddress | None] | None = None
        """Card → its figure; set before the first figures are shown."""
        self._cards: list[KpiCard] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_kpis(self, kpis: Sequence[Kpi]) -> None:
        """Show the figures, reusing the cards that are there."""
        while len(self._cards) < len(kpis):
            card = KpiCard(compact=self._compact)
            card.tracer = self.tracer
            card.picked.connect(self.picked)
            card.traced.connect(self.traced)
            self._cards.append(card)
            self._row.addWidget(card, 1)
        for index, card in enumerate(self._cards):
            card.setVisible(index < len(kpis))
            if index < len(kpis):
                card.set_kpi(kpis[index])

    @property
    def cards(self) -> tuple[KpiCard, ...]:
        """The cards made so far."""
        return tuple(self._cards)
