"""Finding the head of a table (表头): its first row, how many rows it has, and the joined names of the columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.importing.columns import is_time, typed_columns, worded
from desktop_app.importing.lines import (
    is_index_line,
    is_key_value,
    is_number,
    is_ordinal,
    is_total,
    is_year,
    names_unit_beside,
)
from desktop_app.importing.preamble import is_pairs, keys_above
from desktop_app.importing.recognise.months import find_month

_SEARCH_LINES = 60
_MAX_HEAD_ROWS = 4
_USUAL_HEAD_ROWS = 3
_NUMERIC_SHARE = 0.2
_MAX_PAIR_LINES = 8
_LEAST_MONTHS = 2
_MOST_MONTHS = 36
_LEAST_TRANSLATED = 2
_LATIN, _HAN = re.compile("[A-Za-z]{2}"), re.compile("[\u4e00-\u9fff]")
_LEAST_DAYS, _MOST_DAYS = 5, 31
_WEEKDAY = re.compile(r"(?:周|星期)?[一二三四五六日天]")
_RATE = re.compile(r"\d{1,2}(?:\.\d+)?[%％]")
_MONTH = re.compile(r"(20\d\d)[./-]?(0?[1-9]|1[0-2])")

_PERIOD_LABELS = {
    *("报告期", "报告期别", "报表期", "统计时间", "统计期间", "统计月份", "统计周期", "数据期", "数据月份", "数据时间"),
    *("所属期", "所属月份", "月份", "期间", "时间", "日期", "年月", "查询时间", "查询月份"),
}

Row = Sequence[str]


@dataclass(frozen=True)
class Head:
    """Rows of the head (0-based) and for each column its names from top to bottom, empty levels left out."""

    rows: tuple[int, ...]
    index_row: int | None
    levels: tuple[tuple[str, ...], ...]

    @property
    def last(self) -> int:
        """Last row of the head, the line of column numbers included."""
        return max((*self.rows, -1 if self.index_row is None else self.index_row))


def find_head(grid: Sequence[Row], is_unit: Callable[[str], bool], lengths: Sequence[int] | None = None) -> Head | None:
    """The first line that reads like a head above lines that read like its data; ``None`` when there is none.

    :param grid: stripped cells, merged ranges filled.
    :param is_unit: tells whether a text is a unit of measurement (a line of units belongs to the head).
    :param lengths: cells of each line as written, where the lines of a text file differ in that.
    """
    typical = _typical_width(grid)
    usual = _usual_length(lengths, grid)
    skipped = keys_above(grid, lengths)
    for place, row in enumerate(grid[:_SEARCH_LINES]):
        if place < skipped or (lengths is not None and lengths[place] * 2 <= usual) or _is_period(grid, place):
            continue
        opens = (
            _reads_like_head(row, typical)
            or _years_above(grid, place, typical)
            or _years_over_figures(grid, place)
            or _rates_over_figures(grid, place)
            or _groups_above(grid, place, typical)
        )
        if opens and _has_data_below(grid, place):
            grouped = place + 1 < len(grid) and _continues(row, grid[place + 1], is_unit)
            return _complete(grid, place if grouped else _below_pairs(grid, place, typical), is_unit)
        if _reads_like_data(row, typical) and not is_pairs(row):
            return None
    return None


def _below_pairs(grid: Sequence[Row], place: int, typical: int) -> int:
    """Behind lines of “name, value, name, value”, if a line of names over figures follows; else the line itself."""
    at = place
    while at + 1 < min(len(grid), place + _MAX_PAIR_LINES) and is_pairs(grid[at]):
        at += 1
        if _reads_like_head(grid[at], typical) and worded(grid[at], typed_columns(grid, at + 1)):
            return at
    return place


def _usual_length(lengths: Sequence[int] | None, grid: Sequence[Row]) -> int:
    """Commonest number of cells as written, among the lines with at least two."""
    counts: dict[int, int] = {}
    for length, row in zip(lengths or (), grid, strict=False):
        if length > 1 and any(row):
            counts[length] = counts.get(length, 0) + 1
    return max(counts, key=lambda length: (counts[length], length)) if counts else 0


def _reads_like_data(row: Row, typical: int) -> bool:
    """A full line with figures above any head: the table has none."""
    filled = [row[column] for column in _filled(row)]
    if _distinct(row) < 2 or len(filled) * 5 < typical * 4 or is_key_value(row) or is_total(row):
        return False
    return _figures(filled) > _NUMERIC_SHARE * len(filled)


def _figures(cells: Sequence[str]) -> int:
    return sum((is_number(cell) and not is_year(cell)) or is_time(cell) for cell in cells)


def _filled(row: Row) -> list[int]:
    return [column for column, cell in enumerate(row) if cell]


def _distinct(row: Row) -> int:
    """Filled cells, a merged range counted once."""
    return sum(1 for column, cell in enumerate(row) if cell and (column == 0 or row[column - 1] != cell))


def _typical_width(grid: Sequence[Row]) -> int:
    """Commonest number of filled cells among the lines with at least two."""
    counts: dict[int, int] = {}
    for row in grid[:200]:
        width = _distinct(row)
        if width > 1:
            counts[width] = counts.get(width, 0) + 1
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0


def _reads_like_head(row: Row, typical: int) -> bool:
    filled = [row[column] for column in _filled(row)]
    if _distinct(row) < 2 or _distinct(row) * 3 < typical:
        return False
    if (
        is_key_value(row)
        or names_unit_beside(row)
        or (is_total(row) and not _names_a_total(filled) and not _names_months(filled))
    ):
        return False
    if _figures(filled) > _NUMERIC_SHARE * len(filled):
        return _names_months(filled)
    return not all(is_year(cell) for cell in filled)


def _names_months(filled: Sequence[str]) -> bool:
    """``指标, 单位, 2021.1, 2021.2`` or ``姓名, 1, 2, … 31``: all figures are months, each once, or days."""
    figures = [cell for cell in filled if is_number(cell)]
    days = [str(day) for day in range(1, len(figures) + 1)]
    if _LEAST_DAYS <= len(days) <= _MOST_DAYS and figures == days and not is_number(filled[0]):
        return not is_index_line(filled)
    return not is_number(filled[0]) and len(set(figures)) == len(figures) and _all_months(figures)


def _all_months(cells: Sequence[str]) -> bool:
    """At least two months near each other, written as figures (2021.1, 202101)."""
    months = [_MONTH.fullmatch(cell) for cell in cells]
    numbers = [int(match[1]) * 12 + int(match[2]) for match in months if match]
    return _LEAST_MONTHS <= len(numbers) == len(cells) and max(numbers) - min(numbers) < _MOST_MONTHS


def _is_period(grid: Sequence[Row], place: int) -> bool:
    """``报告期, 2021年3月`` over a line with more cells."""
    filled = [cell for cell in grid[place] if cell]
    if len(filled) != 2 or filled[0].rstrip("：: ") not in _PERIOD_LABELS or find_month(filled[1]).month is None:
        return False
    return any(_distinct(row) > 2 for row in grid[place + 1 : place + 3])


def _names_a_total(filled: Sequence[str]) -> bool:
    """``企业名称, 业务量合计, 同城``: names of columns, one of which is a total."""
    return len(filled) > 2 and not is_total(filled[:1]) and not any(map(is_number, filled))


def _years_above(grid: Sequence[Row], place: int, typical: int) -> bool:
    """``2020年, , 2019年,`` over names: groups of columns."""
    filled = [cell for cell in grid[place] if cell]
    if _distinct(grid[place]) < 2 or not all(map(is_year, filled)) or grid[place][0] or place + 1 >= len(grid):
        return False
    below = grid[place + 1]
    return _reads_like_head(below, typical) and not any(map(is_number, below))


def _years_over_figures(grid: Sequence[Row], place: int) -> bool:
    """``, 2018, 2019, 2020`` over ``法人企业, 12, 14, 15``: years one after the other, under no other name."""
    row = grid[place]
    below = next((line for line in grid[place + 1 :] if any(line)), ())
    columns = _filled(row)
    years = [int(row[column][:4]) for column in columns if is_year(row[column])]
    if len(columns) < _LEAST_MONTHS or len(years) < len(columns) or row[0] or not below or not below[0]:
        return False
    ordered = years in (sorted(set(years)), sorted(set(years), reverse=True))
    return ordered and not is_number(below[0]) and any(is_number(below[c]) for c in columns if c < len(below))


def _rates_over_figures(grid: Sequence[Row], place: int) -> bool:
    """``项目, 合计, 13%, 9%, 6%`` over figures that are no rates: the rates are names (税率)."""
    row, below = grid[place], next((line for line in grid[place + 1 :] if any(line)), ())
    rates = [column for column in _filled(row) if _RATE.fullmatch(row[column])]
    others = [column for column in _filled(row) if column not in rates]
    if len(rates) < _LEAST_MONTHS or len({row[c] for c in rates}) < len(rates) or len(others) < _LEAST_MONTHS:
        return False
    figures = [below[column] for column in rates if column < len(below)]
    return not any(is_number(row[c]) for c in others) and all(is_number(f) and "%" not in f for f in figures)


def _groups_above(grid: Sequence[Row], place: int, typical: int) -> bool:
    """``企业名称, 业务量, , , 业务收入, , `` over ``, 本月, 累计, 同比, 本月, 累计, 同比``: few names, but of groups.

    A line of a preamble has none of its words over several names that return below its other words.
    """
    row, below = grid[place], grid[place + 1] if place + 1 < len(grid) else ()
    figures = [cell for cell in below if is_number(cell)]
    if _distinct(row) < 2 or is_key_value(row) or any(map(is_number, row)) or (figures and not _all_months(figures)):
        return False
    named = _names_by_group(row, below)
    under = len(named) > 1 and (set(named[0]).intersection(*named[1:]) or _continues(row, below, _no_unit))
    if not under:
        return False
    return _reads_like_head(below, typical) or _groups_above(grid, place + 1, typical) or not row[0] or not below[0]


def _no_unit(_text: str) -> bool:
    """For lines whose units do not matter."""
    return False


def _names_by_group(upper: Row, lower: Row) -> list[list[str]]:
    """The names below each group of the upper line; empty where the lower line leaves a group's column open."""
    starts = [c for c, cell in enumerate(upper) if cell and (c == 0 or upper[c - 1] != cell)]
    named: list[list[str]] = []
    for start, end in zip(starts, [*starts[1:], len(lower)], strict=True):
        names = [cell for cell in lower[start:end] if cell and cell != upper[start]]
        if len(names) > 1:
            named.append(names)
    return named


