"""Pictures of every view, without a screen, into build/shots/.

Demo county and empty ledger, 1366×768 and 1920×1080, light and dark, at 100 % and 150 %:
``<ledger>-<size>-<face>-<scale>-<tab>.png``; pages and dialogs of a tab have their own name after the tab's.
Qt takes its scale once, when it starts, hence one process per scale. ``--only 总览`` draws one tab, ``--quick`` the
demo county at 1366×768 in the light face at 100 %.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from desktop_app.views.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
SIZES = ((1366, 768), (1920, 1080))
FACES = ("light", "dark")
SCALES = (100, 150)
MONTH = "2021-03"
DEMO = "demo"
FIRST_YEAR = 2016
ENTERED = {
    "CTX.POP": "42.61 42.13 41.5 40.92 40.15",
    "CTX.POP.REG": "44.1 43.8 43.5 43.2 42.95",
    "CTX.AREA": "6364 6364 6364 6364 6364",
    "CTX.GDP": "150.2 158.33 161.7 160.02 14O.25",
}
"""Typed into the entry grid, year by year; invented, the last one with a slip."""


@dataclass(frozen=True)
class Order:
    """What to draw in one process."""

    ledgers: tuple[Path, ...]
    sizes: tuple[tuple[int, int], ...]
    faces: tuple[str, ...]
    scale: int
    only: str
    out: Path

    def arguments(self) -> list[str]:
        """The order as words for the command line of the process that draws."""
        words = ["--inner", "--scale", str(self.scale), "--only", self.only, "--out", str(self.out)]
        for ledger in self.ledgers:
            words += ["--ledger", str(ledger)]
        for width, height in self.sizes:
            words += ["--size", f"{width}x{height}"]
        for face in self.faces:
            words += ["--face", face]
        return words


def make_ledgers(folder: Path, *, empty: bool) -> tuple[Path, ...]:
    """A ledger with the demo county and, if wanted, one with nothing in it."""
    made = []
    for name, more in ((DEMO, ["--sample"]), ("empty", ["--name", "蛟河市"])):
        if name == "empty" and not empty:
            continue
        ledger = folder / f"{name}.db"
        command = [sys.executable, "-m", "desktop_app", "--db", str(ledger), "init", "--region", "220281", *more]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        made.append(ledger)
    return tuple(made)


def draw_everything(*, only: str, quick: bool, out: Path) -> int:
    """Draw into ``out``; returns how many pictures there are."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        if only in old.stem:
            old.unlink()
    with tempfile.TemporaryDirectory(prefix="shots-") as scratch:
        ledgers = make_ledgers(Path(scratch), empty=not quick)
        for scale in SCALES[:1] if quick else SCALES:
            order = Order(ledgers, SIZES[:1] if quick else SIZES, FACES[:1] if quick else FACES, scale, only, out)
            variables = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": f"{scale / 100:g}",
                "QT_LOGGING_RULES": "qt.qpa.*=false",
                "BUREAU_LEDGER_HOME": str(Path(scratch) / "home"),
                "PYTHONPATH": str(ROOT),
            }
            subprocess.run([sys.executable, __file__, *order.arguments()], cwd=ROOT, env=variables, check=True)
    return len(list(out.glob("*.png")))


# ------------------------------------------------------------------------------------------------ inside


def settle(window: MainWindow, faults: list[BaseException]) -> None:
    """Run the event loop until every answer is on the screen and laid out; raises the first fault."""
    from PySide6.QtCore import QEventLoop, QTimer

    def waiting() -> bool:
        tab = window.current_tab
        return bool(window.jobs.running) or tab is None or tab.waiting

    loop = QEventLoop()
    window.jobs.idle.connect(loop.quit)
    # Two rounds with nothing to wait for: the first lays out, the second paints what that has moved.
    quiet = 0
    while quiet < 3:
        QTimer.singleShot(60_000 if waiting() else 0, loop.quit)
        was = waiting()
        loop.exec()
        if faults:
            raise faults[0]
        quiet = 0 if was or waiting() else quiet + 1
    window.jobs.idle.disconnect(loop.quit)


