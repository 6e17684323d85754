"""Opening: every refusal says why and leaves things as they were; an upgrade is backed up first."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop_app.errors import LedgerError
from desktop_app.storage import migrate, opening
from desktop_app.storage.engine import Ledger, ledger_url, make_engine, write_connection
from desktop_app.storage.opening import backup_folder, create_ledger, open_ledger
from desktop_app.storage.schema import HEAD, REVISIONS
from desktop_app.storage.settings import get_setting, set_setting


def stamp(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


@pytest.fixture
def old_ledger(ledger_path: Path) -> Path:
    """A ledger of the first schema with something in it."""
    ledger_path.parent.mkdir()
    migrate.upgrade(ledger_url(ledger_path), REVISIONS[0])
    with closing(sqlite3.connect(ledger_path)) as connection, connection:
        connection.execute("INSERT INTO ledger_setting VALUES ('region_name', '蛟河市')")
    return ledger_path


def test_a_new_ledger_is_at_head_and_leaves_no_draft(ledger_path: Path) -> None:
    with create_ledger(ledger_path) as ledger:
        assert ledger.schema == HEAD
        assert ledger.name == str(ledger_path)
    assert [entry.name for entry in ledger_path.parent.iterdir()] == [ledger_path.name]


def test_creating_over_something_is_refused(ledger: Ledger) -> None:
    assert ledger.path is not None
    before = ledger.path.read_bytes()
    with pytest.raises(LedgerError, match="已有文件"):
        create_ledger(ledger.path)
    assert ledger.path.read_bytes() == before


def test_a_failed_creation_leaves_no_file(ledger_path: Path) -> None:
    ledger_path.parent.mkdir()
    blocked = ledger_path.parent / "文件"
    blocked.write_text("")
    with pytest.raises(LedgerError, match="写不进去"):
        create_ledger(blocked / "ledger.db")
    assert [entry.name for entry in ledger_path.parent.iterdir()] == ["文件"]


def test_a_missing_ledger_names_the_way_out(ledger_path: Path) -> None:
    with pytest.raises(LedgerError, match="请新建台账") as refusal:
        open_ledger(ledger_path)
    assert "init" in refusal.value.on_command_line
    assert str(ledger_path) in str(refusal.value)
    assert not ledger_path.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"SQLite format 3\x00" + b"\x00" * 200])
def test_what_is_no_ledger_is_refused_and_untouched(ledger_path: Path, content: bytes) -> None:
    ledger_path.parent.mkdir()
    ledger_path.write_bytes(content)
    with pytest.raises(LedgerError, match="不是台账"):
        open_ledger(ledger_path)
    assert ledger_path.read_bytes() == content
    assert len(list(ledger_path.parent.iterdir())) == 1


def test_another_programs_database_is_refused(ledger_path: Path) -> None:
    ledger_path.parent.mkdir()
    with closing(sqlite3.connect(ledger_path)) as connection, connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    with pytest.raises(LedgerError, match="不是台账"):
        open_ledger(ledger_path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="文件夹"):
        open_ledger(tmp_path)


def test_a_damaged_ledger_points_to_the_backups(ledger: Ledger) -> None:
    assert ledger.path is not None
    ledger.close()
    content = bytearray(ledger.path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    ledger.path.write_bytes(content)
    with pytest.raises(LedgerError, match="备份"):
        open_ledger(ledger.path)


def test_a_newer_ledger_is_explained_and_unchanged(ledger: Ledger) -> None:
    assert ledger.path is not None
    ledger.close()
    stamp(ledger.path, "0999")
    before = ledger.path.read_bytes()
    with pytest.raises(LedgerError, match=r"更新版本的程序.*0999"):
        open_ledger(ledger.path)
    assert ledger.path.read_bytes() == before
    assert not backup_folder(ledger.path).exists()


def test_an_older_ledger_is_backed_up_verified_and_upgraded(old_ledger: Path) -> None:
    with open_ledger(old_ledger) as ledger, ledger.read() as session:
        assert ledger.schema == HEAD
        assert get_setting(session, "region_name") == "蛟河市"
    (kept,) = backup_folder(old_ledger).iterdir()
    assert f"升级前-{REVISIONS[0]}-" in kept.name
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISIONS[0],)
        assert connection.execute("SELECT value FROM ledger_setting").fetchone() == ("蛟河市",)
    with open_ledger(old_ledger):
        pass
    assert len(list(backup_folder(old_ledger).iterdir())) == 1, "an up-to-date ledger is not backed up again"


def test_upgrading_can_be_declined(old_ledger: Path) -> None:
    before = old_ledger.read_bytes()
    with pytest.raises(LedgerError, match="旧版结构"):
        open_ledger(old_ledger, upgrade=False)
    assert old_ledger.read_bytes() == before


def test_without_a_verified_backup_there_is_no_upgrade(old_ledger: Path) -> None:
    backup_folder(old_ledger).write_text("a file where the folder should be")
    with pytest.raises(LedgerError, match="备份没有做成"):
        open_ledger(old_ledger)
    with closing(sqlite3.connect(old_ledger)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISIONS[0],)


def test_an_upgrade_that_fails_leaves_the_old_ledger_whole(old_ledger: Path) -> None:
    with closing(sqlite3.connect(old_ledger)) as connection, connection:
        # The name that the last trigger of the next schema wants is taken: the step fails near its end.
        connection.execute("CREATE TRIGGER tr_audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT 1; END")
    with pytest.raises(Exception, match="already exists"):
        open_ledger(old_ledger)
    with closing(sqlite3.connect(old_ledger)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISIONS[0],)
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
        assert names == {"tr_audit_event_no_delete"}
        assert connection.execute("SELECT value FROM ledger_setting").fetchone() == ("蛟河市",)


def test_an_upgrade_waits_for_an_open_window(old_ledger: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop_app.storage.lock import LedgerLock\n"
        "lock = LedgerLock(Path(sys.argv[1])); lock.acquire(); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(old_ledger)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "held\n"
        with pytest.raises(LedgerError, match="另一个窗口"):
            open_ledger(old_ledger)
        window.communicate()
    with open_ledger(old_ledger) as ledger:
        assert ledger.schema == HEAD


@pytest.mark.postgres
def test_the_same_on_a_server(postgres_url: str) -> None:
    with pytest.raises(LedgerError, match="没有台账"):
        open_ledger(postgres_url)
    with create_ledger(postgres_url) as ledger:
        assert ledger.path is None
        with ledger.write() as session:
            set_setting(session, "region_name", "蛟河市")
    with pytest.raises(LedgerError, match="已有台账"):
        create_ledger(postgres_url)
    with open_ledger(postgres_url) as ledger, ledger.read() as session:
        assert get_setting(session, "region_name") == "蛟河市"
    engine = make_engine(ledger_url(postgres_url), pooled=False)
    with write_connection(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(LedgerError, match="更新版本的程序"):
        open_ledger(postgres_url)


def test_an_unreachable_server_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as refusal:
        open_ledger(f"postgresql://wang:geheim@/ledger?host={tmp_path}")
    assert "数据库服务器" in str(refusal.value)
    assert "geheim" not in str(refusal.value)


def test_opening_an_up_to_date_ledger_loads_only_what_it_needs(ledger: Ledger) -> None:
    code = (
        "import sys; from desktop_app.storage.opening import open_ledger\n"
        "with open_ledger(sys.argv[1]) as ledger, ledger.read() as session: pass\n"
        "unwanted = ('alembic', 'pandas', 'PySide6', 'psycopg', 'sqlalchemy.dialects.postgresql')\n"
        "print([name for name in unwanted if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(ledger.path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_backup_folder_is_named_in_chinese(ledger_path: Path) -> None:
    assert opening.backup_folder(ledger_path) == ledger_path.parent / "备份"
