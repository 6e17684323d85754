"""Heads of 国邮定2.1表 and its relatives: which columns hold 本期, 上年同期, 同比, 累计, and which names the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from desktop_app.catalogue.lookup import find_unit, split_unit
from desktop_app.catalogue.model import Indicator, Unit
from desktop_app.importing.draft import Draft
from desktop_app.importing.lines import is_number
from desktop_app.importing.recognise.figures import Aspect, find_indicator, listed_units, names_aspect, split_aspect
from desktop_app.importing.recognise.months import Mention, find_month, plain_date, stretch_head
from desktop_app.importing.recognise.words import find_column

_LOOKED = 3000
"""Rows that are looked at: a form has a few dozen."""
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|计)$")
_NUMBERING = re.compile(r"^(?:[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[)）、.．]\s*|其中\s*[:：]?\s*|[#·*-]\s*)+")
_THIS_YEAR = {"本年", "今年", "当年", "数值", "数量", "金额", "完成"}
_LONE_VALUES = {"数量", "数值", "数", "金额", "完成情况", "完成数", "填报数", "数据", "报送数"}
_MONTH_HEAD = re.compile(r"(?:20\d\d年)?(?:1[0-2]|0?[1-9])月份?(?:当月)?(?:完成|实际|发生|业务)?(?:数|量|额|值)?")
_OF_TIME = re.compile("[月期]")
_CURRENT = {Aspect.MONTH, Aspect.YTD}
_AFTER_YTD = {Aspect.PREVIOUS_YEAR: Aspect.YTD_PREVIOUS_YEAR, Aspect.YOY: Aspect.YTD_YOY}


@dataclass(frozen=True)
class ValueColumn:
    """A column of figures: its aspect, and the measure that its head names (空 when the rows name it)."""

    column: int
    name: str
    aspect: Aspect
    measure: tuple[str, ...]
    unit: Unit | None
    listed: tuple[Unit, ...] = ()
    """Units of a head that names several (本月（万件、万元）)."""
    until: int = 0
    """Month of the year that a stretch from January ends with (一季度: 3); 0 where the head names none."""


@dataclass(frozen=True)
class Shape:
    """Where things stand in an official form."""

    label: int
    values: tuple[ValueColumn, ...]
    unit: int | None
    code: int | None


_NAME_HEADS = ("指标", "指标名称", "统计指标", "项目")


def find_shape(draft: Draft) -> Shape | None:
    """The form's columns, or None when the table is not of this kind.

    At least two rows must name indicators; the only row of a table does in a column that is headed so.
    """
    values = _value_columns(draft)
    if not values:
        return None
    unit = find_column(draft.names, ("计量单位", "单位"))
    code = find_column(draft.names, ("指标代码", "代码", "行次", "行号", "序号"))
    taken = {value.column for value in values} | {unit, code}
    lone = len(draft.table.data_rows) + len(draft.table.total_rows) == 1
    named = find_column(draft.names, _NAME_HEADS) if lone else None
    best, most = None, 1
    for column in range(draft.table.width):
        if column in taken:
            continue
        found = _indicators_of(draft, column, values)
        if len(found) > most or (found and column == named):
            best, most = column, len(found)
    return None if best is None else Shape(best, values, unit, code)


def _indicators_of(draft: Draft, column: int, values: Sequence[ValueColumn]) -> set[str]:
    """Codes of the indicators that the cells of a column name, alone, behind a section's name or with a measure."""
    measures = list(dict.fromkeys(value.measure for value in values))
    found: set[str] = set()
    section: tuple[str, ...] = ()
    for row, _ in islice(draft.body(), _LOOKED):
        label = row_label(draft.cell(row, column))
        if not label or is_number(label):
            continue
        own = find_indicator((label,))
        section = (label,) if own is not None and own.parts else section
        for words in (*measures, section):
            if indicator := under_measure(words, label):
                found.add(indicator.code)
                break
    return found