def _has_data_below(grid: Sequence[Row], place: int) -> bool:
    """The next filled lines use columns of the head; a head of a table without rows counts as well."""
    below = [row for row in grid[place + 1 : place + 12] if any(row)]
    if not below:
        return True
    if any(len(_filled(row)) >= 2 for row in below[:4]):
        return True
    # Columns that are seldom filled: the line is as wide as any below it, so it is no title.
    return max(len(_filled(row)) for row in grid[place + 1 :]) <= len(_filled(grid[place]))


def _complete(grid: Sequence[Row], first: int, is_unit: Callable[[str], bool]) -> Head:
    rows = [first]
    merged = list(grid[first])
    # Of a table with a single line of data below two lines of names that line must do.
    behind = first + _USUAL_HEAD_ROWS
    typed = typed_columns(grid, behind) or typed_columns(grid, behind - 1)
    while len(rows) < _MAX_HEAD_ROWS and rows[-1] + 1 < len(grid):
        below = grid[rows[-1] + 1]
        if not _continues(merged, below, is_unit) and (
            len(rows) >= _USUAL_HEAD_ROWS or not _names_again(grid[rows[-1]], below, grid[first], typed)
        ):
            break
        rows.append(rows[-1] + 1)
        merged = [
            (below[column] if column < len(below) else "") or (merged[column] if column < len(merged) else "")
            for column in range(max(len(merged), len(below)))
        ]
    after = rows[-1] + 1
    index_row = after if _is_index(grid, after) or _counts(grid, after) else None
    return Head(tuple(rows), index_row, name_levels(grid, rows, is_unit))


