"""绿色包装: the programme's lines, who drags the county down, companies × indicators, trend of one indicator."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout

from desktop_app.models.values import Month
from desktop_app.services.results.green import GreenBoard, GreenLine, GreenMatrixRow
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.green.chooser import ProgrammeChooser
from desktop_app.views.green.company_actions import CompanyActions
from desktop_app.views.green.lines import COLUMNS, RATE_ONLY, standing_words
from desktop_app.views.green.matrix import (
    BY_REGISTER,
    COUNTS,
    FROZEN,
    PLACES,
    RATES,
    company_order,
    matrix_columns,
    reporting_words,
    rows_with_targets_first,
)
from desktop_app.views.green.outlet_actions import OutletActions
from desktop_app.views.green.programme_actions import ProgrammeActions
from desktop_app.views.provenance.addresses import month_figure
from desktop_app.views.tab import Emptiness, Question, Tab
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.frozen import FrozenTable
from desktop_app.views.widgets.scrolling import Steady, scrolling_page
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

LEAST_WIDTH, LEAST_HEIGHT = 1080, 560
LEGEND = f"深绿达标，斜纹未达，{RATE_ONLY} 只报比率，不入全县"
HEAD_AND_EDGES = 64
"""Height of a card's head and margins."""
MOST_OF_PAGE = 320
"""The matrix shows all its rows up to this height; beyond it scrolls."""


