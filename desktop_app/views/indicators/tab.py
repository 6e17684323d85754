"""行业指标: the month's figures of a group, and everything about the one that is marked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from desktop_app.charts import ChartSpec
from desktop_app.models.values import Month
from desktop_app.services.results.figures import IndicatorBoard, IndicatorDetail, TableLine
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.indicators.asking import Answer, PageAnswer, Wish, ask, on_page
from desktop_app.views.indicators.base_actions import BaseDoor
from desktop_app.views.indicators.columns import columns_for
from desktop_app.views.indicators.compare_page import ComparePage
from desktop_app.views.indicators.daily_page import DailyPage
from desktop_app.views.indicators.pages import DATA, PageStack
from desktop_app.views.indicators.pivot_page import PivotPage
from desktop_app.views.indicators.provenance import ProvenanceCard
from desktop_app.views.indicators.rank_page import RankPage
from desktop_app.views.indicators.tree import IndicatorTree, Place
from desktop_app.views.jobs import Lane
from desktop_app.views.provenance.addresses import month_figure, table_figure
from desktop_app.views.tab import Question, Tab
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown, SegmentedChoice
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.scrolling import scrolling_page
from desktop_app.views.widgets.table import DataTable

COMPANIES, PARTS = "companies", "parts"
PAGES = (PivotPage, ComparePage, RankPage, DailyPage)


class IndicatorsTab(Tab[object]):
    """The tab of figures."""

    name = "行业指标"
    uses_charts = True

    def build(self) -> None:
        self.wish = Wish()
        self.detail: IndicatorDetail | None = None
        self.tree = IndicatorTree()
        self.tree.chosen.connect(self._open_place)
        self.tree.left.connect(self.focus_first)
        self.tree.new_asked.connect(self.desk.ask_new_indicator)
        self._build_table()
        self.trend_card = Card("走势")
        self.trend = ChartView()
        self.trend.picked.connect(self._open_month)
        self.trend.tracer = lambda key: month_figure(
            self.wish.code, key, subject=self.wish.enterprise, region=self.wish.region
        )
        self.trend.traced.connect(self.desk.trace)
        self.trend_card.add(self.trend, 1)
        self.structure_card = Card("构成")
        self.structure = ChartView()
        self.structure.picked.connect(self._drill)
        self.structure.part_tracer = self._bar_figure
        self.structure.traced.connect(self.desk.trace)
        self.structure_choice = SegmentedChoice(((COMPANIES, "企业构成"), (PARTS, "分项构成")))
        self.structure_choice.chosen.connect(lambda _key: self._show_structure())
        self.structure_card.add_action(self.structure_choice)
        self.structure_card.add(self.structure, 1)
        self.provenance = ProvenanceCard()
        self.provenance.asked.connect(self.open_sources)
        grid = QGridLayout()
        grid.setSpacing(12)
        grid.addWidget(self.tree, 0, 0, 2, 1)
        grid.addWidget(self.table_card, 0, 1)
        grid.addWidget(self.trend_card, 1, 1)
        grid.addWidget(self.structure_card, 0, 2)
        grid.addWidget(self.provenance, 1, 2)
        for column, share in enumerate((226, 754, 330)):
            grid.setColumnStretch(column, share)
        grid.setColumnMinimumWidth(0, 210)
        grid.setColumnMinimumWidth(2, 300)
        grid.setRowStretch(0, 62)
        grid.setRowStretch(1, 38)
        self.listen(self.desk.ledger_changed, self._forget_choices)
        self.pages = PageStack(self._data_page(grid), tuple(each(self) for each in PAGES))
        for page in self.pages.pages.values():
            page.changed.connect(self.refresh)
        self.pages.turned.connect(self._page_turned)
        scrolling_page(self.page, 1200, 540).addWidget(self.pages, 1)

    def _data_page(self, grid: QGridLayout) -> QWidget:
        """数据, or why there is none."""
        grid.setContentsMargins(0, 0, 0, 0)
        full, self._data = QWidget(), QStackedWidget()
        full.setLayout(grid)
        self.blank = EmptyState(
            "台账里还没有指标数据", "请先导入企业月报；导入后这里按月列出业务量、收入等指标。", "导入文件"
        )
        self.blank.acted.connect(lambda: self.desk.go("数据导入"))
        card = Card()
        card.add(self.blank, 1)
        self._data.addWidget(full)
        self._data.addWidget(card)
        return self._data

    def _build_table(self) -> None:
        self.table_card = Card("行业指标")
        self.company = DropDown("企业", (("", "全部"),))
        self.company.chosen.connect(lambda key: self._turn(enterprise=key))
        self.region = DropDown("地区", ())
        self.region.chosen.connect(lambda key: self._turn(region=key))
        self.table: DataTable[TableLine] = DataTable(columns_for(()), row_height=28)
        self.table.setAccessibleName("指标表")
        self.table.current_changed.connect(self._line_marked)
        self.table.tracer = self._figure_of
        self.bases = BaseDoor(self)
        self.table.more = self.bases.menu
        self.table.traced.connect(self.desk.trace)
        self.table.picked.connect(lambda _line: self.desk.trace(self.table.traced_figure()))
        self.copy_button = button(
            "复制到 WPS", self.table.copy_all, small=True, tip="复制整张表，可直接粘贴到 WPS 或 Excel"
        )
        for widget in (self.company, self.region, self.copy_button):
            self.table_card.add_action(widget)
        self.table_card.add(self.table, 1)

    # ------------------------------------------------------------------------------------------- tab

    def question(self, month: Month) -> Question[object]:
        self.desk.jobs.drop(self, "detail")
        if (page := self.pages.current) is not None:
            return on_page(self.desk.backend, page.question(month))
        return ask(self.desk.backend, month, self.wish)

    def show_answer(self, answer: object) -> None:
        if isinstance(answer, PageAnswer):
            self._show_page(answer)
        elif isinstance(answer, Answer):
            self._show_data(answer)

    def _show_page(self, answer: PageAnswer) -> None:
        if (page := self.pages.current) is not None:
            page.nodes = answer.nodes
            page.show_answer(answer.answer)

    def _page_turned(self, _key: str) -> None:
        if (page := self.pages.current) is not None:
            page.take_up(self.wish.code, self.wish.region)
        self._shown_once = False
        self.refresh()

    def _show_data(self, answer: Answer) -> None:
        self._data.setCurrentIndex(1 if answer.blank else 0)
        self.wish = answer.wish
        self.tree.set_nodes(answer.nodes)
        self.tree.show_place(Place(answer.wish.group, answer.wish.code))
        self._show_board(answer.board)
        if answer.detail is not None:
            self._show_detail(answer.detail)

    def aim(self, target: dict[str, str]) -> None:
        """``code``, ``enterprise`` (id), ``region``, ``month`` (2021-03) and ``page`` (``pivot``), any of them."""
        wish = self.wish
        code = target.get("code", wish.code)
        self.pages.turn_to(target.get("page", DATA))
        self.wish = Wish(
            code=code,
            group="" if "code" in target else wish.group,
            enterprise=target.get("enterprise", wish.enterprise),
            region=target.get("region", wish.region),
        )
        before = self.desk.month
        if "month" in target:
            self._open_month(target["month"])
        if self.desk.month == before:
            self._invalidate()

    def focus_first(self) -> None:
        page = self.pages.current
        (page.focus_first if page is not None else self.table.setFocus)()

    # ------------------------------------------------------------------------------------------- table

    def _show_board(self, board: IndicatorBoard) -> None:
        self.table_card.set_title(board.group.rpartition("/")[2] or "全部指标")
        self.table_card.set_subtitle(f"{board.month_label} · {board.scope}")
        self.company.set_options([("", "全部"), *((c.key, c.name) for c in board.enterprises)], self.wish.enterprise)
        regions = [(c.key, c.name) for c in board.regions]
        self.region.set_options(regions, self.wish.region or None)
        with QSignalBlocker(self.table):
            columns = columns_for(board.lines)
            if columns != self.table.rows_model.columns:
                self.table.set_columns(columns, board.lines)
            else:
                self.table.set_rows(board.lines)
            self._mark(self.wish.code)

    def _mark(self, code: str) -> None:
        place = next((n for n, line in enumerate(self.table.rows) if line.figure.code == code), 0)
        self.table.select_row(place)

    def _line_marked(self, line: TableLine) -> None:
        code = line.figure.code
        if code == self.wish.code:
            return
        self.wish = Wish(code, self.wish.group, self.wish.enterprise, self.wish.region)
        self.tree.show_place(Place(self.wish.group, code))
        self._ask_detail()

    def _ask_detail(self) -> None:
        month, wish = self.desk.month, self.wish
        if month is None:
            return
        backend = self.desk.backend
        self.run(
            "detail",
            lambda _progress, _cancelled: backend.indicator_detail(
                wish.code, month, wish.enterprise_id, wish.region or None
            ),
            on_result=self._show_detail,
            lane=Lane.QUICK,
        )

    # ------------------------------------------------------------------------------------------- details

    def _show_detail(self, detail: IndicatorDetail) -> None:
        self.detail = detail
        trend = detail.trend
        self.trend_card.set_title(trend.title)
        words = [trend.unit, f"{len(trend.categories)} 个月"]
        if trend.highlights:
            words.append("★ 双11")
        self.trend_card.set_subtitle("，".join(filter(None, words)) if not trend.empty else "")
        self.trend.set_spec(trend)
        self.provenance.show_detail(detail)
        self._show_structure()
        self.answered.emit()

    def _show_structure(self) -> None:
        if self.detail is None:
            return
        companies = self.structure_choice.key == COMPANIES
        spec = self._marked(self.detail.ranking) if companies else self.detail.composition
        self.structure_card.set_title("企业" if companies else "分项")
        self.structure_card.set_subtitle(self.detail.figure.name if companies else spec.title)
        self.structure.set_spec(spec)

    def _marked(self, ranking: ChartSpec) -> ChartSpec:
        """The ranking with a pointer at the chosen company."""
        names = [
            f"▸{name}" if key == self.wish.enterprise else name
            for name, key in zip(ranking.categories, ranking.keys, strict=True)
        ]
        return replace(ranking, categories=tuple(names))

    # ------------------------------------------------------------------------------------------- 此数从何来

    def open_sources(self) -> None:
        """Show where the marked figure comes from."""
        if self.detail is not None:
            figure = self.detail.figure
            self.desk.trace(FigureAddress(figure.code, figure.period, "value", self.wish.enterprise, figure.region))

    def _figure_of(self, line: TableLine, column: int) -> FigureAddress:
        """The figure in a cell of the table."""
        shown = self.table.rows_model.columns[column]
        return table_figure(line, shown.head, shown.text(line), self.wish.enterprise)

    def _bar_figure(self, key: str, number: int) -> FigureAddress | None:
        """A company's bar, or one part of a column in its month."""
        month, spec = self.desk.month, self.structure.spec
        if self.structure_choice.key == PARTS or month is None:
            code = (spec.series[number].key if spec is not None else "") or self.wish.code
            return month_figure(code, key, subject=self.wish.enterprise, region=self.wish.region)
        return FigureAddress(self.wish.code, str(month), subject=key, region=self.wish.region)

    # ------------------------------------------------------------------------------------------- choices

    def _forget_choices(self) -> None:
        """Company and region belong to the ledger that has been closed."""
        self.wish = Wish(self.wish.code, self.wish.group)
        for page in self.pages.pages.values():
            page.forget()

    def _open_place(self, place: Place) -> None:
        code = place.code or next((c for c in (self.wish.code,) if place.group == self.wish.group), "")
        if place.group == self.wish.group and place.code:
            self._mark(place.code)
            return
        self.wish = Wish(code, place.group, self.wish.enterprise, self.wish.region)
        self.refresh()

    def _turn(self, *, enterprise: str | None = None, region: str | None = None) -> None:
        wish = self.wish
        self.wish = Wish(
            wish.code,
            wish.group,
            wish.enterprise if enterprise is None else enterprise,
            wish.region if region is None else region,
        )
        self.refresh()

    def _drill(self, key: str) -> None:
        """A bar of a company sets the filter (once more: all again); a column of the parts turns to its month."""
        if self.structure_choice.key == PARTS:
            self._open_month(key)
        else:
            self._turn(enterprise="" if key == self.wish.enterprise else key)

    def _open_month(self, key: str) -> None:
        try:
            self.desk.set_month(Month.parse(key))
        except ValueError:
            return
