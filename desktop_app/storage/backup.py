"""Verified backups and restoring them. A backup is a complete ledger file, checked before it gets its name."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.errors import LedgerError
from desktop_app.storage.engine import Ledger
from desktop_app.storage.files import copy_own_file, discard, draft_of, own_file_of, to_disk
from desktop_app.storage.opening import backup_folder, check_file
from desktop_app.storage.schema import REVISIONS

KEEP_AUTOMATIC = 10
"""How many automatic backups of one ledger are kept."""


@dataclass(frozen=True)
class BackupInfo:
    """A finished backup. ``rows``: table → rows, equal to the ledger's at that moment."""

    path: Path
    sha256: str
    rows: dict[str, int]
    verified: bool


def backup(ledger: Ledger, folder: Path | None = None, *, automatic: bool = False) -> BackupInfo:
    """Back the ledger up into ``folder`` (default: 备份 beside it) while it may be in use.

    Automatic ones are named so and only the last few are kept; those made by hand are never removed.

    :raises LedgerError: on PostgreSQL, when the folder cannot be written, or when the copy does not verify.
    """
    if ledger.path is None:
        raise LedgerError("台账在数据库服务器上，不能由本程序备份", hint="请管理员用 pg_dump 备份该数据库")
    target_folder = folder or backup_folder(ledger.path)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")[:-3]
    word = "自动备份" if automatic else "备份"
    info = verified_copy(ledger.path, target_folder / f"{ledger.path.stem}-{word}-{stamp}.db")
    _with_own_file(ledger.path, info.path)
    if automatic:
        olds = sorted(target_folder.glob(f"{ledger.path.stem}-{word}-*.db"), reverse=True)
        for old in olds[KEEP_AUTOMATIC:]:
            old.unlink(missing_ok=True)
            own_file_of(old).unlink(missing_ok=True)
    return info


def _with_own_file(source: Path, target: Path) -> None:
    """Put the bureau's own indicators beside a copy of the ledger.

    :raises LedgerError: the file cannot be copied.
    """
    try:
        copy_own_file(source, target)
    except OSError as error:
        raise LedgerError(
            "台账已备份，自设指标文件没有备份成",
            hint="请检查文件夹的写入权限和剩余空间",
            where=str(own_file_of(target)),
        ) from error


def verified_copy(source: Path, target: Path) -> BackupInfo:
    """Copy a ledger with SQLite's backup call (a file copy would lose what is still in the log) and check the copy.

    :raises LedgerError: the folder cannot be written, or the copy is not sound; no file is left then.
    """
    draft = draft_of(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(source)) as reader, closing(sqlite3.connect(draft)) as writer:
            # One read transaction holds the moment still, so that the counts belong to the copy.
            reader.isolation_level = None
            reader.execute("BEGIN")
            rows = _row_counts(reader)
            reader.backup(writer)
            reader.execute("ROLLBACK")
            # A backup on a stick is opened by anything: one plain file, without a log beside it.
            writer.execute("PRAGMA journal_mode=DELETE")
            problems = _problems(writer)
            if not problems and _row_counts(writer) != rows:
                problems = "行数与台账不一致"
        if problems:
            raise LedgerError(
                f"备份没有通过校验：{problems}",
                hint="请换一个磁盘再备份，并用“⋯”菜单的“检查台账”检查",
                command="请换一个磁盘再备份，并运行 bureau-ledger check",
            )
        to_disk(draft)
        digest = _sha256(draft)
        draft.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise LedgerError("备份没有做成", hint="请检查文件夹的写入权限和剩余空间", where=str(target.parent)) from error
    finally:
        discard(draft)
    return BackupInfo(target, digest, rows, verified=True)


def restore(file: Path, target: Path) -> BackupInfo | None:
    """Put a backup in the place of a ledger. Returns the backup made of the replaced ledger, None when there was none.

    :raises LedgerError: the file is no sound ledger or a newer one, or a window has the target open.
    """
    from desktop_app.storage.lock import LedgerLock

    if target.exists() and file.resolve() == target.resolve():
        raise LedgerError("备份文件就是台账本身", hint="请选另一个备份文件", where=str(file))
    _check_backup(file)
    with LedgerLock(target, "恢复台账"):
        draft = draft_of(target).with_suffix(".restore")
        kept: BackupInfo | None = None
        try:
            verified_copy(file, draft)
            if target.exists():
                kept = _keep_replaced(target)
                _let_go(target)
            # The old log must go before the new file comes: SQLite would play it into the wrong ledger.
            for suffix in ("-wal", "-shm"):
                target.with_name(target.name + suffix).unlink(missing_ok=True)
            draft.replace(target)
            # A backup without one was made before there was one, or was moved without it: what is there stays.
            copy_own_file(file, target)
        except OSError as error:
            raise LedgerError("恢复没有做成", hint="请关闭其他正在使用该台账的程序后再试", where=str(target)) from error
        finally:
            discard(draft)
    return kept


def _keep_replaced(target: Path) -> BackupInfo:
    """Back up the ledger that is about to be replaced; a damaged one is kept as the bare file."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")[:-3]
    place = backup_folder(target) / f"{target.stem}-恢复前-{stamp}.db"
    try:
        kept = verified_copy(target, place)
        _with_own_file(target, place)
        return kept
    except (LedgerError, sqlite3.Error):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(target.read_bytes())
        return BackupInfo(place, _sha256(place), {}, verified=False)


def _let_go(target: Path) -> None:
    """Refuse while any program still has the ledger open: what it writes later would go into a file without a name.

    Leaving WAL mode is the test: SQLite allows it to the only user of a database, and folds the log in.
    """
    try:
        with closing(sqlite3.connect(target, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise LedgerError(
            "台账正被另一个程序使用，不能替换", hint="请关闭所有打开此台账的窗口和命令后再恢复", where=str(target)
        ) from error
    except sqlite3.DatabaseError:
        return  # too damaged for SQLite to open: nobody works in it


def _check_backup(file: Path) -> None:
    check_file(file)
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            problems = _problems(connection)
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.Error as error:
            raise LedgerError("备份文件已损坏，不能恢复", hint="请换一个备份文件", where=str(file)) from error
    if problems:
        raise LedgerError(f"备份文件没有通过校验：{problems}", hint="请换一个备份文件", where=str(file))
    if revision is None or revision[0] not in REVISIONS:
        raise LedgerError("备份来自更新版本的程序", hint="请安装新版程序后再恢复", where=str(file))


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [
        str(name)
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name"
        )
    ]
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}  # noqa: S608


def _problems(connection: sqlite3.Connection) -> str:
    """Empty when sound, else what SQLite found, cut short."""
    found = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        return "；".join(found)[:200]
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return "有断开的关联"
    return ""


def _sha256(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
