"""Creating and opening ledgers, and what the window's frame says about one."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.errors import LedgerError, UserError
from desktop_app.models.values import Month, region_code
from desktop_app.services import context
from desktop_app.services.results.overview import LedgerInfo
from desktop_app.storage import audit, observations, settings
from desktop_app.storage.coverage import months_with_coverage
from desktop_app.storage.engine import Ledger, ledger_url
from desktop_app.storage.lock import LedgerLock
from desktop_app.storage.opening import create_ledger, ledger_path
from desktop_app.storage.opening import open_ledger as open_stored

SAMPLE_REGION = "220281000000"
"""蛟河市, whose real village registry the demo county uses."""
BACKUP_ACTION = "备份"
"""Audit word of a backup; the footer shows the newest."""

__all__ = ["Ledger", "actor", "create", "create_sample", "hold", "info", "open_ledger", "set_work_month", "work_month"]


def open_ledger(db: str | Path) -> Ledger:
    """Open a ledger, upgrading an older one after a verified backup.

    :raises LedgerError: missing, no ledger, damaged or made by a newer program.
    """
    return open_stored(db)


_PROVINCES = frozenset((*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
"""First two digits of the provinces (GB/T 2260) that have county postal bureaus."""


def create(db: str | Path, region: str, name: str = "", *, sample: bool = False) -> Ledger:
    """Create a ledger for a county, or open (and upgrade) the one that is there.

    :raises UserError: a bad region code, or the ledger there belongs to another region.
    """
    try:
        code = region_code(region)
    except ValueError as error:
        raise UserError(str(error), hint="例如 220281") from None
    if int(code[:2]) not in _PROVINCES:
        raise UserError(f"没有以 {code[:2]} 开头的区划代码", hint="请核对代码，例如 220281")
    path = ledger_path(ledger_url(db))
    ledger = _open_or_create(db, path)
    own = context.home(ledger)
    if own.name or _has_region(ledger):
        if own.region != code:
            ledger.close()
            raise LedgerError(
                f"此台账属于 {own.name or own.region}，不能改成 {code}", hint="请另选一个文件", where=str(db)
            )
        return ledger
    with ledger.write() as session:
        settings.set_setting(session, "region_code", code)
        settings.set_setting(session, "region_name", name)
        settings.set_setting(session, "sample", "1" if sample else "0")
        settings.set_setting(session, "created_at", datetime.now(UTC).isoformat(timespec="seconds"))
        audit.append(session, actor(), "新建台账", code, {"name": name, "sample": sample})
    return ledger


def create_sample(db: str | Path, region: str, name: str = "") -> Ledger:
    """Create the ledger of the demo county; it must not exist yet, so that no real ledger gets invented figures.

    :raises UserError: there is a ledger already, or the region is not the demo county's.
    """
    path = ledger_path(ledger_url(db))
    if path is not None and path.exists():
        raise LedgerError("此处已有台账，不能装入示例数据", hint="请另选一个新文件名", where=str(path))
    if region_code(region) != SAMPLE_REGION:
        hint = f"区划代码请写 {SAMPLE_REGION[:6]}"
        raise UserError(f"示例数据只有蛟河市（{SAMPLE_REGION[:6]}）的", hint=hint)
    return create(db, region, name, sample=True)


def _open_or_create(db: str | Path, path: Path | None) -> Ledger:
    if path is not None and not path.exists():
        return create_ledger(db)
    try:
        return open_stored(db)
    except LedgerError:
        if path is not None:
            raise
        return create_ledger(db)


def _has_region(ledger: Ledger) -> bool:
    with ledger.read() as session:
        return bool(settings.get_setting(session, "region_code"))


def actor() -> str:
    """Who is at the machine, for the audit trail."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "未知用户"


def hold(ledger: Ledger) -> LedgerLock | None:
    """Take the ledger for a window; None on a server, where many may work at once.

    :raises LedgerError: another window has it open.
    """
    if ledger.path is None:
        return None
    lock = LedgerLock(ledger.path)
    lock.acquire()
    return lock


def upper_level(ledger: Ledger) -> str:
    """省级 or 市级 when the ledger's region is no county, empty otherwise."""
    code = context.home(ledger).region
    if not code[2:].strip("0"):
        return "省级"
    return "" if code[4:].strip("0") else "市级"


def info(ledger: Ledger) -> LedgerInfo:
    """Name, region, months with data, last change and last backup."""
    own = context.home(ledger)
    with ledger.read() as session:
        months = sorted({*observations.months_with_figures(session), *months_with_coverage(session)})
        work = settings.get_setting(session, "work_month")
        newest = audit.events(session, limit=1)
        backup = audit.last_of(session, BACKUP_ACTION)
    return LedgerInfo(
        path=ledger.name,
        name=ledger.path.name if ledger.path else ledger.name,
        region_code=own.region[:6],
        region_name=own.name or own.region[:6],
        sample=own.sample,
        work_month=work or (str(months[-1]) if months else ""),
        first_month=str(months[0]) if months else "",
        last_month=str(months[-1]) if months else "",
        last_saved=_local(newest[0].at) if newest else "",
        last_backup=_local(backup.at) if backup else "",
        schema=ledger.schema,
    )


def _local(moment: datetime) -> str:
    """今日 10:42, or the date with the time."""
    local = moment.astimezone()
    today = datetime.now().astimezone().date()
    return f"今日 {local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def work_month(ledger: Ledger) -> Month:
    """The month on the screen, else the last with figures, else the last that is over."""
    known = info(ledger)
    for text in (known.work_month, known.last_month):
        if text:
            return Month.parse(text)
    now = datetime.now().astimezone()
    return Month(now.year, now.month).shift(-1)


def set_work_month(ledger: Ledger, month: Month) -> None:
    """Remember the month that the clerk works on."""
    with ledger.write() as session:
        settings.set_setting(session, "work_month", str(month))
