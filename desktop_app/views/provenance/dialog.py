"""此数从何来: formula, tree, versions, who is lacking and other definitions of one figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import UserError
from desktop_app.services.results.definitions import DefinitionLine, DefinitionTable
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.tracing import FigureTrace, Lacking, StoredPlace, TraceNode, VersionLine
from desktop_app.views.charts.view import ChartView
from desktop_app.views.provenance.columns import DEFINITIONS, LACKING, VERSIONS, as_text
from desktop_app.views.provenance.tree import TraceTree
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import ElidedWords, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

PARTS, SILENT, OTHERS = "parts", "silent", "others"


class TraceDialog(QDialog):
    """``traced(FigureAddress)``: follow a number of the tree. ``original_asked(StoredPlace)``. ``batch_asked(int)``."""

    traced = Signal(object)
    back_asked = Signal()
    original_asked = Signal(object)
    batch_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("此数从何来")
        self.setModal(False)
        self.trace: FigureTrace | None = None
        self._lines: list[tuple[Words, Words]] = []
        self.back = button("‹ 返回", self.back_asked.emit, kind="link", tip="回到前一个数")
        self.title = Words("", "heading")
        self.figure = Words("", "figure")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addWidget(self.figure)
        head.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(8)
        box.addLayout(head)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._build_words())
        split.addWidget(self._build_views())
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 3)
        split.setSizes([216, 380])
        box.addWidget(split, 1)
        box.addLayout(self._build_actions())
        self.resize(1080, 690)

    # ------------------------------------------------------------------------------------------- building

    def _build_words(self) -> QWidget:
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 6, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setMinimumHeight(120)
        area.setAccessibleName("公式和口径")
        return area

    def _build_views(self) -> QWidget:
        self.views = SegmentedChoice(((PARTS, "组成"), (SILENT, "缺报"), (OTHERS, "口径对比")))
        self.views.chosen.connect(lambda _key: self._turn())
        self.tree = TraceTree()
        self.tree.marked.connect(self._marked)
        self.tree.picked.connect(self._picked)
        self.versions: DataTable[VersionLine] = DataTable(VERSIONS, row_height=26)
        self.versions.setAccessibleName("所选数的版本")
        self.versions.setMaximumHeight(118)
        self.versions.current_changed.connect(lambda _version: self._offer())
        self.lacking: DataTable[Lacking] = DataTable(LACKING, row_height=26)
        self.lacking.setAccessibleName("缺报")
        self.definitions: DataTable[DefinitionLine] = DataTable(DEFINITIONS, row_height=28)
        self.definitions.setAccessibleName("口径对比")
        self.definition_note = Words("", "muted", wrap=True)
        self.trend = ChartView()
        self.trend.picked.connect(self._trace_month)
        parts = QWidget()
        inner = QVBoxLayout(parts)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.tree, 1)
        inner.addWidget(self.versions)
        others = QWidget()
        below = QVBoxLayout(others)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(self.definitions, 3)
        below.addWidget(self.definition_note)
        below.addWidget(self.trend, 2)
        self.stack = QStackedWidget()
        for widget in (parts, self.lacking, others):
            self.stack.addWidget(widget)
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(self.views, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.stack, 1)
        return holder

    def _build_actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.open_original = button("打开原件", self._ask_original, tip="看留存的原文件，停在这个数所在的格")
        self.open_batch = button("查看此批次", self._ask_batch, tip="在“数据导入”的历史里打开")
        self.follow = button("再看这个数", self._follow, shortcut="F7", tip="把所选的数当作新的一个数来查；也可双击")
        row.addWidget(self.open_original)
        row.addWidget(self.open_batch)
        row.addWidget(self.follow)
        self.note = ElidedWords("", "muted")
        self.note.set_tone(Tone.WARN)
        row.addWidget(self.note, 1)
        row.addWidget(button("复制为文字", self.copy, tip="公式、组成、出处全部复制，可粘贴到 WPS"))
        row.addWidget(button("关闭", self.close, kind="primary"))
        return row

    # ------------------------------------------------------------------------------------------- showing

    def show_trace(self, trace: FigureTrace, *, can_go_back: bool = False) -> None:
        """Show another figure; one that is lacking opens at who has not reported."""
        self.trace = trace
        self.note.setText("")
        self.back.setVisible(can_go_back)
        self.title.setText(trace.title)
        self.figure.setText(trace.text)
        self._show_lines(trace)
        self.tree.show_nodes(trace.tree)
        self.lacking.set_rows(trace.lacking)
        self._show_definitions(trace.definitions)
        silent = f"{trace.lacking_word} {len(trace.lacking)}" if trace.lacking else trace.lacking_word
        options = [(PARTS, "组成"), (SILENT, silent)]
        if trace.definitions is not None:
            options.append((OTHERS, "口径对比"))
        missing = trace.state.value != "value" and trace.lacking
        self.views.set_options(options, SILENT if missing else PARTS)
        self._turn()

    def _show_lines(self, trace: FigureTrace) -> None:
        while len(self._lines) < len(trace.lines):
            caption, words = Words("", "muted"), Words("", "cell", wrap=True).selectable()
            row = len(self._lines)
            self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)
            self._lines.append((caption, words))
        for number, (caption, words) in enumerate(self._lines):
            shown = number < len(trace.lines)
            caption.setVisible(shown)
            words.setVisible(shown)
            if shown:
                caption.setText(trace.lines[number][0])
                words.setText(trace.lines[number][1])
        self._grid.setRowStretch(len(self._lines), 1)

    def _show_definitions(self, table: DefinitionTable | None) -> None:
        self.definitions.set_rows(table.lines if table is not None else ())
        self.definition_note.setText(table.note if table is not None else "")
        if table is not None:
            self.trend.set_spec(table.trend)

    def _turn(self) -> None:
        self.stack.setCurrentIndex((PARTS, SILENT, OTHERS).index(self.views.key))
        self._offer()

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Captions and sentences shown."""
        return tuple((caption.text(), words.text()) for caption, words in self._lines if not words.isHidden())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tree.setFocus()

    # ------------------------------------------------------------------------------------------- leading on

    @property
    def place(self) -> StoredPlace | None:
        """Where the marked number, or its marked version, stands in a file."""
        node = self.tree.current
        if node is None or node.place is None or self.views.key != PARTS:
            return None
        version = self.versions.current_row
        if version is None or version not in node.place.versions:
            return node.place
        where = (version.batch, version.file, version.sheet, version.row, version.column, version.version)
        return StoredPlace(*where, sha256=version.sha256)

    def complain(self, error: UserError) -> None:
        """Say here, not in the window behind, what could not be done and how to mend it."""
        head = f"{error.where}：{error.message}" if error.where else error.message
        self.note.setText(f"{head}。{error.hint}" if error.hint else head)

    def _marked(self, node: TraceNode) -> None:
        self.note.setText("")
        self.versions.set_rows(node.place.versions if node.place is not None else ())
        self.versions.setVisible(node.place is not None)
        if node.place is not None:
            self.versions.select_where(lambda v: v.counts)
        self._offer()

    def _offer(self) -> None:
        node = self.tree.current if self.views.key == PARTS else None
        place = self.place
        self.open_original.setEnabled(place is not None and place.kept)
        self.open_batch.setEnabled(place is not None and place.batch > 0)
        own = self.trace.address if self.trace is not None else None
        self.follow.setEnabled(node is not None and node.address is not None and node.address != own)

    def _picked(self, node: TraceNode) -> None:
        if node.place is not None and node.place.kept:
            self._ask_original()
        elif node.address is not None and self.follow.isEnabled():
            self.traced.emit(node.address)

    def _follow(self) -> None:
        node = self.tree.current
        if node is not None and node.address is not None:
            self.traced.emit(node.address)

    def _trace_month(self, key: str) -> None:
        """The same figure in another month."""
        if self.trace is not None:
            self.traced.emit(replace(self.trace.address, period=key, printed=""))

    def _ask_original(self) -> None:
        if (place := self.place) is not None:
            self.original_asked.emit(place)

    def _ask_batch(self) -> None:
        if (place := self.place) is not None:
            self.batch_asked.emit(place.batch)

    def copy(self) -> None:
        """The whole trace to the clipboard."""
        if self.trace is not None:
            QGuiApplication.clipboard().setText(as_text(self.trace))
