"""公式: the field, the formula in words and as a tree, its inputs with their values, and the result for a month."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.own_indicators import FormulaInput, FormulaReading, Trial, Word
from desktop_app.services.results.tone import Tone
from desktop_app.views.indicators.formula_edit import FormulaEdit
from desktop_app.views.qtmodels.columns import Align, Column
from desktop_app.views.widgets.choice import DropDown, SegmentedChoice
from desktop_app.views.widgets.scrolling import Steady
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

INPUTS, TREE = "inputs", "tree"
INPUT_COLUMNS: tuple[Column[FormulaInput], ...] = (
    Column("用到的指标", lambda r: r.name, bold=True, stretch=True, tip=lambda r: f"{r.name}（{r.code}）"),
    Column("代码", lambda r: r.code, muted=True),
    Column("单位", lambda r: r.unit),
    Column("数", lambda r: r.text or "—", Align.RIGHT),
    Column("情况", lambda r: r.note, tone=lambda r: None if r.text else Tone.WARN, tip=lambda r: r.note),
)
_BRANCH = "　　"


class FormulaPanel(QWidget):
    """``changed`` fires when the formula is another one, ``turned`` when it is to be tried for another place."""

    changed = Signal()
    turned = Signal()

    def __init__(self, words: Sequence[Word], regions: Sequence[tuple[str, str]], month: Month) -> None:
        super().__init__()
        self.edit = FormulaEdit()
        self.edit.set_words(words)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * 2 + 18)
        self.edit.textChanged.connect(self.changed)
        self.said = Words("", "soft", wrap=True).selectable()
        self.notes = Words("", wrap=True)
        self.turn = SegmentedChoice(((INPUTS, "用到的指标"), (TREE, "公式的层次")))
        self.turn.chosen.connect(self._turned)
        self.inputs: DataTable[FormulaInput] = DataTable(INPUT_COLUMNS, row_height=26)
        self.inputs.setAccessibleName("用到的指标")
        self.tree = Words("", "muted", wrap=True).selectable()
        holder = Steady()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.tree)
        inside.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.inputs)
        self._pages.addWidget(holder)
        self.month = QLineEdit(str(month))
        self.month.setAccessibleName("试算月份")
        self.month.setMaximumWidth(96)
        self.month.textChanged.connect(self.turned)
        self.region = DropDown("地区", tuple(regions))
        self.region.chosen.connect(lambda _key: self.turned.emit())
        self.result = Words("", "figure", wrap=True).selectable()
        self.reason = Words("", wrap=True)
        self._lay_out()
        self.show_reading(FormulaReading())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Words("公式", "title"))
        head.addWidget(Words("按基本单位（件、元、人 …）算", "caption"), 1)
        trial = QHBoxLayout()
        trial.setSpacing(8)
        trial.addWidget(Words("试算", "title"))
        trial.addWidget(self.month)
        trial.addWidget(self.region)
        trial.addStretch(1)
        turn = QHBoxLayout()
        turn.addWidget(self.turn)
        turn.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.edit)
        box.addWidget(self.said)
        box.addWidget(self.notes)
        box.addLayout(turn)
        box.addWidget(self._pages, 1)
        box.addLayout(trial)
        box.addWidget(self.result)
        box.addWidget(self.reason)

    def show_reading(self, reading: FormulaReading) -> None:
        """What the formula says and what is wrong with it; a result that was shown is of the past."""
        self.edit.mark(reading.notes)
        self.said.setText(f"读作：{reading.said}" if reading.said else "")
        self.said.setVisible(bool(reading.said))
        self.notes.setText("\n".join(note.text for note in reading.notes))
        self.notes.set_tone(Tone.WARN if reading.sound else Tone.BAD)
        self.notes.setVisible(bool(reading.notes))
        self.tree.setText("\n".join(f"{_BRANCH * depth}{words}" for depth, words in reading.tree))
        self.inputs.set_rows(reading.inputs)
        if not reading.sound or not reading.said:
            empty = "写好公式，这里就显示这个月算出来的数。" if not reading.notes else "改正公式后试算。"
            self._show_result("", empty, None)

    def show_trial(self, trial: Trial) -> None:
        """The inputs with their values and the result, or why there is none."""
        self.inputs.set_rows(trial.inputs)
        lacking = f"{trial.place}：{trial.reason}" if trial.reason else trial.place
        self._show_result(trial.text, lacking, Tone.WARN if trial.reason else None)

    def refuse_trial(self, words: str) -> None:
        """Why it could not be tried."""
        self._show_result("", words, Tone.WARN)

    def _show_result(self, text: str, words: str, tone: Tone | None) -> None:
        self.result.setText(f"= {text}" if text else "—")
        self.reason.setText(words)
        self.reason.set_tone(tone)

    def _turned(self, key: str) -> None:
        self._pages.setCurrentIndex(1 if key == TREE else 0)
