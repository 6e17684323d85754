"""Each hostile file is read safely or refused with a reason, within ten seconds and half a gigabyte."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.errors import FileRefusedError
from desktop_app.importing.plan import ImportOptions
from desktop_app.importing.planner import inspect_file
from desktop_app.importing.readers.isolated import READER
from desktop_app.services.reading import inspect_path
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


def test_there_are_at_least_eighty() -> None:
    assert len(HOSTILE) >= 80


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


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    made = {
        name: tmp_path / f"{name}.csv" for name in ("pipe", "device", "endless", "socket", "ring", "folder", "gone")
    }
    os.mkfifo(made["pipe"])
    made["device"].symlink_to("/dev/null")
    made["endless"].symlink_to("/dev/zero")
    made["ring"].symlink_to(made["ring"])
    made["folder"].mkdir()
    with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(tmp_path):
        server.bind("socket.csv")
        for path in made.values():
            start = time.monotonic()
            with pytest.raises(FileRefusedError) as refusal:
                inspect_path(path)
            assert refusal.value.hint
            assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "name",
    ["两\n行.csv", "右\u202e左.csv", "名 称\t“引”.csv", "%s%n.csv", ";$(touch x).csv", ".csv", "长" * 80 + ".csv"],
)
def test_names_do_no_harm(tmp_path: Path, name: str) -> None:
    assert inspect_path(save(tmp_path, name, [["企业名称", "业务量"], ["示例甲快递", "007"]])).data_rows == 1


def test_the_next_file_is_read_as_ever(tmp_path: Path) -> None:
    READER.stop()
    path = save(tmp_path, "表.csv", [["企业名称", "业务量"], ["示例甲快递", "007"]])
    assert inspect_file(path, ImportOptions()).data_rows == 1
