"""The demo county's 24 months, imported the ordinary way, against the totals that its generator worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from desktop_app.models.values import Month, Period, quantize
from desktop_app.services.duties import duties
from desktop_app.services.figures import figure_report, indicator_board
from desktop_app.services.green import green_report
from desktop_app.services.rural import coverage_report, rural_board
from desktop_app.storage.engine import Ledger
from tests.services.demo import expected

MONTHS: dict[str, Any] = expected()["months"]
VOLUME = {"local": "MKT.VOL.LOCAL", "inter": "MKT.VOL.INTER", "abroad": "MKT.VOL.INTL", "total": "MKT.VOL"}
REVENUE = {
    "local": "MKT.REV.LOCAL",
    "inter": "MKT.REV.INTER",
    "abroad": "MKT.REV.INTL",
    "other": "REL.REVOTHER",
    "total": "MKT.REV",
}
STOCKS = {
    "分支机构": "NET.BRANCH",
    "末端网点": "NET.OUTLET",
    "末端公共服务站": "NET.PUBSTN",
    "智能快件箱": "NET.LOCKER",
    "从业人员": "NET.STAFF",
    "“快递进村”服务站点": "NET.VILSTN",
}
BUREAU = {"有效申诉量": "SVC.CMPL", "邮快合作代投快件": "RUR.YK.VOL", "农村地区收投快件量": "RUR.VOL"}
GREEN_RATES = {
    "GRN.TAPE": ("使用45毫米以下瘦身胶带封装件数", "使用胶带封装件数"),
    "GRN.NOREPACK": ("未二次包装电商快件", "电商快件总数"),
    "GRN.BAG": ("可循环中转袋使用次数", "中转袋使用总次数"),
    "GRN.EWAYBILL": ("电子面单件数", "快件总数"),
    "GRN.STD": ("采购符合标准包装材料量", "包装材料采购总量"),
    "GRN.PACKOP": ("规范封装抽查合格件", "抽查件"),
    "GRN.RECYC.COV": ("设回收装置备案网点", "备案网点"),
}
GREEN_COUNTS = {"可循环快递箱(盒)使用量": "GRN.BOX", "绿色网点数": "GRN.OUTLET"}

every_month = pytest.mark.parametrize("month", MONTHS)


@pytest.fixture(scope="module")
def of_month(county: Ledger) -> Callable[[str], dict[str, Decimal | None]]:
    """Every figure of a month's whole table, by code."""

    @cache
    def table(month: str) -> dict[str, Decimal | None]:
        lines = indicator_board(county, Month.parse(month), "").lines
        return {line.figure.code: line.figure.value for line in lines}

    return table


Table = Callable[[str], dict[str, Decimal | None]]


def same(found: dict[str, Decimal | None], wanted: Mapping[str, Decimal | int]) -> None:
    assert {code: found[code] for code in wanted} == wanted


def value(ledger: Ledger, code: str, period: str) -> Decimal | None:
    return figure_report(ledger, code, Period.parse(period), with_sources=False).figure.value


@every_month
def test_volume_and_its_parts(of_month: Table, month: str) -> None:
    same(of_month(month), {code: Decimal(MONTHS[month]["volume"][name]) for name, code in VOLUME.items()})


@every_month
def test_revenue_and_its_parts(of_month: Table, month: str) -> None:
    same(of_month(month), {code: Decimal(MONTHS[month]["revenue_yuan"][name]) for name, code in REVENUE.items()})


@every_month
def test_incoming_stocks_and_what_the_bureau_counts(of_month: Table, month: str) -> None:
    truth = MONTHS[month]
    wanted = {"OPS.IN": truth["inbound"]}
    wanted |= {code: truth["stocks"][name] for name, code in STOCKS.items()}
    wanted |= {code: truth["bureau"][name] for name, code in BUREAU.items()}
    same(of_month(month), wanted)


@every_month
def test_cumulation_growth_and_who_is_in_it(county: Ledger, month: str) -> None:
    truth, at = MONTHS[month], Month.parse(month)
    figure = figure_report(county, "MKT.VOL", Period.of_month(at), with_sources=False).figure
    assert figure.cumulative == truth["cumulative_volume"]
    assert figure.completeness.missing == tuple(truth["missing"])
    assert figure.completeness.reported == truth["reported"]

    def growth(before: Month) -> Decimal | None:
        base = MONTHS.get(str(before))
        return quantize(Fraction(truth["volume"]["total"] * 100, base["volume"]["total"]) - 100, 1) if base else None

    assert figure.yoy_pct == growth(at.shift(-12))
    assert figure.mom_pct == growth(at.shift(-1))


