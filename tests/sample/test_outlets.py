"""The outlet list says of March 2021 what the companies' own figures say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from demo_county.basics import MARCH
from demo_county.build import Truth
from demo_county.companies import COMPANIES
from demo_county.outlets import HEADER

from tests.sample.reading import rows_of


def test_outlets_are_as_many_as_the_companies_report(sample: Path, truth: Truth) -> None:
    head, *rows = rows_of(sample / "outlets.csv")
    assert tuple(head) == HEADER
    listed = [dict(zip(head, row, strict=True)) for row in rows]
    kinds = Counter((row["企业名称"], row["网点类型"]) for row in listed)
    for company in COMPANIES:
        figures, green = truth.market[MARCH, company.stem], truth.green[MARCH, company.stem]
        assert kinds[company.name, "分支机构"] == figures.branches
        assert kinds[company.name, "末端网点"] == figures.outlets == green["备案网点"]
        filed = [row for row in listed if (row["企业名称"], row["网点类型"]) == (company.name, "末端网点")]
        assert sum(row["回收装置"] == "是" for row in filed) == green["设回收装置备案网点"]
        assert sum(row["绿色网点"] == "是" for row in filed) == green["绿色网点数"]


def test_names_and_numbers_are_their_own_and_places_are_real(sample: Path, truth: Truth) -> None:
    head, *rows = rows_of(sample / "outlets.csv")
    listed = [dict(zip(head, row, strict=True)) for row in rows]
    assert len({row["网点名称"] for row in listed}) == len(listed)
    numbers = [row["备案编号"] for row in listed if row["备案编号"]]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("0220281") and len(number) == 12 for number in numbers)
    towns = {village.town for village in truth.villages}
    villages = {(village.town, village.name) for village in truth.villages}
    assert {row["乡镇"] for row in listed} <= towns
    assert {(row["乡镇"], row["建制村"]) for row in listed if row["建制村"]} <= villages
