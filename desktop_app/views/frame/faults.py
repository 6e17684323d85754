"""Faults of ours: a report file is written and the user is told where it lies, in plain words."""

from __future__ import annotations

from pathlib import Path
from traceback import format_exception

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words


class FaultDialog(QDialog):
    """Says that the fault is ours, that the ledger is unharmed, and where the report lies."""

    def __init__(self, error: BaseException, report: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self.resize(640, 380)
        self._text = report.read_text(encoding="utf-8") if report is not None else "".join(format_exception(error))
        where = f"报告已存到：{report}" if report is not None else "报告未能写入磁盘，请点“复制报告”另存。"
        details = QPlainTextEdit(self._text)
        details.setReadOnly(True)
        details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        copy = button("复制报告", self._copy)
        close = button("继续使用", self.accept, kind="primary")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(10)
        box.addWidget(Words("这是程序的差错，不是您的操作有误", "heading"))
        box.addWidget(Words("已入库的数据没有受影响。请把报告交给维护人员，再重做刚才这一步。", wrap=True))
        box.addWidget(Words(where, "muted", wrap=True).selectable())
        box.addWidget(details, 1)
        box.addLayout(row)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
