"""Python's cycle collector, kept to the UI thread.

Left to itself it runs in whichever thread happens to allocate next. In a worker it would take Qt objects apart in the
wrong thread, and while the program starts it walks a hundred thousand new objects again and again for nothing.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000
YOUNG = 5_000
"""New objects since the last look that make looking worth while."""
OLDER = 10
"""Looks at the younger generation before the next older one is looked at, as in Python's own rule."""


class Collector(QObject):
    """Collects by a timer of the UI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.destroyed.connect(gc.enable)

    def settle(self) -> None:
        """The program has started: what is loaded stays, so it need not be walked through again."""
        gc.freeze()

    def look(self) -> None:
        """Collect the youngest generation that has grown enough, as Python itself would."""
        young, middle, old = gc.get_count()
        if young <= YOUNG:
            return
        gc.collect(2 if middle > OLDER and old > OLDER else 1 if middle > OLDER else 0)
