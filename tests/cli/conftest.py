from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.main import main
from tests.services.demo import copied, fill_national, fill_registers, fill_spring, made_once


@dataclass(frozen=True)
class Answer:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 (any document)
        """The one JSON document on stdout."""
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process, as the console script does."""

    def command(*words: str | Path) -> Answer:
        capfd.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 1
        said = capfd.readouterr()
        return Answer(status, said.out, said.err)

    return command


@pytest.fixture(scope="session")
def spring_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo county's first quarter of 2021; closed, for commands that only read."""
    return made_once("spring", tmp_path_factory.mktemp, fill_spring)


@pytest.fixture
def spring(spring_file: Path, tmp_path: Path) -> Path:
    """The same, to be written to."""
    return copied(spring_file, tmp_path)


@pytest.fixture
def registers(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """Registers and no figures, to be written to."""
    return copied(made_once("registers", tmp_path_factory.mktemp, fill_registers), tmp_path)


@pytest.fixture(scope="session")
def national_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry and the national series; closed, for commands that only read."""
    return made_once("national", tmp_path_factory.mktemp, fill_national)
