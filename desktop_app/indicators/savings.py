"""测算: what narrow tape, no second packaging and used cartons save. Estimates with their assumptions, never figures.

A tape of 45 mm instead of 60 mm is (60 − 45) / 60 = 25 % less of it (工人日报 2023-10-16). If every parcel takes the
same length, the tape of all taped parcels is less by 25 % × share of narrow tape; with l metres a parcel that is
n × l × 0.015 m² less.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.format import format_pct
from desktop_app.indicators.results.savings import Estimate
from desktop_app.models.values import quantize

WIDE_MM, NARROW_MM = 60, 45
SAVED = Fraction(WIDE_MM - NARROW_MM, WIDE_MM)
"""25 %."""
NO_FIGURE = "这是估算，不是统计数，不入报表合计。"
FORMULA = "少用比例 = 瘦身胶带封装比例 ×（60−45）÷ 60；少用面积 = 瘦身胶带件数 × 每件长度 × 0.015 米"
ASSUMPTIONS = "假设：原来都用 60 毫米、现在用 45 毫米，每件所用长度不变。" + NO_FIGURE


WRAPS = "少用包装 = 未二次包装的电商快件数 × 1 个"
WRAPS_ASSUMED = "假设：不这样做时，每件要再用一个包装。"
CARTONS = "少用新纸箱 = 回收复用的瓦楞纸箱数 × 1 个"
CARTONS_ASSUMED = "假设：每个复用的纸箱顶替一个新纸箱，只顶替一次。"


@dataclass(frozen=True)
class TapeSaving:
    """``share_pct``: of all the tape; ``area``: square metres, None without a length a parcel."""

    share_pct: Fraction
    parcels: Fraction
    area: Fraction | None


def tape_saving(narrow: Fraction, taped: Fraction, metres: Fraction | None = None) -> TapeSaving:
    """What narrow tape on ``narrow`` of ``taped`` parcels saves.

    :param metres: length of tape a parcel.
    :raises ValueError: no taped parcels.
    """
    if taped <= 0 or narrow < 0:
        raise ValueError("no taped parcels")
    area = None if metres is None else narrow * metres * Fraction(WIDE_MM - NARROW_MM, 1000)
    return TapeSaving(narrow / taped * SAVED * 100, narrow, area)


def saving_words(found: TapeSaving) -> str:
    """The estimate in a sentence."""
    words = f"估算：胶带用量约少 {format_pct(found.share_pct)}%（{quantize(found.parcels, 0):,} 件改用瘦身胶带）"
    return words + ("。" if found.area is None else f"，约合 {quantize(found.area, 0):,} 平方米。")


def tape_words(label: str, narrow: Fraction, taped: Fraction) -> Estimate:
    """The estimate of a period (``label``: 2021年1—3月), of the share alone."""
    return Estimate(f"{label}{saving_words(tape_saving(narrow, taped))}", FORMULA, ASSUMPTIONS)


def wraps_words(label: str, parcels: Fraction) -> Estimate:
    """Packages not used a second time."""
    words = f"{label}估算：少用二次包装约 {quantize(parcels, 0):,} 个。"
    return Estimate(words, WRAPS, WRAPS_ASSUMED + NO_FIGURE)


def cartons_words(label: str, cartons: Fraction) -> Estimate:
    """New cartons not used."""
    words = f"{label}估算：少用新纸箱约 {quantize(cartons, 0):,} 个。"
    return Estimate(words, CARTONS, CARTONS_ASSUMED + NO_FIGURE)
