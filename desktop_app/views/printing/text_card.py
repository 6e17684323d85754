"""正文: the paragraphs of the report, and the one that is being written in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop_app.services.results.reports import DraftParagraph, TextMark
from desktop_app.services.results.tone import Tone
from desktop_app.views.palette import colours
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.card import Card
from desktop_app.views.widgets.words import Words

_SHOWN = 46
"""Characters of a paragraph in the list."""


class TextCard(Card):
    """Signals: ``picked(paragraph)``, ``written(key, text)``, ``reset_asked(key)``, ``renew_asked(key)``, ``left()``.

    What has been typed is written when another paragraph is picked, at Ctrl+Enter, and when the card is left.
    """

    picked = Signal(object)
    written = Signal(str, str)
    reset_asked = Signal(str)
    renew_asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("改文字", parent=parent)
        self._paragraphs: tuple[DraftParagraph, ...] = ()
        self._mute = False
        self.add_action(button("完成", self.leave, small=True, tip="回到打印"))
        self.list = QListWidget()
        self.list.setAccessibleName("正文各段")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._turned)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName("这一段的文字")
        self.words.setTabChangesFocus(True)
        self.words.installEventFilter(self)
        self.words.textChanged.connect(self._offer)
        self.told = Words("", "muted", wrap=True)
        self.computed = Words("", "caption", wrap=True).selectable()
        self.save = button("写入报表　Ctrl+Enter", self.commit, kind="primary")
        self.renew = button("换成现在的数", self._renew, tip="只换与数据不符的数，其余文字不动")
        self.reset = button("恢复计算文字", self._reset, tip="这一段改回程序算出的文字")
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self.save, self.renew, self.reset):
            row.addWidget(each)
        self.add(self.list, 5)
        self.add(self.words, 4)
        self.add(self.told)
        self.add(self.computed)
        self.add_layout(row)
        self.show_paragraphs(())

    # ------------------------------------------------------------------------------------------- contents

    def show_paragraphs(self, paragraphs: Sequence[DraftParagraph], *, anew: bool = False) -> None:
        """Show the paragraphs of a report.

        Of the same report made again (not ``anew``) the paragraph that is written in stays, with what is typed there.
        """
        before, typed = self.current, self.typed
        key = before.key if before is not None else ""
        self._mute = True
        self._paragraphs = tuple(paragraphs)
        self.list.clear()
        for paragraph in self._paragraphs:
            self.list.addItem(_item(paragraph))
        row = next((n for n, each in enumerate(self._paragraphs) if each.key == key), -1)
        self.list.setCurrentRow(max(row, 0) if self._paragraphs else -1)
        self._mute = False
        now = self.current
        unwritten = not anew and row >= 0 and typed is not None
        if now is None or (self.words.toPlainText() != now.text and not unwritten):
            self._fill()
        else:
            self._tell()

    @property
    def paragraphs(self) -> tuple[DraftParagraph, ...]:
        """The paragraphs shown."""
        return self._paragraphs

    @property
    def current(self) -> DraftParagraph | None:
        """The paragraph that is written in."""
        row = self.list.currentRow()
        return self._paragraphs[row] if 0 <= row < len(self._paragraphs) else None

    @property
    def typed(self) -> str | None:
        """What is typed and differs from the report, else None."""
        paragraph = self.current
        words = self.words.toPlainText()
        return words if paragraph is not None and words != paragraph.text else None

    def pick(self, key: str) -> None:
        """Turn to a paragraph."""
        row = next((n for n, each in enumerate(self._paragraphs) if each.key == key), -1)
        if row >= 0:
            self.list.setCurrentRow(row)

    # ------------------------------------------------------------------------------------------- doing

    def commit(self) -> None:
        """Write what has been typed into the report."""
        paragraph, typed = self.current, self.typed
        if paragraph is not None and typed is not None and paragraph.placed:
            self.written.emit(paragraph.key, typed)

    def leave(self) -> None:
        """Write what has been typed, and go."""
        self.commit()
        self.left.emit()

    def _renew(self) -> None:
        if self.current is not None:
            self.renew_asked.emit(self.current.key)

    def _reset(self) -> None:
        paragraph = self.current
        if paragraph is not None:
            self.words.setPlainText(paragraph.text)
            self.reset_asked.emit(paragraph.key)

    def _turned(self, row: int) -> None:
        if self._mute:
            return
        del row
        self._fill()
        if self.current is not None:
            self.picked.emit(self.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.commit()
                return True
        if isinstance(event, QFocusEvent) and event.lostFocus():
            # Another paragraph, another report, another tab: nothing that was typed is lost.
            self.commit()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------------------------------- showing

    def _fill(self) -> None:
        paragraph = self.current
        self._mute = True
        self.words.setPlainText(paragraph.text if paragraph is not None else "")
        self._mute = False
        self._tell()

    def _tell(self) -> None:
        paragraph = self.current
        marks = paragraph.marks if paragraph is not None and self.typed is None else ()
        self.words.setExtraSelections([self._selection(mark) for mark in marks])
        words = "　".join(mark_words(mark) for mark in marks)
        if paragraph is not None and not paragraph.placed:
            words = "本期报表里没有这一段，没有印出。可把文字复制到别的段，再点“恢复计算文字”。"
        self.told.setText(words)
        self.told.setVisible(bool(words))
        stale = any(mark.kind == "stale" for mark in marks)
        self.told.set_tone(Tone.BAD if stale else Tone.WARN if words else None)
        moved = paragraph is not None and paragraph.edited and paragraph.placed
        self.computed.setText(f"程序算出：{paragraph.computed}" if paragraph is not None and moved else "")
        self.computed.setVisible(moved)
        self._offer()

    def _offer(self) -> None:
        paragraph = self.current
        self.words.setEnabled(paragraph is not None)
        self.words.setReadOnly(paragraph is not None and not paragraph.placed)
        self.save.setEnabled(self.typed is not None)
        self.reset.setEnabled(paragraph is not None and (paragraph.edited or self.typed is not None))
        stale = paragraph is not None and any(mark.kind == "stale" and mark.now for mark in paragraph.marks)
        self.renew.setEnabled(stale and self.typed is None)

    def _selection(self, mark: TextMark) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        ink = colours().colour("bad" if mark.kind == "stale" else "warn")
        ground = QColor(ink)
        ground.setAlphaF(0.15)
        form = QTextCharFormat()
        form.setBackground(ground)
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(ink)
        cursor = QTextCursor(self.words.document())
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.start + mark.length, QTextCursor.MoveMode.KeepAnchor)
        made.format, made.cursor = form, cursor  # type: ignore[attr-defined] # the stubs leave out the fields
        return made


def mark_words(mark: TextMark) -> str:
    """What is wrong with a figure, in words."""
    if mark.kind == "stale":
        return f"“{mark.text}”与数据不符，现为{mark.now or '未报'}。"
    return f"“{mark.text}”是手写的数，查不到来处。"


def _item(paragraph: DraftParagraph) -> QListWidgetItem:
    """A line of the list: what is wrong, heading, first words."""
    stale = any(mark.kind == "stale" for mark in paragraph.marks)
    state = (
        "本期没有"
        if not paragraph.placed
        else "数已变"
        if stale
        else "有手写的数"
        if paragraph.marks
        else "已改"
        if paragraph.edited
        else ""
    )
    first = paragraph.text.replace("\n", " ") or "（不印这一段）"
    words = first if len(first) <= _SHOWN else first[:_SHOWN] + "…"
    head = " · ".join(filter(None, (f"【{state}】" if state else "", paragraph.section)))
    item = QListWidgetItem(f"{head}\n{words}" if head else words)
    if state:
        item.setForeground(
            colours().colour("bad" if stale else "warn" if paragraph.marks or not paragraph.placed else "accent")
        )
    item.setToolTip(paragraph.text)
    return item
