"""更正前后: what a file changes of what is stored, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from desktop_app.models.values import Month
from desktop_app.services.results.changes import CellDiff, ImportDiff
from desktop_app.services.results.overview import Tone
from desktop_app.views.provenance.addresses import diff_figure
from desktop_app.views.qtmodels.columns import Align, CellKind, Column
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.table import DataTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_WORDS = {
    "changed": ("更正", Tone.WARN),
    "added": ("新增", Tone.INFO),
    "gone": ("去掉", Tone.BAD),
    "renamed": ("更名", Tone.WARN),
    "closed": ("停用", Tone.BAD),
    "reopened": ("恢复", Tone.INFO),
}
_FIGURES: tuple[Column[CellDiff], ...] = (
    Column("", lambda d: _WORDS[d.change][0], kind=CellKind.TAG, tone=lambda d: _WORDS[d.change][1]),
    Column("企业/乡镇/品牌", lambda d: d.whose, sort=lambda d: d.whose),
    Column("项目", lambda d: d.name, stretch=True, tip=lambda d: d.code, sort=lambda d: d.name),
    Column("栏", lambda d: d.span),
    Column("月份", lambda d: Month.parse(d.period).label if d.period else ""),
    Column("原", lambda d: d.old, Align.RIGHT),
    Column("新", lambda d: d.new, Align.RIGHT, bold=True),
    Column("差", lambda d: d.difference, Align.RIGHT),
    Column("原批次", lambda d: str(d.old_batch or ""), Align.RIGHT),
)
_WORDED = tuple(
    Column(c.head, c.text, Align.LEFT, bold=c.bold) if c.head in {"原", "新"} else c
    for c in _FIGURES
    if c.head not in {"差", "原批次"}
)
"""Registers and village records: words instead of figures."""


_MOST_LINES = 5
"""A longer comparison scrolls."""


class DiffCard(Card):
    """Hidden while there is nothing to compare, and while a question or a bar wants the room.

    ``brief`` leaves out figures that are merely new: the headline counts them. ``slim``: a part of another card, of few
    lines and without a frame of its own.
    """

    review_asked = Signal()
    """A new list of villages is to be gone through line by line."""

    def __init__(self, parent: QWidget | None = None, *, brief: bool = False, slim: bool = False) -> None:
        super().__init__("更正前后", parent=parent, margin=0 if slim else 14)
        self._brief = brief
        self._slim = slim
        if slim:
            self.setProperty("slim", "true")
            self.body.setContentsMargins(0, 0, 0, 0)
            self.body.setSpacing(2)
        self._aside = False
        self.table: DataTable[CellDiff] = DataTable(_FIGURES, row_height=26)
        self.table.setAccessibleName("更正前后")
        self.table.tracer = lambda diff, _column: diff_figure(diff)
        self.review = button(
            "逐条核对…", self.review_asked.emit, small=True, tip="名录的变更要逐条接受或拒绝，不整体覆盖"
        )
        self.review.hide()
        self.add_action(self.review)
        self.add_action(button("复制到 WPS", self.table.copy_all, small=True))
        self.add(self.table)
        self._diff: ImportDiff | None = None
        self.hide()

    @property
    def headline(self) -> str:
        """What the card says; empty while it is hidden."""
        return "" if self._diff is None else self._diff.headline

    def show_diff(self, diff: ImportDiff | None) -> None:
        """Show another comparison; None or one without differences puts the card away."""
        rows = self._rows(diff) if diff is not None else ()
        shown = diff if rows else None
        if diff is not None and shown is not None and shown is not self._diff:
            figures = all(row.subject == "figure" for row in rows)
            self.table.set_columns(_FIGURES if figures else _WORDED, rows)
            said = f"　说明：{diff.reason}" if diff.reason else ""
            self.set_subtitle(f"{diff.headline}{said}")
            self._fit(len(rows))
        self._diff = shown
        self._show()

    def _fit(self, rows: int) -> None:
        """As high as its lines, at most a few; where it is a part of another card, as high as that lets it be."""
        head = self.table.horizontalHeader().sizeHint().height() + 4
        line = self.table.verticalHeader().defaultSectionSize()
        if self._slim:
            self.table.setMinimumHeight(head + line)
            self.table.setMaximumHeight(head + rows * line)
        else:
            self.table.setFixedHeight(head + min(rows, _MOST_LINES) * line)

    def offer_review(self, *, offered: bool) -> None:
        """Whether the comparison is of villages, to be gone through line by line."""
        self.review.setVisible(offered)

    def stand_aside(self, *, aside: bool) -> None:
        """Leave the room to a question, or come back."""
        self._aside = aside
        self._show()

    def _rows(self, diff: ImportDiff) -> tuple[CellDiff, ...]:
        """What differs first, what is new behind it."""
        changed = tuple(row for row in diff.rows if row.change != "added")
        added = tuple(row for row in diff.rows if row.change == "added")
        if not self._brief:
            return changed + added
        return changed + tuple(row for row in added if row.subject in {"region", "enterprise"})

    def _show(self) -> None:
        self.setVisible(self._diff is not None and not self._aside)
