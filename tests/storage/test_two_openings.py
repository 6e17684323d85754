"""One ledger opened twice in a process while another process works on it: nobody's locks are lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from desktop_app.paths import program_dir
from desktop_app.storage import settings
from desktop_app.storage.engine import held_here
from desktop_app.storage.opening import create_ledger, open_ledger

_OTHER = """
import sqlite3, sys
other = sqlite3.connect(sys.argv[1])
other.execute("SELECT count(*) FROM ledger_setting").fetchone()
other.close()
"""


def test_another_process_does_not_fold_the_log_away_under_us(tmp_path: Path) -> None:
    path = tmp_path / "台账.db"
    ledger = create_ledger(path)
    with ledger.write() as session:
        settings.set_setting(session, "a", "1")
    # A second look in the same process, as a check or a second window of the same program takes it.
    open_ledger(path).close()
    subprocess.run([sys.executable, "-c", _OTHER, str(path)], cwd=program_dir(), check=True, timeout=60)
    assert path.with_name(f"{path.name}-wal").exists(), "the log belongs to whoever still has the ledger open"
    with ledger.write() as session:
        settings.set_setting(session, "a", "2")
    with ledger.read() as session:
        assert settings.get_setting(session, "a") == "2"
    assert held_here(path)
    ledger.close()
    assert not held_here(path)
