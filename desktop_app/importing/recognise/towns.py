"""Tables of towns (乡镇、街道): their column, and the town of a row by its name or code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from desktop_app.importing.draft import Draft
from desktop_app.importing.plan import KnownVillage
from desktop_app.importing.recognise.context import settle_company
from desktop_app.importing.recognise.villages import town_core
from desktop_app.importing.recognise.words import find_column, key

TOWN_WORDS = (
    "乡镇",
    "乡镇名称",
    "乡镇街道",
    "乡（镇、街道）",
    "乡镇（街道）",
    "镇街",
    "街道乡镇",
    "乡镇场",
    "街道",
    "镇",
    "所属乡镇",
    "所在乡镇",
    "乡镇名",
    "所属街道",
    "所属镇街",
    "所属乡镇街道",
    "所属乡镇（街道）",
)


class TownIndex:
    """The towns of the ledger, as its villages name them."""

    def __init__(self, villages: Sequence[KnownVillage]) -> None:
        self.names: dict[str, str] = {}
        """12-digit code → name, in the order of the register."""
        for village in villages:
            if village.town:
                self.names.setdefault(village.code[:9] + "000", village.town)
        self._full: dict[str, list[str]] = defaultdict(list)
        self._core: dict[str, list[str]] = defaultdict(list)
        for code, name in self.names.items():
            self._full[key(name)].append(code)
            self._core[town_core(name)].append(code)

    def find(self, text: str) -> str | None:
        """河南街道, 河南街道办事处, 河南, 220281003 or its 12 digits → 12-digit code; None for none or several."""
        if text.isdigit():
            code = text + "000" if len(text) == 9 else text
            return code if code in self.names else None
        for found in (self._full.get(key(text)), self._core.get(town_core(text))):
            if found:
                return found[0] if len(found) == 1 else None
        return None


_COUNTY_WORDS = {"全县", "全市", "全区", "全旗", "县", "市", "合计", "总计", "县合计", "全县合计", "本级"}


def town_column(draft: Draft) -> int | None:
    """The column that names towns, by its head or by what most of its cells are; None in a table of villages."""
    named = find_column(draft.names, TOWN_WORDS)
    if named is not None:
        return named
    index = TownIndex(draft.context.villages)
    rows = draft.table.data_rows[:60]
    for column in range(min(draft.table.width, 4)):
        cells = [cell for row in rows if (cell := draft.cell(row, column)) and not cell.isdigit()]
        known = {town for cell in cells if (town := index.find(cell)) is not None}
        if len(known) > 1 and 2 * len(known) >= len(cells):
            draft.ground(f"第{column + 1}列的内容是乡镇名称，按乡镇列读")
            return column
    return None


def settle_company_of_towns(draft: Draft) -> None:
    """The company of a table of towns, where one is named; otherwise the figures are the towns' own."""
    before = len(draft.issues)
    settle_company(draft)
    if [issue.code for issue in draft.issues[before:]] == ["COMPANY_MISSING"]:
        del draft.issues[before:]
        draft.file_broken = any(issue.row is None for issue in draft.issues)
        draft.ground("按乡镇分的表，没有写企业：按各乡镇自己的数读，不进全县企业合计")


def row_town(draft: Draft, row: int, column: int, index: TownIndex) -> str | None:
    """The town of a row; None for the county's own row, which is only compared, and after an error."""
    text = draft.cell(row, column)
    county = draft.context.region_name
    if "".join(text.split()) in _COUNTY_WORDS or (county and key(text) in {key(county), key(county) + "合计"}):
        draft.skipped.add(row)
        draft.county_rows.append(row)
        return None
    code = index.find(text) if text else None
    if code is None:
        known = "、".join(list(index.names.values())[:6])
        draft.error(
            "UNKNOWN_TOWN",
            f"“{text}”不是名录里的乡镇" if text else "这一行没有写乡镇",
            f"名录里有：{known} 等，请核对名称" if known else "请先导入村级名录，程序才认得乡镇",
            row=row,
            column=draft.name(column),
            value=text,
        )
    return code
