"""Small dialogs of the frame: a new ledger, the result of a check, keys, about. All of them can be resized."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app import __version__
from desktop_app.services.results.tone import Tone
from desktop_app.views.qtmodels.columns import CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

KEY_ROWS: tuple[tuple[str, str], ...] = (
    ("Ctrl+1 … Ctrl+7", "换到第几页"),
    ("Alt+←　Alt+→", "上个月、下个月（Ctrl+PgUp、Ctrl+PgDn 也行）"),
    ("Alt+M", "选月份：方向键走，数字直接键入"),
    ("Ctrl+K", "查指标、企业、村：名称、代码或拼音首字母"),
    ("F5", "重新读取本页"),
    ("F7", "此数从何来：所选的数的公式、组成、文件和行（也可点右键）"),
    ("Ctrl+I", "导入文件（在“数据导入”页，Ctrl+Shift+I 导入文件夹）"),
    ("F6　F8（数据导入）", "在文件、问题、说明之间转；下一个问题"),
    ("Alt+↓　F4（文件内容）", "说明这一列是什么"),
    ("F9（数据导入）", "按企业确认的单位重读"),
    ("Ctrl+Enter　Ctrl+R　Ctrl+Z", "入库、退回、撤销（数据导入）"),
    ("Ctrl+H　Ctrl+T（数据导入）", "历史；做空白模板"),
    ("Ctrl+↑　Ctrl+↓（行业指标）", "换页：数据、透视、对比、名次、旺季日报"),
    ("Ctrl+S（旺季日报）", "保存录入的数"),
    ("Ctrl+E", "录入本局自己的数（人口、生产总值、满意度等）"),
    ("F2　Ctrl+V　Ctrl+Z　Ctrl+Y（快递进村）", "登记选中的村、粘贴进村表、撤销、恢复"),
    ("1 0 = -　Enter　↑↓（录入巡查表）", "是、否、同账上、没有到过；下一格；换行"),
    ("Ctrl+D　Ctrl+Z　Ctrl+Y（录入）", "向下填充、撤销、重做；F2 改，Del 清"),
    ("F11（数据导入）", "把地方都给文件的表，再按还原"),
    ("Ctrl+P", "打印本月报表"),
    ("Ctrl+F　F3　Shift+F3（报表预览）", "在页面文字里查找，下一处、上一处"),
    ("Shift+← →（报表预览）", "逐个走到页上的数；Enter 或 F7 看它从何来"),
    ("Ctrl+Shift+N", "新增指标（自设指标）"),
    ("Ctrl+B", "立即备份"),
    ("Ctrl+O　Ctrl+N", "打开台账、新建台账"),
    ("Alt+T", "打开菜单"),
    ("Tab　Shift+Tab", "在表、图、按钮之间走"),
    ("Enter", "打开表中一行、图上一点"),
    ("Ctrl+C", "复制选中的格，可粘贴到 WPS"),
    ("← →（图上）", "逐月读数"),
    ("Esc", "关掉提示条或菜单"),
)


class FrameDialog(QDialog):
    """Title, contents, and a row of buttons."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        self.buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(14)
        box.addLayout(self.body, 1)
        box.addLayout(self.buttons)


