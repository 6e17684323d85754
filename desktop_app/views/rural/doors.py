"""What 快递进村 offers for work by hand: the menu 登记, its dialogs, and undoing what was entered here last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.services.results.coverage_entry import CoverageEntered, CoverageEntry
from desktop_app.services.results.imports import FilePreview, ImportResult, Outcome
from desktop_app.services.results.registers import OutletRow
from desktop_app.services.results.rural import VillageRow
from desktop_app.services.results.stations import StationEntry
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.villages import ListReview, ListTaken, VillageChange, VillageStep, VillageUnit
from desktop_app.views.jobs import Lane
from desktop_app.views.rural.change_dialog import ChangeDialog
from desktop_app.views.rural.entry_dialog import CoverageDialog
from desktop_app.views.rural.list_dialog import ListDialog
from desktop_app.views.rural.past import RuralPast
from desktop_app.views.rural.paste_dialog import PasteDialog
from desktop_app.views.rural.register_dialog import RegisterDialog
from desktop_app.views.rural.station_dialog import StationDialog
from desktop_app.views.rural.stations_dialog import StationsDialog
from desktop_app.views.rural.visit_door import VisitDoor
from desktop_app.views.widgets.buttons import button

if TYPE_CHECKING:
    from desktop_app.views.rural.tab import RuralTab

_TABLES = "名录 (*.csv *.xlsx *.xls *.et *.ods *.txt);;所有文件 (*)"


class RuralDoor(QObject):
    """``press`` is its button; ``past`` what was entered here and can be taken back."""

    def __init__(self, tab: RuralTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._pasted: TemporaryDirectory[str] | None = None
        self._stations: StationsDialog | None = None
        self._register: RegisterDialog | None = None
        self.dialog: QDialog | None = None
        """The newest dialog that is open."""
        self.past = RuralPast(tab)
        self._visits: VisitDoor | None = None
        self.press = button("登记 ▾", self.drop_menu, small=True, tip="登记进村、名录变更和村级站")
        villages = tab.panel.villages
        for keys, act in ((QKeySequence.StandardKey.Paste, self.paste), (QKeySequence("F2"), self.edit)):
            short = QShortcut(QKeySequence(keys), villages)
            short.setContext(Qt.ShortcutContext.WidgetShortcut)
            short.activated.connect(act)
        for standard, act in (
            (QKeySequence("Ctrl+Z"), self.undo),
            (QKeySequence("Ctrl+Y"), self.past.redo),
            (QKeySequence("Ctrl+Shift+Z"), self.past.redo),
        ):
            short = QShortcut(standard, tab)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(act)

    # ------------------------------------------------------------------------------------------- menu

    def menu(self) -> QMenu:
        """The menu of the button."""
        made = QMenu(self._tab)
        count = len(self.chosen())
        edit = made.addAction(f"登记选中的 {count} 个村…\tF2" if count else "登记选中的村…\tF2", self.edit)
        edit.setEnabled(count > 0)
        made.addAction("粘贴进村表…", self.paste)
        made.addAction("录入巡查表…", self.visits)
        made.addSeparator()
        made.addAction("村名录…", self.register)
        made.addAction("核对新名录…", self.choose_list)
        made.addAction("村级站…", self.stations)
        made.addSeparator()
        for word, keys, act, acts in (
            ("撤销", "Ctrl+Z", self.undo, self.past.done),
            ("恢复", "Ctrl+Y", self.past.redo, self.past.undone),
        ):
            named = f"{word}{acts[-1].words}" if acts else word
            made.addAction(f"{named}\t{keys}", act).setEnabled(bool(acts))
        return made

    def drop_menu(self) -> None:
        """Drop the menu below the button."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.press.mapToGlobal(self.press.rect().bottomLeft()))

    def chosen(self) -> tuple[VillageRow, ...]:
        """The villages selected in the list of all villages, or in the gap list."""
        panel = self._tab.panel
        if panel.view == "gaps":
            numbers = sorted({index.row() for index in panel.gaps.selectionModel().selectedRows()})
            codes = [panel.gaps.rows[number].code for number in numbers]
            return panel.rows_of(codes)
        numbers = sorted({index.row() for index in panel.villages.selectionModel().selectedRows()})
        return tuple(panel.villages.rows[number].row for number in numbers)

    # ------------------------------------------------------------------------------------------- coverage

    def edit(self) -> None:
        """Enter the same for the selected villages."""
        tab, villages, month = self._tab, self.chosen(), self._month()
        if not villages:
            tab.desk.say("先选中要登记的村", Tone.WARN, "在“全部村”或“未通村”里选，可用 Shift、Ctrl 多选。")
            return
        backend = tab.desk.backend
        single = villages[0].code if len(villages) == 1 else ""

        def ready(answer: tuple[tuple[str, ...], tuple[object, ...]]) -> None:
            brands, now = answer
            dialog = CoverageDialog(villages, brands, month, tab)
            dialog.show_now(now)  # type: ignore[arg-type]  # what coverage_now gives
            dialog.entered.connect(lambda entry: self._store_entry(dialog, entry))
            dialog.proof_asked.connect(lambda sha256: tab.work.show_proof(sha256, dialog))
            self._open(dialog)

        tab.run(
            "coverage brands",
            lambda *_: (backend.coverage_brands(), backend.coverage_now(single, month) if single else ()),
            on_result=ready,
            lane=Lane.QUICK,
        )

    def _store_entry(self, dialog: CoverageDialog, entry: CoverageEntry) -> None:
        backend = self._tab.desk.backend

        def stored(entered: CoverageEntered) -> None:
            dialog.accept()
            words = f"登记的 {entered.records} 条进村记录"
            self._note(entered.batch, words, lambda: backend.enter_coverage(entry).batch)

        self._run("enter coverage", lambda *_: backend.enter_coverage(entry), stored, dialog.refuse)

    def paste(self) -> None:
        """Paste a village sheet from WPS."""
        tab, backend, month = self._tab, self._tab.desk.backend, self._month()
        text = QGuiApplication.clipboard().text()
        dialog = PasteDialog(month, text if "\t" in text else "", tab)
        self._pasted = TemporaryDirectory(prefix="进村表")
        folder = Path(self._pasted.name)

        def read(typed: str) -> None:
            self._run(
                "read pasted",
                lambda *_: backend.preview_pasted(typed, month, folder),
                dialog.show_preview,
                dialog.refuse,
            )

        dialog.asked.connect(read)
        dialog.entered.connect(lambda preview, reason: self._store_pasted(dialog, preview, reason))
        dialog.finished.connect(self._forget_pasted)
        self._open(dialog)
        if "\t" in text:
            read(text)

    def _store_pasted(self, dialog: PasteDialog, preview: FilePreview, reason: str) -> None:
        backend = self._tab.desk.backend

        typed, month = dialog.text.toPlainText(), self._month()

        def again() -> int:
            with TemporaryDirectory(prefix="进村表") as folder:
                read = backend.preview_pasted(typed, month, Path(folder))
                batch = backend.commit_previews([read], reason, lambda *_: None, lambda: False)[0].batch
            if batch is None:
                raise UserError("粘贴的表现在有问题，没有恢复", hint="请再粘贴一次，看提示")
            return batch

        def stored(results: tuple[ImportResult, ...]) -> None:
            result = results[0]
            if result.outcome is not Outcome.COMMITTED or result.batch is None:
                dialog.refuse(result.issues[0].message if result.issues else "没有登记，请再核对一次")
                return
            dialog.accept()
            self._note(result.batch, f"粘贴的 {result.totals.get('RECORDS', '')} 条进村记录", again)

        self._run(
            "store pasted",
            lambda progress, cancelled: backend.commit_previews([preview], reason, progress, cancelled),
            stored,
            dialog.refuse,
        )

    def _forget_pasted(self) -> None:
        if self._pasted is not None:
            self._pasted.cleanup()
            self._pasted = None

    def visits(self) -> None:
        """Enter a 巡查表 in the order of the paper."""
        self._visits = VisitDoor(self._tab, self.past, self._month())
        self._open(self._visits.dialog)

    # ------------------------------------------------------------------------------------------- villages

    def register(self) -> None:
        """Show the register of the month."""
        dialog = RegisterDialog(self._month(), self._tab)
        self._register = dialog
        dialog.asked.connect(lambda step, units: self._change(dialog, step, units))
        dialog.finished.connect(self._register_gone)
        self._open(dialog)
        self._fill_register()

    def _register_gone(self) -> None:
        self._register = None

    def _fill_register(self) -> None:
        dialog, backend = self._register, self._tab.desk.backend
        if dialog is not None:
            month = dialog.month
            self._tab.run("register", lambda *_: backend.village_units(month), on_result=self._show_register)

    def _show_register(self, units: tuple[VillageUnit, ...]) -> None:
        if self._register is not None:
            self._register.show_units(units)

    def _change(self, register: RegisterDialog, step: VillageStep, units: tuple[VillageUnit, ...]) -> None:
        backend = self._tab.desk.backend
        dialog = ChangeDialog(step, units, register.month, register)

        def store(change: VillageChange) -> None:
            def stored(batch: int) -> None:
                dialog.accept()
                self._note(batch, f"村的{step.value}", lambda: backend.change_villages(change))
                self._fill_register()

            self._run("change villages", lambda *_: backend.change_villages(change), stored, dialog.refuse)

        dialog.entered.connect(store)
        self._open(dialog)

    def choose_list(self) -> None:
        """Let the user pick a new list."""
        dialog = QFileDialog(self._tab, "选新的村级名录", "", _TABLES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.review(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def review(self, path: Path) -> None:
        """Read a new list and show what it changes; nothing is stored before the clerk confirms."""
        backend, month = self._tab.desk.backend, self._month()
        dialog = ListDialog(path, month, self._tab)

        def show(answer: tuple[ListReview, tuple[VillageUnit, ...]]) -> None:
            review, units = answer
            dialog.show_review(review, [(unit.code, f"{unit.town} {unit.name}") for unit in units])

        def take(accepted: frozenset[str], start: Month, into: dict[str, str], adopted: frozenset[str]) -> None:
            review = dialog.review
            if review is None:
                return

            def taken(done: ListTaken) -> None:
                dialog.accept()
                self._note(done.batch, f"名录的 {done.taken} 条变更", again)

            def again() -> int:
                read = backend.review_list(path, lambda *_: None, lambda: False)
                return backend.take_list(read, accepted, start, into, adopted).batch

            self._run(
                "take list",
                lambda *_: backend.take_list(review, accepted, start, into, adopted),
                taken,
                dialog.refuse,
            )

        dialog.entered.connect(take)
        self._open(dialog)
        self._run(
            "review list",
            lambda progress, cancelled: (backend.review_list(path, progress, cancelled), backend.village_units(month)),
            show,
            dialog.refuse,
        )

    # ------------------------------------------------------------------------------------------- stations

    def stations(self) -> None:
        """Show the stations."""
        dialog = StationsDialog(self._tab)
        self._stations = dialog
        dialog.asked.connect(lambda row: self._edit_station(dialog, row))
        dialog.finished.connect(self._stations_gone)
        self._open(dialog)
        self._fill_stations()

    def _stations_gone(self) -> None:
        self._stations = None

    def _fill_stations(self) -> None:
        backend = self._tab.desk.backend
        self._tab.run("stations", lambda *_: backend.stations(), on_result=self._show_stations)

    def _show_stations(self, rows: tuple[OutletRow, ...]) -> None:
        if self._stations is not None:
            self._stations.show_stations(rows)

    def _edit_station(self, listed: StationsDialog, row: OutletRow | None) -> None:
        backend, month = self._tab.desk.backend, self._month()

        def ready(units: tuple[VillageUnit, ...]) -> None:
            dialog = StationDialog(row, units, month, listed)

            def store(entry: StationEntry) -> None:
                def stored(batch: int) -> None:
                    dialog.accept()
                    words = f"村级站“{entry.name.strip()}”的登记"
                    self._note(batch, words, lambda: backend.save_station(entry))
                    self._fill_stations()

                self._run("save station", lambda *_: backend.save_station(entry), stored, dialog.refuse)

            dialog.entered.connect(store)
            self._open(dialog)

        self._tab.run("station villages", lambda *_: backend.village_units(month), on_result=ready)

    # ------------------------------------------------------------------------------------------- undo

    def undo(self) -> None:
        """Take back what was entered here last."""
        self.past.undo()

    # ------------------------------------------------------------------------------------------- inside

    def _month(self) -> Month:
        month = self._tab.desk.month
        return month if month is not None else Month(2021, 1)

    def _note(self, batch: int, words: str, again: Callable[[], int]) -> None:
        self.past.note(batch, words, again)
        self._tab.desk.say(
            f"已存入{words}（第 {batch} 号批次）", Tone.GOOD, "Ctrl+Z 可撤销，以后也可在“数据导入”的历史里撤销。"
        )
        self._tab.desk.announce_change()

    def _run(
        self, key: str, work: Callable[..., object], done: Callable[..., None], refuse: Callable[[str], None]
    ) -> None:
        def refused(error: UserError) -> None:
            refuse(error.message + (f"：{error.hint}" if error.hint else ""))

        self._tab.run(key, work, on_result=done, on_error=refused)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _code: self._closed(dialog))
        dialog.open()

    def _closed(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = self._register or self._stations
