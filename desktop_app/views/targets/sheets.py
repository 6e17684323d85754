"""Targets by table in the tab: the menu 表格, files chosen or dropped, the confirmation, the undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from desktop_app.errors import UserError
from desktop_app.services.results.target_sheets import TargetSheet, TargetsTaken
from desktop_app.services.results.tone import Tone
from desktop_app.views.jobs import Lane
from desktop_app.views.targets.sheet_dialog import SheetDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choose_file import WORKBOOK, open_one, save_as
from desktop_app.views.widgets.hover import HoverFrame, paths_of

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from desktop_app.views.targets.tab import TargetsTab

_TABLES = "表格 (*.xlsx *.xls *.et *.ods *.csv *.txt);;所有文件 (*)"


class SheetDoor(QObject):
    """What the tab offers for tables; ``press`` is its button, ``taken`` the last import that can be undone."""

    def __init__(self, tab: TargetsTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._hover = HoverFrame(tab)
        self._folder = ""
        self.taken: TargetsTaken | None = None
        self.press = button("表格 ▾", self.drop_menu, small=True, tip="由表格导入目标，导出空表或目标")

    # ------------------------------------------------------------------------------------------- menu

    def menu(self) -> QMenu:
        """The menu of the button."""
        made = QMenu(self._tab)
        made.addAction("由表格导入…", self.choose)
        made.addAction("导出空表…", lambda: self.ask_where("目标表（空）", self.write_blank))
        made.addAction("导出列出的目标…", lambda: self.ask_where("目标", self.write_listed))
        made.addSeparator()
        file = f"“{self.taken.file_name}”" if self.taken is not None else ""
        undo = made.addAction(f"撤销由表格{file}的登记", self.undo)
        undo.setEnabled(self.taken is not None)
        return made

    def drop_menu(self) -> None:
        """Drop the menu below the button."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.press.mapToGlobal(self.press.rect().bottomLeft()))

    # ------------------------------------------------------------------------------------------- in

    def choose(self) -> None:
        """Let the user pick a table."""
        open_one(self._tab, "选目标表", _TABLES, self.read, self._folder)

    def hover(self, event: QDragEnterEvent) -> None:
        """Files come over the tab."""
        paths = paths_of(event.mimeData())
        if paths:
            self._hover.show_for(len(paths))
            event.acceptProposedAction()

    def leave(self) -> None:
        """They leave it again."""
        self._hover.hide()

    def drop(self, event: QDropEvent) -> None:
        """They are let go: one table at a time."""
        self._hover.hide()
        paths = paths_of(event.mimeData())
        if not paths:
            return
        event.acceptProposedAction()
        if len(paths) > 1:
            self._tab.desk.say("一次读一个目标表", Tone.WARN, f"先读 {paths[0].name}，其余的请再拖一次。")
        self.read(paths[0])

    def read(self, path: Path) -> None:
        """Read a table and show what it holds; nothing is stored before the clerk confirms."""
        tab, backend = self._tab, self._tab.desk.backend
        self._folder = str(path.parent)
        dialog = SheetDialog(path, tab.year(), tab)

        def ask(document: str, year: int) -> None:
            tab.run(
                "read sheet",
                lambda *_: backend.preview_targets(path, document, year),
                on_result=lambda sheet: dialog.show_sheet(sheet) if tab.dialog is dialog else None,
                on_error=lambda error: dialog.refuse(_words(error)) if tab.dialog is dialog else None,
            )

        dialog.asked.connect(ask)
        dialog.entered.connect(lambda sheet: self._take(dialog, sheet))
        tab.show_dialog(dialog)
        ask(path.stem, tab.year())

    def _take(self, dialog: SheetDialog, sheet: TargetSheet) -> None:
        tab, backend = self._tab, self._tab.desk.backend

        def done(taken: TargetsTaken) -> None:
            dialog.accept()
            tab.show_own()
            changed = f"，更改 {len(taken.closed)} 个" if taken.closed else ""
            tab.desk.say(
                f"已由表格登记 {len(taken.added)} 个目标{changed}", Tone.GOOD, "登记错了可在“表格”菜单里撤销。"
            )
            tab.desk.announce_change()

        tab.run(
            "take sheet",
            lambda *_: backend.take_targets(sheet),
            on_result=done,
            on_error=lambda error: dialog.refuse(_words(error)),
        )

    def undo(self) -> None:
        """Take the last import back as a whole."""
        tab, backend, taken = self._tab, self._tab.desk.backend, self.taken
        if taken is None:
            return

        def undone(_: object) -> None:
            tab.desk.say(f"已撤销由表格“{taken.file_name}”的登记", Tone.GOOD, "更改过的目标已恢复原样。")
            tab.desk.announce_change()

        def refused(error: UserError) -> None:
            tab.desk.complain(error)
            tab.refresh()

        tab.run("undo sheet", lambda *_: backend.undo_targets(taken), on_result=undone, on_error=refused)

    # ------------------------------------------------------------------------------------------- out

    def ask_where(self, name: str, write: Callable[[Path], None]) -> None:
        """Let the user say where a table is saved."""
        save_as(self._tab, "另存目标表", f"{name}.xlsx", WORKBOOK, write, self._folder)

    def write_blank(self, out: Path) -> None:
        """The empty form."""
        self._write((), out)

    def write_listed(self, out: Path) -> None:
        """What the register lists now."""
        codes = tuple(row.code for row in self._tab.table.rows)
        if codes:
            self._write(codes, out)
        else:
            self._tab.desk.say("没有列出目标", Tone.WARN, "换一个筛选再导出。")

    def _write(self, codes: tuple[str, ...], out: Path) -> None:
        tab, backend = self._tab, self._tab.desk.backend

        def told(count: int) -> None:
            what = f"{count} 个目标" if count else "空表，填法见其中的“填写说明”"
            tab.desk.say(f"已存到 {out}", Tone.GOOD, what)

        tab.run("write sheet", lambda *_: backend.write_targets(codes, out), on_result=told, lane=Lane.LONG)


def _words(error: UserError) -> str:
    return error.message + (f"：{error.hint}" if error.hint else "")
