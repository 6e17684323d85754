from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from demo_county.build import Truth, make_truth, write_sample

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "resources" / "sample"


@pytest.fixture(scope="session")
def registry_source() -> Path:
    return ROOT / "tests" / "data" / "villages_220200_jilin.csv"


@pytest.fixture(scope="session")
def truth(registry_source: Path) -> Truth:
    return make_truth(registry_source)


@pytest.fixture(scope="session")
def regenerated(truth: Truth, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, truth)
    return folder


@pytest.fixture(scope="session")
def expected() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))
    return document
