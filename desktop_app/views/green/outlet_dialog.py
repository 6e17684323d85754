"""网点与评分: every outlet with its green flags, the sorting centres, and who has been scored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.scoring import OutletBoard, OutletRates, OutletRow, SheetEvent
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

_TONES = {"是": Tone.GOOD, "否": Tone.WARN}


def _flag_tone(flag: str) -> Tone:
    return _TONES.get(flag, Tone.NEUTRAL)


def _verdict_tone(row: OutletRow) -> Tone:
    if row.passed is None:
        return Tone.NEUTRAL
    return Tone.GOOD if row.passed else Tone.WARN


def _tip(row: OutletRow) -> str:
    return "名录里的“绿色网点”标志和评分结果不一致，请核对名录" if row.differs else ""


OUTLETS: tuple[Column[OutletRow], ...] = (
    Column("网点", lambda r: r.name, bold=True, stretch=True),
    Column("企业", lambda r: r.company or "—"),
    Column("类别", lambda r: r.kind, muted=True),
    Column("乡镇、村", lambda r: r.place or "—", muted=True),
    Column("备案", lambda r: "有" if r.filing_no else "—", muted=True, tip=lambda r: r.filing_no),
    Column(
        "绿色网点",
        lambda r: r.green + (" ≠" if r.differs else ""),
        kind=CellKind.TAG,
        tone=lambda r: Tone.BAD if r.differs else _flag_tone(r.green),
        tip=_tip,
    ),
    Column("回收装置", lambda r: r.recycling, kind=CellKind.TAG, tone=lambda r: _flag_tone(r.recycling)),
    Column("标准化", lambda r: r.standardised, kind=CellKind.TAG, tone=lambda r: _flag_tone(r.standardised)),
    Column("评分", lambda r: r.verdict or "未评", kind=CellKind.TAG, tone=_verdict_tone),
    Column("评分日期", lambda r: r.made_on or "—", muted=True),
)

SHEETS: tuple[Column[SheetEvent], ...] = (
    Column("号", lambda e: str(e.sheet.id), Align.RIGHT),
    Column("评分日期", lambda e: e.made_on),
    Column("得分", lambda e: e.verdict, bold=lambda e: e.state == "在用"),
    Column("评分人", lambda e: e.assessor),
    Column(
        "状态", lambda e: e.state, kind=CellKind.TAG, tone=lambda e: Tone.GOOD if e.state == "在用" else Tone.NEUTRAL
    ),
    Column("改正、撤回的原因", lambda e: e.reason or "—", stretch=True),
    Column("录入", lambda e: e.entered, muted=True),
)


FLAGS, RATES = "flags", "rates"
"""What the list shows: flags and scores of the register's outlets, or the month's rates of the sheets by outlet."""


def rate_columns(heads: Sequence[tuple[str, str]]) -> tuple[Column[OutletRates], ...]:
    """Outlet, company, then one column a rate."""
    return (
        Column("网点", lambda r: r.outlet, bold=True, stretch=True),
        Column("企业", lambda r: r.company or "—"),
        *(_rate_column(code, name) for code, name in heads),
    )


def _rate_column(code: str, name: str) -> Column[OutletRates]:
    return Column(
        name,
        lambda r: r.rates[code].text if code in r.rates else "未报",
        Align.RIGHT,
        tip=lambda r: r.rates[code].basis if code in r.rates else "",
        head_tip="%，网点自己的分子 ÷ 分母；◇ 只报了比率，不计入企业和全县",
    )


class OutletDialog(FrameDialog):
    """Asks for a sheet to be scored, opened or withdrawn.

    ``score_asked(OutletRow | None)`` (None: a sorting centre), ``sheet_asked(ScoreSheet, in_force)`` (a stored one),
    ``withdraw_asked(number, reason)``.
    """

    score_asked = Signal(object)
    sheet_asked = Signal(object, bool)
    withdraw_asked = Signal(int, str)

    def __init__(self, board: OutletBoard, parent: QWidget | None = None) -> None:
        super().__init__("网点与评分", parent)
        self._board = board
        self.search = QLineEdit()
        self.search.setPlaceholderText("查网点、企业、乡镇")
        self.search.textChanged.connect(self._fill)
        self.words = Words("", "caption", wrap=True)
        self.table: DataTable[OutletRow] = DataTable(OUTLETS, row_height=28)
        self.table.setAccessibleName("网点")
        self.table.current_changed.connect(self._row_chosen)
        self.table.picked.connect(self.score_asked)
        self.rates: DataTable[OutletRates] = DataTable((), row_height=28)
        self.rates.setAccessibleName("网点本月比率")
        self.rates.hide()
        self.shown = DropDown("看")
        self.shown.set_options(((FLAGS, "标志和评分"), (RATES, "本月比率")), FLAGS)
        self.shown.chosen.connect(self._turn)
        self.sheets: DataTable[SheetEvent] = DataTable(SHEETS, row_height=26)
        self.sheets.setAccessibleName("评分记录")
        self.sheets.setFixedHeight(128)
        self.sheets.current_changed.connect(self._sheet_chosen)
        self.sheets.picked.connect(lambda event: self.sheet_asked.emit(event.sheet, event.in_force))
        self.sheets_head = Words("", "heading")
        self.message = Words("", wrap=True)
        self.ask = AskBar()
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.shown)
        head.addWidget(self.search)
        self.search.setMinimumWidth(220)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.rates, 1)
        self.body.addWidget(self.sheets_head)
        self.body.addWidget(self.sheets)
        self.body.addWidget(self.message)
        self.body.addWidget(self.ask)
        self.withdraw = button("撤回评分…", self._ask_withdraw)
        self.score = button("评分…　Enter", self._score, kind="primary")
        self.reopen = button("打开、改正…", self._reopen, tip="打开所选的评分表：看、打印，或写明原因改正")
        self.buttons.addWidget(self.withdraw)
        self.buttons.addWidget(self.reopen)
        self.buttons.addWidget(button("评分拨中心…", lambda: self.score_asked.emit(None)))
        self.buttons.addWidget(self.score)
        self.buttons.addWidget(button("复制", self._copy))
        self.buttons.addWidget(button("关闭　Esc", self.accept))
        self.show_board(board)
        self.table.setFocus()
        self.resize(1180, 640)

    def show_board(self, board: OutletBoard, done: str = "") -> None:
        """Show the list; ``done`` says what has just been stored."""
        self._board = board
        self._fill()
        self.say(done, Tone.GOOD)

    def _turn(self, _key: str) -> None:
        """Flags and scores, or the month's rates; a row of rates is not scored."""
        rates = self.shown.key == RATES
        self.table.setVisible(not rates)
        self.rates.setVisible(rates)
        self.sheets_head.setVisible(not rates)
        self._fill()

    def _words(self) -> str:
        if self.shown.key == FLAGS:
            return f"{self._board.words}。标志取自网点名录，评分取最近一张。"
        month = Month.parse(self._board.month).label
        if not self._board.rates:
            return f"{month}没有分网点的绿色包装表。请企业按“企业、网点、分子、分母”每行一个网点报送。"
        return f"{month} {len(self._board.rates)} 个网点报了数（%）；◇ 只报了比率，不计入企业和全县。"

    def _copy(self) -> None:
        (self.rates if self.shown.key == RATES else self.table).copy_all()

    def say(self, words: str, tone: Tone) -> None:
        """One line below the list."""
        self.message.setText(words)
        self.message.set_tone(tone)
        self.message.setVisible(bool(words))

    def _fill(self, *_: object) -> None:
        self.words.setText(self._words())
        marked = self.table.current_row
        wanted = self.search.text().strip()
        rates = [each for each in self._board.rates if wanted in f"{each.outlet} {each.company}"]
        self.rates.set_columns(rate_columns(self._board.heads), rates)
        rows = [row for row in self._board.rows if wanted in f"{row.name} {row.company} {row.place} {row.kind}"]
        self.table.set_rows(rows)
        if marked is None or not self.table.select_where(lambda row: (row.id, row.name) == (marked.id, marked.name)):
            self.table.select_row(0)
        self._row_chosen(self.table.current_row)

    def _row_chosen(self, row: OutletRow | None) -> None:
        flags = self.shown.key == FLAGS
        self.score.setEnabled(row is not None and flags)
        events = row.history if row is not None and flags else ()
        name = row.name if row is not None else ""
        self.sheets_head.setText(f"{name}的评分记录" if events else f"{name}还没有评过分")
        self.sheets.setVisible(bool(events))
        self.sheets.set_rows(events)
        if not self.sheets.select_where(lambda event: event.state == "在用"):
            self.sheets.select_row(0)
        self._sheet_chosen(self.sheets.current_row)

    def _sheet_chosen(self, event: SheetEvent | None) -> None:
        self.withdraw.setEnabled(event is not None and event.in_force)
        self.reopen.setEnabled(event is not None)

    def _reopen(self) -> None:
        event = self.sheets.current_row
        if event is not None:
            self.sheet_asked.emit(event.sheet, event.in_force)

    def _score(self) -> None:
        if self.table.current_row is not None:
            self.score_asked.emit(self.table.current_row)

    def _ask_withdraw(self) -> None:
        event = self.sheets.current_row
        if event is None or not event.in_force:
            return
        number = event.sheet.id
        self.ask.ask(
            f"撤回“{event.sheet.place}”{event.made_on} 的评分？",
            "评分表留存，不再算数；前一张评分又算数，名录标志和绿色网点数跟着改回。",
            "撤回评分",
            lambda reason: self.withdraw_asked.emit(number, reason),
            hint="原因（必填），例如：评错了网点",
            needs_reason=True,
        )
