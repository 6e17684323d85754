from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.services.ledger import open_ledger
from desktop_app.storage.engine import Ledger
from tests.services.demo import copied, fill_national, fill_registers, fill_sample, fill_spring, made_once


def _opened(file: Path, folder: Path) -> Iterator[Ledger]:
    with closing(open_ledger(copied(file, folder))) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once("sample", tmp_path_factory.mktemp, fill_sample)


@pytest.fixture(scope="session")
def spring_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once("spring", tmp_path_factory.mktemp, fill_spring)


@pytest.fixture(scope="session")
def registers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once("registers", tmp_path_factory.mktemp, fill_registers)


@pytest.fixture(scope="session")
def national_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once("national", tmp_path_factory.mktemp, fill_national)


@pytest.fixture(scope="session")
def county(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The demo county, for reading only."""
    yield from _opened(sample_file, tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="session")
def nation(national_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The ledger with the national series, for reading only."""
    yield from _opened(national_file, tmp_path_factory.mktemp("nation"))


@pytest.fixture
def own_county(sample_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """The demo county, to be written to."""
    yield from _opened(sample_file, tmp_path)


@pytest.fixture
def spring(spring_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """The demo county's first quarter of 2021, to be written to."""
    yield from _opened(spring_file, tmp_path)


@pytest.fixture
def fresh(registers_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """Registers and no figures, to be written to."""
    yield from _opened(registers_file, tmp_path)
