"""此数从何来 in a context menu: the same words and key wherever a figure stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from desktop_app.services.results.tracing import FigureAddress

TRACE_WORDS = "此数从何来\tF7"


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
