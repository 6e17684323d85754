"""The list at the right: 未通村, 全部村 or 方式, with one set of filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolTip, QWidget

from desktop_app.services.results.rural import Gap, RuralBoard, VillageRow
from desktop_app.services.results.rural_rates import Relapse
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.qtmodels.columns import Column
from desktop_app.views.rural.columns import (
    GAP_COPY,
    RELAPSE_COPY,
    VILLAGE_COPY,
    gap_columns,
    relapse_columns,
    tab_separated,
    village_columns,
)
from desktop_app.views.rural.villages import (
    ALL,
    GAP_STATES,
    STATES,
    VillageFilter,
    VillageLine,
    chosen_gaps,
    chosen_lines,
    chosen_relapses,
    village_lines,
)
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown, SegmentedChoice
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.search_field import SearchField
from desktop_app.views.widgets.table import DataTable

R = TypeVar("R")

GAPS, VILLAGES, MODES, RELAPSES = "gaps", "villages", "modes", "relapses"


class VillagePanel(Card):
    """Villages of one board. Filters outlive a change of month or definition.

    ``village_asked(code)``: open the page of a village (double click, Enter).
    """

    village_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("未通村", parent=parent)
        self._board: RuralBoard | None = None
        self._lines: tuple[VillageLine, ...] = ()
        self._initials: dict[str, str] = {}
        self._later: tuple[str, VillageFilter] | None = None
        self.choice = SegmentedChoice(((GAPS, "未通村"), (VILLAGES, "全部村"), (RELAPSES, "回退"), (MODES, "方式")))
        self.choice.chosen.connect(self.turn_to)
        self.search = SearchField("村名", "查找村")
        self.search.setToolTip("村名、乡镇、代码、拼音首字母；在“全部村”里也找站点、品牌、核查人")
        self.towns = DropDown("乡镇")
        self.brands = DropDown("品牌")
        self.modes = DropDown("方式")
        self.states = DropDown("现状", GAP_STATES)
        self.clear_button = button("清除", self.clear_filter, kind="link", small=True, tip="取消全部筛选")
        self.copy_button = button("复制", self.copy_list, small=True, tip="复制所列各行，可粘贴到 WPS")
        self.gaps: DataTable[Gap] = DataTable((), row_height=30)
        self.gaps.setAccessibleName("未通村")
        self.villages: DataTable[VillageLine] = DataTable((), row_height=30)
        self.villages.setAccessibleName("全部村")
        self.relapses: DataTable[Relapse] = DataTable((), row_height=30)
        self.relapses.setAccessibleName("停运、回退的品牌")
        self.chart = ChartView()
        self.nothing = EmptyState()
        self.nothing.acted.connect(self.clear_filter)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self.add_action(self.choice)
        self.add_action(self.copy_button)
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.search, 1)
        for widget in (self.towns, self.brands, self.modes, self.states, self.clear_button):
            row.addWidget(widget)
        self.add(self._bar)
        room = QWidget()
        self._stack = QStackedLayout(room)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for page in (self.gaps, self.villages, self.relapses, self.chart, self.nothing):
            self._stack.addWidget(page)
        self.add(room, 1)

    def _wire(self) -> None:
        self.search.textChanged.connect(lambda _text: self._refilter())
        self.search.returnPressed.connect(self._into_list)
        self.brands.chosen.connect(lambda _key: self._relabel())
        self.gaps.picked.connect(lambda gap: self.village_asked.emit(gap.code))
        self.villages.picked.connect(lambda line: self.village_asked.emit(line.row.code))
        self.relapses.picked.connect(lambda lost: self.village_asked.emit(lost.code))
        for choice in (self.towns, self.modes, self.states):
            choice.chosen.connect(lambda _key: self._refilter())
        self.chart.picked.connect(lambda mode: self.ask(mode=mode))
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._into_list)

    # ------------------------------------------------------------------------------------------- contents

    def trace_by(
        self,
        address: Callable[[str], FigureAddress | None],
        of_mode: Callable[[str], FigureAddress | None],
        trace: Callable[[FigureAddress], object],
    ) -> None:
        """此数从何来 of a village by its code and of a mode by its name; ``trace`` is called with the address."""
        self.gaps.tracer = lambda gap, _column: address(gap.code)
        self.villages.tracer = lambda line, _column: address(line.row.code)
        self.chart.tracer = of_mode
        self.chart.traced.connect(trace)
        self.gaps.traced.connect(trace)
        self.villages.traced.connect(trace)

    def set_board(self, board: RuralBoard) -> None:
        """Show another month or definition; a filter whose town or brand is gone is dropped."""
        self._board = board
        self._initials = {row.code: row.initials for row in board.villages}
        self.towns.set_options(_options(tuple(town.name for town in board.towns)))
        self.brands.set_options(_options(board.brands))
        self.modes.set_options(_options(board.modes.categories))
        self.chart.set_spec(board.modes)
        self._set_columns()
        if self._later is not None:
            self._show(*self._later)
        else:
            self._relabel()

    @property
    def filter(self) -> VillageFilter:
        """What is being asked of the list shown; the gap list knows no mode, 回退 neither mode nor state."""
        asked = VillageFilter(self.search.text(), self.towns.key, self.brands.key, self.modes.key, self.states.key)
        if self.view == VILLAGES:
            return asked
        if self.view == RELAPSES:
            return replace(asked, mode=ALL, state=ALL)
        return replace(asked, mode=ALL)

    @property
    def view(self) -> str:
        """Which list is shown: gaps, villages or modes."""
        return self.choice.key

    def rows_of(self, codes: Sequence[str]) -> tuple[VillageRow, ...]:
        """The villages of these codes as the board has them."""
        rows = {row.code: row for row in self._board.villages} if self._board is not None else {}
        return tuple(rows[code] for code in codes if code in rows)

    # ------------------------------------------------------------------------------------------- asking

    def ask(self, *, view: str = VILLAGES, **wanted: str) -> None:
        """Show a list with exactly these filters (``town``, ``brand``, ``mode``, ``state``); the others are cleared."""
        asked = replace(VillageFilter(), **wanted)
        if self._board is None:
            self._later = view, asked
        else:
            self._show(view, asked)

    def turn_to(self, view: str) -> None:
        """Show another list; town and words stay, the rest is kept where the list knows it."""
        self.choice.set_key(view)
        self.states.set_options(GAP_STATES if view == GAPS else STATES)
        self._relabel()

    def clear_filter(self) -> None:
        """Let everything through."""
        self.ask(view=self.view)

    def copy_list(self) -> None:
        """Copy the lines shown with their codes, tab-separated."""
        text, count = self.list_text()
        QGuiApplication.clipboard().setText(text)
        where = self.copy_button.mapToGlobal(QPoint(0, self.copy_button.height()))
        QToolTip.showText(where, f"已复制 {count} 行，可粘贴到 WPS", self.copy_button)

    def list_text(self) -> tuple[str, int]:
        """What :meth:`copy_list` copies, and how many lines it has below its head."""
        if self.view == GAPS:
            return tab_separated(GAP_COPY, self.gaps.rows), len(self.gaps.rows)
        if self.view == VILLAGES:
            return tab_separated(VILLAGE_COPY, self.villages.rows), len(self.villages.rows)
        if self.view == RELAPSES:
            return tab_separated(RELAPSE_COPY, self.relapses.rows), len(self.relapses.rows)
        text = self.chart.numbers_text()
        return text, text.count("\n")

    # ------------------------------------------------------------------------------------------- inside

    def _show(self, view: str, asked: VillageFilter) -> None:
        self._later = None
        self.search.blockSignals(True)
        self.search.setText(asked.words)
        self.search.blockSignals(False)
        self.choice.set_key(view)
        self.states.set_options(GAP_STATES if view == GAPS else STATES, asked.state)
        for choice, key in ((self.towns, asked.town), (self.brands, asked.brand), (self.modes, asked.mode)):
            choice.set_key(key)
        self._relabel()

    def _relabel(self) -> None:
        """The brand (or the board) has changed: say anew what each village's state is."""
        board = self._board
        if board is not None:
            self._lines = village_lines(board.villages, board.gaps, self.filter.brand if self.view == VILLAGES else ALL)
        self._refilter()

    def _refilter(self) -> None:
        board, view, wanted = self._board, self.view, self.filter
        if board is None:
            return
        self._bar.setVisible(view != MODES)
        self.brands.setVisible(True)
        self.modes.setVisible(view == VILLAGES)
        self.states.setVisible(view in {GAPS, VILLAGES})
        if view == MODES:
            self.set_title("进村方式")
            self.set_subtitle("村数，点击看是哪些村")
            self._stack.setCurrentWidget(self.chart)
            return
        table: QWidget
        if view == GAPS:
            gaps = chosen_gaps(board.gaps, self._initials, wanted)
            self.gaps.set_rows(gaps)
            shown, total, table = len(gaps), len(board.gaps), self.gaps
            self.set_title("未通村")
        elif view == RELAPSES:
            every = board.watch.relapses if board.watch is not None else ()
            lost = chosen_relapses(every, self._initials, wanted)
            self.relapses.set_rows(lost)
            shown, total, table = len(lost), len(every), self.relapses
            self.set_title("停运、回退")
        else:
            lines = chosen_lines(self._lines, wanted)
            self.villages.set_rows(lines)
            shown, total, table = len(lines), len(self._lines), self.villages
            self.set_title("建制村")
        self.set_subtitle(f"{total} 个，显示 {shown}" if wanted.active else f"{total} 个")
        self.clear_button.setVisible(wanted.active)
        self._say_nothing(total, shown)
        self._stack.setCurrentWidget(table if shown else self.nothing)

    def _say_nothing(self, total: int, shown: int) -> None:
        if shown:
            return
        if total:
            self.nothing.set_words("没有符合条件的村", "换一个条件，或取消全部筛选。", "清除筛选")
        elif self.view == RELAPSES:
            self.nothing.set_words("没有停运、回退", "截至这个月，没有品牌从村里退出。")
        else:
            self.nothing.set_words("没有未通村", "按此口径，全部建制村都已通达。")

    def _into_list(self) -> None:
        """From the search box into what it has found."""
        tables: dict[str, DataTable[Any]] = {GAPS: self.gaps, RELAPSES: self.relapses}
        table = tables.get(self.view, self.villages)
        if table.rows:
            table.setFocus()
            if not table.currentIndex().isValid():
                table.select_row(0)

    def _set_columns(self) -> None:
        """As many columns as there is room for; the lines stay."""
        board = self._board
        if board is None:
            return
        names = [row.name for row in board.villages]
        towns = [town.name for town in board.towns]
        columns = village_columns(towns, names, self.width())
        if _differs(columns, self.villages):
            self.villages.set_columns(columns, self.villages.rows)
        narrow = gap_columns(towns, names, self.width())
        if _differs(narrow, self.gaps):
            self.gaps.set_columns(narrow, self.gaps.rows)
        lost = relapse_columns(towns, names, self.width())
        if _differs(lost, self.relapses):
            self.relapses.set_columns(lost, self.relapses.rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_columns()


def _differs(columns: Sequence[Column[R]], table: DataTable[R]) -> bool:
    """Whether the table shows other columns, or the same ones in other widths."""
    return [(c.head, c.width) for c in columns] != [(c.head, c.width) for c in table.rows_model.columns]


def _options(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return ((ALL, "全部"), *((name, name) for name in names))
