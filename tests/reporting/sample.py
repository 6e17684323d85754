"""Invented figures of a month for the reports' tests: 示例数据 of a county that is not meant to be any real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from desktop_app.charts import ChartKind, ChartSpec, Role, Series, TargetLine
from desktop_app.indicators.results.figures import Completeness, Figure, FigureRow
from desktop_app.indicators.results.green import GreenLine, GreenReport
from desktop_app.indicators.results.rural import CoverageReport, Gap, TownRow
from desktop_app.indicators.results.tone import Tone
from desktop_app.models.values import CellState, Month
from desktop_app.reporting.content import Edition
from desktop_app.reporting.monthly_data import GreenPart, MonthlyData, ReportingPart, RuralPart

D = Decimal
MONTH = Month(2021, 3)
COMPANIES = tuple(f"示例{c}快递" for c in "甲乙丙丁戊己庚辛壬癸子丑")
LACKING = Completeness(10, 12, ("示例壬快递", "示例癸快递"))


def figure(
    code: str,
    name: str,
    text: str,
    unit: str,
    yoy: str | None,
    cumulative: str,
    cumulative_yoy: str | None,
    share: str | None = None,
    change: str | None = None,
) -> Figure:
    base, factor = {"万件": ("件", 10_000), "万元": ("元", 10_000), "元/件": ("元/件", 1)}[unit]
    return Figure(
        code=code,
        name=name,
        unit=base,
        period=str(MONTH),
        period_label=MONTH.label,
        region="220281000000",
        region_name="示例市",
        value=D(text) * factor,
        state=CellState.VALUE,
        text=text,
        display_unit=unit,
        yoy_pct=None if yoy is None else D(yoy),
        mom_pct=D("12.3"),
        cumulative=D(cumulative) * factor,
        cumulative_text=cumulative,
        cumulative_label="一季度",
        cumulative_yoy_pct=None if cumulative_yoy is None else D(cumulative_yoy),
        share_pct=None if share is None else D(share),
        share_change_pp=None if change is None else D(change),
        cumulative_share_pct=None if share is None else D(share),
        cumulative_share_change_pp=None if change is None else D(change),
        completeness=LACKING,
        cumulative_completeness=LACKING,
        status="月报",
    )


FIGURES = {
    f.code: f
    for f in (
        figure("MKT.VOL", "快递业务量", "62.84", "万件", "18.6", "164.31", "21.7", "100.0"),
        figure("MKT.VOL.LOCAL", "同城快递业务量", "7.61", "万件", "4.9", "19.84", "6.3", "12.1", "-1.8"),
        figure("MKT.VOL.INTER", "异地快递业务量", "55.13", "万件", "20.8", "144.19", "24.4", "87.7", "1.8"),
        figure("MKT.VOL.INTL", "国际/港澳台快递业务量", "0.10", "万件", "-9.1", "0.28", "-12.5", "0.2", "0.0"),
        figure("MKT.REV", "快递业务收入", "879.32", "万元", "9.4", "2287.50", "11.2", "100.0"),
        figure("MKT.REV.LOCAL", "同城快递业务收入", "60.10", "万元", "3.1", "158.02", "4.0", "6.9", "-0.5"),
        figure("MKT.REV.INTER", "异地快递业务收入", "590.22", "万元", "11.8", "1535.48", "13.3", "67.1", "1.3"),
        figure("MKT.REV.INTL", "国际/港澳台快递业务收入", "9.00", "万元", "-4.2", "24.00", "-6.6", "1.0", "-0.2"),
        figure("REL.REVOTHER", "其他快递业务收入", "220.00", "万元", "6.0", "570.00", "7.7", "25.0", "-0.6"),
        figure("MKT.UNITPRICE", "单件收入", "13.99", "元/件", "-7.8", "13.92", "-8.6"),
    )
}

TOWN_NAMES = (
    "示例一镇",
    "示例二镇",
    "示例三镇",
    "示例四镇",
    "示例五镇",
    "示例六乡",
    "示例七乡",
    "示例八乡",
    "示例街道",
)
TOWNS = tuple(
    TownRow(
        code=f"220281{100 + i}000",
        name=name,
        villages=20 + i,
        covered=20 + i - (0, 0, 2, 1, 0, 6, 3, 0, 0)[i],
        rate_pct=(D(20 + i - (0, 0, 2, 1, 0, 6, 3, 0, 0)[i]) / D(20 + i) * 100),
        cells=(),
        stations=10 + i,
        relapsed=(0, 0, 1, 0, 0, 2, 0, 0, 0)[i],
    )
    for i, name in enumerate(TOWN_NAMES)
)
VILLAGES = sum(t.villages for t in TOWNS)
COVERED = sum(t.covered for t in TOWNS)
GAPS = tuple(
    Gap(f"22028110020{i}", "示例三镇", f"示例{i}村", "未通", "2021-02", relapsed=i < 3, evidence="—")
    for i in range(VILLAGES - COVERED)
)


def trend() -> ChartSpec:
    months = ("20年4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "21年1月", "2月", "3月")
    now = ("41.2", "44.0", "47.3", "45.1", "46.8", "50.2", "55.9", "70.4", "63.0", "58.47", None, "62.84")
    before = ("33.0", "36.1", "38.9", "37.0", "38.2", "41.4", "46.0", "58.8", "51.3", "47.10", "34.90", "52.98")
    return ChartSpec(
        kind=ChartKind.LINE,
        title="快递业务量",
        unit="万件",
        categories=months,
        series=(
            Series("本期", tuple(None if v is None else D(v) for v in now)),
            Series("上年同期", tuple(D(v) for v in before), Role.PREVIOUS),
        ),
        decimals=2,
        highlights=(7,),
    )


def composition() -> ChartSpec:
    return ChartSpec(
        kind=ChartKind.STACKED,
        title="快递业务量构成",
        unit="%",
        categories=("2020年3月", "12月", "2021年3月"),
        series=(
            Series("同城", (D("13.9"), D("13.0"), D("12.1")), Role.PART_1),
            Series("异地", (D("85.8"), D("86.7"), D("87.7")), Role.PART_2),
            Series("国际/港澳台", (D("0.3"), D("0.3"), D("0.2")), Role.PART_3),
        ),
        decimals=1,
        maximum=D(100),
    )


def rates(title: str, role: Role = Role.CURRENT) -> ChartSpec:
    values = ("80.1", "82.4", "83.0", "85.9", "88.2", "89.0", "90.3", "91.5", "92.0", "92.8", "93.1", "94.3")
    return ChartSpec(
        kind=ChartKind.LINE,
        title=title,
        unit="%",
        categories=trend().categories,
        series=(Series("本期", tuple(D(v) for v in values), role),),
        decimals=1,
        targets=(TargetLine(D(90), "目标 90%"),),
        minimum=D(70),
        maximum=D(100),
    )


def green_line(name: str, code: str, target: str, value: str | None, text: str, gap: str, fraction: str) -> GreenLine:
    numerator, _, denominator = fraction.partition("/")
    met = None if value is None else D(value) >= D(target)
    return GreenLine(
        indicator=code,
        name=name,
        comparator="≥",
        target=D(target),
        target_text=f"≥{target}%",
        value=None if value is None else D(value),
        value_text=text,
        unit="%",
        gap_text=gap,
        numerator=D(numerator.strip()) * 10_000 if fraction else None,
        denominator=D(denominator.strip().removesuffix("万件")) * 10_000 if fraction else None,
        fraction_text=fraction,
        met=met,
        state_text="未报" if met is None else "已达" if met else "未达",
        state_tone=Tone.NEUTRAL,
        clause="",
        spark=(),
        as_of="2020-12",
        state=CellState.MISSING if value is None else CellState.VALUE,
        gap=None if value is None else D(value) - D(target),
    )


GREEN = GreenReport(
    period=str(MONTH),
    programme="9792",
    programme_name="“9792”工程",
    lines=(
        green_line("瘦身胶带封装比例", "GRN.TAPE", "90", "94.3", "94.3%", "+4.3", "52.10 / 55.25万件"),
        green_line("电商快件不再二次包装率", "GRN.NOREPACK", "70", "68.5", "68.5%", "−1.5", "33.70 / 49.20万件"),
        green_line("可循环中转袋使用率", "GRN.BAG", "90", "91.0", "91.0%", "+1.0", "9.10 / 10.00万件"),
        green_line("电子面单使用率", "GRN.EWAYBILL", "99", None, "未报", "—", ""),
    ),
    enterprises=COMPANIES,
    matrix=(),
)

RANKING = tuple(
    FigureRow(
        key=str(i + 1),
        name=name,
        value=None if i > 9 else D(150_000 - 13_000 * i),
        state=CellState.MISSING if i > 9 else CellState.VALUE,
        text="未报" if i > 9 else f"{15 - D('1.3') * i:.2f}",
        share_pct=None if i > 9 else D("23.9") - 2 * i,
        yoy_pct=None if i in {3, 10, 11} else D("25.0") - 5 * i,
        contribution_pp=None if i in {3, 10, 11} else D("4.1") - i,
        code="MKT.VOL",
    )
    for i, name in enumerate(COMPANIES)
)

REPORTING = ReportingPart(
    expected=12,
    reported=10,
    missing=("示例壬快递", "示例癸快递"),
    late=("示例丁快递",),
    zero=("示例丑快递",),
    due_label="4月10日",
)


def monthly_data(**changes: object) -> MonthlyData:
    data = MonthlyData(
        region_name="示例市",
        month=MONTH,
        made_on=date(2021, 4, 12),
        figures=FIGURES,
        edition=Edition.INTERNAL,
        sample=True,
        bureau="示例市邮政管理机构",
        extra=("MKT.UNITPRICE",),
        ranking=RANKING,
        volume_chart=trend(),
        composition_chart=composition(),
        rural=RuralPart(
            coverage=CoverageReport(
                period=str(MONTH),
                villages=VILLAGES,
                covered=COVERED,
                rate_pct=D(COVERED) / D(VILLAGES) * 100,
                definition="any",
                definition_text="任一品牌通达",
                by_kind="town",
                by=(),
                gaps=GAPS,
            ),
            towns=TOWNS,
            previous_year_pct=Fraction("88.2"),
            chart=rates("建制村通达率"),
        ),
        green=GreenPart(GREEN, rates("瘦身胶带封装比例")),
        reporting=REPORTING,
    )
    return replace(data, **changes)  # type: ignore[arg-type]  # the tests change single fields by name
