"""The market figures: the files add up, tell the story, and give the totals of expected.json."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from demo_county.basics import MARCH, MONTHS, Month
from demo_county.build import Truth
from demo_county.companies import COMPANIES, STEMS
from demo_county.monthly import MARKET_HEADER

from tests.sample.reading import month_folders, number, replay_market, rows_of, table

COLUMN = {name: place for place, name in enumerate(MARKET_HEADER)}
VOLUMES = ("同城业务量", "异地业务量", "国际/港澳台业务量")
REVENUES = ("同城业务收入", "异地业务收入", "国际/港澳台业务收入", "其他业务收入")


def county(truth: Truth, month: Month) -> int:
    return sum(truth.market[month, stem].volume for stem in STEMS)


def test_parts_make_the_totals_in_every_row_and_column_of_every_sheet(sample: Path) -> None:
    for month, folder in month_folders(sample):
        path = folder / f"企业月报_{month.label}.csv"
        _, rows = table(path)
        told = [[number(cell) for cell in row[2:]] for row in rows if row[2] not in {"", "未报"}]
        total = next(row for row in rows_of(path) if row[1] == "合计")
        assert [number(cell) for cell in total[2:]] == [sum(column) for column in zip(*told, strict=True)], path.name
        for amounts in told:
            assert sum(amounts[:3]) == amounts[3]
            assert sum(amounts[4:8]) == amounts[8]
            assert min(amounts) >= 0


def test_reading_the_folders_in_order_gives_the_expected_totals(sample: Path, expected: dict[str, Any]) -> None:
    view = replay_market(sample)
    running: dict[str, Decimal] = {}
    for month in MONTHS:
        told = {name: row for (key, name), row in view.items() if key == month.key}
        want = expected["months"][month.key]
        assert len(told) == want["reported"]
        missing = [company.short for company in COMPANIES if company.name not in told]
        assert missing == want["missing"]

        def total(column: str, told: dict[str, dict[str, Decimal]] = told) -> Decimal:
            return sum((row[column] for row in told.values()), Decimal())

        assert list(want["volume"].values()) == [total(name) for name in (*VOLUMES, "快递业务量合计")]
        assert [Decimal(text) for text in want["revenue_yuan"].values()] == [
            total(name) for name in (*REVENUES, "快递业务收入合计")
        ]
        assert want["inbound"] == total("投递量")
        for name, count in want["stocks"].items():
            assert count == total(name)
        year = month.key[:4]
        running[year] = running.get(year, Decimal()) + total("快递业务量合计")
        assert want["cumulative_volume"] == running[year]


def test_only_march_2021_stays_incomplete(expected: dict[str, Any]) -> None:
    incomplete = {key: month["missing"] for key, month in expected["months"].items() if month["missing"]}
    assert incomplete == {"2021-03": ["示例己快递", "示例癸快递"]}


def test_corrections_change_a_figure_and_say_why(sample: Path) -> None:
    for month, folder in month_folders(sample):
        for path in folder.glob("*更正.csv"):
            _, (row,) = table(path)
            earlier = path.stem.split("_")[1].removesuffix("更正")
            first = next(sample.glob(f"months/*/企业月报_{earlier}.csv"))
            _, rows = table(first)
            before = next(other for other in rows if other[1] == row[1])
            changed = [
                name for name, place in COLUMN.items() if place > 1 and number(before[place]) != number(row[place])
            ]
            assert 1 <= len(changed) <= 2, (month, path.name, changed)
            assert rows_of(path)[-1][0].startswith("注：更正原因：")


def test_late_companies_have_no_figures_in_their_own_month(sample: Path) -> None:
    late = [(path, folder) for _, folder in month_folders(sample) for path in folder.glob("*补报.csv")]
    assert len(late) == 4
    for path, _ in late:
        _, (row,) = table(path)
        earlier = path.stem.split("_")[1].removesuffix("补报")
        _, rows = table(next(sample.glob(f"months/*/企业月报_{earlier}.csv")))
        before = [other for other in rows if other[1] == row[1]]
        assert all(set(other[2:]) <= {"", "未报"} for other in before)


def test_seasons_growth_and_prices_are_believable(truth: Truth) -> None:
    volumes = {month: county(truth, month) for month in MONTHS}
    for year in (2020, 2021):
        months = {month: volume for month, volume in volumes.items() if month.year == year}
        assert min(months, key=lambda month: months[month]).month == 2
        assert max(months, key=lambda month: months[month]).month == 11
    years = [sum(volume for month, volume in volumes.items() if month.year == year) for year in (2020, 2021)]
    assert 1.18 < years[1] / years[0] < 1.25
    money = [sum(f.revenue for (month, _), f in truth.market.items() if month.year == year) for year in (2020, 2021)]
    assert 1.08 < money[1] / money[0] < years[1] / years[0]
    assert all(250_000 < volume < 1_000_000 for volume in volumes.values())
    prices = [
        sum(truth.market[month, stem].revenue for stem in STEMS) / 100 / volume for month, volume in volumes.items()
    ]
    assert 13 < prices[MONTHS.index(MARCH)] < 14.5
    assert all(12.5 < price < 15.5 for price in prices)


def test_march_2021_is_the_month_of_the_design(truth: Truth, expected: dict[str, Any]) -> None:
    march = expected["months"]["2021-03"]
    assert round(march["volume"]["total"] / 10_000, 2) == 62.84
    assert 878 < float(march["revenue_yuan"]["total"]) / 10_000 < 880
    assert truth.market[MARCH, "庚"].volume == 0
    assert truth.market[MARCH, "庚"].revenue == 0
    assert truth.market[MARCH, "丁"].volume == 35_391


@pytest.mark.parametrize("field", ["branches", "outlets", "stations", "lockers", "staff", "village_points"])
def test_stocks_never_shrink(truth: Truth, field: str) -> None:
    for stem in STEMS:
        counts = [getattr(truth.market[month, stem], field) for month in MONTHS]
        assert counts == sorted(counts)


def test_the_bureau_counts_complaints_and_parcels(sample: Path, expected: dict[str, Any]) -> None:
    for month, folder in month_folders(sample):
        head, *rows = rows_of(folder / f"本局_{month.label}.csv")
        assert head == ["期间", "企业", "指标", "数值", "单位"]
        assert {row[2]: int(row[3]) for row in rows} == expected["months"][month.key]["bureau"]
        assert {row[0] for row in rows} <= {month.key, month.label}
        assert all(row[1] == "" for row in rows)
        assert 1 <= expected["months"][month.key]["bureau"]["有效申诉量"] <= 4


def test_the_forms_of_march_revise_the_flash_of_two_companies(sample: Path, truth: Truth) -> None:
    _, rows = table(sample / "months" / "2021-03" / "企业月报_2021年3月.csv")
    flash = {row[1][2]: number(row[5]) for row in rows if row[5] != "未报"}
    final = {stem: truth.market[MARCH, stem].volume for stem in flash}
    gaps = {stem: final[stem] - volume for stem, volume in flash.items()}
    assert {stem: gap for stem, gap in gaps.items() if gap} == {"戊": 18, "子": 28}
