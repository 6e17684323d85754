"""The catalogue is read before the first window: it must cost little."""

from __future__ import annotations

from pytest_benchmark.fixture import BenchmarkFixture

from desktop_app.catalogue.loader import read_catalogue
from desktop_app.catalogue.lookup import AliasIndex
from desktop_app.paths import resources_dir


def test_loading_takes_at_most_60_ms(benchmark: BenchmarkFixture) -> None:
    benchmark(read_catalogue, resources_dir() / "catalogue")
    assert benchmark.stats is not None
    assert benchmark.stats.stats.median < 0.060


def test_a_head_is_recognised_in_microseconds(benchmark: BenchmarkFixture) -> None:
    index = AliasIndex(read_catalogue(resources_dir() / "catalogue"))
    assert benchmark(index.find, "其中：国内同城快递业务量（件）") is not None
