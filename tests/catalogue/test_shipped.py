"""The catalogue that ships with the program: complete against the sources, sound, light to load."""

from __future__ import annotations

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.model import Catalogue, Kind, Owner
from desktop_app.errors import CatalogueError
from desktop_app.models.values import CoverageMode, Month
from tests.catalogue.support import CHECKS, DATA, indicator

GREEN_RATES = ["TAPE", "NOREPACK", "BAG", "EWAYBILL", "STD", "PACKOP", "RECYC.COV"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _core_rows() -> list[dict[str, str]]:
    return _rows("core_codes.csv")


def test_every_row_of_the_sources_has_its_indicators(catalogue: Catalogue) -> None:
    rows = _rows("all_codes.csv")
    assert len(rows) == 102
    for row in rows:
        assert all(code in catalogue.indicators for code in row["codes"].split()), row
        assert row["codes"] or row["note"], "a row without codes must say where it went"


def test_every_row_of_the_sources_says_all_that_a_definition_needs(catalogue: Catalogue) -> None:
    for code in dict.fromkeys(code for row in _rows("all_codes.csv") for code in row["codes"].split()):
        entry = catalogue.indicator(code)
        assert entry.definition.endswith("。"), code
        assert len(entry.definition) > len("期末乡镇数。"), code
        assert entry.source, code
        assert entry.definition_version >= 1, code
        assert entry.valid(Month(2021, 3)), f"{code}: no definition holds in the month of the samples"
        for display in entry.display.values():
            assert catalogue.units[display.unit.name].base == entry.base_unit, code
            assert 0 <= display.decimals <= 4, code
        if entry.kind is Kind.RATIO:
            assert entry.formula is not None, code


def test_every_kind_of_figure_occurs(catalogue: Catalogue) -> None:
    assert {entry.kind for entry in catalogue.indicators.values()} == set(Kind)


def test_the_constant_price_volume_breaks_at_2021(catalogue: Catalogue) -> None:
    gross = catalogue.indicator("IND.GROSS")
    assert gross.break_between(Month(2020, 12), Month(2021, 1)) is not None
    assert gross.break_between(Month(2021, 1), Month(2021, 12)) is None
    assert gross.break_between(Month(2019, 12), Month(2020, 12)) is None


@pytest.mark.parametrize("row", _core_rows(), ids=lambda row: row["source_code"])
def test_every_core_row_of_the_sources_is_there(catalogue: Catalogue, row: dict[str, str]) -> None:
    for code in row["codes"].split():
        assert catalogue.indicator(code).core
    if not row["codes"]:
        assert row["note"], "a row without codes must say where it went"


def test_core_flag_matches_the_sources(catalogue: Catalogue) -> None:
    expected = {code for row in _core_rows() for code in row["codes"].split()}
    # The parts of revenue stand inside the row of the whole in the source.
    expected |= {"MKT.REV.LOCAL", "MKT.REV.INTER", "MKT.REV.INTL"}
    assert {code for code, entry in catalogue.indicators.items() if entry.core} == expected


def test_rows_that_are_no_figures_live_elsewhere(catalogue: Catalogue) -> None:
    assert {mode.value for mode in CoverageMode} >= {"邮快", "快快", "交邮", "快商", "第三方"}
    assert "FORM.2.1" in catalogue.forms


@pytest.mark.parametrize(
    "code", ["MKT.VOL.DAILY", "MKT.UNITPRICE", "OPS.INOUT", "MKT.CR8", "RUR.VILLAGES", "RUR.MAJOR"]
)
def test_what_a_county_page_needs_besides(catalogue: Catalogue, code: str) -> None:
    assert not catalogue.indicator(code).core


def test_volume_has_three_parts_and_revenue_four(catalogue: Catalogue) -> None:
    assert catalogue.indicator("MKT.VOL").parts == ("MKT.VOL.LOCAL", "MKT.VOL.INTER", "MKT.VOL.INTL")
    assert catalogue.indicator("MKT.REV").parts == ("MKT.REV.LOCAL", "MKT.REV.INTER", "MKT.REV.INTL", "REL.REVOTHER")
    assert catalogue.indicator("REL.REVOTHER").parent == "MKT.REV"
    assert catalogue.indicator("MKT.REV").parent is None


@pytest.mark.parametrize("rate", GREEN_RATES)
def test_green_rate_is_a_ratio_of_its_own_inputs(catalogue: Catalogue, rate: str) -> None:
    entry = catalogue.indicator(f"GRN.{rate}")
    assert entry.formula is not None
    assert entry.formula.inputs == (f"GRN.{rate}.NUM", f"GRN.{rate}.DEN")
    kinds = {catalogue.indicator(code).kind for code in entry.formula.inputs}
    assert kinds == {Kind.STOCK if rate == "RECYC.COV" else Kind.FLOW}
    assert "定义待核" in entry.definition


def test_reusable_boxes_are_a_level(catalogue: Catalogue) -> None:
    box = catalogue.indicator("GRN.BOX")
    assert box.kind is Kind.STOCK
    assert "时点数" in box.definition


def test_every_entry_explains_itself_in_chinese(catalogue: Catalogue) -> None:
    for entry in catalogue.indicators.values():
        assert entry.definition.endswith("。"), entry.code
        assert entry.definition_version >= 1
        assert set(entry.display) == {"county", "national"}
        for display in entry.display.values():
            assert display.unit.base == entry.base_unit


def test_county_prints_wan_with_two_decimals_and_rates_with_one(catalogue: Catalogue) -> None:
    for code, unit, decimals in [("MKT.VOL", "万件", 2), ("MKT.REV", "万元", 2), ("GRN.BAG", "%", 1)]:
        display = catalogue.indicator(code).display["county"]
        assert (display.unit.name, display.decimals) == (unit, decimals)
    national = catalogue.indicator("MKT.VOL").display["national"]
    assert (national.unit.name, national.decimals) == ("亿件", 1)


def test_tree_order_keeps_groups_together(catalogue: Catalogue) -> None:
    groups = [entry.group for entry in catalogue.indicators.values()]
    assert list(dict.fromkeys(groups)) == list(catalogue.groups)
    assert groups == sorted(groups, key=catalogue.groups.index)


def test_only_computed_figures_have_formulas(catalogue: Catalogue) -> None:
    for entry in catalogue.indicators.values():
        computed = entry.formula is not None or entry.kind in {Kind.COVERAGE, Kind.INDEX, Kind.CATEGORY}
        assert (entry.owner is Owner.COMPUTED) == computed, entry.code


def test_form_rows_lead_to_the_parts_and_wholes(catalogue: Catalogue) -> None:
    form = catalogue.forms["FORM.2.1"]
    rows = {row.code: row for row in form.rows}
    assert [rows[code].indicator for code in ("01", "02", "03", "04")] == [
        "MKT.VOL.LOCAL",
        "MKT.VOL.INTER",
        "MKT.VOL.INTL",
        "MKT.VOL",
    ]
    assert {row.indicator for row in form.rows if row.total} == {"MKT.VOL", "MKT.REV"}
    assert {row.unit for row in form.rows} == {"件", "元"}
    assert [row.code for row in form.rows if not row.assumed] == ["01", "02"]


def test_rules(catalogue: Catalogue) -> None:
    rules = catalogue.rules
    assert rules.threshold("YOY_LIMIT", "limit_pct") == 30
    assert rules.threshold("MOM_LIMIT", "limit_pct") == 50
    assert rules.slip_factors == (1_000, 10_000)
    assert (rules.due_day, rules.evidence_days) == (8, 180)
    for published in ("9.5", "12.5", "10.85", "15.54", "9.70"):
        low, high = rules.threshold("PRICE_BAND", "low"), rules.threshold("PRICE_BAND", "high")
        assert low < Decimal(published) < high


def test_loaded_once(catalogue: Catalogue) -> None:
    assert load_catalogue() is catalogue


def test_own_folder_adds_replaces_and_is_read_again_when_changed(tmp_path: Path, catalogue: Catalogue) -> None:
    own = tmp_path / "own.toml"
    group = {"group": '"市场规模/业务量与收入"'}
    entry = indicator("OWN.PARCELS", name='"本局自设件量"', **group) + indicator(
        "MKT.VOL", name='"业务量（本局口径）"', **group
    )
    own.write_text(entry + "[rules]\nslip_factors = [100]\n", encoding="utf-8")
    mine = load_catalogue(tmp_path)
    assert mine.indicator("OWN.PARCELS").name == "本局自设件量"
    assert mine.indicator("MKT.VOL").name == "业务量（本局口径）"
    assert mine.rules.slip_factors == (100,)
    assert mine.rules.evidence_days == catalogue.rules.evidence_days
    assert load_catalogue(tmp_path) is mine
    own.write_text(CHECKS.replace("BAND", "PRICE_BAND").replace('"HARD"', '"OWN_HARD"'), encoding="utf-8")
    assert load_catalogue(tmp_path).rules.whole("PRICE_BAND", "years") == 3
    assert load_catalogue(tmp_path).rules.threshold("YOY_LIMIT", "limit_pct") == 30
    own.write_text("[rules]\nslip_factors = [1_000]\n", encoding="utf-8")
    again = load_catalogue(tmp_path)
    assert again.rules.slip_factors == (1_000,)
    assert again.indicator("MKT.VOL").name == "快递业务量"
    own.write_text("[rules]\nslip_factors = [1]\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"own\.toml · \[rules\]"):
        load_catalogue(tmp_path)


def test_loading_pulls_in_nothing_heavy() -> None:
    program = (
        "import sys; from desktop_app.catalogue.loader import load_catalogue; load_catalogue();"
        "print([m for m in ('pandas', 'numpy', 'sqlalchemy', 'openpyxl', 'reportlab', 'PySide6') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
