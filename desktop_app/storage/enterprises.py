"""The enterprise register (一企一档): companies, the names files use for them, 主要品牌 by year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from desktop_app.errors import LedgerError
from desktop_app.models.enterprise import Enterprise, EnterpriseAlias, MajorBrand
from desktop_app.models.values import Month
from desktop_app.storage.filters import month_of
from desktop_app.storage.registers import ChangeLog, RegisterCounts
from desktop_app.storage.shapes import EnterpriseLike

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class StoredEnterprise(NamedTuple):
    """One company."""

    id: int
    name: str
    short_name: str
    brand: str
    uscc: str
    licence_no: str
    kind: str
    aliases: tuple[str, ...]
    contact: str
    phone: str
    opened: Month | None
    closed: Month | None


def enterprises(session: Session, month: Month | None = None) -> list[StoredEnterprise]:
    """Companies in the order in which they were entered; with ``month`` only those open in it."""
    query = select(Enterprise).order_by(Enterprise.id)
    if month is not None:
        query = query.where(
            or_(Enterprise.opened.is_(None), Enterprise.opened <= month.key),
            or_(Enterprise.closed.is_(None), Enterprise.closed >= month.key),
        )
    names: dict[int, list[str]] = {}
    aliases = select(EnterpriseAlias.enterprise_id, EnterpriseAlias.alias).order_by(EnterpriseAlias.id)
    for enterprise_id, alias in session.execute(aliases):
        names.setdefault(enterprise_id, []).append(alias)
    return [_stored(company, names.get(company.id, [])) for company in session.scalars(query)]


def upsert_enterprises(
    session: Session, planned: Iterable[EnterpriseLike], *, batch_id: int | None = None
) -> RegisterCounts:
    """Bring the register to what a file says.

    A company is found by its 统一社会信用代码, else by its name; blanks erase nothing.

    :raises LedgerError: an alias or code already belongs to another company.
    """
    log = ChangeLog(session, batch_id)
    added = changed = unchanged = 0
    for row in planned:
        company = _find(session, row)
        if company is None:
            company = Enterprise(name=row.name)
            _write(company, {"short_name": short_of(row.name), **_filled(row)})
            session.add(company)
            session.flush()
            log.added(company)
            _add_aliases(session, company, row.aliases, log)
            added += 1
            continue
        different = {key: value for key, value in _filled(row).items() if getattr(company, key) != value}
        if different:
            log.before_change(company)
            _write(company, different)
        if _add_aliases(session, company, row.aliases, log) or different:
            changed += 1
        else:
            unchanged += 1
    session.flush()
    return RegisterCounts(added=added, changed=changed, unchanged=unchanged)


def short_of(name: str) -> str:
    """The short name of a company for which none is given: its name without its legal form."""
    return re.sub(r"(股份)?有限(责任)?公司$", "", name)


def add_alias(session: Session, enterprise_id: int, alias: str) -> None:
    """Remember a name by which files call a company.

    :raises LedgerError: the name already belongs to another company.
    """
    company = session.get_one(Enterprise, enterprise_id)
    _add_aliases(session, company, [alias], ChangeLog(session, None))


def set_major_brands(session: Session, year: int, brands: Iterable[str]) -> None:
    """The 主要品牌 from ``year`` on; those no longer named end with the year before."""
    wanted = list(dict.fromkeys(brands))
    current = session.scalars(select(MajorBrand).where(MajorBrand.year_to.is_(None))).all()
    for entry in current:
        if entry.brand in wanted:
            wanted.remove(entry.brand)
            entry.year_from = min(entry.year_from, year)
        elif entry.year_from >= year:
            session.delete(entry)
        else:
            entry.year_to = year - 1
    session.flush()
    session.add_all(MajorBrand(brand=brand, year_from=year) for brand in wanted)
    session.flush()


def major_brands(session: Session, year: int) -> list[str]:
    """Brands that count as 主要品牌 in ``year``, in the order in which they were entered."""
    query = (
        select(MajorBrand.brand)
        .where(MajorBrand.year_from <= year, or_(MajorBrand.year_to.is_(None), MajorBrand.year_to >= year))
        .order_by(MajorBrand.id)
    )
    return list(session.scalars(query))


def all_major_brands(session: Session) -> dict[int, tuple[str, ...]]:
    """主要品牌 of every year from the first entry's to the end of the century, for trends in one read."""
    entries = session.execute(
        select(MajorBrand.brand, MajorBrand.year_from, MajorBrand.year_to).order_by(MajorBrand.id)
    ).all()
    if not entries:
        return {}
    years = range(min(entry.year_from for entry in entries), 2101)
    return {
        year: tuple(e.brand for e in entries if e.year_from <= year and (e.year_to is None or year <= e.year_to))
        for year in years
    }


def _find(session: Session, row: EnterpriseLike) -> Enterprise | None:
    by_name = session.scalar(select(Enterprise).where(Enterprise.name == row.name))
    if not row.uscc:
        return by_name
    by_code = session.scalar(select(Enterprise).where(Enterprise.uscc == row.uscc))
    if by_code is not None and by_name is not None and by_code is not by_name:
        raise LedgerError(
            f"统一社会信用代码 {row.uscc} 属于“{by_code.name}”，不是“{row.name}”", hint="请核对名录中的代码"
        )
    return by_code or by_name


def _filled(row: EnterpriseLike) -> dict[str, object]:
    """The columns that the row has something to say about."""
    texts = {
        "name": row.name,
        "short_name": row.short_name,
        "brand": row.brand,
        "uscc": row.uscc,
        "licence_no": row.licence_no,
        "kind": row.kind,
        "contact": row.contact,
        "phone": row.phone,
    }
    filled: dict[str, object] = {key: value for key, value in texts.items() if value}
    if row.opened is not None:
        filled["opened"] = row.opened.key
    if row.closed is not None:
        filled["closed"] = row.closed.key
    return filled


def _write(company: Enterprise, values: dict[str, object]) -> None:
    for key, value in values.items():
        setattr(company, key, value)


def _add_aliases(session: Session, company: Enterprise, aliases: Iterable[str], log: ChangeLog) -> int:
    """Add the aliases that are new; returns how many."""
    count = 0
    for alias in dict.fromkeys(aliases):
        if not alias or alias == company.name:
            continue
        known = session.scalar(select(EnterpriseAlias).where(EnterpriseAlias.alias == alias))
        if known is None:
            entry = EnterpriseAlias(enterprise_id=company.id, alias=alias)
            session.add(entry)
            session.flush()
            log.added(entry)
            count += 1
        elif known.enterprise_id != company.id:
            owner = session.get_one(Enterprise, known.enterprise_id)
            raise LedgerError(f"别名“{alias}”已属于“{owner.name}”", hint=f"请改掉“{company.name}”的这个别名")
    return count


def _stored(company: Enterprise, aliases: list[str]) -> StoredEnterprise:
    return StoredEnterprise(
        id=company.id,
        name=company.name,
        short_name=company.short_name,
        brand=company.brand,
        uscc=company.uscc or "",
        licence_no=company.licence_no,
        kind=company.kind,
        aliases=tuple(aliases),
        contact=company.contact,
        phone=company.phone,
        opened=None if company.opened is None else month_of(company.opened),
        closed=None if company.closed is None else month_of(company.closed),
    )
