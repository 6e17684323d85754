"""评分表 on screen: points item by item, vetoes, the result while typing; stored, or printed blank or filled."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop_app.services.results.scoring import ScoreItem, ScoreSheet
from desktop_app.services.results.tone import Tone
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.words import Words

_FILES = "PDF (*.pdf);;Word (*.docx);;Excel (*.xlsx)"


class ScoreDialog(FrameDialog):
    """``judge_asked(ScoreSheet)`` while typing, ``save_asked(ScoreSheet, reason)``, ``print_asked(ScoreSheet, file)``.

    A sheet that is stored is corrected, with a reason; one that no longer counts (``frozen``) is read and printed.
    """

    judge_asked = Signal(object)
    save_asked = Signal(object, str)
    print_asked = Signal(object, str)

    def __init__(self, sheet: ScoreSheet, today: str, parent: QWidget | None = None, *, frozen: bool = False) -> None:
        super().__init__(f"{sheet.title}　第 {sheet.id} 号" if sheet.id else sheet.title, parent)
        self._sheet = sheet
        self._frozen = frozen
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("改正的原因（必填），例如：满分按市局指引调整")
        self.reason.setVisible(bool(sheet.id) and not frozen)
        self.place = QLineEdit(sheet.place)
        self.place.setReadOnly(sheet.outlet is not None)
        self.place.setPlaceholderText("分拨中心名称")
        self.made_on = QLineEdit(sheet.made_on or today)
        self.assessor = QLineEdit(sheet.assessor)
        self.assessor.setPlaceholderText("评分人")
        self.full = [QLineEdit(item.full) for item in sheet.items]
        self.scored = [QLineEdit(item.scored) for item in sheet.items]
        self.vetoes = [QComboBox() for _ in sheet.vetoes]
        self.outcome = Words("", "title")
        self.message = Words("", wrap=True)
        self._lay_out()
        for field in (*self.full, *self.scored):
            field.textChanged.connect(self._typed)
        for box in self.vetoes:
            box.currentIndexChanged.connect(self._typed)
        self.say("这张评分表已不算数，只能看和打印。" if frozen else "", Tone.NEUTRAL)
        if frozen:
            self._freeze()
        (self.place if sheet.outlet is None else self.scored[0]).setFocus()
        self.resize(820, 120 + 44 * (len(sheet.items) + len(sheet.vetoes) + 3))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for widget, stretch in ((Words("评", "muted"), 0), (self.place, 4), (self.made_on, 1), (self.assessor, 1)):
            head.addWidget(widget, stretch)
        grid = QGridLayout()
        grid.setSpacing(8)
        for column, word in enumerate(("评分项", "要求", "满分", "得分")):
            grid.addWidget(Words(word, "muted"), 0, column)
        right = Qt.AlignmentFlag.AlignRight
        for number, item in enumerate(self._sheet.items, start=1):
            grid.addWidget(Words(item.name), number, 0)
            grid.addWidget(Words(item.text, "muted", wrap=True), number, 1)
            for column, field in ((2, self.full[number - 1]), (3, self.scored[number - 1])):
                field.setMaximumWidth(80)
                field.setAlignment(right)
                grid.addWidget(field, number, column)
            self.scored[number - 1].setAccessibleName(f"{item.name}得分")
        first = len(self._sheet.items) + 1
        for number, ((text, said), box) in enumerate(zip(self._sheet.vetoes, self.vetoes, strict=True)):
            box.addItems(["", "无", "有"])
            box.setCurrentText(said)
            grid.addWidget(Words("一票否决", "muted"), first + number, 0)
            grid.addWidget(Words(text, wrap=True), first + number, 1)
            grid.addWidget(box, first + number, 2, 1, 2)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(head)
        self.body.addLayout(grid)
        self.body.addWidget(self.outcome)
        self.body.addWidget(Words(self._sheet.note, "caption", wrap=True))
        self.body.addWidget(self.reason)
        self.body.addWidget(self.message)
        self.body.addStretch(1)
        self.buttons.addWidget(button("打印评分表…", self._print, tip="空白的带去现场，评完的存档"))
        self.save = button("保存改正" if self._sheet.id else "保存", self._save, kind="primary", shortcut="Ctrl+S")
        self.buttons.addWidget(self.save)
        self.buttons.addWidget(button("关闭　Esc", self.reject))

    def _freeze(self) -> None:
        for field in (self.place, self.made_on, self.assessor, *self.full, *self.scored):
            field.setReadOnly(True)
        for box in self.vetoes:
            box.setEnabled(False)
        self.save.setEnabled(False)

    def sheet(self) -> ScoreSheet:
        """The sheet as typed."""
        items = tuple(
            ScoreItem(item.name, full.text(), got.text(), item.text)
            for item, full, got in zip(self._sheet.items, self.full, self.scored, strict=True)
        )
        vetoes = tuple(
            (text, box.currentText()) for (text, _), box in zip(self._sheet.vetoes, self.vetoes, strict=True)
        )
        return replace(
            self._sheet,
            place=self.place.text(),
            made_on=self.made_on.text().strip(),
            assessor=self.assessor.text(),
            items=items,
            vetoes=vetoes,
        )

    def show_result(self, words: str, passed: bool | None) -> None:
        """The result of what is typed so far."""
        self.outcome.setText(words)
        self.outcome.set_tone(Tone.NEUTRAL if passed is None else Tone.GOOD if passed else Tone.WARN)

    def say(self, words: str, tone: Tone) -> None:
        """One line below the sheet."""
        self.message.setText(words)
        self.message.set_tone(tone)
        self.message.setVisible(bool(words))

    def _typed(self, *_: object) -> None:
        self.say("", Tone.NEUTRAL)
        self.judge_asked.emit(self.sheet())

    def _save(self) -> None:
        if self.save.isEnabled():
            self.save_asked.emit(self.sheet(), self.reason.text())

    def _print(self) -> None:
        name = f"{self._sheet.title} {self.place.text() or '空白'}.pdf"
        found, _ = QFileDialog.getSaveFileName(self, "评分表存为", name, _FILES)
        if found:
            self.print_asked.emit(self.sheet(), found)
