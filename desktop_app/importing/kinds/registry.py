"""村级名录: village-level units with their 12-digit codes; towns and counties are derived from the rows."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.cells import settle_code
from desktop_app.importing.kinds.coverage_villages import ambiguous
from desktop_app.importing.plan import ImportContext, PlannedRegion, RowRole
from desktop_app.importing.recognise.context import settle_region
from desktop_app.importing.recognise.towns import TOWN_WORDS, TownIndex
from desktop_app.importing.recognise.villages import VillageIndex, is_revoked
from desktop_app.models.values import NATIONAL_REGION

VOCABULARY: dict[str, tuple[str, ...]] = {
    "code": (
        *("code12", "统计用区划代码", "区划代码", "12位代码", "统计用区划代码12位", "代码"),
        *("区划码", "村代码", "行政区划代码", "code"),
    ),
    "name": (
        *(
            "name",
            "名称",
            "村名",
            "村名称",
            "建制村名称",
            "行政村名称",
            "村委会名称",
            "村居名称",
            "村（居）委会名称",
            "村（居）名称",
        ),
        *("单位名称", "建制村", "行政村", "村", "村（社区）", "村（社区）名称", "村民委员会名称"),
    ),
    "town": ("town", *TOWN_WORDS),
    "town_code": ("town_code", "乡镇代码", "乡级代码"),
    "county": (
        *("county", "县", "县区", "县（市、区）", "县级", "区县", "县名称", "区县名称", "县市区"),
        *("所属区县", "所属县区", "所属县", "所属县（市、区）", "所在区县"),
    ),
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
    by_name = "code" not in columns and "name" in columns and len(draft.context.villages) > 0
    for role, words in (("code", "代码"), ("name", "名称")):
        if role not in columns and not by_name:
            draft.error("MISSING_COLUMN", f"名录里缺少“{words}”列", "村级名录至少要有12位代码和名称两列")
    settle_region(draft)
    if draft.stopped():
        return
    for role, column in columns.items():
        draft.mean(column, _MEANINGS[role])
    if by_name:
        draft.regions = villages_by_name(draft, columns)
        return
    villages, rows = _villages(draft, columns)
    if not villages and not draft.broken_rows:
        draft.error(
            "NOTHING_FOR_REGION",
            f"名录里没有本地区（{draft.context.region_name} {draft.region[:6]}）的村",
            "请核对是不是别的县的名录；要建那个县的台账，用“⋯”菜单的“新建台账”",
            command="请核对文件，或用 --region 指明地区",
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
        revoked = is_revoked(draft.cell(row, columns["name"]))
        if role is RowRole.TOTAL or revoked or (code.isdigit() and len(code) == 12 and not code.startswith(prefix)):
            draft.skipped.add(row)
        elif row not in draft.broken_rows and _good_code(draft, row, code, code_column):
            village = _village(draft, row, code, columns, rows)
            if village is not None:
                rows[code] = row
                villages[code] = village
    return villages, rows


def villages_by_name(draft: Draft, columns: Mapping[str, int]) -> list[PlannedRegion]:
    """Units of a list without codes, found in the register by town and name, with the names of the register.

    One that the register does not have is an error, and stands in the result without a code: a review of the list
    shows it. A village that the list marks as 已撤销 is skipped.
    """
    index, towns = VillageIndex(draft.context.villages), TownIndex(draft.context.villages)
    found: list[PlannedRegion] = []
    seen: dict[str, int] = {}
    town = ""
    for row, role in draft.body():
        town = draft.cell(row, columns.get("town")) or town
        name = draft.cell(row, columns["name"])
        if role is RowRole.TOTAL or is_revoked(name):
            draft.skipped.add(row)
            continue
        places = index.find(name, town)
        head = draft.name(columns["name"])
        if len(places) == 1 and places[0].code not in seen:
            seen[places[0].code] = row
            counts = [_count(draft.cell(row, columns.get(role))) for role in ("households", "population")]
            found.append(village_region(places[0].code, places[0].name, row + 1, *counts))
        elif len(places) == 1:
            first = seen[places[0].code] + 1
            told = f"{town}“{name}”在第{first}行已经有了"
            draft.error("DUPLICATE_ROW", told, "请删去重复的一行", row=row, column=head, value=name)
        elif places:
            told = ambiguous(name, places)
            draft.error("VILLAGE_AMBIGUOUS", told, "请补上乡镇一列，村名写全", row=row, column=head, value=name)
        else:
            near = index.nearest(name, town)
            hint = f"是不是{near.town}“{near.name}”（{near.code}）？" if near else ""
            told = f"名录里没有{town}“{name}”，这张表又没有代码"
            draft.error("UNKNOWN_VILLAGE", told, hint + "新设的村请补上12位代码", row=row, column=head, value=name)
            found.append(PlannedRegion("", name, "village", "", towns.find(town) or "", row + 1))
    draft.ground("这张名录没有代码，按乡镇和村名（村、村委会、村民委员会等写法算同名）对上台账里的代码")
    return found


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


ZONES = frozenset(str(number) for number in range(71, 80))
"""Digits 5 and 6 of the codes that statistics give to development zones: listed like counties, but none."""
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
    kind = "开发区" if code6[4:] in ZONES else "县级"
    return PlannedRegion(code, name or fallback, "county", kind, code6[:4] + "0" * 8, row)
