"""Backup, restore and the ledger's self-check."""

from __future__ import annotations

from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.services import context
from desktop_app.services.ledger import BACKUP_ACTION, actor
from desktop_app.services.own_file import faults
from desktop_app.storage import audit, backup, integrity
from desktop_app.storage.backup import BackupInfo
from desktop_app.storage.engine import Ledger, ledger_url
from desktop_app.storage.integrity import CheckResult
from desktop_app.storage.opening import ledger_path

__all__ = ["BackupInfo", "CheckResult", "check", "make_backup", "restore_backup"]


def make_backup(ledger: Ledger, folder: Path | None = None) -> BackupInfo:
    """A verified copy of the ledger in ``folder`` (default: 备份 beside the ledger), noted in the audit trail.

    :raises LedgerError: the folder cannot be written, the copy does not verify, or the ledger is on a server.
    """
    info = backup.backup(ledger, folder)
    with ledger.write() as session:
        audit.append(session, actor(), BACKUP_ACTION, info.path.name, {"sha256": info.sha256})
    return info


def restore_backup(file: Path, db: str | Path) -> BackupInfo | None:
    """Put a backup in the place of the ledger; the replaced one is kept as a backup and returned.

    :raises UserError: the ledger is on a server, the file is no sound backup, or a window has the ledger open.
    """
    target = ledger_path(ledger_url(db))
    if target is None:
        raise UserError("台账在数据库服务器上，不能由本程序恢复", hint="请管理员用 pg_restore")
    if not file.exists():
        raise UserError(
            "找不到这个备份文件", hint="请检查路径和文件名；备份一般在台账旁的“备份”文件夹里", where=str(file)
        )
    return backup.restore(file, target)


def check(ledger: Ledger) -> list[CheckResult]:
    """Integrity, audit chain, control totals, evidence, versions, own indicators."""
    wrong = faults(ledger)
    detail = "；".join(map(str, wrong)) or f"{len(context.own_reading(ledger).entries)} 个，定义完好"
    return [*integrity.check_ledger(ledger), CheckResult("自设指标", not wrong, detail)]