def _names_again(above: Row, row: Row, first: Row, typed: Sequence[int]) -> bool:
    """The line is the first one again, names all columns of figures, or says the names above in another tongue."""
    return row == first or worded(row, typed) or _weekdays(row) or _translates(above, row, typed)


def _translates(above: Row, row: Row, typed: Sequence[int]) -> bool:
    """``函件, , 快递,`` over ``Letters, , Express,``: Latin words below the Chinese ones, in columns of figures too."""
    filled = _filled(row)
    if len(filled) < _LEAST_TRANSLATED or not set(typed).intersection(filled) or not set(filled) <= set(_filled(above)):
        return False
    foreign = all(_LATIN.search(row[column]) and not _HAN.search(row[column]) for column in filled)
    return foreign and sum(_HAN.search(above[column]) is not None for column in filled) * 2 > len(filled)


def _weekdays(row: Row) -> bool:
    """``, , 一, 二, 三, 四, 五, 六, 日`` below the days of a month."""
    days = sum(_WEEKDAY.fullmatch(cell) is not None for cell in row)
    return days >= _LEAST_DAYS and days + 2 >= sum(map(bool, row))


def _is_index(grid: Sequence[Row], place: int) -> bool:
    """``甲 1 2 3`` over lines of another kind: over a line 乙, or over none, 甲 is a name and these are its figures."""
    if place >= len(grid) or not is_index_line(grid[place]):
        return False
    if sum(map(is_ordinal, grid[place])) > 1 or not is_ordinal(grid[place][0]):
        return True
    below = [row for row in grid[place + 1 :] if any(row)]
    return bool(below) and not any(is_ordinal(row[0]) for row in below)


