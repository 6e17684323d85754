"""透视: one indicator by month, quarter or year × company, town or part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from PySide6.QtWidgets import QVBoxLayout

from desktop_app.models.values import Month
from desktop_app.services.results.pivot import Axis, LineKind, Measure, PivotBoard, PivotLine, PivotTable, Stretch
from desktop_app.services.results.tables import SheetCell, TableSheet
from desktop_app.services.results.tone import Tone
from desktop_app.views.charts.view import ChartView
from desktop_app.views.indicators.asking import FIRST_CODE
from desktop_app.views.indicators.pages import SubPage
from desktop_app.views.indicators.picker import IndicatorBox
from desktop_app.views.qtmodels.columns import Align, Column
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
MEASURES = ((Measure.VALUE, "数值"), (Measure.SHARE, "比重"), (Measure.YOY, "同比"))


def _cell(number: int, head: str, key: str) -> Column[PivotLine]:
    return Column(
        head,
        lambda line: line.cells[number].text,
        Align.RIGHT,
        tone=lambda line: _tone(line, number),
        tip=lambda line: line.cells[number].tip,
        ground=_ground,
        head_tip=key,
    )


def _tone(line: PivotLine, number: int) -> Tone | None:
    if line.kind is LineKind.NOTE:
        return Tone.WARN
    return None if line.cells[number].value is not None else Tone.NEUTRAL


def _ground(line: PivotLine) -> str:
    return "total_soft" if line.kind is LineKind.TOTAL else ""


@lru_cache(maxsize=32)
def pivot_columns(first: str, heads: tuple[str, ...], keys: tuple[str, ...]) -> tuple[Column[PivotLine], ...]:
    """The name of the line and one column per period."""
    lead: Column[PivotLine] = Column(first, lambda line: line.name, ground=_ground)
    return (lead, *(_cell(n, head, key) for n, (head, key) in enumerate(zip(heads, keys, strict=True))))


def pivot_sheet(table: PivotTable, first: str, subtitle: str) -> TableSheet:
    """The pivot as numbers; states stay words."""
    rows: list[tuple[SheetCell, ...]] = [
        (line.name, *(cell.value if cell.value is not None else cell.text for cell in line.cells))
        for line in table.lines
    ]
    bold = frozenset(n for n, line in enumerate(table.lines) if line.kind is LineKind.TOTAL)
    return TableSheet(f"{table.name}透视", subtitle, (first, *table.heads), tuple(rows), table.notes, bold, "透视")


class PivotPage(SubPage):
    """The page 透视."""

    key, name = "pivot", "透视"

    def build(self) -> None:
        self.board: PivotBoard | None = None
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
            button("复制到 WPS", self.copy_sheet, small=True, tip="复制整张表，可直接粘贴到 WPS 或 Excel"),
            button("导出 xlsx…", self.ask_export, small=True),
        ):
            self.card.add_action(widget)
        self.table: FrozenTable[PivotLine] = FrozenTable(pivot_columns("企业", (), ()), row_height=27)
        self.table.setAccessibleName("透视表")
        self.table.rows_model.emphasise(lambda line: line.kind is LineKind.TOTAL)
        self.table.current_changed.connect(self._show_chart)
        self.table.picked.connect(self._drill)
        self.empty = EmptyState()
        self.notes = Words("", "caption", wrap=True)
        self.card.add(self.table, 1)
        self.card.add(self.empty, 1)
        self.card.add(self.notes)
        self.chart_card = Card("走势")
        self.chart = ChartView()
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
        before = self.table.currentIndex().row()
        if table.lines:
            self.table.set_columns(pivot_columns(self._first, table.heads, table.keys), table.lines)
            total = next((n for n, line in enumerate(table.lines) if line.kind is LineKind.TOTAL), 0)
            self.table.select_row(before if 0 <= before < len(table.lines) else total)
            self.table.horizontalScrollBar().setValue(self.table.horizontalScrollBar().maximum())
        self.table.setVisible(bool(table.lines))
        self.empty.set_words("没有可透视的数", table.reason)
        self.empty.setVisible(not table.lines)
        self.notes.setText("；".join(table.notes))
        self.notes.setVisible(bool(table.notes))
        self.chart_card.setVisible(bool(table.lines))
        self._show_chart()

    def take_up(self, code: str, region: str) -> None:
        self.indicator.set_code(code)
        self.region.set_key(region)

    def forget(self) -> None:
        self.region.set_options(())

    def focus_first(self) -> None:
        (self.table if self.table.isVisible() else self.indicator).setFocus()

    def sheet(self) -> TableSheet | None:
        if self.board is None or not self.board.table.lines:
            return None
        measure = dict(MEASURES)[self.board.table.measure]
        subtitle = f"{dict(STRETCHES)[Stretch(self.stretch.key)]}　{measure}　单位：{self.board.table.unit}"
        return pivot_sheet(self.board.table, self._first, subtitle)

    @property
    def _first(self) -> str:
        return dict(AXES)[Axis(self.axis.key)]

    def _drill(self, line: PivotLine) -> None:
        """To the line's figures on 数据."""
        if line.kind is LineKind.ROW and self.board is not None:
            where = {Axis.COMPANY: "enterprise", Axis.TOWN: "region", Axis.PART: "code"}[Axis(self.axis.key)]
            self.host.aim({"code": self.board.table.code, where: line.key})

    def _show_chart(self, *_: object) -> None:
        """The line that is marked; of the words about who is lacking, the total's."""
        if self.board is None or not self.board.charts:
            return
        row = self.table.currentIndex().row()
        lines = self.board.table.lines
        number = row if 0 <= row < len(lines) else 0
        if lines[number].kind is LineKind.NOTE:
            number = next((n for n, line in enumerate(lines) if line.kind is LineKind.TOTAL), 0)
        spec = self.board.charts[number]
        self.chart_card.set_title(lines[number].name)
        self.chart_card.set_subtitle(f"{self.board.table.name}　{spec.unit}")
        self.chart.set_spec(replace(spec, keys=()))
