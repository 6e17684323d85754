"""What a tab may use of the window: the ledger, the month, background jobs, and ways to speak to the user."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.services.results.tone import Tone

if TYPE_CHECKING:
    from desktop_app.errors import UserError
    from desktop_app.models.values import Month
    from desktop_app.services.results.overview import LedgerInfo
    from desktop_app.services.results.tracing import FigureAddress
    from desktop_app.views.backend import Backend
    from desktop_app.views.jobs import JobRunner


@dataclass(frozen=True)
class Goto:
    """A request to open a tab; ``target`` says what to show there (``code="MKT.VOL"``, ``batch="12"`` …)."""

    tab: str
    target: dict[str, str] = field(default_factory=dict)


class Desk(QObject):
    """Shared by all tabs of one window. Tabs emit nothing of it themselves; they call its methods."""

    month_changed = Signal(object)
    """A :class:`Month`."""
    ledger_changed = Signal()
    """Another ledger has been opened."""
    data_changed = Signal()
    """Figures of the ledger have changed (import, undo): every tab asks again."""
    rules_changed = Signal()
    """The check rules have been set otherwise: files that wait are to be checked again."""
    rules_asked = Signal(str)
    """Open the check rules at the rule of this code ("" = any)."""
    trace_asked = Signal(object)
    """A :class:`FigureAddress`: show where this figure comes from (此数从何来)."""
    new_indicator_asked = Signal()
    """Open the page for an indicator of the bureau's own."""
    goto_asked = Signal(object)
    """A :class:`Goto`."""
    spoken = Signal(str, object, str)
    """Message, tone, hint: shown in the message bar."""
    badge_changed = Signal(str, int)
    """Tab name, number beside it (0 = none)."""

    def __init__(self, backend: Backend, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.backend = backend
        self.jobs = jobs
        self.info: LedgerInfo | None = None
        self._month: Month | None = None

    @property
    def month(self) -> Month | None:
        """The month that governs every tab; None until the ledger is open."""
        return self._month

    def set_month(self, month: Month) -> None:
        """Turn every tab to another month."""
        if month != self._month:
            self._month = month
            self.month_changed.emit(month)

    def set_ledger(self, info: LedgerInfo | None, month: Month | None = None) -> None:
        """A ledger has been opened and this is its month, or (None) it has been closed."""
        self.info = info
        self._month = month
        self.ledger_changed.emit()

    def announce_change(self) -> None:
        """Call after an import, an undo or any other change of figures."""
        self.data_changed.emit()

    def announce_rules(self) -> None:
        """Call after a check rule has been set."""
        self.rules_changed.emit()

    def ask_rules(self, code: str = "") -> None:
        """Open the check rules, at one of them."""
        self.rules_asked.emit(code)

    def trace(self, address: FigureAddress | None) -> None:
        """Show where a figure comes from; None (no figure) does nothing."""
        if address is not None:
            self.trace_asked.emit(address)

    def ask_new_indicator(self) -> None:
        """Open the page for an indicator of the bureau's own."""
        self.new_indicator_asked.emit()

    def go(self, tab: str, **target: str) -> None:
        """Open another tab, by its name (``行业指标``), at a target that the tab understands."""
        self.goto_asked.emit(Goto(tab, target))

    def say(self, text: str, tone: Tone = Tone.INFO, hint: str = "") -> None:
        """Show a line in the message bar."""
        self.spoken.emit(text, tone, hint)

    def complain(self, error: UserError) -> None:
        """Show a refusal: where, what, and how to mend it."""
        head = f"{error.where}：{error.message}" if error.where else error.message
        self.spoken.emit(head, Tone.BAD, error.hint)

    def set_badge(self, tab: str, count: int) -> None:
        """Set the number beside a tab's name."""
        self.badge_changed.emit(tab, count)
