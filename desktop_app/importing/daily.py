"""旺季日报: a table of days (日期, 企业, 收寄量, 应投量, 妥投量) into rows; nothing is guessed, nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.catalogue.lookup import find_unit
from desktop_app.importing.convert import read_amount
from desktop_app.importing.dates import read_date
from desktop_app.importing.grid import RawSheet
from desktop_app.importing.recognise.companies import CompanyIndex
from desktop_app.models.values import CellState, DailyItem

DAY_HEADS = ("日期", "时间", "日")
COMPANY_HEADS = ("企业", "公司", "单位", "品牌", "快递企业")
_TOTALS = ("合计", "总计", "小计", "全县", "全市")
_COLLECTED = re.compile(r"收寄|揽收|揽件|业务量")
_DUE = re.compile(r"应投|应派|派件|到件")
_DELIVERED = re.compile(r"妥投|签收")
_EITHER = re.compile(r"投递")
"""投递量 beside 应投 is what was delivered; beside 妥投 it is what was due."""
_RATE = re.compile(r"率|%|占比|同比|环比|增幅|累计")
_MONTH_DAY = re.compile(r"(?:(?P<m>1[0-2]|0?[1-9])\s*[月./-]\s*)?(?P<d>3[01]|[12]\d|0?[1-9])\s*[日号]?")
_SCALE_WORDS = "千万亿"
"""A cell that says its own scale is not multiplied by that of its column."""
_HEAD_LINES = 10
_UNIT = re.compile(r"[（(]\s*(?:单位[:：])?\s*([^()（）]+?)\s*[)）]|/\s*(\S+)$")


@dataclass(frozen=True)
class DailyLine:
    """One figure of the table; ``value`` in 件, ``row`` as the user counts."""

    row: int
    day: date
    enterprise_id: int
    item: DailyItem
    value: int


@dataclass(frozen=True)
class DailyReading:
    """What a table gives: figures, and in words what is wrong with it (``problems``) and what is passed over."""

    lines: tuple[DailyLine, ...]
    problems: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Columns:
    head: int
    day: int
    company: int | None
    items: Mapping[int, tuple[DailyItem, Decimal]]
    """Column → what it counts and how many 件 one of its units is."""


def read_daily(
    sheet: RawSheet, first: date, last: date, companies: CompanyIndex, *, company: int | None = None
) -> DailyReading:
    """Figures of the days between ``first`` and ``last``; other days are passed over.

    :param company: whose table it is, where no column names the companies.
    """
    columns = _find_columns(sheet)
    if isinstance(columns, str):
        return DailyReading((), (columns,))
    if columns.company is None and company is None:
        return DailyReading((), ("表里没有“企业”一列，看不出是哪家的数；请先在上面选定企业，再导入",))
    lines: list[DailyLine] = []
    problems: list[str] = []
    skipped: list[str] = []
    for number in range(columns.head + 1, len(sheet.rows)):
        cells = sheet.rows[number]
        if not any(cell.strip() for cell in cells) or _is_total(cells, columns):
            continue
        where = f"第{number + 1}行"
        day = _day(_at(cells, columns.day), first.year)
        who = company if columns.company is None else _company(_at(cells, columns.company), companies)
        if day is None:
            problems.append(f"{where}：日期“{_at(cells, columns.day)}”读不懂，请写成 {first.year}-11-11")
        elif not first <= day <= last:
            skipped.append(f"{where}：{day.month}月{day.day}日不在旺季统计期内")
        elif who is None:
            problems.append(f"{where}：企业“{_at(cells, columns.company or 0)}”不在企业档案里，请核对名称")
        else:
            lines.extend(_figures(cells, columns, number, day, who, problems))
    problems.extend(_doubled(lines))
    if not lines and not problems:
        problems.append("没有读到一个旺季统计期内的数")
    return DailyReading(tuple(lines), tuple(problems), tuple(skipped))


def _find_columns(sheet: RawSheet) -> _Columns | str:
    """The line of heads, or what is wrong."""
    for number, row in enumerate(sheet.rows[:_HEAD_LINES]):
        names = [re.sub(r"\s", "", cell) for cell in row]
        bare = [_UNIT.sub("", name) for name in names]
        day = next((n for n, name in enumerate(bare) if name in DAY_HEADS), None)
        if day is None:
            continue
        company = next(
            (n for n, b in enumerate(bare) if b.removesuffix("名称").removesuffix("简称") in COMPANY_HEADS), None
        )
        items = _items(names, {day, company})
        if isinstance(items, str):
            return items
        if items:
            return _Columns(number, day, company, items)
    return "没有找到表头：要有“日期”一列，和收寄量、应投量、妥投量中的至少一列"


def _items(names: list[str], taken: set[int | None]) -> dict[int, tuple[DailyItem, Decimal]] | str:
    kinds: dict[int, DailyItem | None] = {}
    for n, name in enumerate(names):
        if n in taken or not name or _RATE.search(name):
            continue
        if _DUE.search(name):
            kinds[n] = DailyItem.DUE
        elif _DELIVERED.search(name):
            kinds[n] = DailyItem.DELIVERED
        elif _COLLECTED.search(name):
            kinds[n] = DailyItem.COLLECTED
        elif _EITHER.search(name):
            kinds[n] = None
    either = DailyItem.DELIVERED if DailyItem.DUE in kinds.values() else DailyItem.DUE
    found: dict[int, tuple[DailyItem, Decimal]] = {}
    for n, kind in kinds.items():
        item = kind or either
        if any(item is other for other, _ in found.values()):
            return f"有两列都像{item.value}量（“{names[n]}”等），请只留一列"
        factor = _factor(names[n])
        if factor is None:
            return f"“{names[n]}”的单位看不懂，请写成件或万件"
        found[n] = (item, factor)
    return found


def _factor(name: str) -> Decimal | None:
    """件 in one of the column's units; 1 where none is written."""
    match = _UNIT.search(name)
    if match is None:
        return Decimal(1)
    unit = find_unit(match[1] or match[2])
    return unit.factor if unit is not None and unit.base == "件" else None


