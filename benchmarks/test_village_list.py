"""How long the village lists stand still with 5,000 villages: while a filter is typed, and while they scroll.

``pytest benchmarks/test_village_list.py --benchmark-only -s`` prints the longest and the median pause. The aim is the
house's: no pause over a tenth of a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytest_benchmark.fixture import BenchmarkFixture
from pytestqt.qtbot import QtBot

from desktop_app.views.rural.panel import GAPS, VILLAGES, VillagePanel
from desktop_app.views.theme import Theme, ThemeMode
from tests.gui.rural_green import many_villages

COUNT = 5_000
LIMIT = 0.1
"""Seconds."""
TYPED = ("d", "dx", "dxn", "dx", "d", "东", "东西", "2202", "220281101", "")


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> VillagePanel:
    Theme(qapp, ThemeMode.LIGHT)
    made = VillagePanel()
    qtbot.addWidget(made)
    made.resize(720, 520)
    made.show()
    made.set_board(many_villages(COUNT))
    return made


def pauses(steps: list[Callable[[], object]]) -> list[float]:
    """Seconds that each step takes."""
    took = []
    for step in steps:
        start = time.perf_counter()
        step()
        took.append(time.perf_counter() - start)
    return sorted(took)


@pytest.mark.parametrize("view", [VILLAGES, GAPS])
def test_typing_and_scrolling_never_stop_the_list(benchmark: BenchmarkFixture, panel: VillagePanel, view: str) -> None:
    panel.turn_to(view)
    table = panel.villages if view == VILLAGES else panel.gaps
    bar = table.verticalScrollBar()

    def type_words(words: str) -> None:
        panel.search.setText(words)
        table.viewport().repaint()

    def scroll_to(share: float) -> None:
        bar.setValue(int(bar.maximum() * share))
        table.viewport().repaint()

    def once() -> tuple[list[float], list[float]]:
        typed = pauses([lambda words=words: type_words(words) for words in TYPED])  # type: ignore[misc]
        return typed, pauses([lambda n=n: scroll_to(n / 40) for n in range(41)])  # type: ignore[misc]

    typed, scrolled = benchmark.pedantic(once, rounds=1, iterations=1)  # type: ignore[no-untyped-call]
    for name, took in (("typing", typed), ("scrolling", scrolled)):
        print(f"{view} {name}: longest {took[-1] * 1000:.0f} ms, median {took[len(took) // 2] * 1000:.0f} ms")
        assert took[len(took) // 2] < LIMIT
    assert bar.maximum() > 0
