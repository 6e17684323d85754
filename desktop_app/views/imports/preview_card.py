"""One file as it reads: facts, what was recognised, the grid, control totals and grounds."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.services.results.imports import AUTO, SKIP, FilePreview, ImportOptions, Issue, column_key
from desktop_app.views.imports import words
from desktop_app.views.imports.grid_view import PreviewGrid
from desktop_app.views.imports.identity import IdentityRow, Known
from desktop_app.views.imports.lower import LowerPanel
from desktop_app.views.imports.meaning_menu import ColumnState, MeaningMenu
from desktop_app.views.imports.said_strip import SaidStrip
from desktop_app.views.imports.stage import StagedFile
from desktop_app.views.imports.unread import UnreadPage
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.split import KeptSplitter
from desktop_app.views.widgets.tag import Tag


class PreviewCard(Card):
    """``said(ImportOptions)``: the user has named company, month, a column or the like; ``take_back``: not so.

    ``cell_marked(line, column)``: another cell of the grid is the current one.
    """

    said = Signal(object)
    take_back = Signal()
    large_asked = Signal()
    cell_marked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文件内容", parent=parent)
        self.tag = Tag()
        self.large = button("放大　F11", self.large_asked.emit, kind="link", tip="把地方都给表，再按还原")
        self.add_action(self.large)
        self.add_action(self.tag)
        self._shown: FilePreview | None = None
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
        self.panel = LowerPanel()
        self.counts, self.changes = self.panel.counts, self.panel.changes
        self.totals, self.grounds = self.panel.totals, self.panel.grounds
        self.below, self.diff = self.panel.below, self.panel.diff
        self.unread = UnreadPage()
        self.unread.unlocked.connect(lambda password: self.said.emit(replace(self._options, password=password)))
        self.split = KeptSplitter(Qt.Orientation.Vertical, "imports.below", (340, 150), 0)
        self.split.addWidget(self.grid)
        self.split.addWidget(self.panel)
        self.split.place()
        self.split.fold(folded=self.panel.is_folded)
        self.panel.folded.connect(lambda folded: self.split.fold(folded=folded))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.split)
        self._stack.addWidget(self.unread)
        self.add(self.identity)
        self.add(self.strip)
        self.add(self._stack, 1)

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
        self.panel.show_plan(plan, naming)
        self._stack.setCurrentWidget(self.split)

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
