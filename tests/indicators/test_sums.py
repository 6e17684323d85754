"""Sums over companies and months against adding up by hand: states, completeness, opened and closed companies."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop_app.indicators.facts import Fact
from desktop_app.indicators.figures import build_figure
from desktop_app.indicators.results.figures import Figure
from desktop_app.models.values import SCALE, CellState, Month, Period, Span
from tests.indicators.world import (
    MONTHS,
    REVENUE_PARTS,
    VOLUME_PARTS,
    World,
    calculator,
    expected_flow,
    fact,
    key,
    member,
    periods,
    scope,
    worlds,
)

JAN, FEB, MAR = (Month(2021, n) for n in (1, 2, 3))
QUARTER = Period.parse("2021-Q1")


@settings(max_examples=75)
@given(worlds(("MKT.VOL",)), periods)
def test_a_sum_has_just_what_was_given_and_says_who_is_lacking(world: World, period: Period) -> None:
    assume(world.known("MKT.VOL"))
    expected = expected_flow(world, "MKT.VOL", period)
    found = world.calculator().amount("MKT.VOL", period)
    assert found.value == expected.value
    assert found.reported == expected.reported
    assert found.missing == expected.missing
    assert found.returned == expected.returned
    assert found.partial == expected.partial
    assert found.complete == (not (expected.missing or expected.returned or expected.partial))


@settings(max_examples=30)
@given(worlds(("MKT.VOL",)), periods)
def test_the_whole_is_the_sum_of_its_companies(world: World, period: Period) -> None:
    calc = world.calculator()
    pieces = [calc.amount("MKT.VOL", period, frozenset({m.id})).value for m in world.members]
    known = [piece for piece in pieces if piece is not None]
    assert calc.amount("MKT.VOL", period).value == (sum(known, Fraction(0)) if known else None)


@settings(max_examples=30)
@given(worlds(("MKT.VOL",), moving=False), st.integers(2020, 2021))
def test_a_year_is_the_sum_of_its_quarters_halves_and_months(world: World, year: int) -> None:
    calc = world.calculator()

    def total(*periods: Period) -> Fraction:
        return sum((calc.amount("MKT.VOL", p).value or Fraction(0) for p in periods), Fraction(0))

    whole = total(Period.year(year))
    assert whole == total(*(Period.parse(f"{year}-Q{n}") for n in (1, 2, 3, 4)))
    assert whole == total(*(Period.parse(f"{year}-H{n}") for n in (1, 2)))
    assert whole == total(*(Period.of_month(Month(year, n)) for n in range(1, 13)))
    assert whole == total(Period.to_date(Month(year, 12)))


@settings(max_examples=30)
@given(worlds(VOLUME_PARTS), periods)
def test_parts_alone_make_the_whole(world: World, period: Period) -> None:
    """A company that gives only the three parts has given the whole; one that lacks a part has not."""
    calc = world.calculator()
    total = Fraction(0)
    complete = False
    for company in world.members:
        months = world.active(company, period.months)
        given_parts = [world.given(code, company.id, months) for code in VOLUME_PARTS]
        for month in months:
            if all(month in part for part in given_parts):
                total += sum(part[month] for part in given_parts)
                complete = True
    assert calc.amount("MKT.VOL", period).value == (total if complete else None)


@settings(max_examples=30)
@given(worlds(REVENUE_PARTS, silent=False), st.sampled_from(MONTHS))
def test_the_four_parts_of_revenue_add_up(world: World, month: Month) -> None:
    calc, period = world.calculator(), Period.of_month(month)
    parts = [calc.amount(code, period).value for code in REVENUE_PARTS]
    known = [part for part in parts if part is not None]
    assert calc.amount("MKT.REV", period).value == (sum(known, Fraction(0)) if known else None)


# ----------------------------------------------------------------------------------------------- the four states


def test_nothing_reported_is_not_zero() -> None:
    calc = calculator({key("MKT.VOL", JAN, 1): fact(5 * SCALE)}, [member(1), member(2)])
    january = build_figure(calc, "MKT.VOL", Period.of_month(JAN), scope())
    february = build_figure(calc, "MKT.VOL", Period.of_month(FEB), scope())
    assert january.value == 5
    assert january.completeness.words == "2 家中 1 家未报"
    assert february.value is None
    assert (february.state, february.text) == (CellState.MISSING, "未报")
    assert february.completeness.missing == ("企业1", "企业2")


def test_zero_is_a_figure() -> None:
    calc = calculator({key("MKT.VOL", JAN, 1): fact(0)}, [member(1)])
    figure = build_figure(calc, "MKT.VOL", Period.of_month(JAN), scope())
    assert figure.value == 0
    assert (figure.state, figure.text) == (CellState.VALUE, "0.00")
    assert figure.completeness.complete


def test_the_states_of_one_company() -> None:
    stored = {
        key("MKT.VOL", JAN, 1): fact(0),
        key("MKT.VOL", JAN, 2): fact(None, CellState.NOT_APPLICABLE),
        key("MKT.VOL", JAN, 3): fact(None, CellState.MISSING),
    }
    calc = calculator(stored, [member(n) for n in range(1, 6)], returned=[(4, JAN.key)])
    texts = [build_figure(calc, "MKT.VOL", Period.of_month(JAN), scope(frozenset({n}))).text for n in range(1, 6)]
    assert texts == ["0.00", "不适用", "未报", "退回", "未报"]


def test_a_month_of_nothing_but_not_applicable_is_not_applicable() -> None:
    stored = {key("MKT.VOL", JAN, n): fact(None, CellState.NOT_APPLICABLE) for n in (1, 2)}
    amount = calculator(stored | {key("MKT.VOL", FEB, 1): fact(1)}, [member(1), member(2)]).amount(
        "MKT.VOL", Period.of_month(JAN)
    )
    assert (amount.value, amount.state) == (None, CellState.NOT_APPLICABLE)


def test_all_files_returned_reads_returned_but_a_missing_one_reads_missing() -> None:
    known = {key("MKT.VOL", JAN, 1): fact(1)}
    both = calculator(known, [member(1), member(2)], returned=[(1, FEB.key), (2, FEB.key)])
    one = calculator(known, [member(1), member(2)], returned=[(1, FEB.key)])
    assert both.amount("MKT.VOL", Period.of_month(FEB)).state is CellState.RETURNED
    assert one.amount("MKT.VOL", Period.of_month(FEB)).state is CellState.MISSING


def test_a_figure_stored_after_the_return_counts_again() -> None:
    calc = calculator({key("MKT.VOL", JAN, 1): fact(7)}, [member(1)], returned=[(1, JAN.key)])
    assert calc.amount("MKT.VOL", Period.of_month(JAN)).value == Fraction(7, SCALE)


def test_a_month_lacking_in_a_quarter_is_said() -> None:
    stored = {key("MKT.VOL", month, 1): fact(SCALE) for month in (JAN, FEB)}
    figure = build_figure(calculator(stored, [member(1)]), "MKT.VOL", QUARTER, scope())
    assert figure.value == 2
    assert figure.completeness.missing == ("企业1",)
    assert any("不作 0 计" in note for note in figure.notes)


def test_a_company_is_expected_only_while_it_is_open() -> None:
    stored = {key("MKT.VOL", FEB, 1): fact(SCALE), key("MKT.VOL", MAR, 1): fact(SCALE)}
    calc = calculator(stored, [member(1, opened=FEB), member(2, closed=Month(2020, 12))])
    amount = calc.amount("MKT.VOL", QUARTER)
    assert amount.value == 2
    assert amount.complete
    assert amount.reported == {1}


# ----------------------------------------------------------------------------------------------- stocks


@settings(max_examples=30)
@given(worlds(("NET.OUTLET",)), periods)
def test_a_stock_adds_over_companies_and_takes_the_last_month(world: World, period: Period) -> None:
    assume(world.known("NET.OUTLET"))
    expected = expected_flow(world, "NET.OUTLET", Period.of_month(period.last))
    found = world.calculator().amount("NET.OUTLET", period)
    assert (found.value, found.reported, found.missing, found.returned) == (
        expected.value,
        expected.reported,
        expected.missing,
        expected.returned,
    )


def test_stocks_are_not_cumulated() -> None:
    stored = {key("NET.OUTLET", month, 1): fact(3 * SCALE) for month in (JAN, FEB, MAR)}
    figure = build_figure(calculator(stored, [member(1)]), "NET.OUTLET", Period.of_month(MAR), scope())
    assert figure.value == 3
    assert (figure.cumulative, figure.cumulative_text) == (None, "—")


# ----------------------------------------------------------------------------------------------- reported 累计


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 10**12), min_size=12, max_size=12),
    st.sets(st.integers(1, 12)),
    st.sets(st.integers(1, 12)),
    periods,
)
def test_months_and_cumulations_of_one_company_agree(
    flows: list[int], months: set[int], ends: set[int], period: Period
) -> None:
    """Whatever mix of months and 累计 a company gives, what can be known is right, what cannot is not invented."""
    stored = {key("MKT.VOL", Month(2021, n), 1): fact(flows[n - 1]) for n in months}
    stored |= {key("MKT.VOL", Month(2021, n), 1, Span.YTD): fact(sum(flows[:n])) for n in ends}
    wanted = [m.month for m in period.months if m.year == 2021]
    truth = Fraction(sum(flows[n - 1] for n in wanted), SCALE)
    found = calculator(stored, [member(1, opened=JAN)]).amount("MKT.VOL", period)

    def known(first: int, last: int) -> bool:
        return last in ends and (first == 1 or first - 1 in ends)

    single = {n for n in wanted if n in months or known(n, n)}
    if wanted and (len(single) == len(wanted) or known(wanted[0], wanted[-1])):
        assert found.value == truth
        assert found.complete
        assert found.cumulated is None
    elif single:
        assert found.value == Fraction(sum(flows[n - 1] for n in single), SCALE)
        assert found.partial == {1}
    else:
        assert found.value is None


def test_a_company_opened_within_the_year_has_its_first_cumulation_from_nothing() -> None:
    august, december = Month(2021, 8), Month(2021, 12)
    stored = {
        key("MKT.VOL", august, 1, Span.YTD): fact(4 * SCALE),
        key("MKT.VOL", december, 1, Span.YTD): fact(30 * SCALE),
    }
    calc = calculator(stored, [member(1, opened=august)])
    assert calc.amount("MKT.VOL", Period.of_month(august)).value == 4
    assert calc.amount("MKT.VOL", Period.parse("2021-H2")).value == 30
    assert calc.amount("MKT.VOL", Period.year(2021)).value == 30


def test_a_company_closed_within_the_year_ends_with_its_last_cumulation() -> None:
    stored = {
        key("MKT.VOL", MAR, 1, Span.YTD): fact(9 * SCALE),
        key("MKT.VOL", Month(2021, 5), 1, Span.YTD): fact(14 * SCALE),
    }
    calc = calculator(stored, [member(1, closed=Month(2021, 5))])
    year = calc.amount("MKT.VOL", Period.year(2021))
    assert year.value == 14
    assert year.complete
    assert calc.amount("MKT.VOL", Period.parse("2021-Q2")).value == 5
    assert calc.amount("MKT.VOL", Period.parse("2021-Q3")).state is CellState.NOT_APPLICABLE


def _year_with(batch: int) -> Figure:
    """Twelve months of 1万件 from batch 1, March from ``batch``, and a December 累计 of 13万件 in batch 5."""
    months = {n: batch if n == 3 else 1 for n in range(1, 13)}
    stored = {key("MKT.VOL", Month(2021, n), 1): _from(10_000, came) for n, came in months.items()}
    stored[key("MKT.VOL", Month(2021, 12), 1, Span.YTD)] = _from(130_000, 5)._replace(reason="年报核定，补列漏报件")
    return build_figure(calculator(stored, [member(1)]), "MKT.VOL", Period.year(2021), scope())


def _from(amount: int, batch: int) -> Fact:
    return fact(amount * SCALE)._replace(batch_id=batch)


def test_the_reported_cumulation_counts_beside_twelve_months_with_its_reason() -> None:
    figure = _year_with(1)
    assert figure.value == 130_000
    assert [note for note in figure.notes if "累计" in note] == [
        "快递业务量：各月之和 12.00万件，报送累计 13.00万件，相差 1.00万件，按报送累计（原因：年报核定，补列漏报件）"
    ]


def test_a_month_corrected_after_the_cumulation_makes_the_sum_count() -> None:
    figure = _year_with(6)
    assert figure.value == 120_000
    assert [note for note in figure.notes if "累计" in note] == [
        "快递业务量：各月之和 12.00万件，报送累计 13.00万件，相差 1.00万件，报送累计较早，按各月之和"
    ]


def test_the_december_cumulation_stands_in_where_months_are_missing() -> None:
    stored = {key("MKT.VOL", JAN, 1): fact(SCALE), key("MKT.VOL", Month(2021, 12), 1, Span.YTD): fact(130 * SCALE)}
    amount = calculator(stored, [member(1)]).amount("MKT.VOL", Period.year(2021))
    assert amount.value == 130
    assert amount.complete


def test_a_published_series_with_a_hole_has_no_sum() -> None:
    """The nation's quarter is not two of its months; a company's lacking month is somebody to be chased."""
    stored = {key("MKT.VOL", month, None): fact(SCALE) for month in (JAN, MAR)}
    amount = calculator(stored).amount("MKT.VOL", QUARTER)
    assert (amount.value, amount.state) == (None, CellState.MISSING)


def test_a_cumulation_is_no_difference_across_the_new_year() -> None:
    stored = {
        key("MKT.VOL", Month(2020, 12), 1, Span.YTD): fact(100 * SCALE),
        key("MKT.VOL", JAN, 1, Span.YTD): fact(8 * SCALE),
    }
    calc = calculator(stored, [member(1)])
    assert calc.amount("MKT.VOL", Period.of_month(JAN)).value == 8
    assert calc.amount("MKT.VOL", Period.of_month(Month(2020, 12))).value is None
