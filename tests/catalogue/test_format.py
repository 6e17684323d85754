"""Amounts as printed: units, fixed decimals, signs, rounding once half away from zero."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.catalogue.format import format_amount, format_pct, format_pp, in_display_unit
from desktop_app.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("code", "amount", "expected"),
    [
        ("MKT.VOL", 628_412, "62.84"),
        ("MKT.VOL", 0, "0.00"),
        ("MKT.VOL", 50, "0.01"),
        ("MKT.VOL", 49, "0.00"),
        ("MKT.VOL", -49, "0.00"),
        ("MKT.VOL", -628_450, "−62.85"),
        ("MKT.REV", Decimal("8793000.05"), "879.30"),
        ("MKT.UNITPRICE", Fraction(879_300, 62_841), "13.99"),
        ("GRN.BAG", Fraction(2839, 30), "94.6"),
        ("GRN.BAG", 100, "100.0"),
        ("NET.LOCKER", 515, "515"),
        ("NET.STAFF", 3086, "3086"),
        ("SVC.CMPLRATE", Decimal("0.225"), "0.23"),
        ("GRN.BAN", 1, "是"),
        ("GRN.BAN", 0, "否"),
    ],
)
def test_county(code: str, amount: int | Decimal | Fraction, expected: str) -> None:
    assert format_amount(CATALOGUE.indicator(code), amount) == expected


@pytest.mark.parametrize(
    ("code", "amount", "expected"),
    [
        ("MKT.VOL", 83_360_000_000, "833.6亿件"),
        ("MKT.VOL", 6_500_000_000, "65亿件"),
        ("MKT.REV", 879_540_000_000, "8795.4亿元"),
        ("MKT.SHARE.INTL", Fraction(184, 8336) * 100, "2.2%"),
        ("NET.PUBSTN", 114_000, "11.4万个"),
        ("NET.LOCKER", 400_000, "40万组"),
        ("GRN.BOX", 2_000_000, "200万个"),
        ("SVC.CMPL", 19_000, "1.9万件"),
    ],
)
def test_national_drops_a_zero_decimal(code: str, amount: int | Fraction, expected: str) -> None:
    assert format_amount(CATALOGUE.indicator(code), amount, "national", with_unit=True) == expected


def test_options() -> None:
    volume = CATALOGUE.indicator("MKT.VOL")
    assert format_amount(volume, 628_412, with_unit=True) == "62.84万件"
    assert format_amount(volume, 83_360_000_000, grouping=True) == "8,336,000.00"
    assert format_amount(volume, -10_000, minus="-") == "-1.00"
    assert in_display_unit(volume, 628_450) == Decimal("62.85")
    with pytest.raises(KeyError):
        format_amount(volume, 1, "city")


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [
        (Decimal("18.6"), "18.6", "+18.6"),
        (Decimal("-5.9"), "−5.9", "−5.9"),
        (0, "0.0", "0.0"),
        (Decimal("-0.04"), "0.0", "0.0"),
        (Decimal("-0.55"), "−0.6", "−0.6"),
        (Decimal("0.05"), "0.1", "+0.1"),
        (Fraction(1, 3), "0.3", "+0.3"),
        (None, "—", "—"),
    ],
)
def test_percentages(value: Decimal | Fraction | int | None, plain: str, signed: str) -> None:
    assert format_pct(value) == plain
    assert format_pct(value, signed=True) == signed
    assert format_pp(value) == signed


def test_percentage_options() -> None:
    assert format_pct(11, with_unit=True) == "11.0%"
    assert format_pct(11, with_unit=True, drop_zeros=True) == "11%"
    assert format_pct(100, 0, drop_zeros=True) == "100"
    assert format_pct(Decimal("18.625"), 2) == "18.63"
    assert format_pct(None, with_unit=True) == "—"
    assert format_pp(Decimal("-2.8"), with_unit=True, minus="-") == "-2.8个百分点"
    assert format_pp(None, with_unit=True) == "—"


@given(st.fractions(min_value=-(10**12), max_value=10**12), st.integers(0, 4))
def test_rounded_once_half_away_from_zero(value: Fraction, decimals: int) -> None:
    printed = Fraction(format_pct(value, decimals, minus="-"))
    step = Fraction(1, 10**decimals)
    assert abs(printed - value) <= step / 2
    if abs(printed - value) == step / 2:
        assert abs(printed) > abs(value)
