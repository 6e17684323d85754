"""Mapping profiles (读表方案): learned when a file is stored, listed, renamed, settled by hand, shared as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.importing.plan import FileKind, ImportPlan
from desktop_app.importing.profiles import (
    LEARNED_KINDS,
    LIKE,
    MappingProfile,
    ProfileColumn,
    dump_layout,
    from_file,
    head_levels,
    layout_of,
    load_layout,
    match,
    merged,
    to_file,
)
from desktop_app.importing.said import AUTO, SKIP
from desktop_app.models.enterprise import Enterprise
from desktop_app.services import context
from desktop_app.services.ledger import actor
from desktop_app.storage import audit, enterprises
from desktop_app.storage import profiles as stored
from desktop_app.storage.engine import Ledger

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ACTION = "读表方案"
"""Audit word of every change by hand."""
MAX_BYTES = 4 * 1024 * 1024


def list_profiles(ledger: Ledger) -> tuple[MappingProfile, ...]:
    """All profiles in the order in which they were learned."""

    def load() -> tuple[MappingProfile, ...]:
        with ledger.read() as session:
            return _all(session)

    return context.cached(ledger, "profiles", load)


def _all(session: Session) -> tuple[MappingProfile, ...]:
    names = {e.id: e.name for e in enterprises.enterprises(session)}
    return tuple(
        MappingProfile(
            row.id,
            row.name,
            row.enterprise_id,
            names.get(row.enterprise_id, "") if row.enterprise_id is not None else "",
            FileKind(row.kind),
            load_layout(row.layout),
            row.uses,
        )
        for row in stored.profiles(session)
    )


def show(ledger: Ledger, name: str) -> MappingProfile:
    """The profile of this name or number.

    :raises UserError: there is none.
    """
    found = next((p for p in list_profiles(ledger) if name in {p.name, str(p.id)}), None)
    if found is None:
        known = "、".join(p.name for p in list_profiles(ledger)[:10])
        raise UserError(f"没有名为“{name}”的方案", hint=f"已有：{known}" if known else "还没有方案；文件入库时会学到")
    return found


# ----------------------------------------------------------------------------------------------- learning


def learn(session: Session, plan: ImportPlan) -> str:
    """Keep the layout of a file that is being stored; the profile's name, empty for kinds that need none."""
    layout = layout_of(plan)
    if plan.kind not in LEARNED_KINDS or not layout.columns:
        return ""
    mine = [p for p in _all(session) if p.enterprise_id == plan.enterprise_id and p.kind is plan.kind]
    heads = [column.head for column in layout.columns]
    known = [match(profile, heads, [True] * len(heads)) for profile in mine]
    # A plan that was read by a profile teaches that one, however much was renamed.
    known.sort(key=lambda found: (found.profile.name == plan.profile, found.likeness), reverse=True)
    best = known[0] if known else None
    if best is not None and (best.likeness >= LIKE or best.profile.name == plan.profile):
        profile = best.profile
        released = [plan.reading.columns[column] for column, said in plan.said.items() if said == AUTO]
        if (again := merged(profile.layout, layout, released)) != profile.layout:
            stored.change_profile(session, profile.id, layout=dump_layout(again))
        stored.note_use(session, profile.id)
        return profile.name
    name = _free_name(session, plan)
    number = stored.add_profile(session, name, plan.enterprise_id, plan.kind.value, dump_layout(layout))
    stored.note_use(session, number)
    return name


def forget(session: Session, name: str) -> None:
    """A file that taught this profile is undone; a profile that no other file taught goes with it.

    What the clerk has settled by hand is kept.
    """
    for profile in _all(session):
        if profile.name == name:
            if profile.uses > 1 or any(column.fixed for column in profile.layout.columns):
                stored.note_use(session, profile.id, -1)
            else:
                stored.delete_profile(session, profile.id)


def _free_name(session: Session, plan: ImportPlan) -> str:
    company = session.get(Enterprise, plan.enterprise_id) if plan.enterprise_id is not None else None
    base = (company.short_name or company.name) if company else plan.kind.label
    taken = {row.name for row in stored.profiles(session)}
    tries = [base, f"{base} {plan.kind.label}", *(f"{base} {number}" for number in range(2, len(taken) + 3))]
    return next(name[:80] for name in tries if name[:80] not in taken)


# ----------------------------------------------------------------------------------------------- by hand


def rename(ledger: Ledger, name: str, new: str) -> MappingProfile:
    """Give a profile another name.

    :raises UserError: no such profile, an empty name, or one that is taken.
    """
    profile = show(ledger, name)
    wanted = new.strip()
    if not wanted or len(wanted) > 80:
        raise UserError("方案名称要有 1 到 80 个字", hint="例如：丁快递月报")
    with ledger.write() as session:
        stored.change_profile(session, profile.id, name=wanted)
        audit.append(session, actor(), ACTION, wanted, {"renamed_from": profile.name})
    return replace(profile, name=wanted)


