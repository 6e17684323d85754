"""What a command or the first window really loads, seen from a fresh process.

The layer table says what a room may import; this says what has been imported when it counts: the command line must run
on a machine without a screen, and the window must be there before pandas is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample"
MARK = "loaded-at-the-end:"

AROUND_COMMAND = f"""
import sys
from desktop_app.__main__ import main
status = 3
try:
    status = main()
except SystemExit as leaving:
    status = leaving.code or 0
finally:
    print("{MARK}", *sorted({{name.partition(".")[0] for name in sys.modules}}), file=sys.stderr)
sys.exit(status)
"""

AROUND_WINDOW = f"""
import sys
from PySide6.QtCore import QEventLoop, QTimer
from desktop_app.views.app import chosen_mode, make_application
from desktop_app.views.backend import Backend
from desktop_app.views.main_window import MainWindow
from desktop_app.views.theme import Theme
application = make_application(["bureau-ledger"])
window = MainWindow(Backend(sys.argv[1]), Theme(application, chosen_mode()))
window.show()
application.processEvents()
assert window.isVisible()
if sys.argv[2] == "filled":
    loop = QEventLoop()
    window.jobs.idle.connect(loop.quit)
    QTimer.singleShot(30_000, lambda: sys.exit("the first tab was not filled"))
    loop.exec()
    assert "desktop_app.services.overview" in sys.modules
loaded = sorted({{name.partition(".")[0] for name in sys.modules}})
window.close()
print("{MARK}", *loaded, file=sys.stderr)
"""


@dataclass(frozen=True)
class Run:
    """How a process ended and which packages it had loaded."""

    status: int
    loaded: frozenset[str]
    words: str


def run(program: str, *arguments: str) -> Run:
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=variables, check=False, timeout=120)
    words, _, loaded = done.stderr.rpartition(MARK)
    return Run(done.returncode, frozenset(loaded.split()), done.stdout + words)


def bureau_ledger(ledger: Path, *arguments: str) -> Run:
    return run(AROUND_COMMAND, "--db", str(ledger), *arguments)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Run]]:
    """A ledger with registers and two months of figures, and how each command that made it ran."""
    ledger = tmp_path_factory.mktemp("filled") / "ledger.db"
    months = [str(file) for month in ("2021-02", "2021-03") for file in sorted((SAMPLE / "months" / month).iterdir())]
    steps = {
        "init": ("init", "--region", "220281"),
        "regions import": ("regions", "import", str(SAMPLE / "villages_220281.csv")),
        "enterprises import": ("enterprises", "import", str(SAMPLE / "enterprises.csv")),
        "import": ("import", "--accept-warnings", "演示", *months),
    }
    return ledger, {name: bureau_ledger(ledger, *step) for name, step in steps.items()}


@pytest.mark.parametrize("name", ["init", "regions import", "enterprises import", "import"])
def test_filling_a_ledger_loads_no_qt(filled: tuple[Path, dict[str, Run]], name: str) -> None:
    done = filled[1][name]
    assert done.status == 0, done.words
    assert "PySide6" not in done.loaded


@pytest.mark.parametrize(
    "arguments",
    [
        ("inspect", str(SAMPLE / "enterprises.csv")),
        ("batches",),
        ("enterprises", "list"),
        ("indicator", "MKT.VOL", "--period", "2021-03"),
        ("coverage", "--period", "2021-03", "--gaps"),
        ("green", "--period", "2021-03"),
        ("report", "monthly", "--period", "2021-03", "-o", "{folder}/月报.pdf"),
        ("backup", "{folder}/备份"),
        ("check",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_loads_qt(filled: tuple[Path, dict[str, Run]], arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = bureau_ledger(filled[0], *(word.replace("{folder}", str(tmp_path)) for word in arguments))
    assert done.status == 0, done.words
    assert "PySide6" not in done.loaded


@pytest.mark.parametrize("moment", ["painted", "filled"])
def test_nothing_heavy_stands_behind_the_first_window(filled: tuple[Path, dict[str, Run]], moment: str) -> None:
    done = run(AROUND_WINDOW, str(filled[0]), moment)
    assert done.status == 0, done.words
    assert "PySide6" in done.loaded
    assert done.loaded.isdisjoint({"pandas", "reportlab", "openpyxl"})
