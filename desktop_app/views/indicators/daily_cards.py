"""The key figures above 旺季日报, side by side; each leads to where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.services.results.tone import Tone
from desktop_app.views.provenance.pages import daily_card_figure
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.tracing import offer_trace
from desktop_app.views.widgets.words import ElidedWords, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent

    from desktop_app.services.results.daily import DailyKpi, DailySheet
    from desktop_app.services.results.tracing import FigureAddress


class DailyCard(Card):
    """Name, figure, small words. ``traced(FigureAddress)``: 此数从何来 was asked."""

    traced = Signal(object)

    def __init__(self) -> None:
        super().__init__(margin=12)
        self._address: FigureAddress | None = None
        self._name = Words("", "caption")
        self.figure = Words("", "figure")
        self._note = ElidedWords("", "muted")
        self._lacking = Words("", "caption", wrap=True)
        self._lacking.set_tone(Tone.WARN)
        self.source = button("来源", self._trace, kind="link", small=True, tip="此数从何来（也可点右键）")
        self.source.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.figure)
        line.addWidget(self._note, 1)
        line.addWidget(self.source)
        self.add(self._name)
        self.add_layout(line)
        self.add(self._lacking)
        self.body.setSpacing(0)
        self.body.setContentsMargins(12, 5, 12, 5)

    def show_kpi(self, kpi: DailyKpi, address: FigureAddress | None, *, with_lacking: bool) -> None:
        """Show a figure; ``with_lacking``: keep the line for who is not in it, as a card beside needs it."""
        self._address = address
        self._name.setText(kpi.name)
        self.figure.setText(kpi.text)
        self._note.setText(kpi.note)
        self._note.setToolTip(kpi.note)
        self._lacking.setText(kpi.lacking)
        self._lacking.setVisible(with_lacking)
        self.source.setVisible(address is not None)

    def traced_figure(self) -> FigureAddress | None:
        """The figure of the card."""
        return self._address

    def _trace(self) -> None:
        if self._address is not None:
            self.traced.emit(self._address)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_trace(menu, self._address, self.traced.emit)
        menu.popup(event.globalPos())


class DailyCards(QWidget):
    """The cards. ``traced(FigureAddress)`` of any of them."""

    traced = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.cards: list[DailyCard] = []

    def show_sheet(self, sheet: DailySheet) -> None:
        """Show the key figures of a sheet."""
        while len(self.cards) < len(sheet.kpis):
            card = DailyCard()
            card.traced.connect(self.traced)
            self._row.addWidget(card, 1)
            self.cards.append(card)
        with_lacking = any(each.lacking for each in sheet.kpis)
        for card, kpi in zip(self.cards, sheet.kpis, strict=True):
            card.show_kpi(kpi, daily_card_figure(sheet, kpi), with_lacking=with_lacking)