def delete(ledger: Ledger, name: str) -> MappingProfile:
    """Forget a profile; figures that came in with it stay.

    :raises UserError: no such profile.
    """
    profile = show(ledger, name)
    with ledger.write() as session:
        stored.delete_profile(session, profile.id)
        audit.append(session, actor(), ACTION, profile.name, {"deleted": to_file([profile])})
    return profile


def restore(ledger: Ledger, profile: MappingProfile) -> None:
    """Take a profile back that was just deleted; it gets a new number.

    :raises UserError: another profile has its name by now.
    """
    if any(each.name == profile.name for each in list_profiles(ledger)):
        raise UserError(f"已经另有名为“{profile.name}”的方案", hint="请先把那一个改名")
    with ledger.write() as session:
        number = stored.add_profile(
            session, profile.name, profile.enterprise_id, profile.kind.value, dump_layout(profile.layout)
        )
        stored.note_use(session, number, profile.uses)
        audit.append(session, actor(), ACTION, profile.name, {"restored": profile.id})


def settle_column(ledger: Ledger, name: str, head: str, meaning: str) -> MappingProfile:
    """Say by hand what a column means (快递业务量 · 万件, 企业, 跳过); it goes before the head's own words.

    :data:`AUTO` lets go of it: the column is read by its head again, and what the profile remembers only fills gaps.

    :raises UserError: no such profile, or a meaning that nobody understands.
    """
    profile = show(ledger, name)
    if meaning == AUTO:
        columns = [replace(c, fixed=False) if c.head == head else c for c in profile.layout.columns]
    else:
        _check_meaning(ledger, meaning)
        said = ProfileColumn(head, meaning, fixed=True)
        columns = [said if column.head == head else column for column in profile.layout.columns]
        if said not in columns:
            columns.append(said)
    layout = replace(profile.layout, columns=tuple(columns))
    with ledger.write() as session:
        stored.change_profile(session, profile.id, layout=dump_layout(layout))
        audit.append(session, actor(), ACTION, profile.name, {"column": head, "meaning": meaning})
    return replace(profile, layout=layout)


def _check_meaning(ledger: Ledger, meaning: str) -> None:
    from desktop_app.importing.recognise.by_profile import understood
    from desktop_app.importing.recognise.vocabulary import recognising

    with recognising(context.catalogue(ledger)):
        known = meaning == SKIP or understood(head_levels(meaning, (), ""))
    if not known:
        raise UserError(
            f"“{meaning}”不是认识的含义", hint=f"写指标名称（可加单位，如 快递业务量 · 万件）、企业、月份，或 {SKIP}"
        )


# ----------------------------------------------------------------------------------------------- as a file


def export_profiles(ledger: Ledger, names: Sequence[str], out: Path) -> tuple[MappingProfile, ...]:
    """Write profiles (all without names) as a JSON file for another office.

    :raises UserError: no such profile, none at all, or the place cannot be written.
    """
    chosen = tuple(show(ledger, name) for name in names) if names else list_profiles(ledger)
    if not chosen:
        raise UserError("还没有方案可以导出", hint="文件入库时会学到方案")
    try:
        out.write_text(to_file(chosen), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError("方案文件写不进去", hint="请检查文件夹和写入权限", where=str(out)) from error
    return chosen


def import_profiles(ledger: Ledger, file: Path) -> tuple[MappingProfile, ...]:
    """Take over profiles of a shared file; a profile of the same name is replaced, companies are found by name.

    :raises UserError: no such file, or a company that the register lacks.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UserError("文件太大，不是方案文件", hint="请选用 profiles export 导出的 JSON 文件", where=file.name)
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("方案文件读不出来", hint="请检查路径；应是 JSON 文件", where=file.name) from error
    wanted = from_file(text)
    with ledger.write() as session:
        owners = {e.name: e.id for e in enterprises.enterprises(session)}
        missing = sorted({p.enterprise_name for p in wanted if p.enterprise_name and p.enterprise_name not in owners})
        if missing:
            raise UserError(f"企业名录里没有：{'、'.join(missing[:5])}", hint="请先用企业名录文件登记", where=file.name)
        there = {row.name: row.id for row in stored.profiles(session)}
        for profile in wanted:
            if profile.name in there:
                stored.delete_profile(session, there[profile.name])
            owner = owners.get(profile.enterprise_name)
            stored.add_profile(session, profile.name, owner, profile.kind.value, dump_layout(profile.layout))
        audit.append(session, actor(), ACTION, file.name, {"imported": [p.name for p in wanted]})
    names = {profile.name for profile in wanted}
    return tuple(p for p in list_profiles(ledger) if p.name in names)
