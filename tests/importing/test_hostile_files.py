"""Each hostile file is read safely or refused with a reason, within ten seconds and half a gigabyte."""

from __future__ import annotations

import multiprocessing
import time
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.planner import inspect_file
from desktop_app.importing.readers.isolated import READER
from tests.importing.hostile import HOSTILE
from tests.importing.makers import save

HALF_A_GIGABYTE = 500 * 1024 * 1024


def _peak(pid: int | None) -> int:
    """Most memory that the reading process ever held, in bytes."""
    status = Path(f"/proc/{pid}/status")
    if pid is None or not status.exists():
        return 0
    line = next((line for line in status.read_text().splitlines() if line.startswith("VmHWM")), "")
    return int(line.split()[1]) * 1024 if line else 0


def test_there_are_at_least_forty() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(tmp_path: Path, name: str) -> None:
    path = save(tmp_path, "表.bin", HOSTILE[name]())
    start = time.process_time()
    wall = time.monotonic()
    with suppress(FileRefusedError):
        inspect_file(path, ImportOptions())
    assert time.process_time() - start < 10
    assert time.monotonic() - wall < 30, "the limit of the reading process holds, on a busy machine too"
    readers = [child for child in multiprocessing.active_children() if child.name == "reader"]
    assert all(_peak(child.pid) < HALF_A_GIGABYTE for child in readers)


def test_the_next_file_is_read_as_ever(tmp_path: Path) -> None:
    READER.stop()
    path = save(tmp_path, "表.csv", [["企业名称", "业务量"], ["示例甲快递", "007"]])
    assert inspect_file(path, ImportOptions()).data_rows == 1
