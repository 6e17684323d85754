"""指标: every rate by township, brand, mode or month, and the list of main brands that they follow."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.services.results.main_brands import BrandList
from desktop_app.services.results.rural_rates import RateRow, RateTable
from desktop_app.views.qtmodels.columns import Align, Column, number_key
from desktop_app.views.rural.columns import han
from desktop_app.views.widgets.buttons import button
from desktop_app.views.widgets.choice import DropDown
from desktop_app.views.widgets.frozen import FrozenTable
from desktop_app.views.widgets.words import ElidedWords, Words

GROUPS = (("town", "乡镇"), ("brand", "品牌"), ("mode", "方式"), ("month", "月份"))


def _pct(value: Decimal | None) -> str:
    return "—" if value is None else str(value)


def _rate(head: str, get: Callable[[RateRow], Decimal | None], tip: str) -> Column[RateRow]:
    return Column(
        head,
        lambda r: _pct(get(r)),
        Align.RIGHT,
        width=max(han([head]), 5),
        stretch=True,
        sort=lambda r: number_key(get(r)),
        head_tip=tip,
        ground=_ground,
    )


def _number(head: str, get: Callable[[RateRow], int | None], tip: str) -> Column[RateRow]:
    def text(row: RateRow) -> str:
        number = get(row)
        return "未报" if number is None else str(number)

    return Column(
        head,
        text,
        Align.RIGHT,
        width=max(han([head]), 5),
        sort=lambda r: number_key(get(r)),
        head_tip=tip,
        stretch=True,
        ground=_ground,
    )


def _ground(row: RateRow) -> str:
    return "" if row.key else "panel"


def rate_columns(by: str) -> tuple[Column[RateRow], ...]:
    """Group, villages, rates in %, numbers."""
    return (
        Column(dict(GROUPS)[by], lambda r: r.name, width=9.5, sort=lambda r: r.key, ground=_ground),
        _number("村", lambda r: r.villages, "建制村"),
        _rate("通达", lambda r: r.reach, "任一品牌通达的村占比，%"),
        _rate("直投", lambda r: r.direct, "企业直投到村的村占比，%"),
        _rate("≥3家", lambda r: r.three, "至少 3 个主要品牌通达的村占比，%"),
        _rate("全通", lambda r: r.major, "主要品牌全部通达的村占比，%"),
        _rate("周≥3", lambda r: r.often, "每周投递 3 次及以上的村占比，%"),
        _number("邮快村", lambda r: r.post_villages, "有邮快合作的村"),
        _number("邮快件", lambda r: r.post_parcels, "进村表里邮快方式当月的收投件量，不沿用上月"),
        _number("站点", lambda r: r.stations, "有村级站点的村：进村记录写了站点，或村级站名录里有在办的站"),
        _rate("一村一站", lambda r: r.station, "有站点的村占比，%"),
        _rate("家/村", lambda r: r.mean_brands, "每个村平均通达的品牌数，全部村都计入"),
    )


class RatesPage(QWidget):
    """``by_chosen(by)``: show the rates by another kind of group; ``brands_asked()``: change the main brands."""

    by_chosen = Signal(str)
    brands_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by = DropDown("按", GROUPS)
        self.by.chosen.connect(self.by_chosen)
        self.note = ElidedWords("", "muted")
        self.table: FrozenTable[RateRow] = FrozenTable((), None, frozen=1, row_height=26)
        self.table.setAccessibleName("进村指标")
        self.table.rows_model.emphasise(lambda row: not row.key)
        bar = QHBoxLayout()
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(8)
        bar.addWidget(self.by)
        bar.addWidget(self.note, 1)
        bar.addWidget(button("主要品牌…", self.brands_asked.emit, small=True, tip="看和改本年起的主要品牌"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(bar)
        box.addWidget(self.table, 1)

    def show_table(self, made: RateTable) -> None:
        """Show rates; the whole county stands first, but not above its own months."""
        self.by.set_key(made.by)
        total = () if made.by == "month" else (made.total,)
        self.table.set_columns(rate_columns(made.by), (*total, *made.rows))
        words = f"比率为 %；主要品牌 {len(made.majors)} 个"
        self.note.setText(f"{words}；{made.note}" if made.note else words)
        self.note.setToolTip("\n".join(filter(None, (made.note, f"主要品牌：{'、'.join(made.majors)}"))))


class BrandsDialog(QDialog):
    """Which brands are 主要品牌 from a year on; earlier years stay."""

    def __init__(self, known: BrandList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"主要品牌（{known.year}年起）")
        self.listed = QListWidget()
        self.listed.setAccessibleName("主要品牌")
        for brand in known.known:
            self._add(brand, chosen=brand in known.chosen)
        self.more = QLineEdit()
        self.more.setPlaceholderText("再加一个品牌")
        self.more.returnPressed.connect(self._add_typed)
        line = QHBoxLayout()
        line.addWidget(self.more, 1)
        line.addWidget(button("加入", self._add_typed, small=True))
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        buttons.button(standard.Ok).setText("确定")
        buttons.button(standard.Cancel).setText("取消")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(8)
        box.addWidget(Words(f"勾上的品牌自 {known.year} 年起算主要品牌；以前各年不变。", "muted", wrap=True))
        box.addWidget(self.listed, 1)
        box.addLayout(line)
        box.addWidget(buttons)
        self.resize(360, 460)

    @property
    def brands(self) -> tuple[str, ...]:
        """What is ticked, in the order listed."""
        items = [self.listed.item(n) for n in range(self.listed.count())]
        return tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)

    def _add(self, brand: str, *, chosen: bool) -> None:
        item = QListWidgetItem(brand, self.listed)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    def _add_typed(self) -> None:
        brand = self.more.text().strip()
        there = [self.listed.item(n) for n in range(self.listed.count())]
        for item in there:
            if item.text() == brand:
                item.setCheckState(Qt.CheckState.Checked)
                brand = ""
        if brand:
            self._add(brand, chosen=True)
        self.more.clear()
