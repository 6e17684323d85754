"""Lines of “name, value” above a table (仪器、网银导出文件头): they look like a narrow table and are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.importing.columns import is_typed

Row = Sequence[str]
_SEARCH_LINES = 60
_LABEL = re.compile(
    r"(?:名称|编号|单号|账号|帐号|卡号|税号|户号|户名|姓名|号码|代码|月份|账期|日期|期间|时间|电话|地址|币种|机构)[:：]?$"
)
"""Words that label a value; the first column of a table holds nothing but them only where it is no table."""
_LEAST_LINES = 2
_MAX_PAIRS = 15
_FEW_PAIRS = 5


def keys_above(grid: Sequence[Row], lengths: Sequence[int] | None) -> int:
    """How many lines at the top belong to such a block; 0 where there is none.

    :param grid: stripped cells.
    :param lengths: cells of each line as written, where the lines differ in that.
    """
    pairs: list[Row] = []
    for place, row in enumerate(grid[:_SEARCH_LINES]):
        filled = [column for column, cell in enumerate(row) if cell]
        if len(filled) > 2 or (filled and filled[-1] > 1):
            return place if _is_block(grid, place, pairs, lengths) else 0
        if lengths is not None and lengths[place] > 2:
            lengths = None
        if len(filled) == 2:
            pairs.append(row)
    return 0


def _is_block(grid: Sequence[Row], end: int, pairs: Sequence[Row], lengths: Sequence[int] | None) -> bool:
    """The lines above ``end`` are pairs that are no table of two columns, and a wider table begins there."""
    wider = sum(sum(map(bool, row)) > 2 for row in grid[end : end + _SEARCH_LINES])
    if not 0 < len(pairs) <= _MAX_PAIRS or wider < (len(pairs) if len(pairs) > _FEW_PAIRS else _LEAST_LINES):
        return False
    like_table = len(pairs) > 2 and not is_typed(pairs[0][1]) and all(is_typed(row[1]) for row in pairs[1:])
    if like_table and not all(_LABEL.search(row[0]) for row in pairs):
        return False
    if not any(grid[end - 1]):
        return True
    # Directly above a wider line a single pair may be names of groups or of columns.
    return bool(grid[end][0]) and not any(map(is_typed, grid[end])) and (lengths is not None or len(pairs) > 1)


def is_pairs(row: Row) -> bool:
    """``账号, 123, 户名, 张三``: words and values by turns, some of the values with digits."""
    filled = [cell for cell in row if cell]
    if len(filled) < 4 or len(filled) % 2:
        return False
    names, values = filled[::2], filled[1::2]
    return not any(map(_has_digit, names)) and any(map(_has_digit, values))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
