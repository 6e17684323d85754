"""What the ⋯ menu does. Loaded when it is first wanted: none of it is needed to paint the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop_app import settings
from desktop_app.errors import UserError
from desktop_app.log import write_fault_report
from desktop_app.services.results.tone import Tone
from desktop_app.views.backend import Backend
from desktop_app.views.frame.dialogs import AboutDialog, NewLedgerDialog, check_dialog, keys_dialog
from desktop_app.views.frame.faults import FaultDialog
from desktop_app.views.frame.menu import build_menu
from desktop_app.views.frame.welcome import Welcome
from desktop_app.views.jobs import Lane
from desktop_app.views.theme import ThemeMode

if TYPE_CHECKING:
    from desktop_app.services.maintenance import BackupInfo, CheckResult
    from desktop_app.views.indicators.own_actions import OwnIndicatorActions
    from desktop_app.views.main_window import MainWindow
    from desktop_app.views.rules.actions import RuleActions


class WindowActions(QObject):
    """Actions of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._welcome: Welcome | None = None
        self._rules: RuleActions | None = None
        self._own: OwnIndicatorActions | None = None
        self.dialog: QDialog | None = None

    def open_menu(self, under: QWidget) -> None:
        """Drop the menu under a button."""
        theme = self._window.theme
        menu = build_menu(self._window, self, theme.mode if theme else ThemeMode.LIGHT, self.set_mode)
        menu.aboutToHide.connect(menu.deleteLater)
        corner = under.mapToGlobal(QPoint(under.width() - menu.sizeHint().width(), under.height() + 4))
        menu.popup(corner)

    def set_mode(self, mode: ThemeMode) -> None:
        """Switch the face and remember it."""
        if self._window.theme is not None:
            self._window.theme.set_mode(mode)
        settings.put("theme", mode.value)

    # ------------------------------------------------------------------------------------------- ledgers

    def offer_ledgers(self, error: UserError) -> None:
        """No ledger could be opened: say why and offer the ways on."""
        if self._welcome is None:
            self._welcome = Welcome(self._window.pages)
            self._welcome.opening.connect(self.open_ledger)
            self._welcome.making.connect(self.new_ledger)
            self._welcome.trying.connect(self._try_again)
        self._welcome.explain(error)
        self._welcome.show_over()

    def _try_again(self) -> None:
        self._open(self._window.desk.backend.database)

    def _open(self, database: str) -> None:
        if self._welcome is not None:
            self._welcome.hide()
        self._window.change_ledger(Backend(database))

    def _folder(self) -> Path:
        database = self._window.desk.backend.database
        return Path.home() if "://" in database else Path(database).resolve().parent

    def open_ledger(self) -> None:
        """Ask for a ledger file and open it."""
        kinds = "台账 (*.db);;所有文件 (*)"
        found, _ = QFileDialog.getOpenFileName(self._window, "打开台账", str(self._folder()), kinds)
        if found:
            self._open(found)

    def new_ledger(self) -> None:
        """Ask for region, name and place; make the ledger and open it."""
        dialog = NewLedgerDialog(self._folder(), self._window)
        dialog.accepted.connect(lambda: self._make(dialog))
        self._show(dialog)

    def _make(self, dialog: NewLedgerDialog) -> None:
        backend = Backend(dialog.place.text())
        code, name = dialog.code.text().strip(), dialog.name.text().strip()
        self._window.jobs.start(
            self,
            "create",
            lambda _progress, _cancelled: backend.create(code, name),
            on_result=lambda _: self._open(backend.database),
            lane=Lane.LONG,
        )

    # ------------------------------------------------------------------------------------------- care

    def back_up(self) -> None:
        """Make a verified backup beside the ledger."""
        backend = self._window.desk.backend
        self._window.jobs.start(
            self, "backup", lambda _progress, _cancelled: backend.backup(), on_result=self._backed_up, lane=Lane.LONG
        )

    def _backed_up(self, info: BackupInfo) -> None:
        self._window.desk.say("备份已做好并核对无误", Tone.GOOD, str(info.path))
        self._window.refresh_info()

    def check_ledger(self) -> None:
        """Check the ledger and show what was found."""
        backend = self._window.desk.backend
        self._window.jobs.start(
            self, "check", lambda _progress, _cancelled: backend.check(), on_result=self._checked, lane=Lane.LONG
        )

    def _checked(self, results: list[CheckResult]) -> None:
        self._show(check_dialog([(r.name, r.ok, r.detail) for r in results], self._window))

    def show_profiles(self) -> None:
        """读表方案: how the companies' files are read."""
        if self._window.desk.info is not None:
            self._window.desk.go("数据导入", profiles="show")

    def show_rules(self, code: str = "") -> None:
        """The check rules, at one of them."""
        if self._rules is None:
            from desktop_app.views.rules.actions import RuleActions

            self._rules = RuleActions(self._window, self._show)
        self._rules.open(code)

    @property
    def own_indicators(self) -> OwnIndicatorActions:
        """自设指标 and 新增指标; loaded when they are first wanted."""
        if self._own is None:
            from desktop_app.views.indicators.own_actions import OwnIndicatorActions

            self._own = OwnIndicatorActions(self._window, self._show)
        return self._own

    def show_own_indicators(self) -> None:
        """The bureau's own indicators."""
        self.own_indicators.open_list()

    def new_indicator(self) -> None:
        """A page for a new one."""
        self.own_indicators.open_new()

    # ------------------------------------------------------------------------------------------- words

    def show_keys(self) -> None:
        """The keys that work."""
        self._show(keys_dialog(self._window))

    def show_about(self) -> None:
        """Version and licences."""
        self._show(AboutDialog(self._window.desk.backend.database, self._window))

    def show_fault(self, error: BaseException) -> None:
        """Write a report and say where it lies."""
        self._show(FaultDialog(error, write_fault_report(error, "使用窗口"), self._window))

    def _show(self, dialog: QDialog) -> None:
        """Open without stopping the program; a dialog that was open before goes."""
        if self.dialog is not None:
            self.dialog.close()
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
