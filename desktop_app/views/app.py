"""The window's way in: `bureau-ledger gui`."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app import settings
from desktop_app.errors import UserError
from desktop_app.views.backend import Backend
from desktop_app.views.collector import Collector
from desktop_app.views.frame.fault_hook import install_fault_hook
from desktop_app.views.main_window import MainWindow
from desktop_app.views.theme import Theme, ThemeMode


def chosen_mode() -> ThemeMode:
    """The face that the user has chosen; as the system when nothing was chosen."""
    kept = settings.get("theme")
    return ThemeMode(kept) if kept in set(ThemeMode) else ThemeMode.SYSTEM


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The Qt application, set to Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication(arguments if arguments is not None else sys.argv[:1])
    app.setApplicationName("bureau-ledger")
    app.setApplicationDisplayName("邮管台账")
    translator = QTranslator(app)
    # Qt's own dialogs (files, colours) and context menus of text fields speak Chinese too.
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def has_screen() -> bool:
    """Whether there is a screen to open a window on; Qt itself would end the process without one."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(database: str) -> int:
    """Open the window on a ledger and stay until it is closed; returns the exit status.

    :raises UserError: there is no screen.
    """
    if not has_screen():
        raise UserError(
            "这里没有屏幕，打不开窗口",
            hint="请在桌面上打开",
            command="请在桌面上打开，或用 bureau-ledger --help 里的命令",
        )
    app = make_application()
    # A worker that computes hands the interpreter over five times sooner than usual: the window answers at once.
    sys.setswitchinterval(0.001)
    collector = Collector(app)
    theme = Theme(app, chosen_mode())
    window = MainWindow(Backend(database), theme)
    install_fault_hook(window.show_fault)
    window.restore_place()
    window.show()
    window.jobs.idle.connect(collector.settle, Qt.ConnectionType.SingleShotConnection)
    return app.exec()
