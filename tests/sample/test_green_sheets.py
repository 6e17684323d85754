"""Green packaging: numerators, denominators and the totals of expected.json."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo_county.basics import MARCH, MONTHS
from demo_county.build import Truth
from demo_county.companies import STEMS
from demo_county.green import COLUMNS, PAIRS

from tests.sample.reading import month_folders, rows_of, table


def test_no_numerator_exceeds_its_denominator(truth: Truth) -> None:
    for counts in truth.green.values():
        for numerator, denominator in PAIRS:
            assert 0 <= counts[numerator] <= counts[denominator]


def test_waybills_are_counted_over_the_volume_and_outlets_over_the_outlets(truth: Truth) -> None:
    for key, counts in truth.green.items():
        assert counts["快件总数"] == truth.market[key].volume
        assert counts["备案网点"] == truth.market[key].outlets


def test_sheets_add_up_to_the_expected_sums(sample: Path, expected: dict[str, Any]) -> None:
    for month, folder in month_folders(sample):
        path = folder / f"绿色包装_{month.label}.csv"
        head, rows = table(path)
        assert tuple(head[2:]) == COLUMNS
        told = [row[2:] for row in rows if row[2] != "未报"]
        sums = [sum(map(int, column)) for column in zip(*told, strict=True)]
        assert dict(zip(COLUMNS, sums, strict=True)) == expected["months"][month.key]["green"]
        total = next(row for row in rows_of(path) if row[1] == "合计")
        assert list(map(int, total[2:])) == sums


def test_rates_rise_and_one_company_holds_the_county_back(truth: Truth) -> None:
    for numerator, denominator in PAIRS:
        rates = [
            sum(truth.green[month, stem][numerator] for stem in STEMS)
            / sum(truth.green[month, stem][denominator] for stem in STEMS)
            for month in MONTHS
        ]
        assert rates[-1] > rates[0]
        march = {
            stem: truth.green[MARCH, stem][numerator] / truth.green[MARCH, stem][denominator]
            for stem in STEMS
            if truth.green[MARCH, stem][denominator]
        }
        if numerator == "未二次包装电商快件":
            assert min(march, key=lambda stem: march[stem]) == "丙"
            assert march["丙"] < 0.87


def test_unreported_companies_of_march_are_unreported_here_too(sample: Path) -> None:
    _, rows = table(sample / "months" / "2021-03" / "绿色包装_2021年3月.csv")
    silent = [row[1] for row in rows if set(row[2:]) == {"未报"}]
    assert silent == ["示例己快递有限公司", "示例癸快递有限公司"]
