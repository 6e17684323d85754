"""旺季日报: 11月1日—18日 by day, entered for one company, imported, or read over all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.models.values import Month
from desktop_app.services.results.daily import DailyPlan, DailySheet
from desktop_app.services.results.tables import SheetCell, TableSheet
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.tracing import FigureAddress
from desktop_app.views.charts.view import ChartView
from desktop_app.views.indicators.daily_cards import DailyCards
from desktop_app.views.indicators.daily_grid import DailyGrid
from desktop_app.views.indicators.pages import SubPage
from desktop_app.views.provenance.pages import daily_figure, daily_point_figure
from desktop_app.views.qtmodels.daily import HEADS, DailyModel
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.choose_file import open_one
from desktop_app.views.widgets.words import Words

ALL = ""
FILES = "表格 (*.xlsx *.xls *.csv *.txt *.et *.ods)"


class DailyPage(SubPage):
    """The page 旺季日报."""

    key, name = "daily", "旺季日报"

    def build(self) -> None:
        self.board: DailySheet | None = None
        self._shown: tuple[int, int | None] | None = None
        self.year = DropDown("年份", ())
        self.company = DropDown("企业", ((ALL, "全部"),))
        self.year.setMinimumWidth(98)
        for choice in (self.year, self.company):
            choice.chosen.connect(lambda _key: self._turn())
        self.model = DailyModel(self)
        self.model.drafted.connect(self._show_state)
        self.grid = DailyGrid(self.model)
        self.grid.tracer = self._figure_at
        self.grid.traced.connect(self.desk.trace)
        self.save = button("保存", self.ask_save, kind="primary", small=True, shortcut="Ctrl+S")
        self.drop = button("放弃未保存的", self.model.clear, small=True, tip="可用 Ctrl+Z 取回")
        self.undo = button("撤销上次保存", self.ask_undo, small=True, tip="上次保存或导入的整批数退回到之前的样子")
        self.take = button(
            "导入日报…", self.ask_file, small=True, tip="CSV 或 Excel：日期、企业、收寄量、应投量、妥投量"
        )
        self.kpis = DailyCards()
        self.kpis.traced.connect(self.desk.trace)
        self.card = Card("11月1日—18日")
        for widget in (
            self.year,
            self.company,
            self.save,
            self.drop,
            self.undo,
            self.take,
            button("复制到 WPS", self.copy_sheet, small=True),
            button("导出 xlsx…", self.ask_export, small=True),
        ):
            self.card.add_action(widget)
        self.state = Words("", "muted", wrap=True)
        self.card.add(self.state)
        self.card.add(self.grid, 1)
        self.chart_card = Card("每日收寄量")
        self.chart = ChartView()
        self.chart.part_tracer = self._point_figure
        self.chart.traced.connect(self.desk.trace)
        self.chart.picked.connect(lambda key: self.desk.trace(self._point_figure(key, 0)))
        for made in (
            button("复制图片", self.chart.copy_picture, small=True),
            button("复制数字", self.chart.copy_numbers, small=True),
        ):
            self.chart_card.add_action(made)
        self.notes = Words("", "caption", wrap=True)
        self.chart_card.add(self.chart, 1)
        self.chart_card.add(self.notes)
        self.question_bar = AskBar()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.card, 64)
        row.addWidget(self.chart_card, 36)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.kpis)
        box.addLayout(row, 1)
        box.addWidget(self.question_bar)

    # ------------------------------------------------------------------------------------------- page

    def question(self, month: Month) -> Callable[[], object]:
        backend = self.desk.backend
        year = int(self.year.key) if self.year.key else None
        company = int(self.company.key) if self.company.key else None
        return lambda: backend.daily(month, year, company)

    def show_answer(self, answer: object) -> None:
        if not isinstance(answer, DailySheet):
            return
        self.board = answer
        month = self.desk.month
        years = sorted({*answer.years, *([month.year] if month is not None else [])}, reverse=True)
        self.year.set_options([(str(year), f"{year}年") for year in years], str(answer.year))
        self.company.set_options(
            [(ALL, "全部"), *((c.key, c.name) for c in answer.companies)],
            ALL if answer.company_id is None else str(answer.company_id),
        )
        shown = (answer.year, answer.company_id)
        self.model.set_sheet(answer, keep=shown == self._shown)
        self._shown = shown
        self.kpis.show_sheet(answer)
        self.chart.set_spec(answer.chart)
        self.chart_card.set_subtitle("★ 双11" if not answer.chart.empty else "")
        self.notes.setText("；".join(answer.notes))
        self.notes.setVisible(bool(answer.notes))
        self._show_state()

    def forget(self) -> None:
        self._shown = None
        self.year.set_options(())
        self.company.set_options(((ALL, "全部"),))

    def focus_first(self) -> None:
        self.grid.focus_entry()

    def sheet(self) -> TableSheet | None:
        board = self.board
        if board is None or board.reason:
            return None
        rows: list[tuple[SheetCell, ...]] = [
            (
                row.label,
                row.weekday,
                *(cell.value if cell.value is not None else cell.text for cell in row.cells),
                row.rate if row.rate is not None else row.rate_text,
                row.yoy if row.yoy is not None else row.yoy_text,
                row.multiple if row.multiple is not None else row.multiple_text,
                row.lacking,
            )
            for row in board.rows
        ]
        figures = "；".join(kpi.words for kpi in board.kpis)
        title = f"{board.year}年旺季日报（{board.company}）"
        return TableSheet(title, figures, HEADS, tuple(rows), board.notes, frozenset({0}), "旺季日报")

    # ------------------------------------------------------------------------------------------- saving

    def _turn(self) -> None:
        """Another season or company; what is typed and not saved holds the user back."""
        if self.model.drafts and self._shown is not None:
            year, company = self._shown
            self.year.set_key(str(year))
            self.company.set_key(ALL if company is None else str(company))
            self.desk.say("有没保存的数", Tone.WARN, "先按 Ctrl+S 保存，或放弃未保存的")
            return
        self.changed.emit()

    def _show_state(self) -> None:
        board = self.board
        typed = len(self.model.drafts)
        entering = board is not None and board.company_id is not None
        self.save.setVisible(entering)
        self.drop.setVisible(bool(typed))
        wrong = self.model.wrong()
        self.save.setEnabled(bool(typed) and not wrong)
        self.undo.setVisible(board is not None and board.last_entry is not None and not typed)
        if wrong:
            words, tone = wrong, Tone.BAD
        elif typed:
            words, tone = f"{typed} 个数没有保存", Tone.WARN
        elif entering:
            words = "键入件数，回车向下，Tab 向右；可从 WPS 整块粘贴。没有数就留空，0 就是 0。"
            tone = Tone.NEUTRAL
        else:
            words, tone = (board.reason if board is not None else ""), Tone.NEUTRAL
        self.state.setText(words)
        self.state.set_tone(tone)
        self.state.setVisible(bool(words))

    def ask_save(self) -> None:
        """Save what was typed; a change of what is stored wants a reason."""
        entries, board = self.model.entries(), self.board
        if not entries or board is None:
            return
        changes = self.model.overwrites()
        if not changes:
            self._save("", None)
            return
        self.question_bar.ask(
            f"{len(entries)} 个数里有 {changes} 个与已录入的不同",
            "原来的数留在台账里，可以撤销。",
            "保存更正",
            lambda reason: self._save(reason, None),
            hint="更正的原因（必填）",
            needs_reason=True,
        )

    def _save(self, reason: str, plan: DailyPlan | None) -> None:
        board = self.board
        if board is None:
            return
        backend, year = self.desk.backend, board.year
        entries = plan.entries if plan is not None else self.model.entries()
        self.host.run(
            "daily",
            lambda *_: backend.save_daily(year, entries, reason, plan),
            on_result=self._saved,
            on_error=self.desk.complain,
        )

    def _saved(self, count: int) -> None:
        self._shown = None
        self.desk.say(f"已保存 {count} 个数" if count else "与已录入的一样，没有改动", Tone.GOOD)
        self.desk.announce_change()

    def ask_undo(self) -> None:
        """Take the last saving or import back, as a whole."""
        board = self.board
        if board is None or board.last_entry is None:
            return
        entry = board.last_entry
        self.question_bar.ask(
            "撤销上次保存或导入的日报？",
            "这一批的每个数退回到之前的样子；历史都留着。",
            "撤销",
            lambda _reason: self._undo(entry),
            takes_reason=False,
        )

    def _undo(self, entry: int) -> None:
        backend = self.desk.backend
        self.host.run("daily", lambda *_: backend.undo_daily(entry), on_result=self._saved, on_error=self.desk.complain)

    def _point_figure(self, key: str, series: int) -> FigureAddress | None:
        return daily_point_figure(self.board, key, series) if self.board is not None else None

    def _figure_at(self, row: int, column: int) -> FigureAddress | None:
        return daily_figure(self.board, self.model.rows[row], HEADS[column], column) if self.board is not None else None

    # ------------------------------------------------------------------------------------------- files

    def ask_file(self) -> None:
        """Choose a file of daily figures."""
        open_one(self, "导入旺季日报", FILES, self.read)

    def read(self, path: Path) -> None:
        """Read a file and ask whether to save it."""
        board = self.board
        if board is None:
            return
        backend, year, company = self.desk.backend, board.year, board.company_id
        self.host.run(
            "daily",
            lambda *_: backend.read_daily(path, year, company),
            on_result=self._ask_plan,
            on_error=self.desk.complain,
        )

    def _ask_plan(self, plan: DailyPlan) -> None:
        if not plan.added and not plan.changes:
            self.desk.say(f"{plan.file}：与已录入的一样，没有改动", Tone.GOOD)
            return
        changed = f"，更正 {plan.changes} 个" if plan.changes else ""
        self.question_bar.ask(
            f"{plan.file}：{len(plan.companies)} 家企业，新录 {plan.added} 个数{changed}",
            "整份文件留作依据，可以整批撤销。",
            "录入",
            lambda reason: self._save(reason, plan),
            hint="更正的原因（必填）",
            needs_reason=bool(plan.changes),
            takes_reason=bool(plan.changes),
        )
        self.question_bar.tell(plan.skipped)
