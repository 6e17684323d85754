"""此数从何来: the trace lines of a figure, and the list of every number in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.services.results.figures import IndicatorDetail, Source
from desktop_app.views.indicators.columns import Named, source_columns
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent


class ProvenanceCard(Card):
    """``asked`` fires when the user wants to see every number."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("此数从何来", parent=parent)
        self.link = button("逐件逐行 ›", self.asked.emit, kind="link", tip="列出合成此数的每个文件、每一行")
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
        self.link.setVisible(bool(detail.sources))

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentences shown."""
        return tuple(label.text() for label in self._labels if not label.isHidden())


class SourceDialog(QDialog):
    """Every number of a figure with its file, sheet, row and version. ``picked(batch)`` leads to the import."""

    picked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("逐件逐行")
        self.setModal(False)
        self._title = Words("", "heading")
        self._note = Words("", "muted")
        self.table: DataTable[Source] = DataTable(source_columns({}))
        self.table.setAccessibleName("来源")
        self.table.picked.connect(self._pick)
        actions = QHBoxLayout()
        actions.addWidget(self._note, 1)
        actions.addWidget(button("复制到 WPS", self.table.copy_all))
        actions.addWidget(button("查看此批次", self._pick_current, tip="在“数据导入”的历史里打开；也可双击一行"))
        actions.addWidget(button("关闭", self.close, kind="primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        box.addWidget(self._title)
        box.addWidget(self.table, 1)
        box.addLayout(actions)
        self.resize(1040, 480)

    def show_sources(self, title: str, sources: Sequence[Source], names: Mapping[str, Named]) -> None:
        """List the sources of one figure; ``names`` of the indicators that may be in it."""
        self._title.setText(title)
        files = len({source.batch for source in sources})
        self._note.setText(f"{files} 个文件，{len(sources)} 个数")
        self.table.set_columns(source_columns(names), tuple(sources))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()
        if self.table.rows and self.table.current_row is None:
            self.table.select_row(0)

    def _pick_current(self) -> None:
        if (source := self.table.current_row) is not None:
            self._pick(source)

    def _pick(self, source: Source) -> None:
        self.picked.emit(source.batch)
        self.close()
