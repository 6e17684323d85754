"""Uncaught faults of the UI thread go to the window, not to a console that nobody sees."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def install_fault_hook(show: Callable[[BaseException], None]) -> Hook:
    """Send uncaught faults of the UI thread to ``show``; returns the hook that was there before."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
        else:
            show(error)

    sys.excepthook = hook
    return before
