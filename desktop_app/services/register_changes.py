"""What a register file changes: villages new, renamed, moved, closed, back again; companies new or changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.importing.plan import ImportPlan, PlannedEnterprise, PlannedRegion
from desktop_app.models.values import Month
from desktop_app.services.results.changes import CellDiff, ImportDiff
from desktop_app.storage import enterprises, regions
from desktop_app.storage.engine import Ledger
from desktop_app.storage.enterprises import StoredEnterprise
from desktop_app.storage.lineage import MOST_SHOWN, RegisterRow
from desktop_app.storage.regions import StoredRegion

_REGION_COLUMNS = {
    "unit_kind": "类别",
    "parent_code": "所属",
    "administrative_village": "建制村",
    "households": "户数",
    "population": "人口",
}
_COMPANY_COLUMNS = {
    "name": "全称",
    "short_name": "简称",
    "brand": "品牌",
    "uscc": "信用代码",
    "licence_no": "许可证号",
    "kind": "类型",
    "contact": "联系人",
    "phone": "电话",
    "opened": "开业月份",
    "closed": "停业月份",
}
_WORDS = {"added": "新增", "renamed": "更名", "changed": "变更", "closed": "停用", "reopened": "恢复", "gone": "去掉"}
_OVERWRITTEN = frozenset({"households", "population"})
"""Columns that a blank in a file leaves as they are."""


@dataclass
class _Tally:
    """Rows of a diff being counted."""

    rows: list[CellDiff]
    unchanged: int = 0

    def add(self, found: Iterable[CellDiff]) -> None:
        """The differences of one unit; none = unchanged."""
        some = list(found)
        self.rows += some
        self.unchanged += not some

    def diff(self, what: str) -> ImportDiff:
        """The whole, with its headline."""
        units: dict[str, set[str]] = {}
        for row in self.rows:
            units.setdefault(row.change, set()).add(row.code)
        parts = [f"{word} {len(units[change])}" for change, word in _WORDS.items() if change in units]
        parts += [f"未变 {self.unchanged}"] if self.unchanged else []
        return ImportDiff(
            f"{what}：{'，'.join(parts)}" if self.rows else f"{what}：没有变化（{self.unchanged} 条相同）",
            tuple(self.rows),
            changed=len(units.get("changed", set()) | units.get("renamed", set())),
            added=len(units.get("added", set()) | units.get("reopened", set())),
            gone=len(units.get("closed", set()) | units.get("gone", set())),
            unchanged=self.unchanged,
        )


# ----------------------------------------------------------------------------------------------- villages


def of_regions(ledger: Ledger, plan: ImportPlan) -> ImportDiff | None:
    """A village register beside the one that is stored; None for the first of its county, and for very large ones."""
    if len(plan.regions) > MOST_SHOWN:
        return None
    with ledger.read() as session:
        stored = [
            unit
            for prefix in sorted({row.code[:6] for row in plan.regions if row.code})
            for unit in regions.every_unit(session, prefix=prefix)
        ]
    if not any(unit.level == "village" for unit in stored):
        return None
    newest = {unit.code: unit for unit in stored}
    named = {row.code: row for row in plan.regions}
    towns = {u.code: u.name for u in stored if u.level == "town"} | {r.code: r.name for r in plan.regions}
    covered = {row.parent_code for row in plan.regions if row.level == "village"}
    tally = _Tally([])
    for row in plan.regions:
        if row.code:
            tally.add(_unit(row, newest.get(row.code), towns))
    for unit in newest.values():
        open_village = unit.level == "village" and unit.valid_to is None
        if open_village and unit.code not in named and unit.parent_code in covered:
            tally.rows.append(_region("closed", unit.code, unit.name, unit.parent_code, towns, "", "在册", "停用"))
    return tally.diff("村级名录")


def _unit(row: PlannedRegion, old: StoredRegion | None, towns: Mapping[str, str]) -> list[CellDiff]:
    if old is None:
        return [_region("added", row.code, row.name, row.parent_code, towns, "", "—", "在册")]
    found = []
    if old.valid_to is not None:
        found.append(_region("reopened", row.code, row.name, row.parent_code, towns, "", "已停用", "在册"))
    if old.name != row.name:
        found.append(_region("renamed", row.code, row.name, row.parent_code, towns, "名称", old.name, row.name))
    for column, label in _REGION_COLUMNS.items():
        before, after = getattr(old, column), getattr(row, column)
        if before == after or (after is None and column in _OVERWRITTEN):
            continue
        if column == "administrative_village" and old.flag_reason:
            continue
        told = (_region_word(column, before, towns), _region_word(column, after, towns))
        found.append(_region("changed", row.code, row.name, row.parent_code, towns, label, *told))
    return found


def _region(
    change: str, code: str, name: str, parent: str, towns: Mapping[str, str], column: str, old: str, new: str
) -> CellDiff:
    return CellDiff("region", change, code, name, towns.get(parent, ""), span=column, old=old, new=new)


def _region_word(column: str, value: object, towns: Mapping[str, str]) -> str:
    if column == "administrative_village":
        return "是" if value else "否"
    if column == "parent_code":
        return towns.get(str(value), str(value))
    return "—" if value is None else str(value)


# ----------------------------------------------------------------------------------------------- companies


def of_enterprises(ledger: Ledger, plan: ImportPlan) -> ImportDiff | None:
    """A company register beside the one that is stored; None for the first."""
    with ledger.read() as session:
        stored = enterprises.enterprises(session)
    if not stored:
        return None
    by_code = {company.uscc: company for company in stored if company.uscc}
    by_name = {company.name: company for company in stored}
    tally = _Tally([])
    for row in plan.enterprises:
        tally.add(company_changes(row, by_code.get(row.uscc) or by_name.get(row.name)))
    return tally.diff("企业名录")


def company_changes(row: PlannedEnterprise, old: StoredEnterprise | None) -> list[CellDiff]:
    """What a row of a company register changes of the company that it means; None for a new one."""
    if old is None:
        return [CellDiff("enterprise", "added", row.name, row.name, row.brand, old="—", new="在册")]
    found = []
    for column, label in _COMPANY_COLUMNS.items():
        before, after = getattr(old, column), getattr(row, column)
        if after in {None, ""} or before == after:
            continue
        change = "renamed" if column == "name" else "changed"
        told = (_company_word(before), _company_word(after))
        found.append(CellDiff("enterprise", change, row.name, row.name, row.brand, "", label, "", *told))
    if fresh := [alias for alias in row.aliases if alias and alias != row.name and alias not in old.aliases]:
        words = ("、".join(old.aliases) or "—", "、".join((*old.aliases, *fresh)))
        found.append(CellDiff("enterprise", "changed", row.name, row.name, row.brand, "", "别名", "", *words))
    return found


def _company_word(value: object) -> str:
    return value.label if isinstance(value, Month) else str(value or "—")


# ----------------------------------------------------------------------------------------------- afterwards


def of_batch(rows: Iterable[RegisterRow], *, backwards: bool = False) -> ImportDiff | None:
    """What a stored register import changed; None when it only filled an empty register.

    :param backwards: what its undoing would change.
    """
    touched = list(rows)
    if not touched or (not backwards and all(row.before is None for row in touched)):
        return None
    tally = _Tally([])
    for entity in ("region", "enterprise"):
        mine = [row for row in touched if row.entity == entity]
        # A renamed village is a closed row and a new one of the same code: shown as one.
        before = _by_code(entity, (row.before for row in mine))
        after = _by_code(entity, (row.after for row in mine))
        if backwards:
            before, after = after, before
        for code in dict.fromkeys((*before, *after)):
            tally.add(_stored_change(entity, code, before.get(code), after.get(code)))
    whole = {row.code for row in tally.rows if row.change in {"added", "gone"}}
    for row in touched:
        some = row.after or row.before or {}
        # The names of a company that comes or goes come and go with it.
        if row.entity == "alias" and str(some.get("enterprise_id")) not in whole:
            name = str(some.get("alias", ""))
            old, new, change = ("在册", "—", "gone") if backwards else ("—", "在册", "added")
            tally.rows.append(CellDiff("enterprise", change, name, name, "", span="别名", old=old, new=new))
    return tally.diff("名录")


def _by_code(entity: str, rows: Iterable[dict[str, Any] | None]) -> dict[str, dict[str, Any]]:
    """The rows that hold, by code of the unit or number of the company."""
    column = "code" if entity == "region" else "id"
    return {str(row[column]): row for row in rows if row is not None and row.get("valid_to") is None}


def _stored_change(
    entity: str, code: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> list[CellDiff]:
    some = after or before or {}
    name = str(some.get("name", code))
    gone = "closed" if entity == "region" else "gone"
    whose = str(some.get("brand", ""))
    if before is None or after is None:
        old, new = ("—", "在册") if before is None else ("在册", "停用" if gone == "closed" else "—")
        return [CellDiff(entity, "added" if before is None else gone, code, name, whose, old=old, new=new)]
    columns = {"name": "名称", **_REGION_COLUMNS} if entity == "region" else _COMPANY_COLUMNS
    found = []
    for column, label in columns.items():
        if before.get(column) != after.get(column):
            told = (_stored_word(column, before.get(column)), _stored_word(column, after.get(column)))
            change = "renamed" if column == "name" else "changed"
            found.append(CellDiff(entity, change, code, name, whose, "", label, "", *told))
    return found


def _stored_word(column: str, value: object) -> str:
    if column in {"opened", "closed"} and isinstance(value, int):
        return Month.from_key(value).label
    if column == "administrative_village":
        return "是" if value else "否"
    return "—" if value in {None, ""} else str(value)
