"""One village station by form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from desktop_app.models.values import Flag, Month
from desktop_app.services.results.registers import OutletRow
from desktop_app.services.results.stations import StationEntry
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.villages import VillageUnit
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words

_SPLIT = re.compile(r"[、,，;；\s]+")


class StationDialog(FrameDialog):
    """``entered(StationEntry)`` when everything needed is there."""

    entered = Signal(object)

    def __init__(
        self,
        row: OutletRow | None,
        villages: Sequence[VillageUnit],
        month: Month,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("村级站" if row is None else f"村级站：{row.name}", parent)
        self._row = row
        self._codes = {f"{unit.town} {unit.name}": unit.code for unit in villages}
        self._labels = {code: label for label, code in self._codes.items()}
        self._names: dict[str, list[str]] = {}
        for unit in villages:
            self._names.setdefault(unit.name, []).append(unit.code)
        self._make_fields(row, month)
        self._wrong = Words("", wrap=True)
        self._wrong.set_tone(Tone.BAD)
        self.body.addLayout(self._form())
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        self.buttons.addWidget(button("取消", self.reject))
        self.enter = button("登记", self._enter, kind="primary")
        self.enter.setDefault(True)
        self.buttons.addWidget(self.enter)
        self.resize(560, 520)

    def _make_fields(self, row: OutletRow | None, month: Month) -> None:
        self.name = QLineEdit(row.name if row else "")
        self.village = QComboBox()
        self.village.setEditable(True)
        self.village.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.village.addItems(list(self._codes))
        completer = QCompleter(list(self._codes), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.village.setCompleter(completer)
        self.village.setCurrentText(self._labels.get(row.region, "") if row else "")
        self.serves = QLineEdit("、".join(self._serves_text(row)))
        self.serves.setPlaceholderText("别的村名或代码，用“、”隔开；所在村不必写")
        self.brands = QLineEdit("、".join(row.brands) if row else "")
        self.brands.setPlaceholderText("用“、”隔开")
        self.standard = QComboBox()
        for flag in (Flag.MISSING, Flag.YES, Flag.NO):
            self.standard.addItem({Flag.YES: "达标", Flag.NO: "不达标"}.get(flag, "未报"), flag)
        if row is not None:
            self.standard.setCurrentIndex({"是": 1, "否": 2}.get(row.standardised, 0))
        self.company = QLineEdit(row.company if row else "")
        self.company.setPlaceholderText("开办企业全称，公共的站留空")
        self.address = QLineEdit(row.address if row else "")
        self.contact = QLineEdit(row.contact if row else "")
        self.phone = QLineEdit(row.phone if row else "")
        self.opened = QLineEdit((row.opened or "") if row else "")
        self.closed = QLineEdit((row.closed or "") if row else "")
        self.month = QLineEdit((row.report_month if row else None) or str(month))
        self.income = QLineEdit((row.income or "") if row else "")
        self.parcels_in = QLineEdit(_text(row.parcels_in if row else None))
        self.parcels_out = QLineEdit(_text(row.parcels_out if row else None))
        for field, hint in (
            (self.contact, "负责人"),
            (self.phone, "电话"),
            (self.opened, "开办，如 2021-03"),
            (self.closed, "停办，未停留空"),
            (self.month, "2021-03"),
            (self.income, "收入（元）"),
            (self.parcels_in, "投递（件）"),
            (self.parcels_out, "寄件（件）"),
        ):
            field.setPlaceholderText(hint)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("必填，例如：3月验收")

    def _serves_text(self, row: OutletRow | None) -> list[str]:
        """Names of the other villages served; the code where a name is not enough."""
        if row is None:
            return []
        pairs = zip(row.serves, row.serves_names, strict=True)
        return [name if len(self._names.get(name, ())) == 1 else code for code, name in pairs if code != row.region]

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(8)
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            ("站点名称", (self.name,)),
            ("所在村", (self.village,)),
            ("服务的其他村", (self.serves,)),
            ("服务品牌", (self.brands,)),
            ("标准化", (self.standard,)),
            ("企业", (self.company,)),
            ("地址", (self.address,)),
            ("负责人", (self.contact, self.phone)),
            ("开办、停办", (self.opened, self.closed)),
            ("报送月份", (self.month, self.income)),
            ("当月件量", (self.parcels_in, self.parcels_out)),
            ("原因", (self.reason,)),
        )
        for label, fields in rows:
            line = QHBoxLayout()
            for field in fields:
                line.addWidget(field, 1)
            form.addRow(label, line)
        return form

    def refuse(self, words: str) -> None:
        """Say what is wrong and leave everything as it was typed."""
        self._wrong.setText(words)
        self.enter.setEnabled(True)

    def _enter(self) -> None:
        entry = self._entry()
        if isinstance(entry, str):
            self.refuse(entry)
        else:
            self.enter.setEnabled(False)
            self.entered.emit(entry)

    def _entry(self) -> StationEntry | str:
        village = self._codes.get(self.village.currentText(), "")
        if not village:
            return "所在村请从列表里选"
        serves: list[str] = []
        for word in filter(None, _SPLIT.split(self.serves.text())):
            found = [word] if word in self._labels else self._names.get(word, [])
            if len(found) != 1:
                return f"“{word}”" + ("有几个同名的村，请写代码" if found else "不在名录里")
            serves += found
        numbers: list[int | None] = []
        for field in (self.parcels_in, self.parcels_out):
            text = field.text().replace(",", "").strip()
            if text and not text.isdecimal():
                return "件量要是整数，例如 320"
            numbers.append(int(text) if text else None)
        try:
            money = self.income.text().replace(",", "").strip()
            income = Decimal(money) if money else None
        except InvalidOperation:
            return "收入要是以元为单位的数，例如 1500.5"
        try:
            opened, closed, month = (_month(field) for field in (self.opened, self.closed, self.month))
        except ValueError:
            return "月份要写成 2021-03 这样"
        reported = income is not None or any(number is not None for number in numbers)
        return StationEntry(
            id=self._row.id if self._row is not None else None,
            name=self.name.text(),
            village=village,
            reason=self.reason.text(),
            company=self.company.text().strip(),
            address=self.address.text(),
            contact=self.contact.text(),
            phone=self.phone.text(),
            brands=tuple(filter(None, _SPLIT.split(self.brands.text()))),
            serves=tuple(serves),
            standardised=Flag(self.standard.currentData()),
            opened=opened,
            closed=closed,
            month=month if reported else None,
            income=income,
            parcels_in=numbers[0],
            parcels_out=numbers[1],
        )


def _month(field: QLineEdit) -> Month | None:
    text = field.text().strip()
    return Month.parse(text) if text else None


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
