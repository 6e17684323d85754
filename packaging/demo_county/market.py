"""The hidden truth of the market: volume, revenue, deliveries and stocks per company and month.

Amounts of money are integers in 分, everything else integers in 件, 个, 组, 人.
"""

from __future__ import annotations

from dataclasses import dataclass

from demo_county.basics import MARCH, MONTHS, Month, chance, index, wobble
from demo_county.companies import COMPANIES, Company

# County volume in thousands of pieces. February dips with 春节 (2020 with the epidemic as well), 双11 and 年货节 lift
# November and December. March 2021 is given by the companies themselves.
_COUNTY = (
    *(508, 270, 529.8, 472, 495, 538, 510, 526, 560, 602, 831, 710),
    *(574, 445, 669, 590, 600, 645, 615, 635, 675, 725, 990, 850),
)

# 示例丙 wins one large shipper of black fungus in March 2021 and loses it again: its 同比 stands out.
_SURGE = {("丙", Month(2021, 3)): 1.57, ("丙", Month(2021, 4)): 1.25, ("丙", Month(2021, 5)): 1.10}

PARTS = ("同城", "异地", "国际/港澳台")


@dataclass(frozen=True)
class Figures:
    """One company's month: three volumes, four revenues (分), deliveries, and six stocks at the month's end."""

    local: int
    inter: int
    abroad: int
    rev_local: int
    rev_inter: int
    rev_abroad: int
    rev_other: int
    inbound: int
    branches: int
    outlets: int
    stations: int
    lockers: int
    staff: int
    village_points: int

    @property
    def volume(self) -> int:
        """快递业务量 = the three parts."""
        return self.local + self.inter + self.abroad

    @property
    def revenue(self) -> int:
        """快递业务收入 in 分 = the four parts."""
        return self.rev_local + self.rev_inter + self.rev_abroad + self.rev_other


# Months that are given to the piece: 示例丁's first quarter (the example of a form with a slip in its total), 示例壬's
# March (whose form is in 万件 and 万元: its rounded parts make its rounded totals) …
_GIVEN = {
    ("丁", Month(2021, 1)): ((4_620, 33_576, 18), (32_340, 471_479, 3_960, 0)),
    ("丁", Month(2021, 2)): ((3_196, 24_297, 10), (22_372, 338_743, 2_200, 0)),
    ("丁", Month(2021, 3)): ((4_302, 31_077, 12), (30_114, 435_078, 2_640, 3_000)),
    ("壬", Month(2021, 3)): ((3_409, 27_505, 4), (22_792, 308_100, 1_900, 97_091)),
}
# … and the volumes of March 2021.
_MARCH_VOLUME = {company.stem: company.volume for company in COMPANIES} | {"丙": 98_120, "庚": 0}


def _weight(company: Company, month: Month) -> float:
    months = index(month) - index(MARCH)
    yearly = 1.0 - 1.0 / company.growth if months < 0 else company.growth - 1.0
    level = 1.0 + yearly * months / 12.0
    surge = _SURGE.get((company.stem, month), 1.0)
    # 戊 carries parcels of its own network also through 春节; the small ones stop earlier.
    spring = {"戊": 1.25, "甲": 1.08, "丑": 0.8, "庚": 0.6}.get(company.stem, 1.0) if month.month == 2 else 1.0
    return company.volume * level * surge * spring * wobble(0.03, "volume", company.stem, month.key)


def _volume(company: Company, month: Month) -> int:
    if month == MARCH:
        return _MARCH_VOLUME[company.stem]
    total = sum(_weight(each, month) for each in COMPANIES)
    return int(_COUNTY[index(month)] * 1000.0 * _weight(company, month) / total)


def _parts(company: Company, month: Month) -> tuple[int, int, int]:
    volume = _volume(company, month)
    years = (index(month) - index(MARCH)) / 12.0
    local = int(volume * (company.local - 0.018 * years) * wobble(0.03, "local", company.stem, month.key))
    abroad = int(volume * company.abroad * (1.0 - 0.12 * years) * wobble(0.15, "abroad", company.stem, month.key))
    return local, volume - local - abroad, abroad


def _revenue(company: Company, month: Month, parts: tuple[int, int, int]) -> tuple[int, int, int, int]:
    years = (index(month) - index(MARCH)) / 12.0
    peak = 0.97 if month.month == 11 else 1.0
    fall = (1.0 - 0.08 * years) * peak
    prices = (company.price_local, company.price_inter, company.price_abroad)
    # Two companies keep their books to the 分.
    step = 1 if company.stem in "戊癸" else 100
    three = [
        int(count * price * fall * wobble(0.015, "price", place, company.stem, month.key) * 100.0) // step * step
        for place, (count, price) in enumerate(zip(parts, prices, strict=True))
    ]
    share = company.other * wobble(0.06, "other", company.stem, month.key)
    other = int(sum(three) * share) // step * step
    return three[0], three[1], three[2], other


def _stock(top: float, month: Month, *, start: float) -> int:
    """A stock that grows evenly from ``start`` × top in January 2020 to ``top`` in December 2021."""
    return int(top * (start + (1.0 - start) * index(month) / 23.0) + 0.5)


def _figures(company: Company, month: Month) -> Figures:
    given = _GIVEN.get((company.stem, month))
    parts = given[0] if given else _parts(company, month)
    revenue = _revenue(company, month, parts)
    if given:
        money = given[1]
        revenue = (money[0] * 100, money[1] * 100, money[2] * 100, money[3] * 100)
    steadier = 1.0 + 0.25 * (1.0 - _COUNTY[index(month)] / 600.0)  # deliveries swing less than pick-ups
    inbound = int(sum(parts) * company.inbound * steadier * wobble(0.025, "inbound", company.stem, month.key))
    outlets = company.outlets
    extra = chance("stock", company.stem)
    return Figures(
        *parts,
        *revenue,
        inbound,
        branches=max(1, _stock(outlets * 0.24, month, start=0.9)),
        outlets=max(1, _stock(outlets * 1.06, month, start=0.82)),
        stations=_stock(outlets * (0.4 + 0.2 * extra), month, start=0.6),
        lockers=_stock(outlets * (0.5 + 0.4 * extra), month, start=0.55),
        staff=_stock(company.staff, month, start=0.88),
        village_points=_stock(outlets * 0.95, month, start=0.35),
    )


def market_truth() -> dict[tuple[Month, str], Figures]:
    """Figures of every month and company, keyed by month and stem (甲 …)."""
    return {(month, company.stem): _figures(company, month) for month in MONTHS for company in COMPANIES}


def bureau_truth() -> dict[Month, dict[str, int]]:
    """What the bureau itself counts each month, in 件: complaints, parcels handed to the post, parcels of villages."""
    facts = {}
    for month in MONTHS:
        # A fifth of all parcels, in and out, belongs to the countryside; a little more every month.
        rural = _COUNTY[index(month)] * 1000.0 * 4.1 * (0.19 + 0.002 * index(month))
        handed = (19_000 + 780 * index(month)) * (1.0 + 0.5 * (_COUNTY[index(month)] / 600.0 - 1.0))
        facts[month] = {
            "有效申诉量": 1 + int(4.0 * chance("complaints", month.key)),
            "邮快合作代投快件": int(handed * wobble(0.03, "post", month.key)),
            "农村地区收投快件量": int(rural * wobble(0.02, "rural", month.key)),
        }
    return facts
