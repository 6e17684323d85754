"""The fields of an own indicator: name, code, unit, kind, definition and so on; the formula stands beside them."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from desktop_app.services.results.own_indicators import Labelled, OwnBook, OwnDraft
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.words import Words

COMPUTED, COMPARABLE = "computed", "comparable"
MOST_DECIMALS = 4
_KIND_OF_FORMULA, _KIND_OF_ENTRY = "ratio", "count"
_DECIMALS = {"ratio": 2}
_SPLIT = re.compile(r"[、，,;；\n]+")


class IndicatorForm(QWidget):
    """``named(name)`` when a code is wanted for a name; ``changed`` when anything was typed or chosen."""

    named = Signal(str)
    changed = Signal()

    def __init__(self, book: OwnBook, stands: OwnDraft | None) -> None:
        super().__init__()
        self._stands = stands
        self._code_typed = stands is not None
        self._kind_chosen = stands is not None
        self._make_fields(book)
        self._make_choices(book)
        self._lay_out()
        if stands is not None:
            self._fill(stands)
        self._wire()

    def _make_fields(self, book: OwnBook) -> None:
        self.name = _line("例如：乡镇网点巡查次数", "名称")
        self.code = _line("按拼音首字母自动取", "代码")
        self.code.setEnabled(self._stands is None)
        self.short = _line("图表里用的短名，可不填", "简称")
        self.group = _combo([(each, each) for each in book.groups], "分组", typed=True)
        self.unit = _combo([(name, name) for name, _ in book.units], "单位", typed=True)
        self.unit.setCurrentIndex(-1)
        self.decimals = SegmentedChoice(tuple((str(count), str(count)) for count in range(MOST_DECIMALS + 1)))
        self.decimals.setAccessibleName("小数位数")
        self.definition = QPlainTextEdit()
        self.definition.setPlaceholderText("口径：算哪些、不算哪些，从哪里取数")
        self.definition.setAccessibleName("口径")
        self.definition.setTabChangesFocus(True)
        self.definition.setFixedHeight(self.definition.fontMetrics().lineSpacing() * 3 + 14)
        self.source = _line("文件、表号，例如 市局〔2021〕3号；不填为本局自定", "出处")
        self.aliases = _line("表格里的其他写法，用顿号隔开", "同义词")
        self.valid_from = _line("从哪个月起有，如 2021-01；不填为一直有", "启用月份")
        self.new_from = _line("口径变了才填：新口径从哪个月起", "新口径起始月份")
        self.comparable = SegmentedChoice((("", "与旧口径不可比"), (COMPARABLE, "可以比")))
        self.comparable.setAccessibleName("新旧口径")

    def _make_choices(self, book: OwnBook) -> None:
        self.way = SegmentedChoice((*book.owners, (COMPUTED, "公式计算")))
        self.way.setAccessibleName("数从哪里来")
        self.kind = _combo(book.kinds, "性质")
        self.kind.setCurrentIndex(self.kind.findData(_KIND_OF_ENTRY))
        self.polarity = SegmentedChoice(book.polarities, "neutral")
        self.polarity.setAccessibleName("方向")
        self.frequency = SegmentedChoice(book.frequencies)
        self.frequency.setAccessibleName("频度")
        both = ",".join(key for key, _ in book.dimensions)
        self.dimensions = SegmentedChoice((("", "只有全县"), *book.dimensions, (both, "都分")))
        self.dimensions.setAccessibleName("维度")
        for choice in (self.way, self.polarity, self.frequency, self.dimensions, self.decimals, self.comparable):
            # A row of pills is as high as a pill, however much room the form has.
            choice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 8, 0)
        form.setSpacing(7)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("名称", self.name)
        form.addRow("数从哪里来", _row(self.way))
        form.addRow("单位", _row((self.unit, 1), Words("小数", "muted"), self.decimals, stretch=False))
        form.addRow("口径", self.definition)
        form.addRow("性质", self.kind)
        form.addRow("方向", _row(self.polarity))
        form.addRow("频度", _row(self.frequency))
        form.addRow("分到哪里", _row(self.dimensions))
        form.addRow("出处", self.source)
        form.addRow("同义词", self.aliases)
        form.addRow("分组", self.group)
        form.addRow("代码", _row((self.code, 1), Words("简称", "muted"), (self.short, 1), stretch=False))
        form.addRow("启用", self.valid_from)
        if self._stands is not None:
            form.addRow("新口径", self.new_from)
            form.addRow("", _row(self.comparable))

    def _wire(self) -> None:
        self.name.textEdited.connect(self._name_typed)
        self.code.textEdited.connect(self._typed_code)
        self.way.chosen.connect(self._way_chosen)
        self.kind.activated.connect(self._chose_kind)
        for line in (self.code, self.valid_from, self.new_from):
            line.textChanged.connect(self.changed)
        self.unit.currentTextChanged.connect(self.changed)
        self.kind.currentIndexChanged.connect(self.changed)
        self.decimals.chosen.connect(self._decimals_chosen)

    # ------------------------------------------------------------------------------------------- in and out

    def _fill(self, stands: OwnDraft) -> None:
        self.name.setText(stands.name)
        self.code.setText(stands.code)
        self.short.setText(stands.short)
        self.group.setCurrentText(stands.group)
        self.unit.setCurrentText(stands.unit)
        self.decimals.set_key(str(stands.decimals))
        self.definition.setPlainText(stands.definition)
        self.source.setText(stands.source)
        self.aliases.setText("、".join(stands.aliases))
        self.valid_from.setText(stands.valid_from)
        self.way.set_key(COMPUTED if stands.formula else stands.owner)
        self.kind.setCurrentIndex(self.kind.findData(stands.kind))
        self.polarity.set_key(stands.polarity)
        self.frequency.set_key(stands.frequency)
        self.dimensions.set_key(",".join(stands.dimensions))

    @property
    def draft(self) -> OwnDraft:
        """What stands in the fields; the formula is not among them."""
        return OwnDraft(
            name=self.name.text().strip(),
            code=self.code.text().strip(),
            unit=self.unit.currentText().strip(),
            kind=str(self.kind.currentData()),
            definition=self.definition.toPlainText().strip(),
            group=self.group.currentText().strip(),
            short=self.short.text().strip(),
            owner="bureau" if self.way.key == COMPUTED else self.way.key,
            polarity=self.polarity.key,
            decimals=int(self.decimals.key),
            frequency=self.frequency.key,
            dimensions=tuple(filter(None, self.dimensions.key.split(","))),
            source=self.source.text().strip(),
            aliases=tuple(filter(None, map(str.strip, _SPLIT.split(self.aliases.text())))),
            valid_from=self.valid_from.text().strip(),
            new_from=self.new_from.text().strip(),
            comparable=self.comparable.key == COMPARABLE,
        )

    def propose_code(self, code: str) -> None:
        """Show a proposed code unless one was typed."""
        if not self._code_typed:
            self.code.setText(code)

    def choose_computed(self) -> None:
        """A formula was typed: the figure is computed."""
        self.way.set_key(COMPUTED)
        self._way_chosen(COMPUTED)
        self.way.chosen.emit(COMPUTED)

    def focus_field(self, field: str) -> None:
        """Put the focus where something is wrong."""
        places: dict[str, QWidget] = {
            "name": self.name,
            "code": self.code,
            "unit": self.unit,
            "definition": self.definition,
            "group": self.group,
            "aliases": self.aliases,
            "kind": self.kind,
            "valid_from": self.valid_from,
            "new_from": self.new_from,
        }
        places.get(field, self.name).setFocus()

    # ------------------------------------------------------------------------------------------- habits

    def _name_typed(self, text: str) -> None:
        if not self._code_typed:
            self.named.emit(text.strip())
        self.changed.emit()

    def _typed_code(self, text: str) -> None:
        self._code_typed = bool(text.strip())

    def _decimals_chosen(self, _key: str) -> None:
        self.changed.emit()

    def _chose_kind(self) -> None:
        self._kind_chosen = True

    def _way_chosen(self, key: str) -> None:
        """A computed figure is most often a ratio with two decimals, an entered one a count without any."""
        if not self._kind_chosen:
            kind = _KIND_OF_FORMULA if key == COMPUTED else _KIND_OF_ENTRY
            self.kind.setCurrentIndex(self.kind.findData(kind))
            self.decimals.set_key(str(_DECIMALS.get(kind, 0)))
        self.changed.emit()


def _line(hint: str, name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setAccessibleName(name)
    return made


def _combo(options: Labelled | list[tuple[str, str]], name: str, *, typed: bool = False) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for key, label in options:
        made.addItem(label, key)
    if typed:
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter([label for _, label in options], made)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        made.setCompleter(completer)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(8)
    return made


def _row(*widgets: QWidget | tuple[QWidget, int], stretch: bool = True) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for each in widgets:
        widget, share = each if isinstance(each, tuple) else (each, 0)
        row.addWidget(widget, share)
    if stretch:
        row.addStretch(1)
    return row
