"""The registry of villages and the register of companies."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from demo_county.build import Truth
from demo_county.companies import BRANDS, credit_code, credit_code_check

from tests.sample.reading import rows_of


def test_registry_holds_the_286_units_of_the_county_byte_for_byte(sample: Path, registry_source: Path) -> None:
    source = registry_source.read_bytes().splitlines(keepends=True)
    ours = (sample / "villages_220281.csv").read_bytes().splitlines(keepends=True)
    assert ours[0] == source[0]
    assert ours[0].startswith(b"\xef\xbb\xbf")
    assert ours[1:] == [line for line in source if b",220281," in line]
    assert len(ours) - 1 == 286


def test_administrative_villages_are_the_codes_200_to_399(sample: Path, truth: Truth) -> None:
    with (sample / "villages_220281.csv").open(encoding="utf-8-sig", newline="") as file:
        codes = [row["code12"] for row in csv.DictReader(file)]
    assert [village.code for village in truth.villages] == [code for code in codes if "200" <= code[9:] <= "399"]
    assert len(truth.villages) == 256
    names = {(village.town, village.name) for village in truth.villages}
    assert len(names) == 256


def test_every_company_is_invented_and_can_be_told_apart(sample: Path) -> None:
    head, *rows = rows_of(sample / "enterprises.csv")
    companies = [dict(zip(head, row, strict=True)) for row in rows]
    assert [company["企业名称"] for company in companies] == [
        f"示例{stem}快递有限公司" for stem in "甲乙丙丁戊己庚辛壬癸子丑"
    ]
    assert [company["品牌"] for company in companies][:9] == list(BRANDS)
    words = [
        word for company in companies for word in [company["企业名称"], company["简称"], *company["别名"].split("；")]
    ]
    assert len(words) == len(set(words))
    assert all(company["电话"].startswith("0432-000000") for company in companies)


def test_credit_codes_are_well_formed(sample: Path) -> None:
    head, *rows = rows_of(sample / "enterprises.csv")
    codes = [row[head.index("统一社会信用代码")] for row in rows]
    assert len(set(codes)) == 12
    for code in codes:
        assert len(code) == 18
        assert code.startswith("91220281")
        assert credit_code_check(code[:17]) == code[17]
    assert codes == [credit_code(place) for place in range(1, 13)]


@pytest.mark.parametrize("code", ["91350100M000100Y43"])
def test_the_check_character_agrees_with_the_example_of_the_standard(code: str) -> None:
    assert credit_code_check(code[:17]) == code[17]
