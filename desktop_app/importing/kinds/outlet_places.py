"""Where an outlet lies: its village by code or by town and name, else its town."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.coverage_villages import find_village
from desktop_app.importing.recognise.villages import VillageIndex, town_core
from desktop_app.importing.recognise.words import key

_NOWHERE = {"", "-", "--", "—", "/", "无", "镇区", "街里", "城区", "不适用", "未报"}


class Places:
    """Villages and towns of the ledger for the rows of one list."""

    def __init__(self, draft: Draft, columns: Mapping[str, int]) -> None:
        self._draft, self._columns = draft, columns
        self._index = VillageIndex(draft.context.villages)
        self._towns = {village.code[:9] + "000": village.town for village in draft.context.villages}
        if not {"village", "town", "code"} & columns.keys():
            draft.ground("地区：表里没有乡镇、村两列，网点的所在地按未报记")

    def find(self, row: int) -> str:
        """12 digits of the village, or of the town where no village is named; empty when nothing is, or on error."""
        draft = self._draft
        code = draft.cell(row, self._columns.get("code"))
        town = self._said(row, "town")
        columns = dict(self._columns)
        if not self._said(row, "village"):
            columns.pop("village", None)
        if code.isdigit() and len(code) in {9, 12} and code.ljust(12, "0").endswith("000"):
            return self._town_of_code(row, code.ljust(12, "0"))
        if (code and code not in _NOWHERE) or "village" in columns:
            village = find_village(draft, self._index, row, columns, town)
            return village.code if village is not None else ""
        return self._town(row, town) if town else ""

    def _said(self, row: int, role: str) -> str:
        text = self._draft.cell(row, self._columns.get(role))
        return "" if text in _NOWHERE else text

    def _town_of_code(self, row: int, code: str) -> str:
        if code in self._towns:
            return code
        self._unknown(row, "code", code, "")
        return ""

    def _town(self, row: int, name: str) -> str:
        fitting = [code for code, town in self._towns.items() if key(town) == key(name)]
        fitting = fitting or [code for code, town in self._towns.items() if town_core(town) == town_core(name)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = "、".join(self._towns[code] for code in fitting)
            self._draft.error(
                "TOWN_AMBIGUOUS",
                f"“{name}”可以是：{names}",
                "请写明是镇、乡还是街道",
                row=row,
                column=self._draft.name(self._columns["town"]),
                value=name,
            )
        else:
            self._unknown(row, "town", name, f"本地区有：{'、'.join(list(self._towns.values())[:20])}。")
        return ""

    def _unknown(self, row: int, role: str, said: str, hint: str) -> None:
        self._draft.error(
            "UNKNOWN_TOWN",
            f"名录里没有这个乡镇：{said}",
            (hint if self._towns else "台账里还没有村级名录，请先导入。") + "请核对名称",
            row=row,
            column=self._draft.name(self._columns[role]),
            value=said,
        )