class GreenTab(Tab[GreenBoard]):
    """The tab of green packaging."""

    name = "绿色包装"
    uses_charts = True

    def build(self) -> None:
        self._board: GreenBoard | None = None
        self._programme: str | None = None
        self._focus: str | None = None
        self._filling = False
        self._build_lines()
        self._build_drag()
        self._build_matrix()
        self.trend_card = Card("走势")
        self.trend = ChartView()
        self.trend.picked.connect(lambda key: self.desk.set_month(Month.parse(key)))
        self.trend.tracer = lambda key: month_figure(self._board.focus, key) if self._board is not None else None
        self.trend.traced.connect(self.desk.trace)
        self.trend_card.add(self.trend, 1)
        top, self._bottom = Steady(), Steady()
        for part, left, right in (
            (top, self.lines_card, self.drag_card),
            (self._bottom, self.matrix_card, self.trend_card),
        ):
            row = QHBoxLayout(part)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            row.addWidget(left, 300)
            row.addWidget(right, 100)
        box = scrolling_page(self.page, LEAST_WIDTH, LEAST_HEIGHT)
        box.addWidget(top, 108)
        box.addWidget(self._bottom, 100)

    def _build_lines(self) -> None:
        self.lines_card = Card("方案")
        self.chooser = ProgrammeChooser()
        self.chooser.chosen.connect(self.choose)
        self.lines_card.add_action(self.chooser)
        self.programmes = ProgrammeActions(self)
        self.lines_card.add_action(
            button("方案编辑…", self.programmes.open, small=True, tip="加本局今年的方案，改目标，录专项治理的检查数")
        )
        self.estimating = button(
            "测算",
            self._turn_estimates,
            small=True,
            tip="胶带、包装少用多少：估算，附公式和假设；打开后通报和监测表也印",
        )
        self.estimating.setCheckable(True)
        self.lines_card.add_action(self.estimating)
        self.lines: DataTable[GreenLine] = DataTable(COLUMNS, row_height=32)
        self.lines.setAccessibleName("方案各项指标")
        self.lines.current_changed.connect(self._line_chosen)
        self.lines.tracer = lambda line, _column: self._address(line.indicator)
        self.lines.traced.connect(self.desk.trace)
        self.lines.picked.connect(lambda line: self.desk.trace(self._address(line.indicator)))
        self.lines_card.add(self.lines, 1)
        self.estimates = Words("", "caption", wrap=True).selectable()
        self.estimates.hide()
        self.lines_card.add(self.estimates)

    def _build_drag(self) -> None:
        self.drag_card = Card("谁拉低了全县")
        self.drag = ChartView()
        self.outlook = Words("", "soft", wrap=True)
        self.outlook.setMinimumHeight(1)  # else its least height is that of the narrowest column of words
        self.drag.tracer = lambda company: self._address(self._board.focus if self._board else "", company)
        self.drag.traced.connect(self.desk.trace)
        self.drag.picked.connect(lambda company: self.desk.trace(self.drag.tracer(company)))
        self.drag_card.add(self.drag, 1)
        self.drag_card.add(self.outlook)

    def _build_matrix(self) -> None:
        self.matrix_card = Card("企业 × 指标")
        self.order = DropDown("排序")
        self.order.chosen.connect(lambda _key: self._fill_matrix())
        self.shown = DropDown("看")
        self.shown.set_options(((RATES, "比率 %"), (PLACES, "位次"), (COUNTS, "用品和设施")), RATES)
        self.shown.chosen.connect(lambda _key: self._fill_matrix())
        self.matrix_card.add_action(self.shown)
        self.matrix_card.add_action(self.order)
        self.matrix: FrozenTable[GreenMatrixRow] = FrozenTable((), frozen=FROZEN, row_height=28, tallest_row=38)
        self.matrix.setAccessibleName("企业 × 指标")
        self.companies = CompanyActions(self)
        self.outlets = OutletActions(self)
        self.matrix_card.add_action(
            button("企业画像…", self._open_company, small=True, tip="一家企业对照全县、位次，达到多少全县会怎样")
        )
        self.matrix_card.add_action(
            button("网点与评分…", self.outlets.open, small=True, tip="网点的绿色标志，绿色网点、分拨中心评分")
        )
        self.matrix_card.add_action(button("复制", self.matrix.copy_all, small=True, tip="复制全表，可粘贴到 WPS"))
        self.matrix.current_changed.connect(self._row_chosen)
        self.matrix.tracer = self._cell_figure
        self.matrix.traced.connect(self.desk.trace)
        self.matrix.picked.connect(lambda _row: self.desk.trace(self.matrix.traced_figure()))
        self.matrix_card.add(self.matrix, 1)

    # ------------------------------------------------------------------------------------------- asking

    def question(self, month: Month) -> Question[GreenBoard]:
        programme, focus = self._programme, self._focus
        return lambda: self.desk.backend.green(month, programme, focus)

    def emptiness(self, answer: GreenBoard) -> Emptiness | None:
        if not answer.empty_reason:
            return None
        return Emptiness("还没有绿色包装数据", answer.empty_reason, "去导入", "数据导入", "先加今年的方案…")

    def act_also(self) -> None:
        self.programmes.open()

    def choose(self, programme: str) -> None:
        """Measure against another programme; the charts turn to its first unmet rate."""
        self._programme, self._focus = programme, None
        self.refresh()

    def programme_stored(self, code: str) -> None:
        """An own programme has been stored (``code``) or taken away: turn to it, and tell the other tabs."""
        self._programme, self._focus = code or None, None
        self.desk.announce_change()

    def _turn_estimates(self) -> None:
        backend, on = self.desk.backend, self.estimating.isChecked()
        self.run(
            "estimates",
            lambda *_: backend.show_estimates(on=on),
            on_result=lambda _: self.desk.announce_change(),
            on_error=self.desk.complain,
        )

    def look_at(self, indicator: str) -> None:
        """Turn the charts to another indicator."""
        if self._board is not None and indicator and indicator != self._board.focus:
            self._focus = indicator
            self.refresh()

    def aim(self, target: dict[str, str]) -> None:
        """``programme``; ``code`` of the indicator to look at."""
        self._programme = target.get("programme", self._programme)
        self._focus = target.get("code", self._focus)
        self.refresh()

    def focus_first(self) -> None:
        self.lines.setFocus()

    # ------------------------------------------------------------------------------------------- showing

    def show_answer(self, answer: GreenBoard) -> None:
        self._board = answer
        self._filling = True
        try:
            report = answer.report
            self.chooser.set_programmes(answer.programmes, report.programme)
            self.lines_card.set_subtitle(standing_words(report))
            self.lines.set_rows(report.lines)
            self.estimating.setChecked(answer.estimating)
            self.estimating.setText("收起测算" if answer.estimating else "测算")
            self.estimates.setText("\n".join(f"{e.words}{e.formula}。{e.assumptions}" for e in answer.estimates))
            self.estimates.setVisible(bool(answer.estimates))
            self.order.set_options(((BY_REGISTER, "登记次序"), *((r.indicator, r.name) for r in report.matrix)))
            self._fill_matrix()
            self.lines.clearSelection()
            self.lines.select_where(lambda line: line.indicator == answer.focus)
        finally:
            self._filling = False
        self._show_charts(answer)

    def _show_charts(self, answer: GreenBoard) -> None:
        self.drag_card.set_title(answer.drag.title)
        self.drag_card.set_subtitle(answer.drag.note or answer.trend.title)
        self.drag.set_spec(replace(answer.drag, note=""))
        self.outlook.setText(answer.outlook)
        self.outlook.setVisible(bool(answer.outlook))
        self.trend_card.set_title(answer.trend.title)
        self.trend_card.set_subtitle(f"{answer.trend.unit}，近 {len(answer.trend.categories)} 个月")
        self.trend.set_spec(answer.trend)

    def _fill_matrix(self) -> None:
        board = self._board
        if board is None:
            return
        filling, self._filling = self._filling, True
        report = board.report
        words = reporting_words(report)
        counted, placed = self.shown.key == COUNTS, self.shown.key == PLACES
        order = company_order(report, self.order.key)
        columns = matrix_columns(report, order, words, places=placed, counts=counted)
        self.matrix.set_columns(columns, report.counts if counted else rows_with_targets_first(report))
        self.matrix.select_where(lambda row: row.indicator == board.focus)
        self._bottom.setMaximumHeight(self.matrix.tallest() + HEAD_AND_EDGES)
        self._bottom.setMinimumHeight(min(self.matrix.sizeHint().height() + HEAD_AND_EDGES, MOST_OF_PAGE))
        none = "" if report.counts else "，没有企业报可循环箱、复用纸箱、新能源车等的数"
        self.matrix_card.set_subtitle(f"各企业之和为全县{none}" if counted else f"{words}；{LEGEND}")
        self._filling = filling

    # ------------------------------------------------------------------------------------------- 此数从何来

    def _address(self, code: str, company: str = "") -> FigureAddress | None:
        month = self.desk.month
        return FigureAddress(code, str(month), subject=company) if code and month is not None else None

    def _open_company(self) -> None:
        """The company of the marked cell, else the first one."""
        board, column = self._board, self.matrix.currentIndex().column()
        if board is None or column < FROZEN:
            self.companies.open()
            return
        self.companies.open(board.report.enterprises[company_order(board.report, self.order.key)[column - FROZEN]])

    def _cell_figure(self, row: GreenMatrixRow, column: int) -> FigureAddress | None:
        """The figure of a cell of the matrix: a company's rate, or the county's."""
        if self._board is None or column < FROZEN:
            return self._address(row.indicator)
        report = self._board.report
        return self._address(row.indicator, report.enterprises[company_order(report, self.order.key)[column - FROZEN]])

    # ------------------------------------------------------------------------------------------- choosing

    def _line_chosen(self, line: GreenLine) -> None:
        if not self._filling:
            self.look_at(line.indicator)

    def _row_chosen(self, row: GreenMatrixRow) -> None:
        if not self._filling:
            self.look_at(row.indicator)
