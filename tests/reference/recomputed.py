"""Every row of golden.csv, through the functions that make the figures on its pages.

``AGREE``: our text is the published one. ``OTHERWISE``: it is not, with our text and why. ``WITHIN_ROUNDING``: it
is among those that the printed inputs allow. ``DERIVED``: nothing was published. ``PLAUSIBLE``: an estimate beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.breakdown import enterprise_rows
from desktop_app.indicators.figures import Scope
from desktop_app.indicators.growth import average_growth_pct, change, implied_base, share_pct
from desktop_app.indicators.target_conflicts import growth_pairs
from desktop_app.models.values import NATIONAL_REGION, Period
from tests.reference.county import annual, computed, decimal, figure, printed, rounded, shown

Recomputed = Callable[[], str]
PARTS = {
    "MKT.VOL.INTER": ("693.6亿件", "1.359"),
    "MKT.VOL.LOCAL": ("121.7亿件", "1.102"),
    "MKT.VOL.INTL": ("18.4亿件", "1.277"),
}
"""2020年度快递市场监管报告: the parts and their growth over 2019."""
JILIN = {"OPS.IN": "16989.96万件", "OPS.OUT": "3925.37万件"}
"""吉林市快递业“十四五”规划."""
REGIONS = ("东部", "中部", "西部")


def nation() -> Calculator:
    """2020 as published, 2019 as it follows from the net increase and the growth of the parts."""
    found: dict[tuple[str, int], str | Fraction] = {("MKT.VOL", 2020): "833.6亿件", ("MKT.VOL", 2019): "635.2亿件"}
    found |= {("MKT.REV", 2020): "8795.4亿元", ("MKT.REV", 2019): "7497.8亿元"}
    for code, (amount, growth) in PARTS.items():
        found[code, 2020] = amount
        found[code, 2019] = Fraction(amount.removesuffix("亿件")) * 10**8 / Fraction(growth)
    return annual(found)


def share(code: str) -> str:
    """The share of a part, from the figure and from the indicator of its own: they are one."""
    calc = nation()
    found = decimal(figure(calc, code, 2020).share_pct)
    assert found == shown(calc, code.replace("VOL", "SHARE"), 2020)
    return found


def moved(code: str) -> str:
    return decimal(figure(nation(), code, 2020).share_change_pp)


def regional(indicator: str, unit: str, amounts: tuple[str, str, str]) -> Calculator:
    return annual(
        {(f"{indicator}@{name}", 2020): amount + unit for name, amount in zip(REGIONS, amounts, strict=True)}, REGIONS
    )


def regional_volume() -> Calculator:
    return regional("MKT.VOL", "亿件", ("661.9", "111.2", "60.5"))


def regional_revenue() -> Calculator:
    return regional("MKT.REV", "亿元", ("6999.5", "1045", "750.9"))


def regional_share(calc: Calculator, code: str, name: str) -> str:
    rows = enterprise_rows(calc, code, Period.year(2020), Scope(NATIONAL_REGION, "全国", "national"))
    return decimal(next(row.share_pct for row in rows if row.name == name))


def price(revenue: str, volume: str) -> str:
    return figure(annual({("MKT.REV", 2020): revenue, ("MKT.VOL", 2020): volume}), "MKT.UNITPRICE", 2020).text


def ratio(part: str, whole: str, decimals: int = 1) -> str:
    return rounded(share_pct(Fraction(part), Fraction(whole)), decimals)


def yearly(value: str, base: str | Fraction, decimals: int, years: int = 5) -> str:
    return rounded(average_growth_pct(Fraction(value), Fraction(base), years), decimals)


def more(value: str, base: str, decimals: int = 1) -> str:
    return rounded(change(Fraction(value), Fraction(base)), decimals)


def jilin() -> Calculator:
    return annual({("OPS.IN", 2020): JILIN["OPS.IN"], ("MKT.VOL", 2020): JILIN["OPS.OUT"]})


def net_increase() -> str:
    found = figure(nation(), "MKT.VOL", 2020)
    assert found.value is not None
    assert found.previous_year is not None
    return rounded(Fraction(found.value - found.previous_year) / 10**8, 1)


UNITS = "NET.FIRM + NET.BRANCH + NET.OUTLET + NET.VILSTN"
OUTLETS = {"NET.FIRM": "42家", "NET.BRANCH": "228处", "NET.OUTLET": "751个", "NET.VILSTN": "313个"}
COUNTED_ONCE = {"CTX.AREA": "27120平方公里", "CTX.POP.REG": "404.7万人"}
"""Area and registered population of 吉林市, which the plan uses without printing them."""


def density(code: str) -> str:
    """A density of 2020 over population and area that were entered two years before and still stand."""
    stocks: dict[tuple[str, int], str | Fraction] = {(name, 2020): amount for name, amount in OUTLETS.items()}
    older: dict[tuple[str, int], str | Fraction] = {(name, 2019): amount for name, amount in COUNTED_ONCE.items()}
    return shown(annual(stocks | older), code, 2020)


def population() -> str:
    """G24: 人均 135.6 件 for 221.3亿件 asks for 16 320万人; with these the indicator prints the published mean."""
    calc = annual({("MKT.VOL", 2020): "221.3亿件", ("CTX.POP", 2020): Fraction("221.3") * 10**8 / Fraction("135.6")})
    assert shown(calc, "MKT.PERCAP", 2020) == "135.6"
    return printed(calc, "CTX.POP", 2020, "万人", 0)


def of_product(code: str) -> str:
    inputs: dict[tuple[str, int], str | Fraction] = {
        ("MKT.REV", 2020): "8795.4亿元",
        ("IND.REV", 2020): "11038亿元",
        ("CTX.GDP", 2020): "1015986亿元",
    }
    return shown(annual(inputs), code, 2020)


def five_years(code: str, now: str, then: str | Fraction, computed_code: str) -> str:
    """A rate or multiple over 2015–2020, by the indicator of its own."""
    return shown(annual({(code, 2020): now, (code, 2015): then}), computed_code, 2020)


def asked_for(indicator: str) -> str:
    """G30–G33: last year's figure that a goal and its growth ask for (倒算), from the register of targets itself."""
    goals = load_catalogue().plans["SZ2021"].targets
    pairs = [pair for pair in growth_pairs(goals) if pair[0].indicator == indicator]
    ((level, growth),) = pairs
    assert level.value is not None
    assert growth.value is not None
    return rounded(implied_base(Fraction(level.value), Fraction(growth.value)), 3)


