"""What 快递进村 shows and ``coverage`` prints."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.rural import (
    CoverageLine,
    CoverageReport,
    Gap,
    HeatCell,
    TownRow,
    VillageRow,
)
from desktop_app.services.results.overview import Kpi
from desktop_app.services.results.rural_rates import RuralWatch

__all__ = [
    "CoverageLine",
    "CoverageReport",
    "Gap",
    "HeatCell",
    "RuralBoard",
    "TownRow",
    "VillageRow",
]


@dataclass(frozen=True)
class RuralBoard:
    """Everything the tab shows for one month and one definition."""

    month: str
    definition: str
    definitions: tuple[tuple[str, str], ...]
    kpis: tuple[Kpi, ...]
    brands: tuple[str, ...]
    towns: tuple[TownRow, ...]
    villages: tuple[VillageRow, ...]
    gaps: tuple[Gap, ...]
    trend: ChartSpec
    modes: ChartSpec
    empty_reason: str = ""
    total: TownRow | None = None
    """The whole county as one row, each brand's share the ratio of sums; None when there is nothing to sum."""
    watch: RuralWatch | None = None
    """Pace towards the targets and what has fallen back; None when there is nothing to watch."""
    modes_trend: ChartSpec | None = None
    """Villages by mode over twelve months, stacked."""
