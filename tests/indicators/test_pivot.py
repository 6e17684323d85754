"""Pivot, index and ranking against plain arithmetic."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.indicators.indexed import index_number, indexed
from desktop_app.indicators.pivot import Subject, lacking_line, line_of, rest_of
from desktop_app.indicators.ranking import movement, places
from desktop_app.indicators.results.pivot import LineKind, Measure
from desktop_app.models.values import CellState, Month, Period, quantize
from tests.indicators.world import calculator, fact, key, member, scope

MONTHS = [Month(2021, n) for n in range(1, 5)]
PERIODS = [Period.of_month(month) for month in MONTHS]
VOLUME = "MKT.VOL"
counts = st.one_of(st.none(), st.integers(min_value=0, max_value=10**9))
tables = st.lists(st.lists(counts, min_size=4, max_size=4), min_size=1, max_size=8)
"""Companies × months; None is 未报."""


def subjects(table: list[list[int | None]]) -> tuple[Subject, list[Subject]]:
    """The whole and its companies."""
    values = {
        key(VOLUME, month, who): fact(cell * 10_000)
        for who, row in enumerate(table)
        for month, cell in zip(MONTHS, row, strict=True)
        if cell is not None
    }
    calc = calculator(values, [member(who) for who in range(len(table))])
    whole = Subject("", "合计", VOLUME, lambda _year: calc, scope())
    rows = [Subject(str(n), f"企业{n}", VOLUME, lambda _year: calc, scope(frozenset({n}))) for n in range(len(table))]
    return whole, rows


@given(tables)
@settings(max_examples=60, deadline=None)
def test_the_total_is_the_sum_of_what_was_reported_and_says_who_is_lacking(table: list[list[int | None]]) -> None:
    whole, rows = subjects(table)
    total = line_of(whole, PERIODS, Measure.VALUE, whole, LineKind.TOTAL)
    lines = [line_of(row, PERIODS, Measure.VALUE, whole) for row in rows]
    lacking = lacking_line(whole, PERIODS)
    for n in range(len(PERIODS)):
        given_ = [cell for row in table if (cell := row[n]) is not None]
        absent = len(table) - len(given_)
        if any(cell is not None for row in table for cell in row):
            expected = quantize(Fraction(sum(given_), 10_000), 2) if given_ else None
            assert total.cells[n].value == expected
            assert [line.cells[n].value is None for line in lines] == [row[n] is None for row in table]
            words = lacking.cells[n].text if lacking is not None else ""
            assert words == (f"{absent}家未报" if absent else "")


@given(tables)
@settings(max_examples=60, deadline=None)
def test_shares_sum_to_100_within_the_rounding_of_each(table: list[list[int | None]]) -> None:
    whole, rows = subjects(table)
    lines = [line_of(row, PERIODS, Measure.SHARE, whole) for row in rows]
    for n in range(len(PERIODS)):
        shares = [share for line in lines if (share := line.cells[n].value) is not None]
        if any(row[n] for row in table):
            assert abs(sum(shares, Decimal(0)) - 100) <= Decimal("0.05") * len(shares)
        else:
            assert shares == [], "of nothing there is no share"


@given(st.lists(st.one_of(st.none(), st.fractions(0, 10**9)), min_size=1, max_size=30), st.data())
def test_the_base_month_is_100_and_the_others_follow(values: list[Fraction | None], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(values) - 1))
    base = values[at]
    made = indexed(values, base)
    if base is None or base <= 0:
        assert set(made) == {None}
        return
    assert made[at] == 100
    for value, index in zip(values, made, strict=True):
        assert index == (None if value is None else value / base * 100)


def test_an_index_has_no_base_in_nothing_and_no_place_below_zero() -> None:
    assert index_number(Fraction(5), Fraction(0)) is None
    assert index_number(Fraction(5), Fraction(-1)) is None
    assert index_number(Fraction(-5), Fraction(1)) is None


ranked = st.dictionaries(st.integers(0, 9), st.one_of(st.none(), st.fractions(0, 20)), max_size=10)


@given(ranked, ranked, st.booleans())
def test_places_and_moves_are_those_of_a_sorted_list(
    now: dict[int, Fraction | None], before: dict[int, Fraction | None], smallest_first: bool
) -> None:
    def oracle(values: dict[int, Fraction | None]) -> dict[int, int]:
        order = sorted((v for v in values.values() if v is not None), reverse=not smallest_first)
        return {who: order.index(v) + 1 for who, v in values.items() if v is not None}

    mine, then = (places(each, smallest_first=smallest_first) for each in (now, before))
    assert mine == oracle(now)
    for who in {*now, *before}:
        expected = then[who] - mine[who] if who in mine and who in then else None
        assert movement(mine.get(who), then.get(who)) == expected


def test_equal_figures_share_a_place_and_the_next_is_left_out() -> None:
    values = {"甲": Fraction(5), "乙": Fraction(7), "丙": Fraction(5), "丁": Fraction(1), "戊": None}
    assert places(values) == {"乙": 1, "甲": 2, "丙": 2, "丁": 4}


def test_what_the_whole_has_beyond_its_rows_is_a_row_of_its_own() -> None:
    whole, rows = subjects([[30_000, 10_000, 0, 5], [20_000, None, 0, 5]])
    period = PERIODS[:2]
    left = rest_of(rows[:1], whole, period, "未分到乡镇")
    assert left is not None
    assert [cell.text for cell in left.cells] == ["2.00", "0.00"]
    assert rest_of(rows, whole, period[:1], "未分到乡镇") is None, "nothing is left"


def test_a_state_stands_in_the_cell_as_a_word_and_no_zero() -> None:
    whole, rows = subjects([[0, None, 1, 1], [1, 1, 1, 1]])
    line = line_of(rows[0], PERIODS, Measure.VALUE, whole)
    assert [cell.text for cell in line.cells[:2]] == ["0.00", "未报"]
    assert line.cells[1].state is CellState.MISSING
