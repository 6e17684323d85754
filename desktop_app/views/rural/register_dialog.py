"""村名录: the villages of the month, and what can happen to the selected ones from a month on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.villages import VillageStep, VillageUnit
from desktop_app.views.finding import matches, query_words
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

ALL, COUNTED, OTHERS, BY_HAND, DOUBTFUL = "", "counted", "others", "by hand", "doubtful"
SHOWN = (
    (ALL, "全部"),
    (COUNTED, "建制村"),
    (OTHERS, "其他"),
    (BY_HAND, "手工定的标志"),
    (DOUBTFUL, "有变更或疑问"),
)

UNITS: tuple[Column[VillageUnit], ...] = (
    Column("乡镇", lambda r: r.town, sort=lambda r: r.code),
    Column("名称", lambda r: r.name, bold=True, sort=lambda r: r.initials),
    Column("代码", lambda r: r.code, muted=True, width=13, sort=lambda r: r.code),
    Column("类别", lambda r: r.kind),
    Column(
        "建制村",
        lambda r: "是" if r.flagged else "否",
        kind=CellKind.TAG,
        tone=lambda r: Tone.GOOD if r.flagged else Tone.NEUTRAL,
        sort=lambda r: r.flagged,
    ),
    Column("自", lambda r: r.since or "一直", muted=True, sort=lambda r: r.since),
    Column(
        "来历和疑问",
        lambda r: "；".join(filter(None, (r.reason, r.note))) or "—",
        stretch=True,
        tip=lambda r: "\n".join(filter(None, (r.reason, r.note))),
        sort=lambda r: (not (r.note or r.reason), r.code),
    ),
)

_SHOWS: dict[str, Callable[[VillageUnit], bool]] = {
    ALL: lambda _u: True,
    COUNTED: lambda u: u.flagged,
    OTHERS: lambda u: not u.flagged,
    BY_HAND: lambda u: bool(u.reason),
    DOUBTFUL: lambda u: bool(u.note),
}


class RegisterDialog(FrameDialog):
    """``asked(VillageStep, units)`` when something is to happen to the selected villages."""

    asked = Signal(object, object)

    def __init__(self, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(f"村名录：{month.label}", parent)
        self.month = month
        self._units: tuple[VillageUnit, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("村名、乡镇、代码、拼音首字母")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._refill())
        self.which = DropDown("显示", SHOWN)
        self.which.chosen.connect(lambda _key: self._refill())
        self.told = Words("正在读名录 …", "muted")
        self.units: DataTable[VillageUnit] = DataTable(UNITS, row_height=28)
        self.units.setAccessibleName("村名录")
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.which)
        self.body.addLayout(top)
        self.body.addWidget(self.told)
        self.body.addWidget(self.units, 1)
        self.steps = {step: self._step(step) for step in VillageStep}
        actions = QHBoxLayout()
        for press in self.steps.values():
            actions.addWidget(press)
        actions.addStretch(1)
        self.body.addLayout(actions)
        self.buttons.addWidget(button("复制到 WPS", self.units.copy_all))
        self.buttons.addWidget(button("关闭", self.accept, kind="primary"))
        self.units.selectionModel().selectionChanged.connect(lambda *_: self._retell())
        self._retell()
        self.resize(980, 620)

    def show_units(self, units: Sequence[VillageUnit]) -> None:
        """The register as it holds in the month."""
        self._units = tuple(units)
        self._refill()

    @property
    def chosen(self) -> tuple[VillageUnit, ...]:
        """The selected villages in the order shown."""
        numbers = sorted({index.row() for index in self.units.selectionModel().selectedRows()})
        return tuple(self.units.rows[number] for number in numbers)

    def _refill(self) -> None:
        words, test = query_words(self.search.text()), _SHOWS[self.which.key]
        found = [
            unit
            for unit in self._units
            if test(unit) and (not words or matches(words, unit.name, unit.code, unit.town, unit.initials))
        ]
        self.units.set_rows(found)
        counted = sum(unit.flagged for unit in self._units)
        self.told.setText(f"{len(self._units)} 个单位，其中建制村 {counted} 个，显示 {len(found)}")
        self._retell()

    def _retell(self) -> None:
        count = len({index.row() for index in self.units.selectionModel().selectedRows()})
        for step, press in self.steps.items():
            several = step in {VillageStep.CLOSE, VillageStep.FLAG}
            press.setEnabled(count >= 2 if step is VillageStep.MERGE else count >= 1 if several else count == 1)

    def _step(self, step: VillageStep) -> QPushButton:
        return button(f"{step.value}…", lambda: self._ask(step), small=True)

    def _ask(self, step: VillageStep) -> None:
        if self.chosen:
            self.asked.emit(step, self.chosen)
