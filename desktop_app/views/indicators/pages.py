"""The pages of 行业指标 side by side: 数据 · 透视 · 对比 · 名次 · 旺季日报."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.figures import TreeNode
from desktop_app.services.results.tables import SheetCell, TableSheet
from desktop_app.services.results.tone import Tone
from desktop_app.views.clipboard import put_table
from desktop_app.views.desk import Desk
from desktop_app.views.tab import Tab
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.choose_file import WORKBOOK, save_as
from desktop_app.views.widgets.words import Words

DATA = "data"


class SubPage(QWidget):
    """One page. ``changed`` fires when the user has chosen something that needs another answer."""

    key: ClassVar[str] = ""
    name: ClassVar[str] = ""

    changed = Signal()

    def __init__(self, host: Tab[object]) -> None:
        super().__init__()
        self.host = host
        self.nodes: tuple[TreeNode, ...] = ()
        self.build()

    @property
    def desk(self) -> Desk:
        """The window's desk."""
        return self.host.desk

    @abstractmethod
    def build(self) -> None:
        """Make the widgets."""

    @abstractmethod
    def question(self, month: Month) -> Callable[[], object]:
        """What to ask of the backend, with every choice in it."""

    @abstractmethod
    def show_answer(self, answer: object) -> None:
        """Fill the widgets."""

    def take_up(self, code: str, region: str) -> None:
        """The user comes from an indicator of 数据; the base takes no notice."""
        del code, region

    def forget(self) -> None:
        """Another ledger has been opened: drop what belonged to the old one."""

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""
        self.setFocus()

    def sheet(self) -> TableSheet | None:
        """The table as it stands on the page, to be copied or exported; None when there is none."""
        return None

    # ------------------------------------------------------------------------------------------- for the pages

    def copy_sheet(self) -> None:
        """The table to the clipboard, for WPS."""
        made = self.sheet()
        if made is None:
            self.desk.say("没有可复制的数", Tone.WARN)
            return
        rows = [[_text(cell) for cell in row] for row in made.rows]
        put_table(rows, heads=made.heads, figures=[False, *([True] * (len(made.heads) - 1))], notes=made.notes)
        self.desk.say(f"已复制 {len(rows)} 行，可直接粘贴到 WPS 表格", Tone.GOOD)

    def ask_export(self) -> None:
        """Ask for a place and write the table there."""
        made = self.sheet()
        if made is None:
            self.desk.say("没有可导出的数", Tone.WARN)
            return
        save_as(self, "导出为", f"{made.title}.xlsx", WORKBOOK, self.export)

    def export(self, out: Path) -> None:
        """Write the table of the page as a workbook."""
        made = self.sheet()
        backend = self.desk.backend
        if made is None:
            return
        self.host.run(
            "export",
            lambda *_: backend.export_table(made, out),
            on_result=lambda path: self.desk.say(f"已导出 {path}", Tone.GOOD),
            on_error=self.desk.complain,
        )


def _text(cell: SheetCell) -> str:
    return "" if cell is None else f"{cell}"


class PageStack(QWidget):
    """The choice of pages above the page that is shown. ``turned(key)`` fires when another one is."""

    turned = Signal(str)

    def __init__(self, data: QWidget, pages: Sequence[SubPage]) -> None:
        super().__init__()
        self.pages = {page.key: page for page in pages}
        self.choice = SegmentedChoice(((DATA, "数据"), *((page.key, page.name) for page in pages)))
        self.choice.setAccessibleName("行业指标的页")
        self.choice.chosen.connect(self._turn)
        self._stack = QStackedWidget()
        self._stack.addWidget(data)
        for page in pages:
            self._stack.addWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choice)
        row.addStretch(1)
        row.addWidget(Words("Ctrl+↑ Ctrl+↓ 换页", "caption"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(row)
        box.addWidget(self._stack, 1)
        for keys, step in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            hot = QShortcut(QKeySequence(keys), self)
            hot.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            hot.activated.connect(lambda step=step: self._step(step))

    @property
    def current(self) -> SubPage | None:
        """The page that is shown; None is 数据."""
        return self.pages.get(self.choice.key)

    def turn_to(self, key: str) -> None:
        """Show a page as if the user had chosen it."""
        if key != self.choice.key and (key in self.pages or key == DATA):
            self.choice.set_key(key)
            self._turn(key)

    def _step(self, step: int) -> None:
        keys = [DATA, *self.pages]
        self.turn_to(keys[(keys.index(self.choice.key) + step) % len(keys)])

    def _turn(self, key: str) -> None:
        self._stack.setCurrentIndex([DATA, *self.pages].index(key))
        self.turned.emit(key)
