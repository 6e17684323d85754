"""The window: header, tabs, footer. Paints first, loads the services in a worker afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app import settings
from desktop_app.views.desk import Desk, Goto
from desktop_app.views.frame.footer import Footer
from desktop_app.views.frame.header import Header
from desktop_app.views.frame.tab_strip import TabStrip
from desktop_app.views.jobs import Cancelled, JobRunner, Lane, Progress
from desktop_app.views.tabs import TABS, TabEntry
from desktop_app.views.widgets.message import MessageBar
from desktop_app.views.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QShortcut

    from desktop_app.errors import UserError
    from desktop_app.models.values import Month
    from desktop_app.services.results.overview import LedgerInfo
    from desktop_app.services.results.search import Hit
    from desktop_app.services.results.tracing import FigureAddress
    from desktop_app.views.backend import Backend
    from desktop_app.views.frame.actions import WindowActions
    from desktop_app.views.provenance.tracer import Tracer
    from desktop_app.views.tab import Tab
    from desktop_app.views.theme import Theme

WARM_AFTER_MS = 300


class MainWindow(QMainWindow):
    """One window on one ledger."""

    def __init__(self, backend: Backend, theme: Theme | None = None, tabs: tuple[TabEntry, ...] = TABS) -> None:
        super().__init__()
        self.theme = theme
        self.jobs = JobRunner(self)
        self.desk = Desk(backend, self.jobs, self)
        self._entries = tabs
        self._tabs: dict[int, Tab[Any]] = {}
        self._begun = False
        self._month_at_open: Month | None = None
        self._actions: WindowActions | None = None
        self._tracer: Tracer | None = None
        self._keys: list[QShortcut] | None = None
        self.setWindowTitle("邮管台账")
        self.resize(1366, 768)
        self._build()
        self._wire()

    # ------------------------------------------------------------------------------------------- building

    def _build(self) -> None:
        self.header = Header()
        self.strip = TabStrip()
        self.message = MessageBar()
        self.pages = QStackedWidget()
        self.footer = Footer(len(self._entries))
        for entry in self._entries:
            self.strip.addTab(entry.name)
            self.pages.addWidget(Skeleton())
        self.footer.show_info(None)
        centre = QWidget()
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self._strip_holder())
        box.addWidget(self.message)
        box.addWidget(self.pages, 1)
        box.addWidget(self.footer)
        self.setCentralWidget(centre)

    def _strip_holder(self) -> QWidget:
        """The strip begins a little right of the edge, its line runs the whole width."""
        holder = QFrame()
        holder.setObjectName("strip")
        row = QHBoxLayout(holder)
        row.setContentsMargins(8, 0, 8, 1)
        row.addWidget(self.strip, 1)
        return holder

    def _wire(self) -> None:
        self.strip.currentChanged.connect(self._turn_to)
        self.header.month_box.chosen.connect(self._month_chosen)
        self.header.menu_button.clicked.connect(self.open_menu)
        self.header.search.asked.connect(self._find)
        self.header.search.picked.connect(self._open_hit)
        desk = self.desk
        desk.month_changed.connect(self._month_changed)
        desk.goto_asked.connect(self._go)
        desk.spoken.connect(self.message.show_message)
        desk.badge_changed.connect(self._set_badge)
        desk.data_changed.connect(self.refresh_info)
        desk.rules_asked.connect(self._show_rules)
        desk.trace_asked.connect(self._trace)
        desk.new_indicator_asked.connect(self._new_indicator)
        self.jobs.failed.connect(desk.complain)
        self.jobs.broken.connect(self.show_fault)
        self.jobs.busy.connect(lambda busy: self.footer.show_busy(busy=busy))

    @property
    def frame_actions(self) -> WindowActions:
        """What the menu and its keys do; loaded when first wanted."""
        if self._actions is None:
            from desktop_app.views.frame.actions import WindowActions

            self._actions = WindowActions(self)
        return self._actions

    @property
    def tracer(self) -> Tracer:
        """此数从何来; loaded when first wanted."""
        if self._tracer is None:
            from desktop_app.views.provenance.tracer import Tracer

            self._tracer = Tracer(self.desk, self)
        return self._tracer

    def _trace(self, address: FigureAddress) -> None:
        # Not bound at the start: the dialog is loaded when it is first wanted.
        self.tracer.trace(address)

    def trace_focus(self) -> None:
        """F7: where the figure under the focus comes from."""
        self.tracer.trace_focus()

    # ------------------------------------------------------------------------------------------- opening

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self.open)

    def open(self, month: Month | None = None) -> None:
        """Open the backend's ledger in a worker; ``month`` turns to that month instead of the remembered one."""
        self._begun = True
        self._month_at_open = month or self._month_at_open
        self._finish_shell()
        self.footer.show_info(None)
        backend = self.desk.backend
        self.jobs.start(self, "open", lambda *_: backend.open(), on_result=self._opened, on_error=self._not_opened)
        self._build_tab(self.strip.currentIndex())
        self.strip.setFocus()

    def _finish_shell(self) -> None:
        """What the first paint did not need: keys and the icon."""
        if self._keys is None:
            from PySide6.QtGui import QIcon

            from desktop_app.paths import resources_dir
            from desktop_app.views.frame.keys import give_keys

            self._keys = give_keys(self)
            self.jobs.idle.connect(self._warm_later, Qt.ConnectionType.SingleShotConnection)
            self.setWindowIcon(QIcon(str(resources_dir() / "icons" / "app.svg")))

    def _warm_later(self) -> None:
        """The first tab is filled: load the modules of the others while the user looks at it."""
        QTimer.singleShot(WARM_AFTER_MS, self, self._warm)

    def _warm(self) -> None:
        entries = self._entries

        def load(_progress: Progress, cancelled: Cancelled) -> None:
            for entry in entries:
                if not cancelled():
                    entry.load()

        self.jobs.start(self, "warm", load, lane=Lane.LONG)

    def _opened(self, info: LedgerInfo) -> None:
        self._show_info(info)
        month = self._month_at_open or _month(info.work_month) or _month(info.last_month) or _last_month()
        self._month_at_open = None
        settings.put("ledger", self.desk.backend.database)
        self.header.month_box.set_month(month)
        self.desk.set_ledger(info, month)

    def _not_opened(self, error: UserError) -> None:
        self.footer.show_info(None)
        self.frame_actions.offer_ledgers(error)

    def refresh_info(self) -> None:
        """Ask again what the header and footer show."""
        backend = self.desk.backend
        self.jobs.start(self, "info", lambda _progress, _cancelled: backend.open(), on_result=self._show_info)

    def _show_info(self, info: LedgerInfo) -> None:
        self.desk.info = info
        self.header.show_info(info)
        self.footer.show_info(info)
        self.header.month_box.set_span(_month(info.first_month), _month(info.last_month))
        self.setWindowTitle(f"邮管台账 — {info.region_name}" + ("（示例数据）" if info.sample else ""))

    def change_ledger(self, backend: Backend) -> None:
        """Let go of the ledger and open another."""
        self.desk.backend.close()
        self.desk.backend = backend
        self.desk.set_ledger(None)
        self.message.clear()
        self.open()

    # ------------------------------------------------------------------------------------------- tabs

    def _build_tab(self, index: int) -> Tab[Any]:
        tab = self._tabs.get(index)
        if tab is None:
            tab = self._entries[index].build(self.desk)
            self._tabs[index] = tab
            skeleton = self.pages.widget(index)
            self.pages.insertWidget(index, tab)
            self.pages.removeWidget(skeleton)
            skeleton.deleteLater()
            self.pages.setCurrentIndex(self.strip.currentIndex())
        return tab

    def _turn_to(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        if self._begun:
            self._build_tab(index).focus_first()

    @property
    def current_tab(self) -> Tab[Any] | None:
        """The tab on the screen, when it has been built."""
        return self._tabs.get(self.strip.currentIndex())

    def tab_named(self, name: str) -> Tab[Any]:
        """A tab by its name, built if need be."""
        return self._build_tab(self._index(name))

    def _index(self, name: str) -> int:
        return next((i for i, entry in enumerate(self._entries) if entry.name == name), 0)

    def _go(self, goto: Goto) -> None:
        tab = self.tab_named(goto.tab)
        if goto.target:
            tab.aim(dict(goto.target))
        self.strip.setCurrentIndex(self._index(goto.tab))

    def _find(self, text: str) -> None:
        backend, box = self.desk.backend, self.header.search
        self.jobs.start(self, "find", lambda *_: backend.find(text), on_result=lambda hits: box.show_hits(text, hits))

    def _open_hit(self, hit: Hit) -> None:
        names = {"指标": "code", "企业": "enterprise", "村": "village", "乡镇": "town"}
        self._go(Goto(hit.tab, {names[hit.kind]: hit.key}))

    def command(self, name: str, home: str) -> None:
        """A key that belongs to a tab: the shown tab does it, or the tab at home in it is opened."""
        tab = self.current_tab
        if tab is None or not tab.command(name):
            self._go(Goto(home))

    def ask_again(self) -> None:
        """F5: read the shown tab and the ledger's state again."""
        if self.current_tab is not None:
            self.current_tab.refresh()
        self.refresh_info()

    def _set_badge(self, name: str, count: int) -> None:
        self.strip.set_badge(self._index(name), count)

    # ------------------------------------------------------------------------------------------- month

    def _month_chosen(self, month: Month) -> None:
        self.desk.set_month(month)
        backend = self.desk.backend
        self.jobs.start(self, "work month", lambda _progress, _cancelled: backend.set_work_month(month))

    def _month_changed(self, month: Month) -> None:
        self.header.month_box.set_month(month)

    # ------------------------------------------------------------------------------------------- frame

    def open_menu(self) -> None:
        """Drop the ⋯ menu."""
        self.frame_actions.open_menu(self.header.menu_button)

    def _show_rules(self, code: str) -> None:
        # Not bound at the start: what the menu does is loaded when it is first wanted.
        self.frame_actions.show_rules(code)

    def _new_indicator(self) -> None:
        self.frame_actions.new_indicator()

    def show_fault(self, error: BaseException) -> None:
        """A fault of ours: write a report and say where it lies."""
        self.frame_actions.show_fault(error)

    def closeEvent(self, event: QCloseEvent) -> None:
        for tab in self._tabs.values():
            tab.shut()
        self.jobs.close()
        self.desk.backend.close()
        settings.put("window", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        super().closeEvent(event)

    def restore_place(self) -> None:
        """Stand where the window stood last time."""
        kept = settings.get("window")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))
        if self.windowState() & Qt.WindowState.WindowMinimized:
            self.setWindowState(Qt.WindowState.WindowNoState)


def _month(text: str) -> Month | None:
    from desktop_app.models.values import Month

    try:
        return Month.parse(text)
    except ValueError:
        return None


def _last_month() -> Month:
    """The month before this one: what is being reported in an empty ledger."""
    from datetime import datetime

    from desktop_app.models.values import Month

    now = datetime.now().astimezone()
    return Month(now.year, now.month).shift(-1)
