"""The dialog 审核规则: all rules in a table, the marked one beside it, and everything that was ever changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from desktop_app.services.results.rules import RuleBook, RuleChange, RuleRow, Strictness
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import CellKind, Column
from desktop_app.views.rules.editor import RuleEditor
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

RULES, HISTORY = "rules", "history"
_LEAD = "错误：不能入库；提示：写明原因才能入库；不查：不再过问。改动立即生效，连同原因留在台账里；已入库的数不受影响。"
_TONES = {Strictness.ERROR: Tone.BAD, Strictness.WARNING: Tone.WARN, Strictness.OFF: Tone.NEUTRAL}


def _standing(row: RuleRow) -> str:
    if row.problem:
        return "设置已不适用"
    if row.changed:
        return "本局改过"
    return "必须执行" if row.fixed else "出厂设置"


RULE_COLUMNS: tuple[Column[RuleRow], ...] = (
    Column("规则", lambda r: r.name, bold=lambda r: r.changed, tip=lambda r: r.text),
    Column("松紧", lambda r: r.severity.label, kind=CellKind.TAG, tone=lambda r: _TONES[r.severity]),
    Column("界限", lambda r: r.thresholds_text or "—", stretch=True, tip=lambda r: r.thresholds_text),
    Column("设置", _standing, tone=lambda r: Tone.WARN if r.changed or r.problem else None, tip=lambda r: r.reason),
)
HISTORY_COLUMNS: tuple[Column[RuleChange], ...] = (
    Column("时间", lambda r: r.at, width=16),
    Column("经手", lambda r: r.by),
    Column("规则", lambda r: r.name),
    Column("改动", lambda r: r.what, tip=lambda r: r.what),
    Column("原因", lambda r: r.reason, stretch=True, tip=lambda r: r.reason),
)


class RulesDialog(FrameDialog):
    """Shows a book of rules; ``editor`` says what is wanted, whoever opened the dialog does it."""

    def __init__(self, book: RuleBook, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__("审核规则", parent)
        self.turn = SegmentedChoice(((RULES, "规则"), (HISTORY, "改动记录")))
        self.turn.chosen.connect(self._turned)
        self.table: DataTable[RuleRow] = DataTable(RULE_COLUMNS, row_height=28)
        self.table.setAccessibleName("审核规则")
        self.editor = RuleEditor()
        self.table.current_changed.connect(self.editor.show_rule)
        self.table.picked.connect(lambda _row: self.editor.focus_first())
        self.history: DataTable[RuleChange] = DataTable(HISTORY_COLUMNS, row_height=28)
        self.history.setAccessibleName("改动记录")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._rules_page())
        self._pages.addWidget(self.history)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.turn)
        head.addWidget(Words(_LEAD, "caption", wrap=True), 1)
        self.body.addLayout(head)
        self.body.addWidget(self._pages, 1)
        self.close_button = button("关闭　Esc", self.accept)
        self.buttons.addWidget(button("复制到 WPS", self._copy))
        self.buttons.addWidget(self.close_button)
        # As in 行业指标: F2 begins the edit of what is marked.
        QShortcut(QKeySequence(Qt.Key.Key_F2), self, self.editor.focus_first)
        self.show_book(book)
        if not self.table.select_where(lambda row: row.code == code):
            self.table.select_row(0)
        self.table.setFocus()
        self.resize(1000, 640)

    def _rules_page(self) -> QWidget:
        page = QWidget()
        # Scrolls by itself: a rule with several thresholds is taller than a small screen at 250 %.
        beside = QScrollArea()
        beside.setWidgetResizable(True)
        beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        beside.setWidget(self.editor)
        beside.setMinimumWidth(self.editor.minimumSizeHint().width() + 20)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.table, 3)
        row.addWidget(beside, 2)
        return page

    def show_book(self, book: RuleBook, done: str = "") -> None:
        """Show rules and history; ``done`` says what has just been stored for the rule that is shown."""
        code = self.editor.code
        if done:
            self.editor.forget(code)
        self.table.set_rows(book.rows)
        self.history.set_rows(book.history)
        self.turn.set_options(((RULES, "规则"), (HISTORY, f"改动记录 {len(book.history)}")))
        row = next((row for row in book.rows if row.code == code), None)
        if row is not None:
            self.editor.show_rule(row)
            self.editor.say(done, Tone.GOOD)

    def refuse(self, words: str) -> None:
        """Why it was not stored."""
        self.editor.say(words, Tone.BAD)

    def _turned(self, key: str) -> None:
        shown = self.history if key == HISTORY else self.table
        self._pages.setCurrentIndex(1 if key == HISTORY else 0)
        shown.setFocus()

    def _copy(self) -> None:
        (self.history if self.turn.key == HISTORY else self.table).copy_all()