AGREE: dict[str, Recomputed] = {
    "G01": lambda: decimal(figure(nation(), "MKT.VOL", 2020).yoy_pct),
    "G02": net_increase,
    "G03": lambda: shown(nation(), "MKT.VOL.DAILY", 2020),
    "G04": lambda: decimal(figure(nation(), "MKT.REV", 2020).yoy_pct),
    "G05": lambda: of_product("IND.EXPR_SHARE"),
    "G07": lambda: share("MKT.VOL.INTER"),
    "G08": lambda: share("MKT.VOL.LOCAL"),
    "G09": lambda: share("MKT.VOL.INTL"),
    "G12": lambda: moved("MKT.VOL.LOCAL"),
    "G13": lambda: moved("MKT.VOL.INTL"),
    "G14": lambda: rounded(
        sum(
            (Fraction(amount.removesuffix("亿件")) / Fraction(growth) for amount, growth in PARTS.values()), Fraction(0)
        ),
        1,
    ),
    "G15东": lambda: regional_share(regional_volume(), "MKT.VOL", "东部"),
    "G15中": lambda: regional_share(regional_volume(), "MKT.VOL", "中部"),
    "G15西": lambda: regional_share(regional_volume(), "MKT.VOL", "西部"),
    "G16": lambda: shown(regional_volume(), "MKT.VOL", 2020),
    "G17东": lambda: regional_share(regional_revenue(), "MKT.REV", "东部"),
    "G17中": lambda: regional_share(regional_revenue(), "MKT.REV", "中部"),
    "G17西": lambda: regional_share(regional_revenue(), "MKT.REV", "西部"),
    "G18": lambda: shown(regional_revenue(), "MKT.REV", 2020),
    "G19": lambda: rounded(computed("(PUBLIC + TIMED) / 2", {"PUBLIC": "84.2分", "TIMED": "69.2分"}), 1),
    "G20": lambda: rounded(computed("(PUBLIC + TIMED) / 2", {"PUBLIC": "0.2分", "TIMED": "-1.3分"}), 1),
    "G21": lambda: rounded(Fraction("6.75") / Fraction("2.8"), 1),
    "G22": lambda: more("21.2", "18.4"),
    "G23": lambda: rounded(Fraction("97590") / 10_000, 1),
    "G24": population,
    "G25": lambda: price("106.3亿元", "21.6亿件"),
    "G27": lambda: ratio("316", "333"),
    "G28": lambda: rounded(Fraction(126) / Fraction("0.35"), 0),
    "G29": lambda: price("8795.4亿元", "833.6亿件"),
    "G40": lambda: yearly("18000", "11038", 1),
    "G41": lambda: yearly("1770", "1089", 1),
    "G42": lambda: yearly("15000", "8795", 1),
    "G43": lambda: more("99", "94.7"),
    "G44": lambda: more("90", "50", 0),
    "G45": lambda: more("85", "70", 0),
    "G46": lambda: more("80", "76.7"),
    "G47": lambda: more("80", "77.1"),
    "G48": lambda: more("1000", "200", 0),
    "G49": lambda: yearly("1500", "833.6", 1),
    "G50": lambda: rounded(Fraction(of_product("IND.GDP")), 1),
    "G61": lambda: rounded(1 + Fraction("1.8571"), 2),
    "G64": lambda: rounded(Fraction("6.1") / Fraction("2.8571"), 3),
    "G65": lambda: printed(jilin(), "OPS.HANDLED", 2020, "亿件", 2),
    "G66": lambda: rounded(computed("(OPS.IN + OPS.OUT) / days()", JILIN, days=365) / 10_000, 1),
    "G68": lambda: figure(jilin(), "OPS.INOUT", 2020).text,
    "G69": lambda: yearly("8000", "3925.37", 1),
    "G71": lambda: rounded(Fraction(density("NET.DENS_AREA")) * Fraction(27120, 100), 0),
    "G72": lambda: rounded(computed(UNITS, OUTLETS), 0),
    "G73": lambda: rounded(Fraction(1334) / Fraction(density("NET.DENS_POP")), 0),
    "G74": lambda: more("228", "229", 0),
    "G75": lambda: price("6.1亿元", "3925.37万件"),
    "G76": lambda: price("21.89亿元", "13646.93万件"),
}

