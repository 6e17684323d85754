"""此数从何来: the trace lines of a figure beside its charts; the dialog has everything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.results.figures import IndicatorDetail
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.words import Words


class ProvenanceCard(Card):
    """``asked`` fires when the user wants to see every number."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("此数从何来", parent=parent)
        self.link = button("逐件逐行 ›", self.asked.emit, kind="link", tip="组成、版本、文件和行、各口径（F7）")
        self.add_action(self.link)
        self._inner = QWidget()
        self._inner.setProperty("scrolled", "true")
        self._lines = QVBoxLayout(self._inner)
        self._lines.setContentsMargins(0, 0, 4, 0)
        self._lines.setSpacing(4)
        self._lines.addStretch(1)
        self._labels: list[Words] = []
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        area.setWidget(self._inner)
        area.setAccessibleName("此数从何来")
        self.add(area, 1)

    def show_detail(self, detail: IndicatorDetail) -> None:
        """Show how this figure came about."""
        figure = detail.figure
        has_value = figure.value is not None
        self.set_subtitle(f"{figure.text} {figure.display_unit}" if has_value else figure.text)
        while len(self._labels) < len(detail.trace):
            label = Words("", "muted", wrap=True).selectable()
            self._labels.append(label)
            self._lines.insertWidget(self._lines.count() - 1, label)
        for number, label in enumerate(self._labels):
            shown = number < len(detail.trace)
            label.setVisible(shown)
            if shown:
                label.setText(detail.trace[number])

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentences shown."""
        return tuple(label.text() for label in self._labels if not label.isHidden())
