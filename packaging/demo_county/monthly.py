"""The folders months/YYYY-MM: the files that fill the demo ledger, in month order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

from demo_county import green
from demo_county.basics import FIRST, MARCH, Month, yuan
from demo_county.companies import BRANDS, BY_STEM, COMPANIES
from demo_county.coverage import VillageMonth
from demo_county.files import csv_bytes, write
from demo_county.market import Figures
from demo_county.reporting import LATE_FILES, MISSING_IN_MARCH, ROWS_LEFT_OUT, LateFile, Market, summary
from demo_county.villages import Village

MARKET_HEADER = (
    *("序号", "企业名称", "同城业务量", "异地业务量", "国际/港澳台业务量", "快递业务量合计"),
    *("同城业务收入", "异地业务收入", "国际/港澳台业务收入", "其他业务收入", "快递业务收入合计", "投递量"),
    *("分支机构", "末端网点", "末端公共服务站", "智能快件箱", "从业人员", "“快递进村”服务站点"),
)
_MONEY = range(4, 9)
COVERAGE_HEADER = ("代码", "乡镇", "建制村", *BRANDS, "周投递次数", "村级站点", "核查日期")


def market_numbers(figures: Figures) -> list[int]:
    """The 16 figures of a row in the order of the header, revenue in 分."""
    values = list(astuple(figures))
    return [*values[:3], figures.volume, *values[3:7], figures.revenue, *values[7:]]


def _market_cells(numbers: list[int], *, separators: bool) -> list[str]:
    whole: Callable[[int], str] = "{:,}".format if separators else str
    return [
        yuan(value, separators=separators) if place in _MONEY else whole(value) for place, value in enumerate(numbers)
    ]


def market_sheet(month: Month, market: Market) -> list[list[str]]:
    """The summary of all companies (汇总表): title, unit, header, companies, 合计, note."""
    flash = "（快报）" if month == MARCH else ""
    width = len(MARKET_HEADER)
    separators = month.month % 3 == 0
    rows = [
        [f"蛟河市{month.label}快递企业业务量及收入汇总表{flash}（示例数据）"] + [""] * (width - 1),
        ["单位：件、元", f"数据状态：{'快报' if flash else '月报'}"] + [""] * (width - 2),
        list(MARKET_HEADER),
    ]
    totals = [0] * (width - 2)
    missing = []
    number = 0
    for company in COMPANIES:
        figures = summary(market, month)[company.stem]
        if figures is None:
            missing.append(company.short)
            if (month, company.stem) in ROWS_LEFT_OUT:
                continue
        number += 1
        if figures is None:
            word = "" if month == Month(2020, 8) else "未报"
            rows.append([str(number), company.name] + [word] * (width - 2))
            continue
        numbers = market_numbers(figures)
        totals = [total + value for total, value in zip(totals, numbers, strict=True)]
        rows.append([str(number), company.name, *_market_cells(numbers, separators=separators)])
    rows.append(["", "合计", *_market_cells(totals, separators=separators)])
    note = "注：本表企业、数字均为虚构，仅供演示。"
    if missing:
        note += f"{'、'.join(missing)}截至汇总时未报，合计不含。"
    rows.append([note] + [""] * (width - 1))
    return rows


def late_sheet(late: LateFile, market: Market) -> list[list[str]]:
    """A single company's 补报 or 更正 of an earlier month, with the reason in the note."""
    company = BY_STEM[late.stem]
    width = len(MARKET_HEADER)
    numbers = market_numbers(market[late.month, late.stem])
    return [
        [f"{company.name}{late.month.label}业务量及收入（{late.kind}，示例数据）"] + [""] * (width - 1),
        ["单位：件、元"] + [""] * (width - 1),
        list(MARKET_HEADER),
        ["1", company.name, *_market_cells(numbers, separators=False)],
        [f"注：{late.kind}原因：{late.reason}"] + [""] * (width - 1),
    ]


