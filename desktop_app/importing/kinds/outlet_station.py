"""What a list of village stations (村级寄递物流综合服务站) says beyond a list of outlets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.importing.convert import read_amount
from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.cells import read_month
from desktop_app.importing.recognise.villages import VillageIndex
from desktop_app.models.values import CellState, Month, to_fixed

VOCABULARY: dict[str, tuple[str, ...]] = {
    "brands": ("服务品牌", "入驻品牌", "合作品牌", "代理品牌", "代投品牌", "进驻品牌", "品牌（可多个）"),
    "serves": ("服务村", "覆盖村", "辐射村", "服务建制村", "覆盖建制村", "服务的村", "辐射建制村"),
    "report_month": ("统计月份", "数据月份", "报送月份", "报告期", "月份"),
    "income": ("月收入", "月收入（元）", "站点收入", "收入（元）", "月均收入"),
    "parcels_in": ("月投递量", "投递量", "月进村件", "月到件", "月派件", "月收件量", "代收件量"),
    "parcels_out": ("月寄件量", "寄件量", "月揽收量", "月出村件", "月寄件", "代寄件量"),
}
MEANINGS = {
    "brands": "服务品牌",
    "serves": "服务村",
    "report_month": "统计月份",
    "income": "月收入",
    "parcels_in": "月投递量",
    "parcels_out": "月寄件量",
}
_SPLIT = re.compile(r"[、,，;；/\s+＋和]+")
_NONE = {"", "-", "—", "/", "无", "未报"}


@dataclass(frozen=True)
class Station:
    """Brands and villages served, and what was reported for a month: income in fixed-point 元, parcels in 件."""

    brands: str = ""
    serves: tuple[str, ...] = ()
    report_month: Month | None = None
    income: int | None = None
    parcels_in: int | None = None
    parcels_out: int | None = None


class Stations:
    """Reads these cells, row by row."""

    def __init__(self, draft: Draft, columns: Mapping[str, int]) -> None:
        self._draft, self._columns = draft, columns
        self._index = VillageIndex(draft.context.villages) if "serves" in columns else None

    def read(self, row: int, town: str) -> Station:
        """What the row says; errors are noted in the draft."""
        columns = self._columns
        return Station(
            brands="、".join(dict.fromkeys(self._words(row, "brands"))),
            serves=self._serves(row, town),
            report_month=read_month(self._draft, row, columns.get("report_month")),
            income=self._number(row, "income", whole=False),
            parcels_in=self._number(row, "parcels_in", whole=True),
            parcels_out=self._number(row, "parcels_out", whole=True),
        )

    def _words(self, row: int, role: str) -> list[str]:
        text = self._draft.cell(row, self._columns.get(role))
        return [] if text in _NONE else [word for word in _SPLIT.split(text) if word]

    def _serves(self, row: int, town: str) -> tuple[str, ...]:
        if self._index is None:
            return ()
        draft, found = self._draft, []
        for name in self._words(row, "serves"):
            known = self._index.by_code.get(name)
            places = [known] if known is not None else self._index.find(name, town) or self._index.find(name, "")
            if len(places) == 1:
                found.append(places[0].code)
                continue
            told = f"“{name}”在几个乡镇都有" if places else f"名录里没有“{name}”"
            code = "VILLAGE_AMBIGUOUS" if places else "UNKNOWN_VILLAGE"
            column = draft.name(self._columns["serves"])
            draft.error(code, told, "请写 12 位代码，或核对村名和乡镇", row=row, column=column, value=name)
        return tuple(dict.fromkeys(found))

    def _number(self, row: int, role: str, *, whole: bool) -> int | None:
        draft, column = self._draft, self._columns.get(role)
        text = draft.cell(row, column)
        amount = read_amount(text)
        if amount.state is not CellState.VALUE and not amount.problem:
            return None
        if amount.number is None or amount.number < 0 or (whole and amount.number % 1):
            example = "请填一个不小于 0 的整数，例如 320" if whole else "请填以元为单位的数，例如 1500.5"
            draft.error(
                "NOT_A_NUMBER",
                f"“{text}”不是{MEANINGS[role]}",
                example,
                row=row,
                column=draft.name(column),
                value=text,
            )
            return None
        if amount.change:
            draft.change(row, column, amount.read_as, amount.why)
        return int(amount.number) if whole else to_fixed(amount.number)
