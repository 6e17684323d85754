"""The base of every tab: asks in the background, shows the answer, says why when there is nothing to show."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.errors import UserError
from desktop_app.models.values import Month
from desktop_app.views.desk import Desk
from desktop_app.views.jobs import Job, Lane, Work
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

R = TypeVar("R")
S = TypeVar("S")

Question = Callable[[], R]
"""Asks the backend; runs in a worker thread, so it must hold every choice it needs and touch no widget."""


@dataclass(frozen=True)
class Emptiness:
    """Why a tab has nothing to show, and the button that mends it."""

    title: str
    reason: str
    action: str = ""
    tab: str = ""
    """Tab that the button opens."""
    also: str = ""
    """A second button; the tab answers it in ``act_also``."""


class Tab(QWidget, Generic[R]):
    """A tab of the window.

    The page scrolls when the window is smaller than the page's minimum (150 % on a small screen), so give cards that
    must stay legible a minimum height.

    A subclass sets ``name``, builds its widgets into ``self.page`` in ``build()``, returns its question in
    ``question(month)`` and fills its widgets in ``show_answer(answer)``. It connects signals of the desk (or of
    anything that lives longer) through :meth:`listen`, so that they are dropped when the tab closes.
    """

    name: ClassVar[str] = ""
    uses_charts: ClassVar[bool] = False
    """True has the drawing library loaded after the first answer."""

    answered = Signal()
    """An answer (or a refusal) is on the screen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._connections: list[QMetaObject.Connection] = []
        self._stale = True
        self._shown_once = False
        self._waits = False
        self.page = QWidget()
        self.page.setProperty("scrolled", "true")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.page)
        self._skeleton = Skeleton()
        self._empty = EmptyState()
        self._empty.acted.connect(self._act)
        self._empty.also_acted.connect(self.act_also)
        self._empty_tab = ""
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._empty_page = QWidget()
        holder = QVBoxLayout(self._empty_page)
        holder.setContentsMargins(16, 12, 16, 12)
        card = Card()
        card.add(self._empty, 1)
        holder.addWidget(card)
        for widget in (self._skeleton, self._scroll, self._empty_page):
            self._stack.addWidget(widget)
        self.build()
        self.listen(desk.month_changed, self._invalidate)
        self.listen(desk.data_changed, self._invalidate)
        self.listen(desk.ledger_changed, self._forget)

    # --------------------------------------------------------------------------------------- for subclasses

    @abstractmethod
    def build(self) -> None:
        """Make the widgets, into ``self.page``; called once."""

    @abstractmethod
    def question(self, month: Month) -> Question[R]:
        """A function for the worker thread that asks the backend; called in the UI thread, so read filters here."""

    @abstractmethod
    def show_answer(self, answer: R) -> None:
        """Fill the widgets; called in the UI thread."""

    def act_also(self) -> None:
        """What the second button of an empty tab does; none has one unless it says so."""

    def emptiness(self, answer: R) -> Emptiness | None:
        """Why there is nothing to show; None shows the page."""
        del answer
        return None

    def aim(self, target: dict[str, str]) -> None:
        """Turn to what another tab asked for (:meth:`Desk.go`); the base ignores it."""

    def command(self, name: str) -> bool:
        """A key of the window pressed while this tab is shown: ``import`` (Ctrl+I), ``print`` (Ctrl+P).

        True when the tab has done it; else the window opens the tab that does.
        """
        del name
        return False

    def focus_first(self) -> None:
        """Put the keyboard focus where work begins."""
        self.page.setFocus()

    # --------------------------------------------------------------------------------------- for subclasses to call

    def page_layout(self, margin: int = 12, spacing: int = 12) -> QVBoxLayout:
        """A vertical layout on the page with the house's margins."""
        box = QVBoxLayout(self.page)
        box.setContentsMargins(16, margin, 16, margin)
        box.setSpacing(spacing)
        return box

    def listen(self, signal: SignalInstance, slot: Callable[..., object]) -> None:
        """Connect to a signal of something that outlives the tab; dropped in :meth:`shut`."""
        self._connections.append(signal.connect(slot))

    def refresh(self) -> None:
        """Ask again; while the answer is on its way the old one stays on the screen."""
        month = self.desk.month
        if month is None or self.desk.info is None:
            return
        self._stale = False
        self._waits = True
        question = self.question(month)
        self.desk.jobs.start(
            self,
            "refresh",
            lambda *_: question(),
            on_result=self._answer,
            on_error=self._refused,
            on_fault=self._broken,
        )

    def run(
        self,
        key: str,
        work: Work[S],
        *,
        on_result: Callable[[S], None] | None = None,
        on_error: Callable[[UserError], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        on_fault: Callable[[], object] | None = None,
        lane: Lane = Lane.LONG,
    ) -> Job:
        """Start another job that belongs to this tab; see :meth:`JobRunner.start`."""
        return self.desk.jobs.start(
            self,
            key,
            work,
            on_result=on_result,
            on_error=on_error,
            on_cancelled=on_cancelled,
            on_fault=on_fault,
            lane=lane,
        )

    def shut(self) -> None:
        """Drop connections and jobs; the window calls it before it lets the tab go."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self.desk.jobs.drop(self)

    # --------------------------------------------------------------------------------------- inside

    @property
    def waiting(self) -> bool:
        """An answer is on its way or still to be asked for."""
        return self._waits or self._stale

    def _invalidate(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _forget(self) -> None:
        self._stale = True
        self._stack.setCurrentWidget(self._skeleton)
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _answer(self, answer: R) -> None:
        nothing = self.emptiness(answer)
        if nothing is None:
            self.show_answer(answer)
            self._stack.setCurrentWidget(self._scroll)
        else:
            self._empty_tab = nothing.tab
            self._empty.set_words(nothing.title, nothing.reason, nothing.action, nothing.also)
            self._stack.setCurrentWidget(self._empty_page)
        if nothing is None and self.uses_charts:
            self._draw_charts()
        else:
            self._settled()

    def _draw_charts(self) -> None:
        """Charts follow the figures: their library takes as long to load as everything else of the first tab."""
        from desktop_app.views.charts import plotting

        if plotting.ready():
            self._settled()
            return
        self.desk.jobs.start(self, "charts", lambda *_: plotting.load(), on_result=self._charts_ready)

    def _charts_ready(self, _: object) -> None:
        from desktop_app.views.charts.view import ChartView

        for chart in self.findChildren(ChartView):
            chart.redraw()
        self._settled()

    def _settled(self) -> None:
        self._waits = False
        if not self._shown_once and self.isVisible():
            self._shown_once = True
            self.focus_first()
        self.answered.emit()

    def _refused(self, error: UserError) -> None:
        self._empty_tab = ""
        head = f"{error.where}：{error.message}" if error.where else error.message
        self._empty.set_words(head, error.hint, "再试一次")
        self._stack.setCurrentWidget(self._empty_page)
        self._settled()

    def _broken(self) -> None:
        self._empty_tab = ""
        self._empty.set_words("这一页没有读出来", "程序出了差错，报告已写好；台账里的数据没有受影响。", "再试一次")
        self._stack.setCurrentWidget(self._empty_page)
        self._settled()

    def _act(self) -> None:
        if self._empty_tab:
            self.desk.go(self._empty_tab)
        else:
            self.refresh()
