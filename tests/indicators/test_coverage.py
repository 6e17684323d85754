"""快递进村 as of a month: six villages of two towns, checked by hand, and a replay of random records."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.indicators.coverage import (
    CoverageBook,
    CoverageFact,
    Snapshot,
    Village,
    coverage_value,
    definition_text,
)
from desktop_app.models.values import CoverageMode, CoverageState, Month

JAN, FEB, MAR, APR = (Month(2021, n) for n in (1, 2, 3, 4))
DIRECT, POST, SHARED = CoverageMode.DIRECT, CoverageMode.POST, CoverageMode.SHARED
NORMAL, NONE, SUSPENDED, RELAPSED = (
    CoverageState.NORMAL,
    CoverageState.NONE,
    CoverageState.SUSPENDED,
    CoverageState.RELAPSED,
)


def village(number: int, town: int = 1) -> Village:
    return Village(f"22028110{town}{200 + number}", f"第{number}村", f"22028110{town}000", f"第{town}镇")


def told(
    month: Month, state: CoverageState, *modes: CoverageMode, weekly: int | None = None, station: str = ""
) -> CoverageFact:
    return CoverageFact(month.key, state, frozenset(modes), weekly, station, evidence_date=date(2021, 1, 20))


VILLAGES = [village(1), village(2), village(3), village(4, 2), village(5, 2), village(6, 2)]
CODES = [v.code for v in VILLAGES]
HISTORY: dict[str, dict[str, tuple[CoverageFact, ...]]] = {
    # Two brands since January, the second stops in March.
    CODES[0]: {
        "甲": (told(JAN, NORMAL, DIRECT, weekly=5),),
        "乙": (told(JAN, NORMAL, POST, weekly=2), told(MAR, SUSPENDED)),
    },
    # One brand by post twice a week, with a station.
    CODES[1]: {"甲": (told(JAN, NORMAL, POST, weekly=2, station="供销社"),)},
    # Reached in January, lost in February, found again in April.
    CODES[2]: {"乙": (told(JAN, NORMAL, SHARED, weekly=3), told(FEB, RELAPSED), told(APR, NORMAL, SHARED))},
    # Never reached, and said so; the postman comes three times a week from April.
    CODES[3]: {"甲": (told(JAN, NONE), told(APR, NONE, weekly=3))},
    # All three brands from March on.
    CODES[4]: {brand: (told(MAR, NORMAL, DIRECT, weekly=3),) for brand in ("甲", "乙", "丙")},
    # The sixth has no record at all.
}


def book() -> CoverageBook:
    register = tuple((v, 202001, None) for v in VILLAGES)
    return CoverageBook(register, HISTORY, {2021: ("甲", "乙", "丙")})


@pytest.mark.parametrize(
    ("definition", "counts"),
    [
        ("any", [3, 2, 3, 4]),
        ("direct", [1, 1, 2, 2]),
        ("major", [0, 0, 1, 1]),
        ("1", [3, 2, 3, 4]),
        ("2", [1, 1, 1, 1]),
        ("3", [0, 0, 1, 1]),
        ("4", [0, 0, 0, 0]),
    ],
)
def test_villages_reached_from_january_to_april(definition: str, counts: list[int]) -> None:
    assert [book().snapshot(month).count(definition) for month in (JAN, FEB, MAR, APR)] == counts


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("RUR.VILLAGES", [6, 6, 6, 6]),
        ("RUR.REACH", [Fraction(300, 6), Fraction(200, 6), Fraction(300, 6), Fraction(400, 6)]),
        ("RUR.DIRECT", [Fraction(100, 6), Fraction(100, 6), Fraction(200, 6), Fraction(200, 6)]),
        ("RUR.MAJOR", [0, 0, Fraction(100, 6), Fraction(100, 6)]),
        ("RUR.FREQ3", [Fraction(200, 6), Fraction(100, 6), Fraction(200, 6), Fraction(300, 6)]),
        ("RUR.YK.VIL", [2, 2, 1, 1]),
        ("RUR.STATION", [1, 1, 1, 1]),
    ],
)
def test_indicators_of_the_register(code: str, values: list[Fraction]) -> None:
    assert [coverage_value(book(), code, month) for month in (JAN, FEB, MAR, APR)] == values


def test_before_the_first_record_nothing_can_be_said() -> None:
    """A county that has not begun to register is 未报, not 0 %."""
    december = Month(2020, 12)
    assert coverage_value(book(), "RUR.REACH", december) is None
    assert coverage_value(book(), "RUR.STATION", december) is None
    assert coverage_value(book(), "RUR.VILLAGES", december) == 6


def test_an_empty_register_has_no_rate() -> None:
    empty = CoverageBook((), {})
    assert coverage_value(empty, "RUR.VILLAGES", MAR) is None
    assert coverage_value(empty, "RUR.REACH", MAR) is None
    assert empty.snapshot(MAR).rate_pct("any") is None
    assert empty.first_month() is None


def test_a_record_holds_until_the_next_one() -> None:
    later = book().snapshot(Month(2022, 9))
    assert [state.served for state in later.villages] == [("甲",), ("甲",), ("乙",), (), ("甲", "乙", "丙"), ()]


@pytest.mark.parametrize("state", [SUSPENDED, RELAPSED])
def test_how_often_a_stopped_service_came_is_no_frequency(state: CoverageState) -> None:
    """As a ledger may hold it from a sheet of brands, or from entries of an earlier version."""
    kept = {CODES[0]: {"甲": (told(JAN, NORMAL, DIRECT, weekly=5), told(MAR, state, DIRECT, weekly=5))}}
    own = CoverageBook(((VILLAGES[0], 202001, None),), kept)
    assert [coverage_value(own, "RUR.FREQ3", month) for month in (FEB, MAR)] == [100, 0]


def test_only_normal_service_counts() -> None:
    state = book().snapshot(MAR).villages[0]
    assert state.served == ("甲",)
    assert state.modes == (DIRECT,)
    assert state.frequency == 5
    assert state.records["乙"].state is SUSPENDED


@pytest.mark.parametrize(
    ("number", "month", "definition", "since"),
    [
        (2, FEB, "any", FEB),
        (2, MAR, "any", FEB),
        (3, MAR, "any", None),
        (5, MAR, "any", None),
        (0, MAR, "2", MAR),
        (0, APR, "2", MAR),
        (1, APR, "direct", None),
        (0, APR, "major", None),
    ],
)
def test_since_when_a_village_is_without(number: int, month: Month, definition: str, since: Month | None) -> None:
    found = book()
    state = found.snapshot(month).villages[number]
    assert not state.reached(definition, ("甲", "乙", "丙"))
    assert found.unreached_since(state, month, definition) == since


def test_villages_that_left_the_register_no_longer_count() -> None:
    register = ((VILLAGES[0], 202001, 202102), (VILLAGES[1], 202001, None), (VILLAGES[4], 202103, None))
    found = CoverageBook(register, HISTORY, {2021: ("甲",)})
    assert [len(found.snapshot(month).villages) for month in (JAN, FEB, MAR)] == [2, 2, 2]
    assert [found.snapshot(month).count("any") for month in (JAN, FEB, MAR)] == [2, 2, 2]
    assert [state.village.name for state in found.snapshot(MAR).villages] == ["第2村", "第5村"]


def test_main_brands_are_those_of_the_year() -> None:
    found = CoverageBook(tuple((v, 202001, None) for v in VILLAGES), HISTORY, {2020: ("甲",), 2022: ("甲", "乙")})
    assert found.snapshot(Month(2022, 1)).majors == ("甲", "乙")
    assert set(found.snapshot(MAR).majors) == {"甲", "乙", "丙"}  # no list for 2021: every brand with a record
    assert found.snapshot(Month(2022, 1)).count("major") == 1


def test_a_brand_that_comes_later_changes_no_month_before_it() -> None:
    register = ((VILLAGES[0], 202001, None), (VILLAGES[1], 202001, None))
    january = {code: {"甲": (told(JAN, NORMAL, DIRECT),)} for code in CODES[:2]}
    later = {**january, CODES[0]: {**january[CODES[0]], "乙": (told(MAR, NORMAL, POST),)}}
    assert CoverageBook(register, january).snapshot(JAN).count("major") == 2
    found = CoverageBook(register, later)
    assert [found.snapshot(month).count("major") for month in (JAN, FEB, MAR)] == [2, 2, 1]
    assert [found.snapshot(month).majors for month in (FEB, MAR)] == [("甲",), ("甲", "乙")]


def test_brands_outside_the_list_reach_a_village_but_are_no_main_ones() -> None:
    register = ((VILLAGES[1], 202001, None),)
    snapshot = CoverageBook(register, HISTORY, {2021: ("乙",)}).snapshot(JAN)
    assert (snapshot.count("any"), snapshot.count("1"), snapshot.count("major")) == (1, 0, 0)


@pytest.mark.parametrize("word", ["", "0", "-1", "all", "2.5", "两"])
def test_definitions_that_do_not_exist(word: str) -> None:
    with pytest.raises(ValueError, match=f"^{word}$"):
        definition_text(word)


def test_definitions_have_chinese_names() -> None:
    assert [definition_text(word) for word in ("any", "direct", "major", "3")] == [
        "任一品牌通达",
        "企业直投到村",
        "主要品牌全部通达",
        "至少 3 个主要品牌通达",
    ]


# ----------------------------------------------------------------------------------------------- random records

records = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from(["甲", "乙", "丙", "丁"]),
        st.integers(1, 12),
        st.sampled_from(list(CoverageState)),
        st.frozensets(st.sampled_from([DIRECT, POST, SHARED]), min_size=1),
    ),
    max_size=40,
)
MAJORS = ("甲", "乙", "丙")


def replay(
    rows: list[tuple[int, str, int, CoverageState, frozenset[CoverageMode]]], month: int
) -> list[dict[str, frozenset[CoverageMode]]]:
    """Serving brands of each village with their modes, by going through the months one by one."""
    now: list[dict[str, frozenset[CoverageMode]]] = [{} for _ in VILLAGES]
    for number, brand, when, state, modes in sorted(rows, key=lambda row: row[2]):
        if when <= month:
            now[number].pop(brand, None)
            if state is NORMAL:
                now[number][brand] = modes
    return now


@settings(max_examples=75)
@given(records, st.integers(1, 12))
def test_any_month_is_the_replay_of_the_months_before(
    rows: list[tuple[int, str, int, CoverageState, frozenset[CoverageMode]]], month: int
) -> None:
    rows = list({(row[0], row[1], row[2]): row for row in rows}.values())
    history: dict[str, dict[str, tuple[CoverageFact, ...]]] = {}
    for number, brand, when, state, modes in sorted(rows, key=lambda row: row[2]):
        facts = history.setdefault(CODES[number], {})
        facts[brand] = (*facts.get(brand, ()), told(Month(2021, when), state, *modes))
    found = CoverageBook(tuple((v, 202001, None) for v in VILLAGES), history, {2021: MAJORS})
    snapshot = found.snapshot(Month(2021, month))
    now = replay(rows, month)
    main = [sum(brand in MAJORS for brand in brands) for brands in now]
    assert snapshot.count("any") == sum(bool(brands) for brands in now)
    assert snapshot.count("direct") == sum(any(DIRECT in modes for modes in brands.values()) for brands in now)
    assert snapshot.count("major") == sum(count == 3 for count in main)
    for least in (1, 2, 3):
        assert snapshot.count(str(least)) == sum(count >= least for count in main)
    _definitions_are_nested(snapshot)
    _spells_are_right(found, snapshot, rows, month)


def _definitions_are_nested(snapshot: Snapshot) -> None:
    counts = [snapshot.count(word) for word in ("any", "1", "2", "3")]
    assert counts == sorted(counts, reverse=True)
    assert snapshot.count("3") == snapshot.count("major")


def _spells_are_right(
    found: CoverageBook,
    snapshot: Snapshot,
    rows: list[tuple[int, str, int, CoverageState, frozenset[CoverageMode]]],
    month: int,
) -> None:
    """The spell without service begins in the month after the last one with it."""
    for number, state in enumerate(snapshot.villages):
        if state.reached("any", MAJORS):
            continue
        served = [n for n in range(1, month + 1) if replay(rows, n)[number]]
        since = Month(2021, max(served) + 1) if served else None
        assert found.unreached_since(state, snapshot.month, "any") == since