def inside(window: MainWindow, faults: list[BaseException]) -> Iterator[tuple[str, QWidget]]:
    """Pages and dialogs of the tab that is shown, each as it is to be drawn, by its name."""
    from PySide6.QtCore import QEventLoop, QTimer

    from desktop_app.services.results.entry import CellKey
    from desktop_app.services.results.tracing import FigureAddress
    from desktop_app.views.entry.page import YEARLY
    from desktop_app.views.imports.tab import ENTRY, FILES, ImportsTab
    from desktop_app.views.indicators.new_indicator import PAUSE_MS, NewIndicatorDialog
    from desktop_app.views.indicators.pages import DATA
    from desktop_app.views.indicators.tab import IndicatorsTab

    tab = window.current_tab
    if isinstance(tab, ImportsTab):
        tab.show_page(ENTRY)
        tab.entry.span.set_key(YEARLY)
        tab.entry.span.chosen.emit(YEARLY)
        settle(window, faults)
        region = tab.entry.board.places[0].code if tab.entry.board is not None else ""
        typed = {
            CellKey(code, str(FIRST_YEAR + n), region): text
            for code, texts in ENTERED.items()
            for n, text in enumerate(texts.split())
        }
        tab.entry.grid.entered.emit(typed)
        settle(window, faults)
        yield "录入", window
        tab.show_page(FILES)
    elif isinstance(tab, IndicatorsTab):
        for key, page in tab.pages.pages.items():
            tab.pages.turn_to(key)
            settle(window, faults)
            yield page.name, window
        tab.pages.turn_to(DATA)
        window.desk.trace(FigureAddress("MKT.VOL", MONTH))
        settle(window, faults)
        if window.tracer.dialog is not None:
            yield "此数从何来", window.tracer.dialog
            window.tracer.dialog.close()
        window.desk.ask_new_indicator()
        settle(window, faults)
        dialog = window.frame_actions.dialog
        if isinstance(dialog, NewIndicatorDialog):
            dialog.form.name.setText("同城件均收入")
            dialog.form.name.textEdited.emit("同城件均收入")
            dialog.form.choose_computed()
            dialog.form.unit.setCurrentText("元/件")
            dialog.form.definition.setPlainText("同城快递业务收入除以同城快递业务量。")
            dialog.panel.edit.set_formula("MKT.REV.LOCAL / MKT.VOL.LOCAL")
            # It is read and tried when typing pauses.
            pause = QEventLoop()
            QTimer.singleShot(PAUSE_MS + 100, pause.quit)
            pause.exec()
            settle(window, faults)
            yield "新增指标", dialog
            dialog.close()


def pictures(app: QApplication, order: Order, faults: list[BaseException]) -> Iterator[tuple[str, QWidget]]:
    """Name of each picture, with the window or dialog to be drawn. Faults of jobs are added to ``faults``."""
    from desktop_app.models.values import Month
    from desktop_app.views.backend import Backend
    from desktop_app.views.main_window import MainWindow
    from desktop_app.views.tabs import TABS
    from desktop_app.views.theme import Theme, ThemeMode

    theme = Theme(app, ThemeMode.LIGHT)
    factor = order.scale / 100
    for ledger in order.ledgers:
        window = MainWindow(Backend(str(ledger)), theme)
        window.resize(round(order.sizes[0][0] / factor), round(order.sizes[0][1] / factor))
        window.jobs.broken.disconnect(window.show_fault)
        window.jobs.broken.connect(faults.append)
        window.show()
        window.open(Month.parse(MONTH))
        settle(window, faults)
        for number, entry in enumerate(TABS):
            if order.only not in {"", entry.name}:
                continue
            window.strip.setCurrentIndex(number)
            for width, height in order.sizes:
                window.resize(round(width / factor), round(height / factor))
                for face in order.faces:
                    theme.set_mode(ThemeMode(face))
                    settle(window, faults)
                    name = f"{ledger.stem}-{width}x{height}-{face}-{order.scale}-{number + 1}{entry.name}"
                    yield f"{name}.png", window
                    for inner, widget in inside(window, faults) if ledger.stem == DEMO else ():
                        yield f"{name}-{inner}.png", widget
        window.close()


def draw(order: Order) -> None:
    """Draw in this process; Qt's scale comes from the environment."""
    from desktop_app.views.app import make_application

    app = make_application(["shots"])
    faults: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: faults.append(error)
    for name, widget in pictures(app, order, faults):
        if not widget.grab().save(str(order.out / name)):
            raise SystemExit(f"不能写入 {order.out / name}")
        print(name)


def main() -> int:
    """Parse the command line and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="one tab, by its name")
    parser.add_argument("--quick", action="store_true", help="demo county, 1366x768, light, 100 %%")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "shots")
    parser.add_argument("--inner", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--scale", type=int, default=100, help=argparse.SUPPRESS)
    parser.add_argument("--ledger", type=Path, action="append", default=[], help=argparse.SUPPRESS)
    parser.add_argument("--size", action="append", default=[], help=argparse.SUPPRESS)
    parser.add_argument("--face", action="append", default=[], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inner:
        sizes = tuple((int(width), int(height)) for width, height in (size.split("x") for size in given.size))
        draw(Order(tuple(given.ledger), sizes, tuple(given.face), given.scale, given.only, given.out))
        return 0
    count = draw_everything(only=given.only, quick=given.quick, out=given.out)
    print(f"{count} 张截图在 {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
