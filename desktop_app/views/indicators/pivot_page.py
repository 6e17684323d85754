"""透视: one indicator by month, quarter or year × company, town or part."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from desktop_app.models.values import Month
from desktop_app.services.results.pivot import Axis, LineKind, Measure, PivotBoard, PivotLine, Stretch
from desktop_app.services.results.tables import TableSheet
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.indicators.asking import FIRST_CODE
from desktop_app.views.indicators.one_indicator import OneIndicatorPage
from desktop_app.views.indicators.picker import IndicatorBox
from desktop_app.views.indicators.pivot_table import pivot_columns, pivot_sheet, turned
from desktop_app.views.provenance.pages import pivot_figure
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown, SegmentedChoice
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.frozen import FrozenTable
from desktop_app.views.widgets.words import Words

AXES = ((Axis.COMPANY, "企业"), (Axis.TOWN, "乡镇"), (Axis.PART, "分项"))
STRETCHES = (
    (Stretch.MONTHS_12, "近12个月"),
    (Stretch.YEAR, "本年各月"),
    (Stretch.MONTHS_24, "近24个月"),
    (Stretch.QUARTERS, "近8个季度"),
    (Stretch.YEARS_5, "近5年"),
    (Stretch.YEARS_10, "近10年各月"),
)
LEAST_CHART = 180
MEASURES = ((Measure.VALUE, "数值"), (Measure.SHARE, "比重"), (Measure.YOY, "同比"), (Measure.CONTRIBUTION, "贡献率"))


class PivotPage(OneIndicatorPage):
    """The page 透视."""

    key, name = "pivot", "透视"

    def build(self) -> None:
        self.board: PivotBoard | None = None
        self._turned = False
        self.indicator = IndicatorBox("透视的指标")
        self.indicator.set_code(FIRST_CODE)
        self.axis = SegmentedChoice([(key.value, name) for key, name in AXES])
        self.stretch = DropDown("期间", [(key.value, name) for key, name in STRETCHES])
        self.measure = SegmentedChoice([(key.value, name) for key, name in MEASURES])
        self.region = DropDown("地区", ())
        for choice in (self.axis, self.stretch, self.measure, self.region, self.indicator):
            choice.chosen.connect(lambda _key: self.changed.emit())
        self.card = Card("透视")
        for widget in (
            self.indicator,
            self.axis,
            self.measure,
            self.stretch,
            self.region,
            button("行列互换", self.turn, small=True, tip="期间排成行，企业、乡镇或分项排成列；再按换回来"),
            button("复制到 WPS", self.copy_sheet, small=True, tip="复制整张表，可直接粘贴到 WPS 或 Excel"),
            button("导出 xlsx…", self.ask_export, small=True),
        ):
            self.card.add_action(widget)
        self.table: FrozenTable[PivotLine] = FrozenTable(pivot_columns("企业", (), ()), row_height=27)
        self.table.setAccessibleName("透视表")
        self.table.rows_model.emphasise(lambda line: line.kind is LineKind.TOTAL)
        self.table.selectionModel().currentChanged.connect(self._show_chart)
        self.table.picked.connect(self._drill)
        self.table.tracer = self._figure_of
        self.table.traced.connect(self.desk.trace)
        self.empty = EmptyState()
        self.notes = Words("", "caption", wrap=True)
        self.card.add(self.table, 1)
        self.card.add(self.empty, 1)
        self.card.add(self.notes)
        self.chart_card = Card("走势")
        self.chart = ChartView()
        self.chart.tracer = self._point_figure
        self.chart.traced.connect(self.desk.trace)
        self.chart.picked.connect(lambda key: self.desk.trace(self._point_figure(key)))
        for made in (
            button("复制图片", self.chart.copy_picture, small=True),
            button("复制数字", self.chart.copy_numbers, small=True),
        ):
            self.chart_card.add_action(made)
        self.chart_card.add(self.chart, 1)
        self.chart_card.setMinimumHeight(LEAST_CHART)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.card, 66)
        box.addWidget(self.chart_card, 34)

    def question(self, month: Month) -> Callable[[], object]:
        backend = self.desk.backend
        code = self.indicator.code
        axis, stretch = Axis(self.axis.key), Stretch(self.stretch.key)
        measure, region = Measure(self.measure.key), self.region.key
        return lambda: backend.pivot(code, month, axis, stretch, measure, region)

    def show_answer(self, answer: object) -> None:
        if not isinstance(answer, PivotBoard):
            return
        self.board = answer
        self.indicator.set_nodes(self.nodes)
        table = answer.table
        self.region.set_options([(c.key, c.name) for c in answer.regions])
        self.region.setVisible(len(answer.regions) > 1)
        self.card.set_title(table.name)
        self.card.set_subtitle(table.unit)
        self._fill()
        self.table.setVisible(bool(table.lines))
        self.empty.set_words("没有可透视的数", table.reason)
        self.empty.setVisible(not table.lines)
        self.notes.setText("；".join(table.notes))
        self.notes.setVisible(bool(table.notes))
        self.chart_card.setVisible(bool(table.lines))
        self._show_chart()

    def turn(self) -> None:
        """行列互换."""
        self._turned = not self._turned
        if self.board is not None:
            at = self.table.currentIndex()
            self._fill()
            self.table.setCurrentIndex(self.table.rows_model.index(max(at.column() - 1, 0), at.row() + 1))
            self._show_chart()

    def _fill(self) -> None:
        """Lay the table out as the user has turned it, the line that was marked marked again."""
        if self.board is None or not self.board.table.lines:
            return
        table = turned(self.board.table) if self._turned else self.board.table
        first = "期间" if self._turned else self._first
        before = self.table.currentIndex().row()
        self.table.set_columns(pivot_columns(first, table.heads, table.keys, table.kinds), table.lines)
        total = next((n for n, line in enumerate(table.lines) if line.kind is LineKind.TOTAL), 0)
        self.table.select_row(before if 0 <= before < len(table.lines) else total)
        if not self._turned:
            self.table.horizontalScrollBar().setValue(self.table.horizontalScrollBar().maximum())

    def sheet(self) -> TableSheet | None:
        if self.board is None or not self.board.table.lines:
            return None
        measure = dict(MEASURES)[self.board.table.measure]
        subtitle = f"{dict(STRETCHES)[Stretch(self.stretch.key)]}　{measure}　单位：{self.board.table.unit}"
        table = turned(self.board.table) if self._turned else self.board.table
        return pivot_sheet(table, "期间" if self._turned else self._first, subtitle)

    @property
    def _first(self) -> str:
        return dict(AXES)[Axis(self.axis.key)]

    def _drill(self, _row: PivotLine) -> None:
        """To the figures on 数据 of the line that is marked."""
        if self.board is None:
            return
        line = self.board.table.lines[self._marked]
        if line.kind is LineKind.ROW:
            where = {Axis.COMPANY: "enterprise", Axis.TOWN: "region", Axis.PART: "code"}[self.board.axis]
            self.host.aim({"code": self.board.table.code, where: line.key})

    def _figure_of(self, row: PivotLine, column: int) -> FigureAddress | None:
        if self.board is None:
            return None
        if self._turned:
            table = self.board.table
            return pivot_figure(self.board, table.lines[max(column - 1, 0)], table.keys.index(row.key) + 1)
        return pivot_figure(self.board, row, column)

    def _point_figure(self, key: str) -> FigureAddress | None:
        """A point of the marked line."""
        if self.board is None:
            return None
        return pivot_figure(self.board, self.board.table.lines[self._charted], self.board.table.keys.index(key) + 1)

    @property
    def _marked(self) -> int:
        """Number of the line of the current cell, whichever way the table is turned."""
        at = self.table.currentIndex()
        number = at.column() - 1 if self._turned else at.row()
        return number if self.board is not None and 0 <= number < len(self.board.table.lines) else 0

    @property
    def _charted(self) -> int:
        """The line that is marked; of the words about who is lacking, the total's."""
        lines = self.board.table.lines if self.board is not None else ()
        if lines[self._marked].kind is LineKind.NOTE:
            return next((n for n, line in enumerate(lines) if line.kind is LineKind.TOTAL), 0)
        return self._marked

    def _show_chart(self, *_: object) -> None:
        if self.board is None or not self.board.charts:
            return
        number, lines = self._charted, self.board.table.lines
        spec = self.board.charts[number]
        self.chart_card.set_title(lines[number].name)
        self.chart_card.set_subtitle(f"{self.board.table.name}　{spec.unit}")
        self.chart.set_spec(spec)
