"""乡镇 × 品牌: each brand's share of a township's villages, darker the more; stripes below 30 %."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal

from desktop_app.models.values import quantize
from desktop_app.services.results.overview import Tone
from desktop_app.services.results.rural import HeatCell, RuralBoard, TownRow
from desktop_app.views.naming import brief_names
from desktop_app.views.qtmodels.columns import Align, CellKind, Column, Heat, HeatLook, number_key
from desktop_app.views.rural.columns import han
from desktop_app.views.widgets.frozen import FrozenTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LOW_PCT = 30
"""Below it a cell is striped."""
DASH = "—"
FIRST_BRAND = 2
"""Column of the first brand."""


def heat_of(cell: HeatCell) -> Heat:
    """Depth by the share; whole per cents, because the cell is small and its tooltip says how many villages."""
    if cell.rate_pct is None:
        return Heat(DASH, HeatLook.NONE)
    text = str(quantize(cell.rate_pct, 0))
    if cell.rate_pct < LOW_PCT:
        return Heat(text, HeatLook.HATCH)
    return Heat(text, HeatLook.FILL, float(cell.rate_pct) / 100)


def rate_text(rate: Decimal | None) -> str:
    """One decimal with its sign."""
    return DASH if rate is None else f"{rate}%"


def brands_by_reach(board: RuralBoard) -> tuple[str, ...]:
    """Brands with the widest reach first; equal ones as the board gives them."""
    reach = {brand: sum(town.cells[i].covered for town in board.towns) for i, brand in enumerate(board.brands)}
    return tuple(sorted(board.brands, key=lambda brand: -reach[brand]))


def town_columns(board: RuralBoard) -> tuple[Column[TownRow], ...]:
    """Township, villages, one column a brand, rate."""
    place = {brand: number for number, brand in enumerate(board.brands)}
    brief = brief_names(board.brands)
    return (
        Column("乡镇", lambda r: r.name, width=han([t.name for t in board.towns], 3), tip=_town_tip, ground=_ground),
        Column("村", lambda r: str(r.villages), Align.RIGHT, width=4.5, ground=_ground),
        *(_brand_column(brand, brief[brand], place[brand]) for brand in brands_by_reach(board)),
        Column("回退", _relapsed_text, Align.RIGHT, tone=lambda _: Tone.BAD, width=4, ground=_ground, tip=_town_tip),
        Column(
            "通达率",
            lambda r: rate_text(r.rate_pct),
            Align.RIGHT,
            bold=True,
            width=7.5,
            tip=lambda r: f"{r.name}：{r.covered}/{r.villages} 村",
            ground=_ground,
        ),
    )


def _brand_column(brand: str, head: str, number: int) -> Column[TownRow]:
    return Column(
        head,
        lambda r: heat_of(r.cells[number]).text,
        Align.CENTER,
        CellKind.HEAT,
        cell=lambda r: heat_of(r.cells[number]),
        tip=lambda r: f"{r.name} · {brand}：{r.cells[number].covered}/{r.cells[number].villages} 村",
        width=max(han([head]), 4),
        stretch=True,
        ground=_ground,
        head_tip=f"点击看{brand}通到哪些村",
    )


def _ground(row: TownRow) -> str:
    return "" if row.code else "panel"


def _relapsed_text(row: TownRow) -> str:
    return str(row.relapsed) if row.relapsed else ""


def _town_tip(row: TownRow) -> str:
    lost = f"，回退 {row.relapsed}" if row.relapsed else ""
    return f"{row.name}：{row.villages} 个建制村，通达 {row.covered}，有站点 {row.stations}{lost}"


class TownHeat(FrozenTable[TownRow]):
    """``asked(town, brand)`` on a click or Enter: names, empty for all. A head click on a brand asks for the brand."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((), parent, frozen=1, row_height=24, tallest_row=42)
        self.setAccessibleName("乡镇 × 品牌通达")
        self._towns: tuple[TownRow, ...] = ()
        self._total: TownRow | None = None
        self._brands: tuple[str, ...] = ()
        self._order: tuple[int, Qt.SortOrder] | None = None
        self.rows_model.emphasise(lambda row: not row.code)
        self.clicked.connect(self._ask)
        self.picked.connect(lambda _row: self._ask(self.currentIndex()))
        self.horizontalHeader().sectionClicked.connect(self._head_clicked)

    def set_board(self, board: RuralBoard) -> None:
        """Show a month; the county's line stands first, the line that was current stays so."""
        kept = self.current_row
        self._towns, self._total = board.towns, board.total
        self._brands = brands_by_reach(board)
        columns = town_columns(board)
        if [c.head for c in columns] != [c.head for c in self.rows_model.columns]:
            self._order = None
            self.horizontalHeader().setSortIndicatorShown(False)
        self.set_columns(columns, self._arranged(len(columns)))
        if kept is not None:
            self.select_where(lambda row: row.code == kept.code)

    # ------------------------------------------------------------------------------------------- asking

    def brand_of(self, column: int) -> str:
        """The brand of a column; empty for any other."""
        number = column - FIRST_BRAND
        return self._brands[number] if 0 <= number < len(self._brands) else ""

    def _ask(self, index: QModelIndex) -> None:
        row = self.rows_model.row_at(index)
        if row is not None:
            self.asked.emit(row.name if row.code else "", self.brand_of(index.column()))

    def _head_clicked(self, section: int) -> None:
        brand = self.brand_of(section)
        if brand:
            self.asked.emit("", brand)
            return
        head, up, down = self.horizontalHeader(), Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        # Worst first is what one looks for in a rate, most first elsewhere; the third click restores the codes' order.
        first = down if 0 < section < len(self.rows_model.columns) - 1 else up
        if self._order is None or self._order[0] != section:
            self._order = (section, first)
        elif self._order[1] is first:
            self._order = (section, down if first is up else up)
        else:
            self._order = None
        head.setSortIndicatorShown(self._order is not None)
        if self._order is not None:
            head.setSortIndicator(*self._order)
        self.set_rows(self._arranged(len(self.rows_model.columns)))

    def _arranged(self, columns: int) -> Sequence[TownRow]:
        total = () if self._total is None else (self._total,)
        if self._order is None:
            return (*total, *self._towns)
        section, order = self._order
        last = columns - 1
        keys = {0: lambda r: (0, r.code), 1: lambda r: (0, r.villages), last - 1: lambda r: (0, r.relapsed)}
        key = keys.get(section, lambda r: number_key(r.rate_pct))
        return (*total, *sorted(self._towns, key=key, reverse=order is Qt.SortOrder.DescendingOrder))
