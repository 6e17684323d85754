"""统计保密: nothing that is published tells of a single company, not even by subtraction."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.indicators.disclosure import Contributions, Equation, gives_away, sensitive, withheld

CELLS = ("V", "V1", "V2", "V3", "R", "R1", "R2", "R3", "R4", "N")
EQUATIONS = (
    Equation("V", ("V1", "V2", "V3")),
    Equation("R", ("R1", "R2", "R3", "R4")),
)


def amounts(*values: int) -> Contributions:
    return {number: Fraction(value) for number, value in enumerate(values)}


def test_two_companies_or_one_giant_are_sensitive() -> None:
    assert sensitive(amounts(5, 5))
    assert sensitive(amounts(9, 0, 0))
    assert sensitive(amounts(86, 7, 7))
    assert not sensitive(amounts(85, 8, 7))
    assert not sensitive(amounts(1, 1, 1))
    assert not sensitive(amounts(0, 0, 0))
    assert not sensitive({})


def test_a_small_part_takes_a_sister_with_it() -> None:
    cells = {"V": amounts(40, 30, 30), "V1": amounts(10, 10, 8), "V2": amounts(29, 19, 22), "V3": amounts(1, 1, 0)}
    assert withheld(cells, EQUATIONS) == {"V3", "V1"}


def test_the_whole_goes_when_its_parts_cannot_hide_one() -> None:
    cells = {"V": amounts(40, 30, 30), "V1": amounts(40, 30, 0), "V2": amounts(0, 0, 30)}
    assert withheld(cells, EQUATIONS) == {"V1", "V2"}
    alone = {"V": amounts(2, 1, 0), "V1": amounts(1, 1, 0)}
    assert withheld(alone, EQUATIONS) == {"V", "V1"}


def test_a_forced_cell_is_protected_like_a_sensitive_one() -> None:
    cells = {"V": amounts(40, 30, 30), "V1": amounts(10, 10, 8), "V2": amounts(29, 19, 21), "V3": amounts(1, 1, 1)}
    assert withheld(cells, EQUATIONS) == set()
    assert withheld(cells, EQUATIONS, ("V2",)) == {"V2", "V3"}


def test_concentration_of_nearly_all_tells_of_the_rest() -> None:
    brands = [Fraction(n) for n in range(1, 11)]
    assert gives_away(brands, 8)
    assert gives_away(brands, 1)
    assert not gives_away(brands[:8], 8)
    assert not gives_away([*brands, Fraction(11)], 8)


@st.composite
def tables(draw: st.DrawFn) -> Mapping[str, Contributions]:
    """Parts at random, wholes as their sums, company by company."""
    companies = draw(st.integers(1, 7))
    cell = st.lists(st.sampled_from([0, 0, 1, 2, 5, 90]), min_size=companies, max_size=companies)
    made: dict[str, Contributions] = {"N": amounts(*draw(cell))}
    for equation in EQUATIONS:
        for part in equation.parts:
            made[part] = amounts(*draw(cell))
        made[equation.whole] = {c: sum((made[p][c] for p in equation.parts), Fraction(0)) for c in range(companies)}
    return made


@given(tables(), st.sets(st.sampled_from(CELLS)))
def test_nothing_withheld_follows_from_what_is_published(
    cells: Mapping[str, Contributions], forced: frozenset[str]
) -> None:
    hidden = withheld(cells, EQUATIONS, forced)
    assert {code for code in cells if sensitive(cells[code])} | forced <= hidden
    for equation in EQUATIONS:
        unknown = [part for part in equation.parts if part in hidden]
        if equation.whole in hidden:
            # One equation, an unknown whole: it is only safe with an unknown part that is not nothing.
            assert unknown or not any(any(cells[part].values()) for part in equation.parts)
            continue
        assert len(unknown) != 1
        if unknown:
            together = {c: sum((cells[p][c] for p in unknown), Fraction(0)) for c in cells[equation.whole]}
            assert not sensitive(together)


@given(tables())
def test_a_table_of_many_even_companies_is_published_whole(cells: Mapping[str, Contributions]) -> None:
    even = {code: amounts(*[5] * 7) for code in cells}
    assert withheld(even, EQUATIONS) == set()
