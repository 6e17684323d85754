"""Workbooks are read in another process: crash, hang, hunger and cancelling cost one file and a plain message."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.errors import CancelledError, FileRefusedError
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.readers import open_workbook
from desktop_app.importing.readers.isolated import Reader
from tests.importing.makers import Rows, save, xls_bytes, xlsx_bytes

TABLE: Rows = [["企业名称", "业务量"], ["示例甲快递", "007"]]


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.stop()


def _process(reader: Reader) -> int:
    process = reader._process
    assert process is not None
    assert process.pid is not None
    return process.pid


def test_ten_files_share_one_process(reader: Reader) -> None:
    books = [reader.read(xlsx_bytes(TABLE), "表.xlsx", ImportOptions()) for _ in range(5)]
    first = _process(reader)
    books += [reader.read(xls_bytes(TABLE), "表.xls", ImportOptions()) for _ in range(5)]
    assert {book.sheets[0].rows for book in books} == {tuple(map(tuple, TABLE))}
    assert _process(reader) == first


def test_a_crash_is_one_message_and_the_next_file_is_read(reader: Reader) -> None:
    reader.read(xlsx_bytes(TABLE), "表.xlsx", ImportOptions())
    many = xlsx_bytes([[str(n * m) for n in range(20)] for m in range(3000)])

    def crash() -> bool:
        os.kill(_process(reader), 9)
        return False

    with pytest.raises(FileRefusedError, match="故障"):
        reader.read(many, "崩.xlsx", ImportOptions(), cancelled=crash)
    assert reader.read(xlsx_bytes(TABLE), "表.xlsx", ImportOptions()).sheets[0].rows[1] == ("示例甲快递", "007")


def test_a_file_that_takes_too_long_is_left(reader: Reader) -> None:
    reader.read(xlsx_bytes(TABLE), "表.xlsx", ImportOptions())
    many = xlsx_bytes([[str(n * m) for n in range(20)] for m in range(3000)])
    with pytest.raises(FileRefusedError, match="还没有读完") as refusal:
        reader.read(many, "慢.xlsx", ImportOptions(), seconds=0.05)
    assert refusal.value.hint
    assert reader.read(xlsx_bytes(TABLE), "表.xlsx", ImportOptions()).sheets


def test_reading_can_be_cancelled(reader: Reader) -> None:
    many = xlsx_bytes([[str(n * m) for n in range(20)] for m in range(3000)])
    start = time.monotonic()
    with pytest.raises(CancelledError):
        reader.read(many, "慢.xlsx", ImportOptions(), cancelled=lambda: True)
    assert time.monotonic() - start < 3
    assert reader._process is None


def test_refusals_come_through_with_their_hint(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError) as refusal:
        open_workbook(save(tmp_path, "坏.xlsx", xlsx_bytes(TABLE)[:-40]), ImportOptions())
    assert refusal.value.hint
    assert refusal.value.where == "坏.xlsx"


def test_the_reading_process_loads_no_heavy_part() -> None:
    code = (
        "import sys; import desktop_app.importing.readers.worker, desktop_app.importing.readers.isolated;"
        "print([m for m in ('pandas', 'PySide6', 'sqlalchemy', 'numpy', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
