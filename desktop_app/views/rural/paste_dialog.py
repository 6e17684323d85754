"""粘贴进村表: a table copied in WPS, read for the month and shown with what is wrong before it is stored."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.imports import FilePreview, Issue
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import Align, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

ISSUES: tuple[Column[Issue], ...] = (
    Column("行", lambda r: "" if r.row is None else str(r.row), Align.RIGHT),
    Column("列", lambda r: r.column, muted=True),
    Column("问题", lambda r: r.message, bold=True, stretch=True, tip=lambda r: r.message),
    Column("怎样改", lambda r: r.suggestion, muted=True, width=34, tip=lambda r: r.suggestion),
)


class PasteDialog(FrameDialog):
    """``asked(text)`` to have the table read; ``entered(FilePreview, reason)`` when the clerk has confirmed."""

    asked = Signal(str)
    entered = Signal(object, str)

    def __init__(self, month: Month, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(f"粘贴进村表：{month.label}", parent)
        self.preview: FilePreview | None = None
        self.text = QPlainTextEdit(text)
        self.text.setPlaceholderText("在 WPS 或 Excel 里连同表头选中，复制，再粘贴到这里")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("粘贴的表格")
        self.told = Words("可以是每个品牌一列，也可以有“品牌”和“进村方式”两列。", "muted", wrap=True)
        self.issues: DataTable[Issue] = DataTable(ISSUES, row_height=28)
        self.issues.setAccessibleName("问题")
        self.issues.setVisible(False)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("说明，例如：县局逐村核实")
        self.body.addWidget(self.text, 3)
        self.body.addWidget(self.told)
        self.body.addWidget(self.issues, 2)
        self.body.addWidget(self.reason)
        self.buttons.addWidget(button("取消", self.reject))
        self.read = button("核对", self._ask)
        self.enter = button("登记", self._enter, kind="primary")
        self.enter.setEnabled(False)
        self.buttons.addWidget(self.read)
        self.buttons.addWidget(self.enter)
        self.text.textChanged.connect(self._changed)
        self.resize(860, 560)

    def show_preview(self, preview: FilePreview) -> None:
        """What the table holds; nothing is stored."""
        self.preview = preview
        plan = preview.plan
        records = len(plan.coverage) if plan is not None else 0
        villages = len({record.village_code for record in plan.coverage}) if plan is not None else 0
        errors = len(plan.errors) if plan is not None else len(preview.issues)
        ready = preview.ready and records > 0
        words = f"认出 {villages} 个村、{records} 条记录"
        words += (
            f"；{errors} 处有错，改好再登记" if errors else "" if not preview.issues else "；有提示，写明说明后可登记"
        )
        self.told.setText(words + "。登记前没有存任何东西。")
        self.told.set_tone(Tone.BAD if errors else Tone.WARN if preview.issues else Tone.GOOD)
        self.issues.set_rows(preview.issues)
        self.issues.setVisible(bool(preview.issues))
        self.enter.setText(f"登记 {records} 条" if ready else "登记")
        self.enter.setEnabled(ready)

    def refuse(self, words: str) -> None:
        """Say why it cannot be read or stored."""
        self.told.setText(words)
        self.told.set_tone(Tone.BAD)
        self.enter.setEnabled(False)

    def _changed(self) -> None:
        self.preview = None
        self.enter.setEnabled(False)

    def _ask(self) -> None:
        self.asked.emit(self.text.toPlainText())

    def _enter(self) -> None:
        preview = self.preview
        if preview is None:
            return
        if preview.issues and not self.reason.text().strip():
            self.told.setText("有提示的表，请写明说明再登记。")
            self.reason.setFocus()
            return
        self.enter.setEnabled(False)
        self.entered.emit(preview, self.reason.text().strip() or "手工粘贴")
