"""此数从何来 by menu and by key: the same words and key wherever a figure stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QMenu

    from desktop_app.services.results.tracing import FigureAddress

TRACE_WORDS = "此数从何来\tF7"


@runtime_checkable
class Traceable(Protocol):
    """A widget that knows which figure is current in it."""

    def traced_figure(self) -> FigureAddress | None:
        """Its address; None when no figure is marked."""


def focused_figure() -> FigureAddress | None:
    """The figure that is current where the keyboard focus is, within its window."""
    widget = QApplication.focusWidget()
    while widget is not None:
        if isinstance(widget, Traceable) and (address := widget.traced_figure()) is not None:
            return address
        widget = None if widget.isWindow() else widget.parentWidget()
    return None


def give_trace_key(dialog: QDialog, else_of: Traceable, trace: Callable[[FigureAddress], object]) -> None:
    """F7 in a dialog, which the window's own key does not reach; ``else_of``: asked when the focus is on no figure."""

    def ask() -> None:
        if (address := focused_figure() or else_of.traced_figure()) is not None:
            trace(address)

    QShortcut(QKeySequence("F7"), dialog).activated.connect(ask)


def offer_trace(
    menu: QMenu,
    address: FigureAddress | None,
    trace: Callable[[FigureAddress], object],
    *,
    shown: bool = True,
    of: str = "",
) -> None:
    """Add the entry; greyed where no figure stands, left out where none ever does (``shown`` False).

    ``of``: whose figure it is, where a point has several.
    """
    if not shown:
        return
    words = f"此数从何来：{of}" if of else TRACE_WORDS
    action = menu.addAction(words, lambda: trace(address) if address is not None else None)
    action.setEnabled(address is not None)
