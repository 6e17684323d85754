"""这一份: edition, format, paper, what the signer should know, and the two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop_app.views.printing.proof import Proof, remarks
from desktop_app.views.widgets.alarms import AlarmList
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.words import Words

if TYPE_CHECKING:
    from desktop_app.views.printing.paper import PaperChoice

EDITIONS = (("internal", "内部"), ("upward", "上级"), ("public", "公开"))
GREY, A3, BOTH = "grey", "a3", "both"
_MM_PER_POINT = 25.4 / 72
_A4_LONG = 297
_PAPERS = {(210, 297): "A4 纵向", (297, 210): "A4 横向", (297, 420): "A3 纵向", (420, 297): "A3 横向"}


class SideCard(Card):
    """``edition_chosen`` makes the report anew; ``look_chosen`` shows it in colour or as a black-and-white print."""

    edition_chosen = Signal(str)
    look_chosen = Signal()
    save_asked = Signal()
    print_asked = Signal()
    words_asked = Signal()
    sections_asked = Signal()
    form_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("这一份", parent=parent)
        self._large = False
        self.edition = SegmentedChoice(EDITIONS)
        self.edition.chosen.connect(self.edition_chosen)
        self.edition.setToolTip("公开版不写企业名，可推知单个企业的数不予公布")
        self.form = Words("PDF", "cell")
        self.paper = Words("—", "cell")
        self.contents = Words("—", "cell")
        self.look = SegmentedChoice((("colour", "彩色"), (GREY, "黑白打印效果")))
        self.look.chosen.connect(lambda _key: self.look_chosen.emit())
        self.sheet = SegmentedChoice((("a4", "原大"), (A3, "放大到 A3")))
        self.sides = SegmentedChoice((("one", "单面"), (BOTH, "双面")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("版本", self.edition),
            ("格式", self.form),
            ("纸张", self.paper),
            ("内容", self.contents),
            ("预览", self.look),
            ("印在", self.sheet),
            ("印成", self.sides),
        )
        for number, (caption, widget) in enumerate(rows):
            grid.addWidget(Words(caption, "muted"), number, 0)
            grid.addWidget(widget, number, 1, Qt.AlignmentFlag.AlignLeft)
        self.add_layout(grid)
        self.words = button("改文字…", self.words_asked.emit, small=True, tip="逐段改正文；改过的文字重算后仍在")
        self.changes = QHBoxLayout()
        self.changes.setSpacing(8)
        self.sections = button(
            "栏目…", self.sections_asked.emit, small=True, tip="次序、印不印、自加的文字；每期都照此"
        )
        self.changes.addWidget(self.words)
        self.changes.addWidget(self.sections)
        self.official = button("公文格式…", self.form_asked.emit, small=True, tip="红头、文号、征求意见稿、落款、附件")
        self.changes.addWidget(self.official)
        self.changes.addStretch(1)
        self.add_layout(self.changes)
        self.body.addSpacing(4)
        self.add(Words("提醒", "title"))
        self.remarks = AlarmList()
        self.remarks.setAccessibleName("提醒")
        self.calm = EmptyState("", "没有需要提醒的事。")
        self.add(self.remarks, 1)
        self.add(self.calm, 1)
        self.save = button("另存…", self.save_asked.emit, shortcut="Ctrl+S")
        self.print = button("打印　Ctrl+P", self.print_asked.emit, kind="primary")
        actions = QHBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self.save, 1)
        actions.addWidget(self.print, 1)
        self.add_layout(actions)
        self.show_proof(None)

    @property
    def grey(self) -> bool:
        """Whether the preview is to look like a black-and-white print."""
        return self.look.key == GREY

    @property
    def paper_choice(self) -> PaperChoice:
        """What the printing dialog starts with."""
        from desktop_app.views.printing.paper import PaperChoice

        return PaperChoice(a3=self.sheet.key == A3 or self._large, both_sides=self.sides.key == BOTH)

    def show_proof(self, proof: Proof | None) -> None:
        """Show what is known of a finished report; None while there is none."""
        self.save.setEnabled(proof is not None)
        self.print.setEnabled(proof is not None)
        self.words.setEnabled(proof is not None)
        self.sections.setEnabled(proof is not None)
        self.official.setEnabled(proof is not None)
        alarms = remarks(proof.file) if proof is not None else []
        self.remarks.set_alarms(alarms)
        self.remarks.setVisible(bool(alarms))
        self.calm.setVisible(not alarms)
        self.calm.set_words("", "没有需要提醒的事。" if proof is not None else "")
        self.paper.setText(paper_words(proof.book.sizes) if proof is not None else "—")
        self._large = proof is not None and is_large(proof.book.sizes)
        self.contents.setText(f"{proof.file.pages} 页，{proof.file.figures} 个数" if proof is not None else "—")


def is_large(sizes: tuple[tuple[float, float], ...]) -> bool:
    """Whether some page is too large for A4, so that the printer should begin with A3."""
    return any(max(size) * _MM_PER_POINT > _A4_LONG + 1 for size in sizes)


def paper_words(sizes: tuple[tuple[float, float], ...]) -> str:
    """A4 纵向, and the like; sizes in points."""
    names = []
    for width, height in dict.fromkeys(sizes):
        mm = (round(width * _MM_PER_POINT), round(height * _MM_PER_POINT))
        names.append(_PAPERS.get(mm, f"{mm[0]}×{mm[1]} 毫米"))
    return "、".join(names)