def _counts(grid: Sequence[Row], place: int) -> bool:
    """``1 2 3 4`` under all names, and words below its first: the numbers of the columns."""
    row = grid[place] if place < len(grid) else ()
    below = grid[place + 1] if place + 1 < len(grid) else ()
    numbers = [str(number) for number in range(1, len(row) + 1)]
    return len(row) > 3 and list(row) == numbers and bool(below) and bool(below[0]) and not is_number(below[0])


def _continues(upper: Row, lower: Row, is_unit: Callable[[str], bool]) -> bool:
    """Whether ``lower`` is one more line of the head.

    Either every filled cell is a unit, or it fills only columns that the line above left open (below a group name)
    and repeats or leaves blank the others. A data line fills its key columns and so fails this.
    """
    filled = _filled(lower)
    if not filled or is_index_line(lower):
        return False
    figures = [lower[column] for column in filled if is_number(lower[column]) and not is_year(lower[column])]
    if figures and not _all_months(figures):
        return False
    if all(is_unit(lower[column].strip("()（）")) for column in filled):
        return True
    new = False
    spans = _group_columns(upper, max(len(upper), len(lower)))
    for column in filled:
        above = upper[column] if column < len(upper) else ""
        if above == lower[column] or is_unit(lower[column].strip("()（）")):
            continue
        if column not in spans:
            return False
        new = True
    return new


def _group_columns(upper: Row, width: int) -> set[int]:
    """Columns that belong to a group name: blanks to the right of a name, or a name repeated by a merge."""
    columns: set[int] = set()
    start = 0
    names = [upper[column] if column < len(upper) else "" for column in range(width)]
    for column in range(1, width + 1):
        if column == width or (names[column] and names[column] != names[start]):
            if column - start > 1:
                columns.update(range(start, column))
            start = column
    return columns


def name_levels(
    grid: Sequence[Row], rows: Sequence[int], is_unit: Callable[[str], bool]
) -> tuple[tuple[str, ...], ...]:
    """For each column its names in the rows of the head, from top to bottom, group names carried to the right."""
    width = max(len(grid[row]) for row in rows)
    lines = [[grid[row][column] if column < len(grid[row]) else "" for column in range(width)] for row in rows]
    # From the lowest line up: a name in the middle is carried to the right before the group above it is.
    for at in range(len(lines) - 1, 0, -1):
        if not all(is_unit(cell.strip("()（）")) for cell in lines[at] if cell):
            _fill_groups(lines[at - 1], lines[at], lines[: at - 1])
    names = []
    for column in range(width):
        levels: list[str] = []
        for line in lines:
            if line[column] and (not levels or levels[-1] != line[column]):
                levels.append(line[column])
        names.append(tuple(levels))
    return tuple(names)


def _fill_groups(above: list[str], below: Sequence[str], higher: Sequence[Sequence[str]]) -> None:
    """Carry a group name to the right over its sub-columns, as far as no line higher up names another group."""
    for column in range(1, len(above)):
        if above[column] or not below[column] or not above[column - 1] or not below[column - 1]:
            continue
        if not any(line[column] and line[column] != line[column - 1] for line in higher):
            above[column] = above[column - 1]
