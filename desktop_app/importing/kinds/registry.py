"""村级名录: village-level units with their 12-digit codes; towns and counties are derived from the rows."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.cells import settle_code
from desktop_app.importing.plan import ImportContext, PlannedRegion, RowRole
from desktop_app.importing.recognise.context import settle_region
from desktop_app.models.values import NATIONAL_REGION

VOCABULARY: dict[str, tuple[str, ...]] = {
    "code": (
        *("code12", "统计用区划代码", "区划代码", "12位代码", "统计用区划代码12位", "代码"),
        *("区划码", "村代码", "行政区划代码", "code"),
    ),
    "name": (
        *("name", "名称", "村名", "村委会名称", "村居名称", "村（居）委会名称", "村（居）名称"),
        *("单位名称", "建制村", "行政村", "村"),
    ),
    "town": ("town", "乡镇", "乡镇名称", "乡镇街道", "乡（镇、街道）", "乡镇（街道）", "街道"),
    "town_code": ("town_code", "乡镇代码", "乡级代码"),
    "county": ("county", "县", "县区", "县（市、区）", "县级", "区县", "县名称"),
    "county_code": ("county_code", "县代码", "县级代码"),
    "households": ("户数", "households"),
    "population": ("人口", "人口数", "户籍人口", "常住人口", "population"),
}

NAMES = frozenset({"name", "town", "county"})
"""Roles of which a register has one beside the code."""

_MEANINGS = {
    "code": "12位代码",
    "name": "名称",
    "town": "乡镇",
    "town_code": "乡镇代码",
    "county": "县（市、区）",
    "county_code": "县代码",
    "households": "户数",
    "population": "人口",
}


def build(draft: Draft, columns: Mapping[str, int]) -> None:
    """Units of the ledger's county (or of ``options.region``), towns and county first; other rows are skipped."""
    for role, words in (("code", "代码"), ("name", "名称")):
        if role not in columns:
            draft.error("MISSING_COLUMN", f"名录里缺少“{words}”列", "村级名录至少要有12位代码和名称两列")
    settle_region(draft)
    if draft.stopped():
        return
    for role, column in columns.items():
        draft.mean(column, _MEANINGS[role])
    villages, rows = _villages(draft, columns)
    if not villages and not draft.broken_rows:
        draft.error(
            "NOTHING_FOR_REGION",
            f"名录里没有本地区（{draft.context.region_name} {draft.region[:6]}）的村",
            "请核对文件，或用 --region 指明地区",
        )
        return
    draft.regions = [*_uppers(draft, villages, rows, columns), *villages.values()]


def _villages(draft: Draft, columns: Mapping[str, int]) -> tuple[dict[str, PlannedRegion], dict[str, int]]:
    """Code → unit, and code → row, of the rows of our region."""
    prefix = shared_prefix(draft.region)
    code_column = columns["code"]
    villages: dict[str, PlannedRegion] = {}
    rows: dict[str, int] = {}
    for row, role in draft.body():
        code = "" if role is RowRole.TOTAL else settle_code(draft, row, code_column, (12, 9))
        if role is RowRole.TOTAL or (code.isdigit() and len(code) == 12 and not code.startswith(prefix)):
            draft.skipped.add(row)
        elif row not in draft.broken_rows and _good_code(draft, row, code, code_column):
            village = _village(draft, row, code, columns, rows)
            if village is not None:
                rows[code] = row
                villages[code] = village
    return villages, rows


def shared_prefix(region: str) -> str:
    """The part of a code that all units below a region share."""
    for cut in (9, 6, 4, 2):
        if region[cut:].strip("0"):
            return region
        if region[cut - 3 if cut == 9 else cut - 2 : cut].strip("0"):
            return region[:cut]
    return "" if region == NATIONAL_REGION else region


def _good_code(draft: Draft, row: int, code: str, column: int) -> bool:
    if code.isdigit() and len(code) == 12 and code[9:] != "000":
        return True
    if code.isdigit() and (len(code) == 12 or (len(code) == 9 and _is_town(draft, row, column))):
        draft.skipped.add(row)
        return False
    lost = code.isdigit() and 9 <= len(code) < 12
    draft.error(
        "BAD_CODE",
        f"“{code}”不是12位区划代码" if code else "这一行没有代码",
        "代码可能被当作数字截短了，请在 Excel 里把这一列设为文本再发" if lost else "请填 12 位统计用区划代码",
        row=row,
        column=draft.name(column),
        value=code,
    )
    return False


