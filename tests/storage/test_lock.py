"""One window per ledger, also across processes and after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.errors import LedgerError
from desktop_app.storage.lock import LedgerLock

WINDOW = """
import sys
from pathlib import Path
from desktop_app.storage.lock import LedgerLock
lock = LedgerLock(Path(sys.argv[1]))
lock.acquire()
print("open", flush=True)
sys.stdin.read()
lock.release()
"""


@contextmanager
def window(ledger: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the ledger open until its input ends."""
    arguments = [sys.executable, "-c", WINDOW, str(ledger)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        try:
            yield process
        finally:
            process.communicate()


def test_the_second_window_is_told_who_has_the_ledger(ledger_path: Path) -> None:
    with window(ledger_path) as other:
        with pytest.raises(LedgerError) as refusal:
            LedgerLock(ledger_path).acquire()
        text = str(refusal.value)
        assert "此台账已在另一个窗口打开" in text
        holder = LedgerLock(ledger_path).holder()
        assert holder is not None
        assert holder.pid == other.pid
        assert holder.host in text
        assert holder.user in text
    with LedgerLock(ledger_path) as mine:
        assert mine.held


def test_a_window_that_was_killed_does_not_keep_the_ledger(ledger_path: Path) -> None:
    with window(ledger_path) as other:
        os.kill(other.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        other.wait()
        with LedgerLock(ledger_path) as mine:
            holder = mine.holder()
            assert holder is not None
            assert holder.pid == os.getpid(), "the note of the dead one is replaced"


def test_two_ledgers_do_not_disturb_each_other(tmp_path: Path) -> None:
    with LedgerLock(tmp_path / "a.db"), LedgerLock(tmp_path / "b.db") as second:
        assert second.held


def test_the_note_goes_with_the_lock(ledger_path: Path) -> None:
    lock = LedgerLock(ledger_path)
    with lock:
        assert lock.holder() is not None
    assert lock.holder() is None
    assert not lock.held
    lock.release()


def test_a_step_of_ours_does_not_lock_our_own_window_out(ledger_path: Path) -> None:
    with LedgerLock(ledger_path) as mine:
        with LedgerLock(ledger_path, "升级台账").unless_ours():
            pass
        assert mine.held
        assert mine.holder() is not None
    with window(ledger_path), pytest.raises(LedgerError), LedgerLock(ledger_path).unless_ours():
        pass


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(LedgerError, match="写不进去"):
        LedgerLock(tmp_path / "文件" / "ledger.db").acquire()
