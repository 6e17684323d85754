"""分月表: months in the columns (1月 … 12月); rows = indicators of one company, or companies of one indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop_app.catalogue.lookup import find_unit, split_unit
from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.importing.dates import read_date
from desktop_app.importing.draft import Draft, Fact
from desktop_app.importing.kinds.cells import read_figure, settle_unit
from desktop_app.importing.kinds.month_totals import check_totals
from desktop_app.importing.kinds.wide import row_company
from desktop_app.importing.plan import KnownEnterprise, RowRole
from desktop_app.importing.recognise.context import settle_company
from desktop_app.importing.recognise.figures import (
    Aspect,
    FigureColumn,
    find_indicator,
    listed_units,
    names_aspect,
    read_head,
)
from desktop_app.importing.recognise.months import Mention, find_month, plain_date, stretch_words
from desktop_app.importing.recognise.report_month import NOT_A_MONTH, NOT_A_MONTH_HINT, month_sources
from desktop_app.importing.recognise.side_rows import sort_out_rows
from desktop_app.importing.recognise.units import pick, units_in
from desktop_app.importing.recognise.words import find_column
from desktop_app.models.values import Month, Span

_LEAST = 2
"""So many month columns at least make a table of months."""
_MONTH_WORD = re.compile(r"(?:20\d\d\s*[年./-]?\s*)?(?:1[0-2]|0?[1-9])\s*月份?|20\d\d[./-]?(?:1[0-2]|0?[1-9])|20\d\d年")
_RANGE = re.compile(r"(?:20\d\d\s*年?\s*)?1\s*月?\s*[-至到]\s*(?:1[0-2]|[2-9])\s*月份?(?:累计|合计)?")
_INDICATOR_WORDS = ("指标", "指标名称", "项目", "统计指标", "项目名称", "内容")


@dataclass(frozen=True)
class MonthColumn:
    """A column of one month; ``year`` None when only the title tells; ``figure`` when the head names the indicator."""

    column: int
    name: str
    number: int
    year: int | None
    figure: FigureColumn | None
    span: Span = Span.MONTH
    """累计 where the column is a stretch from January (一季度, 上半年, 全年)."""
    grown: bool = False
    """1-2月 beside 1月: the 累计 of a month that has no column of its own."""


@dataclass(frozen=True)
class Shape:
    """Where things stand in a table of months."""

    months: tuple[MonthColumn, ...]
    label: int | None
    company: int | None
    unit: int | None
    title: Indicator | None = None
    """The one indicator that the title speaks of, where neither rows nor heads name any."""
    others: tuple[int, ...] = ()
    """Columns of several months that do not begin in January (二季度): neither a month nor a 累计."""


def find_shape(draft: Draft, company: int | None) -> Shape | None:
    """The table's columns; None when fewer than two columns are months or nothing names an indicator."""
    months, others = _month_columns(draft)
    single = [month for month in months if month.span is Span.MONTH]
    # 2021年3月 beside 2020年3月 is one month with its 上年同期.
    grown = any(month.grown for month in months)
    few = not grown and (len(single) < _LEAST or len({(month.number, bool(month.figure)) for month in single}) == 1)
    if few and (single or not (months or others) or any(map(names_aspect, draft.shown))):
        return None
    unit = find_column(draft.names, ("计量单位", "单位"))
    taken = {month.column for month in months} | {unit, company} | set(others)
    label = _label_column(draft, taken)
    if label is not None or all(month.figure for month in months):
        return Shape(months, label, company, unit, None, others)
    named = titled(draft)
    if len(named) != 1:
        return Shape(months, None, company, unit, None, others) if named else None
    return Shape(months, None, company, unit, named[0], others)


def _month_columns(draft: Draft) -> tuple[tuple[MonthColumn, ...], tuple[int, ...]]:
    """Columns of months and of stretches from January, and the columns of other stretches."""
    found: list[MonthColumn] = []
    others: list[int] = []
    grown: list[MonthColumn] = []
    for column, levels in enumerate(draft.levels[: draft.table.width]):
        mention = _of_levels(levels)
        stretch = [word for level in levels if (word := stretch_words(level)) != plain_date(level).strip()]
        number = mention.month.month if mention.month else mention.number
        if mention.cumulative and number and all(_RANGE.fullmatch(plain_date(level).strip()) for level in levels):
            year = mention.month.year if mention.month else mention.year
            grown.append(MonthColumn(column, draft.shown[column], number, year, None, Span.YTD, grown=True))
        if (mention.cumulative or mention.stretch) and not stretch:
            continue
        rest = [word for level in levels if (word := _without_month(level))]
        figure = read_head(rest, column, draft.shown[column]) if rest else None
        if rest and figure is None and find_unit(rest[0]) is None and len(units_in(rest[0])) < _LEAST:
            continue
        if figure is not None and figure.aspect is not Aspect.MONTH:
            continue
        if mention.stretch:
            others.append(column)
        elif number is not None:
            year = mention.month.year if mention.month else mention.year
            span = Span.YTD if mention.cumulative else Span.MONTH
            found.append(MonthColumn(column, draft.shown[column], number, year, figure, span))
    last = max((month.number for month in found), default=12)
    beside = [name for column, name in enumerate(draft.shown) if column not in {month.column for month in grown}]
    if all(month.number > last for month in grown) and not any(map(names_aspect, beside)):
        found += grown
    return _october(draft, found), tuple(others)


