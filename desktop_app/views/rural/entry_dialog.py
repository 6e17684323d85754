"""登记进村: one change to the selected villages and some brands, with its evidence and its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.models.values import CoverageMode, CoverageState, Month
from desktop_app.services.results.coverage_entry import AS_IS, CoverageEntry, CoverageNow, EvidenceKind, Leave
from desktop_app.services.results.rural import VillageRow
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

AS_BEFORE = "不改"
_TONES = {"正常": Tone.GOOD, "未通": Tone.WARN, "停运": Tone.WARN, "回退": Tone.BAD}
_NAMED = 4


def carried_words(record: CoverageNow) -> str:
    """沿用自2021-02, or 本月."""
    return f"沿用自{record.carried_from}" if record.carried_from else "本月"


def _parcels(record: CoverageNow) -> str:
    """12/340, what nobody has reported as —."""
    return "/".join("—" if count is None else str(count) for count in (record.parcels_in, record.parcels_out))


NOW: tuple[Column[CoverageNow], ...] = (
    Column("品牌", lambda r: r.brand, bold=True),
    Column("现状", lambda r: r.state, kind=CellKind.TAG, tone=lambda r: _TONES.get(r.state)),
    Column("方式", lambda r: "、".join(r.modes) or "—"),
    Column("周投", lambda r: "—" if r.weekly_frequency is None else str(r.weekly_frequency), Align.RIGHT),
    Column("收/投件", _parcels, Align.RIGHT),
    Column("收费", lambda r: {True: "是", False: "否", None: "—"}[r.extra_charge]),
    Column("月份", carried_words, tone=lambda r: Tone.WARN if r.carried_from else None),
    Column("证据", lambda r: (r.evidence or "—") + ("（有附件）" if r.attached else ""), muted=True, stretch=True),
)


class CoverageDialog(FrameDialog):
    """``entered(CoverageEntry)`` when everything needed is there; what is left blank stays as it is.

    ``proof_asked(sha256)``: the photo or file of the current record is to be shown.
    """

    entered = Signal(object)
    proof_asked = Signal(str)

    def __init__(
        self, villages: Sequence[VillageRow], brands: Sequence[str], month: Month, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"登记进村：{month.label}", parent)
        self._villages = tuple(village.code for village in villages)
        self._month = month
        names = "、".join(f"{village.town}{village.name}" for village in villages[:_NAMED])
        more = f"等 {len(villages)} 个村" if len(villages) > _NAMED else ""
        self.lead = Words(names + more, "title", wrap=True)
        self.now: DataTable[CoverageNow] = DataTable(NOW, row_height=26)
        self.now.setAccessibleName("这个村现在的记录")
        self.now.setVisible(len(villages) == 1)
        self._make_fields(brands)
        self._wrong = Words("", wrap=True)
        self._wrong.set_tone(Tone.BAD)
        self.body.addWidget(self.lead)
        self.body.addWidget(self.now, 2)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        left = QVBoxLayout()
        left.addWidget(Words("品牌（可选几个）", "muted"))
        left.addWidget(self.brands, 1)
        columns.addLayout(left, 2)
        columns.addLayout(self._form(), 5)
        self.body.addLayout(columns, 3)
        self.body.addWidget(self._wrong)
        self.proof = button("看附件…", self._ask_proof, tip="看所选记录的照片或文件，可另存")
        self.proof.setVisible(len(villages) == 1)
        self.proof.setEnabled(False)
        self.now.current_changed.connect(lambda record: self.proof.setEnabled(bool(record.attached)))
        self.buttons.addWidget(self.proof)
        self.buttons.addWidget(button("取消", self.reject))
        self.enter = button("登记", self._enter, kind="primary")
        self.enter.setDefault(True)
        self.buttons.addWidget(self.enter)
        self.resize(820, 620 if len(villages) == 1 else 500)

    def _make_fields(self, brands: Sequence[str]) -> None:
        self.brands = QListWidget()
        self.brands.setAccessibleName("品牌")
        for brand in brands:
            item = QListWidgetItem(brand, self.brands)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.state = _choice(tuple(state.value for state in CoverageState))
        self.modes_change = QCheckBox("改方式")
        self.modes = {mode: QCheckBox(mode.value) for mode in CoverageMode}
        for box in self.modes.values():
            box.toggled.connect(lambda on: self.modes_change.setChecked(self.modes_change.isChecked() or on))
        self.frequency = _line("每周几次，如 5")
        self.parcels = _line("本月收件"), _line("本月投件")
        self.station = _line("站点名称")
        self.charge = _choice(("加收", "不加收"))
        self.day = _line("2021-03-12")
        self.kind = _choice(tuple(kind.value for kind in EvidenceKind))
        self.checker = _line("核查人")
        self.file = _line("照片或文件，存入台账")
        self.reason = _line("必填，例如：3月12日逐村核查")

    def _form(self) -> QFormLayout:
        modes = QGridLayout()
        modes.setSpacing(4)
        modes.addWidget(self.modes_change, 0, 0)
        for number, box in enumerate(self.modes.values(), start=1):
            modes.addWidget(box, number // 4, number % 4)
        file = QHBoxLayout()
        file.addWidget(self.file, 1)
        file.addWidget(button("选择…", self._choose, small=True))
        proof = QHBoxLayout()
        for widget, stretch in ((self.day, 2), (self.kind, 2), (self.checker, 2)):
            proof.addWidget(widget, stretch)
        times = QHBoxLayout()
        for line in (self.frequency, *self.parcels):
            times.addWidget(line, 1)
        form = QFormLayout()
        form.setSpacing(8)
        for label, field in (
            ("现状", self.state),
            ("方式", modes),
            ("周投递", times),
            ("站点", self.station),
            ("二次收费", self.charge),
            ("核查", proof),
            ("附件", file),
            ("原因", self.reason),
        ):
            form.addRow(label, field)
        return form

    def show_now(self, records: tuple[CoverageNow, ...]) -> None:
        """What holds in the one village."""
        self.now.set_rows(records)

    def _ask_proof(self) -> None:
        record = self.now.current_row
        if record is not None and record.attached:
            self.proof_asked.emit(record.attached)

    def refuse(self, words: str) -> None:
        """Say what is wrong and leave everything as it was typed."""
        self._wrong.setText(words)
        self.enter.setEnabled(True)

    def _choose(self) -> None:
        dialog = QFileDialog(self, "选证据", "", "照片和文件 (*.jpg *.jpeg *.png *.pdf *.docx *.xlsx);;所有文件 (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.file.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _enter(self) -> None:
        entry = self._entry()
        if isinstance(entry, str):
            self.refuse(entry)
        else:
            self.enter.setEnabled(False)
            self.entered.emit(entry)

    def _entry(self) -> CoverageEntry | str:
        items = [self.brands.item(number) for number in range(self.brands.count())]
        brands = tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)
        times, day, file = (field.text().strip() for field in (self.frequency, self.day, self.file))
        if not brands:
            return "请勾选品牌"
        if times and not times.isdecimal():
            return "每周投递次数要是整数，例如 5"
        counts = [field.text().strip().replace(",", "").removesuffix("件") for field in self.parcels]
        if any(count and not count.isdecimal() for count in counts):
            return "收件、投件要是整数，例如 340"
        try:
            when = date.fromisoformat(day) if day else None
        except ValueError:
            return "核查日期要写成 2021-03-12"
        state, kind = _said(self.state), _said(self.kind)
        charge = _said(self.charge)
        return CoverageEntry(
            villages=self._villages,
            brands=brands,
            month=self._month,
            reason=self.reason.text(),
            state=AS_IS if isinstance(state, Leave) else CoverageState(state),
            modes=frozenset(mode for mode, box in self.modes.items() if box.isChecked())
            if self.modes_change.isChecked()
            else AS_IS,
            weekly_frequency=int(times) if times else AS_IS,
            parcels_in=int(counts[0]) if counts[0] else AS_IS,
            parcels_out=int(counts[1]) if counts[1] else AS_IS,
            station=self.station.text().strip() or AS_IS,
            extra_charge=AS_IS if isinstance(charge, Leave) else charge == "加收",
            evidence_date=when or AS_IS,
            evidence_kind=kind,
            checker=self.checker.text().strip() or AS_IS,
            evidence_file=Path(file) if file else None,
        )


def _said(choice: QComboBox) -> str | Leave:
    return choice.currentText() if choice.currentIndex() > 0 else AS_IS


def _choice(words: Sequence[str]) -> QComboBox:
    made = QComboBox()
    made.addItems([AS_BEFORE, *words])
    return made


def _line(hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    return made
