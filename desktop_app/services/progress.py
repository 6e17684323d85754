"""How long jobs tell how far they are and ask whether to go on; only the window knows of threads."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.errors import CancelledError

Progress = Callable[[int, int, str], None]
"""(done, total, what) — called between files."""
Told = Callable[[float, str], None]
"""(share, what) — called within one file."""
Cancelled = Callable[[], bool]


def quiet(_done: int, _total: int, _what: str) -> None:
    """Progress that nobody watches."""


def untold(_share: float, _what: str) -> None:
    """The same within one file."""


def hundredths(progress: Progress, first: int, last: int) -> Told:
    """Progress of one step that goes from ``first`` to ``last`` hundredths of the whole."""
    return lambda share, what: progress(first + int(share * (last - first)), 100, what)


def never() -> bool:
    """A job that nobody cancels."""
    return False


def stepwise(told: Told, cancelled: Cancelled, what: str) -> Callable[[int, int], None]:
    """Progress of a long write; cancelling undoes it."""

    def step(done: int, total: int) -> None:
        if cancelled():
            raise CancelledError
        told(done / max(total, 1), f"入库 {done} {what}")

    return step
