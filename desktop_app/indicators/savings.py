"""测算: what narrow tape saves. An estimate with its assumptions, never one of the county's figures.

A tape of 45 mm instead of 60 mm is (60 − 45) / 60 = 25 % less of it (工人日报 2023-10-16). If every parcel takes the
same length, the tape of all taped parcels is less by 25 % × share of narrow tape; with l metres a parcel that is
n × l × 0.015 m² less.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.format import format_pct
from desktop_app.models.values import quantize

WIDE_MM, NARROW_MM = 60, 45
SAVED = Fraction(WIDE_MM - NARROW_MM, WIDE_MM)
"""25 %."""
FORMULA = "少用比例 = 瘦身胶带封装比例 ×（60−45）÷ 60；少用面积 = 瘦身胶带件数 × 每件长度 × 0.015 米"
ASSUMPTIONS = "假设：原来都用 60 毫米、现在用 45 毫米，每件所用长度不变。这是估算，不是统计数，不入报表合计。"


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
