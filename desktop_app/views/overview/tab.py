"""总览: steps of the month, five key figures, who has reported, the trend, what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from desktop_app.models.values import Month
from desktop_app.services.results.overview import Alarm, DutyRow, Kpi, Overview, Step
from desktop_app.views.charts.view import ChartView
from desktop_app.views.provenance.addresses import VOLUME, card_figure, duty_figure, month_figure
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.tab import Emptiness, Question, Tab
from desktop_app.views.widgets.alarms import AlarmList
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.kpi import KpiRow
from desktop_app.views.widgets.stepbar import StepBar
from desktop_app.views.widgets.table import DataTable

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

NARROW = 1080
"""Below this width three cards in a row are too narrow to read."""

COLUMNS: tuple[Column[DutyRow], ...] = (
    Column("企业", lambda r: r.enterprise),
    Column("状态", lambda r: r.state, kind=CellKind.TAG, tone=lambda r: r.tone),
    Column("业务量(件)", lambda r: r.volume, Align.RIGHT),
    Column("同比", lambda r: r.yoy, Align.RIGHT),
    Column("问题", lambda r: r.problem, muted=True, stretch=True),
)


class OverviewTab(Tab[Overview]):
    """The first tab."""

    name = "总览"
    uses_charts = True

    def build(self) -> None:
        self.steps = StepBar()
        self.steps.picked.connect(self._open_step)
        bar = Card(margin=20)
        bar.add(self.steps)
        self.kpis = KpiRow()
        self.kpis.picked.connect(self._open_kpi)
        self.kpis.tracer = lambda kpi: card_figure(kpi, self.desk.month)
        self.kpis.traced.connect(self.desk.trace)
        self.duties_card = Card("企业报送")
        self.duties: DataTable[DutyRow] = DataTable(COLUMNS, row_height=27)
        self.duties.picked.connect(self._open_duty)
        self.duties.setAccessibleName("企业报送")
        self.duties.tracer = lambda row, column: duty_figure(row, column, self.desk.month)
        self.duties.traced.connect(self.desk.trace)
        self.duties_card.add(self.duties, 1)
        self.chart_card = Card("走势")
        self.chart = ChartView()
        self.chart.picked.connect(self._open_month)
        self.chart.tracer = lambda key: month_figure(VOLUME, key)
        self.chart.traced.connect(self.desk.trace)
        self.chart_card.add(self.chart, 1)
        self.alarm_card = Card("要处理的事", "按轻重")
        self.alarms = AlarmList()
        self.alarms.picked.connect(self._open_alarm)
        self.alarms.setAccessibleName("要处理的事")
        self.calm = EmptyState("没有要处理的事", "本月数据齐全，没有发现问题。")
        self.alarm_card.add(self.alarms, 1)
        self.alarm_card.add(self.calm, 1)
        for card in (self.duties_card, self.chart_card, self.alarm_card):
            card.setMinimumHeight(240)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._narrow: bool | None = None
        box = self.page_layout()
        box.addWidget(bar)
        box.addWidget(self.kpis)
        box.addLayout(self._grid, 1)
        self._arrange(narrow=False)

    def _arrange(self, *, narrow: bool) -> None:
        """Three cards in a row, or two and one below when the window is narrow."""
        if narrow is self._narrow:
            return
        self._narrow = narrow
        for card in (self.duties_card, self.chart_card, self.alarm_card):
            self._grid.removeWidget(card)
        self._grid.addWidget(self.duties_card, 0, 0)
        self._grid.addWidget(self.chart_card, 0, 1)
        if narrow:
            self._grid.addWidget(self.alarm_card, 1, 0, 1, 2)
        else:
            self._grid.addWidget(self.alarm_card, 0, 2)
        for column, share in enumerate((115, 100, 0 if narrow else 95)):
            self._grid.setColumnStretch(column, share)
        self.duties_card.setMinimumHeight(400 if narrow else 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < NARROW)

    def question(self, month: Month) -> Question[Overview]:
        return lambda: self.desk.backend.overview(month)

    def emptiness(self, answer: Overview) -> Emptiness | None:
        if not answer.empty_reason:
            return None
        return Emptiness(f"{answer.month_label}还没有数据", answer.empty_reason, "导入文件", "数据导入")

    def show_answer(self, answer: Overview) -> None:
        self.steps.set_steps(answer.steps)
        self.kpis.set_kpis(answer.kpis)
        self.duties_card.set_subtitle(f"{answer.month_label} · 截止 {answer.due_label}" if answer.due_label else "")
        self.duties.set_rows(answer.duties)
        self.chart_card.set_title(answer.chart.title)
        self.chart_card.set_subtitle(f"{answer.chart.unit}，近 {len(answer.chart.categories)} 个月")
        self.chart.set_spec(answer.chart)
        self.alarms.set_alarms(answer.alarms)
        self.alarms.setVisible(bool(answer.alarms))
        self.calm.setVisible(not answer.alarms)
        self.desk.set_badge(self.name, len(answer.alarms))

    def focus_first(self) -> None:
        self.duties.setFocus()

    # ------------------------------------------------------------------------------------------- leading on

    def _open_step(self, step: Step) -> None:
        self.desk.go(step.tab)

    def _open_kpi(self, kpi: Kpi) -> None:
        self.desk.go(kpi.tab, code=kpi.code)

    def _open_duty(self, row: DutyRow) -> None:
        """A company that has reported opens in 行业指标; one that has not leads to 数据导入."""
        if row.batches:
            self.desk.go("行业指标", enterprise=str(row.enterprise_id))
        else:
            self.desk.go("数据导入", enterprise=str(row.enterprise_id))

    def _open_month(self, key: str) -> None:
        self.desk.go("行业指标", month=key)

    def _open_alarm(self, alarm: Alarm) -> None:
        if alarm.tab:
            self.desk.go(alarm.tab, **dict(alarm.target))
