"""One file as it reads: facts, what was recognised, the grid, control totals and grounds."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services.results.changes import ImportDiff
from desktop_app.services.results.imports import AUTO, SKIP, FilePreview, ImportOptions, Issue, column_key
from desktop_app.services.results.overview import Tone
from desktop_app.views.imports import words
from desktop_app.views.imports.diff_card import DiffCard
from desktop_app.views.imports.grid_view import PreviewGrid
from desktop_app.views.imports.identity import IdentityRow, Known
from desktop_app.views.imports.meaning_menu import ColumnState, MeaningMenu
from desktop_app.views.imports.said_strip import SaidStrip
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.imports.unread import UnreadPage
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.choice import SegmentedChoice
from desktop_app.views.widgets.tag import Tag
from desktop_app.views.widgets.words import ElidedWords, Words

_DIFF, _NOTES = "diff", "notes"


class _Notes(QWidget):
    """A caption with lines below it that scroll when there are many."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._body = Words("", "muted", wrap=True).selectable()
        self._body.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addWidget(self._body)
        inside.addStretch(1)
        area.setWidget(inner)
        area.setAccessibleName(caption)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(Words(caption, "caption"))
        box.addWidget(area, 1)

    def set_text(self, text: str) -> None:
        """Show other lines."""
        self._body.setText(text)

    @property
    def text(self) -> str:
        """The lines shown."""
        return self._body.text()


class PreviewCard(Card):
    """``said(ImportOptions)``: the user has named company, month, a column or the like; ``take_back``: not so.

    ``cell_marked(line, column)``: another cell of the grid is the current one.
    """

    said = Signal(object)
    take_back = Signal()
    cell_marked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文件内容", parent=parent)
        self.tag = Tag()
        self.add_action(self.tag)
        self._shown: FilePreview | None = None
        self._diff: ImportDiff | None = None
        self._naming = words.Naming()
        self._options = ImportOptions()
        self.identity = IdentityRow()
        self.identity.said.connect(self.said)
        self.strip = SaidStrip()
        self.strip.take_back.connect(self.take_back)
        self.grid = PreviewGrid()
        self.grid.meaning_asked.connect(self._open_menu)
        self.grid.cell_marked.connect(self.cell_marked)
        self.menu = MeaningMenu(self)
        self.menu.chosen.connect(self._column_said)
        self.counts = ElidedWords("", "cell")
        self.changes = Tag()
        self.totals = _Notes("控制数（与纸面、与表内合计核对）")
        self.grounds = _Notes("依据")
        self._notes = QWidget()
        notes = QHBoxLayout(self._notes)
        notes.setContentsMargins(0, 0, 0, 0)
        notes.setSpacing(18)
        notes.addWidget(self.totals, 1)
        notes.addWidget(self.grounds, 1)
        line = self.fontMetrics().height()
        self._notes.setMinimumHeight(line * 5)
        self._notes.setMaximumHeight(line * 12)
        self.unread = UnreadPage()
        self.unread.unlocked.connect(lambda password: self.said.emit(replace(self._options, password=password)))
        page = self._build_page()
        self._page = page
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.unread)
        self.add(self.identity)
        self.add(self.strip)
        self.add(self._stack, 1)

    def _build_page(self) -> QWidget:
        """Grid, counts, and below them control totals and grounds or the comparison."""
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.grid, 4)
        facts = QHBoxLayout()
        facts.setSpacing(10)
        facts.addWidget(self.counts, 1)
        facts.addWidget(self.changes)
        self.below = SegmentedChoice(((_DIFF, "更正前后"), (_NOTES, "控制数、依据")))
        self.below.chosen.connect(self._show_lower)
        facts.addWidget(self.below)
        self.diff = DiffCard(brief=True, slim=True)
        box.addLayout(facts)
        box.addWidget(self._notes, 2)
        box.addWidget(self.diff)
        self._show_lower()
        return page

    def show_file(self, file: StagedFile, naming: words.Naming, known: Known) -> None:
        """Show a file of the list."""
        preview, plan = file.preview, file.preview.plan
        self._options = file.options
        self.set_title(preview.file_name)
        self.tag.set(file.word, file.tone)
        self.identity.show_file(file, known)
        self.strip.show_file(file, naming)
        self.grid.set_changeable(changeable=not file.settled)
        if preview is self._shown and naming is self._naming:
            # Only what is said about the file has changed: its lines stay as the user has scrolled them.
            return
        again = self._shown is not None and self._shown.path == preview.path
        self._shown, self._naming = preview, naming
        if plan is None:
            self.set_subtitle("")
            self.unread.show_file(file)
            self.grid.show_preview(None)
            self._stack.setCurrentWidget(self.unread)
            return
        self.set_subtitle(f"{words.facts(plan.reading)} · 认作：{plan.kind.label}{words.by_profile(plan)}")
        self.grid.show_preview(preview, stay=again)
        self.counts.setText(words.counts(plan))
        changed = [f"第{c.row}行 {c.column}：{words.change_words(c)}" for c in plan.changes]
        self.changes.set(f"{len(changed)} 处换写" if changed else "", Tone.WARN)
        self.changes.setToolTip("\n".join(changed[:20]))
        self.totals.set_text("\n".join(words.totals(plan, naming)) or "没有可入库的数")
        self.grounds.set_text("\n".join([*plan.grounds, *plan.reading.warnings]))
        self._stack.setCurrentWidget(self._page)

    def show_diff(self, diff: ImportDiff | None) -> None:
        """What the file changes of what is stored, in the place of control totals and grounds; None for nothing."""
        if diff is not self._diff:
            self._diff = diff
            self.diff.show_diff(diff)
            self.below.set_key(_DIFF)
        self._show_lower()

    def _show_lower(self, _key: str = "") -> None:
        """Below the grid there is room for one of the two."""
        compared = bool(self.diff.headline)
        chosen = compared and self.below.key == _DIFF
        self.below.setVisible(compared)
        self.diff.stand_aside(aside=not chosen)
        self._notes.setVisible(not chosen)

    def show_issue(self, issue: Issue) -> None:
        """Mark the cell that an issue speaks of."""
        plan = self.grid.grid_model.plan
        if plan is not None:
            self.grid.show_cell(issue.row, words.column_of(plan.reading, issue.column))

    def focus_first(self) -> None:
        """To the password where one is wanted, else to the grid."""
        if self._stack.currentWidget() is self.unread:
            self.unread.password.setFocus()
        else:
            self.grid.setFocus()

    # ------------------------------------------------------------------------------------------- columns

    def ask_column(self, column: int) -> None:
        """Open the menu of a column."""
        self.grid.ask_meaning(column)

    def _open_menu(self, column: int, corner: QPoint) -> None:
        model = self.grid.grid_model
        plan = model.plan
        if plan is not None:
            head = plan.reading.columns[column] if column < len(plan.reading.columns) else ""
            meaning = model.meaning(column) or SKIP
            state = ColumnState(column, head, meaning, model.given(column), model.is_figure(column))
            self.menu.open_for(state, corner)

    def _column_said(self, column: int, meaning: str) -> None:
        plan = self.grid.grid_model.plan
        if plan is None:
            return
        key, said = column_key(plan.reading.columns, column), dict(self._options.meanings)
        if meaning == AUTO and said.get(key, AUTO) != AUTO:
            # What was said for this file only is taken back; what a profile says has to be spoken against.
            del said[key]
        else:
            said[key] = meaning
        self.grid.setFocus()
        self.said.emit(replace(self._options, meanings=tuple(said.items())))