def _at(cells: tuple[str, ...], column: int) -> str:
    return cells[column].strip() if column < len(cells) else ""


def _is_total(cells: tuple[str, ...], columns: _Columns) -> bool:
    lead = [_at(cells, columns.day)] + ([_at(cells, columns.company)] if columns.company is not None else [])
    return any(re.sub(r"\s", "", cell).startswith(_TOTALS) for cell in lead)


def _day(text: str, year: int) -> date | None:
    found = read_date(text)
    if found is not None and found.day is not None:
        return found.day
    match = _MONTH_DAY.fullmatch(text)
    try:
        return date(year, int(match["m"] or 11), int(match["d"])) if match is not None else None
    except ValueError:
        return None


def _company(text: str, companies: CompanyIndex) -> int | None:
    found = companies.in_cell(text).one if text else None
    return None if found is None else found.id


def _figures(
    cells: tuple[str, ...], columns: _Columns, number: int, day: date, who: int, problems: list[str]
) -> list[DailyLine]:
    """The figures of one line; blanks and 未报 are no figures."""
    found = []
    for column, (item, factor) in columns.items.items():
        text = _at(cells, column)
        read = read_amount(text)
        if read.problem:
            problems.append(f"第{number + 1}行：{item.value}“{text}”不是数")
            continue
        if read.state is not CellState.VALUE or read.number is None:
            continue
        unit = find_unit(read.unit) if read.unit else None
        # 万 is multiplied into the number already; what stands behind it is 件 or 票.
        if read.unit and (unit is None or unit.base != "件"):
            problems.append(f"第{number + 1}行：{item.value}“{text}”的单位看不懂，请写件数")
            continue
        scaled = unit is not None or any(word in text for word in _SCALE_WORDS)
        value = read.number * (factor if not scaled else unit.factor if unit is not None else 1)
        if value < 0 or value != value.to_integral_value():
            problems.append(f"第{number + 1}行：{item.value}“{text}”不是整件数")
            continue
        found.append(DailyLine(number + 1, day, who, item, int(value)))
    return found


def _doubled(lines: list[DailyLine]) -> list[str]:
    seen: dict[tuple[date, int, DailyItem], DailyLine] = {}
    found = []
    for line in lines:
        other = seen.setdefault((line.day, line.enterprise_id, line.item), line)
        if other is not line and other.row != line.row:
            found.append(f"第{other.row}行和第{line.row}行是同一天同一企业的{line.item.value}，请只留一行")
    return found
