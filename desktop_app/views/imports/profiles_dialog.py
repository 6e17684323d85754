"""读表方案: what the layouts of the companies were learned as; renamed, settled, deleted, shared as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.services.results.meanings import AUTO
from desktop_app.services.results.profiles import MappingProfile, ProfileColumn
from desktop_app.services.results.tone import Tone
from desktop_app.views.desk import Desk
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.imports.meaning_menu import ColumnState, MeaningMenu
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.ask_bar import AskBar
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

PROFILE_COLUMNS: tuple[Column[MappingProfile], ...] = (
    Column("方案", lambda p: p.name, stretch=True),
    Column("企业", lambda p: p.enterprise_name or "多家企业", muted=True, width=18),
    Column("种类", lambda p: p.kind.label.partition("（")[0], tip=lambda p: p.kind.label, muted=True, width=12),
    Column("用过", lambda p: str(p.uses), Align.RIGHT, head_tip="入库的文件数"),
)
COLUMN_COLUMNS: tuple[Column[ProfileColumn], ...] = (
    Column("列名", lambda c: c.head, stretch=True),
    Column("含义", lambda c: c.meaning, width=28),
    Column("", lambda c: "人工指定" if c.fixed else "", kind=CellKind.TAG, tone=lambda _: Tone.INFO),
)
_WIDE = 1120
_FILES = "方案文件 (*.json);;所有文件 (*)"


class ProfilesDialog(FrameDialog):
    """``changed``: something is different now; files on the table are read by other profiles from now on."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("读表方案", parent)
        self._desk = desk
        self._folder = ""
        self._deleted: MappingProfile | None = None
        lead = "文件入库时学到的列的含义；下月同样版式的表按它读。人工指定的含义先于列名。"
        self.body.addWidget(Words(lead, "muted", wrap=True))
        self.profiles: DataTable[MappingProfile] = DataTable(PROFILE_COLUMNS)
        self.profiles.setAccessibleName("方案")
        self.profiles.current_changed.connect(lambda _: self._show_profile())
        self.columns: DataTable[ProfileColumn] = DataTable(COLUMN_COLUMNS)
        self.columns.setAccessibleName("列与含义")
        self.columns.picked.connect(lambda _: self.ask_meaning())
        self.name = QLineEdit()
        self.name.setMaxLength(80)
        self.name.setAccessibleName("方案名称")
        self.name.returnPressed.connect(self.rename)
        self.renaming = button("改名", self.rename, small=True)
        self.meaning = button("改含义…　Enter", self.ask_meaning, small=True)
        self.menu = MeaningMenu(self)
        self.menu.chosen.connect(self._settle)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.profiles)
        split.addWidget(self._right())
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([_WIDE // 2, _WIDE // 2])
        self.body.addWidget(split, 1)
        self.note = Words("", wrap=True)
        self.undo = button("撤销删除", self._restore, shortcut="Ctrl+Z", kind="link")
        line = QHBoxLayout()
        line.addWidget(self.note, 1)
        line.addWidget(self.undo)
        self.body.addLayout(line)
        self.question = AskBar()
        self.body.addWidget(self.question)
        self._build_buttons()
        self.question.closed.connect(self._bar.show)
        self._say("")
        # Whatever is still being asked must not come back to a window that is gone.
        self.finished.connect(lambda: desk.jobs.drop(self))
        self.resize(_WIDE, 580)
        self.refresh()
        self._run("meanings", self._desk.backend.meanings, self.menu.set_book)

    def _right(self) -> QWidget:
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(10, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.renaming)
        row.addWidget(self.meaning)
        box.addLayout(row)
        box.addWidget(self.columns, 1)
        return right

    def _build_buttons(self) -> None:
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        self.remove = button("删去此方案…", self.ask_delete, kind="danger")
        self.give = button("导出此方案…", lambda: self.choose_export(everything=False))
        self.give_all = button("全部导出…", lambda: self.choose_export(everything=True))
        self.take = button("导入方案文件…", self.choose_import)
        close = button("关闭", self.accept, kind="primary")
        for widget in (self.remove, self.give, self.give_all, self.take):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(close)
        self.body.addWidget(self._bar)

    # ------------------------------------------------------------------------------------------- contents

    def refresh(self, mark: str = "") -> None:
        """Ask again which profiles there are; ``mark``: the one to stand at."""
        self._run("profiles", self._desk.backend.profiles, lambda found: self._show(found, mark))

    def _show(self, found: tuple[MappingProfile, ...], mark: str) -> None:
        current = mark or (self.profiles.current_row.name if self.profiles.current_row is not None else "")
        self.profiles.set_rows(found)
        if found and not self.profiles.select_where(lambda p: p.name == current):
            self.profiles.select_row(0)
        if not found:
            self._say("还没有方案。企业的文件入库以后，这里就有它的版式。")
        self._show_profile()

    def _show_profile(self) -> None:
        profile = self.profiles.current_row
        self.columns.set_rows(profile.layout.columns if profile is not None else ())
        self.name.setText(profile.name if profile is not None else "")
        for widget in (self.name, self.renaming, self.meaning, self.remove, self.give):
            widget.setEnabled(profile is not None)
        self.give_all.setEnabled(bool(self.profiles.rows))
        if self.columns.rows and self.columns.current_row is None:
            self.columns.select_row(0)

    def _say(self, text: str, tone: Tone | None = None) -> None:
        self.note.setText(text)
        self.note.set_tone(tone)
        self.note.setVisible(bool(text))
        self.undo.setVisible(self._deleted is not None)

    def _run(self, key: str, ask: Callable[[], object], then: Callable[..., None]) -> None:
        self._desk.jobs.start(self, key, lambda *_: ask(), on_result=then, on_error=self._refused)

    def _refused(self, error: UserError) -> None:
        self._say(str(error), Tone.BAD)

    def _done(self, text: str, mark: str = "") -> None:
        self._say(text, Tone.GOOD)
        self.refresh(mark)
        self.changed.emit()

    # ------------------------------------------------------------------------------------------- changing

    def rename(self) -> None:
        """Give the marked profile the name that was typed."""
        profile, wanted = self.profiles.current_row, self.name.text().strip()
        if profile is not None and wanted != profile.name:
            backend = self._desk.backend
            self._run(
                "rename",
                lambda: backend.rename_profile(profile.name, wanted),
                lambda made: self._done(f"已改名为“{made.name}”。", made.name),
            )

    def ask_meaning(self) -> None:
        """Open the menu of meanings for the marked column."""
        profile, column = self.profiles.current_row, self.columns.current_row
        if profile is None or column is None:
            return
        number = self.columns.currentIndex().row()
        place = self.columns.visualRect(self.columns.currentIndex())
        corner = self.columns.viewport().mapToGlobal(QPoint(self.columns.viewport().width() // 3, place.bottom()))
        self.menu.open_for(ColumnState(number, column.head, column.meaning, column.fixed, figures=True), corner)

    def _settle(self, number: int, meaning: str) -> None:
        profile = self.profiles.current_row
        if profile is None or not 0 <= number < len(self.columns.rows):
            return
        backend, head = self._desk.backend, self.columns.rows[number].head
        told = "以后按列名自动识别" if meaning == AUTO else f"以后读作 {meaning}"
        self._run(
            "settle",
            lambda: backend.settle_column(profile.name, head, meaning),
            lambda _: self._done(f"方案“{profile.name}”的列“{head}”{told}。", profile.name),
        )

    def ask_delete(self) -> None:
        """Ask whether the marked profile is to go."""
        profile = self.profiles.current_row
        if profile is None:
            return
        self._bar.hide()
        self.question.ask(
            f"删去方案“{profile.name}”？",
            "入过库的数不受影响；下月同样版式的表入库时会重新学到，人工指定的含义要重新指定。关闭这个窗口前可以撤销。",
            "删去",
            lambda _: self._delete(profile),
            takes_reason=False,
        )

    def _delete(self, profile: MappingProfile) -> None:
        backend = self._desk.backend
        self._run("delete", lambda: backend.delete_profile(profile.name), self._deleted_now)

    def _deleted_now(self, profile: MappingProfile) -> None:
        self._deleted = profile
        self._done(f"已删去方案“{profile.name}”。")

    def _restore(self) -> None:
        profile, backend = self._deleted, self._desk.backend
        if profile is not None:
            self._run("restore", lambda: backend.restore_profile(profile), lambda _: self._restored(profile))

    def _restored(self, profile: MappingProfile) -> None:
        self._deleted = None
        self._done(f"方案“{profile.name}”恢复了。", profile.name)

    # ------------------------------------------------------------------------------------------- files

    def choose_export(self, *, everything: bool) -> None:
        """Ask where the profiles are to be written."""
        profile = self.profiles.current_row
        names = () if everything or profile is None else (profile.name,)
        dialog = QFileDialog(self, "导出方案", self._folder, _FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile("读表方案.json" if not names else f"{names[0]}方案.json")
        self._open(dialog, lambda path: self.export(names, path))

    def export(self, names: tuple[str, ...], out: Path) -> None:
        """Write profiles (all without names) to a file."""
        backend = self._desk.backend
        self._run(
            "export",
            lambda: backend.export_profiles(names, out),
            lambda made: self._say(f"已导出 {len(made)} 个方案：{out.name}", Tone.GOOD),
        )

    def choose_import(self) -> None:
        """Ask for a file of profiles."""
        self._open(QFileDialog(self, "导入方案文件", self._folder, _FILES), self.take_over)

    def take_over(self, file: Path) -> None:
        """Take over the profiles of a file; those of the same name are replaced."""
        backend = self._desk.backend
        self._run(
            "import",
            lambda: backend.import_profiles(file),
            lambda made: self._done(
                f"已导入 {len(made)} 个方案：{'、'.join(p.name for p in made[:5])}", made[0].name if made else ""
            ),
        )

    def _open(self, dialog: QFileDialog, then: Callable[[Path], object]) -> None:
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
