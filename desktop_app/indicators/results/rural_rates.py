"""Rates of 快递进村 by group, the pace towards the targets, and services that have fallen back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class RateRow:
    """One group of villages (township, brand, mode, month, or all). Rates in %, None where nobody can say.

    ``reach`` 任一品牌, ``direct`` 直投到村, ``three`` 至少3个主要品牌, ``major`` 主要品牌全通, ``often`` 周投递≥3次,
    ``station`` 有站点的村占比 (一村一站). ``post_parcels``: 邮快 parcels reported for that very month, None when none
    were. ``mean_brands``: brands per village, all villages counted.
    """

    key: str
    name: str
    villages: int
    covered: int
    reach: Decimal | None
    direct: Decimal | None
    three: Decimal | None
    major: Decimal | None
    often: Decimal | None
    post_villages: int
    post_parcels: int | None
    stations: int
    station: Decimal | None
    mean_brands: Decimal | None

    @property
    def exact_reach(self) -> Fraction | None:
        """``reach`` unrounded, for differences."""
        return None if self.reach is None else Fraction(self.covered * 100, self.villages)


@dataclass(frozen=True)
class RateTable:
    """Rates by one kind of group. ``by``: town, brand, mode or month."""

    by: str
    rows: tuple[RateRow, ...]
    total: RateRow
    majors: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class TargetPace:
    """Where a target stands and when the present pace arrives there, in words.

    ``formula``: how the pace was computed, with its numbers. ``arrival``: month ``2021-11``, empty when there is none.
    """

    name: str
    due: str
    aim_text: str
    value: Decimal | None
    words: str
    formula: str
    arrival: str = ""
    late: bool = False


@dataclass(frozen=True)
class Relapse:
    """A brand that served a village and no longer does, or says itself that it has stopped (停运, 回退)."""

    code: str
    town: str
    village: str
    brand: str
    month: str
    state: str
    cut_off: bool
    """No brand is left in the village."""


@dataclass(frozen=True)
class RuralWatch:
    """What has to be watched as of a month."""

    paces: tuple[TargetPace, ...]
    relapses: tuple[Relapse, ...]
