"""快递进村: key figures, township × brand heat map, trend, and the list of villages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.models.values import Month
from desktop_app.services.results.overview import Kpi
from desktop_app.services.results.rural import RuralBoard, TownRow
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.provenance.addresses import REACHED, card_figure, mode_figure, month_figure, villages_figure
from desktop_app.views.rural.doors import RuralDoor
from desktop_app.views.rural.panel import GAPS, RELAPSES, VILLAGES, VillagePanel
from desktop_app.views.rural.town_card import TownCard
from desktop_app.views.rural.villages import pace_tip, pace_words
from desktop_app.views.rural.work import RuralWork
from desktop_app.views.tab import Emptiness, Question, Tab
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.kpi import KpiRow
from desktop_app.views.widgets.scrolling import scrolling_page
from desktop_app.views.widgets.words import ElidedWords

TREND, STACK = "trend", "stack"
LEAST_WIDTH, LEAST_HEIGHT = 1080, 560

DEFINITION_OF = {code: definition for definition, code in REACHED.items()}
"""Indicator → definition (口径) that its card turns to."""


class RuralTab(Tab[RuralBoard]):
    """The tab of the village programme."""

    name = "快递进村"
    uses_charts = True

    def build(self) -> None:
        self._definition = "any"
        self._board: RuralBoard | None = None
        self.kpis = KpiRow(compact=True)
        self.kpis.picked.connect(self._open_kpi)
        self.kpis.tracer = lambda kpi: card_figure(kpi, self.desk.month)
        self.kpis.traced.connect(self.desk.trace)
        self.town_card = TownCard()
        self.definition = self.town_card.definition
        self.definition.chosen.connect(self.define)
        self.heat = self.town_card.heat
        self.heat.asked.connect(self._show_villages)
        for picture in (self.town_card.tiles, self.town_card.map):
            picture.asked.connect(lambda town: self._show_villages(town, ""))
        self.heat.tracer = self._cell_figure
        self.heat.traced.connect(self.desk.trace)
        self.trend_card = Card("通达率走势")
        self.trend_choice = SegmentedChoice(((TREND, "通达率"), (STACK, "方式")))
        self.trend_choice.chosen.connect(lambda _key: self._show_trend())
        self.trend_card.add_action(self.trend_choice)
        self.trend = ChartView()
        self.trend.picked.connect(lambda key: self.desk.set_month(Month.parse(key)))
        self.trend.tracer = lambda key: month_figure(
            REACHED.get(self._definition, REACHED["any"]), key, self._definition
        )
        self.trend.traced.connect(self.desk.trace)
        self.trend_card.add(self.trend, 1)
        self.pace = ElidedWords("", "muted")
        self.trend_card.add(self.pace)
        self.panel = VillagePanel()
        self.panel.trace_by(
            lambda unit: villages_figure(self._definition, self.desk.month, unit=unit),
            lambda mode: mode_figure(mode, self.desk.month),
            self.desk.trace,
        )
        self.door = RuralDoor(self)
        self.panel.add_action(self.door.press)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.trend_card, 2)
        right.addWidget(self.panel, 3)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.town_card, 135)
        columns.addLayout(right, 100)
        box = scrolling_page(self.page, LEAST_WIDTH, LEAST_HEIGHT)
        box.addWidget(self.kpis)
        box.addLayout(columns, 1)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)
        self.work = RuralWork(self, self.town_card)
        self.panel.village_asked.connect(self.work.open_village)
        self.listen(self.desk.ledger_changed, self.work.forget)
        self.listen(self.desk.ledger_changed, self.door.past.forget)

    def question(self, month: Month) -> Question[RuralBoard]:
        definition = self._definition
        return lambda: self.desk.backend.rural(month, definition)

    def emptiness(self, answer: RuralBoard) -> Emptiness | None:
        if not answer.empty_reason:
            return None
        return Emptiness("还没有进村数据", answer.empty_reason, "去导入", "数据导入")

    def show_answer(self, answer: RuralBoard) -> None:
        self.kpis.set_kpis([self._leading(kpi) for kpi in answer.kpis])
        self._board = answer
        self.town_card.set_board(answer)
        self._show_trend()
        self.panel.set_board(answer)
        self.work.board_shown()

    def aim(self, target: dict[str, str]) -> None:
        """What is asked for.

        ``review`` (a file): go through a new list of villages. ``definition`` or ``code`` of a rate; ``village`` (its
        code), ``town``, ``brand``, ``state`` of the list.
        """
        if "review" in target:
            self.door.review(Path(target["review"]))
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

    def _show_trend(self) -> None:
        """The rate with its pace, or the modes stacked."""
        board = self._board
        if board is None:
            return
        stacked = self.trend_choice.key == STACK and board.modes_trend is not None
        spec = board.modes_trend if stacked and board.modes_trend is not None else board.trend
        self.trend_card.set_title(spec.title)
        self.trend_card.set_subtitle(f"{spec.unit}，近 {len(spec.categories)} 个月")
        self.trend.set_spec(spec)
        paces = board.watch.paces if board.watch is not None else ()
        self.pace.setText(pace_words(paces))
        self.pace.setToolTip(pace_tip(paces))
        self.pace.setVisible(bool(paces) and not stacked)

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
        if self.panel.view not in {GAPS, VILLAGES, RELAPSES}:
            self.panel.turn_to(VILLAGES)
        self.panel.search.setFocus()
        self.panel.search.selectAll()
