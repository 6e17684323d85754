"""What the annual report is given: results of the calculation, nothing looked up later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import Period
from desktop_app.reporting.content import Edition


@dataclass(frozen=True)
class AreaFigures:
    """One part of the area (东部, a county, a township): volume and revenue of the year with their shares in %.

    None: cannot be said. ``key``: region code, or the name of a band of provinces.
    """

    key: str
    name: str
    volume: Figure | None
    revenue: Figure | None
    volume_share: Decimal | None
    revenue_share: Decimal | None


@dataclass(frozen=True)
class AnnualData:
    """Everything that 年度快递市场监管报告 says of the year ``period``.

    ``figures``: by indicator code, each for the whole year (what stands: at its end). ``scale``: county or national
    units. ``areas``: parts of the area that together make up its volume; empty when they do not. ``areas_lacking``:
    why there are none, a sentence. ``counts``: numbers of the ledgers by name (companies, reports due …), absent
    when they cannot be said. ``charts``: by section. ``withheld``: names of what a public edition does not publish.
    """

    region_name: str
    period: Period
    made_on: date
    figures: Mapping[str, Figure]
    scale: str = "county"
    edition: Edition = Edition.INTERNAL
    sample: bool = False
    bureau: str = ""
    areas: tuple[AreaFigures, ...] = ()
    areas_lacking: str = ""
    counts: Mapping[str, int] | None = None
    charts: Mapping[str, ChartSpec] | None = None
    programme: str = ""
    behind: tuple[str, ...] = ()
    """Names of some targets that lag."""
    campaigns: tuple[str, ...] = ()
    """What has been checked in each 专项治理, a clause each."""
    withheld: tuple[str, ...] = ()
