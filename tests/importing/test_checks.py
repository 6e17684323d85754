"""Every check is silent on good figures and speaks on the one fault that it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.importing.plan import FileKind, ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from desktop_app.models.values import FigureStatus, Month, Severity, Span
from tests.importing.makers import (
    MARKET_HEAD,
    MemoryLedger,
    Rows,
    codes,
    context,
    market_row,
    market_table,
    official_ledger,
    official_table,
    only,
    plan_rows,
    save,
)

APRIL, MAY, LAST_MAY = Month(2021, 4), Month(2021, 5), Month(2020, 5)


def _official(folder: Path, known: MemoryLedger | None = None, /, **changes: Sequence[str]) -> ImportPlan:
    return plan_rows(folder, official_table(changes=changes), known or official_ledger())


def test_good_form_raises_nothing(tmp_path: Path) -> None:
    assert codes(_official(tmp_path)) == []


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2021, 4, 30), ["MONTH_IN_FUTURE"]),
        (date(2021, 5, 1), ["MONTH_NOT_CLOSED"]),
        (date(2021, 5, 30), ["MONTH_NOT_CLOSED"]),
        (date(2021, 5, 31), []),
        (date(2021, 6, 1), []),
    ],
)
def test_a_month_that_is_not_over_is_refused(tmp_path: Path, today: date, found: list[str]) -> None:
    path = save(tmp_path, "表.csv", official_table())
    plan = plan_import(path, replace(context(official_ledger()), today=today), ImportOptions())
    assert codes(plan) == found
    if found == ["MONTH_IN_FUTURE"]:
        assert "2021年5月还没有到" in only(plan, "MONTH_IN_FUTURE").message
    if found == ["MONTH_NOT_CLOSED"]:
        assert "2021年5月还没有结束" in only(plan, "MONTH_NOT_CLOSED").message
        flash = ImportOptions(status=FigureStatus.FLASH)
        assert codes(plan_import(path, replace(context(official_ledger()), today=today), flash)) == []


# --------------------------------------------------------------------------------------------------- sums


def test_parts_and_total_with_the_one_repair_that_mends_all(tmp_path: Path) -> None:
    plan = _official(tmp_path, r04=["21110", "19000", "11.1", "95500"])
    issue = only(plan, "PARTS_SUM")
    assert codes(plan) == ["PARTS_SUM"], "the broken cumulation comes from the same cell and is not told twice"
    assert (issue.row, issue.column, issue.value) == (8, "本期", "21110")
    assert "分项之和 21,100 ≠ 合计 21,110，相差 10 件" in issue.message
    assert "改一处即可全部成立：第8行快递业务量本月 21,110 改为 21,100" in issue.suggestion
    assert plan.counts.rejected == 1


def test_a_part_is_blamed_when_only_its_change_mends_all(tmp_path: Path) -> None:
    issue = only(_official(tmp_path, r02=["20010", "18000", "11.1", "90000"]), "PARTS_SUM")
    assert "第6行异地快递业务量本月 20,010 改为 20,000" in issue.suggestion


def test_several_possible_repairs_are_all_named(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, official_table(changes={"r04": ["21110", "19000", "", "95500"]}))
    assert "改其中一处即可全部成立" in only(plan, "PARTS_SUM").suggestion


def test_of_several_wrong_cells_the_fewest_that_explain_all_are_named_first(tmp_path: Path) -> None:
    """A digit too few in one part, two digits swapped in another: no single cell mends all, two do."""
    plan = _official(
        tmp_path,
        r02=["2000", "18000", "", "90000"],
        r07=["500", "5000", "", "25000"],
    )
    assert codes(plan).count("PARTS_SUM") == 2
    assert "第6行异地快递业务量本月 2,000 改为 20,000（像是多写或漏写一位数字）" in plan.issues[0].suggestion
    swapped = {"r02": ["20000", "18000", "", "90100"], "r03": ["100", "100", "", "400"]}
    ledger = official_ledger()
    plan = _official(tmp_path, ledger, **swapped)
    assert codes(plan) == ["CUMULATION", "CUMULATION"]
    assert plan.issues[0].suggestion.startswith("最少改 2 处才能全部成立：第6行异地快递业务量累计 90,100 改为 90,000")
    assert "第7行国际/港澳台快递业务量累计 400 改为 500" in plan.issues[0].suggestion
    assert "和第6行的不符一并核对" in plan.issues[1].suggestion


def test_rounded_units_are_given_half_a_digit_for_each_part(tmp_path: Path) -> None:
    def table(total: str) -> Rows:
        head = ["企业名称", "同城业务量", "异地业务量", "国际/港澳台业务量", "业务量合计"]
        return [["2021年5月"], ["单位：万件"], head, ["示例甲快递", "121.7", "693.6", "18.4", total]]

    assert codes(plan_rows(tmp_path, table("833.6"))) == []
    assert codes(plan_rows(tmp_path, table("833.9"))) == ["PARTS_SUM"]


def test_pieces_have_no_tolerance_and_yuan_half_a_digit(tmp_path: Path) -> None:
    row = market_row("示例甲快递", 1000, 80_000, 10, revenue=(100_000, 900_000, 10_000, 90_000))
    row[10] = "1100001"
    assert codes(plan_rows(tmp_path, market_table(row))) == []
    row[10] = "1100003"
    assert codes(plan_rows(tmp_path, market_table(row))) == ["PARTS_SUM"]
    row[10], row[5] = "1100000", "81011"
    assert codes(plan_rows(tmp_path, market_table(row))) == ["PARTS_SUM"]


@pytest.mark.parametrize("missing", ["国际/港澳台业务量", "快递业务量合计", "其他业务收入"])
def test_a_missing_part_is_named(tmp_path: Path, missing: str) -> None:
    column = MARKET_HEAD.index(missing)
    table = market_table(market_row("示例甲快递", 1000, 80_000, 10))
    rows = [[c for n, c in enumerate(r) if n != column] if len(r) > 2 else r for r in table]
    issue = only(plan_rows(tmp_path, rows), "MISSING_PART")
    assert issue.severity is Severity.ERROR
    assert missing.removesuffix("合计").removesuffix("业务量")[:2] in issue.message


def test_a_total_whose_part_is_not_reported(tmp_path: Path) -> None:
    row = market_row("示例甲快递", 1000, 80_000, 10)
    row[9] = "未报"
    assert only(plan_rows(tmp_path, market_table(row)), "PART_NOT_REPORTED").column == "其他业务收入"


def test_own_totals_are_compared_with_the_rows(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月"],
        ["企业名称", "投递量（件）", "从业人员"],
        ["示例甲快递", "5", "1"],
        ["小计", "5", "1"],
        ["示例乙快递", "7", "2"],
        ["小计", "7", "2"],
        ["合计", "13", "3"],
    ]
    issue = only(plan_rows(tmp_path, rows), "TOTAL_MISMATCH")
    assert (issue.row, issue.column) == (7, "投递量（件）")
    assert "合计 13 ≠ 各行之和 12，相差 1 件" in issue.message


# --------------------------------------------------------------------------------------------------- cumulation


def test_cumulation_from_last_months_cumulation(tmp_path: Path) -> None:
    plan = _official(tmp_path, r09=["250000", "228800", "9.3", "1146000"])
    assert codes(plan) == ["PARTS_SUM"]
    plan = _official(tmp_path, r01=["1000", "900", "11.1", "5100"], r04=["21100", "19000", "11.1", "95600"])
    assert codes(plan) == ["CUMULATION", "CUMULATION"]
    first = plan.errors[0]
    assert "累计 5,100 ≠ 上月累计 4,000 + 本月 1,000 = 5,000，相差 100 件" in first.message


def test_cumulation_from_the_months_of_the_year(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    for number, amount in enumerate(("10", "20", "30", "40"), start=1):
        ledger.put("OPS.IN", Month(2021, number), amount)
    rows: Rows = [
        ["示例甲快递2021年5月"],
        ["指标", "本月", "累计"],
        ["投递量（件）", "50", "150"],
        ["从业人员（人）", "5", "5"],
    ]
    assert codes(plan_rows(tmp_path, rows, ledger)) == []
    rows[2][2] = "151"  # type: ignore[index]  # rows of this test are lists
    assert codes(plan_rows(tmp_path, rows, ledger)) == ["CUMULATION"]


def test_january_cumulation_is_the_month(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2021年1月"],
        ["指标", "本月", "累计"],
        ["投递量（件）", "50", "51"],
        ["从业人员（人）", "5", "5"],
    ]
    assert codes(plan_rows(tmp_path, rows)) == ["CUMULATION"]


def test_cumulation_inside_one_file(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2021年投递量"],
        ["月份", "投递量（件）", "投递量累计（件）"],
        ["1月", "50", "50"],
        ["2月", "60", "111"],
    ]
    assert only(plan_rows(tmp_path, rows), "CUMULATION").row == 4


# --------------------------------------------------------------------------------------------------- single figures


def test_negative_and_broken_pieces(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）"], ["示例甲快递", "-5"], ["示例乙快递", "0.5"]]
    plan = plan_rows(tmp_path, rows)
    assert only(plan, "NEGATIVE").row == 3
    assert only(plan, "NOT_WHOLE").row == 4
    assert plan.observations == ()


def test_outlets_are_whole_too(tmp_path: Path) -> None:
    """万个 written as 个."""
    rows: Rows = [["2021年5月"], ["企业名称", "快递末端网点（个）"], ["示例甲快递", "0.0012"]]
    assert only(plan_rows(tmp_path, rows), "NOT_WHOLE").row == 3


def test_the_same_company_twice(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）"], ["示例甲快递", "5"], ["甲快递", "6"]]
    issue = only(plan_rows(tmp_path, rows), "DUPLICATE_ROW")
    assert (issue.row, "第3行" in issue.message, "不同" in issue.message) == (4, True, True)


def test_numerator_above_denominator(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月"],
        ["企业名称", "电子面单件数", "快件总数"],
        ["示例甲快递", "11", "10"],
        ["示例乙快递", "10", "10"],
    ]
    issue = only(plan_rows(tmp_path, rows), "NUMERATOR_EXCEEDS")
    assert (issue.row, "电子面单使用率" in issue.message) == (3, True)


def test_company_that_is_not_open(tmp_path: Path) -> None:
    rows: Rows = [["2022年1月"], ["企业名称", "投递量（件）"], ["示例丁快递", "5"], ["示例甲快递", "5"]]
    issue = only(plan_rows(tmp_path, rows), "COMPANY_NOT_OPEN")
    assert "2021年12月停业" in issue.message
    rows = [["2018年1月"], ["企业名称", "投递量（件）"], ["示例甲快递", "0"], ["示例乙快递", "未报"]]
    assert "COMPANY_NOT_OPEN" not in codes(plan_rows(tmp_path, rows))


# --------------------------------------------------------------------------------------------------- unit slips


@pytest.mark.parametrize("factor", [1000, 10000])
@pytest.mark.parametrize("known", ["last month", "last year", "in the file"])
def test_unit_slip_against_any_past(tmp_path: Path, factor: int, known: str) -> None:
    ledger = MemoryLedger()
    if known == "last month":
        ledger.put("OPS.IN", APRIL, str(120_000 * factor))
    elif known == "last year":
        ledger.put("OPS.IN", LAST_MAY, str(120_000 * factor))
    previous = str(120_000 * factor) if known == "in the file" else ""
    rows: Rows = [
        ["2021年5月"],
        ["企业名称", "投递量（件）", "上年同期投递量（件）"],
        ["示例甲快递", "130000", previous],
    ]
    issue = only(plan_rows(tmp_path, rows, ledger), "UNIT_SLIP")
    assert "小了约一" in issue.message
    assert f"{130_000 * factor:,} 件" in issue.suggestion


def test_slip_of_a_whole_with_its_parts_is_one_issue(tmp_path: Path) -> None:
    changes = {
        "r05": ["0.8", "7800", "", "40000"],
        "r06": ["22", "200000", "", "1000000"],
        "r07": ["0.5", "5000", "", "25000"],
        "r08": ["1.7", "16000", "", "80000"],
        "r09": ["25", "228800", "", "1145000"],
    }
    plan = _official(tmp_path, **changes)
    assert codes(plan) == ["UNIT_SLIP"]
    assert "连同分项共 5 格" in plan.issues[0].message
    assert plan.counts.rejected == 5


@pytest.mark.parametrize(("parcels", "blocks"), [("1", False), ("5110000", True)])
def test_a_small_part_may_shrink_to_nothing_in_truth_but_not_swell(
    tmp_path: Path, parcels: str, *, blocks: bool
) -> None:
    """国际/港澳台 of 511 pieces a month falls to 1 while every sum holds: a question, not a refusal."""
    ledger = MemoryLedger()
    for month in (APRIL, LAST_MAY):
        ledger.put("MKT.VOL.INTL", month, "5110")
        ledger.put("MKT.VOL", month, "21110")
    rows: Rows = [
        ["2021年5月"],
        ["企业名称", "同城业务量（件）", "异地业务量（件）", "国际/港澳台业务量（件）", "业务量合计（件）"],
        ["示例甲快递", "1000", "20000", parcels, str(21000 + int(parcels))],
    ]
    plan = plan_rows(tmp_path, rows, ledger)
    issue = only(plan, "UNIT_SLIP")
    assert (issue.severity is Severity.ERROR) is blocks


def test_slip_by_price_without_any_past(tmp_path: Path) -> None:
    row = market_row("示例甲快递", 1000, 80_000, 10, revenue=(10, 90, 1, 9))
    issue = only(plan_rows(tmp_path, market_table(row)), "UNIT_SLIP")
    assert "单件收入" in issue.message


def test_growth_that_is_merely_large_is_no_slip(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    ledger.put("OPS.IN", APRIL, "2000")
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）"], ["示例甲快递", "100000"]]
    plan = plan_rows(tmp_path, rows, ledger)
    assert plan.errors == ()
    assert codes(plan) == ["MOM_LIMIT"]


# --------------------------------------------------------------------------------------------------- doubts


def test_growth_beyond_the_limits_asks_for_a_reason(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    ledger.put("OPS.IN", LAST_MAY, "1000")
    ledger.put("OPS.IN", APRIL, "1000")
    rows = [["2021年5月"], ["企业名称", "投递量（件）"], ["示例甲快递", "1300"]]
    assert codes(plan_rows(tmp_path, rows, ledger)) == []
    rows[2][1] = "1301"
    issue = only(plan_rows(tmp_path, rows, ledger), "YOY_LIMIT")
    assert "同比增长 30.1%" in issue.message
    rows[2][1] = "1501"
    assert "环比增长 50.1%" in only(plan_rows(tmp_path, rows, ledger), "YOY_LIMIT").message
    rows[2][1] = "499"
    assert "同比下降 50.1%" in only(plan_rows(tmp_path, rows, ledger), "YOY_LIMIT").message
    ledger.figures.clear()
    ledger.put("OPS.IN", APRIL, "1000")
    assert codes(plan_rows(tmp_path, rows, ledger)) == ["MOM_LIMIT"]


def test_season_explains_a_jump_when_the_year_is_usual(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    ledger.put("OPS.IN", Month(2020, 3), "1900")
    ledger.put("OPS.IN", Month(2021, 2), "1000")
    rows: Rows = [["2021年3月"], ["企业名称", "投递量（件）"], ["示例甲快递", "2000"]]
    plan = plan_rows(tmp_path, rows, ledger)
    assert codes(plan) == []
    assert any("春节" in ground for ground in plan.grounds)


def test_price_band_and_zero_report(tmp_path: Path) -> None:
    cheap = market_row("示例甲快递", 1000, 80_000, 10, revenue=(50_000, 250_000, 10_000, 10_000))
    assert "单件收入 3.95 元" in only(plan_rows(tmp_path, market_table(cheap)), "PRICE_BAND").message
    zero = market_row("示例甲快递", 0, 0, 0, revenue=(0, 0, 0, 0))
    assert codes(plan_rows(tmp_path, market_table(zero))) == ["ZERO_REPORT"]
    strange = market_row("示例甲快递", 0, 0, 0)
    assert "业务量为 0" in only(plan_rows(tmp_path, market_table(strange)), "PRICE_BAND").message


def test_last_months_file_sent_again(tmp_path: Path) -> None:
    ledger = MemoryLedger()
    row = market_row("示例甲快递", 1000, 80_000, 10)
    ledger.commit(plan_rows(tmp_path, market_table(row, title="2021年4月汇总表"), ledger))
    assert codes(plan_rows(tmp_path, market_table(row), ledger)) == ["SAME_AS_LAST_MONTH"]


def test_reported_base_and_growth_against_ours(tmp_path: Path) -> None:
    plan = _official(tmp_path, r04=["21100", "19000", "12.1", "95500"])
    issue = only(plan, "YOY_DIFFERS")
    assert "表里是 12.1%，按数推算是 11.1%" in issue.message
    ledger = official_ledger()
    ledger.put("MKT.VOL", LAST_MAY, "20000")
    assert "台账里是 20,000 件" in only(_official(tmp_path, ledger), "PREVIOUS_DIFFERS").message


def test_correction_asks_for_a_reason_unless_the_old_figure_was_weaker(tmp_path: Path) -> None:
    ledger = official_ledger()
    ledger.commit(_official(tmp_path))
    assert codes(_official(tmp_path, ledger)) == [], "the same figures again are no correction"
    changed = {"r03": ["200", "100", "", "600"], "r04": ["21200", "19000", "", "95600"]}
    plan = _official(tmp_path, ledger, **changed)
    assert codes(plan) == ["CORRECTION", "CORRECTION"]
    assert "100 → 200" in plan.issues[0].message
    flash = official_ledger()
    first = plan_rows(tmp_path, official_table(), flash, ImportOptions(status=FigureStatus.FLASH))
    flash.commit(first)
    revised = _official(tmp_path, flash, **changed)
    assert codes(revised) == []
    assert any("修订" in ground for ground in revised.grounds)
    ledger.commit(plan)
    back = plan_rows(tmp_path, official_table(), ledger, ImportOptions(status=FigureStatus.FLASH))
    assert "台账里是月报，这份是快报" in back.warnings[0].message


def test_published_figures_are_not_questioned_but_revisions_noted(tmp_path: Path) -> None:
    rows: Rows = [
        ["月份", "快递业务量当月(亿件)", "快递业务量累计(亿件)", "快递业务量累计同比(%)"],
        ["2021-01", "10.0", "10.0", "124.7"],
        ["2021-02", "20.0", "31.0", "90"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert plan.kind is FileKind.NATIONAL
    assert codes(plan) == ["CUMULATION"]
    assert plan.errors == ()
    assert [o.span for o in plan.observations].count(Span.YTD) == 2


def test_a_rate_that_does_not_follow_from_its_parts(tmp_path: Path) -> None:
    rows = [
        ["2021年5月"],
        ["企业名称", "电子面单件数", "快件总数", "电子面单使用率"],
        ["示例甲快递", "9", "10", "90.0%"],
    ]
    assert codes(plan_rows(tmp_path, rows)) == []
    rows[2][3] = "95%"
    issue = only(plan_rows(tmp_path, rows), "RATE_DIFFERS")
    assert "按分子分母算是 90.00%" not in issue.suggestion
    assert "90.00" in issue.message


def test_numerator_without_denominator(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "电子面单件数", "绿色网点数"], ["示例甲快递", "9", "1"]]
    issue = only(plan_rows(tmp_path, rows), "MISSING_PART")
    assert "分母" in issue.message
