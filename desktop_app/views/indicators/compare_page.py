"""对比: up to four indicators over two or five years, brought to a base month, as growth, or as they stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.models.values import Month
from desktop_app.services.results.pivot import CompareBoard, CompareRow, CompareView
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
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

VIEWS = ((CompareView.INDEX, "定基指数"), (CompareView.YOY, "同比"), (CompareView.VALUE, "数值"))
SPANS = (("24", "近24个月"), ("60", "近5年"))
BOXES = 4
SECOND_CODE = "MKT.REV"


def _cell(number: int, head: str) -> Column[CompareRow]:
    return Column(
        head,
        lambda row: row.cells[number].text,
        Align.RIGHT,
        tone=lambda row: None if row.cells[number].value is not None else Tone.NEUTRAL,
        tip=lambda row: row.cells[number].tip,
    )


@lru_cache(maxsize=32)
def compare_columns(heads: tuple[str, ...]) -> tuple[Column[CompareRow], ...]:
    """The month and one column per indicator."""
    return (Column("月份", lambda row: row.month), *(_cell(n, head) for n, head in enumerate(heads)))


class ComparePage(SubPage):
    """The page 对比."""

    key, name = "compare", "对比"

    def build(self) -> None:
        self.board: CompareBoard | None = None
        self.boxes = tuple(IndicatorBox(f"对比的第{n + 1}个指标", optional=n > 0) for n in range(BOXES))
        self.boxes[0].set_code(FIRST_CODE)
        self.boxes[1].set_code(SECOND_CODE)
        self.view = SegmentedChoice([(key.value, name) for key, name in VIEWS])
        self.span = DropDown("期间", SPANS)
        self.base = DropDown("基期", ())
        self.region = DropDown("地区", ())
        for box in self.boxes:
            box.chosen.connect(lambda _code: self.changed.emit())
        for choice in (self.view, self.span, self.base, self.region):
            choice.chosen.connect(lambda _key: self.changed.emit())
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(Words("指标", "caption"))
        for box in self.boxes:
            bar.addWidget(box, 1)
        self.card = Card("对比")
        self.chart = ChartView()
        self.chart.picked.connect(self._open_month)
        for widget in (
            self.view,
            self.span,
            self.base,
            self.region,
            button("复制图片", self.chart.copy_picture, small=True),
            button("复制数字", self.chart.copy_numbers, small=True),
        ):
            self.card.add_action(widget)
        self.card.add_layout(bar)
        self.card.add(self.chart, 1)
        self.table_card = Card("各月")
        self.table: DataTable[CompareRow] = DataTable(compare_columns(()), row_height=26)
        self.table.setAccessibleName("对比表")
        self.notes = Words("", "caption", wrap=True)
        for made in (
            button("复制到 WPS", self.copy_sheet, small=True),
            button("导出 xlsx…", self.ask_export, small=True),
        ):
            self.table_card.add_action(made)
        self.table_card.add(self.table, 1)
        self.table_card.add(self.notes)
        box_ = QVBoxLayout(self)
        box_.setContentsMargins(0, 0, 0, 0)
        box_.setSpacing(12)
        box_.addWidget(self.card, 58)
        box_.addWidget(self.table_card, 42)

    def question(self, month: Month) -> Callable[[], object]:
        backend = self.desk.backend
        codes = tuple(box.code for box in self.boxes if box.code) or (FIRST_CODE,)
        months, view, region = int(self.span.key), CompareView(self.view.key), self.region.key
        base = Month.parse(self.base.key) if self.base.key else None
        return lambda: backend.compare(codes, month, months, view, base, region)

    def show_answer(self, answer: object) -> None:
        if not isinstance(answer, CompareBoard):
            return
        self.board = answer
        for box in self.boxes:
            box.set_nodes(self.nodes)
        self.base.set_options([(c.key, c.name) for c in answer.bases], answer.base or None)
        self.base.setVisible(answer.view is CompareView.INDEX and bool(answer.bases))
        self.region.set_options([(c.key, c.name) for c in answer.regions])
        self.region.setVisible(len(answer.regions) > 1)
        self.card.set_title("对比")
        self.card.set_subtitle(answer.chart.title)
        self.chart.set_spec(answer.chart)
        self.table_card.set_subtitle(f"{len(answer.rows)} 个月")
        # The newest month first, where the eye begins.
        self.table.set_columns(compare_columns(self._heads(answer)), tuple(reversed(answer.rows)))
        self.notes.setText("；".join(answer.notes))
        self.notes.setVisible(bool(answer.notes))

    def take_up(self, code: str, region: str) -> None:
        if code not in {box.code for box in self.boxes}:
            self.boxes[0].set_code(code)
        self.region.set_key(region)

    def forget(self) -> None:
        self.region.set_options(())
        self.base.set_options(())

    def focus_first(self) -> None:
        self.boxes[0].setFocus()

    def sheet(self) -> TableSheet | None:
        board = self.board
        if board is None or not any(cell.value is not None for row in board.rows for cell in row.cells):
            return None
        rows: list[tuple[SheetCell, ...]] = [
            (row.month, *(cell.value if cell.value is not None else cell.text for cell in row.cells))
            for row in board.rows
        ]
        heads = ("月份", *self._heads(board))
        return TableSheet("指标对比", board.chart.title, heads, tuple(rows), board.notes, name="对比")

    @staticmethod
    def _heads(board: CompareBoard) -> tuple[str, ...]:
        if board.view is CompareView.INDEX:
            return board.names
        return tuple(f"{name}（{unit}）" for name, unit in zip(board.names, board.units, strict=True))

    def _open_month(self, key: str) -> None:
        self.desk.set_month(Month.parse(key))
