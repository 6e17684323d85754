"""Reading the sample's CSV files with nothing but the standard library: a second opinion on what they say."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

from demo_county.basics import MONTHS, Month

MARKET = "企业月报"


def rows_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    content = path.read_bytes()
    if content.startswith(b"\xff\xfe"):
        text = content.decode("utf-16")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030")
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def number(cell: str) -> Decimal:
    return Decimal(cell.replace(",", ""))


def table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Head and company rows of a wide sheet, without title, unit, 合计 and notes."""
    rows = rows_of(path)
    at = next(place for place, row in enumerate(rows) if "企业名称" in row)
    return rows[at], [row for row in rows[at + 1 :] if row[1] and row[1] != "合计"]


def month_folders(sample: Path) -> list[tuple[Month, Path]]:
    return [(month, sample / "months" / month.key) for month in MONTHS]


def replay_market(sample: Path) -> dict[tuple[str, str], dict[str, Decimal]]:
    """Month key and company name → column → amount, as the folders leave it when read in order."""
    view: dict[tuple[str, str], dict[str, Decimal]] = {}
    for month, folder in month_folders(sample):
        late = sorted(path for path in folder.iterdir() if path.stem.endswith(("补报", "更正")))
        for path in [folder / f"{MARKET}_{month.label}.csv", *late]:
            key = month.key
            if path in late:
                year, _, rest = path.stem.split("_")[1].partition("年")
                key = f"{year}-{int(rest.partition('月')[0]):02d}"
            head, rows = table(path)
            for row in rows:
                if row[2] not in {"", "未报"}:
                    view[key, row[1]] = {name: number(cell) for name, cell in zip(head[2:], row[2:], strict=True)}
    return view
