"""统计保密: which sums of a public table must be withheld, so that no single company can be recognised or computed.

A cell is sensitive when fewer than three companies stand in it or when one brings more than 85 % of it (a usual rule;
the thresholds are ours, the duty is 统计法 “能够识别或者推断单个统计调查对象身份的资料”不得对外提供). A sensitive cell
that could be had back by subtraction from its whole and its sisters is protected by withholding more (次级抑制).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

LEAST_COMPANIES = 3
LARGEST_SHARE = Fraction(85, 100)

Contributions = Mapping[int, Fraction]
"""Company id → its amount in one cell."""


@dataclass(frozen=True)
class Equation:
    """A whole and the parts that add up to it."""

    whole: str
    parts: tuple[str, ...]


def sensitive(amounts: Contributions) -> bool:
    """Whether a sum tells of one of its companies; nothing but zeros tells of nobody in particular."""
    held = [abs(amount) for amount in amounts.values() if amount]
    if not held:
        return False
    return len(held) < LEAST_COMPANIES or max(held) > LARGEST_SHARE * sum(held)


def withheld(
    cells: Mapping[str, Contributions], equations: Sequence[Equation], forced: Iterable[str] = ()
) -> frozenset[str]:
    """The cells that must not be published: the sensitive ones, the ``forced`` ones, and what protects both.

    :param cells: every cell that would be published with what each company brings to it; a cell without companies
        (a figure handed down) is never withheld for its own sake.
    """
    hidden = {code for code, amounts in cells.items() if sensitive(amounts)} | (set(forced) & cells.keys())
    known = [
        Equation(each.whole, tuple(part for part in each.parts if part in cells))
        for each in equations
        if each.whole in cells
    ]
    while any(_protect(equation, cells, hidden) for equation in known):
        pass
    return frozenset(hidden)


def _protect(equation: Equation, cells: Mapping[str, Contributions], hidden: set[str]) -> bool:
    """Withhold one more cell of an equation that gives a withheld one away; False when it does not."""
    unknown = [part for part in equation.parts if part in hidden]
    if equation.whole in hidden:
        # The whole is the sum of its parts: one of them must be unknown too.
        return bool(equation.parts) and not unknown and _hide_smallest(equation, cells, hidden)
    if not unknown:
        return False
    # Whole minus published parts is what the withheld ones have together: that must tell of nobody either.
    together: dict[int, Fraction] = {}
    for part in unknown:
        for company, amount in cells[part].items():
            together[company] = together.get(company, Fraction(0)) + amount
    if len(unknown) > 1 and not sensitive(together):
        return False
    return _hide_smallest(equation, cells, hidden)


def _hide_smallest(equation: Equation, cells: Mapping[str, Contributions], hidden: set[str]) -> bool:
    """The smallest part that is still shown loses least; when none is left the whole goes."""
    shown = [part for part in equation.parts if part not in hidden and any(cells[part].values())]
    if shown:
        hidden.add(min(shown, key=lambda part: (abs(sum(cells[part].values())), part)))
        return True
    if equation.whole in hidden:
        return False
    hidden.add(equation.whole)
    return True


def gives_away(brands: Sequence[Fraction], top: int) -> bool:
    """Whether CRn tells of single brands: with the volume it gives the sum of the n largest and that of the rest."""
    held = [brand for brand in brands if brand]
    rest = len(held) - top
    return len(held) > 0 and (0 < rest < LEAST_COMPANIES or (rest > 0 and top < LEAST_COMPANIES))
