"""Results of the green programmes' calculation (绿色包装)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.indicators.results.tone import Tone
from desktop_app.models.values import CellState


@dataclass(frozen=True)
class GreenLine:
    """One line of a programme against its target. ``numerator``/``denominator`` are exact, in base units."""

    indicator: str
    name: str
    comparator: str
    target: Decimal | None
    target_text: str
    value: Decimal | None
    value_text: str
    unit: str
    gap_text: str
    numerator: Decimal | None
    denominator: Decimal | None
    fraction_text: str
    met: bool | None
    """None when it cannot be said (未报 or a campaign without figures)."""
    state_text: str
    state_tone: Tone
    clause: str
    spark: tuple[Decimal | None, ...]
    as_of: str
    state: CellState = CellState.VALUE
    gap: Decimal | None = None
    """Value minus target in base units (points for rates); None where the line does not bind the county."""
    arrival: str = "—"
    """At the present pace: “5 个月”, “9 个月，晚”, 不靠近, 已到; — where it cannot be said."""
    arrival_months: int | None = None
    arrival_words: str = ""
    note: str = ""
    """What belongs to the value: size and confidence of a sample, what a campaign found, the evidence of a ban."""
    sample_range: str = ""
    """“88.1—94.0%” of a sampled rate (95 % confidence)."""
    rate_only: tuple[str, ...] = ()
    """Companies that gave this rate alone; ``value`` is without them."""
    partial: tuple[str, ...] = ()
    """Companies of which some month of the period is lacking; ``value`` holds their other months."""

    handed_down: str = ""
    """The county's rate as the city or the bureau hands it down, beside the computed one: “上级下发 65%”."""

    area: str = ""
    """What the programme's own wider area reads: “全国 94.3% 已达”; empty where the ledger has no figure of it."""
    area_met: bool | None = None

    @property
    def remark(self) -> str:
        """Note, who is left out, what was handed down and what the wider area reads, in a sentence; mostly empty."""
        left_out = f"不含只报比率的{'、'.join(self.rate_only)}" if self.rate_only else ""
        holes = f"{'、'.join(self.partial)}有的月份没有报" if self.partial else ""
        return "；".join(filter(None, (self.note, left_out, holes, self.handed_down, self.area)))


@dataclass(frozen=True)
class GreenCell:
    """A company's rate for one indicator."""

    text: str
    state: CellState
    met: bool | None
    value: Decimal | None
    rate_only: bool = False
    """The company reported the rate alone: shown, but not in the county's ratio of sums (◇)."""
    place: str = ""
    """“3/10” of the companies that gave both halves; empty for the others."""


@dataclass(frozen=True)
class GreenMatrixRow:
    """One indicator over all companies, with the county's ratio of sums, or sum of what is counted in ``unit``."""

    indicator: str
    name: str
    target_text: str
    target: Decimal | None
    cells: tuple[GreenCell, ...]
    county: GreenCell
    rate_only: tuple[str, ...] = ()
    """Companies that gave this rate alone, in any month of the period."""
    unit: str = "%"


@dataclass(frozen=True)
class GreenReport:
    """A programme as of a month."""

    period: str
    programme: str
    programme_name: str
    lines: tuple[GreenLine, ...]
    enterprises: tuple[str, ...]
    matrix: tuple[GreenMatrixRow, ...]
    counts: tuple[GreenMatrixRow, ...] = ()
    """What is counted and not a rate, of which some company has given a figure; the county is the sum."""

    @property
    def rate_only(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Name of an indicator and the companies that gave its rate alone; indicators without any are left out."""
        return tuple((row.name, row.rate_only) for row in self.matrix if row.rate_only)

    @property
    def rate_only_words(self) -> str:
        """“规范封装：示例甲快递；循环中转袋：示例乙快递、示例丙快递”; empty when all gave both halves."""
        return "；".join(f"{name}：{'、'.join(companies)}" for name, companies in self.rate_only)


@dataclass(frozen=True)
class ProfileRow:
    """One rate of one company beside the county's ratio of sums; ``place``: “3/10” of those that gave both halves."""

    indicator: str
    name: str
    value: Decimal | None
    text: str
    county: Decimal | None
    county_text: str
    difference_text: str
    place: str
    target_text: str
    met: bool | None
    rate_only: bool = False
    sample: str = ""
    """“抽查 28 件，95% 置信区间 72.8—96.3%，样本太小” of a sampled rate."""
