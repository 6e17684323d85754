"""Workbook values → the text a person sees: exact decimals, ISO dates, percent as percent."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ZERO_PAD = re.compile(r"0{2,}")


def number_text(value: float, number_format: str = "General") -> str:
    """Shortest exact decimal text of a stored number: no exponent, no binary tail.

    Spreadsheets keep 15 significant digits, so that many are taken. A percent format multiplies by 100 and adds
    ``%`` (0.964 → 96.4%); a format of zeros only pads (``000000`` keeps the zeros of a code).
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    bare = _QUOTED.sub("", number_format).split(";")[0]
    if "%" in bare:
        return _plain(number * 100) + "%"
    text = _plain(number)
    if _ZERO_PAD.fullmatch(bare) and text.isdigit():
        return text.zfill(len(bare))
    return text


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def date_text(value: datetime | date | time | timedelta, number_format: str = "") -> str:
    """ISO text of a date cell; a format without days gives the month only (``yyyy年m月`` → 2021-03)."""
    if isinstance(value, datetime):
        if value.time() != time(0):
            return value.strftime("%Y-%m-%d %H:%M:%S")
        return _day_text(value.date(), number_format)
    if isinstance(value, date):
        return _day_text(value, number_format)
    return str(value)


def _day_text(value: date, number_format: str) -> str:
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format).lower()
    if bare and "d" not in bare and "y" in bare and "m" in bare:
        return f"{value.year:04d}-{value.month:02d}"
    return value.isoformat()


def column_letter(number: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
