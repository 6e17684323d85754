"""What the tests of 快递进村 and 绿色包装 stand on: a small real ledger, a desk of their own, made-up boards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.charts import ChartKind, ChartSpec, Series
from desktop_app.importing.plan import ImportOptions
from desktop_app.models.values import Month
from desktop_app.paths import resources_dir
from desktop_app.services import imports, ledger, registers
from desktop_app.services.results.imports import Outcome
from desktop_app.services.results.rural import Gap, HeatCell, RuralBoard, TownRow, VillageRow
from desktop_app.views.backend import Backend
from desktop_app.views.desk import Desk
from desktop_app.views.jobs import JobRunner
from desktop_app.views.tab import Tab

MARCH = Month(2021, 3)
FEBRUARY = Month(2021, 2)
MONTHS = ("2020-12", "2021-01", "2021-02", "2021-03")
"""January's village sheet lists every village, the others what has changed."""
SHEETS = ("绿色包装", "进村", "本局")

T = TypeVar("T", bound=Tab[Any])


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press a key on a widget."""
    QTest.keyClick(widget, key)


def write(widget: QWidget, text: str) -> None:
    """Type letters into a widget."""
    QTest.keyClicks(widget, text)


def click(widget: QWidget, where: QPoint | None = None) -> None:
    """Click a widget, in its middle unless told where."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where if where is not None else widget.rect().center())


def small_county(path: Path) -> Path:
    """A ledger of the demo county with its registers and four months of village and green sheets."""
    sample = resources_dir() / "sample"
    made = ledger.create(path, "220281", "蛟河市", sample=True)
    registers.import_regions(made, sample / "villages_220281.csv", month=Month(2020, 1))
    registers.import_enterprises(made, sample / "enterprises.csv")
    for month in MONTHS:
        for sheet in SHEETS:
            for file in sorted((sample / "months" / month).glob(f"{sheet}_*")):
                preview = imports.preview_file(made, file, ImportOptions())
                outcome = imports.commit_previews(made, [preview], "示例数据")[0].outcome
                assert outcome is Outcome.COMMITTED, file.name
    made.close()
    return path


def empty_county(path: Path) -> Path:
    """A ledger with nothing in it."""
    ledger.create(path, "220281", "蛟河市").close()
    return path


@contextmanager
def shown(
    qtbot: QtBot, kind: type[T], path: Path, month: Month = MARCH, size: tuple[int, int] = (1366, 642)
) -> Iterator[T]:
    """The tab on a desk of its own, answered for ``month``."""
    jobs = JobRunner()
    desk = Desk(Backend(str(path)), jobs)
    tab = kind(desk)
    qtbot.addWidget(tab)
    tab.resize(*size)
    tab.show()
    with qtbot.waitSignal(tab.answered, timeout=20_000):
        desk.set_ledger(desk.backend.open(), month)
    yield tab
    tab.shut()
    jobs.close()
    desk.backend.close()


def many_villages(count: int, towns: int = 25) -> RuralBoard:
    """A board of so many villages of a made-up prefecture; every seventh is not reached."""
    syllables = "东西南北上下大小前后新老青白红黄黑石山河沟泉林松柳杨梅花"
    letters = "dxnbsxdxqhxlqbhhhsshgqlslymh"
    rows, gaps = [], []
    for i in range(count):
        a, b, c = i % 28, (i // 28) % 28, (i // 784) % 28
        name = f"{syllables[a]}{syllables[b]}{syllables[c]}村"
        code = f"2202{81 + i // 4000:02d}{100 + i % towns:03d}{200 + i // towns % 200:03d}"
        town = f"第{i % towns + 1}镇"
        reached = i % 7 != 0
        brands = ("示例甲", "示例乙")[: i % 3] or ("示例甲",)
        rows.append(
            VillageRow(
                code=code,
                town=town,
                name=name,
                initials=f"{letters[a]}{letters[b]}{letters[c]}c",
                state="通达" if reached else "未通",
                brands=brands if reached else (),
                modes=("邮快",) if reached else (),
                frequency=3 if reached else None,
                station="",
                as_of="2021-03",
                evidence="30 天",
            )
        )
        if not reached:
            gaps.append(Gap(code, town, name, "全部品牌", "从未", relapsed=False, evidence="30 天"))
    cell = HeatCell(1, 2, Decimal("50.0"))
    listed = tuple(
        TownRow(f"220281{100 + t:03d}000", f"第{t + 1}镇", 200, 171, Decimal("85.5"), (cell, cell), 0, 0)
        for t in range(towns)
    )
    nothing = ChartSpec(ChartKind.LINE, "走势", "%", (), (), reason="没有数据")
    modes = ChartSpec(
        ChartKind.RANK,
        "进村方式",
        "村",
        ("邮快",),
        (Series("村数", (Decimal(count),)),),
        keys=("邮快",),
        captions=("",),
    )
    return RuralBoard(
        "2021-03", "any", (("any", "任一品牌通达"),), (), ("示例甲", "示例乙"), listed, tuple(rows), tuple(gaps),
        nothing, modes,
    )  # fmt: skip
