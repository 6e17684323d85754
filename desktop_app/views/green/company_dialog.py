"""企业画像: one company's rates beside the county's, what-if, and (only when wanted) the estimate of tape saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.services.results.green import CompanyProfile, ProfileRow
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.provenance.addresses import profile_figure
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.tracing import give_trace_key
from desktop_app.views.widgets.words import Words

TALL = 740
"""Height with the estimate: table and chart keep their room."""
_STATE = {True: ("已达", Tone.GOOD), False: ("未达", Tone.WARN), None: ("—", Tone.NEUTRAL)}

ROWS: tuple[Column[ProfileRow], ...] = (
    Column("指标", lambda r: r.name, bold=True, stretch=True),
    Column("本企业", lambda r: r.text, Align.RIGHT, bold=lambda r: r.value is not None, head_tip="◇ 只报了比率"),
    Column("全县", lambda r: r.county_text, Align.RIGHT, head_tip="各企业分子之和 ÷ 分母之和"),
    Column("与全县差", lambda r: r.difference_text, Align.RIGHT, head_tip="百分点"),
    Column("位次", lambda r: r.place, Align.RIGHT, head_tip="报了分子分母的企业里排第几"),
    Column("目标", lambda r: r.target_text or "—", Align.RIGHT, muted=True),
    Column("抽查", lambda r: r.sample or "—", muted=True),
    Column("状态", lambda r: _STATE[r.met][0], kind=CellKind.TAG, tone=lambda r: _STATE[r.met][1]),
)


class CompanyDialog(FrameDialog):
    """``company_chosen(name)``, ``what_if_asked(code, company, rate)`` and ``estimate_asked(metres)``.

    ``figure_asked(FigureAddress)``: where a rate, or the county's beside it, comes from.
    """

    company_chosen = Signal(str)
    what_if_asked = Signal(str, str, str)
    estimate_asked = Signal(str)
    figure_asked = Signal(object)

    def __init__(self, found: CompanyProfile, parent: QWidget | None = None) -> None:
        super().__init__("企业画像", parent)
        self._company = self._month = ""
        self.companies = DropDown("企业")
        self.companies.chosen.connect(self.company_chosen)
        self.programme = Words("", "caption")
        self.table: DataTable[ProfileRow] = DataTable(ROWS, row_height=28)
        self.table.setAccessibleName("企业各项比率")
        self.table.current_changed.connect(self._row_chosen)
        self.table.tracer = lambda row, column: profile_figure(row, self._company, ROWS[column].head, self._month)
        self.table.traced.connect(self.figure_asked)
        self.chart = ChartView()
        self.chart.part_tracer = self._bar_figure
        self.chart.traced.connect(self.figure_asked)
        self.chart.picked.connect(lambda key: self.figure_asked.emit(self._bar_figure(key, 0)))
        give_trace_key(self, self.table, self.figure_asked.emit)
        self.question = Words("", "muted")
        self.rate = QLineEdit()
        self.rate.setPlaceholderText("95")
        self.rate.setMaximumWidth(80)
        self.rate.returnPressed.connect(self._ask)
        self.answer = Words("", "soft", wrap=True)
        self.metres = QLineEdit()
        self.metres.setPlaceholderText("每件用几米胶带，可不填")
        self.metres.setFixedWidth(240)
        self.metres.returnPressed.connect(self._ask_estimate)
        self.estimate = Words("", "soft", wrap=True).selectable()
        self._lay_out()
        self.show_profile(found)
        self.resize(980, 660)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.companies)
        head.addWidget(self.programme, 1)
        asking = QHBoxLayout()
        asking.setSpacing(8)
        asking.addWidget(self.question)
        asking.addWidget(self.rate)
        asking.addWidget(Words("%"))
        asking.addWidget(button("算一算", self._ask, small=True))
        asking.addStretch(1)
        self._estimating = QWidget()
        row = QHBoxLayout(self._estimating)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.metres)
        row.addWidget(button("估算", self._ask_estimate, small=True))
        row.addStretch(1)
        self._estimating.hide()
        self.answer.hide()
        self.estimate.hide()
        self.body.addLayout(head)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.chart, 2)
        self.body.addLayout(asking)
        self.body.addWidget(self.answer)
        self.body.addWidget(self._estimating)
        self.body.addWidget(self.estimate)
        self.open_estimate = button("胶带节省测算…", self._show_estimate, tip="估算，不是统计数；平时不显示")
        self.buttons.addWidget(self.open_estimate)
        self.buttons.addWidget(button("复制", self.table.copy_all))
        self.buttons.addWidget(button("关闭　Esc", self.accept))

    def show_profile(self, found: CompanyProfile) -> None:
        """Show a company; the row that was marked stays marked."""
        marked = self.table.current_row
        self._company, self._month = found.company, found.month
        self.companies.set_options(tuple((name, name) for name in found.companies), found.company)
        self.programme.setText(f"{found.month}，目标按{found.programme_name}")
        self.table.set_rows(found.rows)
        self.chart.set_spec(found.chart)
        self.answer.hide()
        if marked is None or not self.table.select_where(lambda row: row.indicator == marked.indicator):
            self.table.select_row(next((n for n, row in enumerate(found.rows) if row.met is False), 0))
        self._row_chosen(self.table.current_row)

    def show_answer(self, words: str) -> None:
        """What the county reads then."""
        self.answer.setText(words)
        self.answer.show()

    def show_estimate(self, said: tuple[str, str, str]) -> None:
        """The estimate with its formula and its assumptions."""
        self.estimate.setText("\n".join(said))
        self.estimate.show()
        self.resize(self.width(), max(self.height(), TALL))

    def _bar_figure(self, key: str, series: int) -> FigureAddress:
        """The company's bar, or the county's beside it."""
        return FigureAddress(key, self._month, subject="" if series else self._company)

    def _row_chosen(self, row: ProfileRow | None) -> None:
        self.question.setText(f"如果{self._company}的{row.name if row else '比率'}达到")

    def _ask(self) -> None:
        row = self.table.current_row
        if row is not None:
            self.what_if_asked.emit(row.indicator, self._company, self.rate.text().strip() or "95")

    def _show_estimate(self) -> None:
        self._estimating.show()
        self.open_estimate.setEnabled(False)
        self._ask_estimate()

    def _ask_estimate(self) -> None:
        self.estimate_asked.emit(self.metres.text())