def _of_levels(levels: Sequence[str]) -> Mention:
    """The month that the whole head names, else the one that a level of it names in English."""
    whole = _mention("".join(levels)) if levels else Mention()
    if whole.month is not None or whole.number is not None or whole.stretch:
        return whole
    return next((found for level in levels if (found := _mention(level)).month is not None), whole)


def _mention(text: str) -> Mention:
    """Months of a head, English ones too (Jan-22)."""
    found = find_month(text)
    if found.month is None and found.number is None and not found.stretch and text.isascii():
        date = read_date(text)
        return Mention(date.month) if date is not None and "英文" in date.why else found
    return found


def _without_month(level: str) -> str:
    """What a level says besides its month."""
    if level.isascii() and _mention(level).month is not None:
        return ""
    left = _MONTH_WORD.sub("", stretch_words(level)).strip("/ ")
    return left if "(" in left.strip("()") else left.strip("()")


def _october(draft: Draft, columns: Sequence[MonthColumn]) -> tuple[MonthColumn, ...]:
    """``2021.9, 2021.1, 2021.11``: between September and November a spreadsheet has dropped the 0 of October."""
    found = list(columns)
    for place, month in enumerate(found):
        around = [found[at].number for at in (place - 1, place + 1) if 0 <= at < len(found)]
        if month.number == 1 and month.name.endswith(".1") and {9, 11} & set(around):
            found[place] = replace(month, number=10)
            draft.ground(f"列“{month.name}”在9月、11月旁边，按10月读（末尾的 0 丢了）")
    return tuple(found)


def _label_column(draft: Draft, taken: set[int | None]) -> int | None:
    """The column whose cells name indicators: by its head, else by most of its cells."""
    named = find_column(draft.names, _INDICATOR_WORDS)
    rows = [row for row, _ in draft.body()][:100]
    columns: list[int | None] = [named, *range(min(draft.table.width, 6))]
    for column in columns:
        if column is None or column in taken:
            continue
        cells = [cell for row in rows if (cell := draft.cell(row, column))]
        known = sum(find_indicator((split_unit(cell)[0],)) is not None for cell in cells)
        if known and known * 2 >= len(cells):
            return column
    return None


def titled(draft: Draft) -> list[Indicator]:
    """Indicators that title, sheet or file name speak of, longest words first; a part hides its whole."""
    for text in (draft.table.title, draft.table.sheet.name, draft.file.stem):
        if found := _spoken(split_unit(text)[0][:80]):
            return list(found)
    return []


@lru_cache(maxsize=256)
def _spoken(text: str) -> tuple[Indicator, ...]:
    found: dict[str, Indicator] = {}
    covered: list[tuple[int, int]] = []
    for length in range(min(len(text), 24), 2, -1):
        for start in range(len(text) - length + 1):
            if any(first < start + length and start < last for first, last in covered):
                continue
            indicator = find_indicator((text[start : start + length],))
            if indicator is not None:
                found.setdefault(indicator.code, indicator)
                covered.append((start, start + length))
    return tuple(found.values())


def build(draft: Draft, shape: Shape) -> None:
    """One fact for each row and month; months after the last one that anybody filled are still to come."""
    if shape.label is None and shape.title is None and not all(month.figure for month in shape.months):
        words = "、".join(indicator.name for indicator in titled(draft))
        draft.error(
            "ASK_INDICATOR",
            f"表里各月是什么数，表题说了几个指标：{words}",
            "请企业分成几张表，或加一列“指标”写明每行是哪个指标",
        )
    if shape.others:
        heads = "”“".join(draft.shown[column] for column in shape.others)
        if not shape.months:
            draft.error("NOT_A_MONTH", f"“{heads}”{NOT_A_MONTH}", NOT_A_MONTH_HINT)
            return
        draft.ground(f"“{heads}”是几个月之和，不从1月开始，没有收")
    if shape.company is None or draft.options.company:
        settle_company(draft)
    months = _settle_months(draft, shape.months)
    if draft.stopped():
        return
    draft.mean(shape.label, "指标")
    draft.mean(shape.company, "企业")
    draft.mean(shape.unit, "单位")
    for month in months:
        _mean(draft, shape, *month)
    seen: dict[tuple[str, int | None], int] = {}
    sort_out_rows(draft, shape.company)
    for row, role in draft.body():
        if role is RowRole.TOTAL and shape.company is not None:
            draft.skipped.add(row)
        elif row not in draft.skipped:
            _read_row(draft, row, shape, months, seen)
    check_totals(draft, [(column.column, month) for column, month in months if column.span is Span.MONTH])


