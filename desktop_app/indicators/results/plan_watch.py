"""Results of watching plans (规划监测): one row a target for the year, one for the middle of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop_app.models.values import CellState


class Grade(StrEnum):
    """评价 of a target in the printed table."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"
    """Its time is over and it has not been reached."""
    UNDER_WAY = "under_way"
    """A figure is there, but nothing says how far it should be by now."""
    NO_DATA = "no_data"

    @property
    def label(self) -> str:
        """Chinese word."""
        return {
            "met": "已达到",
            "on_track": "符合进度",
            "behind": "滞后",
            "missed": "未完成",
            "under_way": "推进中",
            "no_data": "无数据",
        }[self.value]

    @property
    def lags(self) -> bool:
        """Whether somebody has to do something."""
        return self in {Grade.BEHIND, Grade.MISSED}


@dataclass(frozen=True)
class Quantity:
    """A number as the table prints it. ``value`` in ``unit``; without a value ``state`` (None = “—”) stands instead."""

    text: str = ""
    value: Decimal | None = None
    unit: str = ""
    state: CellState | None = None


@dataclass(frozen=True)
class WatchLine:
    """年度监测: one target as of a month. Numbers stand in ``unit``, the document's own; rates of growth in %."""

    code: str
    indicator: str
    period: str
    name: str
    unit: str
    nature: str
    base: Quantity
    target: Quantity
    value: Quantity
    completion_pct: Decimal | None
    straight_pct: Decimal | None
    """Share of the target that the calendar (or the straight line from the base) asks for by now."""
    seasonal_pct: Decimal | None
    """The same by last year's months."""
    grade: Grade
    reason: str
    """What the value is of, and why there is none or no verdict."""
    clause: str


@dataclass(frozen=True)
class MidTermLine:
    """中期评估: base year → last whole year → year of the target. Rates are geometric, or points a year for rates."""

    code: str
    indicator: str
    period: str
    name: str
    unit: str
    base: Quantity
    middle: Quantity
    target: Quantity
    base_year: int
    middle_year: int | None
    """The last whole year since the base; None before the first is over."""
    due_year: int
    rate_unit: str
    """% or what is gained a year (个百分点, 分)."""
    planned: Decimal | None
    """What each year must bring from the base to the target."""
    stated: str
    """The yearly rate or the increment that the document itself gives, as text; empty = none."""
    reached: Decimal | None
    """What each year has brought so far."""
    needed: Decimal | None
    """What each remaining year must bring."""
    grade: Grade
    reason: str
    clause: str


@dataclass(frozen=True)
class WatchedPlan:
    """One document with its lines."""

    name: str
    year: tuple[WatchLine, ...]
    middle: tuple[MidTermLine, ...]
    worded: tuple[str, ...] = ()
    """Targets that no figure judges, each with its clause: “处理能力（三（二）1）”."""
