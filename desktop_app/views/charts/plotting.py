"""Loads the drawing library. Called in a worker thread, so that the window never waits for it."""

from __future__ import annotations

from threading import Lock
from types import ModuleType

_lock = Lock()
_ready = False


def ready() -> bool:
    """Whether the library is loaded, so that a chart can be drawn at once."""
    return _ready


def load() -> ModuleType:
    """pyqtgraph, set up once: antialiased, no wheel zoom by accident."""
    global _ready  # noqa: PLW0603 - one library, set up once
    import pyqtgraph

    with _lock:
        if not _ready:
            pyqtgraph.setConfigOptions(antialias=True, useOpenGL=False)
            _ready = True
    return pyqtgraph  # type: ignore[no-any-return] # the library ships no annotations
