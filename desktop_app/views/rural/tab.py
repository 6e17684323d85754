"""快递进村: key figures, township × brand heat map, trend, and the list of villages."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.models.values import Month
from desktop_app.services.results.overview import Kpi
from desktop_app.services.results.rural import RuralBoard, TownRow
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.provenance.addresses import REACHED, card_figure, mode_figure, month_figure, villages_figure
from desktop_app.views.rural.heat import LOW_PCT, TownHeat
from desktop_app.views.rural.panel import GAPS, VILLAGES, VillagePanel
from desktop_app.views.tab import Emptiness, Question, Tab
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.kpi import KpiRow
from desktop_app.views.widgets.scrolling import scrolling_page

LEAST_WIDTH, LEAST_HEIGHT = 1080, 560

DEFINITION_OF = {code: definition for definition, code in REACHED.items()}
"""Indicator → definition (口径) that its card turns to."""


class RuralTab(Tab[RuralBoard]):
    """The tab of the village programme."""

    name = "快递进村"
    uses_charts = True

    def build(self) -> None:
        self._definition = "any"
        self.kpis = KpiRow(compact=True)
        self.kpis.picked.connect(self._open_kpi)
        self.kpis.tracer = lambda kpi: card_figure(kpi, self.desk.month)
        self.kpis.traced.connect(self.desk.trace)
        self.definition = DropDown("口径", (("any", "任一品牌通达"),))
        self.definition.chosen.connect(self.define)
        self.heat_card = Card("乡镇 × 品牌通达", f"通达村占比 %，斜纹为低于 {LOW_PCT}%")
        self.heat_card.add_action(self.definition)
        self.heat = TownHeat()
        self.heat.asked.connect(self._show_villages)
        self.heat.tracer = self._cell_figure
        self.heat.traced.connect(self.desk.trace)
        self.heat_card.add(self.heat, 1)
        self.trend_card = Card("通达率走势")
        self.trend = ChartView()
        self.trend.picked.connect(lambda key: self.desk.set_month(Month.parse(key)))
        self.trend.tracer = lambda key: month_figure(
            REACHED.get(self._definition, REACHED["any"]), key, self._definition
        )
        self.trend.traced.connect(self.desk.trace)
        self.trend_card.add(self.trend, 1)
        self.panel = VillagePanel()
        self.panel.trace_by(
            lambda unit: villages_figure(self._definition, self.desk.month, unit=unit),
            lambda mode: mode_figure(mode, self.desk.month),
            self.desk.trace,
        )
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.trend_card, 2)
        right.addWidget(self.panel, 3)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.heat_card, 135)
        columns.addLayout(right, 100)
        box = scrolling_page(self.page, LEAST_WIDTH, LEAST_HEIGHT)
        box.addWidget(self.kpis)
        box.addLayout(columns, 1)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)

    def question(self, month: Month) -> Question[RuralBoard]:
        definition = self._definition
        return lambda: self.desk.backend.rural(month, definition)

    def emptiness(self, answer: RuralBoard) -> Emptiness | None:
        if not answer.empty_reason:
            return None
        return Emptiness("还没有进村数据", answer.empty_reason, "去导入", "数据导入")

    def show_answer(self, answer: RuralBoard) -> None:
        self.definition.set_options(answer.definitions, answer.definition)
        self.kpis.set_kpis([self._leading(kpi) for kpi in answer.kpis])
        self.heat.set_board(answer)
        self.trend_card.set_title(answer.trend.title)
        self.trend_card.set_subtitle(f"{answer.trend.unit}，近 {len(answer.trend.categories)} 个月")
        self.trend.set_spec(answer.trend)
        self.panel.set_board(answer)

    def aim(self, target: dict[str, str]) -> None:
        """``definition`` or ``code`` of a rate; ``village`` (its code), ``town``, ``brand``, ``state`` of the list."""
        definition = target.get("definition") or DEFINITION_OF.get(target.get("code", ""), "")
        if definition:
            self.define(definition)
        wanted: dict[str, str] = {name: target[name] for name in ("town", "brand", "mode", "state") if name in target}
        if "village" in target:
            wanted["words"] = target["village"]
        if wanted:
            self.panel.ask(view=target.get("view", VILLAGES), **wanted)

    def focus_first(self) -> None:
        self.heat.setFocus()

    def define(self, definition: str) -> None:
        """Turn to another definition of “reached” (口径)."""
        self._definition = definition
        self.refresh()

    # ------------------------------------------------------------------------------------------- leading on

    def _leading(self, kpi: Kpi) -> Kpi:
        """The card with its footnote beside its change, and leading into this tab."""
        return replace(kpi, aside=kpi.aside or (kpi.footnote if kpi.change else ""), tab=self.name)

    def _open_kpi(self, kpi: Kpi) -> None:
        definition = DEFINITION_OF.get(kpi.code)
        if definition is not None:
            self.define(definition)
            self.panel.ask(view=GAPS)
        elif kpi.code == "RUR.YK.VIL":
            self.panel.ask(mode="邮快")
        elif kpi.code == "RUR.FREQ3":
            self.panel.ask(state="seldom")
        else:
            self.panel.ask()

    def _cell_figure(self, row: TownRow, column: int) -> FigureAddress | None:
        """The figure of a cell of the heat map: villages, a brand's share, the rate."""
        code = "RUR.VILLAGES" if self.heat.rows_model.columns[column].head == "村" else ""
        brand = self.heat.brand_of(column)
        return villages_figure(self._definition, self.desk.month, unit=row.code, brand=brand, code=code)

    def _show_villages(self, town: str, brand: str) -> None:
        view = VILLAGES if brand or self.panel.view not in {GAPS, VILLAGES} else self.panel.view
        self.panel.ask(view=view, town=town, brand=brand)

    def _find(self) -> None:
        if self.panel.view not in {GAPS, VILLAGES}:
            self.panel.turn_to(VILLAGES)
        self.panel.search.setFocus()
        self.panel.search.selectAll()
