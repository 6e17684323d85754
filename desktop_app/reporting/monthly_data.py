"""What the monthly summary is given: results of the calculation, nothing looked up later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop_app.charts import ChartSpec
from desktop_app.indicators.results.figures import Figure, FigureRow
from desktop_app.indicators.results.green import GreenReport
from desktop_app.indicators.results.rural import CoverageReport, TownRow
from desktop_app.models.values import Month, Period, PeriodKind
from desktop_app.reporting.content import Edition


@dataclass(frozen=True)
class RuralPart:
    """快递进村 as of the month.

    ``coverage``: the county's rate with its gaps (any breakdown). ``towns``: one row a township in the order of print;
    ``brands``: heads of the rows' ``cells`` (may be empty: then no brand columns). ``previous_year_pct``: rate of
    the same month last year under the same definition, unrounded, None when there was none.
    """

    coverage: CoverageReport
    towns: tuple[TownRow, ...] = ()
    brands: tuple[str, ...] = ()
    previous_year_pct: Fraction | None = None
    chart: ChartSpec | None = None


@dataclass(frozen=True)
class GreenPart:
    """绿色包装 as of the month: a programme's lines, and the company matrix for editions that name companies.

    ``chart`` shows the indicator ``focus`` by months. ``also``: the bureau's other own programmes that run then.
    """

    report: GreenReport
    chart: ChartSpec | None = None
    focus: str = ""
    also: tuple[GreenReport, ...] = ()


@dataclass(frozen=True)
class ReportingPart:
    """报送情况 of the month, by short names of companies.

    ``expected``: companies with a duty to report. ``late``: reported after the due day. ``zero``: 零报.
    ``corrected``: replaced an earlier file. ``due_label``: 4月10日, empty when unknown.
    """

    expected: int
    reported: int
    missing: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    due_label: str = ""


@dataclass(frozen=True)
class ExplainedDoubts:
    """Doubts about figures of the month that were stored with one and the same ``reason`` (说明).

    ``doubts``: what was doubted, with the short names of the companies; an empty name is no company's own doubt
    (a total of several, the bureau's own figure). ``month``: of which month, in a report of several; else empty.
    """

    reason: str
    doubts: tuple[tuple[str, tuple[str, ...]], ...]
    month: str = ""


@dataclass(frozen=True)
class UsedDefinition:
    """By which of several definitions (口径) a printed figure is made; ``code`` with its version."""

    name: str
    definition: str
    code: str


@dataclass(frozen=True)
class RegionalPlace:
    """居全市第N位: the area's place by ``code`` among the ``of`` areas of one rank under ``whole``."""

    code: str
    place: int
    of: int
    whole: str


@dataclass(frozen=True)
class MonthlyData:
    """Everything that 月报 says, or 季报 and 半年报 when ``period`` is a quarter or half a year ending with ``month``.

    ``region_name``: 蛟河市. ``bureau``: 单位 in the foot; empty prints a line to fill in. ``figures``: by indicator
    code, each for ``month`` with its cumulative half inside (MKT.VOL, its parts MKT.VOL.LOCAL/INTER/INTL, MKT.REV and
    its four parts, and any of ``extra``); a code that is absent is left out. ``extra``: further codes for table
    1 in the order of print (OPS.IN, MKT.UNITPRICE …). ``ranking``: companies by volume of the month, longest first,
    for editions that name companies. ``rural``, ``green``, ``reporting`` None: the section says that nothing has been
    entered. ``explained``: doubts that were explained, for the quality note. ``withheld``: names of what a public
    edition does not publish (统计保密). ``remarks``: sentences of the bureau for the notes.
    """

    region_name: str
    month: Month
    made_on: date
    figures: Mapping[str, Figure]
    edition: Edition = Edition.INTERNAL
    sample: bool = False
    bureau: str = ""
    extra: tuple[str, ...] = ()
    ranking: tuple[FigureRow, ...] = ()
    volume_chart: ChartSpec | None = None
    """图1: the month's volume over 12 months with last year's line."""
    composition_chart: ChartSpec | None = None
    rural: RuralPart | None = None
    green: GreenPart | None = None
    reporting: ReportingPart | None = None
    explained: tuple[ExplainedDoubts, ...] = ()
    definitions: tuple[UsedDefinition, ...] = ()
    """Of the printed figures for which there are several definitions."""
    withheld: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    period: Period | None = None
    """The quarter or half year; None for the month itself."""
    rates_before: Mapping[str, Decimal] = field(default_factory=dict)
    """同比 of the period before by code, in %, where the same companies stand in both years."""
    drivers: tuple[FigureRow, ...] = ()
    """Parts of the volume with their pull on its growth."""
    places: tuple[RegionalPlace, ...] = ()
    behind: tuple[str, ...] = ()
    """Names of targets of the year that lag."""
    next_due: str = ""
    """Last day on which the next month is to be reported: 5月8日."""
    reporting_before: tuple[tuple[Month, ReportingPart], ...] = ()
    """报送情况 of the period's earlier months."""

    @property
    def time(self) -> Period:
        """The stretch that the figures are of."""
        return self.period or Period.of_month(self.month)

    @property
    def label(self) -> str:
        """2021年3月, 2021年一季度, 2021年上半年."""
        return self.time.label

    @property
    def words(self) -> str:
        """3月份, 一季度, 上半年."""
        if self.time.kind is PeriodKind.MONTH:
            return f"{self.month.month}月份"
        return self.time.label.removeprefix(f"{self.month.year}年")

    @property
    def this(self) -> str:
        """本月, 本季度, 本半年."""
        return {PeriodKind.QUARTER: "本季度", PeriodKind.HALF: "本半年"}.get(self.time.kind, "本月")

    @property
    def last(self) -> str:
        """上月, 上季度; 上期 for half a year, because 上半年 is the first one."""
        return {PeriodKind.QUARTER: "上季度", PeriodKind.HALF: "上期"}.get(self.time.kind, "上月")

    @property
    def next_words(self) -> str:
        """下月, 下季度, 下一步."""
        return {PeriodKind.QUARTER: "下季度", PeriodKind.HALF: "下一步"}.get(self.time.kind, "下月")

    @property
    def whole(self) -> bool:
        """Whether the figures begin with January: then there is no cumulative sentence beside them."""
        return self.time.first.month == 1
