"""The desk with thumbnails, search, and its row of page and zoom buttons, or the reason why there is no page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.services.results.reports import PageHit
from desktop_app.views.jobs import Job
from desktop_app.views.printing.find_bar import FindBar
from desktop_app.views.printing.page_view import PageView
from desktop_app.views.printing.thumbnails import Thumbnails
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.progress import ProgressStrip
from desktop_app.views.widgets.words import ElidedWords, Words


class PreviewPane(QWidget):
    """``acted``: the button of the empty state. ``find_asked(words)``: to be looked for in the pages."""

    acted = Signal()
    find_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PageView()
        self.thumbnails = Thumbnails()
        self.thumbnails.page_asked.connect(self.view.go_to)
        self.view.moved.connect(self._say_place)
        self.finder = FindBar()
        self.finder.asked.connect(self.find_asked)
        self.finder.stepped.connect(self.step_hit)
        self.finder.closed.connect(self._found_enough)
        desk = QWidget()
        box = QVBoxLayout(desk)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        pages = QHBoxLayout()
        pages.setSpacing(8)
        pages.addWidget(self.thumbnails)
        pages.addWidget(self.view, 1)
        box.addWidget(self.finder)
        box.addLayout(pages, 1)
        box.addLayout(self._tools())
        self.empty = EmptyState()
        self.empty.acted.connect(self.acted)
        blank = Card()
        blank.add(self.empty, 1)
        self._desk, self._blank = desk, blank
        self._stack = QStackedWidget()
        self._stack.addWidget(desk)
        self._stack.addWidget(blank)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._give_keys()

    def _tools(self) -> QHBoxLayout:
        """The row below the pages."""
        self.place = Words("", "caption")
        self.percent = Words("", "caption")
        self.progress = ProgressStrip()
        self.fit = button("适合宽度", self.view.fit_width, small=True, tip="Ctrl+0")
        back = button("‹", lambda: self.view.go_to(self.view.current_page - 1), small=True, tip="上一页（PgUp）")
        forth = button("›", lambda: self.view.go_to(self.view.current_page + 1), small=True, tip="下一页（PgDn）")
        less = button("−", lambda: self.view.zoom(-1), small=True, tip="缩小（Ctrl+−）")
        more = button("＋", lambda: self.view.zoom(1), small=True, tip="放大（Ctrl+＋）")
        for made, name in ((back, "上一页"), (forth, "下一页"), (less, "缩小"), (more, "放大")):
            made.setAccessibleName(name)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.small_pages = button("缩略图", self._turn_thumbnails, small=True, tip="在左边列出全部页面")
        self.small_pages.setCheckable(True)
        self.small_pages.setChecked(True)
        self.seek = button("查找", self.finder.open, small=True, tip="在页面文字里查找（Ctrl+F）")
        for widget in (self.small_pages, back, self.place, forth, self.seek):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.progress, 1)
        row.addWidget(ElidedWords("点页上的数，看它从何来", "caption"), 1)
        for widget in (less, self.percent, more, self.fit):
            row.addWidget(widget)
        return row

    def _give_keys(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        actions = (
            ("Ctrl+F", self._find),
            ("F3", lambda: self.step_hit(1)),
            ("Shift+F3", lambda: self.step_hit(-1)),
        )
        for keys, action in actions:
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    # ------------------------------------------------------------------------------------------- search

    def show_hits(self, hits: tuple[PageHit, ...]) -> None:
        """Mark what has been found."""
        self.view.show_hits(hits)
        self._say_hits()

    def step_hit(self, by: int) -> None:
        """The next or previous hit; opens the search when nothing is being looked for."""
        if self.finder.isHidden():
            self._find()
        else:
            self.view.step_hit(by)
            self._say_hits()

    def _find(self) -> None:
        if self.shows_pages:
            self.finder.open()

    def _say_hits(self) -> None:
        self.finder.say(self.view.hits.number, len(self.view.hits.hits))

    def _found_enough(self) -> None:
        self.view.show_hits(())
        self.view.setFocus()

    def _turn_thumbnails(self) -> None:
        self.thumbnails.setVisible(self.small_pages.isChecked())

    # ------------------------------------------------------------------------------------------- pages

    def show_pages(self, sizes: tuple[tuple[float, float], ...], *, keep_place: bool) -> None:
        """Show a document."""
        self._stack.setCurrentWidget(self._desk)
        self.view.show_sizes(sizes, keep_place=keep_place)
        self.thumbnails.show_sizes(sizes, keep_place=keep_place)
        self._say_place()
        if not self.finder.isHidden():
            self.find_asked.emit(self.finder.words.text())

    def clear(self) -> None:
        """No document."""
        for view in (self.view, self.thumbnails):
            view.show_sizes((), keep_place=False)
        self.view.show_figures(())
        self.view.show_hits(())

    def show_reason(self, title: str, reason: str, action: str = "") -> None:
        """Say why there is nothing to look at."""
        self.empty.set_words(title, reason, action)
        self._stack.setCurrentWidget(self._blank)

    def follow(self, job: Job, words: str) -> None:
        """Show how far the report is."""
        if not self.view.pages:
            self._stack.setCurrentWidget(self._desk)
        self.progress.follow(job, words)

    @property
    def shows_pages(self) -> bool:
        """Whether pages are on the screen."""
        return self._stack.currentWidget() is self._desk and self.view.pages > 0

    def _say_place(self) -> None:
        pages = self.view.pages
        self.thumbnails.mark(self.view.current_page)
        self.place.setText(f"第 {self.view.current_page + 1} / {pages} 页" if pages else "")
        self.percent.setText(f"{self.view.percent}%")
        self.fit.setEnabled(not self.view.fits_width)
