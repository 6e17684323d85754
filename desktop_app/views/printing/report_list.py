"""The reports of the month: what can be printed, and why something cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.services.results.reports import ReportChoice
from desktop_app.views.fonts import sized
from desktop_app.views.palette import colours

Index = QModelIndex | QPersistentModelIndex
_CHOICE = int(Qt.ItemDataRole.UserRole)
_PAGES = _CHOICE + 1
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_LEFT = 14.0


class _ReportModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: tuple[ReportChoice, ...] = ()
        self.pages: dict[str, int] = {}

    def show_choices(self, choices: Sequence[ReportChoice]) -> None:
        self.beginResetModel()
        self.choices = tuple(choices)
        self.pages = {}
        self.endResetModel()

    def show_pages(self, kind: str, pages: int) -> None:
        self.pages[kind] = pages
        if self.choices:
            self.dataChanged.emit(self.index(0), self.index(len(self.choices) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.choices[index.row()]
        pages = self.pages.get(choice.kind)
        answers: Mapping[int, object] = {
            Qt.ItemDataRole.DisplayRole: choice.title,
            Qt.ItemDataRole.AccessibleTextRole: f"{choice.title} {choice.blocked}".strip(),
            Qt.ItemDataRole.ToolTipRole: choice.blocked or f"{choice.title}（{choice.period_label}）",
            _CHOICE: choice,
            _PAGES: f"{pages} 页" if pages else "",
        }
        return answers.get(role)


class _ReportDelegate(QStyledItemDelegate):
    def _reason_height(self, choice: ReportChoice, width: float) -> float:
        room = QRectF(0, 0, max(width, 60), 400)
        return QFontMetricsF(sized(12)).boundingRect(room, _WRAP, choice.blocked).height() if choice.blocked else 0.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        choice = index.data(_CHOICE)
        view = option.widget  # type: ignore[attr-defined] # the stubs leave out the option's fields
        tall = QFontMetricsF(sized(14)).height() + 15
        if isinstance(choice, ReportChoice):
            tall += self._reason_height(choice, view.viewport().width() - 2 * _LEFT)
        return QSize(120, int(tall))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice = index.data(_CHOICE)
        if not isinstance(choice, ReportChoice):
            return
        palette = colours()
        room = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(room, palette.colour("accent_soft"))
            painter.fillRect(QRectF(room.left(), room.top(), 3, room.height()), palette.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(room, palette.colour("panel"))
        font = sized(14, bold=chosen)
        line = QRectF(room.left() + _LEFT, room.top() + 7, room.width() - 2 * _LEFT, QFontMetricsF(font).height())
        pages = str(index.data(_PAGES))
        painter.setFont(sized(13))
        painter.setPen(palette.colour("muted"))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), pages)
        painter.setFont(font)
        painter.setPen(palette.colour("faint" if choice.blocked else "text"))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), choice.title)
        if choice.blocked:
            painter.setFont(sized(12))
            painter.setPen(palette.colour("warn"))
            painter.drawText(QRectF(line.left(), line.bottom() + 1, line.width(), 200), _WRAP, choice.blocked)
        painter.restore()


class ReportList(QListView):
    """``turned(ReportChoice)`` when another report is marked by the user."""

    turned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports = _ReportModel(self)
        self._mute = False
        self._wanted = ""
        self.setModel(self._reports)
        self.setItemDelegate(_ReportDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName("本月可打印的报表")
        self.selectionModel().currentChanged.connect(self._turned)

    def mark(self, kind: str) -> None:
        """Turn to a report by its kind, now or as soon as the reports are shown."""
        number = next((n for n, choice in enumerate(self.choices) if choice.kind == kind), -1)
        self._wanted = "" if number >= 0 else kind
        if number >= 0:
            self.setCurrentIndex(self._reports.index(number))

    def show_choices(self, choices: Sequence[ReportChoice]) -> None:
        """Show the reports of a month; the one that was marked stays marked."""
        kind = self._wanted or (self.current.kind if self.current is not None else "")
        self._wanted = ""
        self._mute = True
        self._reports.show_choices(choices)
        number = next((n for n, choice in enumerate(choices) if choice.kind == kind), 0)
        if choices:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._reports.index(number), flag)
        self._mute = False

    def show_pages(self, kind: str, pages: int) -> None:
        """Say how many pages a report has, once it has been made."""
        self._reports.show_pages(kind, pages)

    @property
    def choices(self) -> tuple[ReportChoice, ...]:
        """The reports shown."""
        return self._reports.choices

    @property
    def current(self) -> ReportChoice | None:
        """The marked report."""
        row = self.currentIndex().row()
        return self.choices[row] if 0 <= row < len(self.choices) else None

    def _turned(self, index: QModelIndex) -> None:
        if index.isValid() and not self._mute:
            self.turned.emit(self.choices[index.row()])
