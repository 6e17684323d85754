"""What 绿色包装 shows and ``green`` prints."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.green import GreenCell, GreenLine, GreenMatrixRow, GreenReport, ProfileRow
from desktop_app.indicators.results.savings import Estimate

__all__ = [
    "CompanyProfile",
    "Estimate",
    "GreenBoard",
    "GreenCell",
    "GreenLine",
    "GreenMatrixRow",
    "GreenReport",
    "ProfileRow",
]


@dataclass(frozen=True)
class GreenBoard:
    """Everything the tab shows for one month and one programme."""

    month: str
    report: GreenReport
    programmes: tuple[tuple[str, str], ...]
    """(code, name) of the programmes to choose from, the most fitting first."""
    drag: ChartSpec
    """谁拉低了全市: points of the county's rate that each company costs, for the first unmet line."""
    trend: ChartSpec
    empty_reason: str = ""
    focus: str = ""
    """Code of the indicator that ``drag`` and ``trend`` are about."""
    estimates: tuple[Estimate, ...] = ()
    """测算, only when the bureau has turned them on."""
    estimating: bool = False
    outlook: str = ""
    """What the county would reach if the company that costs most met the target; empty when nobody falls short."""


@dataclass(frozen=True)
class CompanyProfile:
    """One company's rates beside the county's. ``companies``: all that were active, in the register's order."""

    month: str
    company: str
    programme_name: str
    companies: tuple[str, ...]
    rows: tuple[ProfileRow, ...]
    chart: ChartSpec
