"""The real villages of the county, from the registry of the prefecture (统计用区划代码)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

COUNTY = "220281"


@dataclass(frozen=True)
class Village:
    """A 建制村: its code of 12 digits, town and name."""

    code: str
    town: str
    name: str


def county_registry(source: Path) -> bytes:
    """The registry file cut down to the county: the same header, bytes and line ends as the source."""
    lines = source.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines[1:] if line.startswith(COUNTY.encode())]
    return b"".join([lines[0], *kept])


def read_villages(registry: bytes) -> list[Village]:
    """The 建制村 of a registry file: unit code (digits 10–12) 200–399."""
    rows = csv.DictReader(io.StringIO(registry.decode("utf-8-sig")))
    return [Village(row["code12"], row["town"], row["name"]) for row in rows if 200 <= int(row["code12"][9:]) < 400]
