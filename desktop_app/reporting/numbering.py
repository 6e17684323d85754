"""Numbers that every writer gives alike: 一、（一）1.（1） for headings, 1, 2, 3 for tables and charts."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 → 一, 10 → 十, 12 → 十二, 35 → 三十五; for 1 … 99."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading number: {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones else "")


class Numbers:
    """Counts through one document. A heading starts the count of all deeper levels anew."""

    def __init__(self) -> None:
        self._headings = [0, 0, 0, 0, 0]
        self._tables = 0
        self._charts = 0

    def heading(self, level: int) -> str:
        """Number of the next heading of this level (0 … 4), with its mark; 0 is a part (第一部分)."""
        self._headings[level] += 1
        self._headings[level + 1 :] = [0] * (4 - level)
        number = self._headings[level]
        match level:
            case 0:
                return f"第{chinese_number(number)}部分\u3000"
            case 1:
                return f"{chinese_number(number)}、"
            case 2:
                return f"（{chinese_number(number)}）"
            case 3:
                return f"{number}."
            case _:
                return f"（{number}）"

    def table(self, title: str, *, numbered: bool = True) -> str:
        """Caption of the next table: 表3　title; of one that is not counted the title alone."""
        if not numbered:
            return title
        self._tables += 1
        return f"表{self._tables}\u3000{title}"

    def chart(self) -> int:
        """Number of the next chart."""
        self._charts += 1
        return self._charts
