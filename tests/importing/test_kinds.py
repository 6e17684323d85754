"""Each kind of file becomes the plan that a clerk expects."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.plan import FileKind, ImportContext, ImportOptions
from desktop_app.importing.planner import plan_import
from desktop_app.models.values import (
    NATIONAL_REGION,
    CellState,
    CoverageMode,
    CoverageState,
    FigureStatus,
    Month,
    Severity,
    Span,
)
from tests.importing.makers import (
    MARKET_HEAD,
    ROOT,
    MemoryLedger,
    Rows,
    codes,
    context,
    figures,
    market_row,
    market_table,
    official_ledger,
    official_table,
    only,
    plan_rows,
    save,
    xls_bytes,
)

MAY = Month(2021, 5)

# --------------------------------------------------------------------------------------------------- official form


def test_official_form(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, official_table(), official_ledger())
    assert codes(plan) == []
    assert (plan.kind, plan.enterprise_id, plan.month, plan.status) == (
        FileKind.OFFICIAL_FORM,
        1,
        MAY,
        FigureStatus.MONTHLY,
    )
    got = figures(plan)
    assert got["MKT.VOL", "M", 1] == 211_000_000
    assert got["MKT.REV", "C", 1] == 11_450_000_000
    volume = next(o for o in plan.observations if o.indicator == "MKT.VOL" and o.span is Span.MONTH)
    assert (volume.reported_previous, volume.reported_yoy, volume.row, volume.column) == (
        190_000_000,
        111_000,
        8,
        "本期",
    )
    assert (plan.counts.read, plan.counts.accepted) == (9, 9)
    assert any("企业：示例甲快递有限公司（填报单位" in ground for ground in plan.grounds)
    assert plan.column_meanings[3:] == ("本月", "上年同期", "同比 · %", "本年累计")


def test_official_form_in_ten_thousands(tmp_path: Path) -> None:
    rows = {f"r{n:02d}": ["0.1", "0.1", "0", "0.5"] for n in (1, 2, 3)} | {"r04": ["0.3", "0.3", "0", "1.5"]}
    rows |= {f"r{n:02d}": ["2", "2", "0", "10"] for n in (5, 6, 7, 8)} | {"r09": ["8", "8", "0", "40"]}
    table = official_table(unit=("万件", "万元"), changes=rows)
    got = figures(plan_rows(tmp_path, table))
    assert got["MKT.VOL", "M", 1] == 30_000_000
    assert got["MKT.REV", "M", 1] == 800_000_000


def test_matrix_of_parts_and_measures(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例丁快递有限公司2021年5月份业务量统计表"],
        ["单位：件、元"],
        ["序号", "寄达类型", "业务量", "", "业务收入", ""],
        ["", "", "本月", "累计", "本月", "累计"],
        ["1", "国内同城", "4,302", "12,118", "30,114", "84,826"],
        ["2", "国内异地", "３１,077", "88,950", "435,078", "1,245,300"],
        ["3", "国际及港澳台", "12", "40", "2,640", "8,800"],
        ["4", "其他", "—", "—", "3,000", "3,000"],
        ["合计", "", "35,391", "101,108", "470,832", "1,341,926"],
        ["填表人：某某　注：含代收件"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert (plan.kind, plan.enterprise_id) == (FileKind.OFFICIAL_FORM, 4)
    got = figures(plan)
    assert (got["MKT.VOL.INTER", "M", 4], got["REL.REVOTHER", "C", 4]) == (310_770_000, 30_000_000)
    assert (got["MKT.VOL", "M", 4], got["MKT.REV", "C", 4]) == (353_910_000, 13_419_260_000)
    assert any("“３１,077”按 31077 读" in ground for ground in plan.grounds)
    assert plan.reading.columns == ("序号", "寄达类型", "业务量/本月", "业务量/累计", "业务收入/本月", "业务收入/累计")
    assert plan.reading.total_rows == (9,)


def test_rows_below_a_section_name(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2021年5月"],
        ["指标", "单位", "本月", "本年累计"],
        ["一、快递业务量", "件", "30", "300"],
        ["其中：国内同城", "件", "10", "100"],
        ["国内异地", "件", "15", "150"],
        ["国际及港澳台", "件", "5", "50"],
    ]
    got = figures(plan_rows(tmp_path, rows))
    assert (got["MKT.VOL", "M", 1], got["MKT.VOL.INTER", "C", 1]) == (300_000, 1_500_000)


def test_a_second_growth_column_belongs_to_the_cumulation(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2021年5月"],
        ["指标", "本期", "上年同期", "同比%", "本年累计", "上年同期", "同比%"],
        ["投递量（件）", "110", "100", "10", "500", "400", "25"],
        ["从业人员（人）", "5", "5", "0", "5", "5", "0"],
    ]
    plan = plan_rows(tmp_path, rows)
    year = next(o for o in plan.observations if o.indicator == "OPS.IN" and o.span is Span.YTD)
    assert (year.reported_previous, year.reported_yoy) == (4_000_000, 250_000)


# --------------------------------------------------------------------------------------------------- wide and green


def test_wide_table_of_companies(tmp_path: Path) -> None:
    rows = market_table(
        market_row("示例甲快递有限公司", 1000, 50_000, 10),
        ["2", "示例乙快递有限公司", *["未报"] * 9],
        ["", "合计", "1000", "50000", "10", "51010", "100000", "900000", "10000", "90000", "1100000"],
        ["注：示例乙快递未报。"],
    )
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert (plan.kind, plan.month, plan.enterprise_id) == (FileKind.WIDE, MAY, None)
    got = figures(plan)
    assert got["MKT.VOL", "M", 1] == 510_100_000
    assert got["MKT.VOL", "M", 2] is None
    missing = [o for o in plan.observations if o.enterprise_id == 2]
    assert {o.state for o in missing} == {CellState.MISSING}
    assert (plan.counts.read, plan.counts.accepted, plan.counts.skipped) == (3, 2, 1)
    assert plan.totals["MKT.VOL"] == 510_100_000
    assert plan.column_meanings[:3] == ("跳过", "企业", "同城快递业务量 · 件")


def test_flash_status_is_read_and_can_be_said(tmp_path: Path) -> None:
    table = market_table(market_row("示例甲快递", 1, 2, 3, revenue=(20, 30, 10, 0)), title="2021年5月汇总表（快报）")
    assert plan_rows(tmp_path, table).status is FigureStatus.FLASH
    options = ImportOptions(status=FigureStatus.MONTHLY)
    assert plan_rows(tmp_path, table, options=options).status is FigureStatus.MONTHLY


def test_heads_of_two_rows(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月"],
        ["企业名称", "业务量（万件）", "", "", "", "投递量"],
        ["", "同城", "异地", "国际及港澳台", "合计", "（件）"],
        ["示例甲快递", "0.1", "0.2", "0", "0.3", "77"],
    ]
    plan = plan_rows(tmp_path, rows)
    got = figures(plan)
    assert (got["MKT.VOL.INTER", "M", 1], got["OPS.IN", "M", 1]) == (20_000_000, 770_000)


def test_title_from_january_makes_unmarked_columns_cumulative(tmp_path: Path) -> None:
    rows: Rows = [["2021年1—5月投递量（件）"], ["企业名称", "投递量", "从业人员"], ["示例甲快递", "500", "7"]]
    got = figures(plan_rows(tmp_path, rows))
    assert got == {("OPS.IN", "C", 1): 5_000_000, ("NET.STAFF", "M", 1): 70_000}


def test_months_of_one_company(tmp_path: Path) -> None:
    rows: Rows = [["示例甲快递2021年各月投递量"], ["月份", "投递量（件）"], ["1月", "10"], ["2月", "8"], ["合计", "18"]]
    plan = plan_rows(tmp_path, rows)
    assert [(o.month, o.value, o.enterprise_id) for o in plan.observations] == [
        (Month(2021, 1), 100_000, 1),
        (Month(2021, 2), 80_000, 1),
    ]


def test_company_option_takes_only_its_rows(tmp_path: Path) -> None:
    table = market_table(market_row("示例甲快递", 1000, 80_000, 3), market_row("示例乙快递", 4000, 85_000, 6))
    plan = plan_rows(tmp_path, table, options=ImportOptions(company="示例乙"))
    assert {o.enterprise_id for o in plan.observations} == {2}
    assert plan.counts.skipped == 1


def test_company_column_without_a_head_is_found_by_its_cells(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月投递量", "", ""],
        ["序号", "", "投递量（件）"],
        ["1", "示例甲快递", "5"],
        ["2", "示例乙快递", "7"],
    ]
    assert figures(plan_rows(tmp_path, rows)) == {("OPS.IN", "M", 1): 50_000, ("OPS.IN", "M", 2): 70_000}


def test_green_sheet(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月绿色包装情况表"],
        ["单位：件、次、个"],
        ["企业名称", "使用瘦身胶带封装件数", "使用胶带封装件数", "瘦身胶带封装比例", "绿色网点数"],
        ["示例甲快递", "90", "100", "90%", "3"],
        ["示例乙快递", "45", "50", "90%", "1"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert plan.kind is FileKind.GREEN
    assert codes(plan) == []
    assert plan.totals == {"GRN.TAPE.NUM": 1_350_000, "GRN.TAPE.DEN": 1_500_000, "GRN.OUTLET": 40_000}
    assert "只作核对" in plan.column_meanings[3]


def test_a_rate_alone_is_kept_apart_with_a_warning(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月"],
        ["企业名称", "瘦身胶带封装比例", "电子面单件数", "快件总数"],
        ["示例甲快递", "90%", "5", "6"],
    ]
    plan = plan_rows(tmp_path, rows)
    issue = only(plan, "RATE_WITHOUT_INPUTS")
    assert "示例甲快递的“瘦身胶带封装比例”只报了比率，没有报瘦身胶带封装件数、胶带封装件数" in issue.message
    assert "不计入全县" in issue.suggestion
    kept = [(o.indicator, o.value) for o in plan.observations if o.value is not None]
    assert ("GRN.TAPE", 900_000) in kept
    assert "GRN.TAPE" not in plan.totals, "rates do not add up"


def test_a_rate_of_one_row_stands_alone_where_its_halves_are_blank(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月"],
        ["企业名称", "瘦身胶带封装件数", "胶带封装件数", "瘦身胶带封装比例"],
        ["示例甲快递", "90", "100", "90%"],
        ["示例乙快递", "", "", "80%"],
    ]
    plan = plan_rows(tmp_path, rows)
    issue = only(plan, "RATE_WITHOUT_INPUTS")
    assert "示例乙快递" in issue.message
    assert "示例甲快递" not in issue.message
    assert [o.value for o in plan.observations if o.indicator == "GRN.TAPE"] == [800_000]


def test_a_rate_alone_in_a_long_table_is_told_too(tmp_path: Path) -> None:
    rows: Rows = [
        ["期间", "企业", "指标", "数值", "单位"],
        ["2021-05", "示例甲快递", "瘦身胶带封装比例", "90", "%"],
    ]
    assert "示例甲快递" in only(plan_rows(tmp_path, rows), "RATE_WITHOUT_INPUTS").message


# --------------------------------------------------------------------------------------------------- long


def test_long_table_with_months_units_and_the_bureaus_own_figures(tmp_path: Path) -> None:
    rows: Rows = [
        ["期间", "企业", "指标", "数值", "单位"],
        ["2021-04", "示例甲快递", "投递量", "1.2", "万件"],
        ["2021年5月", "示例乙快递", "OPS.IN", "300", "件"],
        ["2021-05", "", "有效申诉量", "2", "件"],
        ["2021-05", "示例甲快递", "投递量累计", "99,000", ""],
    ]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert plan.kind is FileKind.LONG
    assert [(o.indicator, str(o.month), o.span.value, o.enterprise_id, o.value) for o in plan.observations] == [
        ("OPS.IN", "2021-04", "M", 1, 120_000_000),
        ("OPS.IN", "2021-05", "M", 2, 3_000_000),
        ("SVC.CMPL", "2021-05", "M", None, 20_000),
        ("OPS.IN", "2021-05", "C", 1, 990_000_000),
    ]


def test_the_bureaus_own_long_table_needs_no_company(tmp_path: Path) -> None:
    rows: Rows = [["期间", "指标", "数值"], ["2021-05", "有效申诉量", "2"]]
    plan = plan_rows(tmp_path, rows)
    assert [(o.indicator, o.enterprise_id) for o in plan.observations] == [("SVC.CMPL", None)]
    assert any("本局自有数据" in ground for ground in plan.grounds)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["2021-05", "示例甲快递", "投递亮", "5", "件"], "UNKNOWN_INDICATOR"),
        (["2021-05", "示例寅快递", "投递量", "5", "件"], "UNKNOWN_COMPANY"),
        (["五月", "示例甲快递", "投递量", "5", "件"], "MONTH_UNREADABLE"),
        (["2021-05", "示例甲快递", "投递量", "5", "元"], "UNIT_MISMATCH"),
        (["2021-05", "示例甲快递", "投递量", "5", "筐"], "UNIT_UNKNOWN"),
        (["2021-05", "示例甲快递", "投递量", "很多", "件"], "NOT_A_NUMBER"),
    ],
)
def test_long_rows_that_cannot_be_taken(tmp_path: Path, row: list[str], code: str) -> None:
    good = [["2021-05", "示例乙快递", name, "1", "件"] for name in ("投递量", "有效申诉量")]
    plan = plan_rows(tmp_path, [["期间", "企业", "指标", "数值", "单位"], *good, row])
    issue = only(plan, code)
    assert issue.row == 4
    assert (plan.counts.accepted, plan.counts.rejected) == (2, 1)


def test_long_table_without_values_says_which_column(tmp_path: Path) -> None:
    rows: Rows = [["期间", "企业", "指标", "单位"], ["2021-05", "示例甲快递", "投递量", "件"]]
    assert "数值" in only(plan_rows(tmp_path, rows), "MISSING_COLUMN").message


# --------------------------------------------------------------------------------------------------- coverage


def test_coverage_by_brand_columns(tmp_path: Path) -> None:
    rows: Rows = [
        ["蛟河市2021年5月快递进村情况表"],
        ["代码", "乡镇", "建制村", "示例甲", "示例乙", "示例丙", "周投递次数", "村级站点", "核查日期"],
        ["220281001200", "民主街道", "金星村", "直投+驻村设点", "否", "", "7", "金星站", "2021/5/3"],
        ["", "前进乡", "团山子村村委会", "邮快（停运）", "√", "回退", "3", "无", ""],
        ["", "", "红星村", "交邮", "×", "不适用", "", "", "2021年5月4日"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert plan.kind is FileKind.COVERAGE
    got = {(c.village_code[-6:], c.brand): c for c in plan.coverage}
    first = got["001200", "示例甲"]
    assert first.modes == {CoverageMode.DIRECT, CoverageMode.STATION}
    assert (first.state, first.weekly_frequency, first.station) == (CoverageState.NORMAL, 7, "金星站")
    assert first.evidence_date == dt.date(2021, 5, 3)
    assert got["001200", "示例乙"].state is CoverageState.NONE
    assert ("001200", "示例丙") not in got
    assert got["201202", "示例甲"].state is CoverageState.SUSPENDED
    assert got["201202", "示例甲"].modes == {CoverageMode.POST}
    assert got["201202", "示例丙"].state is CoverageState.RELAPSED
    assert got["201201", "示例甲"].village_code == "220281201201", "the town is carried down"
    assert plan.totals == {"VILLAGES": 3, "RECORDS": 7}


def test_coverage_of_a_sheet_with_heads_in_two_rows_and_other_words(tmp_path: Path) -> None:
    rows: Rows = [
        ["序号", "所属乡镇", "村委会名称", "示例甲", "示例乙", "周投次数", "是否违规收费"],
        ["", "", "", "是否通达", "方式", "", ""],
        ["1", "民主街道", "金星村村委会", "√", "直投+驻村设点", "3次/周", "否"],
    ]
    plan = plan_rows(tmp_path, rows, name="2021年3月快递进村情况表.csv")
    assert plan.errors == ()
    assert [(c.village_code, c.state.value, c.weekly_frequency, c.extra_charge) for c in plan.coverage] == [
        ("220281001200", "正常", 3, False)
    ] * 2
    assert {mode.value for mode in plan.coverage[1].modes} == {"直投", "驻村设点"}


def test_a_companys_own_sheet_of_villages_needs_no_column_of_brands(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2021年5月快递进村情况"],
        ["乡镇", "行政村", "是否进村", "进村方式", "周投递频次", "站点", "备注"],
        ["民主街道", "金星村", "是", "邮快合作", "3", "金星超市", ""],
        ["前进乡", "团山子村", "停运", "快快", "", "", "修路"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert [(c.village_code[-6:], c.brand, c.state.value, c.weekly_frequency, c.station) for c in plan.coverage] == [
        ("001200", "示例甲", "正常", 3, "金星超市"),
        (plan.coverage[1].village_code[-6:], "示例甲", "停运", None, ""),
    ]
    nameless: Rows = [["2021年5月快递进村情况"], *rows[1:]]
    assert codes(plan_rows(tmp_path, nameless)) == ["COMPANY_MISSING", "MISSING_COLUMN"]


@pytest.mark.parametrize(
    ("written", "times"),
    [("五", 5), ("每周三次", 3), ("两次", 2), ("每天", 7), ("3次/周", 3), ("每周5次以上", 5), ("0", 0), ("", None)],
)
def test_how_often_a_village_is_visited_is_read_as_it_is_written(
    tmp_path: Path, written: str, times: int | None
) -> None:
    rows: Rows = [
        ["2021年5月快递进村情况"],
        ["代码", "村名", "示例甲", "周投递次数"],
        ["220281001200", "金星村", "是", written],
    ]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert [c.weekly_frequency for c in plan.coverage] == [times]


def test_heads_of_brands_may_have_remarks_and_blanks(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月快递进村情况"],
        ["代码", "村  名", "示 例 甲", "示例乙（是/否）"],
        ["220281001200", "金星村", "是", "×"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert [(c.brand, c.state.value) for c in plan.coverage] == [("示例甲", "正常"), ("示例乙", "未通")]


def test_a_register_names_its_towns_by_the_words_that_offices_use(tmp_path: Path) -> None:
    rows: Rows = [
        ["统计用区划代码", "名称", "所属乡镇", "所属区县"],
        ["220281100200", "东山村村委会", "新站镇", "蛟河市"],
        ["220281100201", "西河村[已撤销]", "新站镇", "蛟河市"],
        ["220271400201", "红星村", "石材区虚拟乡", "天岗石材产业园区"],
    ]
    options = ImportOptions(region="220200")
    plan = plan_rows(tmp_path, rows, None, options, "2021年村级名录.csv")
    assert [(r.level, r.name, r.unit_kind) for r in plan.regions] == [
        *(("county", "蛟河市", "县级"), ("county", "天岗石材产业园区", "开发区")),
        *(("town", "新站镇", "镇"), ("town", "石材区虚拟乡", "类似")),
        *(("village", "东山村村委会", "村委会"), ("village", "红星村", "村委会")),
    ]


def test_coverage_by_rows(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月进村"],
        ["乡镇", "村名", "品牌", "进村方式", "现状", "周投递次数", "月收件", "是否收费", "核查日期"],
        ["前进乡", "团山子", "示例甲", "邮快、驻村设点", "正常", "每周3次", "1,200", "否", "20210503"],
        ["前进乡", "团山子", "示例乙快递", "直投", "停运", "", "", "是", "44319"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    one, two = plan.coverage
    assert one.modes == {CoverageMode.POST, CoverageMode.STATION}
    assert (one.weekly_frequency, one.parcels_in, one.extra_charge) == (3, 1200, False)
    assert (two.brand, two.state, two.extra_charge) == ("示例乙", CoverageState.SUSPENDED, True)
    assert two.evidence_date == dt.date(2021, 5, 3)


@pytest.mark.parametrize(
    ("said", "charged"),
    [
        *((word, True) for word in ("是", "√", "有", "收费", "加收", "收2元", "1.5元/件", "是（2元）")),
        *((word, False) for word in ("否", "×", "无", "不收费", "免费", "0", "0元", "未发现")),
        *((word, None) for word in ("", "—", "未报")),
    ],
)
def test_extra_charges_as_people_write_them(tmp_path: Path, said: str, charged: bool | None) -> None:
    rows: Rows = [["2021年5月进村"], ["乡镇", "村名", "示例甲", "是否收费"], ["前进乡", "团山子", "邮快", said]]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert [record.extra_charge for record in plan.coverage] == [charged]


def test_a_charge_that_may_mean_either_is_not_passed_over(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月进村"], ["乡镇", "村名", "示例甲", "是否收费"], ["前进乡", "团山子", "邮快", "个别"]]
    plan = plan_rows(tmp_path, rows)
    assert only(plan, "FLAG_UNKNOWN").value == "个别"
    assert plan.coverage == ()


def test_a_short_name_of_two_places_in_one_town_is_asked_by_their_full_names(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月进村"], ["乡镇", "建制村", "示例甲"], ["白石山镇", "红星", "直投"]]
    issue = only(plan_rows(tmp_path, rows), "VILLAGE_AMBIGUOUS")
    assert issue.message == "“红星”可以是白石山镇的红星村、红星社区"


@pytest.mark.parametrize(
    ("row", "code", "hint"),
    [
        (["220281999200", "民主街道", "金星村", "直投"], "UNKNOWN_VILLAGE", "220281001200"),
        (["", "前进乡", "团山村", "直投"], "UNKNOWN_VILLAGE", "团山子村"),
        (["", "", "红星村", "直投"], "VILLAGE_AMBIGUOUS", "乡镇"),
        (["220281001200", "民主街道", "金星村", "飞过去"], "MODE_UNKNOWN", "驻村设点"),
    ],
)
def test_coverage_rows_that_cannot_be_taken(tmp_path: Path, row: list[str], code: str, hint: str) -> None:
    plan = plan_rows(tmp_path, [["2021年5月进村"], ["代码", "乡镇", "建制村", "示例甲"], row])
    assert hint in only(plan, code).suggestion
    assert plan.coverage == ()
    assert plan.counts.rejected == 1


def test_coverage_names_that_differ_from_the_code_are_asked(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月进村"], ["代码", "建制村", "示例甲"], ["220281001200", "银星村", "直投"]]
    issue = only(plan_rows(tmp_path, rows), "VILLAGE_NAME_DIFFERS")
    assert "金星村" in issue.message


def test_unknown_brand_and_double_village(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月进村"], ["代码", "建制村", "示例寅"], ["220281001200", "金星村", "直投"]]
    assert only(plan_rows(tmp_path, rows), "UNKNOWN_COMPANY").value == "示例寅"
    rows = [["2021年5月进村"], ["代码", "建制村", "示例甲"], *[["220281001200", "金星村", "直投"]] * 2]
    assert only(plan_rows(tmp_path, rows), "DUPLICATE_ROW").row == 4


# --------------------------------------------------------------------------------------------------- registers


def test_registry_of_a_prefecture_gives_our_county() -> None:
    empty = ImportContext("220281000000", "蛟河市", (), (), MemoryLedger())
    plan = plan_import(ROOT / "tests" / "data" / "villages_220200_jilin.csv", empty, ImportOptions())
    assert (plan.kind, codes(plan)) == (FileKind.REGISTRY, [])
    villages = [r for r in plan.regions if r.level == "village"]
    assert len(villages) == 286
    assert plan.totals == {"VILLAGES": sum(r.administrative_village for r in villages)}
    assert sum(200 <= int(r.code[9:]) <= 399 for r in villages) == plan.totals["VILLAGES"] == 256
    assert (plan.regions[0].name, plan.regions[0].level) == ("蛟河市", "county")
    towns = [r for r in plan.regions if r.level == "town"]
    assert {(t.unit_kind) for t in towns} == {"街道", "镇", "乡"}
    assert {r.parent_code for r in villages} == {t.code for t in towns}
    assert (plan.counts.read, plan.counts.accepted, plan.counts.skipped) == (1778, 286, 1492)


def test_registry_of_another_county_on_request_and_of_none() -> None:
    empty = ImportContext("220281000000", "蛟河市", (), (), MemoryLedger())
    path = ROOT / "tests" / "data" / "villages_520625_yinjiang.csv"
    plan = plan_import(path, empty, ImportOptions(region="520625"))
    assert sum(r.level == "village" for r in plan.regions) == 377
    assert codes(plan_import(path, empty, ImportOptions())) == ["NOTHING_FOR_REGION"]


def test_registry_codes_that_lost_digits_are_refused(tmp_path: Path) -> None:
    rows: Rows = [
        ["代码", "名称", "乡镇"],
        ["220281001200", "金星村", "民主街道"],
        ["22028100120", "银星村", "民主街道"],
    ]
    issue = only(plan_rows(tmp_path, rows), "BAD_CODE")
    assert "文本" in issue.suggestion


@pytest.mark.parametrize("head", ["村名", "村名称", "建制村名称", "行政村名称", "村委会名称"])
def test_a_register_without_codes_by_whatever_its_names_are_headed(tmp_path: Path, head: str) -> None:
    rows: Rows = [["乡镇", head], ["民主街道", "金星村民委员会"], ["前进乡", "红星村村委会"]]
    plan = plan_rows(tmp_path, rows)
    assert (plan.kind, codes(plan)) == (FileKind.REGISTRY, [])
    assert [region.code for region in plan.regions] == ["220281001200", "220281201201"]


def test_a_short_enterprise_register(tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "简称", "品牌"], ["示例戊快递有限公司", "示例戊快递", "示例戊"]]
    plan = plan_rows(tmp_path, rows)
    assert (plan.kind, codes(plan)) == (FileKind.ENTERPRISES, [])
    assert [(company.short_name, company.brand) for company in plan.enterprises] == [("示例戊快递", "示例戊")]


def test_enterprise_register() -> None:
    empty = ImportContext("220281000000", "蛟河市", (), (), MemoryLedger())
    plan = plan_import(ROOT / "resources" / "sample" / "enterprises.csv", empty, ImportOptions())
    assert (plan.kind, codes(plan), len(plan.enterprises)) == (FileKind.ENTERPRISES, [], 12)
    first = plan.enterprises[0]
    assert (first.name, first.short_name, first.brand) == ("示例甲快递有限公司", "示例甲快递", "示例甲")
    assert "甲快递" in first.aliases
    assert first.opened == Month(2009, 6)
    assert first.closed is None


def test_enterprise_register_checks_codes_and_doubles(tmp_path: Path) -> None:
    rows: Rows = [
        ["统一社会信用代码", "企业名称", "简称"],
        ["91220281999900011R", "示例甲快递有限公司", "甲"],
        ["91220281999900011X", "示例乙快递有限公司", "乙"],
        ["", "示例甲快递有限公司", "甲2"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert only(plan, "BAD_USCC").row == 3
    assert only(plan, "DUPLICATE_ROW").row == 4


# --------------------------------------------------------------------------------------------------- national


def test_national_series(tmp_path: Path) -> None:
    plan = plan_import(ROOT / "tests" / "data" / "national_express_monthly.csv", context(), ImportOptions())
    assert (plan.kind, codes(plan), plan.region) == (FileKind.NATIONAL, [], NATIONAL_REGION)
    december = {(o.indicator, o.span): o for o in plan.observations if o.month == Month(2020, 12)}
    assert december["MKT.VOL", Span.YTD].value == 833_600_000_000_000
    assert december["MKT.VOL", Span.YTD].reported_yoy == 312_000
    assert december["MKT.CR8", Span.MONTH].value == 822_000
    assert ("MKT.VOL", Span.MONTH) not in december, "a blank says nothing"
    assert {o.enterprise_id for o in plan.observations} == {None}
    assert plan.column_meanings[-2:] == ("跳过", "跳过")


# --------------------------------------------------------------------------------------------------- company and month


def test_company_of_the_file_must_be_known_and_one(tmp_path: Path) -> None:
    known = official_table(company="示例寅快递有限公司")
    issue = only(plan_rows(tmp_path, known), "UNKNOWN_COMPANY")
    assert "示例寅快递有限公司" in issue.message
    assert "别名" in issue.suggestion
    rows: Rows = [["2021年5月"], ["指标", "本月"], ["投递量（件）", "5"], ["从业人员（人）", "5"]]
    assert "--company" in only(plan_rows(tmp_path, rows), "COMPANY_MISSING").on_command_line
    assert plan_rows(tmp_path, rows, options=ImportOptions(company="示例乙")).enterprise_id == 2
    assert plan_rows(tmp_path, rows, name="乙快递5月.csv").enterprise_id == 2
    assert "COMPANY_AMBIGUOUS" in codes(plan_rows(tmp_path, official_table(), official_ledger(), name="乙快递.csv"))


def test_month_from_the_file_name_or_asked(tmp_path: Path) -> None:
    rows: Rows = [["企业名称", "投递量（件）"], ["示例甲快递", "5"]]
    assert plan_rows(tmp_path, rows, name="汇总202105.csv").month == MAY
    assert "指明月份" in only(plan_rows(tmp_path, rows), "MONTH_MISSING").suggestion
    assert plan_rows(tmp_path, rows, options=ImportOptions(month=MAY)).month == MAY
    title: Rows = [["2021年5月投递量"], *rows]
    assert codes(plan_rows(tmp_path, title, name="汇总202104.csv")) == ["MONTH_DIFFERS"]
    assert codes(plan_rows(tmp_path, title, options=ImportOptions(month=Month(2021, 4)))) == ["MONTH_DIFFERS"]


def test_date_of_writing_is_no_reporting_month(tmp_path: Path) -> None:
    rows: Rows = [["制表日期：2021年6月3日"], ["2021年5月投递量"], ["企业名称", "投递量（件）"], ["示例甲快递", "5"]]
    assert plan_rows(tmp_path, rows).month == MAY


# --------------------------------------------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("head", "title", "cell", "value"),
    [
        ("投递量（万件）", "", "1.5", 150_000_000),
        ("投递量", "单位：万件", "1.5", 150_000_000),
        ("投递量", "单位：件、元", "1.5万", 150_000_000),
        ("投递量", "", "15,000", 150_000_000),
        ("投递量（万件）", "", "15000件", 150_000_000),
        ("投递量（千件）", "", "15", 150_000_000),
    ],
)
def test_units_from_head_title_or_cell(tmp_path: Path, head: str, title: str, cell: str, value: int) -> None:
    rows: Rows = [["2021年5月"], [title], ["企业名称", head], ["示例甲快递", cell]]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    assert figures(plan)["OPS.IN", "M", 1] == value


def test_two_units_for_one_column_are_asked(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["单位：件、万件"], ["企业名称", "投递量"], ["示例甲快递", "5"]]
    only(plan_rows(tmp_path, rows), "UNIT_AMBIGUOUS")
    rows = [["2021年5月"], ["企业名称", "投递量（万件）"], ["示例甲快递", "5万"]]
    only(plan_rows(tmp_path, rows), "UNIT_AMBIGUOUS")
    rows = [["2021年5月"], ["企业名称", "投递量（元）"], ["示例甲快递", "5"]]
    only(plan_rows(tmp_path, rows), "UNIT_MISMATCH")


# --------------------------------------------------------------------------------------------------- shapes of tables


def test_repeated_heads_and_page_titles_are_no_data(tmp_path: Path) -> None:
    one, two = market_row("示例甲快递", 1000, 80_000, 3), market_row("示例乙快递", 4000, 85_000, 6)
    rows = market_table(one, ["蛟河市2021年5月快递企业业务量及收入汇总表"], ["单位：件、元"], MARKET_HEAD, two)
    plan = plan_rows(tmp_path, rows)
    assert (plan.counts.read, plan.counts.accepted) == (2, 2)


def test_a_second_table_is_told_not_mixed_in(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月"],
        ["企业名称", "投递量（件）"],
        ["示例甲快递", "5"],
        [],
        ["车辆", "数量"],
        ["货车", "3"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert (plan.counts.read, plan.counts.accepted, plan.counts.skipped) == (3, 1, 2)
    assert any("另一个表" in warning for warning in plan.reading.warnings)


def test_unquoted_thousands_separator_shifts_no_columns(tmp_path: Path) -> None:
    text = "企业名称,投递量（件）,从业人员\r\n示例甲快递,5,7\r\n示例乙快递,1,234,9\r\n"
    plan = plan_import(save(tmp_path, "2021年5月.csv", text.encode()), context(), ImportOptions())
    assert only(plan, "ROW_TOO_LONG").row == 3
    assert {o.enterprise_id for o in plan.observations} == {1}


def test_two_columns_of_one_meaning_are_asked(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["企业名称", "投递量（件）", "派件量（件）"], ["示例甲快递", "5", "6"]]
    assert "两列都是" in only(plan_rows(tmp_path, rows), "DUPLICATE_COLUMN").message


def test_rows_without_a_company_column_are_asked(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["网点编号", "投递量（件）"], ["1", "5"], ["2", "6"]]
    assert "企业名称" in only(plan_rows(tmp_path, rows), "MISSING_COLUMN").message


def test_registry_without_codes_says_so(tmp_path: Path) -> None:
    rows: Rows = [["name", "town", "county"], ["金星村", "民主街道", "蛟河市"]]
    path = save(tmp_path, "名录.csv", rows)
    empty = ImportContext("220281000000", "蛟河市", (), (), MemoryLedger())
    assert "代码" in only(plan_import(path, empty, ImportOptions()), "MISSING_COLUMN").message
    known = plan_import(path, context(), ImportOptions())
    assert [region.code for region in known.regions] == ["220281001200"], "the register knows its code"


def test_national_series_without_months_says_so(tmp_path: Path) -> None:
    rows: Rows = [["快递业务量当月(亿件)", "来源"], ["10", "甲"], ["20", "乙"]]
    assert "月份" in only(plan_rows(tmp_path, rows), "MISSING_COLUMN").message


def test_marks_without_ink_do_not_matter(tmp_path: Path) -> None:
    rows: Rows = [["2021年5月"], ["\u200b企业名称", "投递量（件）\u3000"], ["\xa0示例甲快递\ufeff", "'5"]]
    assert figures(plan_rows(tmp_path, rows)) == {("OPS.IN", "M", 1): 50_000}


def test_every_changed_cell_is_in_the_plan(tmp_path: Path) -> None:
    row = market_row("示例甲快递有限公司", 1000, 20000, 100)
    row[2], row[4] = "１,０００", "一百"
    plan = plan_rows(tmp_path, market_table(row))
    assert [(c.row, c.column, c.raw, c.read_as, c.why) for c in plan.changes] == [
        (4, "同城业务量", "１,０００", "1000", "全角字符"),
        (4, "国际/港澳台业务量", "一百", "100", "中文数字"),
    ]
    assert not plan.errors


def test_digits_that_a_spreadsheet_dropped_ask_for_a_reason(tmp_path: Path) -> None:
    row = market_row("示例甲快递有限公司", 1000, 20000, 100)
    row[3] = "2E+4"
    assert only(plan_rows(tmp_path, market_table(row)), "DIGITS_LOST").row == 4


def test_village_codes_are_restored_or_refused(tmp_path: Path) -> None:
    rows = [["代码", "建制村", "示例甲"], ["220281001200.0", "金星村", "直投"], ["2.20281E+11", "红星村", "直投"]]
    plan = plan_rows(tmp_path, rows, name="2021年5月进村.csv")
    assert [c.village_code for c in plan.coverage] == ["220281001200"]
    assert only(plan, "CODE_RESTORED").row == 2
    assert "不能恢复" in only(plan, "CODE_LOST").message


def test_the_code_of_a_company_that_a_spreadsheet_cut(tmp_path: Path) -> None:
    rows = [["企业名称", "统一社会信用代码"], ["示例甲", "9.12203E+17"], ["示例乙", "912202810000001000"]]
    plan = plan_rows(tmp_path, rows)
    assert "不能恢复" in only(plan, "CODE_LOST").message
    assert "15 位" in only(plan, "BAD_USCC").suggestion


# --------------------------------------------------------------------------------- a quarter is no month

LONG_HEAD = ["期间", "企业", "指标", "数值", "单位"]


def _spans(tmp_path: Path, rows: Rows) -> list[tuple[str, str, int | None]]:
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == []
    return [(str(o.month), o.span.value, o.value) for o in plan.observations]


@pytest.mark.parametrize("period", ["2021年1-3月", "2021年一季度", "2021年1季度"])
def test_a_quarter_in_a_long_table_is_the_cumulation(tmp_path: Path, period: str) -> None:
    rows: Rows = [
        LONG_HEAD,
        [period, "示例甲快递", "快递投递量", "244400", "件"],
        ["2021年3月", "示例乙快递", "快递投递量", "80000", "件"],
    ]
    assert _spans(tmp_path, rows) == [("2021-03", "C", 2_444_000_000), ("2021-03", "M", 800_000_000)]


def test_what_there_is_at_the_end_of_a_quarter_is_that_of_its_last_month(tmp_path: Path) -> None:
    rows: Rows = [LONG_HEAD, ["2021年一季度", "示例甲快递", "从业人员", "12", "人"]]
    assert _spans(tmp_path, rows) == [("2021-03", "M", 120_000)]


@pytest.mark.parametrize("period", ["2021年二季度", "2021年4-6月", "2021年4月至6月", "2021年下半年"])
def test_a_stretch_that_begins_later_is_refused(tmp_path: Path, period: str) -> None:
    rows: Rows = [LONG_HEAD, [period, "示例甲快递", "快递投递量", "244400", "件"]]
    issue = only(plan_rows(tmp_path, rows), "NOT_A_MONTH")
    assert (issue.row, issue.value) == (2, period)
    assert "不从1月开始" in issue.message
    wide: Rows = [["月份", "企业名称", "投递量（件）"], [period, "示例甲快递", "1"], [period, "示例乙快递", "1"]]
    assert codes(plan_rows(tmp_path, wide)) == ["NOT_A_MONTH", "NOT_A_MONTH"]
    form = official_table(month=period)
    assert codes(plan_rows(tmp_path, form)) == ["NOT_A_MONTH"]


def test_a_period_against_its_own_column_is_refused(tmp_path: Path) -> None:
    rows: Rows = [[*LONG_HEAD, "口径"], ["2021年1-3月", "示例甲快递", "快递投递量", "244400", "件", "本月"]]
    assert "口径却写“本月”" in only(plan_rows(tmp_path, rows), "NOT_A_MONTH").message


def test_a_row_of_a_quarter_in_a_wide_table(tmp_path: Path) -> None:
    rows: Rows = [
        ["月份", "企业名称", "投递量（件）", "从业人员（人）"],
        ["2021年1-3月", "示例甲快递", "300", "7"],
        ["2021年3月", "示例乙快递", "100", "5"],
    ]
    assert sorted(_spans(tmp_path, rows)) == [
        ("2021-03", "C", 3_000_000),
        ("2021-03", "M", 50_000),
        ("2021-03", "M", 70_000),
        ("2021-03", "M", 1_000_000),
    ]
    rows = [["月份", "企业名称", "投递量（件）", "投递量累计（件）"], ["2021年1-3月", "示例甲快递", "300", "300"]]
    assert codes(plan_rows(tmp_path, rows)) == ["NOT_A_MONTH"]


QUARTER_FORM: Rows = [
    ["示例甲快递有限公司报表"],
    ["报告期：2022年一季度"],
    ["指标", "单位", "本期", "上年同期", "本年累计"],
    ["投递量", "件", "300", "200", "300"],
    ["从业人员", "人", "7", "6", ""],
]


def test_the_official_form_of_a_quarter_holds_the_cumulation(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, QUARTER_FORM)
    assert codes(plan) == []
    assert figures(plan) == {("OPS.IN", "C", 1): 3_000_000, ("NET.STAFF", "M", 1): 70_000}
    delivered = next(o for o in plan.observations if o.indicator == "OPS.IN")
    assert (str(delivered.month), delivered.reported_previous) == ("2022-03", 2_000_000)
    without = [row[:4] for row in QUARTER_FORM]
    assert figures(plan_rows(tmp_path, without)) == figures(plan)


def test_the_quarter_must_equal_the_cumulation_beside_it(tmp_path: Path) -> None:
    rows = [list(row) for row in QUARTER_FORM]
    rows[3][2] = "100"
    issue = only(plan_rows(tmp_path, rows), "PERIOD_DIFFERS")
    assert "“本期” 100 应等于“本年累计” 300" in issue.message


def test_a_month_column_in_a_table_of_a_stretch_stays_a_month(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2022年1—3月"],
        ["指标", "单位", "本月", "累计"],
        ["投递量", "件", "100", "300"],
        ["从业人员", "人", "7", "7"],
    ]
    got = figures(plan_rows(tmp_path, rows))
    assert (got["OPS.IN", "M", 1], got["OPS.IN", "C", 1]) == (1_000_000, 3_000_000)


# --------------------------------------------------------------------------------- slips that were read in silence

VISITS: Rows = [
    ["蛟河市快递进村情况表（2021年5月）"],
    ["代码", "建制村", "品牌", "进村方式", "周投递次数", "月收件", "核查日期"],
]


@pytest.mark.parametrize(
    ("frequency", "parcels"), [("-3", "10"), ("−3", "10"), ("2.5", "10"), ("3", "-10"), ("3", "1.5")]
)
def test_counts_below_zero_or_broken_are_refused(tmp_path: Path, frequency: str, parcels: str) -> None:
    rows = [*VISITS, ["220281001200", "金星村", "示例甲", "直投", frequency, parcels, "2021-05-20"]]
    plan = plan_rows(tmp_path, rows)
    assert codes(plan) == ["NOT_A_NUMBER"]
    assert plan.coverage == ()


def test_a_visit_long_after_the_month_is_asked_about(tmp_path: Path) -> None:
    def issues(day: str) -> list[str]:
        return codes(
            plan_rows(tmp_path, [*VISITS, ["220281001200", "金星村", "示例甲", "直投", "每周5次", "未统计", day]])
        )

    assert issues("2021-05-20") == issues("2021-07-01") == []
    assert issues("2021-07-02") == ["VISIT_LATE"]
    village = ["220281001200", "金星村", "示例甲", "直投", "5", "1", "2021-05-20"]
    file = save(tmp_path, "核查.csv", [*VISITS, village])
    early = replace(context(), today=dt.date(2021, 5, 10))
    assert codes(plan_import(file, early, ImportOptions())) == ["VISIT_LATE"]


def test_a_village_is_found_by_its_code_alone(tmp_path: Path) -> None:
    rows = [["2021年5月"], ["代码", "示例甲"], ["220281001200", "直投"], ["220281100201", "否"]]
    plan = plan_rows(tmp_path, rows)
    assert (plan.kind, codes(plan)) == (FileKind.COVERAGE, [])
    assert [(c.village_code, c.brand, c.state) for c in plan.coverage] == [
        ("220281001200", "示例甲", CoverageState.NORMAL),
        ("220281100201", "示例甲", CoverageState.NONE),
    ]


@pytest.mark.parametrize("cell", ["inf", "1e30", "10^15"])
def test_an_unreadable_part_is_told_once(tmp_path: Path, cell: str) -> None:
    form = official_table(changes={"r02": [cell, "18000", "11.1", "90000"]})
    plan = plan_rows(tmp_path, form, official_ledger())
    assert len([issue for issue in plan.issues if issue.severity is Severity.ERROR]) == 1
    assert (plan.issues[0].row, plan.issues[0].column) == (6, "本期")
    wide = market_table(market_row("示例甲快递", 1, 2, 3))
    wide[3] = [*wide[3][:3], cell, *wide[3][4:]]
    assert len(plan_rows(tmp_path, wide).errors) == 1


def test_swapped_heads_leave_the_month_blank_and_are_asked_about(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2021年5月"],
        ["指标", "单位", "本期", "本年累计"],
        ["投递量", "件", "", "100"],
        ["从业人员", "人", "", "7"],
    ]
    issue = only(plan_rows(tmp_path, rows), "BLANK_MONTH")
    assert "“本期”全空，而“本年累计”有数" in issue.message
    wide: Rows = [
        ["2021年5月"],
        ["企业名称", "投递量本月（件）", "投递量累计（件）"],
        ["示例甲快递", "", "5"],
        ["示例乙快递", "", "6"],
    ]
    assert only(plan_rows(tmp_path, wide), "BLANK_MONTH").column == "投递量本月（件）"
    partly = [*wide[:3], ["示例乙快递", "1", "6"]]
    assert "BLANK_MONTH" not in codes(plan_rows(tmp_path, partly))


def test_a_refused_long_table_still_says_its_month(tmp_path: Path) -> None:
    rows: Rows = [LONG_HEAD, ["2021年5月", "示例甲快递", "快递投递量", "许多", "件"]]
    plan = plan_rows(tmp_path, rows)
    assert plan.errors
    assert plan.month == MAY


@pytest.mark.parametrize("keep", [600, 2_000, 5_000])
def test_a_truncated_old_workbook_is_damaged(tmp_path: Path, keep: int) -> None:
    file = save(tmp_path, "截断.xls", xls_bytes(official_table())[:keep])
    with pytest.raises(FileRefusedError, match="损坏"):
        plan_import(file, context(), ImportOptions())


# --------------------------------------------------------------------------------------------------- outlet by outlet

OUTLET_HEAD = ["企业名称", "网点名称", "瘦身胶带封装件数", "胶带封装件数"]


def test_outlets_of_a_green_sheet_add_up_to_their_companies(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月绿色包装表"],
        OUTLET_HEAD,
        ["示例甲快递", "甲一部", "90", "100"],
        ["示例甲快递", "甲二部", "50", "60"],
        ["示例乙快递", "乙一部", "30", "40"],
        ["合计", "", "170", "200"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert plan.kind is FileKind.GREEN
    assert codes(plan) == []
    assert plan.totals == {"GRN.TAPE.NUM": 1_700_000, "GRN.TAPE.DEN": 2_000_000}
    assert sorted(o.value or 0 for o in plan.observations) == [300_000, 400_000, 1_400_000, 1_600_000]
    assert "企业的数由各网点相加得出" in plan.grounds
    kept = [(f.outlet, f.indicator, f.value, f.row) for f in plan.outlet_figures if f.indicator == "GRN.TAPE.NUM"]
    assert kept == [
        ("甲一部", "GRN.TAPE.NUM", 900_000, 3),
        ("甲二部", "GRN.TAPE.NUM", 500_000, 4),
        ("乙一部", "GRN.TAPE.NUM", 300_000, 5),
    ], "what each outlet gave is kept beside the sums"


def test_a_rate_that_an_outlet_gives_alone_is_kept_as_its_own(tmp_path: Path) -> None:
    head: Rows = [["2021年5月绿色包装表"], ["企业名称", "网点名称", "瘦身胶带封装比例"]]
    plan = plan_rows(tmp_path, [*head, ["示例甲快递", "甲一部", "97.5%"]])
    assert codes(plan) == ["RATE_WITHOUT_INPUTS"]
    assert plan.observations == ()
    assert [(f.outlet, f.indicator, f.value) for f in plan.outlet_figures] == [("甲一部", "GRN.TAPE", 975_000)]
    beyond = plan_rows(tmp_path, [*head, ["示例甲快递", "甲一部", "107.5%"]])
    assert "RATE_BOUNDS" in {issue.code for issue in beyond.errors}


@pytest.mark.parametrize(
    ("second", "code", "words"),
    [
        (["示例甲快递", "甲一部", "50", "60"], "DUPLICATE_ROW", "“甲一部”写了 2 行"),
        (["示例甲快递", "甲二部", "70", "60"], "RATIO_BOUNDS", "大于胶带封装件数 60"),
        (["示例甲快递", "甲二部", "未报", "未报"], "OUTLETS_UNREPORTED", "示例甲快递 1 个网点没有报瘦身胶带封装件数"),
    ],
)
def test_what_is_wrong_with_one_outlet_is_told_by_its_row(
    tmp_path: Path, second: list[str], code: str, words: str
) -> None:
    plan = plan_rows(tmp_path, [["2021年5月"], OUTLET_HEAD, ["示例甲快递", "甲一部", "90", "100"], second])
    issue = next(issue for issue in plan.issues if issue.code == code)
    assert words in issue.message
    assert issue.row == 4


def test_published_green_rates_of_the_nation_are_stored_as_they_stand(tmp_path: Path) -> None:
    """A row that gives the halves is computed from them; a file of other rates alone is refused, not taken in empty."""
    rows = [
        ["2020年全国快递绿色包装进展", "", "", ""],
        ["月份", "瘦身胶带封装比例(%)", "瘦身胶带封装件数(亿件)", "胶带封装件数(亿件)"],
        ["2020-04", "83.8", "", ""],
        ["2020-08", "94.3", "9", "10"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert plan.kind is FileKind.NATIONAL
    stored = {(o.month, o.indicator): o.value for o in plan.observations if o.value is not None}
    assert stored == {
        (Month(2020, 4), "GRN.TAPE"): 838_000,
        (Month(2020, 8), "GRN.TAPE.NUM"): 900_000_000 * 10_000,
        (Month(2020, 8), "GRN.TAPE.DEN"): 1_000_000_000 * 10_000,
    }
    assert {o.enterprise_id for o in plan.observations} == {None}
    empty = [["2020年全国快递服务", ""], ["月份", "申诉处理满意率(%)"], ["2020-04", "98.1"]]
    assert "NOTHING_TO_STORE" in codes(plan_rows(tmp_path, empty))
