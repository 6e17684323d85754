"""Putting it together: the truth once, then every file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from demo_county.basics import MARCH, Month
from demo_county.companies import REGISTER_HEADER, register_rows
from demo_county.coverage import VillageMonth, coverage_truth
from demo_county.files import csv_bytes, write
from demo_county.green import green_truth
from demo_county.march import write_march
from demo_county.march_sheets import Sheets
from demo_county.market import bureau_truth, market_truth
from demo_county.monthly import write_months
from demo_county.outlets import HEADER as OUTLET_HEADER
from demo_county.outlets import outlet_rows
from demo_county.reporting import Market
from demo_county.villages import COUNTY, Village, county_registry, read_villages


@dataclass(frozen=True)
class Truth:
    """Everything that is true in the demo county; the files tell parts of it."""

    registry: bytes
    villages: list[Village]
    market: Market
    green: dict[tuple[Month, str], dict[str, int]]
    bureau: dict[Month, dict[str, int]]
    coverage: dict[Month, dict[str, VillageMonth]]


def make_truth(registry_source: Path) -> Truth:
    """The truth, from the registry of the prefecture and the seed alone."""
    registry = county_registry(registry_source)
    villages = read_villages(registry)
    market = market_truth()
    return Truth(registry, villages, market, green_truth(market), bureau_truth(), coverage_truth(villages))


def write_sample(folder: Path, truth: Truth) -> None:
    """Write the whole of resources/sample into ``folder``."""
    write(folder / f"villages_{COUNTY}.csv", truth.registry)
    write(folder / "enterprises.csv", csv_bytes([REGISTER_HEADER, *register_rows()], "utf-8-sig"))
    march = {stem: row for (month, stem), row in truth.green.items() if month == MARCH}
    outlets = outlet_rows(truth.market, march, truth.villages)
    write(folder / "outlets.csv", csv_bytes([OUTLET_HEADER, *outlets], "gb18030"))
    write_months(folder / "months", truth.market, truth.green, truth.bureau, truth.villages, truth.coverage)
    sheets = Sheets(truth.market, truth.green, truth.villages, truth.coverage[MARCH])
    write_march(folder / MARCH.key, sheets)
