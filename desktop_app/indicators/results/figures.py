"""A figure and its rows, as both fronts and the reports show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from desktop_app.models.values import CellState, Polarity

_PERCENT_POINTS = {"个千分点": Decimal("0.1"), "个万分点": Decimal("0.01")}


@dataclass(frozen=True)
class Source:
    """Where one stored number came from: batch, file, sheet, row, column."""

    batch: int
    file: str
    sheet: str
    row: int
    column: str
    enterprise: str
    indicator: str
    month: str
    version: int
    status: str
    amount: str
    """The stored number, as exact text in base units."""


@dataclass(frozen=True)
class Completeness:
    """Who is in a sum and who is not; names are short names of companies."""

    reported: int = 0
    expected: int = 0
    missing: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    """Those among the missing who gave some months of the period."""

    @property
    def complete(self) -> bool:
        """Nobody is missing."""
        return not self.missing and not self.returned

    @property
    def words(self) -> str:
        """“12 家中 2 家未报、1 家缺部分月份”; empty when complete or when no company is expected."""
        parts = [f"{number} 家{word}" for number, word in self.counts]
        return f"{self.expected} 家中 {'、'.join(parts)}" if parts else ""

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """How many are lacking in which way: (2, 未报), (1, 缺部分月份), (1, 退回); those without anybody left out."""
        silent, some = len(self.missing) - len(self.partial), len(self.partial)
        told = ((silent, "未报"), (some, "缺部分月份"), (len(self.returned), "退回"))
        return tuple((number, word) for number, word in told if number)


@dataclass(frozen=True)
class Figure:
    """One indicator in one period with everything derived from it.

    Amounts (``value``, ``previous_year``, ``previous``, ``cumulative``…) are exact decimals in ``unit``; percentages
    and points are rounded to one decimal; None = cannot be said. ``text`` is the value as printed in ``display_unit``,
    or the word of its state. ``yoy_basis``: empty, 可比口径 or 报送.
    """

    code: str
    name: str
    unit: str
    period: str
    period_label: str
    region: str
    region_name: str
    value: Decimal | None
    state: CellState
    text: str
    display_unit: str
    previous_year: Decimal | None = None
    previous_year_text: str = "—"
    yoy_pct: Decimal | None = None
    yoy_basis: str = ""
    yoy_is_points: bool = False
    """True for rates: the change over a year is in points of what is printed (``yoy_pct`` then holds points)."""
    points_unit: str = ""
    """个百分点, of what is printed in ‰ 个千分点, of scores 分; empty for what grows in %."""
    previous: Decimal | None = None
    mom_pct: Decimal | None = None
    mom_applies: bool = True
    """False for a year, which has no 环比: the period before it is the year before, and that change is 同比."""
    cumulative: Decimal | None = None
    cumulative_text: str = "—"
    cumulative_label: str = ""
    cumulative_yoy_pct: Decimal | None = None
    cumulative_yoy_basis: str = ""
    share_pct: Decimal | None = None
    share_change_pp: Decimal | None = None
    cumulative_share_pct: Decimal | None = None
    cumulative_share_change_pp: Decimal | None = None
    polarity: Polarity = Polarity.NEUTRAL
    completeness: Completeness = field(default_factory=Completeness)
    cumulative_completeness: Completeness = field(default_factory=Completeness)
    definition: str = ""
    formula: str = ""
    status: str = ""
    yoy_surplus: int = 0
    """Companies that stand in last year's base but are lacking now: 同比 is low by them."""
    cumulative_yoy_surplus: int = 0
    """The same for 累计同比."""
    mom_surplus: int = 0
    """Companies that stand in the previous period but are lacking now: 环比 is low by them."""
    mom_gap: int = 0
    """Companies that stand in this period but were lacking in the previous one: 环比 is high by them."""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    def percent_points(self, moved: Decimal | None) -> Decimal | None:
        """A change in points of what is printed (‰, ‱) → 百分点, with the places that these have; None of a growth."""
        if moved is None or not self.yoy_is_points:
            return None
        return moved * _PERCENT_POINTS.get(self.points_unit, Decimal(1))


@dataclass(frozen=True)
class FigureRow:
    """One row of a breakdown (``--by``) or of the composition."""

    key: str
    name: str
    value: Decimal | None
    state: CellState
    text: str
    share_pct: Decimal | None = None
    share_change_pp: Decimal | None = None
    yoy_pct: Decimal | None = None
    contribution_pp: Decimal | None = None
    """拉动: points of the whole's growth that come from this row."""
    code: str = ""
    contribution_pct: Decimal | None = None
    """贡献率: share of this row in the change of the whole, in %."""
    lacking: str = ""
    """Who is lacking in the row's amount (“12 家中 2 家未报”)."""
