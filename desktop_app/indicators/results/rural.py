"""Results of the coverage calculation (快递进村)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class CoverageLine:
    """One row of a breakdown by town, brand or mode."""

    key: str
    name: str
    villages: int
    covered: int
    rate_pct: Decimal | None


@dataclass(frozen=True)
class Gap:
    """A village that is not reached under the definition."""

    code: str
    town: str
    name: str
    missing: str
    """Which brands are missing, in words."""
    since: str
    """Month since when (``2021-02``), 从未 when it was never reached."""
    relapsed: bool
    evidence: str
    """Age of the evidence in days as text (``92 天``), 待核实 beyond the limit, — when there is none."""


@dataclass(frozen=True)
class CoverageReport:
    """通达率 as of a month under one definition."""

    period: str
    villages: int
    covered: int
    rate_pct: Decimal | None
    definition: str
    definition_text: str
    by_kind: str
    by: tuple[CoverageLine, ...]
    gaps: tuple[Gap, ...]

    @property
    def exact_pct(self) -> Fraction | None:
        """The rate unrounded, for differences; None where there is no rate."""
        return None if self.rate_pct is None else Fraction(self.covered * 100, self.villages)


@dataclass(frozen=True)
class HeatCell:
    """Share of a town's villages that a brand reaches."""

    covered: int
    villages: int
    rate_pct: Decimal | None


@dataclass(frozen=True)
class TownRow:
    """One township: its villages, each brand's share, its rate, stations and modes."""

    code: str
    name: str
    villages: int
    covered: int
    rate_pct: Decimal | None
    cells: tuple[HeatCell, ...]
    stations: int
    relapsed: int


@dataclass(frozen=True)
class VillageRow:
    """One village in the list."""

    code: str
    town: str
    name: str
    initials: str
    """Pinyin initials for search."""
    state: str
    """通达, 未通 or 回退."""
    brands: tuple[str, ...]
    modes: tuple[str, ...]
    frequency: int | None
    station: str
    as_of: str
    """Month of the latest record (沿用自), empty when there is none."""
    evidence: str
    carried: str = ""
    """沿用自2021-02 when the newest record is of an earlier month, empty when it is of this one or there is none."""
    proof: str = ""
    """The newest evidence in words: 实地核查 2021-03-12 张三."""
    town_code: str = ""
    charged: tuple[str, ...] = ()
    """Brands in service that take an extra charge (违规收费)."""
    stopped: tuple[str, ...] = ()
    """Brands whose record says 停运 or 回退."""
