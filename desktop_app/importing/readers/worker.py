"""The process that opens workbooks: what crashes, hangs or eats memory there costs one file, not the window.

It reads one file after another. Plain text needs no such care: it is decoded in pure Python, a line at a time.
"""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing.connection import Connection

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import RawBook
from desktop_app.importing.plan import ImportOptions

MEMORY_LIMIT = 380 * 1024 * 1024
"""Address space of the process, in bytes; where the system has no such limit, the guards before reading must do."""

OUT_OF_TIME = 27
"""SIGPROF, by its number: the signal that ends the process when its processor time is over."""

Answer = RawBook | FileRefusedError | None
"""None: something went wrong that is no refusal of ours."""


def serve(channel: Connection) -> None:
    """Answer questions (bytes, file name, options, seconds) until the other end closes."""
    _limit_memory()
    _be_quiet()
    # openpyxl takes numpy along where it finds it; reading needs none of it, and it would take half of the memory.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # None is how an import is forbidden
    from desktop_app.importing.readers import xls, xlsx  # noqa: F401  (loaded before the first file asks for them)

    while True:
        try:
            data, name, options, seconds = channel.recv()
        except (EOFError, OSError):
            return
        _limit_time(seconds)
        answer = _answer(data, name, options)
        del data
        try:
            channel.send(answer)
        except MemoryError:
            channel.send(_too_much(name))
        except OSError:
            return


def _answer(data: bytes, name: str, options: ImportOptions) -> Answer:
    from desktop_app.importing.readers import read_here

    try:
        return read_here(data, name, options)
    except FileRefusedError as refusal:
        return type(refusal)(refusal.message, hint=refusal.hint, where=refusal.where, command=refusal.command)
    except MemoryError:
        return _too_much(name)
    except RecursionError:
        return FileRefusedError("文件的内容嵌套太深，没有打开", hint="请企业另存一份新的再发", where=name)
    except Exception:  # noqa: BLE001  (whatever a damaged file brings a parser to is told as damage)
        return None


def _too_much(name: str) -> FileRefusedError:
    return FileRefusedError("读这个文件要用的内存太多，没有打开", hint="请只留当月的表，另存后再导入", where=name)


def _be_quiet() -> None:
    """What goes wrong here is told by the process that asked; a trace on the screen helps nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Let the system end this process once it has worked so much longer, in library code too."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
