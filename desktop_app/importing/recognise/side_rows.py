"""Rows of a table of companies that are no company's own: totals named by the place, 其中 rows."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.registry import shared_prefix
from desktop_app.importing.plan import RowRole
from desktop_app.importing.recognise.places import core, is_own, places_in
from desktop_app.importing.recognise.words import find_column

_OF_WHICH = re.compile(r"^\s*其中\s*[:：,，、]?\s*")
_COMPANY_WORDS = re.compile("快递|速递|速运|物流|快运|邮政|公司|供应链")
"""Behind 其中 these make a company that must be known; 城区, 同城 and 电商件 are only parts."""


def without_of_which(text: str) -> str:
    """``其中：示例甲快递`` → 示例甲快递."""
    return _OF_WHICH.sub("", text)


_COUNTY_HEADS = (
    *("县", "县区", "县（市、区）", "县市区", "市县", "区县", "市县区", "县名", "所在县", "所属县", "所属县区"),
    *("所在县区", "地区", "所属地区", "所在地区", "行政区划", "区划代码", "行政区划代码", "地区代码"),
)


def pass_over_other_places(draft: Draft) -> None:
    """Rows of another county, by a column of counties or of their codes: they are left out, and it is asked."""
    own = draft.context.region_name
    if draft.options.region or not own:
        return
    prefix = shared_prefix(draft.region)
    others: dict[str, list[int]] = {}
    for head in _COUNTY_HEADS:
        column = find_column(draft.names, (head,))
        if column is None or column in draft.said:
            continue
        for row in draft.table.data_rows:
            text = draft.cell(row, column)
            elsewhere = bool(places_in(text)) and core(own) not in text
            if elsewhere or (text.isdigit() and len(text) >= 6 and not text.startswith(prefix)):
                others.setdefault(text, []).append(row)
    if others:
        rows = sorted({row for each in others.values() for row in each})
        draft.skipped |= set(rows)
        whose = "、".join(list(others)[:3])
        if len(rows) == len(draft.table.data_rows):
            draft.error("REGION_DIFFERS", f"各行都是{whose}的，不是{own}的", "请核对是不是发错了文件", value=whose)
            return
        draft.warn(
            "REGION_DIFFERS",
            f"{_rows(rows)}共 {len(rows)} 行是{whose}的，不是{own}的，没有收",
            f"请核对；确是{own}的数，请企业改正地区",
            row=rows[0],
            value=whose,
        )


def sort_out_rows(draft: Draft, column: int | None) -> None:
    """Give rows named by the ledger's own place the role of a total; pass over 其中 rows, and say so.

    :param column: the company's column; None where there is none.
    """
    if column is None:
        return
    totals: set[int] = set()
    side: list[int] = []
    before: RowRole | None = None
    for row, role in draft.body():
        text = draft.cell(row, column)
        if role is RowRole.DATA and is_own(text, draft.context.region_name):
            totals.add(row)
        elif role is RowRole.DATA and _OF_WHICH.match(text):
            rest = without_of_which(text)
            if draft.companies.in_cell(rest).matches:
                _ask_whether_part(draft, row, column, before)
            elif not _COMPANY_WORDS.search(rest):
                side.append(row)
        before = RowRole.TOTAL if row in totals else role
    if totals and len(totals) < len(draft.table.data_rows):
        roles = tuple(RowRole.TOTAL if row in totals else role for row, role in enumerate(draft.table.roles))
        draft.table = replace(draft.table, roles=roles)
        draft.ground(f"{_rows(sorted(totals))}写的是{draft.context.region_name}，按合计读，只作核对")
    if side:
        draft.skipped |= set(side)
        draft.ground(f"{_rows(side)}是“其中”数，已在上面的行里，没有收")


def _ask_whether_part(draft: Draft, row: int, column: int, before: RowRole | None) -> None:
    """Directly below another company, 其中 may mean that this one is counted there already."""
    if before is RowRole.DATA:
        draft.warn(
            "SIDE_ROW",
            f"“{draft.cell(row, column)}”紧接在另一家企业下面，可能已经含在那一行里",
            "请企业核对：含在里面的，请从上一行减去；不含的写明原因",
            row=row,
            column=draft.name(column),
            value=draft.cell(row, column),
        )


def _rows(rows: list[int]) -> str:
    places = "、".join(str(row + 1) for row in rows[:5]) + (" 等" if len(rows) > 5 else "")
    return f"第{places}行"
