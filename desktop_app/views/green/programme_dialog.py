"""方案编辑: the programmes on the left, one of them on the right, lines added by typing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.programmes import LineDraft, ProgrammeBook, ProgrammeDraft, ProgrammeRow
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.green.line_form import LineForm
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

RETIRE, UNDO = "retire", "undo"
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


def row_state(row: ProgrammeRow) -> str:
    """自带, 在用, 已停用."""
    return "自带" if not row.own else "已停用" if row.retired else "在用"


PROGRAMMES: tuple[Column[ProgrammeRow], ...] = (
    Column("方案", lambda r: r.draft.name, bold=lambda r: r.own, stretch=True, tip=lambda r: r.source),
    Column("年", lambda r: r.draft.year, Align.RIGHT),
    Column(
        "状态",
        row_state,
        kind=CellKind.TAG,
        tone=lambda r: Tone.GOOD if r.own and not r.retired else Tone.NEUTRAL,
    ),
)


def target_words(line: LineDraft) -> str:
    """“≥90%”, “新增≥2万个”, 完成."""
    return ("新增" if line.increment else "") + line.comparator + (f"{line.value}{line.unit}" if line.value else "")


LINES: tuple[Column[LineDraft], ...] = (
    Column("指标或事项", lambda r: r.name, bold=True, stretch=True, tip=lambda r: r.text or r.name),
    Column("目标", target_words, Align.RIGHT),
    Column("完成时间", lambda r: r.due),
    Column("范围", lambda r: r.scope, muted=True),
    Column("条款", lambda r: r.clause or "—", muted=True),
)


class ProgrammeDialog(FrameDialog):
    """``save_asked(draft, reason, editing)`` and ``step_asked(step, code, reason)``; nothing is stored here."""

    save_asked = Signal(object, str, str)
    step_asked = Signal(str, str, str)

    def __init__(self, book: ProgrammeBook, month: Month, parent: QWidget | None = None) -> None:
        super().__init__("方案编辑", parent)
        self._book, self._month = book, month
        self._lines: list[LineDraft] = []
        self._replacing: int | None = None
        self._showing = False
        self.editing = ""
        self.programmes: DataTable[ProgrammeRow] = DataTable(PROGRAMMES, row_height=28)
        self.programmes.setAccessibleName("方案")
        self.name, self.document, self.year = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("例如：2021年全县快递绿色包装方案")
        self.document.setPlaceholderText("例如：本局2021年绿色包装工作方案")
        self.place = QComboBox()
        for level, _code, name in book.places:
            self.place.addItem(f"{level}（{name}）")
        self.table: DataTable[LineDraft] = DataTable(LINES, row_height=28)
        self.table.setAccessibleName("目标")
        self.form = LineForm(book.items, book.units)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("改动的原因（必填），例如：市局来文调整目标")
        self.message = Words("", wrap=True)
        self.ask = AskBar()
        self._lay_out()
        self._connect()
        self.show_book(book)
        self.begin_new()
        self.resize(1180, 660)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.year, 1)
        head.addWidget(self.place, 3)
        fields = QFormLayout()
        fields.setSpacing(8)
        for label, field in (("名称", self.name), ("文件", self.document), ("年份、层级", head)):
            fields.addRow(label, field)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addLayout(fields)
        right.addWidget(self.table, 1)
        right.addWidget(self.form)
        right.addWidget(self.reason)
        right.addWidget(self.message)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.programmes, 30)
        row.addLayout(right, 70)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.ask)
        self.copy = button("照抄成本局的", self.copy_shown)
        self.retire = button("停用…", self._ask_retire)
        self.undo = button("撤销上次改动…", self._ask_undo)
        self.remove_line = button("删去这一行", self._remove_line)
        self.save = button("保存", self._save, kind="primary", shortcut="Ctrl+S")
        self.new = button("新方案", self.begin_new, shortcut="Ctrl+N")
        for widget in (self.undo, self.retire, self.copy, self.remove_line, self.new, self.save):
            self.buttons.addWidget(widget)
        self.buttons.addWidget(button("关闭　Esc", self.accept))

    def _connect(self) -> None:
        self.programmes.current_changed.connect(self._programme_chosen)
        self.table.current_changed.connect(self._line_chosen)
        self.form.entered.connect(self._take)
        self.year.textEdited.connect(self._year_typed)

    # ------------------------------------------------------------------------------------------- showing

    def show_book(self, book: ProgrammeBook, done: str = "", code: str = "") -> None:
        """Show the list; ``done`` says what has just been stored, ``code`` which programme to show."""
        self._book = book
        self._showing = True
        self.programmes.set_rows(book.rows)
        self._showing = False
        if code and self.programmes.select_where(lambda row: row.code == code):
            self._programme_chosen(self.programmes.current_row)
        self.say(done, Tone.GOOD)

    def say(self, words: str, tone: Tone) -> None:
        """One line below the form."""
        self.message.setText(words)
        self.message.set_tone(tone)
        self.message.setVisible(bool(words))

    def begin_new(self) -> None:
        """An empty programme of the year worked on."""
        self._showing = True
        self.programmes.clearSelection()
        self._showing = False
        own = self._book.places[1] if len(self._book.places) > 1 else self._book.places[0]
        self._show_draft(ProgrammeDraft("", "", str(self._month.year), own[0], own[1]), "")
        self.name.setFocus()

    def copy_shown(self) -> None:
        """Take the shown programme as a new one of the bureau's own."""
        draft = self.draft()
        place = self._book.places[1] if len(self._book.places) > 1 else self._book.places[0]
        lines = tuple(replace(line, scope=place[2]) for line in draft.lines)
        name = f"{draft.name}（{place[2]}）"
        self._show_draft(replace(draft, name=name, level=place[0], region=place[1], lines=lines), "")
        self.say("已照抄，改好后按“保存”。总数目标请改成本县的。", Tone.INFO)
        self.name.setFocus()

    def _programme_chosen(self, row: ProgrammeRow | None) -> None:
        if row is not None and not self._showing:
            self._show_draft(row.draft, row.code if row.own else "", fixed=not row.own)

    def _show_draft(self, draft: ProgrammeDraft, editing: str, *, fixed: bool = False) -> None:
        self.editing = editing
        self.name.setText(draft.name)
        self.document.setText(draft.document)
        self.year.setText(draft.year)
        wanted = [(level, code) for level, code, _ in self._book.places]
        known = (draft.level, draft.region) in wanted
        self.place.setCurrentIndex(wanted.index((draft.level, draft.region)) if known else 0)
        self._lines = list(draft.lines)
        self._fill_lines()
        row = next((each for each in self._book.rows if each.code == editing), None)
        self.reason.clear()
        self.reason.setVisible(bool(editing))
        for widget in (self.retire, self.undo):
            widget.setVisible(bool(editing))
        self.retire.setText("恢复使用…" if row is not None and row.retired else "停用…")
        self.copy.setVisible(fixed)
        self.save.setVisible(not fixed)
        self.form.setVisible(not fixed)
        self.remove_line.setVisible(not fixed)
        self.say("随程序提供的方案，不能改；可以照抄成本局的再改。" if fixed else "", Tone.NEUTRAL)

    def _fill_lines(self) -> None:
        self._replacing = None
        self._showing = True
        self.table.set_rows(self._lines)
        self.table.clearSelection()
        self._showing = False
        due = self._lines[-1].due if self._lines else f"{self.year.text().strip() or self._month.year}-12"
        self.form.begin(due, self._lines[-1].scope if self._lines else self._scope(), self._month.label)
        self.remove_line.setEnabled(False)

    def _scope(self) -> str:
        return self._book.places[max(0, self.place.currentIndex())][2]

    # ------------------------------------------------------------------------------------------- lines

    def _line_chosen(self, line: LineDraft | None) -> None:
        if line is None or self._showing or not self.form.isVisible():
            return
        self._replacing = self._lines.index(line)
        self.form.show_line(line, "改好这一行　Enter")
        self.remove_line.setEnabled(True)

    def _take(self, line: LineDraft) -> None:
        if self._replacing is None:
            self._lines.append(line)
        else:
            self._lines[self._replacing] = line
        self._fill_lines()
        self.say("", Tone.NEUTRAL)
        self.form.item.setFocus()

    def _remove_line(self) -> None:
        if self._replacing is not None:
            del self._lines[self._replacing]
            self._fill_lines()

    def _year_typed(self, text: str) -> None:
        if not self._lines and self.form.empty:
            self.form.due.setText(f"{text.strip()}-12")

    # ------------------------------------------------------------------------------------------- storing

    def draft(self) -> ProgrammeDraft:
        """Everything as typed; a line still in the form is taken with it."""
        lines = list(self._lines)
        if self._replacing is not None:
            lines[self._replacing] = self.form.line()
        elif not self.form.empty:
            lines.append(self.form.line())
        level, code, _ = self._book.places[max(0, self.place.currentIndex())]
        return ProgrammeDraft(
            self.name.text(), self.document.text(), self.year.text().strip(), level, code, tuple(lines)
        )

    def _save(self) -> None:
        if self.save.isVisible():
            self.save_asked.emit(self.draft(), self.reason.text(), self.editing)

    def _ask_retire(self) -> None:
        self._question(RETIRE, self.retire.text().removesuffix("…"), "停用后不再出现在方案里，已印发的不变；可以恢复。")

    def _ask_undo(self) -> None:
        self._question(UNDO, "撤销上次改动", "回到上次改动以前；刚新增的方案会撤去。随方案录入的数请在“录入”里撤销。")

    def _question(self, step: str, action: str, detail: str) -> None:
        code = self.editing
        self.ask.ask(
            f"{action}“{self.name.text()}”？",
            detail,
            action,
            lambda reason: self.step_asked.emit(step, code, reason),
            hint="原因（必填）",
            needs_reason=True,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field; it never closes the dialog."""
        if event.key() in _ENTER:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
