"""由表格导入目标: the rows of a table as understood, against the register, and those that were not; then entered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from desktop_app.services.results.target_sheets import RowProblem, SheetChange, SheetRow, TargetSheet
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

_TONES = {SheetChange.NEW: Tone.GOOD, SheetChange.CHANGED: Tone.WARN, SheetChange.SAME: Tone.NEUTRAL}


def _row_number(sheet: str, row: int) -> str:
    return f"{sheet} {row}".strip()


ROWS: tuple[Column[SheetRow], ...] = (
    Column("行", lambda r: _row_number(r.sheet, r.row), Align.RIGHT),
    Column("对照", lambda r: r.change.label, kind=CellKind.TAG, tone=lambda r: _TONES[r.change]),
    Column("指标", lambda r: r.entry.name, bold=True, width=20, tip=lambda r: r.entry.text or r.entry.name),
    Column("定为", lambda r: r.target_text, Align.RIGHT),
    Column("原登记", lambda r: r.before or "—", Align.RIGHT, muted=True),
    Column("期限", lambda r: r.entry.due.label),
    Column("文件和条款", lambda r: f"{r.entry.document} {r.entry.clause}".strip(), muted=True, width=28),
    Column("说明", lambda r: "；".join(r.notes) or "—", stretch=True, tip=lambda r: "\n".join(r.notes)),
)
PROBLEMS: tuple[Column[RowProblem], ...] = (
    Column("行", lambda r: _row_number(r.sheet, r.row), Align.RIGHT),
    Column("没有认出的原因", lambda r: r.reason, bold=True, stretch=True, tip=lambda r: r.reason),
    Column("表里写的", lambda r: r.said, muted=True, width=44, tip=lambda r: r.said),
)


class SheetDialog(FrameDialog):
    """``entered(TargetSheet)`` when the clerk has confirmed; ``asked(document, year)`` to have the file read again."""

    entered = Signal(object)
    asked = Signal(str, int)

    def __init__(self, path: Path, year: int, parent: QWidget | None = None) -> None:
        super().__init__(f"由表格导入目标：{path.name}", parent)
        self.sheet: TargetSheet | None = None
        self.document = QLineEdit(path.stem)
        self.document.setToolTip("表里没有“文件”一列时用")
        self.year = QLineEdit(str(year))
        self.year.setToolTip("表里没有写期限时用")
        self.year.setValidator(QIntValidator(1990, 2100, self))
        self.year.setMaximumWidth(80)
        line = QHBoxLayout()
        line.addWidget(self.document, 1)
        line.addWidget(Words("年度", "muted"))
        line.addWidget(self.year)
        form = QFormLayout()
        form.addRow("文件（表里没写时）", line)
        self.told = Words("正在读表格 …", "muted", wrap=True)
        self.rows: DataTable[SheetRow] = DataTable(ROWS, row_height=28)
        self.rows.setAccessibleName("认出的目标")
        self.problem_head = Words("没有认出的行（不会登记）", "title")
        self.problems: DataTable[RowProblem] = DataTable(PROBLEMS, row_height=28)
        self.problems.setAccessibleName("没有认出的行")
        self.body.addLayout(form)
        self.body.addWidget(self.told)
        self.body.addWidget(self.rows, 5)
        self.body.addWidget(self.problem_head)
        self.body.addWidget(self.problems, 3)
        self.buttons.addWidget(button("取消", self.reject))
        self.enter = button("登记", self._enter, kind="primary")
        self.enter.setEnabled(False)
        self.buttons.addWidget(self.enter)
        self.document.editingFinished.connect(self._ask)
        self.year.editingFinished.connect(self._ask)
        self._show_problems(())
        self.resize(980, 600)

    def show_sheet(self, sheet: TargetSheet) -> None:
        """What the file holds against the register."""
        self.sheet = sheet
        self.rows.set_rows(sheet.rows)
        self._show_problems(sheet.problems)
        counts = [f"{change.label} {sheet.count(change)}" for change in SheetChange if sheet.count(change)]
        words = f"认出 {len(sheet.rows)} 个目标" + (f"：{'，'.join(counts)}" if counts else "")
        if sheet.problems:
            words += f"；{len(sheet.problems)} 行没有认出，见下"
        self.told.setText(words + "。登记前没有存任何东西。")
        self.told.set_tone(Tone.WARN if sheet.problems else Tone.NEUTRAL)
        self.enter.setText(f"登记 {sheet.to_store} 个目标" if sheet.to_store else "没有要登记的")
        self.enter.setEnabled(bool(sheet.to_store))

    def refuse(self, words: str) -> None:
        """Say why the file cannot be read or stored; nothing has been stored."""
        self.told.setText(words)
        self.told.set_tone(Tone.BAD)
        self.enter.setEnabled(False)

    def _show_problems(self, problems: tuple[RowProblem, ...]) -> None:
        self.problems.set_rows(problems)
        for widget in (self.problem_head, self.problems):
            widget.setVisible(bool(problems))

    def _ask(self) -> None:
        if self.year.hasAcceptableInput():
            self.asked.emit(self.document.text().strip(), int(self.year.text()))

    def _enter(self) -> None:
        if self.sheet is not None:
            self.enter.setEnabled(False)
            self.entered.emit(self.sheet)
