"""Backups verify, restoring keeps what it replaces, and neither leaves anything half done."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.errors import LedgerError
from desktop_app.storage import backup as backups
from desktop_app.storage.backup import KEEP_AUTOMATIC, backup, restore
from desktop_app.storage.dump import dump_hash
from desktop_app.storage.engine import Ledger
from desktop_app.storage.lock import LedgerLock
from desktop_app.storage.opening import create_ledger, open_ledger
from desktop_app.storage.settings import get_setting, set_setting
from tests.storage.makers import figure, store_figures


@pytest.fixture
def used(ledger: Ledger) -> Ledger:
    with ledger.write() as session:
        set_setting(session, "region_name", "蛟河市")
        store_figures(session, *[figure(n, indicator=f"X{n}") for n in range(50)])
    return ledger


def content(path: Path) -> str:
    with open_ledger(path) as opened:
        return dump_hash(opened)


def test_a_backup_of_an_open_ledger_is_the_same_ledger(used: Ledger, tmp_path: Path) -> None:
    assert used.path is not None
    assert used.path.with_name("ledger.db-wal").stat().st_size > 0, "the newest rows lie in the log only"
    info = backup(used, tmp_path / "U盘")
    assert info.verified
    assert info.rows["observation"] == 50
    assert info.sha256 == hashlib.sha256(info.path.read_bytes()).hexdigest()
    assert [entry.name for entry in info.path.parent.iterdir()] == [info.path.name], "one plain file, no draft"
    assert content(info.path) == dump_hash(used)


def test_a_backup_while_somebody_writes_holds_one_moment(used: Ledger) -> None:
    with used.write() as session:
        store_figures(session, figure(1, indicator="LATE"))
        info = backup(used)
    assert info.rows["observation"] == 50
    assert backup(used).rows["observation"] == 51


def test_automatic_backups_are_thinned_out_and_others_kept(used: Ledger) -> None:
    by_hand = backup(used).path
    automatic = [backup(used, automatic=True).path for _ in range(KEEP_AUTOMATIC + 3)]
    left = set(by_hand.parent.iterdir())
    assert left == {by_hand, *automatic[-KEEP_AUTOMATIC:]}


@pytest.mark.parametrize("fault", ["rows", "pages"])
def test_a_copy_that_does_not_verify_is_not_kept(used: Ledger, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """A stick that loses what is written to it: the copy is spoilt right after it was made."""
    if fault == "rows":
        counts = iter([{"observation": 50}, {"observation": 49}])
        monkeypatch.setattr(backups, "_row_counts", lambda _: next(counts))
    else:
        monkeypatch.setattr(backups, "_problems", lambda _: "第 3 页损坏")
    with pytest.raises(LedgerError, match="没有通过校验"):
        backup(used)
    assert used.path is not None
    assert list((used.path.parent / "备份").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(used: Ledger, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(LedgerError, match="备份没有做成"):
        backup(used, tmp_path / "文件" / "里面")


@pytest.mark.postgres
def test_a_server_is_backed_up_by_its_own_means(postgres_url: str) -> None:
    with create_ledger(postgres_url) as ledger, pytest.raises(LedgerError, match="pg_dump"):
        backup(ledger)


def test_restoring_brings_the_old_state_and_keeps_the_replaced_one(used: Ledger) -> None:
    assert used.path is not None
    old = dump_hash(used)
    saved = backup(used).path
    with used.write() as session:
        set_setting(session, "region_name", "改错了")
    new = dump_hash(used)
    used.close()
    kept = restore(saved, used.path)
    assert kept is not None
    assert kept.verified
    assert content(used.path) == old
    assert content(kept.path) == new
    assert saved.exists()
    assert restore(kept.path, used.path) is not None, "and back again"
    assert content(used.path) == new


def test_the_log_of_the_replaced_ledger_does_not_leak_into_the_restored_one(used: Ledger) -> None:
    """A program that was killed leaves its log behind; it must not be played into the restored file."""
    assert used.path is not None
    saved = backup(used).path
    old = dump_hash(used)
    with used.write() as session:
        set_setting(session, "region_name", "只在日志里")
    new = dump_hash(used)
    for suffix in ("-wal", "-shm"):
        shutil.copy(f"{used.path}{suffix}", f"{used.path}{suffix}.copy")
    shutil.copy(used.path, f"{used.path}.copy")
    used.close()
    for suffix in ("", "-wal", "-shm"):
        os.replace(f"{used.path}{suffix}.copy", f"{used.path}{suffix}")  # noqa: PTH105
    kept = restore(saved, used.path)
    assert content(used.path) == old
    assert kept is not None
    assert content(kept.path) == new, "what lay in the log is in the kept copy"


def test_restoring_where_no_ledger_is(used: Ledger, tmp_path: Path) -> None:
    saved = backup(used).path
    target = tmp_path / "另一台电脑" / "ledger.db"
    assert restore(saved, target) is None
    assert content(target) == dump_hash(used)


def test_restoring_over_a_damaged_ledger_keeps_even_that(used: Ledger) -> None:
    assert used.path is not None
    saved = backup(used).path
    good = dump_hash(used)
    used.close()
    used.path.write_bytes(b"\xff" * 5000)
    kept = restore(saved, used.path)
    assert kept is not None
    assert not kept.verified
    assert kept.path.read_bytes() == b"\xff" * 5000
    assert content(used.path) == good


def test_a_ledger_that_is_open_in_a_window_is_not_replaced(used: Ledger) -> None:
    assert used.path is not None
    saved = backup(used).path
    with LedgerLock(used.path), pytest.raises(LedgerError, match="另一个窗口"):
        restore(saved, used.path)
    with used.read() as session:
        assert get_setting(session, "region_name") == "蛟河市"


def test_a_ledger_that_any_program_still_uses_is_not_replaced(used: Ledger) -> None:
    """A command at work holds no window's lock; the file must not be pulled from under it."""
    assert used.path is not None
    saved = backup(used).path
    before = dump_hash(used)
    with pytest.raises(LedgerError, match="另一个程序使用"):
        restore(saved, used.path)
    with used.write() as session:
        set_setting(session, "region_name", "还在写")
    assert dump_hash(used) != before
    used.close()
    assert restore(saved, used.path) is not None
    assert content(used.path) == before


def test_what_is_no_sound_ledger_is_not_restored(used: Ledger, tmp_path: Path) -> None:
    assert used.path is not None
    before = dump_hash(used)
    saved = backup(used).path
    damaged, newer, foreign = (tmp_path / name for name in ("damaged.db", "newer.db", "report.pdf"))
    pages = bytearray(saved.read_bytes())
    pages[8192:16384] = b"\x5a" * 8192
    damaged.write_bytes(pages)
    shutil.copy(saved, newer)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    foreign.write_bytes(b"%PDF-1.7")
    for file, words in (
        (damaged, "校验|损坏"), (newer, "更新版本"), (foreign, "不是台账"), (tmp_path / "没有.db", "没有"),
        (used.path, "台账本身"),
    ):  # fmt: skip
        with pytest.raises(LedgerError, match=words):
            restore(file, used.path)
    assert dump_hash(used) == before
