"""A question in place of the buttons: what will happen, a reason, yes or no. No dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.esc_bar import EscBar
from desktop_app.views.widgets.words import Words

_MOST_LINES = 4
"""A longer list scrolls."""


class AskBar(EscBar):
    """Hidden until :meth:`ask`. ``closed`` fires when it has been answered either way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then: Callable[[str], None] | None = None
        self._needs_reason = False
        self.title = Words("", "title", wrap=True)
        self.detail = Words("", "muted", wrap=True)
        self.lines = Words("", "cell", wrap=True).selectable()
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setWidget(self.lines)
        self._list.setAccessibleName("牵连")
        self._refused = False
        self.reason = QLineEdit()
        self.reason.textChanged.connect(self._check)
        self.reason.returnPressed.connect(self._yes_if_allowed)
        self.yes = button("", self._yes, kind="primary")
        self.no = button("不了　Esc", self.dismiss)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addWidget(self._list)
        answers = QHBoxLayout()
        answers.setSpacing(10)
        answers.addWidget(self.reason, 1)
        answers.addStretch()
        answers.addWidget(self.no)
        answers.addWidget(self.yes)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(8)
        box.addLayout(words)
        box.addLayout(answers)

    def ask(
        self,
        title: str,
        detail: str,
        action: str,
        then: Callable[[str], None],
        *,
        reason: str = "",
        hint: str = "原因（可不填）",
        needs_reason: bool = False,
        takes_reason: bool = True,
        takes_keys: bool = True,
    ) -> None:
        """Ask; ``then(reason)`` is called when the user agrees. Without ``takes_reason`` none is asked for.

        :param takes_keys: whether the keyboard goes to the bar at once; not where the user may be typing on.
        """
        self._then = then
        self._needs_reason = needs_reason
        self.title.setText(title)
        self.detail.setText(detail)
        self.tell(())
        self.yes.setText(action)
        self.reason.setPlaceholderText(hint)
        self.reason.setText(reason)
        self.reason.setCursorPosition(0)
        self._check()
        self.reason.setVisible(takes_reason)
        self.show()
        if takes_keys:
            (self.reason if takes_reason else self.no).setFocus()

    def tell(self, lines: Sequence[str], *, refused: bool = False) -> None:
        """Add what hangs on the step, one line each; ``refused``: it cannot be done as things stand."""
        self._refused = refused
        self.detail.setVisible(bool(self.detail.text()) and not refused)
        self.lines.setText("\n".join(f"· {line}" for line in lines))
        self._list.setVisible(bool(lines))
        tallest = self.fontMetrics().lineSpacing() * _MOST_LINES
        self._list.setFixedHeight(min(self._wanted(), tallest) if lines else 0)
        self._check()

    def _wanted(self) -> int:
        return self.lines.heightForWidth(max(self.width() - 48, 400)) + 4

    def dismiss(self) -> None:
        """No."""
        self._then = None
        super().dismiss()

    def _check(self) -> None:
        self.yes.setEnabled(not self._refused and (not self._needs_reason or bool(self.reason.text().strip())))

    def _yes_if_allowed(self) -> None:
        if self.yes.isEnabled():
            self._yes()

    def _yes(self) -> None:
        then, reason = self._then, self.reason.text().strip()
        self.dismiss()
        if then is not None:
            then(reason)
