"""Key figure cards: caption, big number with unit, change, bar with a mark, footnote."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.results.overview import Kpi
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours
from desktop_app.views.widgets.words import ElidedWords, Words, restyle


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


class KpiCard(QFrame):
    """One key figure. ``picked(Kpi)`` fires on click, Enter or Space when the figure leads somewhere."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._kpi: Kpi | None = None
        self._compact = compact
        self._title = ElidedWords("", "muted")
        self._number = Words("", "figure" if compact else "hero")
        size = 23 if compact else 27
        # The face's own line is half as tall again as its figures; the card needs no more than this.
        self._number.setFixedHeight(int(QFontMetricsF(sized(size, bold=True)).ascent() * 1.12))
        self._unit = Words("", "muted")
        self._change = Words("", "caption")
        self._aside = ElidedWords("", "caption")
        self._bar = TargetBar()
        self._foot = ElidedWords("", "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 8, 14, 8)
        box.setSpacing(1)
        number = QHBoxLayout()
        number.setSpacing(4)
        number.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBaseline)
        number.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBaseline)
        number.addStretch(1)
        change = QHBoxLayout()
        change.setSpacing(10)
        change.addWidget(self._change)
        change.addWidget(self._aside, 1)
        box.addWidget(self._title)
        box.addLayout(number)
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
        self._number.setText(kpi.text)
        self._unit.setText(kpi.unit)
        self._change.setText(kpi.change)
        self._change.set_tone(kpi.change_tone)
        self._change.setVisible(bool(kpi.change))
        self._aside.setText(kpi.aside)
        self._aside.setVisible(bool(kpi.aside) or not self._compact)
        self._foot.setText(kpi.footnote)
        self._foot.setVisible(bool(kpi.footnote) and not (self._compact and (kpi.change or kpi.aside)))
        if self._compact:
            self.setToolTip(kpi.footnote)
        self._bar.set(kpi.bar, kpi.mark)
        clickable = bool(kpi.tab)
        restyle(self, clickable="true" if clickable else "false")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{kpi.title} {kpi.text}{kpi.unit} {kpi.change} {kpi.footnote}")

    @property
    def kpi(self) -> Kpi | None:
        """The figure shown."""
        return self._kpi

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._pick()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._pick()
        else:
            super().keyPressEvent(event)

    def _pick(self) -> None:
        if self._kpi is not None and self._kpi.tab:
            self.picked.emit(self._kpi)


class KpiRow(QWidget):
    """Cards of equal width side by side; makes as many as there are figures."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        super().__init__(parent)
        self._compact = compact
        self._cards: list[KpiCard] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_kpis(self, kpis: Sequence[Kpi]) -> None:
        """Show the figures, reusing the cards that are there."""
        while len(self._cards) < len(kpis):
            card = KpiCard(compact=self._compact)
            card.picked.connect(self.picked)
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
