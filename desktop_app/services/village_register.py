"""The register of villages as it holds in a month, with what came before and what is doubtful."""

from __future__ import annotations

import re
from collections import defaultdict

from desktop_app.importing.recognise.villages import village_forms
from desktop_app.models.values import Month
from desktop_app.services import context
from desktop_app.services.pinyin import initials
from desktop_app.services.results.villages import VillageUnit
from desktop_app.storage import regions
from desktop_app.storage.engine import Ledger
from desktop_app.storage.regions import StoredRegion

_ZONE = re.compile(r"[（(][^（()）]*(?:开发区|园区|新区|管委会)[^（()）]*[)）].*$")


def village_units(ledger: Ledger, month: Month) -> tuple[VillageUnit, ...]:
    """Village-level units that hold in the month, by code, 建制村 or not."""
    prefix = context.home(ledger).region.rstrip("0") or "0"
    with ledger.read() as session:
        units = regions.every_unit(session, prefix=prefix)
    holding = [u for u in units if u.valid_from <= month.key <= (u.valid_to or 999_999)]
    towns = {u.code: u.name for u in units if u.level == "town"} | {
        u.code: u.name for u in holding if u.level == "town"
    }
    villages = [u for u in holding if u.level == "village"]
    doubts = zone_doubts(villages)
    before = _befores(units, towns)
    return tuple(
        VillageUnit(
            code=u.code,
            name=u.name,
            town_code=u.parent_code,
            town=towns.get(u.parent_code, ""),
            kind=u.unit_kind,
            flagged=u.administrative_village,
            reason=u.flag_reason,
            since="" if u.valid_from <= 190001 else str(Month.from_key(u.valid_from)),
            note="；".join([*before.get((u.code, u.valid_from), ()), *doubts.get(u.code, ())]),
            initials=initials(u.name),
        )
        for u in villages
    )


def zone_doubts(villages: list[StoredRegion]) -> dict[str, tuple[str, ...]]:
    """Code → doubt, of units that statistics list under a 开发区: X村（某开发区）（省级), maybe a second time."""
    by_core: dict[tuple[str, str], list[StoredRegion]] = defaultdict(list)
    for unit in villages:
        by_core[unit.code[:6], village_forms(_ZONE.sub("", unit.name))[1]].append(unit)
    found: dict[str, tuple[str, ...]] = {}
    for unit in villages:
        plain = _ZONE.sub("", unit.name)
        if plain != unit.name:
            same = [other for other in by_core[unit.code[:6], village_forms(plain)[1]] if other is not unit]
            where = "、".join(f"{other.name}（{other.code}）" for other in same[:2])
            found[unit.code] = (f"疑与{where}重复" if same else "列在开发区名下，请核对是否计入建制村",)
    return found


def _befores(units: list[StoredRegion], towns: dict[str, str]) -> dict[tuple[str, int], tuple[str, ...]]:
    """(code, first month) → what the unit was before: another name, other villages, another town."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for old in units:
        if old.level != "village" or old.valid_to is None or not old.successor_code:
            continue
        start = Month.from_key(old.valid_to).shift(1).key
        new = next((u for u in units if u.code == old.successor_code and u.valid_from == start), None)
        key = (old.successor_code, start)
        if old.code == old.successor_code:
            if new is not None and new.name != old.name:
                found[key].append(f"原名{old.name}")
        elif new is not None and village_forms(new.name) == village_forms(old.name):
            found[key].append(f"由{towns.get(old.parent_code, '')}{old.name}（{old.code}）迁来")
        else:
            found[key].append(f"并入{old.name}（{old.code}）")
    return {key: tuple(words) for key, words in found.items()}
