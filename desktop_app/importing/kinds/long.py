"""指标明细表: one figure a row (period, company, indicator, value, unit). No company = the bureau's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from desktop_app.catalogue.lookup import find_unit
from desktop_app.catalogue.model import Indicator, Owner, Unit
from desktop_app.importing.draft import Draft, Fact, Figure
from desktop_app.importing.kinds.cells import read_figure, settle_unit
from desktop_app.importing.kinds.wide import row_company, row_period
from desktop_app.importing.lines import is_total
from desktop_app.importing.plan import KnownEnterprise, RowRole
from desktop_app.importing.recognise.context import settle_company
from desktop_app.importing.recognise.figures import Aspect, find_indicator, split_aspect
from desktop_app.importing.recognise.places import is_own
from desktop_app.importing.recognise.report_month import settle_month
from desktop_app.models.values import Month, Span, region_code

_YEAR = re.compile(r"\s*(?P<year>20\d\d)\s*年?\s*")

VOCABULARY: dict[str, tuple[str, ...]] = {
    "value": (
        "数值",
        "指标值",
        "值",
        "本期数",
        "本月数",
        "数据",
        "本期",
        "本月",
        "当月",
        "数量",
        "本期发生额",
        "发生额",
        "value",
    ),
    "indicator": ("指标", "指标名称", "统计指标", "指标项", "项目", "项目名称", "指标代码", "indicator"),
    "month": (
        "期间",
        "月份",
        "报告期",
        "统计月份",
        "年月",
        "时间",
        "数据月份",
        "账期",
        "日期",
        "统计时间",
        "month",
        "period",
    ),
    "company": ("企业", "企业名称", "公司", "公司名称", "快递企业", "填报单位", "单位名称", "品牌", "company"),
    "unit": ("单位", "计量单位", "unit"),
    "previous": ("上年同期", "去年同期", "上年同期数"),
    "yoy": ("同比", "同比增长", "同比增减"),
    "span": ("口径", "数据类型", "期别", "时段"),
    "region": ("地区代码", "区划代码", "地区编码"),
}


def build(draft: Draft, columns: Mapping[str, int]) -> None:
    """One fact a row; the month may differ from row to row."""
    missing = [role for role in ("value", "indicator") if role not in columns]
    if missing:
        words = "、".join({"value": "数值", "indicator": "指标"}[role] for role in missing)
        draft.error("MISSING_COLUMN", f"表里缺少“{words}”列", "请补上这一列再发")
        return
    if "month" not in columns:
        settle_month(draft)
    if "company" not in columns:
        _company_of_file(draft, columns["indicator"])
    if draft.stopped():
        return
    for role, word in _MEANINGS.items():
        draft.mean(columns.get(role), word)
    for row, role in draft.body():
        if (role is RowRole.TOTAL and not _is_figure(draft, row, columns)) or _is_aside(
            draft, row, columns.get("span")
        ):
            draft.skipped.add(row)
        elif row not in draft.skipped:
            _read_row(draft, row, columns)


def _is_figure(draft: Draft, row: int, columns: Mapping[str, int]) -> bool:
    """``示例甲快递, 快递业务量合计, 81010`` is no sum of the rows above but a row like the others."""
    named = row_indicator(draft.cell(row, columns["indicator"]))[0]
    return named is not None and ("company" not in columns or not is_total([draft.cell(row, columns["company"])]))


def _is_aside(draft: Draft, row: int, column: int | None) -> bool:
    """The row holds a plan, a rate or last year's figure, which is none of this month."""
    aspect, _ = split_aspect([draft.cell(row, column)])
    if aspect in {Aspect.MONTH, Aspect.YTD}:
        return False
    draft.ground(f"“{draft.name(column)}”写“{draft.cell(row, column)}”的行不是本期的数，没有收")
    return True


_MEANINGS = {
    "value": "数值",
    "indicator": "指标",
    "month": "月份",
    "company": "企业",
    "unit": "单位",
    "previous": "上年同期",
    "yoy": "同比",
    "span": "期别",
    "region": "地区",
}


def _company_of_file(draft: Draft, names: int) -> None:
    """Without a company column the title or file name may name one; otherwise the figures are the bureau's own.

    Figures that companies report are not taken for the bureau's own because somebody dropped a column.
    """
    before = len(draft.issues)
    settle_company(draft)
    if [issue.code for issue in draft.issues[before:]] == ["COMPANY_MISSING"]:
        del draft.issues[before:]
        draft.file_broken = any(issue.row is None for issue in draft.issues)
        reported = [row_indicator(draft.cell(row, names))[0] for row in draft.table.data_rows[:200]]
        theirs = next((i for i in reported if i is not None and i.owner is Owner.COMPANY), None)
        if theirs is not None and not draft.options.region:
            draft.error(
                "MISSING_COLUMN",
                f"表里缺少“企业”列，而{theirs.name}应由企业报送",
                "请补上企业列，或在“企业”里选是哪一家；没有企业报过、确是全县数的，加一列“企业”留空",
                command="请补上企业列，或用 --company 指明企业；没有企业报过、确是全县数的，加一列“企业”留空",
            )
            return
        draft.ground("企业：没有企业列，表题和文件名也没有企业，按本局自有数据读")


