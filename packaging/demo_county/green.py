"""The hidden truth of green packaging (绿色包装): numerators and denominators per company and month."""

from __future__ import annotations

from demo_county.basics import MONTHS, Month, chance, index, wobble
from demo_county.companies import COMPANIES
from demo_county.market import Figures

PAIRS = (
    ("使用45毫米以下瘦身胶带封装件数", "使用胶带封装件数"),
    ("未二次包装电商快件", "电商快件总数"),
    ("可循环中转袋使用次数", "中转袋使用总次数"),
    ("电子面单件数", "快件总数"),
    ("采购符合标准包装材料量", "包装材料采购总量"),
    ("规范封装抽查合格件", "抽查件"),
    ("设回收装置备案网点", "备案网点"),
)
"""(numerator, denominator) of the seven rates, as the columns are named in the sheets."""
COUNTS = ("可循环快递箱(盒)使用量", "绿色网点数")
COLUMNS = tuple(name for pair in PAIRS for name in pair) + COUNTS

# First and last rate of the 24 months, in the order of PAIRS.
_RATES = ((0.87, 0.985), (0.85, 0.97), (0.86, 0.978), (0.972, 0.997), (0.86, 0.965), (0.86, 0.962), (0.25, 0.75))
_WEAK = {"丙": (-0.03, -0.085, -0.025, -0.004, -0.03, -0.04, -0.08), "辛": (0.0, -0.02, 0.0, 0.0, 0.0, -0.01, 0.0)}


def _rate(pair: int, stem: str, month: Month) -> float:
    first, last = _RATES[pair]
    level = first + (last - first) * index(month) / 23.0
    weak = _WEAK.get(stem, (0.0,) * len(PAIRS))[pair]
    spread = 0.002 if pair == 3 else 0.012
    own = spread * (2.0 * chance("rate", pair, stem) - 1.0)
    month_noise = 0.001 if pair == 3 else 0.004
    return min(0.9995, (level + own + weak) * wobble(month_noise, "rate", pair, stem, month.key))


def _denominators(figures: Figures, stem: str, month: Month) -> tuple[int, ...]:
    volume = figures.volume
    return (
        int(volume * 0.82 * wobble(0.01, "tape", stem, month.key)),
        int(volume * 0.827 * wobble(0.01, "shop", stem, month.key)),
        int(volume / 18.0 * wobble(0.04, "bags", stem, month.key)),
        volume,
        int(volume * 0.55 * wobble(0.05, "bought", stem, month.key)),
        20 + int(40.0 * chance("checked", stem, month.key)) if volume else 0,
        figures.outlets,
    )


def green_truth(market: dict[tuple[Month, str], Figures]) -> dict[tuple[Month, str], dict[str, int]]:
    """Column name → count, for every month and company; a numerator never exceeds its denominator."""
    truth: dict[tuple[Month, str], dict[str, int]] = {}
    for month in MONTHS:
        for company in COMPANIES:
            figures = market[month, company.stem]
            row: dict[str, int] = {}
            wholes = _denominators(figures, company.stem, month)
            for place, ((numerator, denominator), whole) in enumerate(zip(PAIRS, wholes, strict=True)):
                row[numerator] = int(whole * _rate(place, company.stem, month) + 0.5)
                row[denominator] = whole
            # The outlets with a device are a stock: they never become fewer, so no monthly noise in them.
            level = 0.25 + 0.5 * index(month) / 23.0 + _WEAK.get(company.stem, (0.0,) * 7)[6]
            row["设回收装置备案网点"] = int(figures.outlets * level + 0.5)
            share = company.outlets / 115.0
            row["可循环快递箱(盒)使用量"] = int(share * (1_500 + 430 * index(month)))
            row["绿色网点数"] = int(share * (3.0 + 1.3 * index(month)))
            truth[month, company.stem] = row
    return truth
