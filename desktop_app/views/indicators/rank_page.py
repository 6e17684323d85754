"""名次: companies or towns in order, with the places won and lost."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.models.values import Month
from desktop_app.services.results.pivot import Axis, RankBoard, RankRow
from desktop_app.services.results.tables import SheetCell, TableSheet
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.indicators import words
from desktop_app.views.indicators.asking import FIRST_CODE
from desktop_app.views.indicators.one_indicator import OneIndicatorPage
from desktop_app.views.indicators.picker import IndicatorBox
from desktop_app.views.provenance.pages import rank_figure
from desktop_app.views.qtmodels.columns import Align, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown, SegmentedChoice
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

MONTH, TO_DATE = "month", "ytd"
ALL_COLUMNS = 9
"""With the share, which some indicators do not have."""


def move_words(move: int | None, before: int | None, rank: int | None) -> str:
    """``↑2``, ``↓1``, ``持平``; a company that had no place then is new in the ranking."""
    if move is None:
        return "新进" if rank is not None and before is None else words.DASH
    if move == 0:
        return "持平"
    return f"↑{move}" if move > 0 else f"↓{-move}"


def _move_tone(move: int | None) -> Tone | None:
    if move is None or move == 0:
        return Tone.NEUTRAL
    return None if move > 0 else Tone.BAD


def _place(rank: int | None) -> str:
    return words.DASH if rank is None else str(rank)


def _rate(value: Decimal | None) -> str:
    return words.signed(value)


def rank_columns(unit: str, first: str, *, shares: bool) -> tuple[Column[RankRow], ...]:
    """Place, name, amount, share, growth, and where it stood before."""
    share: tuple[Column[RankRow], ...] = (
        Column("比重%", lambda r: words.DASH if r.share_pct is None else f"{r.share_pct:.1f}", Align.RIGHT),
    )
    return (
        Column("名次", lambda r: _place(r.rank), Align.RIGHT, bold=True),
        Column(first, lambda r: r.name, stretch=True),
        Column(
            unit or "数值", lambda r: r.text, Align.RIGHT, tone=lambda r: None if r.value is not None else Tone.NEUTRAL
        ),
        *(share if shares else ()),
        Column("同比%", lambda r: _rate(r.yoy_pct), Align.RIGHT),
        Column("上期名次", lambda r: _place(r.last_month), Align.RIGHT, muted=True),
        Column(
            "比上期",
            lambda r: move_words(r.month_move, r.last_month, r.rank),
            Align.RIGHT,
            tone=lambda r: _move_tone(r.month_move),
        ),
        Column("上年名次", lambda r: _place(r.last_year), Align.RIGHT, muted=True),
        Column(
            "比上年",
            lambda r: move_words(r.year_move, r.last_year, r.rank),
            Align.RIGHT,
            tone=lambda r: _move_tone(r.year_move),
        ),
    )


class RankPage(OneIndicatorPage):
    """The page 名次."""

    key, name = "rank", "名次"

    def build(self) -> None:
        self.board: RankBoard | None = None
        self.indicator = IndicatorBox("排名次的指标")
        self.indicator.set_code(FIRST_CODE)
        self.axis = SegmentedChoice(((Axis.COMPANY.value, "企业"), (Axis.TOWN.value, "乡镇")))
        self.span = SegmentedChoice(((MONTH, "本月"), (TO_DATE, "累计")))
        self.region = DropDown("地区", ())
        for choice in (self.indicator, self.axis, self.span, self.region):
            choice.chosen.connect(lambda _key: self.changed.emit())
        self.card = Card("名次")
        for widget in (
            self.indicator,
            self.axis,
            self.span,
            self.region,
            button("复制到 WPS", self.copy_sheet, small=True),
            button("导出 xlsx…", self.ask_export, small=True),
        ):
            self.card.add_action(widget)
        self.table: DataTable[RankRow] = DataTable(rank_columns("", "企业", shares=True), row_height=28)
        self.table.setAccessibleName("名次表")
        self.table.picked.connect(lambda row: self._drill(row.key))
        self.table.tracer = self._figure_of
        self.table.traced.connect(self.desk.trace)
        self.empty = EmptyState()
        self.notes = Words("", "caption", wrap=True)
        self.card.add(self.table, 1)
        self.card.add(self.empty, 1)
        self.card.add(self.notes)
        self.chart_card = Card("名次图")
        self.chart = ChartView()
        self.chart.picked.connect(self._drill)
        self.chart.tracer = self._bar_figure
        self.chart.traced.connect(self.desk.trace)
        for made in (
            button("复制图片", self.chart.copy_picture, small=True),
            button("复制数字", self.chart.copy_numbers, small=True),
        ):
            self.chart_card.add_action(made)
        self.chart_card.add(self.chart, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.card, 64)
        row.addWidget(self.chart_card, 36)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row, 1)

    def question(self, month: Month) -> Callable[[], object]:
        backend = self.desk.backend
        code, axis, region = self.indicator.code, Axis(self.axis.key), self.region.key
        cumulative = self.span.key == TO_DATE
        return lambda: backend.ranking(code, month, axis, cumulative=cumulative, region=region)

    def show_answer(self, answer: object) -> None:
        if not isinstance(answer, RankBoard):
            return
        self.board = answer
        self.indicator.set_nodes(self.nodes)
        self.region.set_options([(c.key, c.name) for c in answer.regions])
        self.region.setVisible(len(answer.regions) > 1)
        self.card.set_title(answer.name)
        self.card.set_subtitle(f"{answer.period_label} · {answer.unit}")
        self.table.set_columns(self._columns(answer), answer.rows)
        self.table.setVisible(bool(answer.rows))
        self.empty.set_words("没有名次可排", answer.reason)
        self.empty.setVisible(not answer.rows)
        self.notes.setText("；".join(answer.notes) if answer.rows else "")
        self.notes.setVisible(bool(answer.notes) and bool(answer.rows))
        self.chart.set_spec(answer.chart)

    def sheet(self) -> TableSheet | None:
        board = self.board
        if board is None or not board.rows:
            return None
        columns = self._columns(board)
        rows = tuple(_sheet_row(row, shares=len(columns) == ALL_COLUMNS) for row in board.rows)
        heads = tuple(column.head for column in columns)
        subtitle = f"{board.period_label}　单位：{board.unit}"
        return TableSheet(f"{board.name}名次", subtitle, heads, rows, board.notes, name="名次")

    def _drill(self, key: str) -> None:
        """To the figures of a company or town on 数据."""
        if self.board is not None:
            where = "enterprise" if self.axis.key == Axis.COMPANY.value else "region"
            self.host.aim({"code": self.board.code, where: key})

    def _figure_of(self, row: RankRow, column: int) -> FigureAddress | None:
        head = self.table.rows_model.columns[column].head
        return rank_figure(self.board, row, head) if self.board is not None else None

    def _bar_figure(self, key: str) -> FigureAddress | None:
        rows = self.board.rows if self.board is not None else ()
        row = next((each for each in rows if each.key == key), None)
        return rank_figure(self.board, row) if self.board is not None and row is not None else None

    def _columns(self, board: RankBoard) -> tuple[Column[RankRow], ...]:
        first = "企业" if self.axis.key == Axis.COMPANY.value else "乡镇"
        return rank_columns(board.unit, first, shares=any(row.share_pct is not None for row in board.rows))


def _sheet_row(row: RankRow, *, shares: bool) -> tuple[SheetCell, ...]:
    return (
        _number(row.rank),
        row.name,
        row.value if row.value is not None else row.text,
        *((row.share_pct,) if shares else ()),
        row.yoy_pct,
        _number(row.last_month),
        move_words(row.month_move, row.last_month, row.rank),
        _number(row.last_year),
        move_words(row.year_move, row.last_year, row.rank),
    )


def _number(rank: int | None) -> SheetCell:
    return "—" if rank is None else rank
