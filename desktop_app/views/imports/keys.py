"""Keys of the page 本次文件: from files to issues to the reason and back, without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop_app.views.imports.staging_page import StagingPage


def give_keys(page: StagingPage) -> None:
    """F6 goes round files, issues and reason; F8 leads to the next issue's cell; F11 gives the grid all the room."""
    keys: tuple[tuple[str, Callable[[], object]], ...] = (
        ("F6", lambda: next_part(page)),
        ("F8", lambda: next_issue(page)),
        ("F11", page.turn_large),
        ("Ctrl+Z", lambda: take_back(page)),
    )
    for sequence, call in keys:
        QShortcut(QKeySequence(sequence), page).activated.connect(call)


def take_back(page: StagingPage) -> None:
    """What was last said about the file on the screen, else the last 入库."""
    said = page.preview.strip.back
    (said if said.isVisible() else page.undo).click()


def next_part(page: StagingPage) -> None:
    """Files → issues → reason (where one is wanted) → files."""
    stops: tuple[QWidget, ...] = tuple(
        stop for stop in (page.list, page.issues.list, page.issues.reason) if stop.isVisible()
    )
    if not stops:
        return
    here = next((n for n, stop in enumerate(stops) if stop.hasFocus()), -1)
    stops[(here + 1) % len(stops)].setFocus()


def next_issue(page: StagingPage) -> None:
    """Mark the next issue of the file and its cell; after the last comes the first."""
    issues = page.issues.issues
    if not issues:
        return
    if page.large:
        # What is wrong with the cell stands beside the grid.
        page.turn_large()
    row = page.issues.list.currentIndex().row()
    number = (row + 1) % len(issues)
    page.issues.list.setCurrentIndex(page.issues.list.model().index(number, 0))
    page.preview.show_issue(issues[number])
    page.preview.focus_first()
