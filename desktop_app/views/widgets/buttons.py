"""Buttons of the house."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    kind: str = "",
    small: bool = False,
    shortcut: str = "",
    tip: str = "",
) -> QPushButton:
    """A push button.

    ``kind``: ``primary`` (one per view), ``danger``, ``link``, ``flat`` or plain. ``shortcut`` (``Ctrl+Return``) is
    shown behind the text and works while the button's tab is on the screen. Ctrl+I, Ctrl+P and F5 belong to the window
    (see :meth:`Tab.command`): write those into the text instead.
    """
    made = QPushButton(text)
    if kind:
        made.setProperty("kind", kind)
    if small:
        # Not "size": that is a property of every QWidget, and a style sheet would never see the word.
        made.setProperty("dense", "true")
    if kind in {"link", "flat"}:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    if shortcut:
        give_shortcut(made, shortcut)
    if tip:
        made.setToolTip(tip)
    return made


def give_shortcut(made: QPushButton, keys: str) -> None:
    """Let keys press the button, wherever the focus is on its tab, and write them behind its text."""
    # QKeySequence brings all of Qt.Key with it, which the first window does not need.
    from PySide6.QtGui import QKeySequence, QShortcut

    sequence = QKeySequence(keys)
    words = "Ctrl+Enter" if keys == "Ctrl+Return" else sequence.toString(QKeySequence.SequenceFormat.PortableText)
    made.setText(f"{made.text()}　{words}")
    for each in ("Ctrl+Return", "Ctrl+Enter") if keys == "Ctrl+Return" else (keys,):
        hot = QShortcut(QKeySequence(each), made)
        hot.setContext(Qt.ShortcutContext.WindowShortcut)
        hot.activated.connect(made.click)
