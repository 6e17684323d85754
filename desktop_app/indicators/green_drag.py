"""谁拉低了全县: what each company costs the county's rate against a target (pareto)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop_app.catalogue.format import MINUS
from desktop_app.catalogue.model import Indicator
from desktop_app.indicators.amounts import Calculator
from desktop_app.indicators.green import input_pair
from desktop_app.models.values import Period, quantize


@dataclass(frozen=True)
class Drag:
    """Points of the county's rate that one company costs (negative) or gives against the target."""

    name: str
    points: Fraction


def drags(calculator: Calculator, indicator: Indicator, target_pct: Fraction, period: Period) -> tuple[Drag, ...]:
    """(nᵢ − t·dᵢ) / D for each company, worst first; together they make the county's gap to the target exactly."""
    pair = input_pair(indicator)
    whole = calculator.amount(indicator.code, period)
    if pair is None or not whole.reported:
        return ()
    denominator = calculator.inputs_used(indicator, period)[pair[1]].value
    if not denominator:
        return ()
    found = []
    for member_id in sorted(whole.reported):
        used = calculator.inputs_used(indicator, period, frozenset({member_id}))
        above, below = used[pair[0]].value or Fraction(0), used[pair[1]].value or Fraction(0)
        points = (above * 100 - target_pct * below) / denominator
        found.append(Drag(calculator.facts.member(member_id).name, points))
    return tuple(sorted(found, key=lambda drag: drag.points))


def drag_text(drag: Drag) -> str:
    """Points with two decimals and sign, as the chart's captions show them."""
    points = quantize(drag.points, 2)
    return f"{MINUS if points < 0 else '+'}{abs(points)}"
