"""A small county in plain dictionaries, made by hypothesis, and a second opinion on every sum over it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from desktop_app.catalogue.loader import load_catalogue
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.facts import Fact, FactKey, Facts, Member
from desktop_app.indicators.figures import Scope
from desktop_app.models.values import SCALE, CellState, FigureStatus, Month, Period, Span, months_between

FIRST, LAST = Month(2020, 1), Month(2021, 12)
MONTHS = months_between(FIRST, LAST)
REGION = "220281000000"
VOLUME_PARTS = ("MKT.VOL.LOCAL", "MKT.VOL.INTER", "MKT.VOL.INTL")
REVENUE_PARTS = ("MKT.REV.LOCAL", "MKT.REV.INTER", "MKT.REV.INTL", "REL.REVOTHER")

GAP = "gap"
"""What a company did in a month when it gave no figure at all: there is no record."""
Cell = int | str
"""A fixed-point amount, or one of gap, missing, na, returned."""


def fact(
    value: int | None,
    state: CellState = CellState.VALUE,
    reported_previous: int | None = None,
    reported_yoy: int | None = None,
) -> Fact:
    """A stored figure; without a value it must say its state."""
    return Fact(value, state, FigureStatus.MONTHLY.value, 0, reported_previous, reported_yoy)


def key(code: str, month: Month, company: int | None, span: Span = Span.MONTH) -> FactKey:
    return FactKey(code, month.key, span, company)


def scope(members: frozenset[int] | None = None) -> Scope:
    return Scope(REGION, "示例县", "county", members, {n: f"企业{n}" for n in range(10)})


def member(number: int, opened: Month | None = None, closed: Month | None = None) -> Member:
    return Member(number, f"企业{number}", f"品牌{number}", opened, closed)


def calculator(
    values: dict[FactKey, Fact],
    members: Iterable[Member] = (),
    *,
    returned: Iterable[tuple[int, int]] = (),
    comparable: dict[FactKey, int] | None = None,
) -> Calculator:
    return Calculator(load_catalogue(), Facts(REGION, values, tuple(members), frozenset(returned), comparable or {}))


@dataclass(frozen=True)
class World:
    """Companies and what each did in each month, by indicator."""

    members: tuple[Member, ...]
    cells: dict[tuple[str, int, Month], Cell]
    """(indicator, company, month); months in which the company is shut are absent."""

    def calculator(self) -> Calculator:
        values = {}
        returned = set()
        for (code, company, month), cell in self.cells.items():
            if cell == "returned":
                returned.add((company, month.key))
            elif isinstance(cell, int):
                values[key(code, month, company)] = fact(cell)
            elif cell != GAP:
                values[key(code, month, company)] = fact(None, CellState(cell))
        return calculator(values, self.members, returned=returned)

    def given(self, code: str, company: int, months: Iterable[Month]) -> dict[Month, Fraction]:
        """The months for which the company gave a number, 0 being one."""
        found = {}
        for month in months:
            cell = self.cells.get((code, company, month))
            if isinstance(cell, int):
                found[month] = Fraction(cell, SCALE)
        return found

    def known(self, code: str) -> bool:
        """Whether anybody ever filled this indicator in; one that nobody reports is not waited for."""
        return any(which == code and cell not in {GAP, "returned"} for (which, _, _), cell in self.cells.items())

    def active(self, company: Member, months: Iterable[Month]) -> list[Month]:
        return [
            m
            for m in months
            if (company.opened is None or m >= company.opened) and (company.closed is None or m <= company.closed)
        ]


@dataclass(frozen=True)
class Expected:
    """What a flow must come to."""

    value: Fraction | None
    reported: frozenset[int]
    missing: frozenset[int]
    returned: frozenset[int]
    partial: frozenset[int]
    not_applicable: frozenset[int]


def expected_flow(world: World, code: str, period: Period, only: frozenset[int] | None = None) -> Expected:
    """Adding up by hand: each company's given months, and why the others give nothing."""
    reported, missing, returned, partial, not_applicable = set(), set(), set(), set(), set()
    total = Fraction(0)
    for company in world.members:
        months = world.active(company, period.months)
        if not months or (only is not None and company.id not in only):
            continue
        given = world.given(code, company.id, months)
        others = [world.cells.get((code, company.id, m), GAP) for m in months if m not in given]
        if given:
            reported.add(company.id)
            total += sum(given.values())
            if any(cell != "na" for cell in others):
                partial.add(company.id)
        elif "returned" in others:
            returned.add(company.id)
        elif set(others) == {"na"}:
            not_applicable.add(company.id)
        else:
            missing.add(company.id)
    return Expected(
        total if reported else None,
        frozenset(reported),
        frozenset(missing),
        frozenset(returned),
        frozenset(partial),
        frozenset(not_applicable),
    )


# ----------------------------------------------------------------------------------------------- strategies

SILENCES = (GAP, "missing", "na", "returned")
_SIZES = (1, 7, SCALE, 123_456_789, 98_765 * SCALE)
"""A ten-thousandth of a piece is possible (an amount in 万元), and so is a month of ten thousand million."""


def _cell(kind: int, size: int, *, silent: bool) -> Cell:
    """Two drawn bytes as a cell: a third of the months are silent, an eighth of the figures are zero."""
    if silent and kind < 80:
        return SILENCES[kind % len(SILENCES)]
    return 0 if size < 32 else size * _SIZES[kind % len(_SIZES)]


@st.composite
def registers(draw: st.DrawFn, *, most: int = 4, moving: bool = True) -> tuple[Member, ...]:
    """Companies, some of them opened or closed within the two years."""
    made = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        opened = draw(st.none() | st.sampled_from(MONTHS)) if moving else None
        later = [m for m in MONTHS if opened is None or m >= opened]
        closed = draw(st.none() | st.sampled_from(later)) if moving else None
        made.append(member(number, opened, closed))
    return tuple(made)


@st.composite
def worlds(draw: st.DrawFn, codes: tuple[str, ...], *, silent: bool = True, moving: bool = True) -> World:
    """A county in which every company does something in every month that it is open; whole files are returned.

    The cells come out of one string of bytes: drawing them one by one takes hypothesis a hundred times as long.
    """
    companies = draw(registers(moving=moving))
    drawn = iter(draw(st.binary(min_size=(size := 2 * len(companies) * len(MONTHS) * len(codes)), max_size=size)))
    found: dict[tuple[str, int, Month], Cell] = {}
    for company in companies:
        for month in MONTHS:
            row = [_cell(next(drawn), next(drawn), silent=silent) for _ in codes]
            if "returned" in row:
                row = ["returned" if isinstance(cell, str) else cell for cell in row]
            if company.active(month):
                found |= {(code, company.id, month): cell for code, cell in zip(codes, row, strict=True)}
    return World(companies, found)


SPANS = ("", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4")
periods = st.one_of(
    st.sampled_from(MONTHS).map(Period.of_month),
    st.sampled_from([f"{year}{part}" for year in (2020, 2021) for part in SPANS]).map(Period.parse),
    st.sampled_from(MONTHS).map(Period.to_date),
)
