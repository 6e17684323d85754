"""One window per ledger. The lock is the system's and goes with the process, however that ends."""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop_app.errors import LedgerError


@dataclass(frozen=True)
class LockHolder:
    """Who has the ledger open, as far as it was written down."""

    user: str
    host: str
    pid: int
    since: str
    purpose: str

    def __str__(self) -> str:
        return f"{self.user}，电脑 {self.host}，{self.since} 起，{self.purpose}"


class LedgerLock:
    """Holds the ledger for one process.

    The note about the holder lies beside the lock, not in it: Windows lets nobody read a locked file.
    """

    def __init__(self, ledger: Path, purpose: str = "窗口") -> None:
        self._ledger = ledger
        self._purpose = purpose
        self._note = ledger.with_name(ledger.name + ".holder.json")
        # Loading it takes asyncio along, which no command needs that only reads.
        from filelock import FileLock

        self._lock = FileLock(ledger.with_name(ledger.name + ".lock"), timeout=0, thread_local=False)

    @property
    def held(self) -> bool:
        """Whether this object holds the ledger."""
        return self._lock.is_locked

    def acquire(self) -> None:
        """Take the ledger at once.

        :raises LedgerError: another process has it, or the folder cannot be written.
        """
        try:
            self._ledger.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except TimeoutError:  # as filelock says that somebody has it
            holder = self.holder()
            raise LedgerError(
                f"此台账已在另一个窗口打开（{holder or '由另一个程序占用'}）",
                hint="请使用已打开的窗口，或先把它关闭",
                where=str(self._ledger),
            ) from None
        except OSError as error:
            raise LedgerError(
                "台账所在的文件夹写不进去", hint="请检查写入权限", where=str(self._ledger.parent)
            ) from error
        self._write_note()

    def release(self) -> None:
        """Give the ledger free; harmless when not held."""
        if self.held:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    @contextmanager
    def unless_ours(self) -> Iterator[None]:
        """Hold the ledger for a step, content if this very process holds it already.

        :raises LedgerError: another process has it.
        """
        try:
            self.acquire()
        except LedgerError:
            holder = self.holder()
            if holder is None or (holder.pid, holder.host) != (os.getpid(), platform.node()):
                raise
        try:
            yield
        finally:
            self.release()

    def holder(self) -> LockHolder | None:
        """Who wrote the note; None when there is none or it cannot be read."""
        try:
            return LockHolder(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _write_note(self) -> None:
        try:
            user = getpass.getuser()
        except (OSError, KeyError, ImportError):
            user = "未知用户"
        since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        holder = LockHolder(user, platform.node(), os.getpid(), since, self._purpose)
        self._note.write_text(json.dumps(asdict(holder), ensure_ascii=False), encoding="utf-8")

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
