"""Which village of the register a line speaks of: by its code, else by town and name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.importing.draft import Draft
from desktop_app.importing.kinds.cells import settle_code
from desktop_app.importing.plan import KnownVillage
from desktop_app.importing.recognise.villages import VillageIndex
from desktop_app.importing.said import SKIP, Answer

_GUESSES = 50
"""Unknown villages for which the likeliest one is looked for; among many thousands that takes its time."""


def villages_then(draft: Draft) -> VillageIndex:
    """The villages of the sheet's month: those of today, and what has been changed since as it was then."""
    month = draft.month
    then = [each.village for each in draft.context.former if month is not None and each.first <= month <= each.last]
    # Where a code is found in both, the unit that has it today is meant.
    return VillageIndex([*then, *draft.context.villages] if then else draft.context.villages)


def find_village(
    draft: Draft, index: VillageIndex, row: int, columns: Mapping[str, int], town: str
) -> KnownVillage | None:
    """The village of a row by code, else by town and name; None after an error."""
    code, name = settle_code(draft, row, columns.get("code"), (12,)), draft.cell(row, columns.get("village"))
    if row in draft.broken_rows:
        return None
    if code and (village := index.by_code.get(code)):
        return _of_code(draft, index, row, columns, village, name)
    found = index.find(name, town) if name else []
    if len(found) == 1 and not code:
        return found[0]
    column, value = ("village", name) if name and not code else ("code", code)
    place = draft.name(columns.get(column))
    if len(found) > 1 and not code:
        draft.error(
            "VILLAGE_AMBIGUOUS",
            ambiguous(name, found),
            "请补上乡镇或12位代码，村名写全",
            row=row,
            column=place,
            value=name,
        )
        return None
    told = sum(issue.code == "UNKNOWN_VILLAGE" for issue in draft.issues[:_GUESSES]) < _GUESSES
    if told and (now := _become(draft, index, code, name, town)):
        told_of = f"“{name or code}”已经变更，现在是{now}"
        draft.error("UNKNOWN_VILLAGE", told_of, "请按现在的代码和村名填", row=row, column=place, value=value)
        return None
    near = found[0] if found else index.nearest(name, town) if name and told else None
    hint = f"是不是{near.town}“{near.name}”（{near.code}）？" if near else ""
    what = f"名录里没有这个村：{code or ''} {town}{name}".replace("： ", "：") if code or name else "这一行没有写村名"
    draft.error("UNKNOWN_VILLAGE", what, hint + "请核对名称和代码", row=row, column=place, value=value)
    return None


def _become(draft: Draft, index: VillageIndex, code: str, name: str, town: str) -> str:
    """天北镇“石门子村”（220281105390）: what has become of a village that the sheet still names as it was."""
    former = draft.context.former
    mine = [each for each in former if each.village.code == code] if code else []
    if not code and name:
        old = VillageIndex([each.village for each in former]).find(name, town)
        mine = [each for each in former if len(old) == 1 and each.village.code == old[0].code]
    heir = index.by_code.get(mine[-1].now) if mine else None
    return "" if heir is None else f"{heir.town}“{heir.name}”（{heir.code}）"


def ambiguous(name: str, found: Sequence[KnownVillage]) -> str:
    """“红星村”在几个乡镇都有：…, or of one town: “白山”可以是红旗街道的白山村、白山社区."""
    if len({village.town for village in found}) > 1:
        return f"“{name}”在几个乡镇都有：{'、'.join(village.town for village in found[:5])}"
    return f"“{name}”可以是{found[0].town}的{'、'.join(village.name for village in found[:5])}"


def _of_code(
    draft: Draft, index: VillageIndex, row: int, columns: Mapping[str, int], village: KnownVillage, name: str
) -> KnownVillage | None:
    """The village of a known code, if the name beside it is not another village's."""
    if not name or index.is_called(village, name):
        return village
    if others := index.find(name, ""):
        _ask_which_village(draft, row, columns, village, min(others, key=lambda each: each.town != village.town))
        return None
    draft.warn(
        "VILLAGE_NAME_DIFFERS",
        f"代码 {village.code} 在名录里是“{village.name}”，表里写的是“{name}”",
        "按代码读；请核对是不是这个村",
        row=row,
        column=draft.name(columns.get("village")),
        value=name,
    )
    return village


def _ask_which_village(
    draft: Draft, row: int, columns: Mapping[str, int], village: KnownVillage, other: KnownVillage
) -> None:
    """Code and name are of two villages of the register: the line stops until somebody says which of them holds."""
    code, name = columns["code"], columns["village"]
    draft.error(
        "VILLAGE_DIFFERS",
        f"代码 {village.code} 是{village.town}“{village.name}”的，"
        f"写的村名却是{other.town}“{other.name}”（{other.code}）",
        "请核对是哪个村：代码对的，点“都按代码”；村名对的，点“都按村名”；只错一行的，请企业改正后重发",
        row=row,
        column=draft.name(name),
        value=draft.cell(row, name),
        answers=[
            Answer("都按代码", meanings=((draft.key(name), SKIP),)),
            Answer("都按村名", meanings=((draft.key(code), SKIP),)),
        ],
    )
