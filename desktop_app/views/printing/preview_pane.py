"""The desk with its row of page and zoom buttons, or the reason why there is no page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.views.jobs import Job
from desktop_app.views.printing.page_view import PageView
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.empty import EmptyState
from desktop_app.views.widgets.progress import ProgressStrip
from desktop_app.views.widgets.words import Words


class PreviewPane(QWidget):
    """``acted``: the button of the empty state."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PageView()
        self.view.moved.connect(self._say_place)
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
        for widget in (back, self.place, forth):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.progress, 1)
        row.addWidget(Words("点页上的数，看它从何来", "caption"))
        row.addStretch(1)
        for widget in (less, self.percent, more, self.fit):
            row.addWidget(widget)
        desk = QWidget()
        box = QVBoxLayout(desk)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.view, 1)
        box.addLayout(row)
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

    def show_pages(self, sizes: tuple[tuple[float, float], ...], *, keep_place: bool) -> None:
        """Show a document."""
        self._stack.setCurrentWidget(self._desk)
        self.view.show_sizes(sizes, keep_place=keep_place)
        self._say_place()

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
        self.place.setText(f"第 {self.view.current_page + 1} / {pages} 页" if pages else "")
        self.percent.setText(f"{self.view.percent}%")
        self.fit.setEnabled(not self.view.fits_width)
