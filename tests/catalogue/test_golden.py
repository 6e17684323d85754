"""Published figures recomputed through formulas; see data/golden_ratios.csv for the documents."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction

import pytest

from desktop_app.catalogue.formula import Formula, parse_formula
from desktop_app.catalogue.loader import load_catalogue
from desktop_app.catalogue.lookup import find_unit
from desktop_app.models.values import quantize
from tests.catalogue.support import DATA, amount


def _rows() -> list[dict[str, str]]:
    with (DATA / "golden_ratios.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _formula(row: dict[str, str]) -> Formula:
    if row["formula"]:
        return parse_formula(row["formula"])
    formula = load_catalogue().indicator(row["indicator"]).formula
    assert formula is not None
    return formula


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["id"])
def test_published_figure(row: dict[str, str]) -> None:
    figures: dict[str, Fraction | None] = {}
    for pair in row["inputs"].split():
        code, _, text = pair.partition("=")
        figures[code] = amount(text)
    value = _formula(row).evaluate(figures.get, int(row["days"]))
    assert value is not None
    unit = find_unit(row["unit"])
    assert unit is not None
    printed = quantize(value / Fraction(unit.factor), int(row["decimals"]))
    assert printed == Decimal(row["expected"])


def test_nothing_is_computed_from_a_missing_figure() -> None:
    price = load_catalogue().indicator("MKT.UNITPRICE").formula
    assert price is not None
    assert price.evaluate({"MKT.REV": Fraction(1), "MKT.VOL": None}.get, 31) is None
    assert price.evaluate({"MKT.REV": Fraction(1), "MKT.VOL": Fraction(0)}.get, 31) is None
