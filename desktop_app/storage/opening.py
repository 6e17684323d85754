"""Creating and opening ledgers: refusals in plain words, backup before an upgrade."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from desktop_app.errors import LedgerError
from desktop_app.storage.engine import Ledger, held_here, ledger_url, make_engine, read_connection
from desktop_app.storage.files import copy_own_file, discard, draft_of, to_disk
from desktop_app.storage.schema import APPLICATION_ID, HEAD, REVISIONS

BACKUP_FOLDER = "备份"
"""Folder beside the ledger for the backups that the program makes by itself."""

_SQLITE_MAGIC = b"SQLite format 3\x00"


def create_ledger(db: str | Path) -> Ledger:
    """Make an empty ledger at head and open it. A file appears under its name only when it is complete.

    :raises LedgerError: something is there already, or the place cannot be written.
    """
    from desktop_app.storage.migrate import upgrade

    url = ledger_url(db)
    path = ledger_path(url)
    if path is None:
        if _server_revision(url) is not None:
            raise LedgerError("这个数据库里已有台账", where=url.render_as_string(hide_password=True))
        upgrade(url)
        return open_ledger(db)
    if path.exists():
        raise LedgerError("此处已有文件，不能新建台账", hint="请直接打开它，或换一个文件名", where=str(path))
    draft = draft_of(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        upgrade(URL.create("sqlite", database=str(draft)))
        to_disk(draft)
        draft.replace(path)
    except OSError as error:
        raise LedgerError("这个位置写不进去", hint="请检查文件夹的写入权限和剩余空间", where=str(path)) from error
    finally:
        discard(draft)
    return open_ledger(path)


def open_ledger(db: str | Path, *, upgrade: bool = True) -> Ledger:
    """Open an existing ledger. An older one is backed up, verified and then upgraded; a newer one is left alone.

    :param upgrade: False refuses an older ledger instead of upgrading it.
    :raises LedgerError: missing, no ledger, damaged, newer, or not to be upgraded.
    """
    url = ledger_url(db)
    path = ledger_path(url)
    if path is not None:
        check_file(path)
    revision = _server_revision(url)
    name = str(path) if path else url.render_as_string(hide_password=True)
    if revision is None:
        raise LedgerError(
            "这个数据库里没有台账",
            hint="请在“⋯”菜单里新建台账",
            command="请先运行 bureau-ledger init --region 区划代码",
            where=name,
        )
    if revision not in REVISIONS:
        raise LedgerError(
            f"此台账由更新版本的程序建立（结构 {revision}，本程序只认识到 {HEAD}），没有改动它",
            hint="请安装新版程序后再打开",
            where=name,
        )
    if revision != HEAD:
        if not upgrade:
            raise LedgerError(f"此台账是旧版结构（{revision}），需要先升级到 {HEAD}", where=name)
        _upgrade_with_backup(url, path, revision)
    return Ledger(make_engine(url), path, HEAD)


def ledger_path(url: URL) -> Path | None:
    """File of a SQLite URL; None on a server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def check_file(path: Path) -> None:
    """Refuse what is no ledger, from the first 100 bytes, before SQLite touches it.

    :raises LedgerError: missing, unreadable, or not one of ours.
    """
    if not path.exists():
        raise LedgerError(
            "还没有台账",
            hint="请新建台账，或检查路径",
            command="请先运行 bureau-ledger init --region 区划代码，或检查路径",
            where=str(path),
        )
    if path.is_dir():
        raise LedgerError("这是文件夹，不是台账文件", hint="请选台账文件，一般叫 ledger.db", where=str(path))
    if held_here(path):
        return
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise LedgerError("台账文件打不开", hint="请检查是否有权限", where=str(path)) from error
    if head[:16] != _SQLITE_MAGIC or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise LedgerError("这个文件不是台账", hint="请确认选对了文件；台账文件一般叫 ledger.db", where=str(path))


def backup_folder(path: Path) -> Path:
    """Where the program's own backups of this ledger go."""
    return path.parent / BACKUP_FOLDER


def _server_revision(url: URL) -> str | None:
    from desktop_app.storage.migrate import revision_of

    engine = make_engine(url, pooled=False)
    where = url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    try:
        with read_connection(engine, where) as connection:
            return revision_of(connection)
    except DatabaseError as error:
        if url.get_backend_name() == "sqlite":
            raise LedgerError("台账打不开", hint="文件可能已损坏；请用最近的备份恢复", where=where) from error
        raise LedgerError("数据库服务器上的台账打不开", hint="请管理员检查数据库", where=where) from error
    finally:
        engine.dispose()


def _upgrade_with_backup(url: URL, path: Path | None, revision: str) -> None:
    from desktop_app.storage.migrate import upgrade

    if path is None:
        upgrade(url)
        return
    from desktop_app.storage.backup import verified_copy
    from desktop_app.storage.lock import LedgerLock

    # An older program's window must not find the tables changed under it; our own window may hold the lock already.
    with LedgerLock(path, "升级台账").unless_ours():
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")[:-3]
        before = backup_folder(path) / f"{path.stem}-升级前-{revision}-{stamp}.db"
        verified_copy(path, before)
        copy_own_file(path, before)
        upgrade(url)
