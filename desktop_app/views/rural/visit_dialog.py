"""录入巡查表: the number of the sheet, then line by line in the order of the paper, each stored at once."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.visits import Finding, VisitLine, VisitPlace, VisitSheet, VisitStored
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.rural.columns import han
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import ElidedWords, Words

_FINDINGS = {
    **dict.fromkeys("1是sySY√", Finding.YES),
    **dict.fromkeys("0否fnFN×", Finding.NO),
    **dict.fromkeys("=同tT", Finding.SAME),
}
_SKIP = frozenset("-划xX/")
_CHARGES = {**dict.fromkeys("1是sySY√", True), **dict.fromkeys("0否fnFN×", False)}
NOT_VISITED = "未到"
KEYS = "结果一个键：1 是　0 否　= 同账上　- 没有到过；Enter 下一格，末格存入并到下一行；↑↓ 换行；Ctrl+Z 撤销上一行"


class VisitDialog(FrameDialog):
    """Asks for what the paper says; everything else is the door's.

    ``sheet_asked(typed)``; ``line_entered(VisitLine)``: store it with :attr:`head_words`; ``undo_asked()``.
    """

    sheet_asked = Signal(str)
    line_entered = Signal(object)
    undo_asked = Signal()

    def __init__(self, month: Month, parent: QWidget | None = None) -> None:
        super().__init__("录入巡查表", parent)
        self.sheet: VisitSheet | None = None
        self.stored: dict[int, VisitStored] = {}
        self.skipped: set[int] = set()
        self._finding: Finding | None = None
        self._waiting = False
        self.form, self.day, self.checker, self.witness = (_line(w) for w in ("104", "3-12", "签名的人", "可不填"))
        self.month = _line("2021-03")
        self.month.setText(str(month))
        self.photos = _line("照片所在的文件夹，可不填")
        self.found = ElidedWords("键入表头的表号，按 Enter", "muted")
        self.rows: DataTable[VisitPlace] = DataTable(self._columns(), row_height=26)
        self.rows.setAccessibleName("巡查表各行")
        self.rows.current_changed.connect(self._turned)
        self.rows.picked.connect(lambda place: self._go(place.number))
        self.finding = _line("1 0 = -")
        self.brands, self.modes = _line("简称，如 甲 乙"), _line("如 邮快")
        self.times, self.station, self.charge, self.photo = (_line(w) for w in ("次", "站点 负责人 电话", "1 0", "号"))
        self._cells = (*(self.finding, self.brands, self.modes, self.times, self.station, self.charge, self.photo),)
        self.card = Card("先键入表号")
        self._told = Words(KEYS, "muted", wrap=True)
        self._lay_out()
        self._wire()
        self._enable(on=False)
        self.resize(1000, 610)

    def _lay_out(self) -> None:
        head = QGridLayout()
        head.setHorizontalSpacing(8)
        head.setVerticalSpacing(6)
        fields = (
            ("表号", self.form, 2),
            ("巡查日期", self.day, 2),
            ("巡查人", self.checker, 2),
            ("村方见证人", self.witness, 2),
            ("记入", self.month, 2),
        )
        for place, (label, field, stretch) in enumerate(fields):
            head.addWidget(Words(label, "muted"), 0, 2 * place)
            head.addWidget(field, 0, 2 * place + 1)
            head.setColumnStretch(2 * place + 1, stretch)
        head.addWidget(self.found, 1, 0, 1, 4)
        head.addWidget(Words("照片夹", "muted"), 1, 4)
        photos = QHBoxLayout()
        photos.addWidget(self.photos, 1)
        photos.addWidget(button("选…", self._choose_photos, small=True))
        head.addLayout(photos, 1, 5, 1, 5)
        line = QGridLayout()
        line.setHorizontalSpacing(8)
        line.setVerticalSpacing(4)
        widths = (
            *(("是否通快递", 2), ("到村品牌", 5), ("方式", 4), ("每周", 1)),
            *(("站点、负责人、电话", 6), ("加收", 1), ("照片号", 2)),
        )
        for place, ((label, stretch), cell) in enumerate(zip(widths, self._cells, strict=True)):
            line.addWidget(Words(label, "muted"), 0, place)
            line.addWidget(cell, 1, place)
            line.setColumnStretch(place, stretch)
            cell.setAccessibleName(label)
            cell.setMinimumWidth(48)
        self.card.body.addLayout(line)
        self.body.addLayout(head)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.card)
        self.body.addWidget(self._told)
        self.undo_button = button("撤销上一行", self.undo_asked.emit, tip="Ctrl+Z")
        self.buttons.addWidget(self.undo_button)
        self.buttons.addWidget(button("完成", self.accept, kind="primary"))

    def _wire(self) -> None:
        for field in (self.form, self.day, self.checker, self.witness, self.month, self.photos, *self._cells):
            field.installEventFilter(self)
        self.finding.textChanged.connect(self._say_finding)
        self.charge.textChanged.connect(self._say_charge)

    def _columns(self) -> tuple[Column[VisitPlace], ...]:
        return (
            Column("序号", lambda r: str(r.number), Align.RIGHT, width=4),
            Column("村代码", lambda r: r.code, width=13, muted=True),
            Column("村", lambda r: r.name, width=han(["一二三四五六七"]), bold=True),
            Column("账上", lambda r: r.standing, width=12, tip=lambda r: "、".join(r.brands)),
            Column("录入", self._outcome, kind=CellKind.TAG, tone=self._tone, width=7),
            Column("存入", self._outcome_words, stretch=True, muted=True, tip=self._outcome_words),
        )

    def _outcome(self, place: VisitPlace) -> str:
        return "已存" if place.number in self.stored else NOT_VISITED if place.number in self.skipped else "—"

    def _tone(self, place: VisitPlace) -> Tone | None:
        return Tone.GOOD if place.number in self.stored else Tone.NEUTRAL if place.number in self.skipped else None

    def _outcome_words(self, place: VisitPlace) -> str:
        made = self.stored.get(place.number)
        if made is None:
            return ""
        return f"{made.words}（附 {made.attached}）" if made.attached else made.words

    # ------------------------------------------------------------------------------------------- the sheet

    def show_sheet(self, sheet: VisitSheet) -> None:
        """The paper's lines; what was entered of another sheet is kept by the ledger."""
        self.sheet = sheet
        self.stored.clear()
        self.skipped.clear()
        self.form.setText(sheet.number)
        self.rows.set_rows(sheet.places)
        self._enable(on=bool(sheet.places))
        self._count()
        self.say(KEYS)
        self.rows.select_row(0)
        self.day.setFocus()

    def say(self, words: str, tone: Tone | None = None) -> None:
        """A word below the line."""
        self._told.setText(words)
        self._told.set_tone(tone)

    def refuse(self, words: str) -> None:
        """Say what is wrong; the line stays as it was typed."""
        self._waiting = False
        self.say(words, Tone.BAD)

    def line_stored(self, number: int, made: VisitStored) -> None:
        """The line stands in the ledger: on to the next one."""
        self._waiting = False
        self.stored[number] = made
        self.skipped.discard(number)
        self.say(f"第 {number} 行：{made.words}", Tone.GOOD)
        self._on(number)

    def line_undone(self, batch: int) -> None:
        """The line of this batch is open again, and is gone to."""
        for number, made in list(self.stored.items()):
            if made.batch == batch:
                del self.stored[number]
                self._count()
                self.say(f"第 {number} 行已撤销，请重新录入")
                self._go(number)

    def _on(self, number: int) -> None:
        self._count()
        places = self.sheet.places if self.sheet is not None else ()
        open_ = [p.number for p in places if p.number not in self.stored and p.number not in self.skipped]
        after = next((n for n in open_ if n > number), open_[0] if open_ else None)
        if after is None:
            self.say(f"{self.sheet.town if self.sheet else ''}录完了。可键入下一张的表号。", Tone.GOOD)
            self._clear()
            self.form.setFocus()
            self.form.selectAll()
        else:
            self._go(after)

    def _go(self, number: int) -> None:
        self.rows.select_row(number - 1)
        self._turned(self.rows.current_row)
        self.finding.setFocus()

    def _count(self) -> None:
        self.rows.viewport().update()
        if self.sheet is not None:
            total, entered, skipped = len(self.sheet.places), len(self.stored), len(self.skipped)
            words = f"{self.sheet.town}　{self.sheet.month.label}　{total} 个村，已存 {entered}"
            self.found.setText(words + (f"，没有到过 {skipped}" if skipped else ""))

    def _turned(self, place: VisitPlace | None) -> None:
        self._clear()
        if place is not None:
            came = "、".join(place.brands) or "没有品牌"
            self.card.set_title(f"第 {place.number} 行　{place.name}")
            self.card.set_subtitle(f"账上：{came}" + (f"（{'、'.join(place.modes)}）" if place.modes else ""))

    def _clear(self) -> None:
        self._finding = None
        for cell in self._cells:
            cell.clear()

    def _enable(self, *, on: bool) -> None:
        for cell in self._cells:
            cell.setEnabled(on)

    # ------------------------------------------------------------------------------------------- one key, Enter

    def _say_finding(self, text: str) -> None:
        """One key says it; 同账 and 没有到过 need nothing else."""
        key = unicodedata.normalize("NFKC", text).strip()[-1:]
        if text in {f.value for f in Finding} or not key:
            return
        if key in _SKIP:
            self._skip()
            return
        found = _FINDINGS.get(key)
        self._finding = found
        self.finding.setText(found.value if found is not None else "")
        if found is None:
            self.say("结果只认：1 是　0 否　= 同账上　- 没有到过", Tone.WARN)
        elif found is Finding.YES:
            self.brands.setFocus()
        else:
            self._enter()

    def _say_charge(self, text: str) -> None:
        key = unicodedata.normalize("NFKC", text).strip()[-1:]
        if key and text not in {"是", "否"}:
            known = _CHARGES.get(key)
            self.charge.setText("" if known is None else "是" if known else "否")

    def _skip(self) -> None:
        place = self.rows.current_row
        self._clear()
        if place is not None:
            if place.number in self.stored:
                self.say("这一行已存入，要先撤销才能当作没有到过", Tone.WARN)
                return
            self.skipped.add(place.number)
            self._on(place.number)

    def _enter(self) -> None:
        place = self.rows.current_row
        if place is None or self._waiting:
            return
        if self._finding is None:
            self.say("先填结果：1 是　0 否　= 同账上　- 没有到过", Tone.WARN)
            self.finding.setFocus()
            return
        self._waiting = True
        self.line_entered.emit(
            VisitLine(
                place,
                self._finding,
                brands=self.brands.text().strip(),
                modes=self.modes.text().strip(),
                frequency=self.times.text().strip(),
                station=self.station.text().strip(),
                charged={"是": True, "否": False}.get(self.charge.text()),
                photo=self.photo.text().strip(),
            )
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, ↑↓ change the line, Ctrl+Z takes the last line back once there is nothing typed to undo."""
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(event, QKeyEvent)
            or not isinstance(watched, QLineEdit)
        ):
            return super().eventFilter(watched, event)
        key, cell = event.key(), watched in self._cells
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._next(watched, at_once=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            return True
        if cell and key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.rows.rows:
            step = 1 if key == Qt.Key.Key_Down else -1
            number = self.rows.currentIndex().row() + step
            self._go(min(max(number, 0), len(self.rows.rows) - 1) + 1)
            return True
        if cell and event.matches(QKeySequence.StandardKey.Undo) and not watched.text():
            self.undo_asked.emit()
            return True
        return super().eventFilter(watched, event)

    def _next(self, field: QLineEdit, *, at_once: bool) -> None:
        if field is self.form:
            self.sheet_asked.emit(self.form.text())
            return
        chain: tuple[QLineEdit, ...] = (self.day, self.checker, self.witness, *self._cells)
        if field is self.photo or (at_once and field in self._cells) or (field is self.finding and self._finding):
            self._enter()
        elif field in {self.month, self.photos}:
            self.finding.setFocus()
        elif field is self.finding:
            self._enter()
        else:
            chain[chain.index(field) + 1].setFocus()

    def _choose_photos(self) -> None:
        dialog = QFileDialog(self, "照片所在的文件夹", self.photos.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.photos.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def photo_folder(self) -> Path | None:
        """Where the numbered photos are."""
        text = self.photos.text().strip()
        return Path(text) if text else None


def _line(hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    return made
