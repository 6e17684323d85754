"""Checks against a company's own past and against the county: silent on good figures, loud on their one fault."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import exp
from pathlib import Path

import pytest

from desktop_app.catalogue.festivals import spring_festivals
from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.rules import CheckRules
from desktop_app.importing.checks.outliers import judge
from desktop_app.importing.checks.season import rest_days, season
from desktop_app.importing.plan import ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from desktop_app.models.values import SCALE, Month, Severity, Strictness, to_fixed
from tests.importing.makers import (
    MemoryLedger,
    Rows,
    codes,
    context,
    market_row,
    market_table,
    only,
    plan_rows,
    save,
)

MAY = Month(2021, 5)


# --------------------------------------------------------------------------------------------------- the calendar


def test_the_table_of_festivals_is_the_moon_s() -> None:
    """New Year lies between 21 January and 20 February, and lunar years have 353–355 or 383–385 days."""
    days = list(spring_festivals().values())
    assert sorted(spring_festivals()) == list(range(2015, 2036))
    assert all(date(day.year, 1, 21) <= day <= date(day.year, 2, 20) for day in days)
    lengths = {(later - earlier).days for earlier, later in pairwise(days)}
    assert lengths <= {353, 354, 355, 383, 384, 385}


@pytest.mark.parametrize(
    ("month", "name"),
    [
        (Month(2020, 1), "春节月"),
        (Month(2020, 2), "春节后"),
        (Month(2021, 1), "春节前"),
        (Month(2021, 2), "春节月"),
        (Month(2022, 2), "春节月"),
        (Month(2023, 1), "春节月"),
        (Month(2014, 2), "春节月"),
        (Month(2021, 11), "双11前后"),
        (Month(2021, 6), "平常月份"),
    ],
)
def test_the_festival_month_moves(month: Month, name: str) -> None:
    assert season(month) == name


def test_rest_days_are_counted_on_both_sides_of_the_month_s_end() -> None:
    assert rest_days(Month(2020, 1)) + rest_days(Month(2020, 2)) == 18
    assert rest_days(Month(2020, 1)) == 12


# --------------------------------------------------------------------------------------------------- habits


def _series(rng: random.Random, first: Month, months: int, base: float = 50_000) -> list[int]:
    """A company that grows by a fifth a year, halves around the festival and doubles for 11·11."""
    found = []
    for step in range(months):
        month = first.shift(step)
        size = base * 1.2 ** (step / 12) * exp(rng.gauss(0, 0.06))
        size *= 1 - 0.5 * rest_days(month) / 18
        size *= {11: 1.9, 12: 1.3}.get(month.month, 1)
        found.append(to_fixed(round(size)))
    return found


@pytest.mark.parametrize("end", range(24))
def test_no_month_of_the_year_is_odd_by_itself(end: int) -> None:
    rng = random.Random(end)  # noqa: S311 (figures of a test, the same every time)
    for _ in range(10):
        first = Month(2018, 1).shift(end - 12)
        *history, value = _series(rng, first, 37)
        found = judge(first.shift(36), value, history)
        assert found is not None
        assert abs(found.residual) <= 5 * found.spread


@pytest.mark.parametrize("end", range(24))
@pytest.mark.parametrize("factor", [3, Decimal(1) / 3])
def test_three_times_is_odd_in_every_month(end: int, factor: Decimal) -> None:
    rng = random.Random(end)  # noqa: S311
    first = Month(2018, 1).shift(end - 12)
    *history, value = _series(rng, first, 37)
    found = judge(first.shift(36), int(value * factor), history)
    assert found is not None
    assert abs(found.residual) > 5 * found.spread


def test_half_of_a_wrong_history_does_not_hide_the_habit() -> None:
    *history, value = _series(random.Random(1), Month(2018, 5), 37)  # noqa: S311
    spoilt = [past * 40 if place % 4 == 0 else past for place, past in enumerate(history)]
    found = judge(MAY, value * 3, spoilt)
    assert found is not None
    assert found.residual > 1 - 0.4
    assert judge(MAY, value, [*(None for _ in range(30)), *history[30:]]) is not None


PARTS = ("MKT.VOL.LOCAL", "MKT.VOL.INTER", "MKT.VOL.INTL")
MONEY = ("MKT.REV.LOCAL", "MKT.REV.INTER", "MKT.REV.INTL", "REL.REVOTHER")
PRICES = (7, 11, 85, 0)


def _settled(rng: random.Random, last: Month, months: int = 36) -> tuple[MemoryLedger, list[list[int]]]:
    """A company with a past, and its volumes (three) and revenues (four) of the month after, all of them usual."""
    ledger = MemoryLedger()
    local, inter = (_series(rng, last.shift(-months), months + 1, base) for base in (9_000, 60_000))
    rows: list[list[int]] = []
    for step in range(months + 1):
        volumes = [value // SCALE for value in (local[step], inter[step], to_fixed(120))]
        revenues = [volume * price for volume, price in zip(volumes, PRICES, strict=False)] + [sum(volumes) * 3]
        rows = [volumes, revenues]
        if step == months:
            break
        for codes_, amounts, whole in ((PARTS, volumes, "MKT.VOL"), (MONEY, revenues, "MKT.REV")):
            for code, amount in zip((*codes_, whole), (*amounts, sum(amounts)), strict=True):
                ledger.put(code, last.shift(step - months), str(amount))
    return ledger, rows


def _plan(
    folder: Path, ledger: MemoryLedger, rows: list[list[int]], month: Month, rules: CheckRules | None = None
) -> ImportPlan:
    volumes, revenues = rows
    table = market_table(market_row("示例甲快递", *volumes, revenue=revenues), title=f"{month.label}汇总表")
    known = replace(load_catalogue(), rules=rules) if rules is not None else None
    return plan_import(
        save(folder, "表.csv", table),
        replace(context(ledger), catalogue=known),
        ImportOptions(),
    )


def _without_growth() -> CheckRules:
    rules = load_catalogue().rules
    off = {code: rules.checks[code].set(Strictness.OFF, {}) for code in ("YOY_LIMIT", "MOM_LIMIT")}
    return replace(rules, checks={**rules.checks, **off})


@pytest.mark.parametrize("month", [Month(2021, number) for number in range(1, 12)])
def test_a_spike_is_asked_about_and_the_season_is_not(tmp_path: Path, month: Month) -> None:
    ledger, (volumes, revenues) = _settled(random.Random(month.month), month)  # noqa: S311
    rules = _without_growth()
    assert codes(_plan(tmp_path, ledger, [volumes, revenues], month, rules)) == []
    spiked = [[volume * 3 for volume in volumes], [*revenues[:3], revenues[3] + 2 * sum(revenues)]]
    plan = _plan(tmp_path, ledger, spiked, month, rules)
    told = [issue for issue in plan.issues if issue.code == "OUTLIER"]
    assert {issue.column for issue in told} == {"快递业务量合计", "快递业务收入合计"}, "parts are not told again"
    assert all(issue.severity is Severity.WARNING for issue in told)


def test_a_spike_of_a_part_below_the_limits_of_the_whole_is_found(tmp_path: Path) -> None:
    ledger, (volumes, revenues) = _settled(random.Random(5), MAY)  # noqa: S311
    moved = [volumes[0] * 3, volumes[1] - volumes[0] * 2, volumes[2]]
    issue = only(_plan(tmp_path, ledger, [moved, revenues], MAY), "OUTLIER")
    assert issue.column == "同城业务量"
    assert "比按近一年的常态推算的约" in issue.message


def test_one_question_about_one_size(tmp_path: Path) -> None:
    """What 同比 and 环比 ask about already is not asked about a second time."""
    ledger, (volumes, revenues) = _settled(random.Random(5), MAY)  # noqa: S311
    plan = _plan(tmp_path, ledger, [[volume * 3 for volume in volumes], [r * 3 for r in revenues]], MAY)
    assert codes(plan) == ["YOY_LIMIT", "YOY_LIMIT"]


def test_less_than_a_year_of_history_says_nothing(tmp_path: Path) -> None:
    ledger, (volumes, revenues) = _settled(random.Random(5), MAY, months=9)  # noqa: S311
    plan = _plan(tmp_path, ledger, [[volume * 3 for volume in volumes], revenues], MAY, _without_growth())
    assert "OUTLIER" not in codes(plan)


# --------------------------------------------------------------------------------------------------- stocks and flows


def _wide(head: Sequence[str], *rows: Sequence[str], title: str = "2021年5月") -> Rows:
    return [[title], head, *rows]


def test_a_stock_that_jumps(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    ledger.put("NET.OUTLET", Month(2021, 4), "40")
    ledger.put("NET.STAFF", Month(2021, 2), "100")
    head = ["企业名称", "末端网点", "从业人员"]
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "52", "130"]), ledger)) == []
    plan = plan_rows(tmp_path, _wide(head, ["示例甲快递", "53", "69"]), ledger)
    assert codes(plan) == ["STOCK_JUMP", "STOCK_JUMP"]
    assert "2021年4月是 40 个，一下多了 13 个" in plan.issues[0].message
    assert "2021年2月是 100 人，一下少了 31 人" in plan.issues[1].message
    ledger.put("NET.OUTLET", Month(2021, 4), "4")
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "8", "100"]), ledger)) == [], "a few more of a few"


def _flows(months: int = 8) -> MemoryLedger:
    ledger = MemoryLedger()
    for back in range(1, months + 1):
        ledger.put("OPS.IN", MAY.shift(-back), "30000")
        ledger.put("MKT.VOL", MAY.shift(-back), "10000")
    return ledger


def test_inflow_against_outflow(tmp_path: Path) -> None:
    head = ["企业名称", "快递业务量", "投递量"]
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "12000", "26000"]), _flows())) == []
    plan = plan_rows(tmp_path, _wide(head, ["示例甲快递", "14000", "21000"]), _flows())
    issue = only(plan, "FLOW_BALANCE")
    assert "1.50 倍，近一年一般是 3.00 倍" in issue.message
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "14000", "21000"]), _flows(months=5))) == []


def test_a_denominator_of_another_scope(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    ledger.put("GRN.EWAYBILL.DEN", Month(2021, 4), "10000")
    ledger.put("MKT.VOL", Month(2021, 4), "10000")
    ledger.put("MKT.VOL", MAY, "20000")
    head = ["企业名称", "电子面单件数", "快件总数"]
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "15000", "20000"]), ledger)) == [], "as the business"
    issue = only(plan_rows(tmp_path, _wide(head, ["示例甲快递", "8000", "9000"]), ledger), "RATE_BASE")
    assert "电子面单使用率的分母" in issue.message


# --------------------------------------------------------------------------------------------------- bounds


def test_parcels_of_a_green_sheet_are_some_of_the_company_s_parcels(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    ledger.put("MKT.VOL", MAY, "10000")
    head = ["企业名称", "瘦身胶带封装件数", "胶带封装件数"]
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "9000", "10000"]), ledger)) == []
    issue = only(plan_rows(tmp_path, _wide(head, ["示例甲快递", "9000", "10501"]), ledger), "RATIO_BOUNDS")
    assert "10,501 件，比它本月的快递业务量 10,000 件 还多" in issue.message
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "9000", "10501"]))) == [], "nothing to compare with"


def test_a_share_above_a_hundred(tmp_path: Path) -> None:
    head = ["企业名称", "电子面单件数", "快件总数", "电子面单使用率"]
    plan = plan_rows(tmp_path, _wide(head, ["示例甲快递", "90", "100", "900%"]))
    assert "900% 不在 0—100% 之间" in only(plan, "RATIO_BOUNDS").message


def test_days_of_february(tmp_path: Path) -> None:
    head = ["企业名称", "快递业务量（件）", "日均快递业务量（件/日）"]
    good = _wide(head, ["示例甲快递", "29000", "1000"], title="2020年2月")
    assert codes(plan_rows(tmp_path, good)) == []
    wrong = _wide(head, ["示例甲快递", "29000", "1035.7"], title="2020年2月")
    issue = only(plan_rows(tmp_path, wrong), "DAY_COUNT")
    assert "像是按 28 天算的，2020年2月是 29 天" in issue.message


# --------------------------------------------------------------------------------------------------- growth of parts


def test_growth_of_the_whole_lies_between_that_of_its_parts(tmp_path: Path) -> None:
    head = [
        *("企业名称", "同城业务量", "同城业务量同比", "异地业务量", "异地业务量同比", "国际/港澳台业务量"),
        *("国际/港澳台业务量同比", "快递业务量合计", "快递业务量合计同比"),
    ]
    good = ["示例甲快递", "1000", "10%", "8000", "20%", "10", "0%", "9010", "18.7%"]
    assert codes(plan_rows(tmp_path, _wide(head, good))) == []
    bad = [*good[:-1], "25%"]
    issue = only(plan_rows(tmp_path, _wide(head, bad)), "GROWTH_RANGE")
    assert "同比 25.0%，不在各分项同比 0.0%—20.0% 之间" in issue.message


def test_growth_of_the_total_line_lies_between_that_of_the_rows(tmp_path: Path) -> None:
    head = ["企业名称", "投递量（件）", "投递量同比"]
    rows = [["示例甲快递", "100", "10%"], ["示例乙快递", "300", "20%"]]
    assert codes(plan_rows(tmp_path, _wide(head, *rows, ["合计", "400", "17%"]))) == []
    issue = only(plan_rows(tmp_path, _wide(head, *rows, ["合计", "400", "22%"])), "GROWTH_RANGE")
    assert "合计的投递量同比 22.0%，不在各行 10.0%—20.0% 之间" in issue.message


# --------------------------------------------------------------------------------------------------- towns

TOWNS = {"民主街道": "220281001000", "白石山镇": "220281100000", "前进乡": "220281201000"}


def _towns(*values: str, total: str | None = None) -> Rows:
    rows = [[name, value] for name, value in zip(TOWNS, values, strict=False)]
    return _wide(["乡镇", "投递量（件）"], *rows, *([["蛟河市", total]] if total else []))


def test_a_table_of_towns_is_read_as_regions(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, _towns("10", "20", "30", total="60"))
    assert codes(plan) == []
    assert {(o.region, o.enterprise_id, o.value) for o in plan.observations} == {
        (code, None, to_fixed(amount)) for code, amount in zip(TOWNS.values(), (10, 20, 30), strict=True)
    }
    assert any("按各乡镇自己的数读" in ground for ground in plan.grounds)
    assert (plan.counts.accepted, plan.counts.skipped) == (3, 1)
    named = _wide(["乡镇街道", "投递量（件）"], ["民主街道办事处", "10"], ["白石山", "20"], title="示例甲快递2021年5月")
    assert {(o.region[:9], o.enterprise_id) for o in plan_rows(tmp_path, named).observations} == {
        ("220281001", 1),
        ("220281100", 1),
    }


def test_an_unknown_town_is_refused(tmp_path: Path) -> None:
    issue = only(
        plan_rows(tmp_path, _wide(["乡镇", "投递量（件）"], ["民主街道", "1"], ["天岗镇", "2"])), "UNKNOWN_TOWN"
    )
    assert (issue.row, issue.value, "白石山镇" in issue.suggestion) == (4, "天岗镇", True)


def test_towns_against_the_county(tmp_path: Path) -> None:
    told = only(plan_rows(tmp_path, _towns("10", "20", "30", total="61")), "TOWN_SUM")
    assert "全县 61 ≠ 各乡镇之和 60" in told.message
    ledger = MemoryLedger()
    for company in (1, 2, 3, 4):
        ledger.put("OPS.IN", MAY, "15", company)
    assert codes(plan_rows(tmp_path, _towns("10", "20", "30"), ledger)) == []
    issue = only(plan_rows(tmp_path, _towns("10", "20", "31"), ledger), "TOWN_SUM")
    assert "3 个乡镇之和 61 ≠ 全县 60，相差 1 件" in issue.message
    assert codes(plan_rows(tmp_path, _towns("10", "20"), ledger)) == [], "one town is still missing"
    more = only(plan_rows(tmp_path, _towns("40", "21"), ledger), "TOWN_SUM")
    assert "2 个乡镇（共 3 个）之和 61 > 全县 60" in more.message


# --------------------------------------------------------------------------------------------------- green sheets


def test_a_hundred_percent_three_months_running_is_asked_about(tmp_path: Path) -> None:
    head = ["企业名称", "电子面单件数", "快件总数"]
    ledger = MemoryLedger()

    def put(back: int, above: str, below: str) -> None:
        for code, text in (("GRN.EWAYBILL.NUM", above), ("GRN.EWAYBILL.DEN", below)):
            ledger.put(code, MAY.shift(-back), text)

    put(1, "9800", "9800")
    put(2, "9700", "9800")
    full = _wide(head, ["示例甲快递", "10000", "10000"])
    assert codes(plan_rows(tmp_path, full, ledger)) == [], "the month before last it was not"
    put(2, "9700", "9700")
    issue = only(plan_rows(tmp_path, full, ledger), "RATE_FULL")
    assert "电子面单使用率连着 3 个月都是 100.0%" in issue.message
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "9999", "10000"]), ledger)) == []
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "50", "50"]), ledger)) == [], "too few to ask"


LONE = ["企业名称", "瘦身胶带封装比例"]


@pytest.mark.parametrize("text", ["105%", "-3%", "100.1"])
def test_a_rate_alone_outside_0_to_100_is_not_stored(tmp_path: Path, text: str) -> None:
    found = plan_rows(tmp_path, _wide(LONE, ["示例甲快递", text]))
    issue = only(found, "RATE_BOUNDS")
    assert issue.severity is Severity.ERROR
    assert "瘦身胶带封装比例" in issue.message
    assert "不在 0—100% 之间" in issue.message


def test_a_rate_alone_written_as_a_fraction_is_asked_about(tmp_path: Path) -> None:
    issue = only(plan_rows(tmp_path, _wide(LONE, ["示例甲快递", "0.95"])), "RATIO_BOUNDS")
    assert issue.severity is Severity.WARNING
    assert "写的是 0.95，按 0.95% 读" in issue.message
    assert "是 95% 的" in issue.suggestion
    for clear in ("0.95%", "0", "95", "97.5%"):
        found = plan_rows(tmp_path, _wide(LONE, ["示例甲快递", clear]))
        assert codes(found) == ["RATE_WITHOUT_INPUTS"], clear


@pytest.mark.parametrize(
    ("above", "below", "lacking"), [("90", "", "胶带封装件数"), ("未报", "100", "瘦身胶带封装件数")]
)
def test_a_numerator_without_its_denominator_is_asked_about(
    tmp_path: Path, above: str, below: str, lacking: str
) -> None:
    head = ["企业名称", "可循环快递箱（盒）使用量", "瘦身胶带封装件数", "胶带封装件数"]
    issue = only(plan_rows(tmp_path, _wide(head, ["示例甲快递", "5", above, below])), "RATE_WITHOUT_INPUTS")
    assert f"没有报{lacking}，瘦身胶带封装比例算不出" in issue.message
    assert codes(plan_rows(tmp_path, _wide(head, ["示例甲快递", "5", "未报", "未报"]))) == []


def test_a_hundred_percent_given_alone_three_months_running_is_asked_about(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    ledger.put("GRN.TAPE", MAY.shift(-1), "100")
    full = _wide(LONE, ["示例甲快递", "100.0%"])
    assert codes(plan_rows(tmp_path, full, ledger)) == ["RATE_WITHOUT_INPUTS"]
    ledger.put("GRN.TAPE", MAY.shift(-2), "99.97")
    issue = only(plan_rows(tmp_path, full, ledger), "RATE_FULL")
    assert "瘦身胶带封装比例连着 3 个月都报 100.0%" in issue.message


def test_taped_parcels_are_some_of_all_parcels_and_these_are_the_business(tmp_path: Path) -> None:
    head = ["企业名称", "瘦身胶带封装件数", "胶带封装件数", "电子面单件数", "快件总数"]
    good = _wide(head, ["示例甲快递", "9000", "10000", "9900", "10000"])
    assert codes(plan_rows(tmp_path, good)) == []
    taped = plan_rows(tmp_path, _wide(head, ["示例甲快递", "9000", "10001", "9900", "10000"]))
    assert "10,001 件，比快件总数 10,000 件 还多" in only(taped, "RATIO_BOUNDS").message
    ledger = MemoryLedger()
    ledger.put("MKT.VOL", MAY, "20001")
    issue = only(plan_rows(tmp_path, good, ledger), "PARCEL_BASE")
    assert "不到本月快递业务量 20,001 件 的 50%" in issue.message
