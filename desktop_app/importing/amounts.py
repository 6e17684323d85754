"""The amount of a cell in its column: decimal commas that the whole column proves, and footnotes behind figures."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from desktop_app.importing.convert import Amount, read_amount, tell
from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import RowRole

_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?\s*[%‰]?")
"""A figure with points between thousands and a comma before the decimals; whole numbers too."""
_POINTS_AND_COMMA = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+,\d+\s*[%‰]?")
_CENTS = re.compile(r"[-+]?\d+,\d{1,2}\s*[%‰]?")
_EITHER = re.compile(r"[-+]?\d{1,3},\d{3}\s*[%‰]?")
"""1,234: a thousand or one and a bit."""
_LEAST = 2


def amount_at(draft: Draft, row: int, column: int) -> Amount:
    """What a cell says, with all that its column and the notes of the table add to it."""
    text = draft.cell(row, column)
    amount = read_amount(text)
    if amount.mark and (note := _footnote(draft, amount.mark)):
        return tell(amount, text, f"{amount.why}，表下注：{note}")
    if ("," in text or "." in text) and _by_comma(draft, column):
        plain = text.replace(".", "").replace(",", ".")
        return tell(replace(read_amount(plain), problem=""), text, "整列用逗号作小数点、用点分节（欧洲写法）")
    return amount


def _by_comma(draft: Draft, column: int) -> bool:
    """Whether every figure of the column can only be one with a decimal comma."""
    known = draft.decimal_commas.get(column)
    if known is None:
        cells = [text for row, _ in draft.body() if (text := draft.cell(row, column)) and any(map(str.isdigit, text))]
        sure = sum(1 if _CENTS.fullmatch(text) else _LEAST * bool(_POINTS_AND_COMMA.fullmatch(text)) for text in cells)
        known = sure >= _LEAST and all(_COMMA.fullmatch(t) and not _EITHER.fullmatch(t) for t in cells)
        draft.decimal_commas[column] = known
    return known


def _footnote(draft: Draft, mark: str) -> str:
    """The note of the table that opens with this mark; empty when there is none."""
    wanted = _bare(mark)
    for line in draft.table.lines(RowRole.NOTE):
        opening, text = _opening(line)
        if opening and _bare(opening) == wanted:
            return text[:80]
    return ""


_OPENING = re.compile(r"\s*([*＊※#＃†‡]{1,2}|[①-⑳]|[\[［【]?注?\s*\d{0,2}[\]］】]?)\s*[:：.、,，]?\s*(.+)")


def _opening(line: str) -> tuple[str, str]:
    match = _OPENING.match(line.removeprefix("注：").removeprefix("注:"))
    return (match[1], match[2]) if match else ("", "")


def _bare(mark: str) -> str:
    return unicodedata.normalize("NFKC", mark).strip("[]()（）【】 ").removeprefix("注").strip()
