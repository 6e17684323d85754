"""Reading in another process, with a limit of time; the process is kept for the next file."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Lock

from desktop_app.errors import CancelledError, FileRefusedError
from desktop_app.importing.grid import RawBook
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers.guard import broken
from desktop_app.importing.readers.worker import OUT_OF_TIME, serve

SECONDS = 6.0
"""Processor time for one file; as many cells as are read at all take less."""
WAIT = 30.0
"""By the clock, where the processor is shared or the system knows no limit of processor time."""
_START_SECONDS = 20.0
_LARGE = 2 * 1024 * 1024
_LOOK_EVERY = 0.05


class Reader:
    """One process for all files; asked by one thread at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: SpawnProcess | None = None
        self._channel: Connection | None = None

    def read(
        self,
        data: bytes,
        name: str,
        options: ImportOptions,
        cancelled: Callable[[], bool] | None = None,
        seconds: float = SECONDS,
    ) -> RawBook:
        """Read a file there.

        :param seconds: processor time that it may take.
        :raises FileRefusedError: refused, damaged, took too long, or ended the process.
        :raises CancelledError: the user has cancelled.
        """
        with self._lock:
            fresh = self._process is None or not self._process.is_alive()
            channel = self._started() if fresh else self._channel
            assert channel is not None  # noqa: S101  (started together with the process)
            try:
                channel.send((data, name, options, seconds))
                answer = self._answer(channel, (_START_SECONDS if fresh else 0) + WAIT, cancelled, name)
            except (EOFError, OSError):
                if self._ran_out():
                    raise _too_slow(name) from None
                raise FileRefusedError(
                    "文件有问题，读它的时候程序出了故障，没有打开",
                    hint="请企业用 Excel 或 WPS 打开，另存为新的 .xlsx 再发",
                    where=name,
                ) from None
            if len(data) > _LARGE:
                self.stop()
        if isinstance(answer, FileRefusedError):
            raise answer
        if not isinstance(answer, RawBook):
            raise broken(name)
        return answer

    def _ran_out(self) -> bool:
        """End the process; whether it was out of processor time."""
        process = self._process
        if process is not None:
            process.join(1)
        spent = process is not None and process.exitcode == -OUT_OF_TIME
        self.stop()
        return spent

    def stop(self) -> None:
        """End the process; the next file starts another."""
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._channel = None

    def _started(self) -> Connection:
        self.stop()
        context = multiprocessing.get_context("spawn")
        self._channel, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True, name="reader")
        self._process.start()
        theirs.close()
        return self._channel

    def _answer(self, channel: Connection, limit: float, cancelled: Callable[[], bool] | None, name: str) -> object:
        end = time.monotonic() + limit
        while not channel.poll(_LOOK_EVERY):
            if cancelled is not None and cancelled():
                self.stop()
                raise CancelledError
            if time.monotonic() > end:
                self.stop()
                raise _too_slow(name)
        return channel.recv()


def _too_slow(name: str) -> FileRefusedError:
    return FileRefusedError(
        "读了很久还没有读完，已经停下", hint="请只留当月的表，另存为新的 .xlsx 后再导入", where=name
    )


READER = Reader()
"""The process of this program."""
