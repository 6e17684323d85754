"""自设指标: the list of the bureau's own indicators, what is wrong in their file, and every change."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.own_indicators import OwnBook, OwnRow
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

LIST, HISTORY = "list", "history"
RETIRE, RESUME, REMOVE = "retire", "resume", "remove"
Event = tuple[str, str, str, str, str]
ROW_COLUMNS: tuple[Column[OwnRow], ...] = (
    Column("名称", lambda r: r.draft.name, bold=True, tip=lambda r: r.draft.definition),
    Column("代码", lambda r: r.draft.code, muted=True),
    Column("单位", lambda r: r.draft.unit),
    Column("性质", lambda r: r.kind),
    Column("怎么来", lambda r: r.computed or "录入或导入", stretch=True, tip=lambda r: r.computed),
    Column("口径", lambda r: f"第{r.version}版，{r.validity}"),
    Column("已有数", lambda r: f"{r.figures:,}", Align.RIGHT),
    Column(
        "状态",
        lambda r: "已停用" if r.retired else "在用",
        kind=CellKind.TAG,
        tone=lambda r: Tone.NEUTRAL if r.retired else Tone.GOOD,
    ),
)
HISTORY_COLUMNS: tuple[Column[Event], ...] = (
    Column("时间", lambda r: r[0], width=16),
    Column("经手", lambda r: r[1]),
    Column("指标", lambda r: r[2]),
    Column("做了什么", lambda r: r[3]),
    Column("原因", lambda r: r[4], stretch=True, tip=lambda r: r[4]),
)


class OwnListDialog(FrameDialog):
    """``new_asked``, ``change_asked(OwnRow)`` and ``step_asked(step, code, reason)``; nothing is changed here."""

    new_asked = Signal()
    change_asked = Signal(object)
    step_asked = Signal(str, str, str)

    def __init__(self, book: OwnBook, month: Month, parent: QWidget | None = None) -> None:
        super().__init__("自设指标", parent)
        self._month = month
        self.turn = SegmentedChoice(((LIST, "指标"), (HISTORY, "改动记录")))
        self.turn.chosen.connect(self._turned)
        self.file = Words("", "caption", wrap=True).selectable()
        self.faults = Words("", wrap=True).selectable()
        self.faults.set_tone(Tone.BAD)
        self.table: DataTable[OwnRow] = DataTable(ROW_COLUMNS, row_height=28)
        self.table.setAccessibleName("自设指标")
        self.table.current_changed.connect(self._show_row)
        self.table.picked.connect(self.change_asked)
        self.history: DataTable[Event] = DataTable(HISTORY_COLUMNS, row_height=28)
        self.history.setAccessibleName("改动记录")
        self.versions = Words("", "muted", wrap=True).selectable()
        self.message = Words("", wrap=True)
        self.ask = AskBar()
        self._lay_out()
        self.show_book(book)
        self.table.setFocus()
        self.resize(1000, 560)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.turn)
        head.addWidget(self.file, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.history)
        self.body.addLayout(head)
        self.body.addWidget(self.faults)
        self.body.addWidget(self._pages, 1)
        self.body.addWidget(self.versions)
        self.body.addWidget(self.message)
        self.body.addWidget(self.ask)
        self.add = button("新增指标…", self.new_asked.emit, kind="primary", shortcut="Ctrl+N")
        self.change = button("改…　Enter", self._change)
        self.retire = button("停用…", self._ask_retire)
        self.resume = button("恢复使用…", self._ask_resume)
        self.remove = button("删去…", self._ask_remove, kind="danger")
        for widget in (self.remove, self.retire, self.resume, self.change, self.add):
            self.buttons.addWidget(widget)
        self.buttons.addWidget(button("关闭　Esc", self.accept))

    def show_book(self, book: OwnBook, done: str = "") -> None:
        """Show the list; ``done`` says what has just been stored."""
        marked = self.table.current_row
        self.table.set_rows(book.rows)
        self.history.set_rows(book.history)
        self.turn.set_options(((LIST, f"指标 {len(book.rows)}"), (HISTORY, f"改动记录 {len(book.history)}")))
        self.file.setText(
            f"存在台账旁边的 {book.file}，随台账备份。" if book.file else "存在服务器上的台账里，随台账备份。"
        )
        self.faults.setText("\n".join(f"{what}。{hint}" for what, hint in book.faults))
        self.faults.setVisible(bool(book.faults))
        self.say(done, Tone.GOOD)
        if marked is None or not self.table.select_where(lambda row: row.draft.code == marked.draft.code):
            self.table.select_row(0)
        self._show_row(self.table.current_row)

    def say(self, words: str, tone: Tone) -> None:
        """One line below the list."""
        self.message.setText(words)
        self.message.set_tone(tone)
        self.message.setVisible(bool(words))

    def _show_row(self, row: OwnRow | None) -> None:
        self.change.setEnabled(row is not None)
        self.retire.setVisible(row is not None and not row.retired)
        self.resume.setVisible(row is not None and row.retired)
        self.remove.setEnabled(row is not None and not row.figures)
        self.remove.setToolTip("已有数的指标只能停用" if row is not None and row.figures else "")
        empty = "还没有自设指标。按“新增指标…”，写名称、单位和口径，或者写一个公式。"
        self.versions.setText("\n".join(row.versions) if row is not None else empty)

    def _change(self) -> None:
        if self.table.current_row is not None:
            self.change_asked.emit(self.table.current_row)

    def _ask_retire(self) -> None:
        self._question(
            RETIRE,
            f"停用（用到 {self._month.label}）",
            "停用后不再出现在指标树里，导入时也不再认它的列；以前的数都还在，可以恢复。",
        )

    def _ask_resume(self) -> None:
        self._question(RESUME, "恢复使用", "恢复后又出现在指标树里，导入时又认它的列。")

    def _ask_remove(self) -> None:
        self._question(REMOVE, "删去", "台账里没有它的数，定义从文件里删去；改动记录里留有它的写法。")

    def _question(self, step: str, action: str, detail: str) -> None:
        row = self.table.current_row
        if row is None:
            return
        code = row.draft.code
        self.ask.ask(
            f"{action}“{row.draft.name}”？",
            detail,
            action,
            lambda reason: self.step_asked.emit(step, code, reason),
            hint="原因（必填），例如：改用市局统一的指标",
            needs_reason=True,
        )

    def _turned(self, key: str) -> None:
        shown = self.history if key == HISTORY else self.table
        self._pages.setCurrentIndex(1 if key == HISTORY else 0)
        self.versions.setVisible(key != HISTORY)
        shown.setFocus()