def _value_columns(draft: Draft) -> tuple[ValueColumn, ...]:
    by_month = _month_heads(draft)
    columns: list[ValueColumn] = []
    seen: set[tuple[Aspect, tuple[str, ...]]] = set()
    for column, levels in enumerate(draft.levels):
        value = _value_column(column, levels, draft.shown[column])
        if column in by_month:
            unit = split_unit(levels[-1])[1]
            value = ValueColumn(column, draft.shown[column], by_month[column], (), unit, tuple(listed_units(levels)))
        if value is None and (until := stretch_head("".join(levels))):
            unit, listed = split_unit(levels[-1])[1], tuple(listed_units(levels))
            value = ValueColumn(column, draft.shown[column], Aspect.YTD, (), unit, listed, until)
        if value is None:
            continue
        after_ytd = (Aspect.YTD, value.measure) in seen
        if (value.aspect, value.measure) in seen and after_ytd and value.aspect in _AFTER_YTD:
            value = replace(value, aspect=_AFTER_YTD[value.aspect])
        seen.add((value.aspect, value.measure))
        columns.append(value)
    columns = [value for value in columns if not _gives_way(value, columns)]
    return tuple(columns) if any(v.aspect in _CURRENT for v in columns) else _lone_value(draft) or tuple(columns)


def _gives_way(value: ValueColumn, columns: Sequence[ValueColumn]) -> bool:
    """完成数 beside 本月: only one is the month's, and it is the one that says so."""
    others = (v for v in columns if v is not value and (v.aspect, v.measure) == (value.aspect, value.measure))
    return (
        value.aspect is Aspect.MONTH
        and not _OF_TIME.search(value.name)
        and any(_OF_TIME.search(v.name) for v in others)
    )


def _lone_value(draft: Draft) -> tuple[ValueColumn, ...]:
    """指标 | 数量: the only column of figures, whatever it is called, is the month's."""
    found = [
        ValueColumn(
            column, draft.shown[column], Aspect.MONTH, (), split_unit(levels[-1])[1], tuple(listed_units(levels))
        )
        for column, levels in enumerate(draft.levels)
        if levels and split_unit(levels[-1])[0] in _LONE_VALUES
    ]
    return tuple(found) if len(found) == 1 else ()


def _month_heads(draft: Draft) -> dict[int, Aspect]:
    """Columns named by their month: 3月完成; 2021年3月 beside 2020年3月 (上年同期)."""
    found: dict[int, Mention] = {}
    for column, levels in enumerate(draft.levels):
        name = split_unit("".join(levels))[0]
        if levels and _MONTH_HEAD.fullmatch(plain_date(name).replace(" ", "")):
            found[column] = find_month(name)
    numbers = {mention.month.month if mention.month else mention.number for mention in found.values()}
    years = sorted(mention.month.year if mention.month else 0 for mention in found.values())
    if len(numbers) != 1 or len(found) > 2 or (len(found) == 2 and years[1] - years[0] != 1):
        return {}
    last = max(years)
    return {
        column: Aspect.MONTH if (mention.month.year if mention.month else 0) == last else Aspect.PREVIOUS_YEAR
        for column, mention in found.items()
    }


def _value_column(column: int, levels: Sequence[str], name: str) -> ValueColumn | None:
    """A head that names an aspect, alone or below a measure."""
    unit: Unit | None = None
    words: list[str] = []
    for level in levels:
        word, found = split_unit(level)
        alone = find_unit(level.strip("()（） "))
        unit = found or alone or unit
        if alone is None:
            words.append(word)
    aspect, rest = split_aspect(words)
    named = any(map(names_aspect, words))
    rest = [word for word in rest if word not in _THIS_YEAR]
    if rest and find_indicator(tuple(rest)) is None:
        return None
    if not rest and not named:
        return None
    return ValueColumn(column, name, aspect, tuple(rest), unit, tuple(listed_units(levels)))


def row_label(text: str) -> str:
    """A row's name without its unit, numbering and 其中."""
    return _NUMBERING.sub("", split_unit(text)[0]).strip()


def under_measure(measure: tuple[str, ...], label: str) -> Indicator | None:
    """The indicator of a row below a measure or a section; 合计 is the measure itself."""
    if _TOTAL.match("".join(label.split())):
        return find_indicator(measure)
    return find_indicator((*measure, label))
