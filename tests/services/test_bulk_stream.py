"""A large registry into an empty register: written while it is read, and yet the same, whole or not at all."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop_app.errors import CancelledError, FileRefusedError
from desktop_app.importing import planner
from desktop_app.importing.bulk import source
from desktop_app.models.values import Month
from desktop_app.services import imports, ledger, registers
from desktop_app.services.ledger import Ledger
from desktop_app.storage.integrity import check_ledger
from desktop_app.storage.regions import every_unit
from desktop_app.storage.village_stream import VillageStream
from tests.importing.bulk_files import Line, registry
from tests.services.demo import stored, written

MONTH = Month(2021, 3)
Change = Callable[[list[Line]], object]


def _leave(_lines: list[Line]) -> None:
    """As it is."""


def _count_heads(lines: list[Line]) -> None:
    for number, row in enumerate(lines):
        row.extend(["户数", "人口"] if number == 0 else [str(number), "" if number % 3 else "12"])


def _shuffle(lines: list[Line]) -> None:
    body = lines[1:]
    random.Random(3).shuffle(body)  # noqa: S311  (no secret)
    lines[1:] = body


FILES: dict[str, Change] = {
    "in order": _leave,
    "shuffled": _shuffle,
    "one village out of order": lambda lines: lines.append(lines.pop(450)),
    "quoted, odd and neighbouring lines": lambda lines: [
        lines[at].__setitem__(1, name) for at, name in ((400, '"甲, 村"'), (401, "乙\\村"), (600, " 丙村 "))
    ],
    "a town by nine digits far behind its villages": lambda lines: lines.append(["220281102", *lines[300][1:]]),
    "another county among them": lambda lines: lines.insert(444, ["220282100201", *lines[444][1:]]),
    "head counts": _count_heads,
}


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text file is large, and a piece has a few dozen lines."""
    monkeypatch.setattr(planner, "LARGE", 1)
    monkeypatch.setattr(source, "_PIECE", 3000)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Ledger]:
    with closing(ledger.create(tmp_path / "台账.db", "220281", "蛟河市")) as made:
        yield made


def listed(folder: Path, change: Change = _leave) -> Path:
    lines = registry()
    change(lines)
    return written(folder, "名录.csv", "".join(",".join(row) + "\n" for row in lines), "gb18030")


def units(of: Ledger) -> list[tuple[Any, ...]]:
    with of.read() as session:
        return [tuple(unit)[1:] for unit in every_unit(session)]


def by_small(path: Path, folder: Path) -> list[tuple[Any, ...]]:
    """What reading the file as a whole makes of it."""
    with pytest.MonkeyPatch.context() as patch, closing(ledger.create(folder / "b.db", "220281", "蛟河市")) as other:
        patch.setattr(planner, "LARGE", 1 << 40)
        registers.import_regions(other, path, month=MONTH)
        return units(other)


@contextmanager
def given_ahead() -> Iterator[list[int]]:
    """Bytes that went into the database before the plan was there."""
    sizes: list[int] = []
    put = VillageStream.put

    def counted(self: VillageStream, kind: int, text: bytes) -> None:
        sizes.append(len(text))
        put(self, kind, text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(VillageStream, "put", counted)
        yield sizes


@pytest.mark.parametrize("name", FILES)
@pytest.mark.usefixtures("small_pieces")
def test_what_is_written_ahead_is_what_the_file_says(name: str, county: Ledger, tmp_path: Path) -> None:
    path = listed(tmp_path, FILES[name])
    done = registers.import_regions(county, path, month=MONTH)
    assert units(county) == by_small(path, tmp_path)
    assert (done.added, done.changed, done.closed) == (700, 0, 0)
    assert all(result.ok for result in check_ledger(county))
    again = registers.import_regions(county, path, month=MONTH)
    assert (again.added, again.changed, again.closed) == (0, 0, 0)
    assert again.batch is not None
    assert done.batch is not None
    imports.undo_batch(county, again.batch)
    imports.undo_batch(county, done.batch)
    assert units(county) == []


@pytest.mark.usefixtures("small_pieces")
def test_a_fault_at_the_end_takes_everything_back(county: Ledger, tmp_path: Path) -> None:
    path, before = listed(tmp_path, lambda lines: lines.append(list(lines[350]))), stored(county)
    with given_ahead() as sizes, pytest.raises(FileRefusedError, match="在第351行已经有了"):
        registers.import_regions(county, path, month=MONTH)
    assert sum(sizes) > 5000
    assert stored(county) == before


@pytest.mark.usefixtures("small_pieces")
def test_cancelling_while_villages_are_written(county: Ledger, tmp_path: Path) -> None:
    path, before = listed(tmp_path), stored(county)
    with given_ahead() as sizes, pytest.raises(CancelledError):
        registers.import_regions(county, path, cancelled=lambda: len(sizes) > 3)
    assert stored(county) == before
    assert registers.import_regions(county, path, month=MONTH).added == 700


@pytest.mark.usefixtures("small_pieces")
def test_somebody_else_has_the_ledger_open(county: Ledger, tmp_path: Path) -> None:
    assert county.path is not None
    path = listed(tmp_path)
    with closing(ledger.open_ledger(county.path)) as other, other.read() as session:
        assert every_unit(session) == []
        assert registers.import_regions(county, path, month=MONTH).added == 700
        assert every_unit(session) == [], "a reader sees one moment"
    assert len(units(county)) > 700


def test_the_log_is_back_after_a_large_import(county: Ledger) -> None:
    def mode() -> object:
        with county.read() as session:
            return session.connection().exec_driver_sql("PRAGMA journal_mode").scalar()

    with county.write_large() as session:
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 3
    assert mode() == "wal"
    with county.write() as session:
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2


WRITER = """
import sys
from pathlib import Path
from desktop_app.importing import planner
from desktop_app.importing.bulk import source
from desktop_app.models.values import Month
from desktop_app.services import ledger, registers

planner.LARGE, source._PIECE = 1, 3000

def progress(done, total, what):
    if done >= int(sys.argv[3]):
        print("there", flush=True)
        sys.stdin.readline()

registers.import_regions(ledger.open_ledger(sys.argv[1]), Path(sys.argv[2]), month=Month(2021, 3), progress=progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("share", [40, 100])
def test_a_killed_import_leaves_the_ledger_as_it_was(share: int, county: Ledger, tmp_path: Path) -> None:
    assert county.path is not None
    path, before = listed(tmp_path), stored(county)
    county.close()
    arguments = [sys.executable, "-c", WRITER, str(county.path), str(path), str(share)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        process.send_signal(signal.SIGKILL)
    with closing(ledger.open_ledger(county.path)) as again:
        assert stored(again) == before
        assert all(result.ok for result in check_ledger(again))
        assert len(units(again)) == 0