class TableDialog(FrameDialog):
    """A table of pairs or of checks with a close button."""

    def __init__(
        self,
        title: str,
        lead: str,
        columns: Sequence[Column[tuple[str, ...]]],
        rows: Sequence[tuple[str, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.table: DataTable[tuple[str, ...]] = DataTable(columns)
        self.table.set_rows(rows)
        self.body.addWidget(Words(lead, "heading", wrap=True))
        self.body.addWidget(self.table, 1)
        self.buttons.addWidget(button("复制", self.table.copy_all))
        close = button("关闭", self.accept, kind="primary")
        self.buttons.addWidget(close)
        self.resize(620, min(140 + 31 * len(rows) + 60, 620))


def keys_dialog(parent: QWidget | None = None) -> TableDialog:
    """The keys that work."""
    columns: list[Column[tuple[str, ...]]] = [
        Column("键", lambda r: r[0], bold=True),
        Column("做什么", lambda r: r[1], stretch=True),
    ]
    return TableDialog("快捷键", "不用鼠标也能做完一个月", columns, KEY_ROWS, parent)


def check_dialog(rows: Sequence[tuple[str, bool, str]], parent: QWidget | None = None) -> TableDialog:
    """Outcome of checking the ledger: name, passed, what was found."""
    shown = [(name, "正常" if passed else "有问题", detail) for name, passed, detail in rows]
    columns: list[Column[tuple[str, ...]]] = [
        Column("检查", lambda r: r[0]),
        Column("结果", lambda r: r[1], kind=CellKind.TAG, tone=lambda r: Tone.GOOD if r[1] == "正常" else Tone.BAD),
        Column("说明", lambda r: r[2], muted=True, stretch=True),
    ]
    sound = all(passed for _, passed, _ in rows)
    lead = "台账完好" if sound else "台账有问题，请先备份，再联系维护人员"
    return TableDialog("检查台账", lead, columns, shown, parent)


class AboutDialog(FrameDialog):
    """Version, and what the program is made of."""

    def __init__(self, database: str, parent: QWidget | None = None) -> None:
        super().__init__("关于邮管台账", parent)
        lines = (
            f"版本 {__version__}",
            f"台账 {database}",
            "数据只存在这台电脑上，程序不上网。",
            "界面用 Qt（LGPL），图表用 pyqtgraph（MIT），字体 Noto Sans SC、Noto Serif SC（OFL 1.1）。",
        )
        self.body.addWidget(Words("邮管台账", "heading"))
        for line in lines:
            self.body.addWidget(Words(line, "muted", wrap=True).selectable())
        self.body.addStretch(1)
        self.buttons.addWidget(button("复制", lambda: QGuiApplication.clipboard().setText("\n".join(lines))))
        close = button("关闭", self.accept, kind="primary")
        self.buttons.addWidget(close)
        close.setFocus()
        self.resize(520, 240)


class NewLedgerDialog(FrameDialog):
    """Asks for the county's code and name and for the place of the file."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("新建台账", parent)
        self._folder = folder
        self.code = QLineEdit()
        self.code.setPlaceholderText("6 位区划代码，如 220281")
        self.name = QLineEdit()
        self.name.setPlaceholderText("县（市、区）名称，如 蛟河市")
        self.place = QLineEdit()
        self.place.setReadOnly(False)
        self._place_typed = False
        self._wrong = Words("", wrap=True)
        self._wrong.set_tone(Tone.BAD)
        pick = button("选位置…", self._pick_place)
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(pick)
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow("区划代码", self.code)
        form.addRow("名称", self.name)
        form.addRow("存放在", row)
        self.body.addWidget(Words("一个县级局一本台账", "heading"))
        self.body.addLayout(form)
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        self.buttons.addWidget(button("取消", self.reject))
        self.make = button("新建", self._accept, kind="primary")
        self.make.setDefault(True)
        self.buttons.addWidget(self.make)
        self.code.textChanged.connect(self._suggest_place)
        self.place.textEdited.connect(self._typed)
        self._suggest_place("")
        self.resize(560, 260)

    def _typed(self) -> None:
        self._place_typed = True

    def _suggest_place(self, code: str) -> None:
        if not self._place_typed:
            self.place.setText(str(self._folder / f"{code.strip() or '新台账'}.db"))

    def _pick_place(self) -> None:
        found, _ = QFileDialog.getSaveFileName(self, "台账存放在", self.place.text(), "台账 (*.db)")
        if found:
            self._place_typed = True
            self.place.setText(found if found.endswith(".db") else found + ".db")

    def _accept(self) -> None:
        code = self.code.text().strip()
        if not (code.isascii() and code.isdigit() and len(code) in {2, 4, 6, 9, 12}):
            self._wrong.setText("区划代码应为 6 位数字（县级），例如 220281。")
            self.code.setFocus()
        elif not self.name.text().strip():
            self._wrong.setText("请填写名称，报表的标题要用它。")
            self.name.setFocus()
        elif Path(self.place.text()).exists():
            self._wrong.setText("那里已有一个文件。请换个名字，或用“打开台账…”打开它。")
            self.place.setFocus()
        else:
            self.accept()