def _read_row(draft: Draft, row: int, columns: Mapping[str, int]) -> None:
    name = draft.cell(row, columns["indicator"])
    indicator, aspect = row_indicator(name)
    if indicator is None:
        draft.error(
            "UNKNOWN_INDICATOR",
            f"“{name}”不是目录里的指标" if name else "这一行没有写指标名称",
            "请按指标目录的名称填写",
            row=row,
            column=draft.name(columns["indicator"]),
            value=name,
        )
        return
    month, stretch = _row_month(draft, row, columns.get("month"), indicator)
    if indicator.owner is Owner.COMPANY and is_own(draft.cell(row, columns.get("company")), draft.context.region_name):
        draft.skipped.add(row)
        draft.ground(f"企业列写“{draft.context.region_name}”的行是合计，没有收")
        return
    known, enterprise = _row_company(draft, row, columns.get("company"))
    region = _row_region(draft, row, columns.get("region"))
    if month is None or not known or region is None:
        return
    unit = _row_unit(draft, row, columns.get("unit"), indicator)
    if unit is None:
        return
    figures = _row_figures(draft, row, columns, unit)
    main = figures.get("value")
    if main is None:
        draft.unread.add(indicator.code)
        return
    span = _row_span(draft, row, columns.get("span"), indicator, aspect, stretch=stretch)
    if span is None:
        return
    draft.facts.append(
        Fact(indicator, month, span, region, enterprise, main, figures.get("previous"), figures.get("yoy"))
    )


def _row_month(draft: Draft, row: int, column: int | None, indicator: Indicator) -> tuple[Month | None, bool]:
    """The row's month and whether the row speaks of January up to it; a bare year is the year of what is counted so."""
    if column is None:
        return draft.month, draft.cumulative
    year = _YEAR.fullmatch(draft.cell(row, column))
    if year is None or not indicator.rare:
        return row_period(draft, row, column)
    month = Month(int(year["year"]), 12)
    draft.seen_months.add(month)
    return month, True


@lru_cache(maxsize=4096)
def row_indicator(name: str) -> tuple[Indicator | None, Aspect]:
    """The indicator that a row's name or code means, and whether it says 累计."""
    indicator = find_indicator((name,))
    if indicator is not None:
        return indicator, Aspect.MONTH
    aspect, rest = split_aspect([name])
    if aspect in {Aspect.MONTH, Aspect.YTD}:
        return find_indicator(tuple(rest)), aspect
    return None, aspect


def _row_company(draft: Draft, row: int, column: int | None) -> tuple[bool, KnownEnterprise | None]:
    """(whether the row may go on, company or None for the bureau's own figure)."""
    if column is None:
        return True, draft.enterprise
    text = draft.cell(row, column)
    if not text or text in {"本局", "全县", "全市"} or is_own(text, draft.context.region_name):
        draft.ground("企业列空着的行按本局自有数据读")
        return True, None
    enterprise = row_company(draft, row, column)
    return enterprise is not None, enterprise


def _row_region(draft: Draft, row: int, column: int | None) -> str | None:
    text = draft.cell(row, column)
    if not text:
        return draft.region
    try:
        return region_code(text)
    except ValueError as error:
        draft.error("REGION_UNKNOWN", str(error), row=row, column=draft.name(column), value=text)
        return None


def _row_unit(draft: Draft, row: int, column: int | None, indicator: Indicator) -> Unit | None:
    text = draft.cell(row, column)
    named = find_unit(text) if text else None
    if text and named is None:
        draft.error(
            "UNIT_UNKNOWN", f"“{text}”不是认识的单位", f"{indicator.name}的单位可写{indicator.base_unit}",
            row=row, column=draft.name(column), value=text,
        )  # fmt: skip
        return None
    if (
        named is not None
        and named.base != indicator.base_unit
        and not (named.factor == 1 and named.base not in {"元", "%"})
    ):
        draft.error(
            "UNIT_MISMATCH",
            f"{indicator.name}的单位应是{indicator.base_unit}，这里写的是“{text}”",
            "请核对指标和单位",
            row=row,
            column=draft.name(column),
            value=text,
        )
        return None
    return settle_unit(draft, indicator, indicator.base_unit, named, indicator.name)


def _row_figures(draft: Draft, row: int, columns: Mapping[str, int], unit: Unit) -> dict[str, Figure | None]:
    percent = find_unit("%") or unit
    figures: dict[str, Figure | None] = {}
    for role, own in (("value", unit), ("previous", unit), ("yoy", percent)):
        if role in columns:
            figures[role] = read_figure(draft, row, columns[role], draft.name(columns[role]), own)
    return figures


def _row_span(
    draft: Draft, row: int, column: int | None, indicator: Indicator, aspect: Aspect, *, stretch: bool
) -> Span | None:
    """累计 when the row, its indicator or its period (1—3月, 一季度) says so; None after a contradiction.

    A stock of 一季度 is what there is at the end of March.
    """
    text = draft.cell(row, column)
    if "累计" in text or aspect is Aspect.YTD:
        return Span.YTD
    if not stretch and indicator.told_to_date and not _of_one_month(text):
        draft.ground(f"{indicator.name}按季、按年统计，只写到月的数按本年累计读（单月的数请在口径列写“本月”）")
        return Span.YTD
    if not stretch or not indicator.kind.adds_over_months:
        return Span.MONTH
    if _of_one_month(text):
        draft.error(
            "NOT_A_MONTH",
            f"期间是1月以来的几个月，口径却写“{text}”",
            "请企业核对：一个月的数写那个月，1月以来的数写“累计”",
            row=row,
            column=draft.name(column),
            value=text,
        )
        return None
    draft.ground("期间写的是1月以来的几个月（如1—3月、一季度），这些行按本年累计读")
    return Span.YTD


def _of_one_month(text: str) -> bool:
    return any(word in text for word in ("本月", "当月", "单月"))
