"""What is counted and not a rate (可循环箱、复用纸箱、回收装置、新能源车), company by company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.catalogue.model import Owner
from desktop_app.indicators.figures import amount_text, exact
from desktop_app.indicators.rate_only import place_of
from desktop_app.indicators.results.green import GreenCell, GreenMatrixRow

if TYPE_CHECKING:
    from desktop_app.catalogue.model import Catalogue, Indicator
    from desktop_app.indicators.amount import Amount
    from desktop_app.indicators.amounts import Calculator
    from desktop_app.indicators.facts import Member
    from desktop_app.models.values import Period

GROUP = "绿色包装/设施与用品"
VEHICLES = "NET.NEV"
"""新能源车 stand with the outlets' figures in the catalogue; they are green all the same."""


def counted_things(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """Supplies and facilities that companies report, in the catalogue's order, then their vehicles."""
    own = [i for i in catalogue.indicators.values() if i.group == GROUP and i.owner is Owner.COMPANY]
    return (*own, *(i for i in (catalogue.indicators.get(VEHICLES),) if i is not None))


def count_rows(calculator: Calculator, period: Period, members: tuple[Member, ...]) -> tuple[GreenMatrixRow, ...]:
    """A row for everything of which some company has given a figure in the period; the county is the sum."""
    rows = (_row(calculator, indicator, period, members) for indicator in counted_things(calculator.catalogue))
    return tuple(row for row in rows if any(cell.value is not None for cell in row.cells))


def _row(calculator: Calculator, indicator: Indicator, period: Period, members: tuple[Member, ...]) -> GreenMatrixRow:
    given = [(calculator.amount(indicator.code, period, frozenset({member.id})), False) for member in members]

    def cell(amount: Amount, place: str = "") -> GreenCell:
        text = amount_text(indicator, amount, "county")
        return GreenCell(text, amount.state, None, exact(amount.value), place=place)

    return GreenMatrixRow(
        indicator=indicator.code,
        name=indicator.short,
        target_text="",
        target=None,
        cells=tuple(cell(amount, place_of(amount, given)) for amount, _ in given),
        county=cell(calculator.amount(indicator.code, period)),
        unit=indicator.display["county"].unit.name,
    )
