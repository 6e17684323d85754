"""What the columns of a table hold: figures, dates and times, or words; so a line of names differs from data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.importing.lines import cells_of, is_number, is_total

_DATE_OR_TIME = re.compile(
    r"\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?(?:[ T]\d{1,2}:\d{2}.*)?月?|"
    r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?"
)
_PLACEHOLDERS = {
    *("-", "--", "—", "——", "…", "……", "/", "\\", "*", "**", "x", "..", "...", "?", "？"),
    *("无", "不详", "未报", "未填", "暂无", "缺", "空", "#n/a", "#ref!", "#div/0!", "#value!"),
    *("na", "n/a", "nan", "none", "null", "nil", "unknown", "tbc", "tba"),
}
_SAMPLE = 60
_LONGEST = 60
_MOSTLY = 0.8


def is_typed(text: str) -> bool:
    """A figure, a date or a time."""
    return is_number(text) or (len(text) < _LONGEST and _DATE_OR_TIME.fullmatch(text) is not None)


def is_time(text: str) -> bool:
    """A time of day; never the name of a column, as a date may be."""
    return ":" in text and text[:1].isdigit() and _DATE_OR_TIME.fullmatch(text) is not None


def typed_columns(cells: Sequence[Sequence[str]], start: int) -> list[int]:
    """Columns that hold figures, dates or times in most of the lines from ``start`` on."""
    sample = [row for row in cells[start : start + _SAMPLE] if sum(map(bool, row)) > 1 and not is_total(row)]
    while len(sample) > 1 and cells_of(sample[-1]) == 1:
        # A note below the table, merged over all its columns.
        sample.pop()
    width = len(cells[0]) if cells else 0
    found = []
    for column in range(width):
        values = [row[column] for row in sample if row[column] and row[column].lower() not in _PLACEHOLDERS]
        if len(values) * 2 >= len(sample) and values and sum(map(is_typed, values)) >= _MOSTLY * len(values):
            found.append(column)
    return found


def worded(row: Sequence[str], typed: Sequence[int], least: int = 2) -> bool:
    """Words stand in all the columns that hold figures and dates further down: a line of names, not of data.

    Signs for “no value” (—, 未报, N/A) are data.
    """
    texts = [row[column] for column in typed if column < len(row)]
    if len(typed) < least or not texts:
        return False
    if any(text.lower() in _PLACEHOLDERS or is_typed(text) for text in texts if text):
        return False
    return sum(map(bool, texts)) * 2 > len(typed)
