"""What one company means to the county, samples with confidence, the pace towards a target, tape saved."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.facts import Fact, FactKey
from desktop_app.indicators.green import build_green
from desktop_app.indicators.green_company import profile, what_if, what_if_words
from desktop_app.indicators.outlets import OutletFact, count_outlets, outlet_value
from desktop_app.indicators.pace import arrival, pace
from desktop_app.indicators.sampling import sample_words, wilson
from desktop_app.indicators.savings import saving_words, tape_saving
from desktop_app.models.values import SCALE, CellState, Comparator, Flag, Month, OutletKind, Period, quantize
from tests.indicators.oracle import rounded
from tests.indicators.world import calculator, fact, key, member, scope

MARCH = Month(2021, 3)
PERIOD = Period.of_month(MARCH)
NOREPACK = load_catalogue().indicator("GRN.NOREPACK")
GE = Comparator.GE


def rates(pairs: dict[int, tuple[int, int]], name: str = "GRN.NOREPACK", month: Month = MARCH) -> dict[FactKey, Fact]:
    return {
        key(f"{name}.{side}", month, company): fact(amount * SCALE)
        for company, (above, below) in pairs.items()
        for side, amount in (("NUM", above), ("DEN", below))
    }


# ----------------------------------------------------------------------------------------------- what if

halves = st.integers(1, 10**7).flatmap(lambda below: st.tuples(st.integers(0, below), st.just(below)))


@given(st.lists(halves, min_size=1, max_size=5), st.integers(0, 1000), st.integers(0, 2))
@settings(deadline=None)
def test_the_county_with_one_company_mended_is_a_ratio_of_sums(
    pairs: list[tuple[int, int]], tenths: int, silent: int
) -> None:
    """A clerk with a long calculator; late and returned companies are in neither sum."""
    given_pairs = dict(enumerate(pairs, start=1))
    absent = range(len(pairs) + 1, len(pairs) + 1 + silent)
    calc = calculator(
        rates(given_pairs),
        [member(n) for n in (*given_pairs, *absent)],
        returned=[(n, MARCH.key) for n in list(absent)[:1]],
    )
    wanted = Fraction(tenths, 10)
    found = what_if(calc, NOREPACK, PERIOD, 1, wanted)
    assert found is not None
    with localcontext() as long:
        long.prec = 50
        mended = Decimal(tenths) / 1000 * pairs[0][1]
        whole = sum((Decimal(b) for _, b in pairs), Decimal(0))
        then = (sum((Decimal(a) for a, _ in pairs[1:]), Decimal(0)) + mended) * 100 / whole
        now = sum((Decimal(a) for a, _ in pairs), Decimal(0)) * 100 / whole
    assert (quantize(found.then, 6), quantize(found.now, 6)) == (rounded(then, 6), rounded(now, 6))


def test_what_if_in_words() -> None:
    calc = calculator(rates({1: (60, 100), 2: (95, 100)}), [member(1), member(2)])
    found = what_if(calc, NOREPACK, PERIOD, 1, Fraction(95))
    assert found is not None
    words = what_if_words("企业1", found, Fraction(95))
    assert words == "若企业1由 60.0% 升到 95%，全县由 77.5% 变为 95.0%（+17.5 个百分点）。"
    assert "降到 50%" in what_if_words("企业1", found, Fraction(50))


def test_a_company_with_a_rate_alone_changes_no_ratio_of_sums() -> None:
    stored = rates({1: (60, 100)}) | {key("GRN.NOREPACK", MARCH, 2): fact(99 * SCALE)}
    calc = calculator(stored, [member(1), member(2)])
    assert what_if(calc, NOREPACK, PERIOD, 2, Fraction(95)) is None
    row = next(
        r
        for r in profile(calc, load_catalogue().programmes["29551"], PERIOD, member(2))
        if r.indicator == "GRN.NOREPACK"
    )
    assert (row.text, row.rate_only, row.place, row.county_text) == ("99.0 ◇", True, "—", "60.0")


def test_the_profile_says_place_difference_and_target() -> None:
    calc = calculator(rates({1: (60, 100), 2: (96, 100), 3: (96, 100)}), [member(n) for n in (1, 2, 3, 4)])
    programme = load_catalogue().programmes["29551"]

    def row(company: int) -> tuple[str, str, bool | None]:
        found = next(r for r in profile(calc, programme, PERIOD, member(company)) if r.indicator == "GRN.NOREPACK")
        return found.place, found.difference_text, found.met

    assert row(1) == ("3/3", "−24.0", False)
    assert row(2) == row(3) == ("1/3", "+12.0", True), "the same rate is the same place"
    assert row(4) == ("—", "—", None)


# ----------------------------------------------------------------------------------------------- samples


@pytest.mark.parametrize(
    ("passed", "sample", "low", "high"),
    # E. B. Wilson's interval as tabulated in textbooks and by common statistics programs.
    [(81, 263, "25.5", "36.6"), (15, 148, "6.2", "16.0"), (0, 20, "0.0", "16.1"), (20, 20, "83.9", "100.0")],
)
def test_the_interval_of_a_sample(passed: int, sample: int, low: str, high: str) -> None:
    assert tuple(str(quantize(bound, 1)) for bound in wilson(passed, sample)) == (low, high)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_rate_lies_within_its_interval_and_the_interval_within_0_to_100(drawn: tuple[int, int]) -> None:
    passed, sample = drawn
    low, high = wilson(passed, sample)
    slack = Decimal("1e-20")
    assert 0 <= low <= Decimal(passed) * 100 / sample + slack
    assert Decimal(passed) * 100 / sample - slack <= high <= 100


def test_a_sampled_line_shows_its_sample() -> None:
    calc = calculator(rates({1: (307, 335)}, "GRN.PACKOP"), [member(1)])
    lines = build_green(calc, load_catalogue().programmes["9917"], PERIOD, scope()).lines
    line = next(each for each in lines if each.indicator == "GRN.PACKOP")
    assert line.note == "抽查 335 件，95% 置信区间 88.2—94.2%"
    assert sample_words(9, 10).endswith("样本太小")


# ----------------------------------------------------------------------------------------------- pace


def test_months_to_arrival() -> None:
    change = pace([None, Fraction(80), None, Fraction(84)])
    assert change == 2
    due = Month(2021, 12)
    assert arrival(GE, Fraction(84), Fraction(90), change, MARCH, due).text == "3 个月"
    late = arrival(GE, Fraction(84), Fraction(98), Fraction(1), MARCH, due)
    assert (late.months, late.text) == (14, "14 个月，晚")
    assert "2022年5月到达，晚于 2021年12月的期限" in late.words
    assert arrival(GE, Fraction(84), Fraction(90), Fraction(-1), MARCH, due).text == "不靠近"
    assert arrival(GE, Fraction(90), Fraction(90), None, MARCH, due).text == "已到"
    assert arrival(GE, Fraction(84), Fraction(90), None, MARCH, due).months is None


@given(st.fractions(0, 99), st.fractions(1, 100), st.fractions(Fraction(1, 100), 10))
def test_the_month_of_arrival_is_the_first_that_meets_the_target(
    now: Fraction, target: Fraction, change: Fraction
) -> None:
    found = arrival(GE, now, target, change, MARCH, Month(2025, 12))
    assert found.months is not None
    assert now + found.months * change >= target
    assert found.months == 0 or now + (found.months - 1) * change < target


# ----------------------------------------------------------------------------------------------- the 2020 path of 9792

PATH = {  # 瘦身胶带, 不再二次包装, 循环中转袋 in %, 设回收装置网点 (新增, in 万个)
    Month(2020, 4): ("83.8", "65", "80.9", "1.7"),
    Month(2020, 8): ("94.3", "68.5", "87.2", "3.5"),
    Month(2020, 11): ("95", "70.1", "91.5", "4.6"),
    Month(2020, 12): ("96.4", "72.1", "93.8", "5.6"),
}
CODES = ("GRN.TAPE", "GRN.NOREPACK", "GRN.BAG", "GRN.RECYC.N")
NATION = "000000000000"


@pytest.mark.parametrize(
    ("month", "met"),
    [
        (Month(2020, 4), (False, False, False, False)),
        (Month(2020, 8), (True, False, False, True)),
        (Month(2020, 11), (True, True, True, True)),
        (Month(2020, 12), (True, True, True, True)),
    ],
)
def test_the_national_series_of_2020_month_by_month(month: Month, met: tuple[bool, ...]) -> None:
    """As entered: rates handed down, outlets as a level over 3 万 at the end of 2019 (3 万 + what was added)."""
    stored = {key("GRN.RECYC.N", Month(2019, 12), None): fact(30_000 * SCALE)}
    for when, values in PATH.items():
        for code, text in zip(CODES, values, strict=True):
            level = Decimal(text) if code != "GRN.RECYC.N" else 30_000 + Decimal(text) * 10_000
            stored[key(code, when, None)] = fact(int(level * SCALE))
    calc = calculator(stored)
    where = type(scope())(NATION, "全国", "national")
    lines = build_green(calc, load_catalogue().programmes["9792"], Period.of_month(month), where).lines
    assert tuple(line.met for line in lines) == met
    assert [line.state_text for line in lines] == ["已达" if each else "未达" for each in met]


def test_jilin_lists_98_and_99_with_their_clauses() -> None:
    lines = build_green(calculator({}, [member(1)]), load_catalogue().programmes["JILIN-2025"], PERIOD, scope()).lines
    found = [(line.target_text, line.clause) for line in lines if line.indicator == "GRN.EWAYBILL"]
    assert found == [("≥98%", "三（四）1"), ("≥99%", "专栏7")]


# ----------------------------------------------------------------------------------------------- outlets, tape


def outlet(number: int, flag: Flag, *, kind: OutletKind = OutletKind.BRANCH, filed: bool = True) -> OutletFact:
    return OutletFact(number, 1, kind, filed, None, None, flag)


def test_coverage_counts_filed_outlets_open_in_the_month() -> None:
    register = [
        outlet(1, Flag.YES),
        outlet(2, Flag.NO),
        outlet(3, Flag.MISSING),
        outlet(4, Flag.YES, kind=OutletKind.LOCKERS),
        outlet(5, Flag.YES, filed=False),
        OutletFact(6, 2, OutletKind.TERMINAL, True, Month(2021, 4), None, Flag.YES),
        OutletFact(7, 2, OutletKind.TERMINAL, True, None, Month(2021, 2), Flag.YES),
    ]
    found = count_outlets(register, MARCH)
    assert (found.filed, found.equipped, found.unknown) == (3, 1, 1)
    assert outlet_value(register, "GRN.RECYC.REG", MARCH) == Fraction(100, 3)
    assert outlet_value(register, "GRN.RECYC.REG", Month(2021, 4)) == 50
    assert outlet_value(register, "RUR.REACH", MARCH) is None
    assert outlet_value([outlet(1, Flag.MISSING)], "GRN.RECYC.REG", MARCH) is None, "nothing known is not 0 %"


def test_narrow_tape_on_every_parcel_saves_a_quarter() -> None:
    assert tape_saving(Fraction(100), Fraction(100)).share_pct == 25
    found = tape_saving(Fraction(90_000), Fraction(100_000), Fraction("0.8"))
    assert (found.share_pct, found.area) == (Fraction("22.5"), Fraction(1080))
    assert saving_words(found) == "估算：胶带用量约少 22.5%（90,000 件改用瘦身胶带），约合 1,080 平方米。"
    with pytest.raises(ValueError, match="no taped"):
        tape_saving(Fraction(0), Fraction(0))


# ----------------------------------------------------------------------------------------------- counts and campaigns


def test_a_year_s_count_stands_against_what_has_added_up_since_january() -> None:
    stored = {key("GRN.CARTON", Month(2021, n), 1): fact(500 * SCALE) for n in (1, 2, 3)}
    lines = build_green(
        calculator(stored, [member(1)]),
        load_catalogue().programmes["9917"],
        PERIOD,
        type(scope())(NATION, "全国", "county"),
    ).lines
    line = next(each for each in lines if each.indicator == "GRN.CARTON")
    assert line.value == 1500
    assert line.arrival == "十年以上"


def test_a_campaign_says_what_was_checked_and_what_failed() -> None:
    stored = {
        key(f"GRN.CAMP.EXCESS{end}", Month(2021, month), None): fact(value * SCALE)
        for month, checked, failed in ((1, 30, 2), (3, 10, 0))
        for end, value in ((".CHK", checked), (".BAD", failed))
    }
    lines = build_green(calculator(stored, [member(1)]), load_catalogue().programmes["2582"], PERIOD, scope()).lines
    line = next(each for each in lines if each.name == "过度包装治理")
    assert (line.value_text, line.state_text, line.met) == ("查40家次", "不合格 2家次", None)
    assert line.state is CellState.VALUE
