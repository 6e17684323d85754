"""Columns headed by a year alone (2020年, 2021年) where the title names the month: it is that month of each year."""

from __future__ import annotations

import re

from desktop_app.importing.draft import Draft
from desktop_app.importing.recognise.figures import read_head
from desktop_app.importing.recognise.months import Mention, find_month, plain_date
from desktop_app.importing.recognise.report_month import month_sources
from desktop_app.models.values import Month

_YEAR = re.compile(r"(20\d\d)年?度?(?![\d/.-]|.*[月季半])(.*)")
_MONTH = re.compile(r"(20\d\d)[年./-](1[0-2]|0?[1-9])月?份?(?![\d/.月份日-])(.+)")
_PLACES = ("表题", "表头说明", "工作表名", "文件名")


def year_columns(draft: Draft) -> dict[int, tuple[int, int, str]]:
    """Columns of such a head: which level says the year, the year, and what else the level says."""
    found: dict[int, tuple[int, int, str]] = {}
    for column, levels in enumerate(draft.levels):
        for at, level in enumerate(levels):
            match = _YEAR.fullmatch(plain_date(level).strip())
            if match is not None and column not in draft.said and column not in draft.by_profile:
                found[column] = at, int(match[1]), match[2]
                break
    return found


def settle_month_heads(draft: Draft) -> None:
    """Heads that name measure and month (2021年4月业务量): 本月, beside the same month a year before 上年同期."""
    found: dict[int, tuple[int, Month, str]] = {}
    for column, levels in enumerate(draft.levels):
        for at, level in enumerate(levels):
            match = _MONTH.fullmatch(plain_date(level).strip())
            if match is None or column in draft.said or column in draft.by_profile:
                continue
            if read_head((*levels[:at], match[3], *levels[at + 1 :]), column, draft.shown[column]) is not None:
                found[column] = at, Month(int(match[1]), int(match[2])), match[3]
    months = sorted({month for _, month, _ in found.values()})
    if not months or months[1:] not in ([], [months[0].shift(12)]):
        return
    changed = [list(each) for each in draft.levels]
    for column, (at, month, rest) in found.items():
        changed[column][at] = ("本月" if month == months[-1] else "上年同期") + rest
    draft.levels = tuple(tuple(each) for each in changed)
    draft.names = tuple("/".join(each) for each in draft.levels)
    draft.head_month = months[-1]


def settle_years(draft: Draft) -> None:
    """Give such columns the month of the title, where they are of two years and the later is the title's own."""
    found = year_columns(draft)
    years = sorted({year for _, year, _ in found.values()})
    if len(years) != 2 or years[1] != years[0] + 1:
        return
    told = next((m for place, m in _mentions(draft) if m.month or m.number or m.stretch or m.annual), None)
    number = 0 if told is None or told.stretch else told.month.month if told.month else told.number or 0
    own = told is not None and (told.month.year if told.month else told.year) in {None, years[1]}
    if told is None or not number or not own:
        return
    words = f"1-{number}月" if told.cumulative and number > 1 else f"{number}月"
    heads = [f"{year}年{words}" for year in years]
    if told.month is not None:
        # The title says the year too: the columns are its figures and those of the year before.
        heads = ["上年累计", "本年累计"] if told.cumulative else ["上年同期", "本月"]
    levels = [list(each) for each in draft.levels]
    for column, (at, year, rest) in found.items():
        levels[column][at] = heads[years.index(year)] + rest
    draft.levels = tuple(tuple(each) for each in levels)
    draft.names = tuple("/".join(each) for each in draft.levels)
    draft.ground(f"列名只写了{years[0]}年、{years[1]}年：表题写明{words}，按各年的{words}读")


def _mentions(draft: Draft) -> list[tuple[str, Mention]]:
    return [(place, find_month(text)) for place, text in month_sources(draft) if place in _PLACES]


def years_without_month(draft: Draft) -> str:
    """The years of such columns where no month is named, for telling; empty where there are none."""
    years = sorted({year for _, year, _ in year_columns(draft).values()})
    return "、".join(f"{year}年" for year in years) if len(years) > 1 else ""