def _is_town(draft: Draft, row: int, column: int) -> bool:
    """Nine digits are a town's code when a longer code of the list lies below it; a village's would be cut off."""
    code = draft.cell(row, column)
    return any(
        len(other := draft.cell(line, column)) == 12 and other.startswith(code) for line in draft.table.data_rows
    )


UNIT_KINDS = ("居委会", "村委会", "类似")
"""Kinds of village-level units."""


def unit_kind(code: str) -> str:
    """Kind of a village-level unit by the last three digits (001–199 居委会, 200–399 村委会)."""
    unit = int(code[9:12])
    if 1 <= unit <= 199:
        return "居委会"
    return "村委会" if 200 <= unit <= 399 else "类似"


TOWN_KINDS = ("街道", "镇", "乡", "类似")
"""Kinds of town-level units."""


def town_kind(code: str) -> str:
    """Kind of a town by digits 7–9 (001–099 街道, 100–199 镇, 200–399 乡)."""
    town = int(code[6:9])
    if 1 <= town <= 99:
        return "街道"
    if 100 <= town <= 199:
        return "镇"
    return "乡" if 200 <= town <= 399 else "类似"


def _village(
    draft: Draft, row: int, code: str, columns: Mapping[str, int], earlier: Mapping[str, int]
) -> PlannedRegion | None:
    name = draft.cell(row, columns["name"])
    if not name:
        draft.error("NAME_MISSING", f"{code} 没有名称", "请补上名称", row=row, column=draft.name(columns["name"]))
        return None
    if code in earlier:
        draft.error(
            "DUPLICATE_ROW",
            f"代码 {code} 在第{earlier[code] + 1}行已经有了",
            "请删去重复的一行",
            row=row,
            column=draft.name(columns["code"]),
            value=code,
        )
        return None
    households, population = (_count(draft.cell(row, columns.get(role))) for role in ("households", "population"))
    return village_region(code, name, row + 1, households, population)


def village_region(
    code: str, name: str, row: int, households: int | None = None, population: int | None = None
) -> PlannedRegion:
    """A village-level unit; kind, town and 建制村 flag follow from its code. ``row`` from 1."""
    kind = unit_kind(code)
    return PlannedRegion(code, name, "village", kind, code[:9] + "000", row, kind == "村委会", households, population)


def _count(text: str) -> int | None:
    digits = text.replace(",", "").replace("，", "")
    return int(digits) if digits.isdigit() else None


def _uppers(
    draft: Draft, villages: Mapping[str, PlannedRegion], first: Mapping[str, int], columns: Mapping[str, int]
) -> list[PlannedRegion]:
    """Counties and towns of the villages, named from their columns (the code where there is no name)."""
    counties: dict[str, PlannedRegion] = {}
    towns: dict[str, PlannedRegion] = {}
    for code in villages:
        row = first[code]
        if code[:9] not in towns:
            towns[code[:9]] = town_region(code[:9], draft.cell(row, columns.get("town")), row + 1)
        if code[:6] not in counties:
            counties[code[:6]] = county_region(draft.context, code[:6], draft.cell(row, columns.get("county")), row + 1)
    return [*counties.values(), *towns.values()]


def town_region(code9: str, name: str, row: int) -> PlannedRegion:
    """A town by its nine digits; the code stands for a name that the list does not give."""
    code = code9 + "000"
    return PlannedRegion(code, name or code, "town", town_kind(code), code9[:6] + "0" * 6, row)


def county_region(context: ImportContext, code6: str, name: str, row: int) -> PlannedRegion:
    """A county by its six digits; the ledger's own has a name at any rate."""
    code = code6 + "0" * 6
    fallback = context.region_name if code == context.region else code
    return PlannedRegion(code, name or fallback, "county", "县级", code6[:4] + "0" * 8, row)
