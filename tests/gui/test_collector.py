"""The cycle collector runs in the UI thread only, and it does run."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.views.collector import YOUNG, Collector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    parent = QObject()
    yield Collector(parent)
    gc.enable()
    gc.unfreeze()


class Knot:
    """An object that only the cycle collector can free."""

    def __init__(self) -> None:
        self.itself = self


def test_a_worker_never_collects(collector: Collector) -> None:
    knot = weakref.ref(Knot())
    worker = threading.Thread(target=lambda: [Knot() for _ in range(3 * YOUNG)])
    worker.start()
    worker.join()
    assert knot() is not None


def test_the_ui_thread_collects_what_has_piled_up(qtbot: QtBot, collector: Collector) -> None:
    gc.collect()
    knot = weakref.ref(Knot())
    kept = [Knot() for _ in range(2 * YOUNG)]
    qtbot.waitUntil(lambda: knot() is None, timeout=10_000)
    assert kept


def test_few_new_objects_are_left_alone(collector: Collector) -> None:
    gc.collect()
    knot = weakref.ref(Knot())
    collector.look()
    assert knot() is not None


def test_what_stands_at_the_start_is_not_walked_again(collector: Collector) -> None:
    before = gc.get_freeze_count()
    collector.settle()
    assert gc.get_freeze_count() > before + 1000
