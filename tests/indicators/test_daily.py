"""The peak season's arithmetic against plain loops."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.indicators.daily import day_sum, delivery_rate, multiple, peak_of, season_sum
from desktop_app.models.values import SCALE, DailyItem, Month, Period
from tests.indicators.world import calculator, fact, key, member

DAYS = [date(2020, 11, n) for n in range(9, 13)]
COMPANIES = (1, 2, 3)
cells = st.dictionaries(
    st.tuples(st.sampled_from(DAYS), st.sampled_from(COMPANIES), st.sampled_from(list(DailyItem))),
    st.integers(0, 10**7).map(Fraction),
)


@given(cells)
def test_sums_peak_and_rate(cells: dict[tuple[date, int, DailyItem], Fraction]) -> None:
    collected = {day: sum(v for (d, _, i), v in cells.items() if d == day and i is DailyItem.COLLECTED) for day in DAYS}
    whole = season_sum(cells, DAYS, DailyItem.COLLECTED, COMPANIES)
    assert (whole.value or 0) == sum(collected.values())
    assert day_sum(cells, DAYS[0], DailyItem.COLLECTED, COMPANIES).reporters == {
        who for (d, who, i) in cells if d == DAYS[0] and i is DailyItem.COLLECTED
    }
    peak = peak_of(cells, DAYS, COMPANIES)
    if max(collected.values()) == 0:
        assert peak is None
    else:
        assert peak is not None
        assert (peak.day, peak.value) == max(collected.items(), key=lambda pair: (pair[1], -pair[0].toordinal()))
    both = [
        (cells[day, who, DailyItem.DELIVERED], cells[day, who, DailyItem.DUE])
        for day in DAYS
        for who in COMPANIES
        if (day, who, DailyItem.DELIVERED) in cells and (day, who, DailyItem.DUE) in cells
    ]
    due = sum(pair[1] for pair in both)
    assert delivery_rate(cells, DAYS, COMPANIES) == (sum(pair[0] for pair in both) / due * 100 if due else None)


def test_the_multiple_of_the_published_report() -> None:
    """6.75亿件 on 11 November 2020 by the third quarter's daily mean, (561.4 − 338.8)亿 / 92 days: 2.8 as printed."""
    usual = (Fraction("561.4") - Fraction("338.8")) / 92
    found = multiple(Fraction("6.75"), usual)
    assert found is not None
    assert round(float(found), 1) == 2.8
    assert multiple(Fraction(1), Fraction(0)) is None
    assert multiple(None, usual) is None


def test_who_had_closed_before_the_season_is_not_in_the_usual_day() -> None:
    """9200件 of one company in the third quarter are 100件 a day; the other closed in September."""
    quarter = {
        key("MKT.VOL", Month(2020, month), who): fact(amount * SCALE)
        for who in (1, 2)
        for month, amount in ((7, 3100), (8, 3100), (9, 3000))
    }
    november = Period.of_month(Month(2020, 11))
    both = calculator(quarter, [member(1), member(2)])
    assert both.amount("OPS.PEAK.BASE", november).value == 200
    one_left = calculator(quarter, [member(1), member(2, closed=Month(2020, 9))])
    assert one_left.amount("OPS.PEAK.BASE", november).value == 100
    assert one_left.amount("OPS.PEAK.BASE", Period.year(2020)).value == 100
