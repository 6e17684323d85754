"""The process that opens workbooks: what crashes, hangs or eats memory there costs one file, not the window.

It reads one file after another. Plain text needs no such care: it is decoded in pure Python, a line at a time.
"""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection

from desktop_app.errors import FileRefusedError
from desktop_app.importing.grid import RawBook
from desktop_app.importing.plan import ImportOptions

MEMORY_LIMIT = 800 * 1024 * 1024
"""Address space of the process, in bytes; where the system has no such limit, the guards before reading must do."""

Answer = RawBook | FileRefusedError | None
"""None: something went wrong that is no refusal of ours."""


def serve(channel: Connection) -> None:
    """Answer questions (bytes, file name, options) until the other end closes."""
    _limit_memory()
    # openpyxl takes numpy along where it finds it; reading needs none of it, and it would take half of the memory.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # None is how an import is forbidden
    from desktop_app.importing.readers import xls, xlsx  # noqa: F401  (loaded before the first file asks for them)

    while True:
        try:
            data, name, options = channel.recv()
        except (EOFError, OSError):
            return
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
        return type(refusal)(refusal.message, hint=refusal.hint, where=refusal.where)
    except MemoryError:
        return _too_much(name)
    except RecursionError:
        return FileRefusedError("文件的内容嵌套太深，没有打开", hint="请企业另存一份新的再发", where=name)
    except Exception:  # noqa: BLE001  (whatever a damaged file brings a parser to is told as damage)
        return None


def _too_much(name: str) -> FileRefusedError:
    return FileRefusedError("读这个文件要用的内存太多，没有打开", hint="请只留当月的表，另存后再导入", where=name)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
