"""Layouts of tables as Chinese offices write them: each reads right, or is asked about; never a silent wrong figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.importing.normalise import write_normalised_csv
from desktop_app.importing.plan import FileKind, ImportOptions, ImportPlan
from desktop_app.importing.planner import plan_import
from tests.importing.makers import (
    Rows,
    book_bytes,
    codes,
    context,
    figures,
    official_ledger,
    official_table,
    only,
    plan_rows,
    save,
)

PARTS = ("同城", "异地", "国际/港澳台")
VOLUME = ("1000", "80000", "10", "81010")
REVENUE = ("10000", "900000", "1000", "9000", "920000")
UNITS = ("件", "件", "件", "件", "元", "元", "元", "元", "元")
AMOUNTS = {
    ("MKT.VOL.LOCAL", "M", 1): 1000,
    ("MKT.VOL.INTER", "M", 1): 80_000,
    ("MKT.VOL.INTL", "M", 1): 10,
    ("MKT.VOL", "M", 1): 81_010,
    ("MKT.REV.LOCAL", "M", 1): 10_000,
    ("MKT.REV.INTER", "M", 1): 900_000,
    ("MKT.REV.INTL", "M", 1): 1000,
    ("REL.REVOTHER", "M", 1): 9000,
    ("MKT.REV", "M", 1): 920_000,
}


def told(plan: ImportPlan) -> dict[tuple[str, str, int | None], float]:
    """The planned figures in base units."""
    return {place: value / 10_000 for place, value in figures(plan).items() if value is not None}


def clean(plan: ImportPlan) -> bool:
    assert not plan.errors, [issue.message for issue in plan.errors]
    return True


# ---------------------------------------------------------------------------------------------- heads of two rows


def _parts_head(
    volume: str = "业务量（件）", revenue: str = "业务收入（元）", *, filled: bool = False
) -> list[list[str]]:
    def gap(name: str, count: int) -> list[str]:
        return [name] * count if filled else [name, *[""] * (count - 1)]

    return [
        ["企业名称", *gap(volume, 4), *gap(revenue, 5)],
        ["", *PARTS, "合计", *PARTS, "其他", "合计"],
    ]


@pytest.mark.parametrize("filled", [False, True])
def test_parts_below_volume_and_revenue(tmp_path: Path, *, filled: bool) -> None:
    row = ["示例甲快递", *VOLUME, *REVENUE]
    plan = plan_rows(tmp_path, [["2021年5月快递业务情况"], *_parts_head(filled=filled), row])
    assert clean(plan)
    assert plan.kind is FileKind.WIDE
    assert told(plan) == AMOUNTS


def test_merged_parts_below_volume_and_revenue_in_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    upper, lower = _parts_head("业务量", "业务收入")
    lines: Rows = [["2021年5月快递业务情况（单位：件、元）"], upper, lower, ["示例甲快递", *VOLUME, *REVENUE]]
    for line in lines:
        page.append(list(line))
    for merge in ("A1:J1", "A2:A3", "B2:E2", "F2:J2"):
        page.merge_cells(merge)
    plan = plan_import(save(tmp_path, "表.xlsx", book_bytes(book)), context(), ImportOptions())
    assert clean(plan)
    assert told(plan) == AMOUNTS
    assert plan.reading.columns[1] == "业务量/同城"


def test_each_group_has_its_own_unit(tmp_path: Path) -> None:
    row = ["示例甲快递", "0.1", "8", "0.001", "8.101", *REVENUE]
    plan = plan_rows(tmp_path, [["2021年5月"], *_parts_head("业务量（万件）", "业务收入（元）"), row])
    assert clean(plan)
    assert told(plan) == AMOUNTS


@pytest.mark.parametrize("names_below", [False, True])
def test_month_total_and_growth_below_volume_and_revenue(tmp_path: Path, *, names_below: bool) -> None:
    above, below = ("", "企业名称") if names_below else ("企业名称", "")
    rows: Rows = [
        ["2021年1月"],
        [above, "业务量（件）", "", "", "业务收入（元）", "", ""],
        [below, "本月", "累计", "同比（%）", "本月", "累计", "同比（%）"],
        ["示例甲快递", "30", "30", "20", "300", "300", "20"],
        ["示例乙快递", "40", "40", "-5", "400", "400", "-5"],
        ["合计", "70", "70", "", "700", "700", ""],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan)["MKT.REV", "C", 2] == 400
    assert told(plan)["MKT.VOL", "M", 1] == 30
    assert plan.column_meanings[3] == "快递业务量同比 · %"


def test_a_head_of_three_rows(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年1月"],
        ["序号", "企业", "业务量（件）", "", "", "", "业务收入（元）", "", "", ""],
        ["", "", "本月", "", "累计", "", "本月", "", "累计", ""],
        ["", "", *["绝对数", "同比%"] * 4],
        ["1", "示例甲快递", "31", "20", "31", "20", "300", "5", "300", "5"],
        ["2", "示例乙快递", "41", "20", "41", "20", "400", "5", "400", "5"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert plan.reading.columns[5] == "业务量（件）/累计/同比%"
    assert told(plan)["MKT.VOL", "M", 2] == 41
    assert told(plan)["MKT.REV", "C", 1] == 300
    assert plan.column_meanings[5] == "快递业务量累计同比 · %"


def test_the_total_may_be_the_first_column_of_figures(tmp_path: Path) -> None:
    head = ["企业名称", "快递业务量合计", *(f"{part}业务量" for part in PARTS)]
    plan = plan_rows(tmp_path, [["2021年5月"], head, ["示例甲快递", "81010", "1000", "80000", "10"]])
    assert clean(plan)
    assert told(plan) == {place: value for place, value in AMOUNTS.items() if "VOL" in place[0]}


# ------------------------------------------------------------------------------- plans, and units listed in a head

NAMES = (
    *("同城快递业务量", "异地快递业务量", "国际/港澳台快递业务量", "快递业务量合计"),
    *("同城快递业务收入", "异地快递业务收入", "国际/港澳台快递业务收入", "其他快递业务收入", "快递业务收入合计"),
)
FIGURES = (*VOLUME, *REVENUE)
TITLE = ["示例甲快递2021年5月业务情况"]


@pytest.mark.parametrize("done", ["实际完成", "完成数", "本月完成", "实际完成数", "本月实际完成", "实绩", "完成情况"])
def test_a_plan_is_never_the_figure(tmp_path: Path, done: str) -> None:
    rows: Rows = [
        TITLE,
        ["指标", "单位", "计划数", done, "完成率（%）"],
        *([name, unit, "999999", figure, "81.1"] for name, unit, figure in zip(NAMES, UNITS, FIGURES, strict=True)),
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan) == AMOUNTS
    assert plan.column_meanings[2:] == ("计划", "本月", "计划完成率 · %")


def test_plan_columns_in_a_table_of_companies(tmp_path: Path) -> None:
    head = ["企业名称", "快递业务量计划（件）", "快递业务量实际（件）", "快递业务量完成率", "快递业务收入（元）"]
    plan = plan_rows(tmp_path, [["2021年5月"], head, ["示例甲快递", "90000", "81010", "90%", "920000"]])
    assert clean(plan)
    assert told(plan) == {("MKT.VOL", "M", 1): 81_010, ("MKT.REV", "M", 1): 920_000}
    assert plan.column_meanings[1:4] == ("快递业务量计划 · 件", "快递业务量 · 件", "快递业务量计划完成率 · %")


def test_rows_of_a_plan_in_a_long_table_are_left_out(tmp_path: Path) -> None:
    rows: Rows = [
        ["期间", "企业", "指标", "数据类型", "数值", "单位"],
        ["2021-05", "示例甲快递", "快递业务量", "计划", "99999", "件"],
        ["2021-05", "示例甲快递", "快递业务量", "上年同期", "70000", "件"],
        ["2021-05", "示例甲快递", "快递业务量", "实际", "81010", "件"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan) == {("MKT.VOL", "M", 1): 81_010}
    assert plan.counts.skipped == 2


def test_a_head_that_lists_units(tmp_path: Path) -> None:
    small = [figure[:-4] + "." + figure[-4:] if len(figure) > 4 else f"0.{figure:0>4}" for figure in FIGURES]
    rows: Rows = [
        TITLE,
        ["指标", "本月（万件、万元）"],
        *([name, figure] for name, figure in zip(NAMES, small, strict=True)),
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan) == AMOUNTS


def test_a_head_of_companies_that_lists_units(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年1月"],
        ["企业名称", "本月（万件、万元）", "", "累计（万件、万元）", ""],
        ["", "业务量", "业务收入", "业务量", "业务收入"],
        ["示例甲快递", "8.101", "92", "8.101", "92"],
        ["示例乙快递", "8.101", "92", "8.101", "92"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan)["MKT.VOL", "M", 1] == told(plan)["MKT.VOL", "C", 2] == 81_010
    assert told(plan)["MKT.REV", "M", 2] == 920_000


def test_a_total_indicator_in_a_long_table_is_a_row_like_the_others(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月"],
        ["企业", "指标", "数值", "单位"],
        *(["示例甲快递", name, figure, unit] for name, figure, unit in zip(NAMES, FIGURES, UNITS, strict=True)),
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan) == AMOUNTS


# ------------------------------------------------------------------------------- decimal commas, marks of footnotes


def _form(figures: Sequence[str], *after: Sequence[str]) -> Rows:
    lines = ([name, unit, figure] for name, unit, figure in zip(NAMES, UNITS, figures, strict=True))
    return [TITLE, ["指标", "单位", "本月"], *lines, *after]


EUROPEAN = ("1.000", "80.000", "10", "81.010", "10.000,00", "900.000,00", "1.000,00", "9.000,00", "920.000,00")


def test_decimal_commas_that_the_whole_column_proves(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, _form(EUROPEAN))
    assert clean(plan)
    assert told(plan) == AMOUNTS
    change = next(change for change in plan.changes if change.raw == "920.000,00")
    assert change.read_as == "920000.00"
    assert "欧洲写法" in change.why


@pytest.mark.parametrize("cell", ["920.000,00", "920000,00"])
def test_a_decimal_comma_among_points_is_asked_about(tmp_path: Path, cell: str) -> None:
    plan = plan_rows(tmp_path, _form([*VOLUME, "10000.00", "900000.00", "1000.00", "9000.00", cell]))
    issue = only(plan, "NOT_A_NUMBER")
    assert "逗号像是小数点" in issue.message
    assert "920000.00" in issue.message


def test_a_comma_that_may_part_thousands_proves_nothing(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, _form([*VOLUME, "10000,00", "900000,00", "1,000", "9000,00", "920000,00"]))
    assert "NOT_A_NUMBER" in codes(plan)


@pytest.mark.parametrize("mark", ["*", "＊", "①", "注1", "（注1）", "#", "[1]", " *", "※"])
def test_a_mark_behind_a_figure_is_read_with_its_footnote(tmp_path: Path, mark: str) -> None:
    note = mark.strip().replace("（", "").replace("）", "")
    plan = plan_rows(tmp_path, _form(["1000", "80000", "10", "81010" + mark, *REVENUE], [f"{note}：含补报的上月数"]))
    assert clean(plan)
    assert told(plan) == AMOUNTS
    change = next(change for change in plan.changes if change.raw.startswith("81010"))
    assert "注码" in change.why
    assert "含补报的上月数" in change.why
    assert plan.reading.note_rows == (12,)


# ----------------------------------------------------------------------------------------------------- periods

BODY: Rows = [["指标", "单位", "本月"], ["快递业务量", "件", "81010"], ["快递业务收入", "元", "920000"]]
TOLD = {("MKT.VOL", "M", 1): 81_010, ("MKT.REV", "M", 1): 920_000}


@pytest.mark.parametrize(
    "above",
    [
        [["示例甲快递业务情况"], ["报告期：2021年5月"]],
        [["示例甲快递业务情况", "", ""], ["报告期", "2021年5月", ""]],
        [["示例甲快递业务情况", "", ""], ["", "统计时间：", "2021年5月"]],
        [["报告期：2021年5月", "", "单位：件、元"], ["示例甲快递业务情况", "", ""]],
        [["示例甲快递业务情况"], ["统计时间：2021.05.01-2021.05.31"]],
        [["# 示例甲快递 2021年5月"]],
        [["// 2021年5月"], ["// 示例甲快递"]],
    ],
)
def test_a_line_of_the_period_above_the_head(tmp_path: Path, above: list[list[str]]) -> None:
    plan = plan_rows(tmp_path, [*above, *BODY])
    assert clean(plan)
    assert told(plan) == TOLD
    assert plan.month is not None
    assert plan.month.label == "2021年5月"


def test_the_period_beside_its_label_above_a_table_of_companies(tmp_path: Path) -> None:
    head = ["企业名称", "快递业务量（件）", "快递业务收入（元）"]
    plan = plan_rows(tmp_path, [["报告期", "2021年5月", ""], head, ["示例甲快递", "81010", "920000"]])
    assert clean(plan)
    assert told(plan) == TOLD


def test_a_whole_year_is_the_cumulation_and_asked(tmp_path: Path) -> None:
    rows: Rows = [["示例甲快递2020年度业务情况"], ["指标", "单位", "完成数"], *BODY[1:]]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan) == {("MKT.VOL", "C", 1): 81_010, ("MKT.REV", "C", 1): 920_000}
    assert "2020年度" in only(plan, "WHOLE_YEAR").message


def test_a_year_above_a_column_of_one_month_does_not_say_which(tmp_path: Path) -> None:
    assert "MONTH_MISSING" in codes(plan_rows(tmp_path, [["示例甲快递2020年度业务情况"], *BODY]))


@pytest.mark.parametrize(
    ("heads", "months"),
    [
        (("22-Jan", "22-Feb"), ("2022年1月", "2022年2月")),
        (("Jan-22", "Feb-22"), ("2022年1月", "2022年2月")),
        (("2022.1", "2022.2"), ("2022年1月", "2022年2月")),
        (("202201", "202202"), ("2022年1月", "2022年2月")),
        (("2022.9", "2022.1", "2022.11"), ("2022年9月", "2022年10月", "2022年11月")),
    ],
)
def test_months_as_a_spreadsheet_shows_them(tmp_path: Path, heads: tuple[str, ...], months: tuple[str, ...]) -> None:
    rows: Rows = [
        ["示例甲快递业务情况"],
        ["指标", "单位", *heads],
        ["快递业务量", "件", *(str(80_000 + place) for place in range(len(heads)))],
        ["快递业务收入", "元", *(str(900_000 + place) for place in range(len(heads)))],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    volumes = {item.month.label: item.value for item in plan.observations if item.indicator == "MKT.VOL"}
    assert volumes == {month: (80_000 + place) * 10_000 for place, month in enumerate(months)}


@pytest.mark.parametrize(
    ("period", "why"), [("22-May", "按年份读"), ("May-22", "英文月份"), ("2022.1", "末尾的 0 丢了"), ("2022.5", "")]
)
def test_a_month_in_a_cell_is_told_when_it_is_not_plain(tmp_path: Path, period: str, why: str) -> None:
    rows: Rows = [["期间", "企业", "指标", "数值", "单位"], [period, "示例甲快递", "投递量", "300", "件"]]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert plan.month is not None
    assert plan.month.year == 2022
    assert [why in change.why for change in plan.changes] == ([True] if why else [])


def test_quarters_and_halves_are_cumulations_to_their_last_month(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2020年业务情况"],
        ["指标", "单位", "一季度", "二季度", "上半年", "全年"],
        ["快递业务量", "件", "300", "310", "610", "1300"],
        ["从业人员", "人", "20", "21", "22", "25"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    volumes = {i.month.label: (i.span.value, i.value) for i in plan.observations if i.indicator == "MKT.VOL"}
    assert volumes == {
        "2020年3月": ("C", 3_000_000),
        "2020年6月": ("C", 6_100_000),
        "2020年12月": ("C", 13_000_000),
    }
    assert any("“二季度”是几个月之和" in ground for ground in plan.grounds)


def test_a_second_quarter_alone_is_refused(tmp_path: Path) -> None:
    rows: Rows = [["示例甲快递2020年业务情况"], ["指标", "单位", "二季度"], *BODY[1:]]
    assert "“二季度”" in only(plan_rows(tmp_path, rows), "NOT_A_MONTH").message


@pytest.mark.parametrize(("month", "kept"), [(3, True), (5, False)])
def test_a_quarter_beside_the_month(tmp_path: Path, month: int, *, kept: bool) -> None:
    rows: Rows = [
        [f"示例甲快递2021年{month}月业务情况"],
        ["指标", "单位", "本月", "一季度"],
        ["快递业务量", "件", "81010", "240000"],
        ["快递业务收入", "元", "920000", "2700000"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert (told(plan).get(("MKT.VOL", "C", 1)) == 240_000) is kept
    assert ("UNREAD_COLUMN" in codes(plan)) is not kept


def test_the_same_quarter_of_each_company(tmp_path: Path) -> None:
    rows: Rows = [
        ["2020年快递业务"],
        ["企业名称", "一季度业务量（万件）", "一季度业务收入（万元）"],
        ["示例甲快递", "8.101", "92"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan) == {("MKT.VOL", "C", 1): 81_010, ("MKT.REV", "C", 1): 920_000}


# ------------------------------------------------------------------------- lists of indicators, a column a company


@pytest.mark.parametrize(
    "head",
    [
        ["行次", "代码", "名称", "计量单位", "数量"],
        ["行次", "代码", "指标名称", "计量单位", "数量"],
        ["序号", "指标代码", "项目名称", "单位", "本期"],
        ["行次", "代码", "名称", "计量单位", "本月"],
    ],
)
def test_a_list_of_indicators_with_line_numbers(tmp_path: Path, head: list[str]) -> None:
    rows = zip(NAMES, UNITS, FIGURES, strict=True)
    lines = [[str(place), f"{place:02d}", *row] for place, row in enumerate(rows, start=1)]
    plan = plan_rows(tmp_path, [TITLE, head, *lines])
    assert clean(plan)
    assert plan.kind is FileKind.OFFICIAL_FORM
    assert told(plan) == AMOUNTS


def _matrix(*columns: str, total: bool = False) -> Rows:
    lines = []
    for name, unit, figure in zip(NAMES, UNITS, FIGURES, strict=True):
        cells = [str(int(figure) * place) for place in range(1, len(columns) + 1)]
        lines.append([name, unit, *cells, *([str(sum(map(int, cells)))] if total else [])])
    return [["2021年5月"], ["指标", "计量单位", *columns, *(["合计"] if total else [])], *lines]


@pytest.mark.parametrize("total", [False, True])
def test_a_column_for_each_company(tmp_path: Path, *, total: bool) -> None:
    plan = plan_rows(tmp_path, _matrix("示例甲快递", "示例乙快递有限公司", total=total))
    assert clean(plan)
    assert plan.kind is FileKind.WIDE
    assert told(plan) == AMOUNTS | {(code, span, 2): 2 * value for (code, span, _), value in AMOUNTS.items()}
    assert plan.column_meanings[:4] == ("指标", "单位", "示例甲快递 本月", "示例乙快递 本月")


def test_the_total_of_the_companies_must_agree(tmp_path: Path) -> None:
    rows = [list(row) for row in _matrix("示例甲快递", "示例乙快递", total=True)]
    rows[5][4] = "99999"
    issue = only(plan_rows(tmp_path, rows), "TOTAL_MISMATCH")
    assert (issue.row, issue.column) == (6, "合计")
    assert "243030 件" in issue.message


def test_a_column_of_a_company_that_nobody_knows_is_asked_about(tmp_path: Path) -> None:
    rows = _matrix("示例甲快递", "无名快递")
    issue = only(plan_rows(tmp_path, rows), "UNKNOWN_COMPANY")
    assert "“无名快递”" in issue.message
    answered = plan_rows(tmp_path, rows, options=issue.answers[0].upon(ImportOptions()))
    assert clean(answered)
    assert told(answered) == AMOUNTS


def test_groups_of_columns_for_each_company(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年1月"],
        ["指标", "示例甲快递", "", "示例乙快递", ""],
        ["", "本月（万件、万元）", "累计（万件、万元）", "本月（万件、万元）", "累计（万件、万元）"],
        ["快递业务量", "8.101", "8.101", "0.5", "0.5"],
        ["快递业务收入", "92", "92", "7", "7"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan)["MKT.VOL", "M", 1] == told(plan)["MKT.VOL", "C", 1] == 81_010
    assert told(plan)["MKT.REV", "C", 2] == 70_000


def test_parts_of_what_the_title_names_for_each_company(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月快递业务量（件）"],
        ["", "示例甲快递", "示例乙快递"],
        *([part, figure, figure] for part, figure in zip((*PARTS, "合计"), VOLUME, strict=True)),
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan)["MKT.VOL.INTL", "M", 2] == 10
    assert told(plan)["MKT.VOL", "M", 1] == 81_010


def test_months_whose_heads_list_units(tmp_path: Path) -> None:
    rows: Rows = [
        ["示例甲快递2021年业务情况"],
        ["指标", "1月（万件、万元）", "2月（万件、万元）"],
        ["快递业务量", "8.101", "7.5"],
        ["快递业务收入", "92", "85"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert {item.value for item in plan.observations} == {810_100_000, 750_000_000, 9_200_000_000, 8_500_000_000}


# ------------------------------------------------------------------------------------------- traditional characters

OLD_NAMES = (
    *("同城快遞業務量", "異地快遞業務量", "國際及港澳臺快遞業務量", "快遞業務量合計"),
    *("同城快遞業務收入", "異地快遞業務收入", "國際及港澳臺快遞業務收入", "其他快遞業務收入", "快遞營業收入合計"),
)


@pytest.mark.parametrize("encoding", ["big5", "utf-8"])
def test_a_form_in_traditional_characters(tmp_path: Path, encoding: str) -> None:
    lines = [[name, unit, figure, "未報"] for name, unit, figure in zip(OLD_NAMES, UNITS, FIGURES, strict=True)]
    rows: Rows = [["示例甲快遞有限公司2021年5月業務情況"], ["指標", "計量單位", "本月", "上年同期"], *lines]
    plan = plan_import(save(tmp_path, "表.csv", rows, encoding), context(), ImportOptions())
    assert clean(plan)
    assert told(plan) == AMOUNTS
    assert plan.reading.columns[:2] == ("指標", "計量單位")
    assert plan.reading.rows[2].cells[0] == "同城快遞業務量"
    assert any("繁体字" in words for words in plan.reading.warnings)


def test_companies_in_traditional_characters(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年5月匯總（單位：萬件、萬元）"],
        ["企業名稱", "快遞業務量", "快遞營業收入", "備註"],
        ["示例甲快遞", "8.101", "92", ""],
        ["總計", "8.101", "92", ""],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan) == TOLD
    assert plan.counts.skipped == 1


def test_a_stray_traditional_character_changes_nothing(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["2021年5月"], ["企业名称", "投递量（件）", "備註"], ["示例甲快递", "300", "張峯"]])
    assert clean(plan)
    assert not any("繁体字" in words for words in plan.reading.warnings)


# ------------------------------------------------------------------------------------ forms as companies write them

SECTIONS = (
    "一、快递业务量",
    "其中：同城",
    "异地",
    "国际/港澳台",
    "二、快递业务收入",
    "其中：同城",
    "异地",
    "国际/港澳台",
    "其他",
)
SECTIONED = ("81010", "1000", "80000", "10", "920000", "10000", "900000", "1000", "9000")


@pytest.mark.parametrize("name", ["名称", "项目", "指标名称"])
@pytest.mark.parametrize("value", ["本期", "数量", "1月完成", "完成数"])
def test_parts_below_sections_with_units_in_the_head(tmp_path: Path, name: str, value: str) -> None:
    small = [fixed(figure) for figure in SECTIONED]
    rows: Rows = [
        ["快递业务情况表"],
        ["填报单位：示例甲快递有限公司", "", "2021年1月"],
        ["代码", name, f"{value}（万件、万元）"],
        *([f"{place:02d}", *row] for place, row in enumerate(zip(SECTIONS, small, strict=True), start=1)),
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert told(plan) == AMOUNTS


def fixed(figure: str) -> str:
    """A ten-thousandth of a whole number."""
    return f"{int(figure) / 10_000:.4f}"


def test_a_title_that_says_its_unit_still_names_its_company(tmp_path: Path) -> None:
    plan = plan_rows(tmp_path, [["示例甲快递业务情况表（单位：件、元）"], ["报告期：2021年5月"], *BODY])
    assert clean(plan)
    assert told(plan) == TOLD


def test_a_quarter_below_a_title_of_the_year(tmp_path: Path) -> None:
    lines = zip(SECTIONS, SECTIONED, strict=True)
    plan = plan_rows(tmp_path, [["示例甲快递2021年业务情况表"], ["项目", "一季度"], *map(list, lines)])
    assert clean(plan)
    assert told(plan) == {(code, "C", owner): value for (code, _, owner), value in AMOUNTS.items()}
    assert plan.month is not None
    assert plan.month.month == 3


def test_a_form_of_last_months_figures_says_what_is_missing(tmp_path: Path) -> None:
    rows: Rows = [["示例甲快递2021年5月业务情况"], ["指标", "单位", "上月"], *BODY[1:]]
    assert "缺少“本期”" in only(plan_rows(tmp_path, rows), "MISSING_COLUMN").message


@pytest.mark.parametrize("months", [("2021.1", "2021.2"), ("202101", "202102"), ("Jan-21", "Feb-21"), ("1月", "2月")])
def test_months_below_volume_and_revenue(tmp_path: Path, months: tuple[str, str]) -> None:
    rows: Rows = [
        ["2021年各企业业务情况"],
        ["企业名称", "快递业务量（万件）", "", "快递业务收入（元）", ""],
        ["", *months, *months],
        ["示例甲快递", "8.101", "7.5", "920000", "850000"],
        ["示例乙快递", "0.5", "0.4", "7000", "6000"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    found = {(item.indicator, item.month.month, item.enterprise_id): item.value for item in plan.observations}
    assert len(found) == 8
    assert found["MKT.VOL", 1, 1] == 810_100_000
    assert found["MKT.REV", 2, 2] == 60_000_000


def test_months_as_figures_beside_their_total(tmp_path: Path) -> None:
    rows: Rows = [
        ["2021年各企业快递业务收入（万元）"],
        ["企业名称", "2021.1", "2021.2", "合计"],
        ["示例甲快递", "92", "85", "177"],
        ["示例乙快递", "7", "6", "13"],
    ]
    plan = plan_rows(tmp_path, rows)
    assert clean(plan)
    assert {item.value for item in plan.observations} == {9_200_000_000, 8_500_000_000, 700_000_000, 600_000_000}


# ------------------------------------------------------------------------------------- lines that are no data, or are


def _table(folder: Path, rows: Rows, name: str = "表.csv") -> list[list[str]]:
    """The table as ``inspect --csv`` writes it."""
    out = folder / "出.csv"
    write_normalised_csv(save(folder, name, rows), out)
    return [line.split(",") for line in out.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("first", ["甲", "A"])
def test_a_first_row_of_figures_1_2_3_is_no_line_of_column_numbers(tmp_path: Path, first: str) -> None:
    second = chr(ord(first) + 1) if first == "A" else "乙"
    rows = [["企业", "业务量", "收入"], [first, "1", "2"], [second, "30", "4"], ["丙", "5", "6"]]
    assert _table(tmp_path, rows) == rows
    assert _table(tmp_path, rows[:2]) == rows[:2]


def test_a_line_of_column_numbers_is_left_out_and_told(tmp_path: Path) -> None:
    rows = [*official_table()]
    rows.insert(4, ["甲", "乙", "丙", "1", "2", "3", "4"])
    plan = plan_rows(tmp_path, rows, official_ledger())
    assert clean(plan)
    assert len(plan.observations) == 18
    assert any("第5行是各列的编号（甲、乙、丙 …）" in words for words in plan.reading.warnings)


def test_a_footer_with_a_time_is_not_cut_at_its_colons(tmp_path: Path) -> None:
    head = ["交易号", "金额", "状态", "时间"]
    rows = [[str(n), "1.5", "成功", f"2023-01-0{n} 09:00:00"] for n in (1, 2, 3)]
    assert _table(tmp_path, [head, *rows, ["导出时间:2023-01-03 10:00:00"]]) == [head, *rows]


def test_the_footer_of_a_payment_export_is_no_data(tmp_path: Path) -> None:
    head = ["交易号", "订单号", "时间", "金额（元）", "备注"]
    rows = [[f"20230101{n}", f"T{n}", "2023-01-01 10:00:00", "12.50", "无"] for n in range(6)]
    footer = [
        ["-" * 100],
        ["共6笔记录"],
        ["已收入:0笔", "0.00元"],
        ["已支出:6笔", "25.00元"],
        ["导出时间:[2023-02-02 10:00:00]    用户:张三"],
    ]
    assert _table(tmp_path, [head, *rows, *footer]) == [head, *rows]


# ----------------------------------------------------------------------------------------------------- page breaks

_TITLE, _UNIT = ["蛟河市2021年5月快递企业汇总表"], ["单位：件、元"]
_HEAD = ["企业名称", "快递业务量"]


@pytest.mark.parametrize("above", [[_TITLE, _UNIT], [_TITLE], [_UNIT], []])
def test_behind_a_page_break_the_table_goes_on(tmp_path: Path, above: list[list[str]]) -> None:
    first = [_TITLE, _UNIT, _HEAD, ["示例甲快递", "250000"], ["示例乙快递", "150000"]]
    plan = plan_rows(tmp_path, [*first, [], *above, _HEAD, ["示例丙快递", "41000"]])
    assert clean(plan)
    assert told(plan)["MKT.VOL", "M", 3] == 41_000
    assert (plan.counts.read, plan.counts.accepted) == (3, 3)


def test_rows_of_a_table_that_is_not_read_count_as_skipped(tmp_path: Path) -> None:
    first = [_TITLE, _UNIT, _HEAD, ["示例甲快递", "250000"], ["示例乙快递", "150000"]]
    other = [["蛟河市2021年6月快递企业汇总表"], _UNIT, _HEAD, ["示例丙快递", "41000"]]
    plan = plan_rows(tmp_path, [*first, [], *other])
    assert "UNREAD_PART" in codes(plan)
    assert not set(plan.reading.note_rows) & {7, 8, 9, 10}
    assert (plan.counts.read, plan.counts.accepted, plan.counts.skipped) == (6, 2, 4)
