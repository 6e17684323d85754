"""核对新名录: what a new list changes, in four groups; each line is accepted or refused, then all at once stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop_app.models.values import Month
from desktop_app.services.results.tone import Tone
from desktop_app.services.results.villages import ListChange, ListLine, ListProposal, ListReview
from desktop_app.views.frame.dialogs import FrameDialog
from desktop_app.views.qtmodels.columns import CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.table import DataTable
from desktop_app.views.widgets.words import Words

ALL = ""
PROPOSED = "建议"


class ListDialog(FrameDialog):
    """``entered(keys, month, into, adopted)`` when the clerk has confirmed."""

    entered = Signal(object, object, object, object)

    def __init__(self, path: Path, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(f"核对新名录：{path.name}", parent)
        self.review: ListReview | None = None
        self.taken: set[str] = set()
        self.into: dict[str, str] = {}
        self._heirs: dict[str, str] = {}
        self.told = Words("正在读名录 …", "muted", wrap=True)
        self.adopted: set[str] = set()
        kinds = ((change.value, change.value) for change in ListChange)
        self.group = SegmentedChoice(((ALL, "全部"), *kinds, (PROPOSED, PROPOSED)))
        self.group.chosen.connect(lambda _key: self._refill())
        self.rows: DataTable[ListLine] = DataTable(self._columns(), row_height=28)
        self.rows.setAccessibleName("变更")
        self.rows.picked.connect(lambda _line: self.toggle())
        self.ideas: DataTable[ListProposal] = DataTable(self._idea_columns(), row_height=28)
        self.ideas.setAccessibleName("建议")
        self.ideas.picked.connect(lambda _idea: self.toggle())
        for table in (self.rows, self.ideas):
            space = QShortcut(QKeySequence(Qt.Key.Key_Space), table)
            space.setContext(Qt.ShortcutContext.WidgetShortcut)
            space.activated.connect(self.toggle)
        self.heir = QComboBox()
        self.heir.setEditable(True)
        self.heir.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.heir.setMinimumWidth(180)
        self.month = QLineEdit(str(month))
        self.month.setMaximumWidth(90)
        self._lay_out()
        self.resize(980, 600)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.group)
        line.addStretch(1)
        line.addWidget(button("接受选中的", lambda: self.mark(on=True), small=True, tip="空格键在接受、不接受之间换"))
        line.addWidget(button("不接受选中的", lambda: self.mark(on=False), small=True))
        self._merged = QWidget()
        merged = QHBoxLayout(self._merged)
        merged.setContentsMargins(0, 0, 0, 0)
        merged.addWidget(Words("不再列出的村并入", "muted"))
        merged.addWidget(self.heir, 1)
        merged.addWidget(button("记下并入", self.merge, small=True, tip="选中的不再列出的村，它的记录接到这个村"))
        self.body.addWidget(self.told)
        self.body.addLayout(line)
        for table in (self.rows, self.ideas):
            self.body.addWidget(table, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._merged)
        foot.addStretch(1)
        for widget in (Words("自", "muted"), self.month, Words("起（以前各月不变）", "muted")):
            foot.addWidget(widget)
        self.body.addLayout(foot)
        self.buttons.addWidget(button("取消", self.reject))
        self.enter = button("登记", self._enter, kind="primary")
        self.enter.setEnabled(False)
        self.buttons.addWidget(self.enter)

    def _columns(self) -> tuple[Column[ListLine], ...]:
        return (
            Column("接受", self._word, kind=CellKind.TAG, tone=self._tone),
            Column("变更", lambda r: r.change.value, bold=True),
            Column("原乡镇", lambda r: r.old_town or "—", muted=True),
            Column("原村名", lambda r: r.old_name or "—"),
            Column("新乡镇", lambda r: "—" if r.change is ListChange.GONE else r.town, muted=True),
            Column("新村名", lambda r: "—" if r.change is ListChange.GONE else r.name),
            Column("代码", _codes, muted=True),
            Column("说明", self._note, stretch=True, tip=self._note),
        )

    def _idea_columns(self) -> tuple[Column[ListProposal], ...]:
        return (
            Column(
                "确认",
                lambda r: "采用" if r.key in self.adopted else "待确认",
                kind=CellKind.TAG,
                tone=lambda r: Tone.GOOD if r.key in self.adopted else Tone.WARN,
            ),
            Column("建议", lambda r: r.step.value, bold=True),
            Column("乡镇", lambda r: r.town, muted=True),
            Column("原村", lambda r: _names(r.old), tip=lambda r: _coded(r.old)),
            Column("新村", lambda r: _names(r.new), tip=lambda r: _coded(r.new)),
            Column("代码", lambda r: f"{_tails(r.old)} → {_tails(r.new)}", muted=True, tip=lambda r: _coded(r.new)),
            Column("依据", lambda r: r.ground, stretch=True, tip=lambda r: r.ground),
        )

    def show_review(self, review: ListReview, heirs: Sequence[tuple[str, str]]) -> None:
        """What differs; everything that can be is accepted at first. ``heirs``: (code, name) a village may go into."""
        self.review = review
        self.taken = {line.key for line in review.lines if not line.blocked}
        self._heirs = {f"{name}（{code}）": code for code, name in heirs}
        self.heir.clear()
        self.heir.addItems(["", *self._heirs])
        counts = [f"{change.value} {review.count(change)}" for change in ListChange if review.count(change)]
        words = f"与台账相同 {review.same} 个（村、村委会、村民委员会等写法算同名）"
        told = f"；{'，'.join(counts)}，请逐条核对" if counts else "，没有变更"
        ideas = len(review.proposals)
        more = f"。有 {ideas} 条疑似更名、合并、拆分，在“{PROPOSED}”里确认，记录才接着算" if ideas else ""
        self.told.setText(words + told + more + "。登记前没有存任何东西。")
        self._refill()

    def refuse(self, words: str) -> None:
        """Say why the list cannot be read or stored; nothing has been stored."""
        self.told.setText(words)
        self.told.set_tone(Tone.BAD)
        self.enter.setEnabled(self.review is not None and bool(self.taken))

    def toggle(self) -> None:
        """Accept the selected lines, or refuse them when the first is accepted."""
        if self.group.key == PROPOSED:
            ideas = self._chosen_ideas()
            if ideas:
                self.mark(on=ideas[0].key not in self.adopted)
            return
        chosen = self._chosen()
        if chosen:
            self.mark(on=chosen[0].key not in self.taken)

    def mark(self, *, on: bool) -> None:
        """Accept or refuse the selected lines; a proposal that is adopted brings its lines along."""
        if self.group.key == PROPOSED:
            for idea in self._chosen_ideas():
                if on:
                    self.adopted.add(idea.key)
                    self.taken.update(idea.lines)
                else:
                    self.adopted.discard(idea.key)
            self._retell()
            return
        for line in self._chosen():
            if on and not line.blocked:
                self.taken.add(line.key)
            else:
                self.taken.discard(line.key)
                # What is not accepted cannot be one half of a merger.
                self.adopted -= {p.key for p in self._ideas_of(line)}
        self._retell()

    def merge(self) -> None:
        """Note that the selected villages have become part of the one named."""
        heir = self._heirs.get(self.heir.currentText(), "")
        for line in self._chosen():
            if line.change is not ListChange.GONE or line.old_code == heir:
                continue
            if heir:
                self.into[line.old_code] = heir
            else:
                self.into.pop(line.old_code, None)
        self._retell()

    def _chosen(self) -> list[ListLine]:
        numbers = sorted({index.row() for index in self.rows.selectionModel().selectedRows()})
        return [self.rows.rows[number] for number in numbers]

    def _chosen_ideas(self) -> list[ListProposal]:
        numbers = sorted({index.row() for index in self.ideas.selectionModel().selectedRows()})
        return [self.ideas.rows[number] for number in numbers]

    def _ideas_of(self, line: ListLine) -> list[ListProposal]:
        proposals = self.review.proposals if self.review is not None else ()
        return [proposal for proposal in proposals if line.key in proposal.lines]

    def _refill(self) -> None:
        proposed = self.group.key == PROPOSED
        self.ideas.setVisible(proposed)
        self.rows.setVisible(not proposed)
        self._merged.setVisible(not proposed)
        if proposed:
            self.ideas.set_rows(self.review.proposals if self.review is not None else ())
            self._retell()
            return
        lines = self.review.lines if self.review is not None else ()
        wanted = self.group.key
        self.rows.set_rows([line for line in lines if wanted in {ALL, line.change.value}])
        self._retell()

    def _retell(self) -> None:
        for table in (self.rows, self.ideas):
            table.viewport().update()
        ideas = f"，采用建议 {len(self.adopted)} 条" if self.adopted else ""
        self.enter.setText(f"登记 {len(self.taken)} 条{ideas}" if self.taken else "没有接受的")
        self.enter.setEnabled(bool(self.taken))

    def _word(self, line: ListLine) -> str:
        return "不能" if line.blocked else "接受" if line.key in self.taken else "不接受"

    def _tone(self, line: ListLine) -> Tone:
        return Tone.BAD if line.blocked else Tone.GOOD if line.key in self.taken else Tone.NEUTRAL

    def _note(self, line: ListLine) -> str:
        heir = self.into.get(line.old_code, "") if line.change is ListChange.GONE else ""
        named = next((name for name, code in self._heirs.items() if code == heir), heir)
        ideas = "；".join(
            f"{'' if p.key in self.adopted else '疑为'}{p.step.value}：{_names(p.old)}→{_names(p.new)}"
            for p in self._ideas_of(line)
        )
        return "；".join(filter(None, (line.blocked, line.note, f"并入{named}" if heir else "", ideas))) or "—"

    def _enter(self) -> None:
        try:
            month = Month.parse(self.month.text())
        except ValueError:
            self.refuse("月份要写成 2021-05 这样")
            return
        self.enter.setEnabled(False)
        self.entered.emit(frozenset(self.taken), month, dict(self.into), frozenset(self.adopted))


def _names(units: Sequence[tuple[str, str]]) -> str:
    return "、".join(name for _, name in units)


def _coded(units: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"{code} {name}" for code, name in units)


def _tails(units: Sequence[tuple[str, str]]) -> str:
    """The last three digits of each code: the town's are the same."""
    return "、".join(code[9:] for code, _ in units)


def _codes(line: ListLine) -> str:
    if line.old_code and line.code != line.old_code:
        return f"{line.old_code} → {line.code}"
    return line.code or "—"