def green_sheet(
    month: Month, truth: dict[tuple[Month, str], dict[str, int]], missing: tuple[str, ...]
) -> list[list[str]]:
    """The green packaging sheet: company × numerators and denominators, with 合计; ``missing`` stands as 未报."""
    width = len(green.COLUMNS) + 2
    rows = [
        [f"蛟河市{month.label}快递绿色包装情况表（示例数据）"] + [""] * (width - 1),
        ["单位：件、次、个"] + [""] * (width - 1),
        ["序号", "企业名称", *green.COLUMNS],
    ]
    totals = dict.fromkeys(green.COLUMNS, 0)
    for number, company in enumerate(COMPANIES, start=1):
        if company.stem in missing:
            rows.append([str(number), company.name] + ["未报"] * len(green.COLUMNS))
            continue
        counts = truth[month, company.stem]
        for column in green.COLUMNS:
            totals[column] += counts[column]
        rows.append([str(number), company.name, *(str(counts[column]) for column in green.COLUMNS)])
    rows.append(["", "合计", *map(str, totals.values())])
    return rows


def green_missing(month: Month) -> tuple[str, ...]:
    """Companies whose green figures are 未报 in the month's folder."""
    if month == MARCH:
        return MISSING_IN_MARCH
    return ("己",) if month == Month(2020, 8) else ()


def coverage_cells(village: Village, state: VillageMonth) -> list[str]:
    """One row of the coverage sheet."""
    return [village.code, village.town, village.name, *state.cells, str(state.weekly), state.station, state.evidence]


def coverage_sheet(
    month: Month, villages: list[Village], truth: dict[Month, dict[str, VillageMonth]]
) -> list[list[str]]:
    """The whole list in January and July, only the villages that changed in other months."""
    whole = month.month in (1, 7)
    width = len(COVERAGE_HEADER)
    kind = "（全部建制村）" if whole else "（本月变动）"
    rows = [
        [f"蛟河市{month.label}快递进村情况表{kind}（示例数据）"] + [""] * (width - 1),
        list(COVERAGE_HEADER),
    ]
    for village in villages:
        state = truth[month][village.code]
        before = truth[month.shift(-1)][village.code] if month > FIRST else None
        changed = before is None or coverage_cells(village, before) != coverage_cells(village, state)
        if whole or changed:
            rows.append(coverage_cells(village, state))
    return rows


def bureau_sheet(month: Month, facts: dict[str, int]) -> list[list[str]]:
    """The bureau's own counts: a long table with an empty company."""
    period = month.key if month.year == 2021 else month.label
    return [
        ["期间", "企业", "指标", "数值", "单位"],
        *([period, "", name, str(value), "件"] for name, value in facts.items()),
    ]


def write_months(
    folder: Path,
    market: Market,
    green_counts: dict[tuple[Month, str], dict[str, int]],
    facts: dict[Month, dict[str, int]],
    villages: list[Village],
    coverage: dict[Month, dict[str, VillageMonth]],
) -> None:
    """Write every month's folder below ``folder``; encodings take turns as they do in real life."""
    for month, own in facts.items():
        here = folder / month.key
        odd, even = ("gb18030", "utf-8-sig") if month.month % 2 else ("utf-8-sig", "gb18030")
        write(here / f"企业月报_{month.label}.csv", csv_bytes(market_sheet(month, market), odd))
        sheet = green_sheet(month, green_counts, green_missing(month))
        write(here / f"绿色包装_{month.label}.csv", csv_bytes(sheet, even))
        write(here / f"进村_{month.label}.csv", csv_bytes(coverage_sheet(month, villages, coverage), "utf-8-sig"))
        write(here / f"本局_{month.label}.csv", csv_bytes(bureau_sheet(month, own), "utf-8-sig"))
        for late in LATE_FILES:
            if late.arrives == month:
                name = f"{late.stem}_{late.month.label}{late.kind}.csv"
                write(here / name, csv_bytes(late_sheet(late, market), "utf-8-sig"))