def _mean(draft: Draft, shape: Shape, column: MonthColumn, month: Month) -> None:
    indicator = column.figure.indicator if column.figure else shape.title
    word = "累计" if column.span is Span.YTD else ""
    draft.mean(column.column, f"{month.label}{indicator.name if indicator else ''}{word}")
    if indicator is not None and shape.company is not None:
        named = column.figure.unit if column.figure else _title_unit(draft)
        unit = settle_unit(draft, indicator, indicator.base_unit, named, column.name)
        if unit is not None:
            aspect = Aspect.YTD if column.span is Span.YTD else Aspect.MONTH
            figure = FigureColumn(column.column, column.name, indicator, aspect, unit)
            draft.figure_units[column.column] = figure, unit


def _title_unit(draft: Draft) -> Unit | None:
    return split_unit(draft.table.title)[1]


def _settle_months(draft: Draft, columns: Sequence[MonthColumn]) -> list[tuple[MonthColumn, Month]]:
    """Each column with its full month: the head's year, else the title's, sheet's or file name's."""
    year = None
    if any(column.year is None for column in columns):
        year = _year(draft)
        if year is None:
            draft.error(
                "ASK_YEAR",
                "各列只写了几月，没有找到是哪一年",
                "请在“月份”里选取哪一个月；或请企业在表题中写明年份",
                command="请用 --period 指明取哪一个月，例如 --period 2021-03；或请企业在表题中写明年份",
            )
            return []
    filled = [c.column for c in columns if any(draft.cell(row, c.column) for row, _ in draft.body())]
    last = max(filled, default=-1)
    whole = [(c, Month(c.year or year or 0, c.number)) for c in columns if c.column <= last]
    wanted = draft.options.month
    if wanted is not None:
        whole = [(c, month) for c, month in whole if month == wanted]
        draft.ground(f"月份按指定：只取{wanted.label}一列")
        if not whole:
            draft.error("MONTH_MISSING", f"表里没有{wanted.label}的数", "请核对月份")
    elif whole:
        draft.ground(f"月份：各列为{whole[0][1].label}至{whole[-1][1].label}（列名写明）")
    return whole


def _year(draft: Draft) -> int | None:
    if draft.options.month is not None:
        return draft.options.month.year
    for place, text in month_sources(draft):
        mention = find_month(text)
        if mention.month is not None or mention.year is not None:
            year = mention.month.year if mention.month else mention.year
            draft.ground(f"年份：{year}年（{place}）")
            return year
    return None


def _read_row(
    draft: Draft,
    row: int,
    shape: Shape,
    months: Sequence[tuple[MonthColumn, Month]],
    seen: dict[tuple[str, int | None], int],
) -> None:
    if not any(draft.cell(row, column.column) for column, _ in months):
        draft.skipped.add(row)
        return
    enterprise = draft.enterprise if shape.company is None else row_company(draft, row, shape.company)
    if shape.company is not None and enterprise is None:
        return
    text = draft.cell(row, shape.label)
    label = find_indicator((split_unit(text)[0],)) if text else None
    if shape.label is not None and label is None:
        draft.error(
            "UNKNOWN_INDICATOR",
            f"“{text}”不是目录里的指标" if text else "这一行没有写指标名称",
            "请按指标目录的名称填写",
            row=row,
            column=draft.name(shape.label),
            value=text,
        )
        return
    for place, month in months:
        column: MonthColumn | None = place
        indicator = label or (place.figure.indicator if place.figure else shape.title)
        if place.span is Span.YTD and indicator is not None and not indicator.kind.adds_over_months:
            # What there is at the end of a quarter stands in its last month, if that has a column.
            beside = any(month == other and c.span is Span.MONTH for c, other in months)
            column = None if beside else replace(place, span=Span.MONTH)
        if indicator is not None and column is not None:
            _read_cell(draft, row, shape, column, month, indicator, enterprise)
    one = label or shape.title
    code = one.code if one is not None else ""
    _no_double_row(draft, row, (code, enterprise.id if enterprise else None), seen)


def _no_double_row(
    draft: Draft, row: int, owner: tuple[str, int | None], seen: dict[tuple[str, int | None], int]
) -> None:
    earlier = seen.setdefault(owner, row)
    if earlier != row:
        draft.error("DUPLICATE_ROW", f"同一企业、同一指标在第{earlier + 1}行已经有了", "请删去重复的一行", row=row)


def _read_cell(
    draft: Draft,
    row: int,
    shape: Shape,
    column: MonthColumn,
    month: Month,
    indicator: Indicator,
    enterprise: KnownEnterprise | None,
) -> None:
    named = find_unit(draft.cell(row, shape.unit)) or split_unit(draft.cell(row, shape.label))[1]
    listed = pick(listed_units(draft.levels[column.column]), indicator.base_unit)
    named = named or (column.figure.unit if column.figure else None) or listed or _title_unit(draft)
    if named is not None and named.base != indicator.base_unit and shape.label is not None and shape.unit is None:
        # A title that speaks of several units names none for this row.
        named = split_unit(draft.cell(row, shape.label))[1]
    unit = settle_unit(draft, indicator, indicator.base_unit, named, column.name)
    figure = None if unit is None else read_figure(draft, row, column.column, column.name, unit)
    if figure is not None:
        draft.facts.append(Fact(indicator, month, column.span, draft.region, enterprise, figure))