OTHERWISE: dict[str, tuple[Recomputed, str, str]] = {
    "G06": (lambda: ratio("8795.4", "1015986"), "0.9", "8.7 is per mille: the document printed the wrong sign"),
    "G26": (lambda: ratio("28", "32", 0), "88", "of 32 provinces it is 87.5; the document's denominator is not stated"),
    "G60": (lambda: rounded(1 + Fraction("2.1564"), 2), "3.16", "3.1564 was cut off, not rounded"),
    "G62": (
        lambda: yearly("3925.37", Fraction("3925.37") / Fraction("3.1564"), 2),
        "25.85",
        "neither the geometric mean nor 累计法 (27.46) gives the document's rate",
    ),
    "G63": (
        lambda: yearly("6.1", Fraction("6.1") / Fraction("2.8571"), 2),
        "23.36",
        "neither the geometric mean nor 累计法 (24.98) gives the document's rate",
    ),
    "G70": (lambda: more("4000", "3086", 0), "914", "a target of 4000 needs 914 more, not 500"),
}

Box = dict[str, tuple[str, str]]
"""Input → (as printed, half its last digit)."""

WITHIN_ROUNDING: dict[str, tuple[Callable[[dict[str, Fraction]], Fraction | None], Box, int]] = {
    "G10": (
        lambda x: x["inter"] + x["local"] + x["intl"],
        {"inter": ("693.6", "0.05"), "local": ("121.7", "0.05"), "intl": ("18.4", "0.05")},
        1,
    ),
    "G11": (
        lambda x: change(
            share_pct(x["inter"], x["all"]), share_pct(x["inter"] / (1 + x["growth"] / 100), x["all"] - x["net"])
        ),
        {"inter": ("693.6", "0.05"), "all": ("833.6", "0.05"), "growth": ("35.9", "0.05"), "net": ("198.4", "0.05")},
        1,
    ),
    "G67": (
        lambda x: x["now"] / 365 - x["now"] / x["times"] / 365,
        {"now": ("20915.33", "0.01"), "times": ("4.39", "0.005")},
        2,
    ),
}
"""The published figure came from unrounded data: it lies among those that the printed inputs allow."""

DERIVED: dict[str, tuple[Recomputed, str, str]] = {
    "G30": (lambda: asked_for("IND.GROSS"), "474.517", "亿元"),
    "G31": (lambda: asked_for("IND.REV"), "269.542", "亿元"),
    "G32": (lambda: asked_for("MKT.VOL"), "20.870", "亿件"),
    "G33": (lambda: asked_for("MKT.REV"), "234.234", "亿元"),
}
"""What nobody has published, but two published figures ask for: our text and its unit, the one of the row."""


def smooth_path() -> str:
    """G77: 1243.62万件 (2015) growing by the same rate each year up to 3925.37万件 (2020), the five years added up."""
    first = Fraction("3925.37") / Fraction("3.1564")
    rate = average_growth_pct(Fraction("3925.37"), first, 5)
    assert rate is not None
    return rounded(sum((first * (1 + rate / 100) ** year for year in range(1, 6)), Fraction(0)), 2)


PLAUSIBLE: dict[str, tuple[Recomputed, str, str]] = {
    "G77": (
        smooth_path,
        "13057.74",
        "the years themselves are not published; a growth that slows down adds up to more",
    ),
}
"""Our text, and why the published one may differ from it without either being wrong."""