@every_month
def test_price_mean_day_and_complaints(of_month: Table, month: str) -> None:
    truth, total = MONTHS[month], Fraction(MONTHS[month]["volume"]["total"])
    wanted = {
        "MKT.UNITPRICE": Fraction(Decimal(truth["revenue_yuan"]["total"])) / total,
        "MKT.VOL.DAILY": total / Month.parse(month).days,
        "SVC.CMPLRATE": Fraction(truth["bureau"]["有效申诉量"] * 1_000_000) / total,
    }
    same(of_month(month), {code: quantize(exact, 4) for code, exact in wanted.items()})


@every_month
def test_shares_of_the_parts(county: Ledger, month: str) -> None:
    report = figure_report(county, "MKT.VOL", Period.parse(month), with_sources=False)
    volume = MONTHS[month]["volume"]
    assert {row.code: row.share_pct for row in report.rows} == {
        code: quantize(Fraction(volume[name] * 100, volume["total"]), 1) for name, code in list(VOLUME.items())[:3]
    }


@every_month
def test_coverage_by_every_definition(county: Ledger, of_month: Table, month: str) -> None:
    wanted, at = MONTHS[month]["coverage"], Month.parse(month)
    villages = wanted["villages"]
    for definition, count in (("any", wanted["any"]), ("direct", wanted["direct"]), ("major", wanted["all_brands"])):
        report = coverage_report(county, at, definition)
        assert (report.villages, report.covered) == (villages, count)
        assert report.rate_pct == quantize(Fraction(count * 100, villages), 1)
    shares = {"RUR.REACH": wanted["any"], "RUR.DIRECT": wanted["direct"], "RUR.FREQ3": wanted["weekly_3_or_more"]}
    same(of_month(month), {code: quantize(Fraction(count * 100, villages), 4) for code, count in shares.items()})
    same(of_month(month), {"RUR.VILLAGES": villages, "RUR.STATION": wanted["with_station"]})
    brands = {line.key: line.covered for line in coverage_report(county, at, by="brand").by}
    assert {name: count for name, count in brands.items() if count} == {
        name: count for name, count in wanted["brands"].items() if count
    }


@every_month
def test_the_rural_board_says_the_same(county: Ledger, month: str) -> None:
    wanted, board = MONTHS[month]["coverage"], rural_board(county, Month.parse(month))
    assert sum(town.villages for town in board.towns) == len(board.villages) == wanted["villages"]
    assert sum(town.covered for town in board.towns) == wanted["any"]
    assert len(board.gaps) == wanted["villages"] - wanted["any"]
    assert sum(town.stations for town in board.towns) == wanted["with_station"]
    for number, brand in enumerate(board.brands):
        assert sum(town.cells[number].covered for town in board.towns) == wanted["brands"].get(brand, 0)
    assert board.total is not None
    assert (board.total.villages, board.total.covered) == (wanted["villages"], wanted["any"])


@every_month
def test_green_numerators_denominators_and_counts(of_month: Table, month: str) -> None:
    truth = MONTHS[month]["green"]
    wanted: dict[str, Decimal | int] = {code: truth[name] for name, code in GREEN_COUNTS.items()}
    for code, (above, below) in GREEN_RATES.items():
        wanted |= {f"{code}.NUM": truth[above], f"{code}.DEN": truth[below]}
        wanted[code] = quantize(Fraction(truth[above] * 100, truth[below]), 4)
    same(of_month(month), wanted)


@every_month
def test_programme_lines_show_the_same_fractions(county: Ledger, month: str) -> None:
    wanted = MONTHS[month]["green"]
    lines = green_report(county, Period.parse(month), "29551").lines
    rates = [line for line in lines if line.indicator in GREEN_RATES]
    assert {line.indicator for line in rates} == {"GRN.NOREPACK", "GRN.RECYC.COV"}
    for line in rates:
        above, below = (wanted[name] for name in GREEN_RATES[line.indicator])
        assert (line.numerator, line.denominator) == (above, below)
        assert line.target is not None
        assert line.met == (Fraction(above * 100, below) >= Fraction(line.target))


@every_month
def test_who_has_reported(county: Ledger, month: str) -> None:
    rows = duties(county, Month.parse(month))
    assert [row.enterprise for row in rows if row.state == "未报"] == MONTHS[month]["missing"]
    assert sum(row.state != "未报" for row in rows) == MONTHS[month]["reported"]


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2020-Q1", range(1, 4)),
        ("2020-Q4", range(10, 13)),
        ("2021-H1", range(1, 7)),
        ("2021-H2", range(7, 13)),
        ("2020", range(1, 13)),
        ("2021", range(1, 13)),
    ],
)
def test_longer_periods_are_sums_of_their_months(county: Ledger, period: str, months: range) -> None:
    inside = [MONTHS[f"{period[:4]}-{n:02d}"] for n in months]
    assert value(county, "MKT.VOL", period) == sum(month["volume"]["total"] for month in inside)
    assert value(county, "MKT.REV", period) == sum(Decimal(month["revenue_yuan"]["total"]) for month in inside)
    assert value(county, "NET.OUTLET", period) == inside[-1]["stocks"]["末端网点"]
